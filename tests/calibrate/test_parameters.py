"""The parameters of a fitted family with their intervals: by hand, from tables, in the record."""

from __future__ import annotations

from math import exp, lgamma, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calibrate.simulating import CALENDAR, PROCEDURE, Log
from tthc_flow.calibration.calibrate import Reading, what_tells
from tthc_flow.calibration.goodness import fitted
from tthc_flow.calibration.parameters import parameters
from tthc_flow.model.chance import Spread
from tthc_flow.report.calibrating import of_found, tables
from tthc_flow.report.log_words import fit_words


def test_an_exponential_mean_is_that_of_the_chi_squared_table():
    """Ten times of sum 500; chi-squared of 20: 9.591 and 34.170."""
    found = parameters([50.0] * 9 + [50.0], Spread.EXPONENTIAL)["mean"]
    assert found.value == 50
    assert found.low == pytest.approx(1000 / 34.170, rel=1e-4)
    assert found.high == pytest.approx(1000 / 9.591, rel=1e-4)


def test_lognormal_parameters_are_those_of_the_tables():
    """Logarithms 1 to 5: mean 3, variance 2.5; t of 4 is 2.776, chi-squared 0.4844 and 11.143."""
    found = parameters([exp(each) for each in range(1, 6)], Spread.LOGNORMAL)
    mean, deviation = found["log_mean"], found["log_deviation"]
    assert (mean.value, mean.high) == (pytest.approx(3), pytest.approx(3 + 2.776 * 0.5**0.5, 1e-3))
    assert deviation.low == pytest.approx((10 / 11.143) ** 0.5, rel=1e-4)
    assert deviation.high == pytest.approx((10 / 0.4844) ** 0.5, rel=1e-4)


def test_the_ends_of_even_times_lie_no_farther_out_than_the_range_says():
    """Of three values (1 + out)^-2 = 0.05, so out is 3.472 ranges."""
    found = parameters([20.0, 21.0, 22.0], Spread.UNIFORM)
    assert (found["least"].high, found["most"].low) == (20, 22)
    assert found["least"].low == pytest.approx(20 - 2 * 3.472, abs=1e-3)
    assert found["most"].high == pytest.approx(22 + 2 * 3.472, abs=1e-3)
    assert parameters([1.0, 2.0, 9.0], Spread.UNIFORM)["least"].low == 0


def test_at_the_ends_of_a_shape_the_likelihood_has_fallen_by_half_the_square_of_students_point():
    values = np.random.default_rng(1).gamma(3, 20, 30).tolist()

    def likelihood(shape: float) -> float:
        scale = sum(values) / len(values) / shape
        return sum(
            (shape - 1) * log(x) - x / scale - shape * log(scale) - lgamma(shape) for x in values
        )

    found = parameters(values, Spread.GAMMA)["shape"]
    assert found.low < 3 < found.high
    for end in (found.low, found.high):
        fallen = likelihood(found.value) - likelihood(end)
        assert fallen == pytest.approx(2.045230**2 / 2, rel=1e-5)  # Student's t of 29


@given(st.lists(st.floats(0.01, 1e5), min_size=2, max_size=40, unique=True), st.floats(0.1, 50))
def test_in_other_units_the_parameters_are_the_same_ones(values, unit):
    for spread in Spread:
        there = parameters(values, spread)
        back = parameters([each * unit for each in values], spread)
        assert there.keys() == back.keys()
        for name, one in there.items():
            assert one.low <= one.value <= one.high
            other = back[name]
            factor = unit if name in {"mean", "least", "most"} else 1
            more = log(unit) if name == "log_mean" else 0
            assert other.low == pytest.approx(one.low * factor + more, rel=1e-3, abs=1e-3)


def test_of_too_little_or_without_a_known_interval_nothing_is_said():
    assert parameters([3.0], Spread.EXPONENTIAL) == {}
    assert parameters([1.0, 2.0, 4.0], Spread.TRIANGULAR) == {}
    assert fitted([3.0] * 30).parameters == {}
    assert fitted([1.0, 2.0, 9.0]).parameters == {}


def test_record_and_words_tell_the_parameters_beside_the_fit():
    found = what_tells(Log(1).cases(300), PROCEDURE, Reading(calendar=CALENDAR, names={}))
    record = {each["element"]: each for each in of_found(found)["steps"]}
    assert record["inspect"]["distribution"] == "lognormal"
    assert set(record["inspect"]["parameters"]) == {"log_mean", "log_deviation"}
    shape = record["opinion"]["parameters"]["shape"]
    assert shape["low"] < shape["value"] < shape["high"]
    steps = tables(found, PROCEDURE.flow, "vi")[0]
    assert any("hình dạng " in row[3] for row in steps)
    assert any("trung bình của logarit " in row[3] for row in steps)


def test_ends_in_minutes_are_told_with_their_unit():
    even = fitted(np.random.default_rng(2).uniform(60, 120, 60).tolist())
    assert even.chance.spread is Spread.UNIFORM
    assert "; least 1.0" in fit_words(even, "en")
    assert fit_words(even, "en").endswith("working hours")
