"""Confidence bounds of a rate counted on few dossiers."""

from __future__ import annotations

from math import exp, expm1, lgamma, log, log1p
from typing import Final

CONFIDENCE: Final = 0.95


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

    Source: Clopper & Pearson, Biometrika 26 (1934), 404-413; found by Newton's steps. The chance
        of so few events falls ever more slowly from the rate that they speak for the most, so
        that each step comes nearer from below.
    """
    if events >= cases:
        return 1.0
    if events == cases - 1:
        return float(CONFIDENCE ** (1 / cases))
    if events == 0:
        return -expm1(log(1 - CONFIDENCE) / cases)
    ways = lgamma(cases + 1) - lgamma(events + 1) - lgamma(cases - events + 1)
    rate, nearer = 0.0, events / (cases - 1)
    while nearer > rate:
        rate = nearer
        exactly, at_most = _chances(events, cases, rate, ways)
        slope = (cases - events) * exactly / (1 - rate)
        nearer = rate + (at_most - (1 - CONFIDENCE)) / slope
    return rate


def _chances(events: int, cases: int, rate: float, ways: float) -> tuple[float, float]:
    """Return the chances of just *events*, and of at most *events*, in *cases* at *rate*.

    Args:
        events: More than none, and less than *cases*.
        cases: How many were checked.
        rate: From ``events / cases`` on and below 1, so that fewer events are ever less likely:
            the sum goes down from *events* and stops where nothing more is added.
        ways: Logarithm of the number of ways to pick *events* of *cases*.
    """
    exactly = term = exp(ways + events * log(rate) + (cases - events) * log1p(-rate))
    total, against = term, (1 - rate) / rate
    for k in range(events, 0, -1):
        term *= k / (cases - k + 1) * against
        if total + term == total:
            break
        total += term
    return exactly, total
