"""How sure a share and a difference are: 95 % intervals, each with its method's name."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.chances.beta import point

if TYPE_CHECKING:
    from typing import TypeAlias

    import numpy as np
    import numpy.typing as npt

    Numbers: TypeAlias = npt.NDArray[np.float64]

_TAIL: Final = 0.975
_Z: Final = NormalDist().inv_cdf(_TAIL)
_RESAMPLES: Final = 2_000
_SEED: Final = 20_260_302
_FEWEST: Final = 2


@frozen(kw_only=True)
class Interval:
    """A figure, the least and the most that it may be with 95 % certainty, and the method.

    An infinite end says that what was seen does not bound the figure there.
    """

    value: float
    low: float
    high: float
    method: str

    @property
    def excludes_zero(self) -> bool:
        """Return whether zero lies outside: then a difference is real."""
        return self.low > 0 or self.high < 0


def clopper_pearson(found: int, of: int) -> Interval | None:
    """Return the share *found* / *of* with its interval; ``None`` of nothing.

    It holds the true share in at least 95 % of samples, whatever that share is and however few
    were counted. Wilson's is narrower, and holds a small share in less than 93 % of them.

    Example:
        >>> share = clopper_pearson(3, 10)
        >>> round(share.low, 4), round(share.high, 4)
        (0.0667, 0.6525)

    Source: Clopper & Pearson, Biometrika 26 (1934), 404-413.
    """
    if not of:
        return None
    low = point(found, of - found + 1, 1 - _TAIL) if found else 0.0
    high = point(found + 1, of - found, _TAIL) if found < of else 1.0
    return Interval(value=found / of, low=low, high=high, method="clopper_pearson")


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
    return apart(one, other, "newcombe")


def apart(one: Interval, other: Interval, method: str) -> Interval:
    """Return *other* minus *one*, the distances to their ends squared and added; by *method*.

    Example:
        >>> from attrs import evolve
        >>> one = Interval(value=5.0, low=1.0, high=8.0, method="")
        >>> apart(one, evolve(one, value=9.0, low=5.0, high=15.0), "mover").low
        -1.0

    Source: Zou & Donner, Statistics in Medicine 27 (2008), 1693-1702.
    """
    value = other.value - one.value
    down = sqrt((other.value - other.low) ** 2 + (one.high - one.value) ** 2)
    up = sqrt((other.high - other.value) ** 2 + (one.value - one.low) ** 2)
    return Interval(value=value, low=value - down, high=value + up, method=method)


def median_change(before: Sequence[float], after: Sequence[float]) -> Interval | None:
    """Return the median after minus the median before; ``None`` for less than two on a side.

    The same values always give the same interval: the seed is fixed.

    Example:
        >>> found = median_change([10.0] * 20, [4.0] * 20)
        >>> found.value, found.low, found.high
        (-6.0, -6.0, -6.0)

    Source: Efron & Tibshirani, An Introduction to the Bootstrap (1993), chapter 13: percentiles of
        2,000 resamples; David & Nagaraja, Order Statistics (2003), 2.1 and 2.5, for their medians.
    """
    if min(len(before), len(after)) < _FEWEST:
        return None
    import numpy as np

    rng = np.random.default_rng(_SEED)
    sides = [np.sort(np.asarray(side, dtype=float)) for side in (before, after)]
    one, other = (_medians(side, rng) for side in sides)
    low, high = np.quantile(other - one, (1 - _TAIL, _TAIL))
    value = float(np.median(sides[1]) - np.median(sides[0]))
    return Interval(value=value, low=float(low), high=float(high), method="bootstrap")


def _medians(values: Numbers, rng: np.random.Generator) -> Numbers:
    """Return the medians of resamples of *values* (sorted), without drawing the resamples.

    A resample picks places at random; where its middle ones lie is a beta variable.
    """
    import numpy as np

    count = len(values)
    middle = (count + 1) // 2
    place = rng.beta(middle, count - middle + 1, _RESAMPLES)
    found: Numbers = values[(place * count).astype(int)]
    if count % 2:
        return found
    after = place + (1 - place) * rng.beta(1, count - middle, _RESAMPLES)
    above: Numbers = values[np.minimum((after * count).astype(int), count - 1)]
    both: Numbers = (found + above) / 2
    return both


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
