"""Each kind of interval holds the true value in at least 93 % of samples, also of small ones."""

from __future__ import annotations

from collections.abc import Callable
from math import comb, exp, gamma, sqrt

import numpy as np
import pytest

from tthc_flow.calibration.goodness import fitted
from tthc_flow.calibration.intervals import (
    Interval,
    clopper_pearson,
    median_change,
    moments,
)
from tthc_flow.calibration.means import hall, mean_change, mean_interval
from tthc_flow.calibration.parameters import parameters
from tthc_flow.chances.student import student
from tthc_flow.model.chance import Spread

WANTED = 0.93
QUICK, FULL = 400, 2_000

Draw = Callable[[np.random.Generator, int], np.ndarray]

TIMES: dict[str, tuple[Draw, float]] = {
    "exponential": (lambda rng, count: rng.exponential(40, count), 40),
    "uniform": (lambda rng, count: rng.uniform(300, 900, count), 600),
    "uniform from zero": (lambda rng, count: rng.uniform(0, 60, count), 30),
    "triangular": (lambda rng, count: rng.triangular(5, 10, 30, count), 15),
    **{
        f"lognormal {sigma}": (
            lambda rng, count, sigma=sigma: rng.lognormal(3, sigma, count),
            exp(3 + sigma**2 / 2),
        )
        for sigma in (0.3, 0.6, 1.0, 1.5)
    },
    **{
        f"gamma {shape}": (lambda rng, count, shape=shape: rng.gamma(shape, 20, count), 20 * shape)
        for shape in (0.5, 2, 4)
    },
    **{
        f"weibull {shape}": (
            lambda rng, count, shape=shape: 30 * rng.weibull(shape, count),
            30 * gamma(1 + 1 / shape),
        )
        for shape in (0.5, 0.7, 1.5, 3)
    },
}
SKEWED = (
    "lognormal 0.6",
    "lognormal 1.0",
    "lognormal 1.5",
    "exponential",
    "gamma 0.5",
    "weibull 0.7",
)
UNEVEN = (10, 200), (200, 10), (20, 200), (10, 10), (60, 80)


def share_inside(
    found: Callable[[np.random.Generator], Interval], true: float, samples: int = QUICK
) -> float:
    rng = np.random.default_rng(20_260_302)
    inside = 0
    for _ in range(samples):
        interval = found(rng)
        inside += interval.low <= true <= interval.high
    return inside / samples


def mean_inside(family: str, count: int, samples: int) -> float:
    draw, true = TIMES[family]
    return share_inside(lambda rng: mean_interval(draw(rng, count).tolist()), true, samples)


def change_inside(family: str, sizes: tuple[int, int], samples: int) -> float:
    """Return how often the change is held where all times fall to six tenths."""
    draw, true = TIMES[family]

    def found(rng: np.random.Generator) -> Interval:
        one, other = (draw(rng, size) for size in sizes)
        return mean_change(one.tolist(), (0.6 * other).tolist())

    return share_inside(found, -0.4 * true, samples)


@pytest.mark.parametrize("count", [5, 10, 20, 50])
@pytest.mark.parametrize("family", ["lognormal 1.0", "lognormal 1.5", "exponential", "uniform"])
def test_a_mean_time_lies_in_its_interval(family, count):
    assert mean_inside(family, count, QUICK) >= WANTED


@pytest.mark.nightly
@pytest.mark.timeout(900)
@pytest.mark.parametrize("count", [2, 3, 5, 10, 20, 50, 100, 200])
@pytest.mark.parametrize("family", TIMES)
def test_a_mean_time_of_any_family_lies_in_its_interval(family, count):
    assert mean_inside(family, count, FULL) >= WANTED


def test_halls_interval_alone_would_be_too_narrow_for_few_lognormal_times():
    draw, true = TIMES["lognormal 1.5"]
    assert share_inside(lambda rng: hall(draw(rng, 10).tolist()), true) < 0.91


def test_students_interval_would_be_too_narrow_for_few_skewed_times():
    """Say why the mean has another interval than the one of the books."""

    def plain(rng: np.random.Generator) -> Interval:
        mean, variance = moments(rng.exponential(40, 10).tolist())
        half = student(9) * sqrt(variance / 10)
        return Interval(value=mean, low=mean - half, high=mean + half, method="student")

    assert share_inside(plain, 40, FULL) < 0.915


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


@pytest.mark.parametrize("sizes", [(10, 200), (60, 80)])
@pytest.mark.parametrize("family", ["lognormal 1.0", "exponential"])
def test_a_change_of_means_lies_in_its_interval(family, sizes):
    assert change_inside(family, sizes, QUICK) >= WANTED


@pytest.mark.nightly
@pytest.mark.timeout(900)
@pytest.mark.parametrize("sizes", UNEVEN)
@pytest.mark.parametrize("family", TIMES)
def test_a_change_of_means_of_any_family_lies_in_its_interval(family, sizes):
    assert change_inside(family, sizes, FULL) >= WANTED


@pytest.mark.nightly
@pytest.mark.timeout(900)
@pytest.mark.parametrize("sizes", UNEVEN)
@pytest.mark.parametrize("family", SKEWED)
def test_a_change_of_medians_lies_in_its_interval(family, sizes):
    draw, _ = TIMES[family]
    true = float(np.median(draw(np.random.default_rng(1), 4_000_001)))

    def found(rng: np.random.Generator) -> Interval:
        one, other = (draw(rng, size) for size in sizes)
        return median_change(one.tolist(), (0.6 * other).tolist())

    assert share_inside(found, -0.4 * true, FULL) >= WANTED


PARAMETERS: dict[str, tuple[Spread, dict[str, float]]] = {
    "exponential": (Spread.EXPONENTIAL, {"mean": 40}),
    "uniform": (Spread.UNIFORM, {"least": 300, "most": 900}),
    **{
        f"lognormal {sigma}": (Spread.LOGNORMAL, {"log_mean": 3, "log_deviation": sigma})
        for sigma in (0.3, 0.6, 1.0, 1.5)
    },
    **{f"gamma {shape}": (Spread.GAMMA, {"shape": shape}) for shape in (0.5, 2, 4)},
}


@pytest.mark.parametrize("family", PARAMETERS)
def test_a_parameter_lies_in_its_interval(family):
    draw, _ = TIMES[family]
    spread, wanted = PARAMETERS[family]
    for name, true in wanted.items():

        def found(rng: np.random.Generator, name: str = name) -> Interval:
            return parameters(draw(rng, 30).tolist(), spread)[name]

        assert share_inside(found, true, FULL) >= WANTED


@pytest.mark.nightly
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("count", [20, 50, 200])
@pytest.mark.parametrize("family", PARAMETERS)
def test_a_parameter_lies_in_its_interval_where_its_family_was_chosen(family, count):
    """The choice by fit and the interval together: of samples in which the family was chosen."""
    draw, _ = TIMES[family]
    spread, wanted = PARAMETERS[family]
    rng = np.random.default_rng(20_260_302)
    inside, chosen = dict.fromkeys(wanted, 0), 0
    for _ in range(FULL):
        found = fitted(draw(rng, count).tolist())
        if found.chance.spread is spread:
            chosen += 1
            for name, true in wanted.items():
                inside[name] += found.parameters[name].low <= true <= found.parameters[name].high
    assert chosen > FULL / 6
    for name, held in inside.items():
        assert held / chosen >= WANTED, (name, held / chosen, chosen)
