"""How sure a mean is: an interval by the means of the batches of one run, or of runs by themselves.

The counted cases are cut into batches in the order of their coming; the means of long batches are
nearly independent, whatever queues do to cases that follow each other. Runs with another luck are
independent altogether.
"""

from __future__ import annotations

from itertools import pairwise
from math import sqrt
from statistics import mean, stdev
from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.chances.student import student

if TYPE_CHECKING:
    from collections.abc import Sequence


@frozen(kw_only=True)
class Interval:
    """A mean and how far to both sides the true one may lie, 19 times of 20.

    *ends* are given where these are not as far to both sides: *half* is then the longer way.
    """

    mean: float
    half: float
    ends: tuple[float, float] | None = None

    @property
    def least(self) -> float:
        """Return the lower end."""
        return self.mean - self.half if self.ends is None else self.ends[0]

    @property
    def most(self) -> float:
        """Return the upper end."""
        return self.mean + self.half if self.ends is None else self.ends[1]


def interval(sums: Sequence[float], counts: Sequence[int]) -> Interval:
    """Return the mean of all cases, and its interval by the means of the batches.

    Args:
        sums: The sum of a figure over each batch, or over each run.
        counts: How many cases are in each, in the same order; empty ones are left out.

    Example:
        >>> found = interval([10.0, 14.0, 12.0], [2, 2, 2])
        >>> found.mean, round(found.half, 2)
        (6.0, 2.48)

    Source: Law, Simulation Modeling and Analysis (2015), 9.5.3 (batch means), 9.5.2 (runs).
    """
    means = [total / count for total, count in zip(sums, counts, strict=True) if count]
    middle = sum(sums) / sum(counts) if sum(counts) else float("nan")
    if len(means) < 2:  # noqa: PLR2004 - no spread in one
        return Interval(mean=middle, half=float("inf"))
    half = student(len(means) - 1) * stdev(means) / sqrt(len(means))
    return Interval(mean=middle, half=half)


def of_values(values: Sequence[float]) -> Interval:
    """Return the mean of independent *values*, two or more, each as weighty as the other.

    Example:
        >>> found = of_values([0.5, 0.7, 0.6])
        >>> round(found.mean, 2), round(found.half, 2)
        (0.6, 0.25)

    Source: Law, Simulation Modeling and Analysis (2015), 9.5.2.
    """
    return interval(values, (1,) * len(values))


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
