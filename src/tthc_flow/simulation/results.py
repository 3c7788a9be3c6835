"""What a simulation says: times, waits, late shares, loads, each mean with how sure it is."""

from __future__ import annotations

from math import isnan
from statistics import mean
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.simulation.confidence import Interval, correlation, interval, of_values
from tthc_flow.simulation.replications import together
from tthc_flow.simulation.shares import around, independent, share_interval
from tthc_flow.simulation.tally import Metric

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tthc_flow.simulation.program import Program
    from tthc_flow.simulation.tally import Tally

SHARES: Final = (0.5, 0.9, 0.95, 0.99)
"""The shares of cases for which a time is told that they do not pass."""
_BEYOND: Final = 5
"""Of fewer cases a run beyond it a quantile is next to the longest time, which is no measure."""


@frozen(kw_only=True)
class CaseFigures:
    """Of the cases of one procedure: *means* by metric, a case each; minutes, but cost and late.

    *limit* is how many worked minutes a case may take, *limit_days* how many whole days where it is
    counted so; *late* is ``None`` without a limit, *cost* where a price is unknown. *cycles* and
    *spans* are the worked and the whole minutes that the shares of :data:`SHARES` do not pass.
    *alike* is how much a batch looks like the one before: above about 0.3 the intervals are too
    narrow; runs by themselves are never alike. *sure* is how sure each of *cycles* is, ``None`` of
    a single run or of too few cases a run; *by_run* are the *cycles* of each run.
    """

    cases: int
    means: Mapping[Metric, Interval]
    late: Interval | None
    cost: Interval | None
    cycles: tuple[float, ...]
    spans: tuple[float, ...]
    alike: float
    limit: float | None
    limit_days: int | None = None
    sure: tuple[Interval | None, ...] = ()
    by_run: tuple[tuple[float, ...], ...] = ()


@frozen(kw_only=True)
class PoolFigures:
    """Of one pool: its people, their *load* (0 to 1 and above: they cannot keep up).

    The load is all their work, the other work of theirs too, by their hours; *mine* is without it.
    *loads* are those of each run where there were several.
    """

    name: str
    people: int
    load: float
    mine: float
    loads: tuple[float, ...] = ()

    @property
    def sure(self) -> Interval | None:
        """Return how sure the load is; ``None`` of a single run, which does not tell."""
        return of_values(self.loads) if len(self.loads) > 1 else None


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

    *batches* are the means a batch (or a run, where there were several) by procedure and metric:
    two sides with the same luck are compared batch by batch. *late* is the share late of all cases
    that have a limit, whatever procedure they are of; ``None`` where none has.
    """

    cases: tuple[CaseFigures, ...]
    pools: tuple[PoolFigures, ...]
    steps: tuple[StepFigures, ...]
    sample: tuple[tuple[float, ...], ...]
    batches: tuple[tuple[tuple[float, ...], ...], ...]
    events: int
    late: Interval | None = None

    @property
    def overloaded(self) -> tuple[str, ...]:
        """Return the pools that cannot keep up: their lines grow without end."""
        return tuple(each.name for each in self.pools if each.load >= 1)


def outcome(program: Program, *runs: Tally) -> Outcome:
    """Return what *runs* say of *program*: intervals by batches of a single one, else by runs.

    Source: Law, Simulation Modeling and Analysis (2015), chapter 9.
    """
    entries = range(len(program.entries))
    several = len(runs) > 1
    tally = together(runs) if several else runs[0]
    cases = tuple(_of_cases(program, tally, entry, runs) for entry in entries)
    return Outcome(
        cases=cases,
        pools=tuple(_of_pools(program, runs)),
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
        late=_late_of_all(cases, tally),
    )


def _late_of_all(cases: Sequence[CaseFigures], tally: Tally) -> Interval | None:
    """Return the share late of the cases of all procedures.

    Those that wait in one line are alike: together they say as much as the best of them alone.
    """
    judged = [e for e, each in enumerate(cases) if each.late is not None and each.cases]
    if len(judged) < 2:  # noqa: PLR2004 - one procedure, or none
        return cases[judged[0]].late if judged else None
    batches = range(len(tally.counts[0]))
    late = [sum(tally.sums[e][batch][Metric.LATE] for e in judged) for batch in batches]
    counts = [sum(tally.counts[e][batch] for e in judged) for batch in batches]
    apart = max(_apart(tally, entry) for entry in judged)
    return share_interval(late, counts, apart)


def _apart(tally: Tally, entry: int) -> float:
    """Return how many cases of a procedure say something of their own."""
    counts = tally.counts[entry]
    sums = zip(tally.sums[entry], counts, strict=True)
    cycles = [each[Metric.CYCLE] / count for each, count in sums if count]
    times = [cycle for e, cycle, _ in tally.sample if e == entry]
    return independent(times, cycles, sum(counts))


def _of_cases(program: Program, tally: Tally, entry: int, runs: Sequence[Tally]) -> CaseFigures:
    counts = tally.counts[entry]
    means = {
        metric: interval([sums[metric] for sums in tally.sums[entry]], counts) for metric in Metric
    }
    found = program.entries[entry]
    rates = [
        program.crowds[each.pool].rate if each.pool >= 0 else each.rate
        for each in program.instructions[found.first : found.last]
        if each.pool >= 0 or each.rate is not None
    ]
    cycles = [
        sums[Metric.CYCLE] / n for sums, n in zip(tally.sums[entry], counts, strict=True) if n
    ]
    times = [cycle for e, cycle, _ in tally.sample if e == entry]
    quantiles = _quantiles(times)
    in_runs = [[cycle for e, cycle, _ in each.sample if e == entry] for each in runs]
    by_run = tuple(map(_quantiles, in_runs))
    late = [sums[Metric.LATE] for sums in tally.sums[entry]]
    return CaseFigures(
        cases=sum(counts),
        means=means,
        late=None if found.limit is None else share_interval(late, counts, _apart(tally, entry)),
        cost=means[Metric.COST]
        if rates and not any(rate is None or isnan(rate) for rate in rates)
        else None,
        cycles=quantiles,
        spans=_quantiles([span for e, _, span in tally.sample if e == entry]),
        alike=correlation(cycles) if cycles and len(runs) == 1 else 0.0,
        limit=None if found.limit is None else found.limit.minutes,
        limit_days=None if found.limit is None else found.limit.days,
        sure=tuple(_sure(quantiles, by_run, min(map(len, in_runs)))),
        by_run=by_run,
    )


def _sure(
    quantiles: Sequence[float], by_run: Sequence[Sequence[float]], fewest: int
) -> Iterator[Interval | None]:
    """Yield how sure each quantile is, by that of each run; *fewest* cases are in one."""
    for number, (share, whole) in enumerate(zip(SHARES, quantiles, strict=False)):
        enough = min(share, 1 - share) * fewest >= _BEYOND
        yield around(whole, [each[number] for each in by_run]) if enough else None


def _quantiles(values: list[float]) -> tuple[float, ...]:
    ordered = sorted(values)
    last = len(ordered) - 1
    return tuple(ordered[min(last, int(share * len(ordered)))] for share in SHARES if ordered)


def _of_pools(program: Program, runs: Sequence[Tally]) -> list[PoolFigures]:
    by_run = [_loads(program, tally) for tally in runs]
    found = []
    for number, crowd in enumerate(program.crowds):
        loads = tuple(run[number][0] for run in by_run)
        mine = mean(run[number][1] for run in by_run)
        found.append(
            PoolFigures(
                name=crowd.name, people=crowd.people, load=mean(loads), mine=mine, loads=loads
            )
        )
    return found


def _loads(program: Program, tally: Tally) -> list[tuple[float, float]]:
    """Return of each pool all its load in a run, and that of the simulated work alone."""
    found = []
    since, until = tally.window
    for crowd, busy in zip(program.crowds, tally.busy, strict=True):
        minutes = until - since
        if not program.worked and crowd.clock >= 0:
            clock = program.clocks[crowd.clock]
            minutes = clock.worked(until) - clock.worked(since)
        mine = busy * crowd.stretch / (crowd.people * minutes) if minutes > 0 else 0.0
        found.append((crowd.other + (1 - crowd.other) * mine, mine))
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
