"""Pair what is left by the neighbours that are known already, the likeliest pair first.

What stands between the same neighbours is the same node, whatever it is called now, as long as
something else about it stayed: its name in part, who does it, or how long it takes.

Source: own design; a greedy matching that looks only at neighbours of known pairs, so that its work
is linear for flows drawn by people.
"""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import count
from typing import TYPE_CHECKING, Final

from attrs import define, field

from tthc_flow.graph.performers import identity, performer_of
from tthc_flow.measures.portrait import Portrait
from tthc_flow.model.flow import Flow
from tthc_flow.model.step import Step

if TYPE_CHECKING:
    from collections.abc import Iterator

_WINDOW: Final = 8
"""How far apart in the order of the file two neighbours of one pair may stand."""

_LEAST_FIT: Final = 0.5


def match_likely(old: Portrait, new: Portrait, pairs: dict[str, str], *, renamed: bool) -> None:
    """Add to *pairs* the likeliest partners among the free neighbours of what is paired.

    Args:
        old: The side before.
        new: The side after.
        pairs: What is known, by id; what is found is added.
        renamed: Whether names may differ.

    Example:
        >>> from tthc_flow.measures.portrait import portrait
        >>> match_likely(portrait(Flow(id="p")), portrait(Flow(id="p")), {}, renamed=True)

    Source: see the module.
    """
    search = _Likely(old, new, pairs, renamed)
    for one, other in tuple(pairs.items()):
        search.offer(one, other)
    search.settle()


@define(eq=False)
class _Likely:
    """The candidates so far, the likeliest first."""

    old: Portrait
    new: Portrait
    pairs: dict[str, str]
    renamed: bool
    back: dict[str, str] = field(init=False)
    heap: list[tuple[float, int, str, str]] = field(factory=list)
    order: Iterator[int] = field(factory=count)

    def __attrs_post_init__(self) -> None:
        self.back = {new: old for old, new in self.pairs.items()}

    def offer(self, one: str, other: str) -> None:
        """Consider the free neighbours of a pair that stand to it in the same way."""
        for relation in {relation for relation, _ in self.old.near[one]}:
            here = [e for rel, e in self.old.near[one] if rel == relation and e not in self.pairs]
            there = [e for rel, e in self.new.near[other] if rel == relation and e not in self.back]
            for place, mine in enumerate(here):
                for theirs in there[max(0, place - _WINDOW) : place + _WINDOW + 1]:
                    likeness = self._likeness(mine, theirs)
                    if likeness is not None:
                        heappush(self.heap, (-likeness, next(self.order), mine, theirs))

    def settle(self) -> None:
        """Take the likeliest, look at its neighbours, and so on."""
        while self.heap:
            was, _, mine, theirs = heappop(self.heap)
            if mine in self.pairs or theirs in self.back:
                continue
            likeness = self._likeness(mine, theirs)
            if likeness is None:
                continue
            if -likeness > was:  # less likely since something near was paired elsewhere
                heappush(self.heap, (-likeness, next(self.order), mine, theirs))
                continue
            self.pairs[mine] = theirs
            self.back[theirs] = mine
            self.offer(mine, theirs)

    def _likeness(self, mine: str, theirs: str) -> float | None:
        """Return how likely two nodes are one; ``None`` where they cannot be."""
        old, new = self.old, self.new
        if old.classes[mine] != new.classes[theirs]:
            return None
        same_name = old.names[mine] == new.names[theirs]
        if not same_name and not self.renamed:
            return None
        fit = self._fit(mine, theirs)
        shared = _words(old.names[mine], new.names[theirs])
        kept = _kept(old.flow, new.flow, mine, theirs)
        if not same_name and (fit < _LEAST_FIT or not (shared or kept)):
            return None
        same_type = old.types[mine] == new.types[theirs]
        same_lane = old.lanes[mine] == new.lanes[theirs]
        return 4 * fit + 4 * same_name + 2 * shared + same_type + same_lane + 4 * kept

    def _fit(self, mine: str, theirs: str) -> float:
        """Return the share of their known neighbours that the two have in common."""
        known = {(rel, self.pairs[e]) for rel, e in self.old.near[mine] if e in self.pairs}
        there = {(rel, e) for rel, e in self.new.near[theirs] if e in self.back}
        return len(known & there) / len(known | there) if known or there else 0.0


def _words(one: str, other: str) -> float:
    """Return the share of words that two names have in common."""
    mine, theirs = set(one.split()), set(other.split())
    return len(mine & theirs) / len(mine | theirs) if mine or theirs else 0.0


def _kept(before: Flow, after: Flow, mine: str, theirs: str) -> float:
    """Return the share of its facts that a step kept; what is no step has none to lose."""
    one, other = before.by_id[mine], after.by_id[theirs]
    if not isinstance(one, Step) or not isinstance(other, Step):
        return 1.0
    was, now = performer_of(before, one), performer_of(after, other)
    told = (
        was is not None and now is not None and identity(was) == identity(now),
        was is None and now is None,
        one.time.duration is not None and one.time.duration == other.time.duration,
        one.documentation is not None and one.documentation == other.documentation,
        bool(one.kinds) and one.kinds == other.kinds,
    )
    return sum(told) / len(told)
