"""Several runs of one scenario, each with its own luck, as one result.

Runs are independent whatever queues do inside them, at the price that each fills the empty office
anew. A scenario before and after a change has the same luck in the run of the same number, so that
their difference is taken run by run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.simulation.draws import CASE, MASK, mixed
from tthc_flow.simulation.tally import METRICS, StepSums, Tally

if TYPE_CHECKING:
    from collections.abc import Sequence

_UPPER: Final = 11
"""Bits that are dropped, so that a seed is a whole number in JSON everywhere (53 bits)."""


def seeds_of(seed: int, count: int) -> tuple[int, ...]:
    """Return the seeds of *count* runs: the first is *seed* itself, the others follow from it.

    Args:
        seed: The seed that was asked for.
        count: How many runs, 1 or more.

    Example:
        >>> seeds_of(1, 3)
        (1, 5103132997656651, 6717404888216029)

    Source: splitmix64, as for the draws inside a run (:mod:`tthc_flow.simulation.draws`).
    """
    others = (mixed((seed + number * CASE) & MASK) >> _UPPER for number in range(1, count))
    return (seed, *others)


def together(tallies: Sequence[Tally]) -> Tally:
    """Return what came out of several runs of one program as one, each run being a batch of it.

    The window is as long as all of theirs and begins at 0: it says how long was looked at, not
    when. Loads are taken run by run and not from here, as each run has a calendar to look at.

    Args:
        tallies: One a run, at least one, of the same program.

    Source: Law, Simulation Modeling and Analysis (2015), 9.5.2 (replications).
    """
    entries = range(len(tallies[0].sums))
    watched = sum(each.window[1] - each.window[0] for each in tallies)
    return Tally(
        sums=tuple(tuple(_summed(each.sums[entry]) for each in tallies) for entry in entries),
        counts=tuple(tuple(sum(each.counts[entry]) for each in tallies) for entry in entries),
        steps=tuple(map(_together, zip(*(each.steps for each in tallies), strict=True))),
        busy=tuple(map(sum, zip(*(each.busy for each in tallies), strict=True))),
        window=(0.0, watched),
        area=sum(each.area for each in tallies),
        sample=tuple(case for each in tallies for case in each.sample),
        events=sum(each.events for each in tallies),
        last=max(each.last for each in tallies),
    )


def _summed(batches: Sequence[Sequence[float]]) -> tuple[float, ...]:
    return tuple(sum(batch[metric] for batch in batches) for metric in range(METRICS))


def _together(steps: Sequence[StepSums]) -> StepSums:
    return StepSums(
        visits=sum(each.visits for each in steps),
        queue=sum(each.queue for each in steps),
        work=sum(each.work for each in steps),
    )
