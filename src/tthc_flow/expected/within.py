"""A random time where it is over by a moment: how likely, its moments, its points on a grid."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from tthc_flow.chances.cdf import cdf, fixed_at
from tthc_flow.chances.masses import on_points, points, shortfall
from tthc_flow.expected.moments import Moments
from tthc_flow.model.chance import Spread

if TYPE_CHECKING:
    from fractions import Fraction

    from tthc_flow.chances.gamma import Numbers
    from tthc_flow.model.chance import Chance

_NODES: Final = 24
"""Of Gauss and Legendre's rule between two places where a distribution may bend."""
_AWAY: Final = (-8, -4, -2, -1, 0, 1, 2, 4, 8, 16, 32)
_FRACTIONS: Final = (1 / 1024, 1 / 256, 1 / 64, 1 / 16, 1 / 4, 1 / 2)


def within(chance: Chance, minutes: Fraction) -> Moments:
    """Return the moments of *chance* where it takes *minutes* or less, with how likely that is.

    Args:
        chance: A random time.
        minutes: Working minutes, zero or more.

    Example:
        >>> from tthc_flow.model.chance import Chance
        >>> within(Chance(spread=Spread.EMPIRICAL, values=(10, 30)), 30)
        Moments(share=1.0, first=20.0, second=250.0)

    Source: integration by parts of the limited expected value, Klugman et al., Loss Models (2012),
        5.4.
    """
    values = _values(chance)
    if values:
        part = [float(each) for each in values if each <= minutes]
        count = len(values)
        squares = sum(each**2 for each in part)
        return Moments(len(part) / count, sum(part) / count, squares / count / 2)
    end = float(minutes)
    share, short = cdf(chance, end), _short(chance, end)
    square = end * end * share / 2 - end * short + _integral(chance, end)
    return Moments(share, end * share - short, square)


def least_of(chance: Chance, minutes: Fraction) -> float:
    """Return the mean of *chance* or *minutes*, whichever is less.

    Example:
        >>> from tthc_flow.model.chance import Chance
        >>> least_of(Chance.fixed(50), 20)
        20.0

    Source: the limited expected value.
    """
    return float(minutes) - _short(chance, float(minutes))


def masses_within(chance: Chance, minutes: Fraction, width: float, count: int) -> Numbers:
    """Return how likely *chance* is at each point of a grid, and over by *minutes*.

    Args:
        chance: A random time.
        minutes: What is later is left out.
        width: Minutes between two points.
        count: How many points.

    Example:
        >>> from tthc_flow.model.chance import Chance
        >>> masses_within(Chance(spread=Spread.EMPIRICAL, values=(1, 3)), 3, 1.0, 4).tolist()
        [0.0, 0.5, 0.0, 0.5]

    Source: as :func:`~tthc_flow.chances.masses.masses`.
    """
    import numpy as np

    at, end = points(width, count), float(minutes)
    before = shortfall(chance, np.minimum(at, end))
    share = within(chance, minutes).share
    return on_points(before + share * np.maximum(at - end, 0.0), width)


def _values(chance: Chance) -> tuple[float | Fraction, ...]:
    """Return the few values that *chance* has, if these are few."""
    fixed = fixed_at(chance)
    if fixed is not None:
        return (fixed,)
    return chance.values if chance.spread is Spread.EMPIRICAL else ()


def _short(chance: Chance, minutes: float) -> float:
    import numpy as np

    return float(shortfall(chance, np.array([minutes]))[0])


def _integral(chance: Chance, end: float) -> float:
    """Return the integral of the shortfall up to *end*."""
    import numpy as np

    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    total = 0.0
    for low, high in pairwise(_bends(chance, end)):
        half = (high - low) / 2
        total += half * float(weights @ shortfall(chance, low + half * (nodes + 1)))
    return total


def _bends(chance: Chance, end: float) -> list[float]:
    """Return 0, the places up to *end* around which a distribution may bend, and *end*."""
    mean, deviation = float(chance.average), float(chance.variance) ** 0.5
    corners = [float(x) for x in (chance.least, chance.mode, chance.most) if x is not None]
    places = [mean + away * deviation for away in _AWAY]
    places += [mean * part for part in _FRACTIONS] + corners
    inner = sorted({each for each in places if 0 < each < end})
    return [0.0, *inner[: bisect_left(inner, end)], end]
