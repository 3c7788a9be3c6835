"""By how much the times that few cases pass change: paired run by run, held against the theory."""

from __future__ import annotations

from math import log, sqrt

import pytest

from simulate.by_program import queue
from tthc_flow.simulation.change import Verdict, quantile_differences, verdict
from tthc_flow.simulation.plain import run_plainly
from tthc_flow.simulation.replications import seeds_of
from tthc_flow.simulation.results import SHARES, outcome
from tthc_flow.simulation.tally import Length

LENGTH = Length(cases=1_200, warm=200, batches=2)


def cases_of(program, count, seed=1, length=LENGTH):
    runs = [run_plainly(program, each, length) for each in seeds_of(seed, count)]
    return outcome(program, *runs).cases[0]


def test_where_all_goes_twice_as_fast_each_run_says_so():
    """The same luck at half the times: a quantile of a run halves, and so does how sure it is."""
    slow, quick = (cases_of(queue(1, 10 / n, 6 / n), 5) for n in (1, 2))
    for change, whole, sure in zip(
        quantile_differences(slow, quick), slow.cycles, slow.sure, strict=True
    ):
        if sure is not None:
            assert change.mean == pytest.approx(-whole / 2)
            assert change.half == pytest.approx(sure.half / 2)
            assert verdict(change) is Verdict.LESS


def test_the_same_luck_makes_the_change_surer_than_the_sides():
    one, two = cases_of(queue(1, 10, 6), 6), cases_of(queue(1, 10, 5.8), 6)
    median = quantile_differences(one, two)[0]
    apart = sqrt(one.sure[0].half ** 2 + two.sure[0].half ** 2)
    assert median.half < apart / 2
    assert verdict(median) is Verdict.LESS


def test_a_single_run_and_too_few_cases_say_nothing():
    one = cases_of(queue(1, 10, 6), 1)
    assert set(quantile_differences(one, one)) == {None}
    few = cases_of(queue(1, 10, 6), 3, length=Length(cases=200, warm=20, batches=2))
    told = dict(zip(SHARES, quantile_differences(few, few), strict=True))
    assert (told[0.5].mean, told[0.5].half) == (0, 0)
    assert told[0.99] is None


@pytest.mark.nightly
def test_the_interval_holds_the_true_change_nineteen_times_of_twenty():
    """In M/M/1 a stay is exponential with the mean 1/(1/6 - 1/10) = 15: a quantile is known."""
    length = Length(cases=4_000, warm=400, batches=2)
    held = {0.5: 0, 0.9: 0}
    for number in range(60):
        sides = [cases_of(queue(1, 10, m), 8, 100 + number, length) for m in (6, 5)]
        told = dict(zip(SHARES, quantile_differences(*sides), strict=True))
        for share in held:
            true = -log(1 - share) * (10 - 15)
            held[share] += told[share].least <= true <= told[share].most
    assert min(held.values()) >= 52
