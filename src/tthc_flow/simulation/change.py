"""By how much a mean changes, and whether that is more than luck."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from tthc_flow.simulation.confidence import Interval, of_values
from tthc_flow.simulation.shares import around
from tthc_flow.simulation.tally import Metric

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tthc_flow.simulation.results import CaseFigures, Outcome, PoolFigures

NOTHING: Final = 1e-9
"""Minutes, or share, below which a difference is the rounding of floats."""


class Verdict(StrEnum):
    """Whether a change of a mean is real: ``LESS`` or ``MORE`` than before, beyond luck.

    ``UNCLEAR`` cannot be told from luck, ``SAME`` is no change at all. ``ENDLESS`` is not judged:
    where a pool cannot keep up there is no mean, and the figures hang on the length of the run.
    """

    LESS = "less"
    MORE = "more"
    UNCLEAR = "unclear"
    SAME = "same"
    ENDLESS = "endless"


def difference(
    before: Sequence[Sequence[float]], after: Sequence[Sequence[float]], metric: Metric
) -> Interval:
    """Return by how much a mean changes from *before* to *after*, batch by batch or run by run.

    The two have the same luck (common random numbers), so that batches differ by the change and
    the interval is narrower than that of either side.

    Args:
        before: Means by batch (or run) and metric, as in
            :class:`~tthc_flow.simulation.results.Outcome`.
        after: The same of the other side.
        metric: Which.

    Example:
        >>> from tthc_flow.simulation.tally import Metric
        >>> found = difference([[5.0], [7.0], [9.0]], [[4.0], [6.0], [8.0]], Metric.CYCLE)
        >>> found.mean, found.half
        (-1.0, 0.0)

    Source: Law, Simulation Modeling and Analysis (2015), 10.2.1 (paired-t) and 11.2.
    """
    return of_values([two[metric] - one[metric] for one, two in zip(before, after, strict=True)])


def late_difference(before: Outcome, after: Outcome, entry: int) -> Interval:
    """Return by how much the share late of a procedure changes, batch by batch or run by run.

    Where none was late on either side, or all were, and the times do change, batches that are alike
    prove nothing: then it may change by as much as the intervals of both sides let it.

    Args:
        before: One side, of a procedure with a limit.
        after: The other side, with the same luck.
        entry: Which procedure, from 0.

    Source: as :func:`difference`; the ends of :mod:`tthc_flow.simulation.shares`.
    """
    one, two = before.cases[entry].late, after.cases[entry].late
    sides = before.batches[entry], after.batches[entry]
    found = difference(*sides, Metric.LATE)
    still = verdict(found) is Verdict.SAME and verdict(difference(*sides, Metric.CYCLE)) is not (
        Verdict.SAME
    )
    if not still or one is None or two is None or one.mean not in {0.0, 1.0}:
        return found
    least, most = two.least - one.most, two.most - one.least
    return Interval(mean=0.0, half=max(-least, most), ends=(least, most))


def quantile_differences(before: CaseFigures, after: CaseFigures) -> tuple[Interval | None, ...]:
    """Return by how much each time that a share of cases does not pass changes, run by run.

    The change is that of all cases; how sure it is, the changes of the runs of the same number
    tell. They are in the order of :data:`~tthc_flow.simulation.results.SHARES`, each ``None`` of a
    single run, or where a side has too few cases a run.

    Args:
        before: The cases of a procedure on one side.
        after: Those of the other side, with the same luck.

    Example:
        >>> from attrs import evolve
        >>> from tthc_flow.simulation.results import CaseFigures
        >>> one = CaseFigures(cases=60, means={}, late=None, cost=None, cycles=(6.0,), spans=(),
        ...                   alike=0.0, limit=None, sure=(Interval(mean=6.0, half=2.0),),
        ...                   by_run=((5.0,), (7.0,)))
        >>> two = evolve(one, cycles=(5.0,), by_run=((4.0,), (6.0,)))
        >>> quantile_differences(one, two)
        (Interval(mean=-1.0, half=0.0, ends=None),)

    Source: as :func:`difference`; a quantile a run, Law (2015), 9.5.2.
    """
    found: list[Interval | None] = []
    for number, sides in enumerate(zip(before.sure, after.sure, strict=False)):
        runs = zip(before.by_run, after.by_run, strict=True)
        whole = after.cycles[number] - before.cycles[number]
        known = None not in sides
        found.append(around(whole, [b[number] - a[number] for a, b in runs]) if known else None)
    return tuple(found)


def load_difference(before: PoolFigures, after: PoolFigures) -> Interval | None:
    """Return by how much the load of a pool changes, run by run; ``None`` of a single run.

    Example:
        >>> from tthc_flow.simulation.results import PoolFigures
        >>> one = PoolFigures(name="A", people=1, load=0.5, mine=0.5, loads=(0.4, 0.6))
        >>> two = PoolFigures(name="A", people=1, load=0.6, mine=0.6, loads=(0.5, 0.7))
        >>> round(load_difference(one, two).mean, 6)
        0.1

    Source: as :func:`difference`.
    """
    if len(before.loads) < 2:  # noqa: PLR2004 - no spread in one
        return None
    return of_values([two - one for one, two in zip(before.loads, after.loads, strict=True)])


def verdict(change: Interval, *, endless: bool = False) -> Verdict:
    """Return whether *change* is real: whether its interval leaves nought out.

    Args:
        change: What :func:`difference` returned.
        endless: Whether a pool of either side cannot keep up.

    Example:
        >>> from tthc_flow.simulation.confidence import Interval
        >>> [verdict(Interval(mean=mean, half=2.0)).value for mean in (-3.0, 1.0, 3.0)]
        ['less', 'unclear', 'more']

    Source: zero outside the 95 % interval of the paired difference; Law (2015), 10.2.
    """
    if endless:
        return Verdict.ENDLESS
    if max(abs(change.least), abs(change.most)) < NOTHING:
        return Verdict.SAME
    if change.most < 0:
        return Verdict.LESS
    return Verdict.MORE if change.least > 0 else Verdict.UNCLEAR
