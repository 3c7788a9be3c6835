"""The upper bound of a rate, against exact rational arithmetic."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest

from tthc_flow.proof.gates.rates import upper_rate


def chance_of_at_most(events: int, cases: int, rate: Fraction) -> Fraction:
    """Return the binomial chance, exactly, from its definition."""
    return sum(
        (comb(cases, k) * rate**k * (1 - rate) ** (cases - k) for k in range(events + 1)),
        Fraction(0),
    )


@pytest.mark.parametrize(
    ("events", "cases"), [(0, 1), (0, 10), (1, 10), (3, 100), (7, 40), (39, 40), (0, 300), (2, 500)]
)
def test_at_the_bound_so_few_events_have_a_chance_of_one_in_twenty(events, cases):
    bound = Fraction(upper_rate(events, cases)).limit_denominator(10**7)
    chance = chance_of_at_most(events, cases, bound)
    assert abs(chance - Fraction(1, 20)) < Fraction(1, 10**4)


@pytest.mark.parametrize("cases", [1, 2, 10, 59, 1000])
def test_without_a_rejection_the_bound_is_a_root_of_one_twentieth(cases):
    # (1 - bound) ** cases = 0.05, solved by hand.
    assert upper_rate(0, cases) == pytest.approx(1 - 0.05 ** (1 / cases), abs=1e-9)


def test_all_rejected_is_a_rate_of_one():
    assert upper_rate(5, 5) == upper_rate(9, 5) == 1.0


def test_more_cases_without_a_rejection_lower_the_bound():
    bounds = [upper_rate(0, cases) for cases in (1, 10, 100, 1000, 10_000)]
    assert bounds == sorted(bounds, reverse=True)


def test_298_dossiers_without_a_rejection_are_too_few_and_299_enough():
    # 0.99 ** 298 = 0.0500…, 0.99 ** 299 = 0.0495…
    assert upper_rate(0, 298) > 0.01 > upper_rate(0, 299) - 1e-6
    assert 0.99**299 < 0.05 < 0.99**298
