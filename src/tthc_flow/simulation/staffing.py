"""The cheapest numbers of people that keep a share late: a search by what does not suffice.

What does not suffice is told as a cut: "so many of these roles are too few, whoever else there
is". Numbers are looked at from the cheapest on; one that no cut forbids is simulated, and where it
does not keep the share the roles that are to blame make a new cut. So the first that keeps it is
the cheapest of all, as far as one person more never makes more cases late.

Source: implicit hitting sets: Moreno-Centeno & Karp, Operations Research 61 (2013), 453-468.
"""

from __future__ import annotations

from heapq import heappop, heappush
from math import inf, isnan
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from tthc_flow.model.lever import Verdict
from tthc_flow.simulation.confidence import Interval
from tthc_flow.simulation.gate import judged
from tthc_flow.simulation.run import run
from tthc_flow.simulation.workload import open_part
from tthc_flow.units import MINUTES_OF_HOUR

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tthc_flow.simulation.results import Outcome
    from tthc_flow.simulation.run import Settings
    from tthc_flow.simulation.scenario import Scenario

    People = tuple[int, ...]

NO_QUEUE: Final = 0.01
"""Minutes a case below which more people cannot help."""
NOBODY: Final = Interval(mean=0.0, half=1.0, ends=(0.0, 1.0))
"""The share late of no case at all."""
MOST: Final = 400
"""Simulations after which the search is broken off."""
_PLACES: Final = 6
_RANK: Final = {Verdict.FAIL: 0, Verdict.UNKNOWN: 1, Verdict.PASS: 2}


@frozen(kw_only=True)
class Staffing:
    """So many *people* of each pool, the share *late* with them, and whether that is kept.

    *verdict* is ``PASS`` where the whole interval of *late* keeps the share, ``UNKNOWN`` where the
    share lies inside it. *waits* are the minutes that a case waits for each pool.
    """

    people: tuple[int, ...]
    late: Interval
    verdict: Verdict
    waits: tuple[float, ...]


class Staffings:
    """The simulations with other numbers of people, each done once, and what did not suffice."""

    def __init__(self, scenario: Scenario, settings: Settings, late: float) -> None:
        """Begin with nothing simulated."""
        self.scenario, self.settings, self.limit = scenario, settings, late
        self.known: dict[People, Staffing] = {}
        self.cuts: list[Mapping[int, int]] = []

    @property
    def spent(self) -> bool:
        """Return whether no more is to be simulated."""
        return len(self.known) >= MOST

    def outcome(self, people: People) -> Outcome:
        """Return what comes out with so many people in each pool."""
        crowds = tuple(
            evolve(crowd, people=count)
            for crowd, count in zip(self.scenario.crowds, people, strict=True)
        )
        return run(evolve(self.scenario, crowds=crowds), self.settings)

    def tried(self, people: People) -> Staffing:
        """Return how many are late with so many people in each pool."""
        if people not in self.known:
            found = self.outcome(people)
            late = found.late or NOBODY
            self.known[people] = Staffing(
                people=people,
                late=late,
                verdict=judged(late, self.limit),
                waits=tuple(self._waits(found)),
            )
        return self.known[people]

    def _waits(self, found: Outcome) -> list[float]:
        waits = [0.0] * len(self.scenario.crowds)
        for step in found.steps:
            pool = self.scenario.streams[step.entry].who.get(step.element)
            if pool is not None:
                waits[pool] += step.visits * step.queue
        return waits

    def price(self, people: People) -> float:
        """Return what *people* cost an hour of the office in đồng, or how many they are."""
        each = hourly(self.scenario) or (1.0,) * len(people)
        return round(sum(count * one for count, one in zip(people, each, strict=True)), _PLACES)

    def many(self, least: People) -> Staffing:
        """Return as many as can help: nobody waits for anybody any more."""
        found = self.tried(least)
        while max(found.waits, default=0.0) >= NO_QUEUE:
            pairs = zip(found.people, found.waits, strict=True)
            found = self.tried(tuple(n * 2 if wait >= NO_QUEUE else n for n, wait in pairs))
        return found

    def alone(self, role: int, few: int, many: People, good: frozenset[Verdict]) -> int:
        """Return how many of one *role* it takes, though there be *many* of all others.

        Args:
            role: Which, from 0.
            few: How many it takes at least.
            many: As many as can help, who are *good*.
            good: The verdicts looked for.
        """
        enough = many[role]
        while few < enough:
            middle = (few + enough) // 2
            if self.tried((*many[:role], middle, *many[role + 1 :])).verdict in good:
                enough = middle
            else:
                few = middle + 1
        return enough

    def searched(self, least: People, many: People, good: frozenset[Verdict]) -> bool:
        """Simulate all that are the cheapest of those that are *good*; return whether all were.

        Where it is broken off, one that is *good* is simulated all the same.

        Args:
            least: What the work alone needs.
            many: As many as can help, who are *good*.
            good: The verdicts looked for.
        """
        heap, seen, lowest = [(self.price(least), least)], {least}, inf
        while heap and heap[0][0] <= lowest:
            price, people = heappop(heap)
            cut = next((e for e in self.cuts if all(people[r] <= n for r, n in e.items())), None)
            if cut is None and self.spent:
                self._raise(people, good)
                return False
            if cut is None and self.tried(people).verdict in good:
                lowest = price
                continue
            if cut is None:
                cut = self._cut(people, many, good)
                self.cuts.append(cut)
            for role, count in cut.items():
                more = (*people[:role], count + 1, *people[role + 1 :])
                if more not in seen:
                    seen.add(more)
                    heappush(heap, (self.price(more), more))
        return True

    def cheapest_known(self, good: frozenset[Verdict]) -> list[Staffing]:
        """Return the cheapest that were simulated and are *good*, the fewest people first."""
        fine = [each for each in self.known.values() if each.verdict in good]
        lowest = min((self.price(each.people) for each in fine), default=0.0)
        cheap = (each for each in fine if self.price(each.people) == lowest)
        return sorted(cheap, key=lambda each: (sum(each.people), each.people))

    @property
    def monotone(self) -> bool:
        """Return whether no more people were judged worse than fewer of each role."""
        every = list(self.known.values())
        return not any(
            _RANK[one.verdict] > _RANK[other.verdict]
            and all(few <= many for few, many in zip(one.people, other.people, strict=True))
            for one in every
            for other in every
        )

    def _cut(self, people: People, many: People, good: frozenset[Verdict]) -> dict[int, int]:
        """Return the roles that are too few in *people*, though there be *many* of all others."""
        waits = self.tried(people).waits
        order = [r for r, n in enumerate(people) if n < many[r]] or list(range(len(people)))
        order.sort(key=lambda role: -waits[role])

        def bad(kept: Sequence[int]) -> bool:
            others = tuple(
                n if role in kept else max(n, many[role]) for role, n in enumerate(people)
            )
            return self.tried(others).verdict not in good

        kept = next((order[:n] for n in range(1, len(order)) if bad(order[:n])), order)
        for role in kept[:-1]:
            fewer = [each for each in kept if each != role]
            kept = fewer if bad(fewer) else kept
        return {role: people[role] for role in kept}

    def _raise(self, people: People, good: frozenset[Verdict]) -> None:
        """Add people where most is waited until they are *good*."""
        found = self.tried(people)
        while found.verdict not in good and max(found.waits) >= NO_QUEUE:
            most = found.waits.index(max(found.waits))
            found = self.tried(tuple(n + (r == most) for r, n in enumerate(found.people)))


def hourly(scenario: Scenario) -> tuple[float, ...] | None:
    """Return what a person of each pool costs an hour of the office; ``None``: some have no price.

    It is the price of the hours that this work gets, so that half of somebody costs half. Somebody
    who costs nothing has no price: any number of them would be as cheap.

    Example:
        >>> from tthc_flow.simulation.program import Crowd
        >>> from tthc_flow.simulation.scenario import Scenario
        >>> crowds = (Crowd(name="A", people=1, rate=500.0, stretch=2.0),)
        >>> hourly(Scenario(streams=(), crowds=crowds))
        (15000.0,)

    Source: what is stated of a role's hour, by the hours that it gives.
    """
    found = tuple(
        crowd.rate * MINUTES_OF_HOUR / crowd.stretch * open_part(scenario, crowd.clock)
        for crowd in scenario.crowds
    )
    return None if any(isnan(each) or each == 0 for each in found) else found
