"""By how much figures of a simulation change, as a record: with how sure that is, and whether."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.simulation.change import (
    difference,
    late_difference,
    load_difference,
    quantile_differences,
    verdict,
)
from tthc_flow.simulation.results import SHARES
from tthc_flow.simulation.tally import Metric

if TYPE_CHECKING:
    from tthc_flow.report.record import Json
    from tthc_flow.simulation.confidence import Interval
    from tthc_flow.simulation.results import Outcome


def of_interval(found: Interval) -> Json:
    """Return a mean with its ends.

    Example:
        >>> from tthc_flow.simulation.confidence import Interval
        >>> of_interval(Interval(mean=3.0, half=1.0))
        {'mean': 3.0, 'least': 2.0, 'most': 4.0}
    """
    return {"mean": found.mean, "least": found.least, "most": found.most}


def of_changes(before: Outcome, after: Outcome) -> list[Json]:
    """Return of each procedure by how much each mean changes, and whether that is real.

    ``late`` and ``cost`` are ``None`` where a side has none.
    """
    endless = bool(before.overloaded or after.overloaded)
    found = []
    for entry, (one, two) in enumerate(zip(before.batches, after.batches, strict=True)):
        sides = before.cases[entry], after.cases[entry]
        unknown = {
            Metric.LATE: any(each.late is None for each in sides),
            Metric.COST: any(each.cost is None for each in sides),
        }
        found.append(
            {
                metric.name.lower(): None
                if unknown.get(metric)
                else _judged(
                    late_difference(before, after, entry)
                    if metric is Metric.LATE
                    else difference(one, two, metric),
                    endless=endless,
                )
                for metric in Metric
            }
        )
    return found


def of_quantiles(before: Outcome, after: Outcome) -> list[Json]:
    """Return of each procedure by how much the times that few cases pass change, by their share.

    Each is ``None`` of a single run, or of too few cases a run.
    """
    endless = bool(before.overloaded or after.overloaded)
    return [
        {
            f"p{round(share * 100)}": None if each is None else _judged(each, endless=endless)
            for share, each in zip(SHARES, quantile_differences(*sides), strict=False)
        }
        for sides in zip(before.cases, after.cases, strict=True)
    ]


def of_loads(before: Outcome, after: Outcome) -> list[Json]:
    """Return by how much the load of each role of both sides changes; ``None`` of a single run."""
    now = {each.name: each for each in after.pools}
    found = []
    for was in before.pools:
        if was.name in now:
            change = load_difference(was, now[was.name])
            found.append({"role": was.name, "change": None if change is None else _judged(change)})
    return found


def _judged(change: Interval, *, endless: bool = False) -> Json:
    return {**of_interval(change), "verdict": verdict(change, endless=endless).value}
