"""Each kind of interval holds the true value in at least 93 % of samples, also of small ones."""

from __future__ import annotations

from collections.abc import Callable
from math import comb, log1p, sqrt

import numpy as np
import pytest

from tthc_flow.calibration.intervals import (
    Interval,
    clopper_pearson,
    mean_interval,
    moments,
    welch,
)
from tthc_flow.chances.student import student

SAMPLES = 1_500
WANTED = 0.93

Draw = Callable[[np.random.Generator, int], np.ndarray]


def lognormal(deviation: float) -> Draw:
    """Return draws of mean 1 and that deviation."""
    variance = log1p(deviation**2)
    return lambda rng, count: rng.lognormal(-variance / 2, sqrt(variance), count)


TIMES: dict[str, tuple[Draw, float]] = {
    "exponential": (lambda rng, count: rng.exponential(40, count), 40),
    "gamma": (lambda rng, count: rng.gamma(4, 15, count), 60),
    "lognormal": (lognormal(0.5), 1),
    "uniform": (lambda rng, count: rng.uniform(300, 900, count), 600),
    "triangular": (lambda rng, count: rng.triangular(5, 10, 30, count), 15),
}


def share_inside(found: Callable[[np.random.Generator], Interval], true: float) -> float:
    rng = np.random.default_rng(20_260_302)
    inside = 0
    for _ in range(SAMPLES):
        interval = found(rng)
        inside += interval.low <= true <= interval.high
    return inside / SAMPLES


@pytest.mark.parametrize("count", [10, 70])
@pytest.mark.parametrize("family", TIMES)
def test_a_mean_time_lies_in_its_interval(family, count):
    draw, true = TIMES[family]
    assert share_inside(lambda rng: mean_interval(draw(rng, count).tolist()), true) >= WANTED


def test_students_interval_would_be_too_narrow_for_few_skewed_times():
    """Say why the mean has another interval than the one of the books."""

    def plain(rng: np.random.Generator) -> Interval:
        mean, variance = moments(rng.exponential(40, 10).tolist())
        half = student(9) * sqrt(variance / 10)
        return Interval(value=mean, low=mean - half, high=mean + half, method="student")

    assert share_inside(plain, 40) < 0.915


@pytest.mark.parametrize("count", [1, 5, 20, 70, 200])
def test_a_share_lies_in_its_interval_whatever_it_is(count):
    """Exact: the chances of all counts whose interval holds the share are added up."""
    intervals = [clopper_pearson(found, count) for found in range(count + 1)]
    for share in np.linspace(0.005, 0.995, 67).tolist():
        chance = sum(
            comb(count, found) * share**found * (1 - share) ** (count - found)
            for found, interval in enumerate(intervals)
            if interval.low <= share <= interval.high
        )
        assert chance >= 0.95


def test_a_change_of_means_lies_in_its_interval():
    def found(rng: np.random.Generator) -> Interval:
        return welch(rng.exponential(40, 60).tolist(), rng.exponential(25, 80).tolist())

    assert share_inside(found, -15) >= WANTED
