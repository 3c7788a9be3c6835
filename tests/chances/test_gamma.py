"""The incomplete gamma function against closed forms of 60 digits, its inverse against itself."""

from __future__ import annotations

from decimal import Decimal, localcontext
from math import sqrt

import numpy as np
import pytest

from tthc_flow.chances.gamma import inverse, tails


def of_whole_shape(shape: int, point: float) -> tuple[float, float]:
    """Return P and Q of a whole *shape*: Q is a finite sum then."""
    with localcontext() as context:
        context.prec = 60
        x = Decimal(repr(point))
        term, total = Decimal(1), Decimal(0)
        for number in range(shape):
            total += term
            term *= x / (number + 1)
        above = total * (-x).exp()
        return float(1 - above), float(above)


@pytest.mark.parametrize("shape", [1, 2, 5, 30, 200, 5_000, 9_999, 10_001, 20_000])
def test_a_whole_shape_has_a_finite_sum(shape):
    points = [max(shape + away * sqrt(shape), 0.01) for away in (-6, -3, -1, -0.1, 0, 0.1, 1, 3, 6)]
    below, above = tails(float(shape), np.array(points))
    for place, point in enumerate(points):
        wanted = of_whole_shape(shape, point)
        assert (below[place], above[place]) == pytest.approx(wanted, rel=1e-9, abs=1e-11)


def test_at_and_far_from_the_ends():
    below, above = tails(2.5, np.array([0.0, 1e6]))
    assert below.tolist() == [0, 1]
    assert above.tolist() == [1, 0]
    below, _ = tails(1e6, np.array([0.0, 1.0, 1e9]))
    assert below.tolist() == [0, 0, 1]


@pytest.mark.parametrize("shape", [0.01, 0.5, 1, 7.3, 100, 9_999, 10_001, 1e6, 1e12])
def test_the_inverse_leads_back(shape):
    shares = np.random.default_rng(7).random(2_000)
    points = inverse(shape, shares)
    seen = points > 1e-290  # what is less is zero in a float
    assert seen.mean() > 0.99
    assert abs(tails(shape, points)[0] - shares)[seen].max() < 1e-9


@pytest.mark.parametrize("shape", [0.3, 1, 3, 50])
def test_far_tails_are_as_exact(shape):
    low, high = 1e-12, 1 - 1e-12
    points = inverse(shape, np.array([low, high]))
    below, above = tails(shape, points)
    assert below[0] == pytest.approx(low, rel=1e-9)
    assert above[1] == pytest.approx(1 - high, rel=1e-9)
