"""The clock of a dossier that stops beside parallel work: known answers, walks, what is refused."""

from __future__ import annotations

import math
from fractions import Fraction
from math import exp

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given as drawn_by
from hypothesis import strategies as st

from expected.drawn import drawn, takes, uniform
from expected.models import random_model
from tthc_flow.expected import grid
from tthc_flow.expected.beside import Lasting, later, left, reduced
from tthc_flow.expected.expectation import Asked, expectation
from tthc_flow.expected.known import Barrier, Need, What, Why
from tthc_flow.expected.moments import Moments
from tthc_flow.expected.tree import ALWAYS, Beside, Part, Tree
from tthc_flow.model.chance import Chance, Spread
from tthc_flow.model.flow import Event, EventPosition, Trigger
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Loop, Step
from tthc_flow.units import Duration

CLOSE = 0.001
SIGMAS = 4.5
SIDE_BY_SIDE = "s pa w pb e", "pa a pb"
CHOICE = "s pa w pb e", "pa xa a xb pb", "xa xb"


def stop(name="a", **more):
    return Step(id=name, name=name, pauses_clock=True, **more)


def looked_at(rows, times, *stops, hours=3, **shares):
    flow = drawn(*rows, nodes=stops or (stop(),), **shares)
    given = takes(**{"s": 0, "e": 0, **times})
    limit = Duration(amount=hours, unit="working_hour")
    return expectation(Procedure(flow=flow), Asked(given=given, limit=limit))


def test_ten_hours_of_work_nine_of_which_the_clock_stands_are_one():
    found = looked_at(SIDE_BY_SIDE, {"w": 600, "a": 540}).times
    assert (found.deviation, found.late) == (0, 0)
    assert (found.mean, found.p50, found.p90, found.p99) == pytest.approx((60,) * 4)


@pytest.mark.parametrize(("waited", "counts"), [(0, 600), (599, 1), (600, 0), (9_999, 0)])
def test_of_the_work_as_much_counts_as_is_done_before_and_after_the_stop(waited, counts):
    found = looked_at(SIDE_BY_SIDE, {"w": 600, "a": waited}).times
    assert found.mean == pytest.approx(counts, abs=1e-6)
    assert found.p99 == pytest.approx(counts)


@pytest.mark.parametrize(("before", "after", "counts"), [(30, 20, 60), (90, 0, 90), (50, 70, 120)])
def test_what_counts_beside_the_stop_is_done_meanwhile(before, after, counts):
    rows = "s pa w pb e", "pa b a c pb"
    found = looked_at(rows, {"w": 600, "a": 540, "b": before, "c": after})
    assert found.times.mean == pytest.approx(counts)
    assert found.times.p50 == pytest.approx(counts)


def test_a_stop_after_the_work_takes_nothing():
    rows = "s pa w pb a e", "pa b pb"
    assert looked_at(rows, {"w": 600, "b": 60, "a": 540}).times.mean == pytest.approx(600)


def test_of_exponential_work_what_outlasts_the_stop_is_exponential_again():
    found = looked_at(SIDE_BY_SIDE, {"w": "100", "a": 50}).times
    rest = exp(-50 / 100)
    assert found.mean == pytest.approx(100 * rest, rel=1e-4)
    assert found.deviation == pytest.approx(100 * math.sqrt(2 * rest - rest**2), rel=1e-3)
    assert found.late == pytest.approx(exp(-230 / 100), rel=1e-3)
    assert found.p50 == pytest.approx(100 * math.log(2) - 50, rel=2 * CLOSE)
    assert found.p99 == pytest.approx(100 * math.log(100) - 50, rel=2 * CLOSE)


def test_of_two_exponential_times_the_longer_is_the_work_one_time_of_three():
    found = looked_at(SIDE_BY_SIDE, {"w": "60", "a": "120"}).times
    # W outlasts P in 60 / 180 of the cases, then by an exponential time of 60.
    assert found.mean == pytest.approx(60 / 3, rel=1e-3)
    assert found.late == pytest.approx(exp(-180 / 60) / 3, rel=1e-2)
    assert found.p50 == 0


def test_a_choice_whether_the_clock_stands_is_a_mixture():
    found = looked_at(CHOICE, {"w": 600, "a": 540}, xaxb="3/4").times
    assert found.mean == pytest.approx(600 * 3 / 4 + 60 / 4)
    assert found.late == pytest.approx(3 / 4)
    assert (found.p50, found.p99) == (600, 600)


def test_a_third_branch_is_work_whatever_the_order():
    for rows in ((*SIDE_BY_SIDE, "pa v pb"), ("s pa a pb e", "pa w pb", "pa v pb")):
        found = looked_at(rows, {"w": 600, "v": 700, "a": 540}).times
        assert found.mean == pytest.approx(160)


def test_stops_that_begin_together_are_as_long_as_the_longest():
    rows = (*SIDE_BY_SIDE, "pa b pb")
    found = looked_at(rows, {"w": 600, "a": 540, "b": 300}, stop("a"), stop("b"))
    assert found.times.mean == pytest.approx(60)
    rounds = Loop(multi_instance=True, times="3")
    found = looked_at(SIDE_BY_SIDE, {"w": 600, "a": uniform(0, 400)}, stop(loop=rounds))
    # The longest of three uniform times is 300 in the mean, and never longer than the work.
    assert found.times.mean == pytest.approx(300, rel=1e-3)


def test_without_work_beside_them_stops_take_nothing():
    rows = "s pa a pb e", "pa b pb"
    found = looked_at(rows, {"s": 5, "a": 540, "b": 300}, stop("a"), stop("b"))
    assert found.times.mean == 5


def test_how_long_the_clock_stands_is_asked_for_only_where_it_matters():
    assert looked_at(("s a e",), {"s": 5}).needs == ()
    assert looked_at(SIDE_BY_SIDE, {"w": 600}).needs == (Need("a", What.TIME),)
    rows = "s pa w a pb e", "pa v b pb"
    found = looked_at(rows, {"w": 600, "v": 60, "b": 5}, stop("a"), stop("b"))
    assert (found.times, found.needs) == (None, (Need("a", What.TIME),))


def test_a_timer_at_the_stop_is_known_where_it_always_goes_off():
    timer = Event(id="t", position=EventPosition.BOUNDARY, trigger=Trigger.TIMER, attached_to="a")
    rows = "s pa w pb e", "pa a x pb", "t x"
    found = looked_at(rows, {"w": 600, "a": 900, "t": 540}, stop(), timer)
    assert found.times.mean == pytest.approx(60)
    found = looked_at(rows, {"w": 600, "a": uniform(0, 900), "t": 540}, stop(), timer)
    assert found.barriers == (Barrier("a", Why.STOPS_BESIDE),)


@pytest.mark.parametrize(
    ("rows", "shares"),
    [
        (("s pa w a pb e", "pa v b pb"), {}),
        (("s pa w pb e", "pa xa a xb v pb", "xb xa"), {"xbxa": "1/4"}),
        (("s pa w pb e", "pa v pc a pd pb", "pc b pd", "pc u pd"), {}),
        (("s pa w pb e", "pa a pb", "pa v b pb"), {}),
    ],
    ids=["two branches", "a loop", "a block in a block", "one that begins with the stop"],
)
def test_what_does_not_follow_from_the_steps_is_left_to_a_simulation(rows, shares):
    stops = [stop(each) for each in "ab" if any(each in row.split() for row in rows)]
    times = {"w": 600, "v": 60, "a": 540, "b": 30, "u": 45}
    there = {each for row in rows for each in row.split()}
    known = {each: minutes for each, minutes in times.items() if each in there}
    found = looked_at(rows, known, *stops, **shares)
    assert found.times is None
    assert {each.why for each in found.barriers} == {Why.STOPS_BESIDE}


def test_the_tail_of_the_work_is_kept_by_the_moments():
    """Of a lognormal time the mean of what outlasts a moment is known by a formula."""
    work = Chance(spread=Spread.LOGNORMAL, mean=60, deviation=120)
    found = looked_at(SIDE_BY_SIDE, {"w": work, "a": 100}).times
    spread = math.sqrt(math.log(5))
    middle = math.log(60) - spread**2 / 2

    def above(z):
        return math.erfc(z / math.sqrt(2)) / 2

    away = (math.log(100) - middle) / spread
    assert found.mean == pytest.approx(60 * above(away - spread) - 100 * above(away), rel=2e-3)


MASSES = st.lists(st.integers(0, 5), min_size=2, max_size=6).filter(any)


def shared(weights):
    return [Fraction(each, sum(weights)) for each in weights]


def moments_of(masses):
    """Return the probability, the mean and half the mean square, each times it, of whole times."""
    return Moments(
        float(sum(masses)),
        float(sum(share * n for n, share in enumerate(masses))),
        float(sum(share * n * n for n, share in enumerate(masses)) / 2),
    )


@drawn_by(MASSES, MASSES, MASSES, st.integers(1, 4), st.integers(0, 3))
def test_what_is_left_and_the_later_of_two_are_those_of_each_pair(work, stop, beside, part, never):
    """Whole times of any weights; *never* of the stops are longer than the grid."""
    work, beside = shared(work), [each / part for each in shared(beside)]
    stops = [Fraction(each, sum(stop) + never) for each in stop]
    rest = [Fraction(0)] * 8
    for worked, share in enumerate(work):
        for stood, other in enumerate(stops):
            rest[max(worked - stood, 0)] += share * other
        rest[0] += share * (1 - sum(stops))
    later_of = [Fraction(0)] * 8
    for one, share in enumerate(rest):
        for two, other in enumerate(beside):
            later_of[max(one, two)] += share * other
    points = [np.array([float(sum(e[: n + 1])) for n in range(8)]) for e in (work, rest, beside)]
    masses = np.array([*map(float, stops), *[0.0] * (8 - len(stops))])
    found = left(points[0], masses)
    assert found == pytest.approx(points[1], abs=1e-12)
    left_over = reduced(moments_of(work), points[0], masses, 1.0)
    wanted = moments_of(rest)
    assert (left_over.first, left_over.second) == pytest.approx(
        (wanted.first, wanted.second), abs=1e-12
    )
    over = later(Lasting(moments_of(beside), points[2]), Lasting(left_over, found), 1.0)
    wanted = moments_of(later_of)
    assert (over.share, over.first, over.second) == pytest.approx(
        (wanted.share, wanted.first, wanted.second), abs=1e-12
    )


def test_parts_of_a_work_beside_are_reckoned_as_one_tree():
    tree = Tree()
    work = tree.add(Part("w"))
    whole = tree.add(Beside(work, ((ALWAYS, tree.add(Part("a"))),)))
    assert set(tree.last_use(whole)) == {ALWAYS, work, 2, whole}


@pytest.mark.parametrize("batch", range(3))
def test_random_flows_some_steps_of_which_stop_the_clock_are_as_walks_say(batch, monkeypatch):
    reckoned, cases, beside = [], 400, 0
    monkeypatch.setattr(grid, "later", lambda *of: reckoned.append(of) or later(*of))
    for seed in range(3_000 + batch * 30, 3_030 + batch * 30):
        flow, given, walk = random_model(seed, 4 + seed % 12, inclusive=False)
        stops = {step.id for step in flow.steps if walk.rng.random() < 0.2}
        nodes = (evolve(n, pauses_clock=True) if n.id in stops else n for n in flow.nodes)
        flow = walk.flow = evolve(flow, nodes=tuple(nodes))
        walk.stops |= {each: walk.takes.pop(each) for each in stops}
        found = expectation(Procedure(flow=flow), Asked(given=given))
        assert found.needs == ()
        if found.barriers:
            assert {each.why for each in found.barriers} == {Why.STOPS_BESIDE}, seed
            continue
        seen = np.array([walk.run() for _ in range(cases)])
        beside += bool(reckoned)
        reckoned.clear()
        error = SIGMAS * found.times.deviation / math.sqrt(cases)
        assert abs(seen.mean() - found.times.mean) <= error + 1e-6, seed
        for share, minutes in ((0.5, found.times.p50), (0.9, found.times.p90)):
            luck = SIGMAS * math.sqrt(share * (1 - share) / cases)
            assert (seen <= minutes * 1.005 + 1e-6).mean() >= share - luck, (seed, share)
            assert (seen < minutes * 0.995 - 1e-6).mean() <= share + luck, (seed, share)
    assert beside >= 3
