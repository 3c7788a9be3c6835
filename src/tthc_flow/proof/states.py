"""The state space of a net: every marking as a bit mask, breadth first, up to a cap.

Decides the four properties on any covered net, with a shortest counter-example. Ways into the
sink are where finished tokens rest, so a marking of those alone is a finished case.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.proof.net import SINK, Kind, Net

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_STATES: Final = 20_000
_MOST_BRANCHES: Final = 12  # an inclusive split of n branches has 2^n - 1 ways to fire


class Property(StrEnum):
    """What a sound flow has; the value names the violation."""

    SAFE = "unsafe"
    PROPER = "improper-completion"
    OPTION = "cannot-complete"
    ALIVE = "dead-element"


@frozen(kw_only=True)
class Violation:
    """A broken property, the element where it shows, and the elements fired on the way there."""

    broken: Property
    element: str
    trace: tuple[str, ...] = ()


@frozen(kw_only=True)
class Exploration:
    """What was found, and whether the whole space was seen (a cap decides nothing)."""

    violation: Violation | None
    complete: bool


class _Space:
    """One exploration; the markings seen, each with the marking and node it came from."""

    def __init__(self, net: Net) -> None:
        self.net = net
        size = len(net.kinds)
        self.into = [0] * size
        self.out: list[list[int]] = [[] for _ in range(size)]
        for number, (source, target) in enumerate(net.arrows):
            self.into[target] |= 1 << number
            self.out[source].append(1 << number)
        self.all_out = [sum(bits) for bits in self.out]
        self.rest = self.into[SINK]
        self.waits = {
            node: _waits(net, node) for node, kind in enumerate(net.kinds) if kind is Kind.ANY_IN
        }
        self.came: dict[int, tuple[int, int]] = {1: (0, 0)}
        self.before: dict[int, list[int]] = {1: []}
        self.stuck: list[int] = []
        self.marked = 1

    def explore(self, most: int) -> Exploration:
        queue = [1]
        for here in queue:
            moved = False
            for node, after, clash in self._firings(here):
                moved = True
                if clash:
                    return Exploration(violation=self._clash(here, node, clash), complete=False)
                if after in self.before:
                    self.before[after].append(here)
                    continue
                if len(self.before) >= most:
                    return Exploration(violation=None, complete=False)
                self.before[after] = [here]
                self.came[after] = (here, node)
                self.marked |= after
                queue.append(after)
            if not moved and here & ~self.rest:
                self.stuck.append(here)
        return Exploration(violation=self._incomplete(queue) or self._dead(), complete=True)

    def _firings(self, here: int) -> Iterator[tuple[int, int, int]]:
        """Yield each node that can fire, the marking after, and any place filled twice."""
        left = here & ~self.rest
        while left:
            token = left & -left
            left ^= token
            node = self.net.arrows[token.bit_length() - 1][1]
            kind = self.net.kinds[node]
            if kind is Kind.EITHER:
                for bit in self.out[node]:
                    rest = here ^ token
                    yield node, rest | bit, rest & bit
            elif kind is Kind.STOP:
                yield node, self.all_out[node], 0
            elif kind is Kind.ANY_OUT:
                yield from self._some(here ^ token, node)
            elif token == (here & self.into[node]) & -(here & self.into[node]):
                yield from self._joined(here, node, kind)

    def _joined(self, here: int, node: int, kind: Kind) -> Iterator[tuple[int, int, int]]:
        had = here & self.into[node]
        ready = had == self.into[node] if kind is Kind.ALL else self._nothing_to_come(here, node)
        if ready:
            rest = here & ~had
            yield node, rest | self.all_out[node], rest & self.all_out[node]

    def _nothing_to_come(self, here: int, node: int) -> bool:
        """Return whether no token can still reach an empty way in, and no filled one."""
        empty = filled = 0
        for bit, upstream in self.waits[node]:
            if here & bit:
                filled |= upstream
            else:
                empty |= upstream
        return not here & empty & ~filled

    def _some(self, rest: int, node: int) -> Iterator[tuple[int, int, int]]:
        """Yield every choice of at least one way out."""
        bits = self.out[node]
        for choice in range(1, 1 << len(bits)):
            given = sum(bit for place, bit in enumerate(bits) if choice >> place & 1)
            yield node, rest | given, rest & given

    def _trace(self, here: int, *more: int) -> tuple[str, ...]:
        nodes = list(more)[::-1]
        while here != 1:
            here, node = self.came[here]
            nodes.append(node)
        names = [self.net.elements[node] for node in reversed(nodes)]
        return tuple(
            name for place, name in enumerate(names) if name and names[place - 1 : place] != [name]
        )

    def _clash(self, here: int, node: int, clash: int) -> Violation:
        ended = clash & self.rest
        broken = Property.PROPER if ended else Property.SAFE
        source, target = self.net.arrows[(clash & -clash).bit_length() - 1]
        element = self.net.elements[source if ended else target] or self.net.elements[node]
        return Violation(broken=broken, element=element, trace=self._trace(here, node))

    def _incomplete(self, queue: list[int]) -> Violation | None:
        able = [here for here in queue if not here & ~self.rest]
        known = set(able)
        for here in able:
            for earlier in self.before[here]:
                if earlier not in known:
                    known.add(earlier)
                    able.append(earlier)
        lost = [here for here in self.stuck if here not in known]
        lost += [here for here in queue if here not in known][:1]
        if not lost:
            return None
        here = lost[0]
        waiting = here & ~self.rest
        _, target = self.net.arrows[(waiting & -waiting).bit_length() - 1]
        element = self.net.elements[target]
        return Violation(broken=Property.OPTION, element=element, trace=self._trace(here))

    def _dead(self) -> Violation | None:
        for number, (source, target) in enumerate(self.net.arrows):
            if not self.marked >> number & 1:
                element = self.net.elements[source] or self.net.elements[target]
                return Violation(broken=Property.ALIVE, element=element)
        return None


def _waits(net: Net, join: int) -> list[tuple[int, int]]:
    """Return each way into *join*, and all arrows from which it is reached without *join*."""
    into: list[list[int]] = [[] for _ in net.kinds]
    for number, (_, target) in enumerate(net.arrows):
        into[target].append(number)
    found = []
    for number in into[join]:
        upstream, todo, seen = 1 << number, [net.arrows[number][0]], {join}
        while todo:
            node = todo.pop()
            if node in seen:
                continue
            seen.add(node)
            for arrow in into[node]:
                upstream |= 1 << arrow
                todo.append(net.arrows[arrow][0])
        found.append((1 << number, upstream))
    return found


def explored(net: Net, most: int = MOST_STATES) -> Exploration:
    """Return what the state space of *net* shows within *most* markings.

    Example:
        >>> net = Net()
        >>> net.arrows.append((0, SINK))
        >>> explored(net)
        Exploration(violation=None, complete=True)

    Source: BPMN 2.0.2, 13.4, and the inclusive join of its table 13.3.
    """
    wide = any(
        kind is Kind.ANY_OUT and sum(source == node for source, _ in net.arrows) > _MOST_BRANCHES
        for node, kind in enumerate(net.kinds)
    )
    if wide:
        return Exploration(violation=None, complete=False)
    return _Space(net).explore(most)
