"""How likely a random time is over by a moment."""

from __future__ import annotations

from bisect import bisect_right
from math import erfc, expm1, log, log1p, sqrt
from typing import TYPE_CHECKING

from tthc_flow.model.chance import Chance, Spread

if TYPE_CHECKING:
    from fractions import Fraction


def fixed_at(chance: Chance) -> float | None:
    """Return the minutes that *chance* always takes, ``None`` where they differ.

    Example:
        >>> fixed_at(Chance(spread=Spread.UNIFORM, least=5, most=5))
        5.0

    Source: a distribution whose ends, or whose mean and spread, leave one value.
    """
    match chance.spread:
        case Spread.FIXED:
            same = True
        case Spread.EXPONENTIAL:
            same = not chance.mean
        case Spread.GAMMA | Spread.LOGNORMAL:
            same = not chance.deviation
        case Spread.UNIFORM | Spread.TRIANGULAR:
            same = chance.least == chance.most
        case Spread.EMPIRICAL:
            same = chance.values[0] == chance.values[-1]
    return number(chance.mean or chance.most or chance.average) if same else None


def number(value: Fraction | None) -> float:
    """Return an exact number of a :class:`Chance` as the nearest float; nothing is zero.

    Example:
        >>> number(None), number(Chance.fixed("1/2").mean)
        (0.0, 0.5)
    """
    return 0.0 if value is None else float(value)


def bell_of(chance: Chance) -> tuple[float, float]:
    """Return mean and deviation of the logarithm of a lognormal time.

    Example:
        >>> bell_of(Chance(spread=Spread.LOGNORMAL, mean=1, deviation=0.001))[1].__round__(6)
        0.001

    Source: Law, Simulation Modeling and Analysis (2015), 6.2.2.
    """
    mean = number(chance.mean)
    spread = log1p((number(chance.deviation) / mean) ** 2)
    return log(mean) - spread / 2, sqrt(spread)


def shape_of(chance: Chance) -> tuple[float, float]:
    """Return shape and scale of a gamma time.

    Example:
        >>> shape_of(Chance(spread=Spread.GAMMA, mean=40, deviation=20))
        (4.0, 10.0)

    Source: Law, Simulation Modeling and Analysis (2015), 6.2.2.
    """
    mean, deviation = number(chance.mean), number(chance.deviation)
    return (mean / deviation) ** 2, deviation**2 / mean


def cdf(chance: Chance, minutes: float) -> float:
    """Return how likely *chance* takes *minutes* or less: 0 to 1.

    Args:
        chance: A random time.
        minutes: Working minutes; below zero nothing is over.

    Example:
        >>> cdf(Chance(spread=Spread.UNIFORM, least=10, most=30), 15)
        0.25
        >>> cdf(Chance.fixed(90), 90), cdf(Chance.fixed(90), 89.9)
        (1.0, 0.0)

    Source: Law, Simulation Modeling and Analysis (2015), chapter 6; P(shape, x) of
        :func:`~tthc_flow.chances.gamma.tails` for the gamma distribution.
    """
    if minutes < 0:
        return 0.0
    fixed = fixed_at(chance)
    if fixed is not None:
        return float(minutes >= fixed)
    match chance.spread:
        case Spread.FIXED | Spread.EXPONENTIAL:
            return -expm1(-minutes / number(chance.mean))
        case Spread.GAMMA:
            return _gamma(chance, minutes)
        case Spread.LOGNORMAL:
            middle, spread = bell_of(chance)
            return erfc((middle - log(minutes)) / spread / sqrt(2)) / 2 if minutes else 0.0
        case Spread.UNIFORM:
            low, high = number(chance.least), number(chance.most)
            return min(max((minutes - low) / (high - low), 0.0), 1.0)
        case Spread.TRIANGULAR:
            return _triangular(chance, minutes)
        case Spread.EMPIRICAL:
            return bisect_right(chance.values, minutes) / len(chance.values)


def _gamma(chance: Chance, minutes: float) -> float:
    import numpy as np

    from tthc_flow.chances.gamma import tails

    shape, scale = shape_of(chance)
    return float(tails(shape, np.array([minutes / scale]))[0][0])


def _triangular(chance: Chance, minutes: float) -> float:
    low, mode, high = number(chance.least), number(chance.mode), number(chance.most)
    if minutes >= high:
        return 1.0
    if minutes <= low:
        return 0.0
    if minutes <= mode:
        return (minutes - low) ** 2 / (high - low) / (mode - low)
    return 1 - (high - minutes) ** 2 / (high - low) / (high - mode)
