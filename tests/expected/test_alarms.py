"""Timers at the border of a step: known answers, and what is left to a simulation."""

from __future__ import annotations

from fractions import Fraction
from math import exp, log

import numpy as np
import pytest
from attrs import evolve

from expected.drawn import drawn, takes, uniform
from tthc_flow.chances.quantile import quantiles
from tthc_flow.expected.expectation import Asked, expectation
from tthc_flow.expected.known import Barrier, Need, What, Why
from tthc_flow.expected.within import least_of, masses_within, within
from tthc_flow.model.chance import Chance, Spread
from tthc_flow.model.flow import Event, EventPosition, SubProcess, Trigger
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Loop, Step, StepTime
from tthc_flow.units import Dong, Duration

CLOSE = 0.002
HOUR = StepTime(duration=Duration(amount=1, unit="working_hour"))


def guard(name="t", host="a", trigger=Trigger.TIMER, **more):
    return Event(
        id=name, position=EventPosition.BOUNDARY, trigger=trigger, attached_to=host, **more
    )


def looked_at(flow, given, **asked):
    return expectation(Procedure(flow=flow), Asked(given=given, **asked))


def broken_off(time, *, minutes=60, **more):
    """Return what is known of s, a and e, where b comes after the timer at a."""
    flow = drawn("s a e", "t b", nodes=(guard(**more),))
    return looked_at(flow, takes(s=0, a=time, e=0, b=100, t=minutes), hourly=Dong(60))


def test_a_step_is_broken_off_after_an_hour():
    found = broken_off("40")
    late = exp(-60 / 40)
    assert (found.needs, found.barriers, found.broken) == ((), (), ())
    assert float(found.passing.comes["b"]) == pytest.approx(late, rel=1e-9)
    assert float(found.passing.comes["e"]) == pytest.approx(1 - late, rel=1e-9)
    assert found.times.mean == pytest.approx(40 * (1 - late) + 100 * late, rel=1e-9)
    assert float(found.effort.minutes) == pytest.approx(40 * (1 - late) + 100 * late, rel=1e-9)
    assert float(found.effort.cost.amount) == pytest.approx(float(found.effort.minutes), abs=1)
    assert found.times.p50 == pytest.approx(40 * log(2), rel=CLOSE)
    assert (found.times.p90, found.times.p99) == (160, 160)


def test_the_drawing_may_say_after_how_long():
    flow = drawn("s a e", "t b", nodes=(guard(time=HOUR),))
    found = looked_at(flow, takes(s=0, a=uniform(0, 80), e=0, b=0))
    assert found.passing.comes["b"] == Fraction(1, 4)
    assert found.times.mean == 37.5


@pytest.mark.parametrize(
    ("time", "share"),
    [(59, 0), (60, 0), (61, 1), (Chance(spread=Spread.EMPIRICAL, values=(10, 60, 90)), "1/3")],
)
def test_what_takes_exactly_as_long_is_done_in_time(time, share):
    """The last moment of a term still counts: Civil Code, art. 148."""
    found = broken_off(time)
    share = Fraction(share)
    assert found.passing.comes["b"] == share
    assert found.passing.comes["e"] == 1 - share
    mean = {Fraction(0): time, Fraction(1): 0, Fraction(1, 3): Fraction(70, 3)}[share]
    assert found.times.mean == pytest.approx(float(mean + share * 160))


@pytest.mark.parametrize(("minutes", "worked", "mean"), [(60, 60, 60), (59, 159, 159)])
def test_a_constant_time_equal_to_its_timer_leaves_the_timer_out(minutes, worked, mean):
    found = broken_off(60, minutes=minutes)
    assert (found.effort.minutes, found.times.mean, found.times.p99) == (worked, mean, mean)


def test_a_timer_beside_a_step_that_takes_exactly_as_long_does_not_go_off():
    found = broken_off(60, interrupting=False)
    assert (found.passing.comes["b"], found.barriers) == (0, ())


def test_what_no_case_comes_to_needs_no_time():
    flow = drawn("s a e", "t b", nodes=(guard(),))
    assert looked_at(flow, takes(s=1, a=70, b=5, t=60)).times.mean == 66
    assert looked_at(flow, takes(s=1, a=50, e=5, t=60)).times.mean == 56


def test_the_last_step_may_be_broken_off():
    flow = drawn("s a", "t b", nodes=(guard(),))
    found = looked_at(flow, takes(s=0, a=uniform(0, 80), b=100, t=60))
    assert found.times.mean == pytest.approx(30 * 3 / 4 + 160 / 4)


def test_the_first_of_several_timers_breaks_off():
    guards = tuple(map(guard, ("late", "soon", "never")))
    flow = drawn("s a e", "late b", "soon c", "never d", nodes=guards)
    given = takes(s=0, a=uniform(0, 80), e=0, b=0, c=100, d=0, late=40, soon=20, never=500)
    found = looked_at(flow, given)
    assert [found.passing.comes[each] for each in "bcd"] == [0, Fraction(3, 4), 0]
    assert found.times.mean == pytest.approx(10 / 4 + 120 * 3 / 4)


def test_a_step_that_is_begun_anew_each_time_is_a_loop():
    flow = drawn("s xa a e", "t xa", nodes=(guard(),))
    found = looked_at(flow, takes(s=0, a="40", e=0, t=60))
    # Without memory it takes as long as if nothing had broken it off.
    assert found.times.mean == pytest.approx(40)
    assert found.times.deviation == pytest.approx(40)
    assert found.times.p99 == pytest.approx(40 * log(100), rel=CLOSE)
    assert float(found.passing.done["a"]) == pytest.approx(1 / (1 - exp(-1.5)))
    assert float(found.effort.minutes) == pytest.approx(40)


def test_a_timer_in_a_branch_leads_to_its_join():
    flow = drawn("s pa a x pb e", "t x", "pa b pb", nodes=(guard(),))
    found = looked_at(flow, takes(s=0, a="40", b=50, e=0, t=60))
    # Of the other branch and of what is broken off after an hour, the later.
    assert found.times.mean == pytest.approx(50 + 40 * (exp(-50 / 40) - exp(-60 / 40)), rel=1e-4)
    assert found.times.p99 == 60


def test_while_the_clock_stands_nothing_passes():
    step = Step(id="a", name="Bổ sung", pauses_clock=True)
    flow = drawn("s a e", "t b", nodes=(guard(), step))
    found = looked_at(flow, takes(s=1, a=uniform(0, 80), e=2, b=4, t=60))
    assert found.times.mean == 1 + 2 * 3 / 4 + 4 / 4
    assert found.effort.minutes == 1 + 37.5 + 2 * Fraction(3, 4) + 4 * Fraction(1, 4)


def test_beside_the_step_the_means_are_known_and_the_time_is_not():
    found = broken_off("40", interrupting=False)
    assert found.barriers == (Barrier("t", Why.HAPPENING),)
    assert float(found.passing.comes["b"]) == pytest.approx(exp(-60 / 40))
    assert float(found.effort.minutes) == pytest.approx(40 + 100 * exp(-60 / 40))


@pytest.mark.parametrize(
    ("nodes", "barrier", "broken"),
    [
        ((guard(),), Barrier("t", Why.HAPPENING), ("a",)),
        ((guard(trigger=Trigger.MESSAGE),), Barrier("t", Why.SOMETIME), ("a",)),
        ((guard(trigger=Trigger.MESSAGE, interrupting=False),), Barrier("t", Why.SOMETIME), ()),
    ],
)
def test_a_share_that_is_given_is_kept_and_work_then_counts_whole(nodes, barrier, broken):
    flow = drawn("s a e", "t b", nodes=nodes)
    given = evolve(takes(s=1, a=40, e=1, b=10, t=60), shares={"t": "1/5"})
    found = looked_at(flow, given)
    assert (found.barriers, found.broken) == ((barrier,), broken)
    interrupting = nodes[0].interrupting
    assert found.effort.minutes == 1 + 40 + 2 + (Fraction(4, 5) if interrupting else 1)


@pytest.mark.parametrize(
    ("nodes", "given"),
    [
        ((guard(),), takes(s=0, a=1, e=0, b=0)),
        ((guard(),), takes(s=0, a=1, e=0, b=0, t="60")),
        ((guard(), Step(id="a", name="A", loop=Loop(multi_instance=False, times="2"))),
         takes(s=0, a=1, e=0, b=0, t=60)),
        ((guard(), SubProcess(id="a")), takes(s=0, e=0, b=0, t=60)),
    ],
)  # fmt: skip
def test_what_is_not_known_is_asked_for(nodes, given):
    found = looked_at(drawn("s a e", "t b", nodes=nodes), given)
    assert found.needs == (Need("t", What.HAPPENS),)


@pytest.mark.parametrize(
    "chance",
    [
        Chance(spread=Spread.EXPONENTIAL, mean=50),
        Chance(spread=Spread.GAMMA, mean=50, deviation=25),
        Chance(spread=Spread.GAMMA, mean=50, deviation=200),
        Chance(spread=Spread.LOGNORMAL, mean=50, deviation=50),
        Chance(spread=Spread.TRIANGULAR, least=10, mode=30, most=200),
        Chance(spread=Spread.EMPIRICAL, values=(10, 60, 90)),
        uniform(20, 100),
    ],
    ids=lambda chance: chance.spread,
)
def test_a_time_cut_off_is_that_of_a_fine_sample(chance):
    sample = quantiles(chance, (np.arange(400_000) + 0.5) / 400_000)
    part = sample[sample <= 60]
    found = within(chance, Fraction(60))
    assert found.share == pytest.approx(len(part) / 400_000, abs=1e-5)
    assert found.first == pytest.approx(part.sum() / 400_000, rel=1e-4)
    assert found.second == pytest.approx((part**2).sum() / 800_000, rel=1e-4)
    assert least_of(chance, Fraction(60)) == pytest.approx(np.minimum(sample, 60).mean(), rel=1e-4)
    masses = masses_within(chance, Fraction(60), 0.25, 512)
    assert masses[241:].sum() == pytest.approx(0, abs=1e-12)
    assert masses.sum() == pytest.approx(found.share)
    assert masses @ (np.arange(512) * 0.25) == pytest.approx(found.first)
