"""Scopes by number, and the blocks of inclusive joins among them: where each node lies.

A block is a scope to the kernels: they count who is in it, and forget them when what is around it
is broken off.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.simulation.blocks import blocks_of
from tthc_flow.simulation.program import Scope

if TYPE_CHECKING:
    from tthc_flow.model.flow import Node
    from tthc_flow.simulation.scenario import Stream


class Nesting:
    """The scopes of one flow, the outermost of which is number *base*.

    *closes* is the block that an inclusive join closes.
    """

    def __init__(self, base: int) -> None:
        """Begin with the outermost scope."""
        self.base = base
        self.scopes = [Scope()]
        self.closes: dict[str, int] = {}
        self._number_of: dict[str | None, int] = {None: base}
        self._lies_in: dict[str, int] = {}
        self._opens: dict[str, int] = {}

    def of(self, element: str | None) -> int:
        """Return the number of the scope of a sub-process, or of a step with timers."""
        if element not in self._number_of:
            self._number_of[element] = self._new(Scope())
        return self._number_of[element]

    def add_blocks(self, stream: Stream) -> None:
        """Make each block of an inclusive join a scope, the outer before the inner."""
        blocks = [(merge, block) for merge, block in blocks_of(stream).items() if block]
        for merge, block in sorted(blocks, key=lambda each: -len(each[1].inside)):
            around = self.around(stream.flow.by_id[block.opening])
            number = self._new(Scope(around=around))
            self.closes[merge] = self._opens[block.opening] = number
            self._lies_in.update(dict.fromkeys(block.inside, number))

    def around(self, node: Node) -> int:
        """Return the number of the block that *node* lies in, else of its scope."""
        return self._lies_in.get(node.id) or self.of(node.scope)

    def behind(self, node: Node) -> int:
        """Return the number of the block that *node* opens, else of what it lies in."""
        return self._opens.get(node.id) or self.around(node)

    def set(self, number: int, scope: Scope) -> None:
        """Say all that there is to say of the scope *number*."""
        self.scopes[number - self.base] = scope

    def _new(self, scope: Scope) -> int:
        self.scopes.append(scope)
        return self.base + len(self.scopes) - 1
