"""How many people it takes: the fewest of each role for a share of late cases.

Begun is with what the work alone needs, so that every pool can keep up; then one person at a time
goes where most is waited, until few enough are late; last, nobody stays who can be spared. All runs
have the same luck, so that one person more is the only thing that differs. What is found cannot do
with a person less in any one role; that no other split of as many people does as well is not said.
"""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from tthc_flow.errors import BadQuantity
from tthc_flow.simulation.run import run
from tthc_flow.simulation.tally import Metric

if TYPE_CHECKING:
    from tthc_flow.simulation.results import Outcome
    from tthc_flow.simulation.run import Settings
    from tthc_flow.simulation.scenario import Scenario

NO_QUEUE: Final = 0.01
"""Minutes a case below which more people cannot help."""


@frozen(kw_only=True)
class Capacity:
    """The fewest people by pool, and the share late with them.

    *enough* is false where even as many as can help leave more late; these are then the fewest for
    that share. *runs* is how many simulations it took.
    """

    people: tuple[tuple[str, int], ...]
    late: float
    enough: bool
    runs: int


def fewest_people(scenario: Scenario, settings: Settings, late: float) -> Capacity:
    """Return the fewest people with whom at most the share *late* of cases is late.

    Args:
        scenario: Whose people are counted anew; their hours and other work stay as they are.
        settings: How each simulation is run.
        late: 0 to 1.

    Raises:
        BadQuantity: TF109 for no share, TF154 where no procedure has a limit.

    Source: the module; staffing by the queue, as in call centre planning.
    """
    if not 0 <= late <= 1:
        raise BadQuantity.no_share("late", late)
    if all(stream.limit is None for stream in scenario.streams):
        hint = "give a limit, or state the total time in the file"
        raise BadQuantity("TF154", "no procedure has a time limit", hint=hint)
    search = _Search(scenario, settings)
    least = search.least()
    people = search.raised(least, late)
    best = search.late(people)
    people = search.lowered(people, least, max(late, best))
    names = [crowd.name for crowd in scenario.crowds]
    return Capacity(
        people=tuple(zip(names, people, strict=True)),
        late=search.late(people),
        enough=best <= late,
        runs=len(search.known),
    )


class _Search:
    """Simulations with other numbers of people, each done once."""

    def __init__(self, scenario: Scenario, settings: Settings) -> None:
        self.scenario, self.settings = scenario, settings
        self.known: dict[tuple[int, ...], Outcome] = {}

    def with_people(self, people: tuple[int, ...]) -> Outcome:
        """Return what comes out with so many people in each pool."""
        if people not in self.known:
            crowds = tuple(
                evolve(crowd, people=count)
                for crowd, count in zip(self.scenario.crowds, people, strict=True)
            )
            self.known[people] = run(evolve(self.scenario, crowds=crowds), self.settings)
        return self.known[people]

    def late(self, people: tuple[int, ...]) -> float:
        """Return the share of late cases among those that have a limit."""
        judged = [each for each in self.with_people(people).cases if each.late is not None]
        whole = sum(each.cases for each in judged)
        return sum(each.means[Metric.LATE].mean * each.cases for each in judged) / whole

    def least(self) -> tuple[int, ...]:
        """Return the fewest people of each pool that can keep up with the work."""
        now = tuple(crowd.people for crowd in self.scenario.crowds)
        found = self.with_people(now)
        return tuple(floor(each.mine * each.people) + 1 for each in found.pools)

    def raised(self, people: tuple[int, ...], late: float) -> tuple[int, ...]:
        """Return *people* and more, where most is waited, until few enough are late."""
        while self.late(people) > late:
            waited = self._waited(people)
            if not waited or max(waited) < NO_QUEUE:
                break
            most = waited.index(max(waited))
            people = tuple(count + (spot == most) for spot, count in enumerate(people))
        return people

    def lowered(
        self, people: tuple[int, ...], least: tuple[int, ...], late: float
    ) -> tuple[int, ...]:
        """Return *people* without those who can be spared, one after the other."""
        for pool in range(len(people)):
            while people[pool] > least[pool]:
                fewer = tuple(count - (spot == pool) for spot, count in enumerate(people))
                if self.late(fewer) > late:
                    break
                people = fewer
        return people

    def _waited(self, people: tuple[int, ...]) -> list[float]:
        """Return the minutes a case that are waited for each pool."""
        found = [0.0] * len(people)
        for step in self.with_people(people).steps:
            pool = self.scenario.streams[step.entry].who.get(step.element)
            if pool is not None:
                found[pool] += step.visits * step.queue
        return found
