"""Structural reduction of a net: what is surely sound is folded away, step by step.

Each rule keeps the verdict both ways: a sequence is one arrow, neighbours of one kind are one
node, two arrows of a bond of the same kind are one, an exclusive loop is no loop, and a tangle
of exclusive nodes with one way in or one way out, or strongly connected, is one node. A sound
block-structured flow reduces to nothing. Near-linear: arrows of the smaller node move.

Source: Murata, Petri nets, Proc. IEEE 77 (1989), fusion of series and parallel places and
transitions; Sadiq & Orlowska, Information Systems 25 (2000).
"""

from __future__ import annotations

from typing import Final

from attrs import evolve

from tthc_flow.proof.net import SINK, SOURCE, Kind, Net
from tthc_flow.proof.tangles import tangles

_FOLDED: Final = frozenset(
    {
        (Kind.EITHER, Kind.EITHER),
        (Kind.ALL, Kind.ALL),
        (Kind.EITHER, Kind.ANY_IN),
        (Kind.ALL, Kind.ANY_IN),
        (Kind.ANY_OUT, Kind.ANY_IN),
        (Kind.EITHER, Kind.SINK),
        (Kind.EITHER, Kind.STOP),
        (Kind.ALL, Kind.SINK),
        (Kind.ANY_OUT, Kind.SINK),
    }
)
_PASSED: Final = frozenset({Kind.EITHER, Kind.ALL, Kind.ANY_IN, Kind.ANY_OUT})
_ONE_FIRST: Final = frozenset({Kind.EITHER, Kind.ALL})


class Reduction:
    """A net being reduced; arrows keep their number, and 0 stays the marked one."""

    def __init__(self, net: Net) -> None:
        """Copy the arrows of *net* into rows a node."""
        self.kinds = net.kinds
        self.ends: dict[int, tuple[int, int]] = {}
        self.into: list[dict[int, None]] = [{} for _ in net.kinds]
        self.out: list[dict[int, None]] = [{} for _ in net.kinds]
        self.between: dict[tuple[int, int], int] = {}
        self.todo: list[int] = []
        self.kept = {source for source, _ in net.ways}
        for number, (source, target) in enumerate(net.arrows):
            self._place(number, source, target)
        self.todo = list(range(len(net.kinds) - 1, 1, -1))

    def run(self) -> None:
        """Apply the rules until none applies."""
        while True:
            while self.todo:
                self._look_at(self.todo.pop())
            either = (n for n, kind in enumerate(self.kinds) if kind is Kind.EITHER)
            free = (n for n in either if self.out[n] and n not in self.kept)
            found = tangles(free, self._followed, self._preceded)
            if not found:
                return
            for first, *others in found:
                keep = first
                for other in others:
                    keep = self._merge(keep, other)
                self.todo.append(keep)

    def _followed(self, node: int) -> list[int]:
        return [self.ends[arrow][1] for arrow in self.out[node]]

    def _preceded(self, node: int) -> list[int]:
        return [self.ends[arrow][0] for arrow in self.into[node]]

    def _place(self, arrow: int, source: int, target: int) -> None:
        """Draw *arrow*, unless an equal one or a needless loop makes it superfluous."""
        pair = (source, target)
        kinds = (self.kinds[source], self.kinds[target])
        loop = source == target and kinds[0] is Kind.EITHER and self.out[source]
        if loop or (kinds in _FOLDED and pair in self.between):
            self.todo += pair
            return
        self.ends[arrow] = pair
        self.between[pair] = arrow
        self.out[source][arrow] = None
        self.into[target][arrow] = None

    def _lift(self, arrow: int) -> tuple[int, int]:
        """Take *arrow* off and return where it was."""
        pair = source, target = self.ends.pop(arrow)
        del self.out[source][arrow]
        del self.into[target][arrow]
        if self.between.get(pair) == arrow:
            del self.between[pair]
        return pair

    def _look_at(self, node: int) -> None:
        kind = self.kinds[node]
        if kind not in _PASSED or node in self.kept:
            return
        into, out = self.into[node], self.out[node]
        if len(into) == len(out) == 1 and next(iter(into)) != next(iter(out)):
            self._pass_by(node)
            return
        if len(into) == 1 and self._fits(self.ends[next(iter(into))][0], node):
            self.todo.append(self._merge(self.ends[next(iter(into))][0], node))
        elif len(out) == 1 and kind in _ONE_FIRST:
            after = self.ends[next(iter(out))][1]
            if self._fits(node, after):
                self.todo.append(self._merge(node, after))
        self._drop_idle_loop(node)

    def _fits(self, node: int, after: int) -> bool:
        """Return whether two neighbours are of one mergeable kind; a loop of joins is none."""
        kind = self.kinds[node]
        if node == after or kind is not self.kinds[after] or kind is Kind.ANY_IN:
            return False
        if self.kept and (node in self.kept or after in self.kept):
            return False
        return kind is Kind.EITHER or (after, node) not in self.between

    def _pass_by(self, node: int) -> None:
        """Replace the one arrow in and the one out by one arrow."""
        arrow = next(iter(self.into[node]))
        source, _ = self._lift(arrow)
        _, target = self._lift(next(iter(self.out[node])))
        self._place(arrow, source, target)
        self.todo += (source, target)

    def _merge(self, one: int, other: int) -> int:
        """Make one node of two and return it; the arrows between them go."""
        sizes = [len(self.into[n]) + len(self.out[n]) for n in (one, other)]
        keep, gone = (one, other) if sizes[0] >= sizes[1] else (other, one)
        moved = [*self.into[gone], *(arrow for arrow in self.out[gone])]
        for arrow in dict.fromkeys(moved):
            source, target = self._lift(arrow)
            ends = tuple(keep if end == gone else end for end in (source, target))
            if ends != (keep, keep):
                self._place(arrow, ends[0], ends[1])
                self.todo += ends
            elif source == target:
                self._place(arrow, keep, keep)
        self.todo.append(keep)
        return keep

    def _drop_idle_loop(self, node: int) -> None:
        """Drop the loop of an exclusive node on itself where it has another way out."""
        if self.kinds[node] is Kind.EITHER and len(self.out[node]) > 1:
            arrow = self.between.get((node, node))
            if arrow is not None:
                self._lift(arrow)
                self.todo.append(node)


def reduced(net: Net) -> tuple[Net, bool]:
    """Return what is left of *net*, and whether that is nothing: the net is then sound.

    Example:
        >>> net = Net()
        >>> step = net.node(Kind.EITHER, "a")
        >>> _ = net.arrow(SOURCE, step), net.arrow(step, SINK)
        >>> reduced(net)[1]
        True

    Source: see the module.
    """
    reduction = Reduction(net)
    reduction.run()
    left = Net()
    left.kinds, left.elements, left.around = net.kinds, net.elements, net.around
    left.ways, left.void = net.ways, net.void
    left.channels, left.births = net.channels, net.births
    now = {old: new for new, old in enumerate(sorted(reduction.ends))}
    left.arrows = [reduction.ends[old] for old in now]
    left.homes = [net.homes[old] for old in now]
    left.armed, left.idle, left.irregular, left.extra = (
        {now[old] for old in places} for places in (net.armed, net.idle, net.irregular, net.extra)
    )
    left.exits = {now[old]: element for old, element in net.exits.items()}
    # The ways in and out of held nodes keep their numbers: no rule of this module removes them.
    left.rules = [
        evolve(
            rule,
            give=tuple(now[old] for old in rule.give),
            drop=tuple(now[old] for old in rule.drop),
        )
        for rule in net.rules
    ]
    return left, left.arrows == [(SOURCE, SINK)]
