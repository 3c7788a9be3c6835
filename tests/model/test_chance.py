"""Random times: their mean and variance by hand, and what makes none."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tthc_flow.errors import BadQuantity
from tthc_flow.model.chance import Chance, Spread


@pytest.mark.parametrize(
    ("chance", "mean", "variance"),
    [
        (Chance.fixed(90), 90, 0),
        (Chance(spread=Spread.EXPONENTIAL, mean=40), 40, 1600),
        (Chance(spread=Spread.GAMMA, mean=40, deviation=10), 40, 100),
        (Chance(spread=Spread.LOGNORMAL, mean=40, deviation="2.5"), 40, Fraction(25, 4)),
        (Chance(spread=Spread.UNIFORM, least=6, most=18), 12, 12),
        (Chance(spread=Spread.TRIANGULAR, least=0, mode=3, most=6), 3, Fraction(3, 2)),
        (Chance(spread=Spread.EMPIRICAL, values=(9, 1, 5)), 5, Fraction(32, 3)),
        (Chance(spread=Spread.EMPIRICAL, values=(7,)), 7, 0),
    ],
)
def test_mean_and_variance_by_hand(chance, mean, variance):
    assert (chance.average, chance.variance) == (mean, variance)


def test_values_are_kept_in_ascending_order():
    assert Chance(spread=Spread.EMPIRICAL, values=(9, 1, 5)).values == (1, 5, 9)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"spread": Spread.FIXED}, "TF116"),
        ({"spread": Spread.FIXED, "mean": 1, "deviation": 1}, "TF116"),
        ({"spread": Spread.GAMMA, "mean": 1}, "TF116"),
        ({"spread": Spread.GAMMA, "mean": 0, "deviation": 1}, "TF116"),
        ({"spread": Spread.UNIFORM, "least": 5, "most": 4}, "TF116"),
        ({"spread": Spread.TRIANGULAR, "least": 0, "mode": 7, "most": 6}, "TF116"),
        ({"spread": Spread.EMPIRICAL}, "TF116"),
        ({"spread": Spread.FIXED, "mean": -1}, "TF102"),
        ({"spread": Spread.FIXED, "mean": float("nan")}, "TF101"),
    ],
)
def test_what_is_no_distribution_is_refused(facts, code):
    with pytest.raises(BadQuantity) as error:
        Chance(**facts)
    assert error.value.code == code
