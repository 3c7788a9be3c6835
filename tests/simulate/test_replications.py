"""Runs with a luck of their own: as independent as batches never are, paired before and after."""

from __future__ import annotations

from math import inf
from statistics import mean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulate.by_program import queue, stay_in_queue
from simulate.kernels import BOTH
from tthc_flow.errors import BadQuantity
from tthc_flow.simulation.change import Verdict, difference, load_difference, verdict
from tthc_flow.simulation.confidence import Interval, of_values
from tthc_flow.simulation.replications import seeds_of, together
from tthc_flow.simulation.results import outcome
from tthc_flow.simulation.run import Settings
from tthc_flow.simulation.tally import Length, Metric

LENGTH = Length(cases=2_000, warm=200, batches=2)


def runs_of(program, count, seed=1, kernel=BOTH[0].values[0]):
    return [kernel(program, each, LENGTH) for each in seeds_of(seed, count)]


@given(st.integers(-(2**70), 2**70), st.integers(1, 40))
def test_each_run_has_a_seed_of_its_own_that_json_can_hold(seed, count):
    first, *others = seeds_of(seed, count)
    assert first == seed
    assert len({first, *others}) == count
    assert all(0 <= each < 2**53 for each in others)


def test_the_runs_of_neighbouring_seeds_share_no_luck():
    assert set(seeds_of(1, 50)).isdisjoint(seeds_of(2, 50))


@pytest.mark.parametrize("kernel", BOTH)
def test_of_several_runs_each_is_a_batch(kernel):
    program = queue(1, 10, 6)
    runs = runs_of(program, 4, kernel=kernel)
    found = outcome(program, *runs).cases[0]
    means = [outcome(program, each).cases[0].means[Metric.CYCLE].mean for each in runs]
    assert found.means[Metric.CYCLE].mean == pytest.approx(mean(means))
    half = 3.182446 * stdev(means) / 2  # Student's t of three, from the tables
    assert found.means[Metric.CYCLE].half == pytest.approx(half, rel=1e-6)
    assert found.cases == 4 * 1_800


def test_what_runs_counted_is_added_up():
    program = queue(2, 10, 12)
    runs = runs_of(program, 3)
    whole = together(runs)
    assert whole.counts == ((1_800, 1_800, 1_800),)
    assert whole.busy[0] == pytest.approx(sum(each.busy[0] for each in runs))
    assert whole.steps[0].visits == sum(each.steps[0].visits for each in runs)
    assert len(whole.sample) == sum(len(each.sample) for each in runs)
    assert whole.window[1] == pytest.approx(sum(each.window[1] - each.window[0] for each in runs))


def test_a_single_run_does_not_tell_how_sure_its_load_is():
    program = queue(1, 10, 6)
    (single,) = outcome(program, *runs_of(program, 1)).pools
    (several,) = outcome(program, *runs_of(program, 6)).pools
    assert single.sure is None
    assert several.sure.mean == pytest.approx(several.load)
    assert several.sure.least < 0.6 < several.sure.most


def test_the_intervals_of_a_busy_queue_hold_the_true_mean_about_19_times_of_20():
    """Of 30 sets of runs at a load of 0.7 at least 26 intervals hold the formula's mean."""
    truth, program, run_fast = stay_in_queue(1, 10, 7), queue(1, 10, 7), BOTH[1].values[0]
    held = [
        found.least <= truth <= found.most
        for seed in range(100, 130)
        for case in outcome(program, *runs_of(program, 6, seed, run_fast)).cases
        for found in (case.means[Metric.CYCLE],)
    ]
    assert len(held) == 30
    assert sum(held) >= 26


def test_a_faster_step_is_told_from_luck_by_pairs_though_not_by_the_two_intervals():
    slow, fast = (queue(1, 10, each) for each in (7.0, 6.9))
    before, after = (outcome(each, *runs_of(each, 8)) for each in (slow, fast))
    change = difference(before.batches[0], after.batches[0], Metric.CYCLE)
    one, two = (each.cases[0].means[Metric.CYCLE] for each in (before, after))
    assert two.most > one.least  # the two overlap
    assert verdict(change) is Verdict.LESS
    load = load_difference(before.pools[0], after.pools[0])
    assert load.mean == pytest.approx(-0.01, abs=0.001)
    assert verdict(load) is Verdict.LESS


def test_other_luck_alone_is_no_change():
    program = queue(1, 10, 6)
    before, after = (outcome(program, *runs_of(program, 6, seed)) for seed in (1, 2))
    change = difference(before.batches[0], after.batches[0], Metric.CYCLE)
    assert verdict(change) is Verdict.UNCLEAR
    same = difference(before.batches[0], before.batches[0], Metric.CYCLE)
    assert verdict(same) is Verdict.SAME


@given(st.floats(-1e6, 1e6), st.floats(0, 1e6) | st.just(inf))
def test_a_change_is_real_only_where_its_interval_leaves_nought_out(middle, half):
    found = Interval(mean=middle, half=half)
    judged = verdict(found)
    assert (judged is Verdict.LESS) is (found.most < 0 and found.least < -1e-9)
    assert (judged is Verdict.MORE) is (found.least > 0 and found.most > 1e-9)
    assert verdict(found, endless=True) is Verdict.ENDLESS


def test_by_hand():
    found = of_values([1.0, 2.0, 3.0])
    assert found.mean == 2
    assert found.half == pytest.approx(4.302653 / 3**0.5, rel=1e-6)


def test_no_run_at_all_is_refused():
    with pytest.raises(BadQuantity, match="0 runs"):
        Settings(length=LENGTH, replications=0)
