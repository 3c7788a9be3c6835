"""Intervals against published numbers, and by their own laws."""

from __future__ import annotations

from math import comb, hypot, inf, isfinite, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tthc_flow.calibration.intervals import (
    clopper_pearson,
    median_change,
    newcombe,
    wilson,
)
from tthc_flow.calibration.means import hall, lognormal_mean, mean_change, mean_interval
from tthc_flow.chances.beta import below, point
from tthc_flow.chances.student import student


@pytest.mark.parametrize(
    ("freedom", "point"),
    [(1, 12.706205), (2, 4.302653), (3, 3.182446), (5, 2.570582), (10, 2.228139), (120, 1.97993)],
)
def test_students_point_is_that_of_the_tables(freedom, point):
    assert student(freedom) == pytest.approx(point, abs=1e-5)


@pytest.mark.parametrize(
    ("found", "of", "low", "high"),
    # Newcombe 1998, Statistics in Medicine 17, 857-872, table I, method 3.
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_is_that_of_the_paper(found, of, low, high):
    share = wilson(found, of)
    assert (share.low, share.high) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    # Newcombe 1998, Statistics in Medicine 17, 873-890, table II, method 10: first less second.
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((10, 10), (0, 20), 0.6791, 1.0000),
    ],
)
def test_newcombe_is_that_of_the_paper(one, other, low, high):
    change = newcombe(other, one)
    assert change.low == pytest.approx(low, abs=1e-3)
    assert change.high == pytest.approx(high, abs=1e-3)


def test_nothing_is_said_of_nothing():
    assert wilson(0, 0) is None
    assert newcombe((0, 0), (1, 2)) is None
    assert mean_interval([1.0]) is None
    assert mean_change([1.0], [1.0, 2.0]) is None
    assert median_change([1.0], [2.0, 3.0]) is None


times = st.lists(st.floats(0, 1e5), min_size=2, max_size=30)


@given(times, times)
def test_the_other_way_round_the_difference_is_the_opposite(one, other):
    there, back = mean_change(one, other), mean_change(other, one)
    assert there.value == pytest.approx(-back.value)
    assert there.low == pytest.approx(-back.high, abs=1e-6)


@given(st.integers(0, 60), st.integers(1, 60))
def test_a_share_lies_in_its_interval_and_that_in_the_whole(found, more):
    exact, narrow = clopper_pearson(found, found + more), wilson(found, found + more)
    for share in (exact, narrow):
        assert 0 <= share.low <= share.value <= share.high <= 1


@pytest.mark.parametrize(
    ("found", "of", "low", "high"),
    # Newcombe 1998, Statistics in Medicine 17, 857-872, table I, method 5.
    [
        (81, 263, 0.2527, 0.3676),
        (15, 148, 0.0578, 0.1617),
        (0, 20, 0, 0.1684),
        (1, 29, 0.0009, 0.1776),
    ],
)
def test_clopper_and_pearson_are_those_of_the_paper(found, of, low, high):
    share = clopper_pearson(found, of)
    assert (share.low, share.high) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@given(st.integers(1, 40), st.integers(1, 40), st.floats(0, 1))
def test_the_beta_distribution_is_the_tail_of_the_binomial_one(one, other, x):
    tosses = one + other - 1
    tail = sum(comb(tosses, k) * x**k * (1 - x) ** (tosses - k) for k in range(one, tosses + 1))
    assert below(one, other, x) == pytest.approx(tail, abs=1e-12)
    if 0.001 < tail < 0.999:
        assert point(one, other, below(one, other, x)) == pytest.approx(x, abs=1e-9)


@given(st.lists(st.floats(0, 1e5), min_size=2, max_size=40))
def test_a_mean_lies_in_its_interval(values):
    found = mean_interval(values)
    assert 0 <= found.low <= found.value * (1 + 1e-9)
    assert found.value <= found.high * (1 + 1e-9)
    assert found.low <= hall(values).low <= hall(values).high <= found.high


def test_the_interval_of_a_skewed_mean_is_that_of_halls_transformation():
    """By hand: of 1, 1, 2, 3, 13 the mean is 4, the skewness 2.0932, t is 2.7764."""
    values = [1, 1, 2, 3, 13]
    found, error = hall(values), sqrt(26 / 5)
    lean = 2.0932 / sqrt(5)
    for bound, sign in ((found.low, 1), (found.high, -1)):
        t = (4 - bound) / error  # Hall's g of the studentised mean is Student's point
        g = t + lean * t**2 / 3 + lean**2 * t**3 / 27 + lean / 6
        assert g == pytest.approx(sign * 2.7764, abs=2e-3)


def test_the_ends_of_a_lognormal_mean_are_those_of_a_million_draws_of_its_pivot():
    values = [12.0, 30.0, 31.0, 55.0, 80.0, 240.0, 41.0]
    logs, count = np.log(values), 7
    rng = np.random.default_rng(3)
    larger = (count - 1) / rng.chisquare(count - 1, 1_000_000)
    normal = rng.standard_normal(1_000_000)
    variance = logs.var(ddof=1)
    pivot = logs.mean() + normal * np.sqrt(larger * variance / count) + larger * variance / 2
    wanted = np.exp(np.quantile(pivot, [0.025, 0.975]))
    assert lognormal_mean(values) == pytest.approx(wanted, rel=0.02)


def test_many_lognormal_times_have_the_mean_of_the_large_sample():
    """Cox: of many values the logarithm of the mean has the variance s²/n + s⁴/2(n - 1)."""
    logs = np.random.default_rng(4).normal(3, 0.8, 4_000)
    square = logs.var(ddof=1)
    half = 1.96 * sqrt(square / 4_000 + square**2 / 2 / 3_999)
    wanted = np.exp(logs.mean() + square / 2 + np.array([-half, half]))
    assert lognormal_mean(np.exp(logs).tolist()) == pytest.approx(wanted, rel=1e-3)


def test_times_that_cannot_be_lognormal_keep_halls_interval():
    zero = [0.0, 1.0, 4.0, 9.0, 30.0]
    assert mean_interval(zero) == hall(zero)
    even = np.random.default_rng(5).uniform(0, 60, 200).tolist()
    assert mean_interval(even) == hall(even)


def test_two_uneven_times_do_not_bound_their_mean_above():
    found = mean_interval([1.0, 60.0])
    assert (found.value, found.high) == (30.5, inf)
    change = mean_change([1.0, 60.0], [0.0, 1.0, 2.0])
    assert (change.low, change.excludes_zero) == (-inf, False)
    assert isfinite(change.high)


def test_the_ends_of_a_change_are_the_distances_squared_and_added():
    one, other = [0.0, 2.0, 4.0, 10.0], [0.0, 1.0, 2.0, 3.0]
    before, after, found = mean_interval(one), mean_interval(other), mean_change(one, other)
    assert found.value == 1.5 - 4
    down = hypot(after.value - after.low, before.high - before.value)
    assert found.low == pytest.approx(found.value - down)
    up = hypot(after.high - after.value, before.value - before.low)
    assert found.high == pytest.approx(found.value + up)


def test_the_bootstrap_of_medians_holds_what_it_promises():
    rng = np.random.default_rng(12)
    truth = np.log(2) * (7 - 10)
    inside = 0
    for _ in range(400):
        found = median_change(rng.exponential(10, 80), rng.exponential(7, 80))
        inside += found.low <= truth <= found.high
    assert inside / 400 >= 0.93


def test_the_same_values_give_the_same_interval():
    rng = np.random.default_rng(13)
    one, other = rng.exponential(10, 40).tolist(), rng.exponential(9, 40).tolist()
    assert median_change(one, other) == median_change(one, other)
