"""A random time on a grid of equal steps, its mean kept."""

from __future__ import annotations

from math import erfc, sqrt
from typing import TYPE_CHECKING, Final

from tthc_flow.chances.cdf import bell_of, fixed_at, number, shape_of
from tthc_flow.model.chance import Chance, Spread

if TYPE_CHECKING:
    from tthc_flow.chances.gamma import Numbers

_GAMMA_ENDS: Final = 40.0
"""So many deviations and scales beyond its mean a gamma time is surely over."""


def masses(chance: Chance, width: float, count: int) -> Numbers:
    """Return how likely *chance* is at each of 0, *width*, 2 *width* … (*count* of them).

    What lies between two points is shared by how near it is to each, so that the mean stays what
    it is and only the variance grows, by *width*² / 4 at most. What is later than the last point
    is left out: the sum is then below 1.

    Args:
        chance: A random time.
        width: Minutes between two points.
        count: How many points.

    Example:
        >>> masses(Chance.fixed(90), 60, 4).tolist()
        [0.0, 0.5, 0.5, 0.0]
        >>> masses(Chance(spread=Spread.UNIFORM, least=0, most=60), 60, 3).tolist()
        [0.5, 0.5, 0.0]

    Source: linear (moment-preserving) arithmetisation, Gerber, Insurance: Mathematics and
        Economics 1 (1982).
    """
    return on_points(shortfall(chance, points(width, count)), width)


def points(width: float, count: int) -> Numbers:
    """Return 0, *width*, 2 *width* … *count* *width*: one more than the masses that are asked for.

    Example:
        >>> points(60, 2).tolist()
        [0.0, 60.0, 120.0]

    Source: see :func:`masses`.
    """
    import numpy as np

    return width * np.arange(count + 1, dtype=np.float64)


def on_points(short: Numbers, width: float) -> Numbers:
    """Return the masses of which *short* is the shortfall at each of :func:`points`.

    Example:
        >>> import numpy as np
        >>> on_points(np.array([0.0, 0.0, 30.0, 90.0]), 60).tolist()
        [0.0, 0.5, 0.5]

    Source: see :func:`masses`.
    """
    import numpy as np

    below = np.clip(np.diff(short) / width, 0.0, 1.0)
    return np.diff(np.maximum.accumulate(below), prepend=0.0)


def shortfall(chance: Chance, minutes: Numbers) -> Numbers:
    """Return the mean of how much shorter than each of *minutes* a random time is (0 if longer).

    It is the integral of :func:`~tthc_flow.chances.cdf.cdf` up to there.

    Args:
        chance: A random time.
        minutes: Zero or more, an array of any length and order.

    Example:
        >>> import numpy as np
        >>> shortfall(Chance(spread=Spread.EMPIRICAL, values=(1, 3)), np.array([2.0, 5.0]))
        array([0.5, 3. ])

    Source: the limited expected value, Klugman et al., Loss Models (2012), appendix A.
    """
    import numpy as np

    fixed = fixed_at(chance)
    if fixed is not None:
        return np.maximum(minutes - fixed, 0.0)
    mean = number(chance.average)
    match chance.spread:
        case Spread.FIXED | Spread.EXPONENTIAL:
            return minutes + mean * np.expm1(-minutes / mean)
        case Spread.GAMMA:
            from tthc_flow.chances.gamma import tails

            shape, scale = shape_of(chance)
            found = minutes - mean
            near = minutes / scale < shape + 1 + _GAMMA_ENDS * (1 + sqrt(shape))
            at = minutes[near] / scale
            found[near] = minutes[near] * tails(shape, at)[0] - mean * tails(shape + 1, at)[0]
            return found
        case Spread.LOGNORMAL:
            middle, spread = bell_of(chance)
            away = (np.log(np.maximum(minutes, 1e-300)) - middle) / spread
            return minutes * _normal_below(away) - mean * _normal_below(away - spread)
        case Spread.UNIFORM:
            low, high = number(chance.least), number(chance.most)
            inside = np.clip(minutes - low, 0.0, high - low) ** 2 / (2 * (high - low))
            return inside + np.maximum(minutes - high, 0.0)
        case Spread.TRIANGULAR:
            return _triangular(chance, minutes)
        case Spread.EMPIRICAL:
            values = np.array([float(each) for each in chance.values])
            sums = np.concatenate(([0.0], np.cumsum(values)))
            passed = np.searchsorted(values, minutes, side="right")
            return (minutes * passed - sums[passed]) / len(values)


def _normal_below(away: Numbers) -> Numbers:
    import numpy as np

    found = np.where(away > 0, 1.0, 0.0)
    inner = abs(away) < 9  # noqa: PLR2004 - beyond it a float knows 0 and 1 only
    found[inner] = [erfc(each) / 2 for each in (-away[inner] / sqrt(2)).tolist()]
    return found


def _triangular(chance: Chance, minutes: Numbers) -> Numbers:
    """Return the integral of the triangular distribution: a cubic on each side of the mode."""
    import numpy as np

    low, mode, high = number(chance.least), number(chance.mode), number(chance.most)
    up = np.clip(minutes - low, 0.0, mode - low)
    down = np.clip(high - minutes, 0.0, high - mode)
    rising = up**3 / max(3 * (high - low) * (mode - low), 1e-300)
    falling = ((high - mode) ** 3 - down**3) / max(3 * (high - low) * (high - mode), 1e-300)
    return rising + np.maximum(minutes - mode, 0.0) - falling
