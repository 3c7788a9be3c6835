"""The longest way through a flow, laid out so that a small rewrite needs a look at its part only.

Every way through the rewritten flow either keeps away from the places where something changed, and
is then known, or runs through them: from the longest way up to them, on by the longest way to an
end.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from tthc_flow.graph.ground import Ground
    from tthc_flow.graph.patch import Patch
    from tthc_flow.graph.resequenced import Row

    Whole = int | Fraction


@frozen(kw_only=True)
class Longest:
    """The longest ways of a flow, in parts of *unit*.

    *weights* are those of the vertices that weigh something. *head* is the longest way from a
    start up to a vertex, which is left out; *tail* that from a vertex to an end, itself included,
    where one is ahead. *ended* is, for each place, the longest way that ends before it; *begun*
    the longest that starts there or later; *leaps* are the arrows that leave a place out, with the
    longest way over each, the longest first.
    """

    ground: Ground
    order: tuple[str, ...]
    unit: int
    weights: Mapping[str, int]
    head: Mapping[str, int]
    tail: Mapping[str, int]
    ended: tuple[int, ...]
    begun: tuple[int, ...]
    leaps: tuple[tuple[int, int, int], ...]

    @property
    def weight(self) -> Fraction:
        """Return the weight of the longest way."""
        return Fraction(self.begun[0], self.unit)

    def after(self, patch: Patch, weights: Mapping[str, Fraction]) -> Fraction:
        """Return the longest way once *patch* is made and the vertices weigh *weights*.

        *weights* are those of what is new, and those that changed of what is still there.
        """
        if patch.row is not None:
            return Fraction(self._past(patch.row), self.unit)
        new = {vertex: _whole(weight * self.unit) for vertex, weight in weights.items()}
        ways = self._redrawn(patch, new)
        gone, place = {node.id for node in patch.gone}, self.ground.place
        places = [place[each] for each in {*new, *ways, *gone} if each in place]
        if not places:
            return self.weight
        first, last = min(places), max(places)
        through = self._through(first, last, gone, new, ways)
        return Fraction(max(self._beside(first, last), through)) / self.unit

    def _past(self, row: Row) -> Whole:
        """Return the longest way where the elements of *row* stand in another order now.

        It keeps away from the row, or leaves it by a way out, or goes through it to its rest.
        """
        under, inside = self.ground, {*row.nodes}
        places = [under.place[each] for each in inside]
        first, last = min(places), max(places)
        best = max(self._beside(first, last), self._through(first, last, inside, {}, {}))
        spent = self.head[row.first]
        for vertex in row.nodes:
            spent += self.weights.get(vertex, 0)
            for target in under.onward[vertex]:
                if target not in inside and target != row.rest and target in self.tail:
                    best = max(best, spent + self.tail[target])
        if under.place[row.rest] > last and row.rest in self.tail:
            best = max(best, spent + self.tail[row.rest])
        return best

    def _beside(self, first: int, last: int) -> int:
        """Return the longest way that passes no place from *first* to *last*."""
        return max(self.ended[first], self.begun[last + 1], self._leap(first, last))

    def _redrawn(self, patch: Patch, new: Mapping[str, Whole]) -> dict[str, dict[str, Whole]]:
        """Return what old vertices follow each of which others do now, new ones left out.

        With each is told what weighs most on the way there over new ones.
        """
        place, onward = self.ground.place, self.ground.onward
        weightless = not any(vertex in new for vertex in patch.out if vertex not in place)
        found: dict[str, dict[str, Whole]] = {}
        for vertex, crossed in patch.crossed.items():
            ways: dict[str, Whole] = {each: 0 for each in patch.onward[vertex] if each in place}
            if crossed:
                _merge(
                    ways, dict.fromkeys(crossed, 0) if weightless else _across(patch, new, vertex)
                )
            if any(ways.values()) or ways.keys() != set(onward[vertex]):
                found[vertex] = ways
        return found

    def _leap(self, first: int, last: int) -> int:
        """Return the longest way that leaps over all places from *first* to *last*."""
        over = (weight for weight, here, there in self.leaps if here < first and there > last)
        return next(over, 0)

    def _through(
        self,
        first: int,
        last: int,
        gone: Collection[str],
        new: Mapping[str, Whole],
        ways: Mapping[str, Mapping[str, Whole]],
    ) -> Whole:
        """Return the longest way that passes a place between *first* and *last*."""
        under = self.ground
        longest: Whole = 0
        heads: dict[str, Whole] = {}
        for vertex in self.order[first : last + 1]:
            if vertex in gone:
                continue
            head: Whole = heads.get(vertex, 0)
            for before in under.earlier[vertex]:
                if under.place[before] < first:
                    head = max(head, self.head[before] + self.weights.get(before, 0))
            total = head + new.get(vertex, self.weights.get(vertex, 0))
            if vertex in under.ends:
                longest = max(longest, total)
            redrawn = ways.get(vertex)
            for target in under.onward[vertex] if redrawn is None else redrawn:
                over = total if redrawn is None else total + redrawn[target]
                if under.place[target] <= last:
                    heads[target] = max(heads.get(target, 0), over)
                elif target in self.tail:
                    longest = max(longest, over + self.tail[target])
        return longest


def _across(patch: Patch, new: Mapping[str, Whole], vertex: str) -> dict[str, Whole]:
    """Return the old vertices that new ones lead to from *vertex*, with what weighs most between.

    New ones lead in no circle.
    """
    place = patch.ground.place
    known: dict[str, dict[str, Whole]] = {}
    open_ = [each for each in patch.onward[vertex] if each not in place]
    while open_:
        here = open_[-1]
        later = [each for each in patch.onward[here] if each not in place and each not in known]
        if later:
            open_ += later
            continue
        ways: dict[str, Whole] = {each: 0 for each in patch.onward[here] if each in place}
        known[open_.pop()] = ways
        for each in patch.onward[here]:
            _merge(ways, known.get(each, {}))
        for each in ways:
            ways[each] += new.get(here, 0)
    found: dict[str, Whole] = {}
    for each in patch.onward[vertex]:
        _merge(found, known.get(each, {}))
    return found


def _merge(ways: dict[str, Whole], others: Mapping[str, Whole]) -> None:
    """Keep of *ways* and *others* what weighs more."""
    for each, weight in others.items():
        ways[each] = max(ways.get(each, 0), weight)


def _whole(weight: Fraction) -> Whole:
    return int(weight) if weight.denominator == 1 else weight


def longest_ways(under: Ground, weights: Mapping[str, Fraction]) -> Longest:
    """Return the longest ways over *under*, a node without a weight weighing nothing.

    Example:
        >>> from tthc_flow.graph.ground import ground
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> from tthc_flow.model.step import Step
        >>> steps = (Step(id="a", name="A"), Step(id="b", name="B"))
        >>> flow = Flow(id="p", nodes=steps, edges=(SequenceFlow(id="f", source="a", target="b"),))
        >>> longest_ways(ground(flow), {"a": Fraction(60), "b": Fraction(1, 2)}).weight
        Fraction(121, 2)

    Source: heads and tails of the critical path method (Kelley & Walker 1959); linear, but for the
        sorting of the arrows that leave a place out.
    """
    unit = lcm(*(weight.denominator for weight in weights.values()))
    own = {vertex: int(weight * unit) for vertex, weight in weights.items()}
    order = tuple(under.place)
    head = dict.fromkeys(order, 0)
    ended = [0]
    for vertex in order:
        total = head[vertex] + own.get(vertex, 0)
        for target in under.onward[vertex]:
            head[target] = max(head[target], total)
        ended.append(max(ended[-1], total if vertex in under.ends else 0))
    tail: dict[str, int] = {}
    begun = [0]
    for vertex in reversed(order):
        ahead = [tail[target] for target in under.onward[vertex] if target in tail]
        if ahead or vertex in under.ends:
            tail[vertex] = own.get(vertex, 0) + max(ahead, default=0)
        start = not under.earlier[vertex]
        begun.append(max(begun[-1], tail.get(vertex, 0) if start else 0))
    leaps = sorted(
        (
            (head[vertex] + own.get(vertex, 0) + tail[target], at, under.place[target])
            for at, vertex in enumerate(order)
            for target in under.onward[vertex]
            if under.place[target] > at + 1 and target in tail
        ),
        reverse=True,
    )
    return Longest(
        ground=under,
        order=order,
        unit=unit,
        weights=own,
        head=head,
        tail=tail,
        ended=tuple(ended),
        begun=tuple(reversed(begun)),
        leaps=tuple(leaps),
    )
