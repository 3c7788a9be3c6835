"""How sure a mean of a run is: an interval by batch means.

The counted cases are cut into batches in the order of their coming; the means of long batches are
nearly independent, whatever queues do to cases that follow each other.
"""

from __future__ import annotations

from itertools import pairwise
from math import sqrt
from statistics import NormalDist, mean, stdev
from typing import TYPE_CHECKING, Final

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence

LEVEL: Final = 0.95
"""How often such an interval holds the true mean."""


@frozen(kw_only=True)
class Interval:
    """A mean and how far to both sides the true one may lie, at the level of :data:`LEVEL`."""

    mean: float
    half: float

    @property
    def least(self) -> float:
        """Return the lower end."""
        return self.mean - self.half

    @property
    def most(self) -> float:
        """Return the upper end."""
        return self.mean + self.half


def student(freedom: int, level: float = LEVEL) -> float:
    """Return the two-sided quantile of Student's t, best for eight degrees of *freedom* and more.

    Example:
        >>> round(student(29), 3), round(student(9), 2)
        (2.045, 2.26)

    Source: Abramowitz and Stegun, 26.7.5.
    """
    z = NormalDist().inv_cdf((1 + level) / 2)
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / freedom + second / freedom**2 + third / freedom**3


def interval(sums: Sequence[float], counts: Sequence[int]) -> Interval:
    """Return the mean of all cases, and its interval by the means of the batches.

    Args:
        sums: The sum of a figure over each batch.
        counts: How many cases are in each batch, in the same order; empty ones are left out.

    Example:
        >>> found = interval([10.0, 14.0, 12.0], [2, 2, 2])
        >>> found.mean, round(found.half, 2)
        (6.0, 2.41)

    Source: Law, Simulation Modeling and Analysis (2015), 9.5.3 (batch means).
    """
    means = [total / count for total, count in zip(sums, counts, strict=True) if count]
    middle = sum(sums) / sum(counts) if sum(counts) else float("nan")
    if len(means) < 2:  # noqa: PLR2004 - no spread in one
        return Interval(mean=middle, half=float("inf"))
    half = student(len(means) - 1) * stdev(means) / sqrt(len(means))
    return Interval(mean=middle, half=half)


def correlation(means: Sequence[float]) -> float:
    """Return how much a batch looks like the one before it (-1 to 1); near 0 they are long enough.

    Example:
        >>> correlation([1.0, 3.0, 1.0, 3.0, 1.0, 3.0]) < -0.5
        True

    Source: lag-1 autocorrelation of batch means.
    """
    middle = mean(means)
    spread = sum((each - middle) ** 2 for each in means)
    if not spread:
        return 0.0
    return sum((one - middle) * (two - middle) for one, two in pairwise(means)) / spread
