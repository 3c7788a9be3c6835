"""What a random time does: by hand for each family, and laws that hold for all."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import exp, inf, log, sqrt
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tthc_flow.chances.cdf import cdf
from tthc_flow.chances.masses import masses, shortfall
from tthc_flow.chances.quantile import quantile, quantiles
from tthc_flow.errors import BadQuantity
from tthc_flow.model.chance import Chance, Spread

MINUTES = st.integers(1, 5_000)


def bent(low: int, middle: int, high: int) -> Chance:
    return Chance(spread=Spread.TRIANGULAR, least=low, mode=middle, most=high)


def drawn_by(spread: Spread) -> st.SearchStrategy[Chance]:
    """Return random times of one family."""
    three = st.lists(st.integers(0, 5_000), min_size=3, max_size=3).map(sorted)
    match spread:
        case Spread.FIXED | Spread.EXPONENTIAL:
            return MINUTES.map(lambda mean: Chance(spread=spread, mean=mean))
        case Spread.GAMMA | Spread.LOGNORMAL:
            cv = st.sampled_from([0, "1/100", "1/3", 1, 2])
            return st.builds(
                lambda mean, part: Chance(
                    spread=spread, mean=mean, deviation=mean * Fraction(part)
                ),
                MINUTES,
                cv,
            )
        case Spread.UNIFORM:
            return three.map(lambda ends: Chance(spread=spread, least=ends[0], most=ends[2]))
        case Spread.TRIANGULAR:
            return three.map(lambda ends: bent(*ends))
        case Spread.EMPIRICAL:
            return st.lists(MINUTES, min_size=1, max_size=30).map(
                lambda values: Chance(spread=spread, values=tuple(values))
            )


CHANCES = st.sampled_from(Spread).flatmap(drawn_by)


@pytest.mark.parametrize(
    ("chance", "minutes", "share"),
    [
        (Chance(spread=Spread.EXPONENTIAL, mean=40), 40 * log(2), 0.5),
        (Chance(spread=Spread.GAMMA, mean=40, deviation=40), 40 * log(4), 0.75),
        (Chance(spread=Spread.UNIFORM, least=10, most=30), 12, 0.1),
        (bent(0, 3, 6), 1.5, 0.125),
        (bent(0, 3, 6), 4.5, 0.875),
        (bent(0, 0, 6), 3, 0.75),
        (bent(0, 6, 6), 3, 0.25),
        (Chance(spread=Spread.LOGNORMAL, mean=exp(1 / 2), deviation=exp(1 / 2) * sqrt(exp(1) - 1)),
         exp(NormalDist().inv_cdf(0.9)), 0.9),
    ],
)  # fmt: skip
def test_known_shares(chance, minutes, share):
    assert cdf(chance, minutes) == pytest.approx(share, rel=1e-9)
    assert quantile(chance, share) == pytest.approx(minutes, rel=1e-9)


def test_seen_values_are_steps():
    seen = Chance(spread=Spread.EMPIRICAL, values=(4, 5, 9, 9))
    assert [cdf(seen, each) for each in (3.9, 4, 8, 9)] == [0, 0.25, 0.5, 1]
    assert [quantile(seen, each) for each in (0, 0.25, 0.2501, 0.5, 0.51, 1)] == [4, 4, 5, 5, 9, 9]


@pytest.mark.parametrize("spread", [Spread.EXPONENTIAL, Spread.GAMMA, Spread.LOGNORMAL])
def test_the_ends_of_what_has_no_longest_time(spread):
    facts = {} if spread is Spread.EXPONENTIAL else {"deviation": 3}
    chance = Chance(spread=spread, mean=5, **facts)
    assert (quantile(chance, 0), quantile(chance, 1)) == (0, inf)
    assert (cdf(chance, -1), cdf(chance, 0)) == (0, 0)


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_no_share_is_refused(share):
    with pytest.raises(BadQuantity) as error:
        quantile(Chance.fixed(1), share)
    assert error.value.code == "TF109"


@given(CHANCES, st.floats(0.0001, 0.9999))
def test_the_quantile_is_the_first_time_that_reaches_the_share(chance, share):
    minutes = quantile(chance, share)
    hair = minutes * 1e-9 + 1e-12
    assert cdf(chance, minutes + hair) >= share - 1e-9
    assert minutes <= hair or cdf(chance, minutes - hair) <= share + 1e-9


@given(CHANCES)
def test_longer_times_are_likelier_over_and_larger_shares_take_longer(chance):
    shares = np.linspace(0, 0.999, 50)
    minutes = quantiles(chance, shares)
    assert (np.diff(minutes) >= 0).all()
    below = [cdf(chance, each) for each in minutes.tolist()]
    assert all(one <= two + 1e-12 for one, two in pairwise(below))


@given(CHANCES)
def test_drawing_keeps_mean_and_variance(chance):
    shares = (np.arange(50_000) + 0.5) / 50_000  # a perfect sample
    drawn = quantiles(chance, shares)
    mean, deviation = float(chance.average), sqrt(chance.variance)
    assert drawn.mean() == pytest.approx(mean, rel=3e-3, abs=1e-9)
    assert drawn.std() == pytest.approx(deviation, rel=0.1, abs=1e-6)  # a tail is cut off


@given(CHANCES, st.sampled_from([0.37, 1.0, 60.0]))
def test_a_grid_keeps_the_mean(chance, width):
    count = int(40 * float(chance.average) / width) + 3
    found = masses(chance, width, count)
    assert (found >= 0).all()
    late = 1 - found.sum()
    assert -1e-9 < late < 0.02
    on_grid = float((np.arange(count) * width * found).sum())
    longest = np.array([(count - 1) * width])
    left_out = float(chance.average) - longest[0] + shortfall(chance, longest)[0]
    assert on_grid + late * longest[0] + left_out == pytest.approx(float(chance.average), rel=1e-7)


@given(CHANCES)
def test_the_shortfall_is_the_integral_of_the_cdf(chance):
    top = 2 * float(chance.average)
    points = (np.arange(500) + 0.5) * top / 500
    integral = sum(cdf(chance, each) for each in points.tolist()) * top / 500
    found = shortfall(chance, np.array([top]))[0]
    assert found == pytest.approx(integral, rel=1e-2, abs=1e-9)
