"""How sure a mean, a rate and a difference are: 95 % intervals, each with its method's name."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, sqrt
from statistics import NormalDist
from typing import Final

from attrs import frozen

from tthc_flow.calibration.student import student

_TAIL: Final = 0.975
_Z: Final = NormalDist().inv_cdf(_TAIL)
_RESAMPLES: Final = 2_000
_SEED: Final = 20_260_302
_FEWEST: Final = 2


@frozen(kw_only=True)
class Interval:
    """A figure, the least and the most that it may be with 95 % certainty, and the method."""

    value: float
    low: float
    high: float
    method: str

    @property
    def excludes_zero(self) -> bool:
        """Return whether zero lies outside: then a difference is real."""
        return self.low > 0 or self.high < 0


def wilson(found: int, of: int) -> Interval | None:
    """Return the share *found* / *of* with its interval; ``None`` of nothing.

    Example:
        >>> share = wilson(3, 10)
        >>> round(share.low, 4), round(share.high, 4)
        (0.1078, 0.6032)

    Source: Wilson, JASA 22 (1927), 209-212.
    """
    if not of:
        return None
    share, square = found / of, _Z * _Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = _Z * sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    low = 0.0 if not found else max(middle - half, 0.0)
    high = 1.0 if found == of else min(middle + half, 1.0)
    return Interval(value=share, low=low, high=high, method="wilson")


def newcombe(before: tuple[int, int], after: tuple[int, int]) -> Interval | None:
    """Return the share after minus the share before, each as (found, of).

    Example:
        >>> change = newcombe((56, 70), (48, 80))
        >>> round(change.value, 4), round(change.low, 4), round(change.high, 4)
        (-0.2, -0.3339, -0.0524)

    Source: Newcombe, Statistics in Medicine 17 (1998), 873-890, method 10.
    """
    one, other = wilson(*before), wilson(*after)
    if one is None or other is None:
        return None
    value = other.value - one.value
    down = sqrt((other.value - other.low) ** 2 + (one.high - one.value) ** 2)
    up = sqrt((other.high - other.value) ** 2 + (one.value - one.low) ** 2)
    return Interval(value=value, low=value - down, high=value + up, method="newcombe")


def mean_interval(values: Sequence[float]) -> Interval | None:
    """Return the mean with its interval; ``None`` for less than two values.

    Example:
        >>> found = mean_interval([1, 2, 3, 4, 5])
        >>> round(found.low, 3), round(found.high, 3)
        (1.037, 4.963)

    Source: Student, Biometrika 6 (1908), 1-25. For times that are very skewed it holds from some
        dozens of cases on.
    """
    count = len(values)
    if count < _FEWEST:
        return None
    mean, variance = moments(values)
    half = student(count - 1) * sqrt(variance / count)
    return Interval(value=mean, low=max(mean - half, 0.0), high=mean + half, method="student")


def welch(before: Sequence[float], after: Sequence[float]) -> Interval | None:
    """Return the mean after minus the mean before; ``None`` for less than two values on a side.

    Example:
        >>> found = welch([10, 12, 14, 16], [5, 6, 7, 8])
        >>> round(found.value, 3), round(found.low, 3), round(found.high, 3)
        (-6.5, -10.364, -2.636)

    Source: Welch, Biometrika 34 (1947), 28-35.
    """
    if min(len(before), len(after)) < _FEWEST:
        return None
    (one, first), (other, second) = moments(before), moments(after)
    first, second = first / len(before), second / len(after)
    together = first + second
    half = 0.0
    if together:
        parts = first**2 / (len(before) - 1) + second**2 / (len(after) - 1)
        half = student(together**2 / parts) * sqrt(together)
    value = other - one
    return Interval(value=value, low=value - half, high=value + half, method="welch")


def median_change(before: Sequence[float], after: Sequence[float]) -> Interval | None:
    """Return the median after minus the median before; ``None`` for less than two on a side.

    The same values always give the same interval: the seed is fixed.

    Example:
        >>> found = median_change([10.0] * 20, [4.0] * 20)
        >>> found.value, found.low, found.high
        (-6.0, -6.0, -6.0)

    Source: Efron & Tibshirani, An Introduction to the Bootstrap (1993), chapter 13: percentiles of
        2,000 resamples.
    """
    if min(len(before), len(after)) < _FEWEST:
        return None
    import numpy as np

    rng = np.random.default_rng(_SEED)
    sides = [np.asarray(side, dtype=float) for side in (before, after)]
    changes = np.zeros(_RESAMPLES)
    for place in range(_RESAMPLES):
        one, other = (side[rng.integers(0, len(side), len(side))] for side in sides)
        changes[place] = np.median(other) - np.median(one)
    low, high = np.quantile(changes, (1 - _TAIL, _TAIL))
    value = float(np.median(sides[1]) - np.median(sides[0]))
    return Interval(value=value, low=float(low), high=float(high), method="bootstrap")


def moments(values: Sequence[float]) -> tuple[float, float]:
    """Return mean and variance (of a sample: divided by one less than how many).

    Example:
        >>> moments([1.0, 3.0])
        (2.0, 2.0)
    """
    mean = sum(values) / len(values)
    squares = sum((each - mean) ** 2 for each in values)
    return mean, squares / max(len(values) - 1, 1)


def quantile_of(values: Sequence[float], share: float) -> float:
    """Return the least of *values* (sorted) that at least *share* of them do not exceed.

    Example:
        >>> quantile_of([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9)
        9

    Source: Hyndman & Fan (1996), definition 1.
    """
    return values[max(ceil(share * len(values)) - 1, 0)]
