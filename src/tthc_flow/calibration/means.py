"""How sure the mean of skewed times is, and the difference of two: intervals that hold.

Few of such times tell little of their mean: the rare long ones that make it may all be missing.
"""

from __future__ import annotations

from functools import lru_cache
from math import cbrt, exp, inf, log, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, Final

from tthc_flow.calibration.fits import fit, loglikelihood
from tthc_flow.calibration.goodness import PASSES, drawn, how_likely
from tthc_flow.calibration.intervals import Interval, apart, moments
from tthc_flow.chances.student import student
from tthc_flow.model.chance import Spread

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    import numpy as np
    import numpy.typing as npt

    Numbers: TypeAlias = npt.NDArray[np.float64]

_FEWEST: Final = 2
_STRAIGHT: Final = 1e-9
_LIKELY: Final = 2.0
"""Half of the difference of AIC from which on the lognormal family is left to the gamma one."""

_GRID: Final = 200
_TAIL: Final = 0.025
_SAYS_NOTHING: Final = 100.0
"""From how many times the mean on an upper end is given as none."""


def mean_interval(values: Sequence[float]) -> Interval | None:
    """Return the mean with its interval; ``None`` for less than two values.

    Hall's interval minds the skewness that is seen. Of few lognormal times that is too little, so
    where the values may be lognormal the interval is widened until it holds what
    :func:`lognormal_mean` gives; the method is then ``hall_lognormal``. The upper end is infinite
    where the values bound the mean by less than a hundred times itself.

    Args:
        values: Minutes, zero or more, of any order.

    Example:
        >>> found = mean_interval([0, 1, 2, 3, 4])
        >>> round(found.low, 3), round(found.high, 3), found.method
        (0.037, 3.963, 'hall')
        >>> found = mean_interval([1, 1, 2, 3, 13])
        >>> round(found.value, 3), round(found.low, 3), round(found.high, 1), found.method
        (4.0, 0.262, 334.9, 'hall_lognormal')

    Source: :func:`hall`, :func:`lognormal_mean`; a lognormal distribution is thought possible where
        the test of :mod:`.goodness` passes it and its AIC is at most 4 above that of the gamma one
        (Burnham & Anderson, Model Selection, 2002, 2.6).
    """
    found = hall(values)
    if found is None or not _may_be_lognormal(values):
        return found
    low, high = lognormal_mean(values)
    high = max(found.high, high)
    return Interval(
        value=found.value,
        low=min(found.low, low),
        high=high if high <= _SAYS_NOTHING * found.value else inf,
        method="hall_lognormal",
    )


def mean_change(before: Sequence[float], after: Sequence[float]) -> Interval | None:
    """Return the mean after minus the mean before; ``None`` for less than two values on a side.

    Each side brings its own interval, so that a few skewed times do not borrow the certainty of
    many others.

    Example:
        >>> found = mean_change([0, 2, 4, 6], [0, 1, 2, 3])
        >>> round(found.value, 3), round(found.low, 3), round(found.high, 3)
        (-1.5, -5.874, 2.136)

    Source: Zou & Donner, Statistics in Medicine 27 (2008), 1693-1702 (MOVER); for lognormal means
        Zou, Huo & Taleban, Environmetrics 20 (2009), 172-180.
    """
    one, other = mean_interval(before), mean_interval(after)
    return None if one is None or other is None else apart(one, other, "mover")


def hall(values: Sequence[float]) -> Interval | None:
    """Return the mean with Hall's interval: Student's t, bent by the skewness of the values.

    Unbent it would hold the true mean of ten exponential times in 90 % of samples only.

    Example:
        >>> found = hall([1, 1, 2, 3, 13])
        >>> round(found.value, 3), round(found.low, 3), round(found.high, 3)
        (4.0, 0.262, 20.107)

    Source: Hall, Journal of the Royal Statistical Society B 54 (1992), 221-228: the monotone cubic
        transformation; with Student's points as Zhou & Gao, The American Statistician 54 (2000),
        100-104.
    """
    count = len(values)
    if count < _FEWEST:
        return None
    mean, variance = moments(values)
    error, lean = sqrt(variance / count), 0.0
    if variance and count > _FEWEST:
        cubes = sum((each - mean) ** 3 for each in values)
        lean = cubes * sqrt(count) / ((count - 1) * (count - 2)) / variance**1.5
    t = student(count - 1)
    up, down = error * _bent(t, lean), error * _bent(-t, lean)
    return Interval(value=mean, low=max(mean - up, 0.0), high=mean - down, method="hall")


def _bent(t: float, lean: float) -> float:
    """Return the studentised mean at which Hall's transformation is *t*.

    *lean* is the skewness of the values, divided by the root of their number.
    """
    if abs(lean) < _STRAIGHT:
        return t
    return 3 / lean * (cbrt(1 + lean * (t - lean / 6)) - 1)


def _may_be_lognormal(values: Sequence[float]) -> bool:
    some = drawn(sorted(values))
    lognormal = fit(some, Spread.LOGNORMAL)
    if lognormal is None or how_likely(some, Spread.LOGNORMAL)[1] < PASSES:
        return False
    gamma = fit(some, Spread.GAMMA)
    if gamma is None:
        return True
    return loglikelihood(lognormal, some) >= loglikelihood(gamma, some) - _LIKELY


def lognormal_mean(values: Sequence[float]) -> tuple[float, float]:
    """Return the ends between which the mean of lognormal *values* lies with 95 % certainty.

    The generalised pivot holds in 95 % of samples of any number and skewness. Its distribution is
    taken on a grid of 200 by 200 quantiles, not drawn: the same values give the same ends.

    Args:
        values: Above zero, two at least, not all equal.

    Example:
        >>> low, high = lognormal_mean([1, 1, 2, 3, 13])
        >>> round(low, 2), round(high, 1)
        (1.75, 334.9)

    Source: Krishnamoorthy & Mathew, Journal of Statistical Planning and Inference 115 (2003),
        103-121.
    """
    import numpy as np

    middle, variance = moments([log(each) for each in values])
    swing, shift = _pivots(len(values))
    pivot = swing * sqrt(variance) + shift * variance
    last = len(pivot) - 1
    tails = round(_TAIL * last), round((1 - _TAIL) * last)
    low, high = np.partition(pivot, tails)[[*tails]] + middle
    return _exp(low), _exp(high)


@lru_cache(maxsize=4)
def _pivots(count: int) -> tuple[Numbers, Numbers]:
    """Return what the deviation and the variance of *count* logarithms are multiplied with."""
    import numpy as np

    from tthc_flow.chances.gamma import inverse

    shares = (np.arange(_GRID) + 0.5) / _GRID
    freedom = count - 1
    larger = freedom / (2 * inverse(freedom / 2, shares))  # true variance by the one seen
    bell = np.array([NormalDist().inv_cdf(each) for each in shares.tolist()])
    swing = np.outer(np.sqrt(larger / count), bell).ravel()
    return swing, np.repeat(larger / 2, _GRID)


def _exp(logarithm: float) -> float:
    try:
        return exp(logarithm)
    except OverflowError:
        return inf
