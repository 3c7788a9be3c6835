"""How sure the parameters of a fitted family are: a 95 % interval for each, with its method."""

from __future__ import annotations

from functools import lru_cache
from math import exp, lgamma, log, sqrt
from typing import TYPE_CHECKING, Final

from tthc_flow.calibration.fits import gamma_shape
from tthc_flow.calibration.intervals import Interval, moments
from tthc_flow.chances.student import student
from tthc_flow.model.chance import Spread

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TAIL: Final = 0.025
_FEWEST: Final = 2
_HALVINGS: Final = 60
_FARTHEST: Final = 20.0
"""By how much the logarithm of a shape is looked for on each side: no log tells so little."""


def parameters(values: Sequence[float], spread: Spread) -> Mapping[str, Interval]:
    """Return the parameters of the family *spread*, fitted to *values*, with their intervals.

    They hold where the family is the right one. Of the gamma family the mean is left to
    :func:`.mean_interval`; of the triangular one, whose ends and mode no interval is known to hold,
    nothing is said.

    Args:
        values: Minutes that the family can have, of any order, not all equal.
        spread: The family.

    Returns:
        ``mean`` (exponential), ``shape`` (gamma), ``log_mean`` and ``log_deviation`` (lognormal:
        of the natural logarithms of minutes), ``least`` and ``most`` (uniform); empty for other
        families and for less than two values.

    Example:
        >>> found = parameters([30, 90], Spread.EXPONENTIAL)["mean"]
        >>> round(found.value), round(found.low, 1), round(found.high, 1), found.method
        (60, 21.5, 495.4, 'chi_squared')

    Source: Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions, volumes 1 and 2
        (1994, 1995), 14.4, 19.7, 26.
    """
    if len(values) < _FEWEST:
        return {}
    match spread:
        case Spread.EXPONENTIAL:
            return {"mean": _exponential(values)}
        case Spread.GAMMA:
            apart = log(sum(values) / len(values)) - sum(map(log, values)) / len(values)
            best = gamma_shape(apart)
            return {} if best is None else {"shape": _shape(best, apart, len(values))}
        case Spread.LOGNORMAL:
            return _lognormal([log(each) for each in values])
        case Spread.UNIFORM:
            return _uniform(values)
        case _:
            return {}


@lru_cache(maxsize=16)
def _chi_squared(freedom: int) -> tuple[float, float]:
    """Return the points that chi-squared is below and above in 2.5 % of samples."""
    import numpy as np

    from tthc_flow.chances.gamma import inverse

    low, high = 2 * inverse(freedom / 2, np.array([_TAIL, 1 - _TAIL]))
    return float(low), float(high)


def _exponential(values: Sequence[float]) -> Interval:
    """Return the mean: twice the sum, divided by it, is chi-squared. Exact."""
    total, (low, high) = sum(values), _chi_squared(2 * len(values))
    mean = total / len(values)
    return Interval(value=mean, low=2 * total / high, high=2 * total / low, method="chi_squared")


def _lognormal(logs: Sequence[float]) -> dict[str, Interval]:
    """Return mean and deviation of the logarithms, which are normal. Exact."""
    count = len(logs)
    mean, variance = moments(logs)
    half = student(count - 1) * sqrt(variance / count)
    high, low = (sqrt((count - 1) * variance / each) for each in _chi_squared(count - 1))
    deviation = sqrt(variance)
    return {
        "log_mean": Interval(value=mean, low=mean - half, high=mean + half, method="student"),
        "log_deviation": Interval(value=deviation, low=low, high=high, method="chi_squared"),
    }


def _uniform(values: Sequence[float]) -> dict[str, Interval]:
    """Return the ends: how far they lie out, divided by the range seen, is known. Exact."""
    least, most = min(values), max(values)
    out = (most - least) * ((2 * _TAIL) ** (-1 / (len(values) - 1)) - 1)
    low = max(least - out, 0.0)
    return {
        "least": Interval(value=least, low=low, high=least, method="range"),
        "most": Interval(value=most, low=most, high=most + out, method="range"),
    }


def _shape(best: float, apart: float, count: int) -> Interval:
    """Return the shape of a gamma distribution by the profile of its likelihood (Wilks 1938).

    With Student's point, not that of the normal distribution: few values tell less than it says.
    """
    enough = _profile(best, apart) - student(count - 1) ** 2 / (2 * count)
    low, high = (_crossing(best, way, apart, enough) for way in (-1, 1))
    return Interval(value=best, low=low, high=high, method="profile")


def _profile(shape: float, apart: float) -> float:
    """Return the log-likelihood of *shape* with its likeliest scale, a value, less a constant."""
    return shape * (log(shape) - 1 - apart) - lgamma(shape)


def _crossing(best: float, way: int, apart: float, enough: float) -> float:
    """Return the shape on that side of *best* at which the profile is *enough*, by halving."""
    near, far = 0.0, _FARTHEST
    for _ in range(_HALVINGS):
        middle = (near + far) / 2
        if _profile(best * exp(way * middle), apart) > enough:
            near = middle
        else:
            far = middle
    return best * exp(way * near)
