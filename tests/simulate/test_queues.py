"""Queues whose answers are known by formula, within the intervals that the runs state."""

import pytest

from simulate.by_program import exponential, network, of, queue, stay_in_queue, task
from simulate.kernels import BOTH
from tthc_flow.simulation.program import Instruction, Kind
from tthc_flow.simulation.tally import Length, Metric

LENGTH = Length(cases=60_000, warm=6_000)


def test_the_formula_gives_the_measured_references():
    assert stay_in_queue(1, 10, 8) == pytest.approx(40.0)


@pytest.mark.parametrize("run", BOTH)
@pytest.mark.parametrize(("people", "load"), [(1, 0.8), (3, 0.8), (5, 0.9), (10, 0.9)])
def test_a_case_stays_as_long_as_in_m_m_c(run, people, load):
    gap, mean = 10 / people, 10 * load
    found = of(run(queue(people, gap, mean), 7, LENGTH), Metric.CYCLE)
    assert found.least <= stay_in_queue(people, gap, mean) <= found.most
    assert found.half < 0.15 * found.mean


@pytest.mark.parametrize("run", BOTH)
def test_a_jackson_network_with_rework(run):
    again = Instruction(
        kind=Kind.CHOICE, node="x", key="x", targets=(0, 3), upto=(0.25, 1.0)
    )  # a quarter goes back to the first step
    program = network(10, (1, 2), task(0, exponential(6), 1), task(1, exponential(12), 2), again)
    found = of(run(program, 3, Length(cases=150_000, warm=15_000)), Metric.CYCLE)
    visits, gap = 4 / 3, 10 * 3 / 4
    expected = visits * (stay_in_queue(1, gap, 6) + stay_in_queue(2, gap, 12))
    assert found.least <= expected <= found.most


@pytest.mark.parametrize("run", BOTH)
def test_littles_law(run):
    tally = run(queue(3, 4, 10), 5, LENGTH)
    window = tally.window[1] - tally.window[0]
    inside, came = tally.area / window, (LENGTH.cases - LENGTH.warm) / window
    assert inside == pytest.approx(came * of(tally, Metric.CYCLE).mean, rel=0.01)


@pytest.mark.parametrize("run", BOTH)
def test_the_load_is_the_work_that_comes(run):
    tally = run(queue(2, 10, 16), 1, LENGTH)
    window = tally.window[1] - tally.window[0]
    assert tally.busy[0] / window / 2 == pytest.approx(0.8, rel=0.02)


@pytest.mark.parametrize("run", BOTH)
def test_the_same_seed_is_the_same_result_and_another_is_not(run):
    length = Length(cases=500, warm=20)
    one, same, other = (run(queue(1, 10, 8), seed, length) for seed in (1, 1, 2))
    assert one == same
    assert one != other


def test_half_of_ninety_intervals_would_be_too_few():
    """Of many short runs about 95 in 100 intervals hold the true mean: they are not too narrow."""
    run = BOTH[0].values[0]
    length = Length(cases=6_000, warm=600)
    held = [
        found.least <= stay_in_queue(1, 10, 5) <= found.most
        for seed in range(60)
        for found in (of(run(queue(1, 10, 5), seed, length), Metric.CYCLE),)
    ]
    assert sum(held) >= 52
