"""The applicant's time of a process tree: a stop in one branch stops the clock of all of them.

One after the other a stop takes no time at all. Beside other work it does more: while it lasts the
work goes on and does not count. That is known where one branch alone has stops, in any number of
ways to go: what counts of each way and how long the clock stands in it do not depend on each other.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import frozen

from tthc_flow.expected.known import Barrier, Need, What, Why
from tthc_flow.expected.tree import (
    ALWAYS,
    Again,
    Beside,
    Both,
    Either,
    Part,
    Row,
    Stood,
    Tree,
)
from tthc_flow.model.flow import Event

if TYPE_CHECKING:
    from collections.abc import Collection

    from tthc_flow.model.flow import Flow

Ways: TypeAlias = tuple[tuple[int, int], ...]
"""What a branch may come to: the number of what counts, and of how long the clock stands."""

_MOST_WAYS: Final = 64
"""Of more ways to go a branch is left to a simulation: each takes three transforms."""


@frozen(kw_only=True)
class Counted:
    """A tree without stops, with the number of its *whole*; else what is in the way, or lacks."""

    tree: Tree
    whole: int
    barriers: tuple[Barrier, ...] = ()
    needs: tuple[Need, ...] = ()


def counted(flow: Flow, tree: Tree, whole: int, known: Collection[str]) -> Counted:
    """Return *tree* with what its stops leave of the time beside them.

    Args:
        flow: The flow of the tree.
        tree: A tree of all times.
        whole: The number of its root.
        known: The elements whose time is known.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> tree = Tree()
        >>> both = tree.both(tree.add(Stood("wait")), tree.add(Part("work")))
        >>> counted(Flow(id="p"), tree, both, {"wait", "work"}).tree.makings[1:]
        [Part(element='wait'), Part(element='work'), Beside(work=2, ways=((0, 1),))]

    Source: contract of this project: the clock is that of the whole dossier, as the engine and the
        simulation count it; max(C + P, W) - P = max(C, W - P).
    """
    order = sorted(tree.last_use(whole))
    if not any(isinstance(tree.makings[number], Stood) for number in order):
        return Counted(tree=tree, whole=whole)
    making = _Making(tree, known)
    for number in order:
        making.add(number)
    needs = (
        Need(each, What.WAIT if isinstance(flow.by_id.get(each), Event) else What.TIME)
        for each in making.unknown
    )
    return Counted(
        tree=making.new,
        whole=making.numbers[whole],
        barriers=tuple(Barrier(each, Why.STOPS_BESIDE) for each in making.barred),
        needs=tuple(needs),
    )


class _Making:
    """The tree without stops in the making.

    *ways* are those of each making with a stop in it, ``None`` where they are not known.
    """

    def __init__(self, old: Tree, known: Collection[str]) -> None:
        self.old, self.new, self.known = old, Tree(), known
        self.numbers: dict[int, int] = {}
        self.ways: dict[int, Ways | None] = {}
        self.elements: dict[int, str] = {}
        self.barred: dict[str, None] = {}
        self.unknown: dict[str, None] = {}

    def add(self, number: int) -> None:
        """Add a making of the old tree; those it is made of are there already."""
        making = self.old.makings[number]
        match making:
            case Stood():
                self.elements[number] = making.element
                self.numbers[number] = ALWAYS
                stood = self.new.add(Part(making.element))
                self.ways[number] = None if making.cut else ((ALWAYS, stood),)
            case Row() | Either() | Both():
                self._two(number, making)
            case Again():
                self.numbers[number] = self.new.add(Again(self.numbers[making.each]))
                if making.each in self.elements:
                    self.elements[number] = self.elements[making.each]
                    self.ways[number] = None
            case _:
                self.numbers[number] = ALWAYS if number == ALWAYS else self.new.add(making)

    def _two(self, number: int, making: Row | Either | Both) -> None:
        parts = making.one, making.two
        one, two = (self.numbers[each] for each in parts)
        stop = next((self.elements[each] for each in parts if each in self.elements), None)
        if stop is not None:
            self.elements[number] = stop
        if isinstance(making, Both):
            self.numbers[number] = self.new.both(one, two) if stop is None else self._beside(number)
            return
        row = isinstance(making, Row)
        self.numbers[number] = self.new.row(one, two) if row else self.new.add(Either(one, two))
        if stop is not None:
            self.ways[number] = self._joined(parts, in_a_row=row)

    def _joined(self, parts: tuple[int, int], *, in_a_row: bool) -> Ways | None:
        """Return the ways of one after the other, or of the one or the other."""
        one, two = (self._ways(each) for each in parts)
        if one is None or two is None:
            return None
        if not in_a_row:
            found = (*one, *two)
        elif len(one) * len(two) > _MOST_WAYS:
            return None
        else:
            found = tuple(
                (self.new.row(first, then), self.new.row(stood, more))
                for first, stood in one
                for then, more in two
            )
        return found if len(found) <= _MOST_WAYS else None

    def _ways(self, number: int) -> Ways | None:
        if number in self.elements:
            return self.ways[number]
        return ((self.numbers[number], ALWAYS),)

    def _beside(self, number: int) -> int:
        """Return the number of branches at once, in some of which the clock stands."""
        branches = self._branches(number)
        stopping = [each for each in branches if each in self.elements]
        work = [self.numbers[each] for each in branches if each not in self.elements]
        ways = [self.ways[each] for each in stopping]
        only = [each[0][1] for each in ways if each is not None and _only_stops(each)]
        found = ways[0] if len(ways) == 1 else None
        if len(only) == len(ways):  # they begin together: the longest of them is all of them
            found = ((ALWAYS, reduce(self.new.both, only)),)
        self.ways[number] = None if work else found
        if not work and found is not None:
            return ALWAYS
        for branch in stopping:
            self.unknown.update(dict.fromkeys(self._lacking(branch)))
        if found is None:
            self.barred[self.elements[stopping[0]]] = None
            return ALWAYS
        return self.new.add(Beside(reduce(self.new.both, work), found))

    def _branches(self, number: int) -> list[int]:
        making = self.old.makings[number]
        if not isinstance(making, Both):
            return [number]
        return [*self._branches(making.one), *self._branches(making.two)]

    def _lacking(self, branch: int) -> list[str]:
        """Return what stops the clock in *branch*, nobody knows for how long."""
        inside = (self.old.makings[each] for each in sorted(self.old.last_use(branch)))
        return [e.element for e in inside if isinstance(e, Stood) and e.element not in self.known]


def _only_stops(ways: Ways) -> bool:
    return len(ways) == 1 and ways[0][0] == ALWAYS
