"""How long cases take, as shares of cases by time: both sides on the same scale."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from tthc_flow.units import MINUTES_OF_HOUR, MINUTES_OF_WORKING_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tthc_flow.report.record import Json
    from tthc_flow.simulation.results import Outcome

MOST: Final = 24
"""Bars of one side, the last of them for all that is longer."""
LAST: Final = 0.99
"""The share of cases that the bars before the last one must hold."""


def of_times(before: Outcome, after: Outcome | None) -> list[Json]:
    """Return of each procedure the shares of its cases by worked time.

    ``width`` is in worked minutes; the shares are of the cases that took from 0 to less than one
    width, from one to less than two, and so on; those of the last bar took longer than all others.
    """
    sides = [before] if after is None else [before, after]
    found = []
    for entry in range(len(before.cases)):
        samples = [sorted(side.sample[entry]) for side in sides]
        width, count = _bars(samples)
        shares = [_shares(each, width, count) for each in samples]
        found.append(
            {"width": width, "before": shares[0], "after": None if after is None else shares[1]}
        )
    return found


def _bars(samples: Sequence[Sequence[float]]) -> tuple[float, int]:
    """Return how wide a bar is, and how many there are: a round width, up to the longest usual."""
    longest = max((each[int(LAST * (len(each) - 1))] for each in samples if each), default=0.0)
    width = next(each for each in _widths() if longest < each * (MOST - 1))
    return width, int(longest // width) + 2


def _widths() -> Iterator[float]:
    """Yield round lengths without end: minutes, hours, working days."""
    hour, day = float(MINUTES_OF_HOUR), float(MINUTES_OF_WORKING_DAY)
    yield from (1.0, 5.0, 15.0, 30.0, hour, 2 * hour, 4 * hour)
    while True:
        yield from (day, 2 * day, 5 * day)
        day *= 10


def _shares(ordered: Sequence[float], width: float, count: int) -> list[float]:
    if not ordered:
        return [0.0] * count
    upto = [bisect_right(ordered, (number + 1) * width - 1e-9) for number in range(count - 1)]
    ends = [0, *upto, len(ordered)]
    return [(end - start) / len(ordered) for start, end in pairwise(ends)]
