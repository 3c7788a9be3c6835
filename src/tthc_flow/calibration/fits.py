"""From times that were seen to the distribution that they fit, each family by its estimator."""

from __future__ import annotations

from math import exp, log, sqrt
from typing import TYPE_CHECKING, Final

from tthc_flow.calibration.intervals import moments
from tthc_flow.model.chance import Chance, Spread

if TYPE_CHECKING:
    from collections.abc import Sequence

_NEWTON: Final = 60
_CLOSE: Final = 1e-10
_RISE: Final = 8.0
_MOST_SHAPE: Final = 1e6
_LARGEST: Final = 200.0
"""The logarithm of more minutes than there are."""


def fit(values: Sequence[float], spread: Spread) -> Chance | None:
    """Return the distribution of the family *spread* that *values* fit best.

    Maximum likelihood for the exponential, gamma, lognormal and uniform families; for the
    triangular one the ends that were seen and the mode that gives their mean.

    Args:
        values: Minutes, zero or more, of any order.
        spread: The family; ``FIXED`` fits only equal values.

    Returns:
        The distribution; ``None`` where the family cannot have such values.

    Example:
        >>> fit([30, 90], Spread.EXPONENTIAL).mean
        Fraction(60, 1)
        >>> fit([5, 5], Spread.FIXED).mean, fit([5, 6], Spread.FIXED)
        (Fraction(5, 1), None)
        >>> fit([0, 5], Spread.GAMMA) is None
        True

    Source: Law, Simulation Modeling and Analysis (2015), 6.2.2 and 6.11.
    """
    if not values:
        return None
    mean = sum(values) / len(values)
    least, most = min(values), max(values)
    if spread is Spread.FIXED:
        return Chance.fixed(mean) if least == most else None
    if least == most:
        return None
    match spread:
        case Spread.EXPONENTIAL:
            return Chance(spread=spread, mean=_neat(mean))
        case Spread.UNIFORM:
            return Chance(spread=spread, least=_neat(least), most=_neat(most))
        case Spread.TRIANGULAR:
            mode = 3 * mean - least - most
            inside = least <= mode <= most
            low, middle, high = (_neat(each) for each in (least, mode, most))
            if not inside:
                return None
            return Chance(spread=spread, least=low, mode=middle, most=high)
        case Spread.GAMMA | Spread.LOGNORMAL if least > 0:
            logs = [log(each) for each in values]
            return _gamma(mean, logs) if spread is Spread.GAMMA else _lognormal(logs)
        case _:
            return None


def _neat(minutes: float) -> float:
    """Return *minutes* in six digits: more than any log can tell."""
    return float(f"{minutes:.6g}")


def _gamma(mean: float, logs: Sequence[float]) -> Chance | None:
    shape = gamma_shape(log(mean) - sum(logs) / len(logs))
    if shape is None:
        return None
    return Chance(spread=Spread.GAMMA, mean=_neat(mean), deviation=_neat(mean / sqrt(shape)))


def _lognormal(logs: Sequence[float]) -> Chance | None:
    middle, variance = moments(logs)
    variance *= (len(logs) - 1) / len(logs)
    if not variance or max(middle + variance / 2, variance) > _LARGEST:
        return None
    mean = exp(middle + variance / 2)
    deviation = mean * sqrt(exp(variance) - 1)
    return Chance(spread=Spread.LOGNORMAL, mean=_neat(mean), deviation=_neat(deviation))


def gamma_shape(apart: float) -> float | None:
    """Return the shape whose log shape less digamma is *apart*: log of the mean less mean log.

    Example:
        >>> round(gamma_shape(0.2703628454614782), 4)  # log 2 less digamma(2)
        2.0

    Source: Minka, Estimating a Gamma distribution (2002), generalised Newton steps.
    """
    if apart <= 1 / (2 * _MOST_SHAPE):
        return None
    shape = (3 - apart + sqrt((apart - 3) ** 2 + 24 * apart)) / (12 * apart)
    for _ in range(_NEWTON):
        wrong = log(shape) - _digamma(shape) - apart
        inverse = 1 / shape + wrong / (shape * shape * (1 / shape - _trigamma(shape)))
        if inverse <= 0:
            return None
        shape, before = 1 / inverse, shape
        if abs(shape - before) <= _CLOSE * shape:
            return shape
    return shape


def _digamma(x: float) -> float:
    """Return the derivative of log Γ: recurrence up, then the asymptotic series (DLMF 5.11.2)."""
    below = 0.0
    while x < _RISE:
        below += 1 / x
        x += 1
    square = 1 / (x * x)
    series = square * (1 / 12 - square * (1 / 120 - square * (1 / 252 - square / 240)))
    return log(x) - 1 / (2 * x) - series - below


def _trigamma(x: float) -> float:
    above = 0.0
    while x < _RISE:
        above += 1 / (x * x)
        x += 1
    square = 1 / (x * x)
    series = square * (1 / 6 - square * (1 / 30 - square * (1 / 42 - square / 30)))
    return above + 1 / x + square / 2 + series / x


def loglikelihood(chance: Chance, values: Sequence[float]) -> float:
    """Return the log of how likely *values* are under *chance*, to compare families.

    Example:
        >>> round(loglikelihood(Chance(spread=Spread.EXPONENTIAL, mean=1), [1.0]), 6)
        -1.0

    Source: the densities in Law, Simulation Modeling and Analysis (2015), 6.2.2.
    """
    from math import lgamma, pi

    from tthc_flow.chances.cdf import bell_of, number, shape_of

    count, total = len(values), sum(values)
    match chance.spread:
        case Spread.EXPONENTIAL:
            mean = number(chance.mean)
            return -count * log(mean) - total / mean
        case Spread.GAMMA:
            shape, scale = shape_of(chance)
            logs = sum(log(each) for each in values)
            each = lgamma(shape) + shape * log(scale)
            return (shape - 1) * logs - total / scale - count * each
        case Spread.LOGNORMAL:
            middle, deviation = bell_of(chance)
            squares = sum((log(each) - middle) ** 2 for each in values)
            logs = sum(log(each) for each in values)
            return -logs - count * log(deviation * sqrt(2 * pi)) - squares / (2 * deviation**2)
        case Spread.UNIFORM:
            return -count * log(number(chance.most) - number(chance.least))
        case _:
            low, mode, high = (number(x) for x in (chance.least, chance.mode, chance.most))
            heights = (_height(each, low, mode, high) for each in values)
            return sum(log(max(each, 1e-300)) for each in heights)


def _height(value: float, low: float, mode: float, high: float) -> float:
    if value < mode:
        return 2 * (value - low) / (high - low) / (mode - low)
    if value > mode:
        return 2 * (high - value) / (high - low) / (high - mode)
    return 2 / (high - low)
