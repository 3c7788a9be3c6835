"""What a simulation says: times, waits, late shares, loads, each mean with how sure it is."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.simulation.confidence import Interval, correlation, interval, student
from tthc_flow.simulation.tally import Metric

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tthc_flow.simulation.program import Program
    from tthc_flow.simulation.tally import Tally

SHARES: Final = (0.5, 0.9, 0.95)
"""The shares of cases for which a time is told that they do not pass."""


@frozen(kw_only=True)
class CaseFigures:
    """Of the cases of one procedure: *means* by metric, a case each; minutes, but cost and late.

    *late* is ``None`` without a limit, *cost* where a price is unknown. *cycles* and *spans* are
    the worked and the whole minutes that the shares of :data:`SHARES` do not pass. *alike* is how
    much a batch looks like the one before: above about 0.3 the intervals are too narrow.
    """

    cases: int
    means: Mapping[Metric, Interval]
    late: Interval | None
    cost: Interval | None
    cycles: tuple[float, ...]
    spans: tuple[float, ...]
    alike: float


@frozen(kw_only=True)
class PoolFigures:
    """Of one pool: its people, their *load* (0 to 1 and above: they cannot keep up).

    The load is all their work, the other work of theirs too, by their hours; *mine* is without it.
    """

    name: str
    people: int
    load: float
    mine: float


@frozen(kw_only=True)
class StepFigures:
    """Of one element: visits a case, minutes waited (for people, or in it) and worked a visit."""

    entry: int
    element: str
    visits: float
    queue: float
    work: float


@frozen(kw_only=True)
class Outcome:
    """What came out: by procedure, by pool, by element; *sample* are worked minutes of cases.

    *batches* are the means a batch by procedure and metric: two runs with the same luck are
    compared batch by batch.
    """

    cases: tuple[CaseFigures, ...]
    pools: tuple[PoolFigures, ...]
    steps: tuple[StepFigures, ...]
    sample: tuple[tuple[float, ...], ...]
    batches: tuple[tuple[tuple[float, ...], ...], ...]
    events: int

    @property
    def overloaded(self) -> tuple[str, ...]:
        """Return the pools that cannot keep up: their lines grow without end."""
        return tuple(each.name for each in self.pools if each.load >= 1)


def outcome(program: Program, tally: Tally) -> Outcome:
    """Return what *tally* says of *program*.

    Source: Law, Simulation Modeling and Analysis (2015), chapter 9.
    """
    entries = range(len(program.entries))
    return Outcome(
        cases=tuple(_of_cases(program, tally, entry) for entry in entries),
        pools=tuple(_of_pools(program, tally)),
        steps=tuple(_of_steps(program, tally)),
        sample=tuple(tuple(c for e, c, _ in tally.sample if e == entry) for entry in entries),
        batches=tuple(
            tuple(
                tuple(value / max(count, 1) for value in sums)
                for sums, count in zip(tally.sums[entry], tally.counts[entry], strict=True)
            )
            for entry in entries
        ),
        events=tally.events,
    )


def _of_cases(program: Program, tally: Tally, entry: int) -> CaseFigures:
    counts = tally.counts[entry]
    means = {
        metric: interval([sums[metric] for sums in tally.sums[entry]], counts) for metric in Metric
    }
    found = program.entries[entry]
    rates = [
        program.crowds[each.pool].rate
        for each in program.instructions[found.first : found.last]
        if each.pool >= 0
    ]
    cycles = [
        sums[Metric.CYCLE] / n for sums, n in zip(tally.sums[entry], counts, strict=True) if n
    ]
    return CaseFigures(
        cases=sum(counts),
        means=means,
        late=None if found.limit is None else means[Metric.LATE],
        cost=means[Metric.COST] if rates and not any(map(isnan, rates)) else None,
        cycles=_quantiles([cycle for e, cycle, _ in tally.sample if e == entry]),
        spans=_quantiles([span for e, _, span in tally.sample if e == entry]),
        alike=correlation(cycles) if cycles else 0.0,
    )


def _quantiles(values: list[float]) -> tuple[float, ...]:
    ordered = sorted(values)
    last = len(ordered) - 1
    return tuple(ordered[min(last, int(share * len(ordered)))] for share in SHARES if ordered)


def _of_pools(program: Program, tally: Tally) -> list[PoolFigures]:
    found = []
    since, until = tally.window
    for crowd, busy in zip(program.crowds, tally.busy, strict=True):
        minutes = until - since
        if not program.worked and crowd.clock >= 0:
            clock = program.clocks[crowd.clock]
            minutes = clock.worked(until) - clock.worked(since)
        mine = busy * crowd.stretch / (crowd.people * minutes) if minutes > 0 else 0.0
        load = crowd.other + (1 - crowd.other) * mine
        found.append(PoolFigures(name=crowd.name, people=crowd.people, load=load, mine=mine))
    return found


def _of_steps(program: Program, tally: Tally) -> list[StepFigures]:
    """Return the figures of each element, the rounds of one together, in the order of the file."""
    found = []
    for entry, each in enumerate(program.entries):
        cases = sum(tally.counts[entry])
        sums: dict[str, list[float]] = {}
        for number in range(each.first, each.last):
            step, node = tally.steps[number], program.instructions[number].node
            if step.visits and node:
                whole = sums.setdefault(node, [0.0, 0.0, 0.0])
                for spot, value in enumerate((step.visits, step.queue, step.work)):
                    whole[spot] += value
        found += [
            StepFigures(
                entry=entry,
                element=node,
                visits=visits / max(cases, 1),
                queue=queue / visits,
                work=work / visits,
            )
            for node, (visits, queue, work) in sums.items()
        ]
    return found


def difference(
    before: Sequence[Sequence[float]], after: Sequence[Sequence[float]], metric: Metric
) -> Interval:
    """Return by how much a mean changes from *before* to *after*, batch by batch.

    The two have the same luck (common random numbers), so that batches differ by the change and
    the interval is narrower than that of either side.

    Args:
        before: Means by batch and metric, as in :class:`Outcome`.
        after: The same of the other side.
        metric: Which.

    Example:
        >>> found = difference([[5.0], [7.0], [9.0]], [[4.0], [6.0], [8.0]], Metric.CYCLE)
        >>> found.mean, found.half
        (-1.0, 0.0)

    Source: Law, Simulation Modeling and Analysis (2015), 10.2.1 (paired-t) and 11.2.
    """
    changes = [two[metric] - one[metric] for one, two in zip(before, after, strict=True)]
    middle = sum(changes) / len(changes)
    spread = sum((each - middle) ** 2 for each in changes) / (len(changes) - 1)
    half: float = student(len(changes) - 1) * (spread / len(changes)) ** 0.5
    return Interval(mean=middle, half=half)
