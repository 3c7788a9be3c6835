"""Confidence bounds of a rate counted on few dossiers."""

from __future__ import annotations

from math import exp, lgamma, log, log1p
from typing import Final

CONFIDENCE: Final = 0.95
_HALVINGS: Final = 60


def upper_rate(events: int, cases: int) -> float:
    """Return the one-sided upper 95 % bound of a rate, exact (Clopper-Pearson).

    Args:
        events: How many of the cases were rejected, 0 to *cases*.
        cases: How many were checked, at least 1.

    Example:
        >>> round(upper_rate(0, 299), 4)
        0.01
        >>> upper_rate(3, 3)
        1.0

    Source: Clopper & Pearson, Biometrika 26 (1934), 404-413.
    """
    if events >= cases:
        return 1.0
    ways = lgamma(cases + 1) - lgamma(events + 1) - lgamma(cases - events + 1)
    low, high = events / cases, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if _at_most(events, cases, middle, ways) > 1 - CONFIDENCE:
            low = middle
        else:
            high = middle
    return high


def _at_most(events: int, cases: int, rate: float, ways: float) -> float:
    """Return the chance of at most *events* in *cases* at *rate*, which lies above their share.

    Args:
        events: Less than *cases*.
        cases: How many were checked.
        rate: Above ``events / cases``, so that fewer events are ever less likely: the sum goes
            down from *events* and stops where nothing more is added.
        ways: Logarithm of the number of ways to pick *events* of *cases*.
    """
    if rate >= 1:
        return 0.0
    term = exp(ways + events * log(rate) + (cases - events) * log1p(-rate))
    total, against = term, (1 - rate) / rate
    for k in range(events, 0, -1):
        term *= k / (cases - k + 1) * against
        if total + term == total:
            break
        total += term
    return total
