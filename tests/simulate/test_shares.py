"""Shares near 0 or 1: that nothing was seen does not say that nothing happens."""

from __future__ import annotations

import random
from math import comb, log

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from simulate.by_program import queue
from simulate.kernels import BOTH
from tthc_flow.model.lever import Verdict
from tthc_flow.simulation.confidence import interval
from tthc_flow.simulation.gate import judged
from tthc_flow.simulation.program import Limit
from tthc_flow.simulation.replications import seeds_of
from tthc_flow.simulation.results import SHARES, outcome
from tthc_flow.simulation.shares import around, independent, share_interval
from tthc_flow.simulation.tally import Length, Metric

LENGTH = Length(cases=2_000, warm=200, batches=2)
RUNS = 10
SEEDS = range(500, 530)


def upto(found: int, of: int, share: float) -> float:
    """Return how likely at most *found* of *of* are seen: the sum of the binomial."""
    return sum(comb(of, n) * share**n * (1 - share) ** (of - n) for n in range(found + 1))


@pytest.mark.parametrize("cases", [30, 300, 18_000])
def test_of_none_the_upper_end_is_the_rule_of_three_for_both_ends(cases):
    found = share_interval([0] * 10, [cases // 10] * 10, float(cases))
    assert (found.mean, found.least) == (0, 0)
    assert found.most == pytest.approx(1 - 0.025 ** (1 / cases), rel=1e-9)
    assert 3 / cases < found.most < 3.7 / cases  # 3.7 where 3 is for one end alone
    every = share_interval([cases // 10] * 10, [cases // 10] * 10, float(cases))
    assert (every.mean, every.most) == (1, 1)
    assert every.least == pytest.approx(1 - found.most)


@pytest.mark.parametrize(("each", "apart"), [(1, 50), (1, 100), (2, 100), (3, 50)])
def test_of_few_the_ends_are_those_of_the_binomial(each, apart):
    """Four runs of fifty cases, as many late in each: nothing but the cases limits the share."""
    found = share_interval([each] * 4, [50] * 4, float(apart))
    late = each * apart // 50
    assert upto(late, apart, found.most) == pytest.approx(0.025, rel=1e-6)
    assert 1 - upto(late - 1, apart, found.least) == pytest.approx(0.025, rel=1e-6)


def test_late_cases_of_one_run_alone_count_as_few():
    """A twentieth, with a variance of 1/400: of 19 cases, less what four runs may have missed."""
    hits, counts = [10, 0, 0, 0], [50] * 4
    found = share_interval(hits, counts, 200.0)
    few = 19 * (1.959964 / 3.182446) ** 2
    assert found.most == pytest.approx(share_interval(hits, counts, few).most, rel=1e-6)
    assert found.most > 0.4


@given(st.lists(st.integers(0, 40), min_size=1, max_size=12), st.floats(0, 1))
def test_the_ends_of_a_share_lie_within_0_and_1_and_hold_what_was_seen(hits, part):
    counts = [40] * len(hits)
    apart = len(hits) + part * (sum(counts) - len(hits))
    found = share_interval(hits, counts, apart)
    assert 0 <= found.least <= found.mean + 1e-12
    assert found.mean - 1e-12 <= found.most <= 1
    assert found.most - found.least > 0 or 0 < found.mean < 1
    fewer = share_interval([0] * len(hits), counts, len(hits))
    assert fewer.most >= share_interval([0] * len(hits), counts, apart).most


def test_far_from_0_and_1_it_is_the_interval_of_the_batches():
    hits, counts = [30, 34, 32], [100, 100, 100]
    assert share_interval(hits, counts, 300.0) == interval(hits, counts)


def test_cases_that_are_alike_count_as_few():
    rng = random.Random(1)
    alone = [[rng.expovariate(1) for _ in range(200)] for _ in range(30)]
    means = [sum(each) / 200 for each in alone]
    many = independent([x for each in alone for x in each], means, 6_000)
    assert 2_500 < many <= 6_000
    alike = [[level] * 200 for level in (rng.expovariate(1) for _ in range(30))]
    few = independent([x for e in alike for x in e], [e[0] for e in alike], 6_000)
    assert few == pytest.approx(30, rel=0.1)
    assert independent([5.0] * 100, [5.0, 5.0], 100) == 100
    assert independent([5.0], [5.0], 100) == 1


def late_after(minutes):
    program = queue(1, 10, 7)
    entries = (evolve(each, limit=Limit(minutes=minutes)) for each in program.entries)
    return evolve(program, entries=tuple(entries))


@pytest.fixture(scope="module")
def seldom_late():
    """Return thirty sets of ten runs of a queue in which one case of a thousand is late."""
    program, run_fast = late_after(70 / 3 * log(1_000)), BOTH[1].values[0]
    return [
        outcome(program, *(run_fast(program, each, LENGTH) for each in seeds_of(seed, RUNS)))
        for seed in SEEDS
    ]


def test_the_share_of_a_queue_that_is_seldom_late_is_held_19_times_of_20(seldom_late):
    """By the means of runs alone it is held about every second time only."""
    cases = [each.cases[0] for each in seldom_late]
    held = sum(each.late.least <= 0.001 <= each.late.most for each in cases)
    usual = [each.means[Metric.LATE] for each in cases]
    assert held >= 28
    assert sum(each.least <= 0.001 <= each.most for each in usual) <= 22
    none = [each.late for each in cases if not each.late.mean]
    assert none
    assert all(0.001 < each.most < 0.05 for each in none)


def test_quantiles_of_a_queue_are_held_19_times_of_20(seldom_late):
    """The stay in M/M/1 is exponential."""
    for number, share in enumerate(SHARES):
        sure = [each.cases[0].sure[number] for each in seldom_late]
        truth = -70 / 3 * log(1 - share)
        assert sum(each.least <= truth <= each.most for each in sure) >= 25, share


def test_a_single_run_or_few_cases_do_not_tell_how_sure_a_quantile_is():
    program, kernel = queue(1, 10, 7), BOTH[1].values[0]
    one = outcome(program, kernel(program, 1, LENGTH)).cases[0]
    assert one.sure == (None,) * len(SHARES)
    short = Length(cases=300, warm=0, batches=2)
    found = outcome(program, *(kernel(program, each, short) for each in (1, 2, 3))).cases[0]
    assert [each is None for each in found.sure] == [False, False, False, True]
    assert found.sure[0].mean == found.cycles[0]
    assert around(1.0, [1.0]) is None


@pytest.mark.parametrize(
    ("limit", "verdict"),
    [(0.0, Verdict.UNKNOWN), (0.005, Verdict.UNKNOWN), (0.02, Verdict.PASS)],
)
def test_none_late_of_three_hundred_keeps_two_percent_and_neither_none_nor_half_a_percent(
    limit, verdict
):
    assert judged(share_interval([0] * 3, [100] * 3, 300.0), limit) is verdict
    every = share_interval([100] * 3, [100] * 3, 300.0)
    assert judged(every, limit) is Verdict.FAIL
