"""Distributions fitted to times: known answers, laws, and a test that errs as often as it says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tthc_flow.calibration.fits import fit, gamma_shape
from tthc_flow.calibration.goodness import FAMILIES, fitted, gap, how_likely
from tthc_flow.chances.cdf import cdf
from tthc_flow.model.chance import Chance, Spread


def test_the_estimators_are_those_of_the_books():
    values = [2.0, 4.0, 9.0]
    assert float(fit(values, Spread.EXPONENTIAL).mean) == 5
    uniform = fit(values, Spread.UNIFORM)
    assert (uniform.least, uniform.most) == (2, 9)
    triangle = fit([10, 20, 20, 20, 30], Spread.TRIANGULAR)
    assert (triangle.least, triangle.mode, triangle.most) == (10, 20, 30)
    lognormal = fit([np.e, np.e**3], Spread.LOGNORMAL)  # logs 1 and 3: mean 2, variance 1
    assert float(lognormal.mean) == pytest.approx(np.exp(2.5), rel=1e-5)


@pytest.mark.parametrize(
    ("shape", "apart"), [(1, 0.5772156649), (2, 0.2703628455), (10, 0.0508325)]
)
def test_the_shape_of_a_gamma_time_is_the_root_of_its_equation(shape, apart):
    assert gamma_shape(apart) == pytest.approx(shape, rel=1e-5)


@given(st.lists(st.floats(0.1, 1e4), min_size=2, max_size=80))
@settings(max_examples=60)  # each draws samples of several families
def test_the_mean_is_kept_by_all_but_the_lognormal_and_the_ends(values):
    found = fitted(values).chance
    if found.spread in {Spread.FIXED, Spread.EXPONENTIAL, Spread.GAMMA, Spread.EMPIRICAL}:
        assert float(found.average) == pytest.approx(sum(values) / len(values), rel=1e-5)


@given(st.lists(st.floats(0, 1e6), max_size=30))
def test_what_a_family_cannot_have_it_is_not_fitted_to(values):
    for family in Spread:
        if family is not Spread.EMPIRICAL:
            found = fit(values, family)
            assert found is None or found.spread is family


def test_the_gap_of_a_single_value_in_the_middle_is_a_half():
    assert gap([5.0], Chance(spread=Spread.UNIFORM, least=0, most=10)) == 0.5


@pytest.mark.parametrize("family", FAMILIES)
def test_the_right_family_is_refused_as_often_as_said(family):
    rng = np.random.default_rng(5)
    draws = {
        Spread.EXPONENTIAL: lambda: rng.exponential(40, 120),
        Spread.GAMMA: lambda: rng.gamma(3, 20, 120),
        Spread.LOGNORMAL: lambda: rng.lognormal(3, 0.7, 120),
        Spread.UNIFORM: lambda: rng.uniform(5, 50, 120),
        Spread.TRIANGULAR: lambda: rng.triangular(5, 20, 50, 120),
    }
    refused = sum(
        how_likely(sorted(draws[family]().tolist()), family)[1] < 0.05 for _ in range(200)
    )
    assert 0.01 <= refused / 200 <= 0.11


def test_two_heaps_fit_no_family_and_stay_as_they_were():
    rng = np.random.default_rng(6)
    values = np.concatenate([rng.normal(20, 1, 300), rng.normal(200, 5, 300)]).tolist()
    found = fitted(values)
    assert found.chance.spread is Spread.EMPIRICAL
    assert len(found.chance.values) == 200
    assert float(found.chance.average) == pytest.approx(np.mean(values), rel=1e-4)
    assert found.p is None


def test_few_values_stay_as_they_were():
    values = [float(each) for each in range(1, 20)]
    assert [float(each) for each in fitted(values).chance.values] == values


@pytest.mark.parametrize("family", FAMILIES)
@given(values=st.lists(st.floats(0.01, 1e4), min_size=3, max_size=40, unique=True))
def test_the_gap_is_that_of_the_distribution_value_by_value(family, values):
    chance = fit(values, family)
    if chance is None:
        return
    below = [cdf(chance, each) for each in sorted(values)]
    steps = [place / len(values) for place in range(len(values) + 1)]
    wanted = max(max(steps[n + 1] - each, each - steps[n]) for n, each in enumerate(below))
    assert gap(sorted(values), chance) == pytest.approx(wanted, abs=1e-9)
