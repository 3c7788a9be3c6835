"""The beta distribution: how much of it lies below a point, and the point below a share."""

from __future__ import annotations

from math import exp, lgamma, log, log1p
from typing import Final

_STEPS: Final = 60
_CLOSE: Final = 1e-15
_TINY: Final = 1e-300
_MOST_TERMS: Final = 10_000


def point(one: float, other: float, share: float) -> float:
    """Return the point below which *share* of the beta distribution lies, by halving.

    Example:
        >>> round(point(1, 2, 0.19), 6)  # 1 less the square of 0.9
        0.1

    Source: the distribution grows with the point.
    """
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if below(one, other, middle) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def below(one: float, other: float, x: float) -> float:
    """Return the share of the beta distribution of *one* and *other* that lies below *x*.

    Example:
        >>> round(below(2, 3, 0.4), 6)  # at least 2 of 4 tosses that come up in 2 of 5
        0.5248

    Source: NIST Digital Library of Mathematical Functions, 8.17.22.
    """
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (one + 1) / (one + other + 2):  # there the fraction of the other tail is quick
        return 1 - below(other, one, 1 - x)
    scale = lgamma(one + other) - lgamma(one) - lgamma(other)
    scale += one * log(x) + other * log1p(-x)
    return exp(scale) / one / _fraction(one, other, x)


def _fraction(one: float, other: float, x: float) -> float:
    """Return the continued fraction by Lentz's method: its value below the line."""
    value, above, under = 1.0, 1.0, 0.0
    for term in range(1, _MOST_TERMS):
        half, odd = divmod(term, 2)
        if odd:
            top = -(one + half) * (one + other + half) * x
            factor = top / ((one + 2 * half) * (one + 2 * half + 1))
        else:
            factor = half * (other - half) * x / ((one + term - 1) * (one + term))
        under = 1 / (1 + factor * under or _TINY)
        above = 1 + factor / above or _TINY
        value *= above * under
        if abs(above * under - 1) < _CLOSE:
            break
    return value
