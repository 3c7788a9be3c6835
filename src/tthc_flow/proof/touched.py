"""A rewrite with what it touches, as the laws that are judged by that look at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.model.step import Step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.graph.patch import Patch
    from tthc_flow.model.flow import Node
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.proof.inlays import Inlay


@frozen(kw_only=True)
class Case:
    """A rewrite with the pieces it lets in; steps as they were and as they are, by id.

    *lost* are the steps whose work no longer stands where it stood: gone, or moved.
    """

    before: Procedure
    after: Procedure
    patch: Patch
    pieces: tuple[Inlay, ...]
    was: Mapping[str, Step]
    now: Mapping[str, Step]
    lost: Mapping[str, Step]

    @property
    def lost_or_changed(self) -> dict[str, Step]:
        """Return the steps of which something may be no more, as they were."""
        return {**self.lost, **self.was}


def steps_of(nodes: Mapping[str, Node]) -> dict[str, Step]:
    """Return those of *nodes* that are steps.

    Example:
        >>> list(steps_of({"a": Step(id="a", name="A")}))
        ['a']

    Source: see the module.
    """
    return {each: node for each, node in nodes.items() if isinstance(node, Step)}
