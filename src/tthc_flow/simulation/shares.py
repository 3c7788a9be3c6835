"""How sure a share of cases is where it is near 0 or 1: there batches that are alike prove nothing.

If none of a thousand cases was late, one of the next thousand may be. How many of them say
something of their own is told by their times: cases that follow each other in a queue are alike.
"""

from __future__ import annotations

from math import inf, sqrt
from statistics import NormalDist, stdev, variance
from typing import TYPE_CHECKING, Final

from tthc_flow.chances.beta import point
from tthc_flow.chances.student import student
from tthc_flow.simulation.confidence import Interval, interval

if TYPE_CHECKING:
    from collections.abc import Sequence

_TAIL: Final = 0.025
_NORMAL: Final = NormalDist().inv_cdf(1 - _TAIL)
_FEWEST: Final = 10
_ROUNDING: Final = 1e-9


def share_interval(hits: Sequence[float], counts: Sequence[int], apart: float) -> Interval:
    """Return the share of all cases, and its interval, which lies within 0 and 1.

    The interval is that of the means of the batches. Where it would pass 0 or 1, or fewer than ten
    cases on one side say something of their own, it is the exact one of a share of these.

    Args:
        hits: How many cases of each batch, or of each run, it is true of.
        counts: How many cases are in each, in the same order; empty ones are left out.
        apart: How many cases say something of their own (:func:`independent`).

    Example:
        >>> found = share_interval([0, 0, 0], [100, 100, 100], 300.0)
        >>> found.mean, found.least, round(found.most, 4)
        (0.0, 0.0, 0.0122)
        >>> share_interval([30, 34, 32], [100, 100, 100], 300.0).ends is None
        True

    Source: Clopper & Pearson, Biometrika 26 (1934), 404-413, of the effective number of cases as
        Korn & Graubard, Survey Methodology 24 (1998), 193-201; of no case at all it is the "rule of
        three", Hanley & Lippman-Hand, JAMA 249 (1983), 1743-1745, for both ends.
    """
    usual = interval(hits, counts)
    batches = sum(1 for each in counts if each)
    share = usual.mean
    many = min(share, 1 - share) * apart >= _FEWEST
    if not batches or (many and usual.least > 0 and usual.most < 1):
        return usual
    spread = (usual.half / student(batches - 1)) ** 2 if batches > 1 else 0.0
    if spread > _ROUNDING * share * (1 - share) and share < 1:
        seen = share * (1 - share) / spread * _few(batches)
        apart = min(apart, max(seen, batches))
    found = share * apart
    low = point(found, apart - found + 1, _TAIL) if share > 0 else 0.0
    high = point(found + 1, apart - found, 1 - _TAIL) if share < 1 else 1.0
    return Interval(mean=share, half=max(share - low, high - share), ends=(low, high))


def independent(times: Sequence[float], means: Sequence[float], cases: int) -> float:
    """Return how many of *cases* say something of their own, by how alike their times are.

    Args:
        times: The times of some cases, from all over the batches.
        means: The mean time of each batch, or of each run.
        cases: How many cases there are in all.

    Returns:
        The variance of a case by that of the mean of all, less what few batches may have missed; as
        many as there are batches at least, and as there are cases at most.

    Example:
        >>> independent([10.0, 20.0] * 50, [15.0, 15.0], 100)
        100.0
        >>> round(independent([10.0, 20.0] * 50, [12.0, 18.0, 13.0, 17.0, 15.0], 100), 1)
        9.7

    Source: Bayley & Hammersley, Supplement to the JRSS 8 (1946), 184-197; the correction for few
        batches is that of Korn & Graubard (1998).
    """
    few = len(means)
    if few < 2:  # noqa: PLR2004 - no spread in one
        return float(few)
    mean_spread = stdev(means) ** 2 / few
    alone = variance(times) if len(times) > 1 else 0.0
    found = alone / mean_spread * _few(few) if mean_spread else inf
    return min(max(found, float(few)), float(cases))


def _few(batches: int) -> float:
    """Return which part of a number of cases is left where few batches tell it."""
    return (_NORMAL / student(batches - 1)) ** 2


def around(middle: float, runs: Sequence[float]) -> Interval | None:
    """Return how sure a figure of all cases is by that of each run; ``None`` of a single run.

    Example:
        >>> found = around(6.0, [5.0, 7.0, 6.0])
        >>> found.mean, round(found.half, 2)
        (6.0, 2.48)

    Source: Law, Simulation Modeling and Analysis (2015), 9.5.2 (replications), of a quantile a run.
    """
    if len(runs) < 2:  # noqa: PLR2004 - no spread in one
        return None
    half = student(len(runs) - 1) * stdev(runs) / sqrt(len(runs))
    return Interval(mean=middle, half=half)
