"""The distribution of the time of one dossier: known answers, and what is refused."""

from __future__ import annotations

from fractions import Fraction
from math import exp, log, sqrt

import pytest
from attrs import evolve

from expected.drawn import drawn, takes, uniform
from tthc_flow.expected.expectation import Asked, expectation
from tthc_flow.expected.known import Barrier, Why
from tthc_flow.model.chance import Chance, Spread
from tthc_flow.model.flow import Event, EventPosition, Flow, SubProcess, Trigger
from tthc_flow.model.procedure import Procedure, TotalTime
from tthc_flow.model.step import Loop, Step
from tthc_flow.units import Duration

CLOSE = 0.002


def looked_at(flow, given, limit=None):
    duration = None if limit is None else Duration(amount=Fraction(limit, 60), unit="hour")
    return expectation(Procedure(flow=flow), Asked(given=given, limit=duration))


def times(flow, given, limit=None):
    found = looked_at(flow, given, limit)
    assert (found.needs, found.barriers) == ((), ())
    return found.times


def test_fixed_times_in_a_row_add_up():
    found = times(drawn("a b c"), takes(a=60, b=30, c=15), limit=104)
    assert (found.mean, found.deviation) == (105, 0)
    assert (found.p50, found.p90, found.p99, found.late) == (105, 105, 105, 1)
    assert times(drawn("a b c"), takes(a=60, b=30, c=15), limit=105).late == 0


def test_one_exponential_time():
    found = times(drawn("a"), takes(a="40"), limit=40)
    assert (found.mean, found.deviation) == pytest.approx((40, 40), rel=1e-9)
    wanted = [40 * log(each) for each in (2, 10, 100)]
    assert [found.p50, found.p90, found.p99] == pytest.approx(wanted, rel=CLOSE)
    assert found.late == pytest.approx(exp(-1), abs=CLOSE)


def test_two_uniform_times_in_a_row_are_a_triangle():
    found = times(drawn("a b"), takes(a=uniform(0, 10), b=uniform(0, 10)), limit=15)
    wanted = [10, 20 - sqrt(20), 20 - sqrt(2)]
    assert [found.p50, found.p90, found.p99] == pytest.approx(wanted, rel=CLOSE)
    assert found.late == pytest.approx(1 / 8, abs=CLOSE)


def test_a_mixture_has_the_quantiles_of_its_parts():
    flow = drawn("s x a y", "x b y", xa="1/5")
    found = times(flow, takes(s=10, a=1000, b=20, y=0), limit=100)
    assert (found.mean, found.late) == (pytest.approx(226), pytest.approx(0.2))
    assert (found.p50, found.p90, found.p99) == (30, 1010, 1010)


def test_a_loop_is_geometric():
    flow = drawn("s xa a xb e", "xb xa", xbxa="3/4")
    found = times(flow, takes(s=0, a=10, e=0), limit=40)
    assert found.mean == pytest.approx(40)
    assert found.deviation == pytest.approx(sqrt(12) * 10)
    assert (found.p50, found.p90) == (30, 90)
    assert found.late == pytest.approx(0.75**4)
    # As many exponential times as a geometric number says are one exponential time.
    found = times(flow, takes(s=0, a="10", e=0))
    assert found.p99 == pytest.approx(40 * log(100), rel=CLOSE)


def test_the_later_of_two_exponential_times():
    flow = drawn("s pa a pb e", "pa b pb")
    found = times(flow, takes(s=0, a="40", b="60", e=0))
    assert found.mean == pytest.approx(40 + 60 - 1 / (1 / 40 + 1 / 60), rel=1e-6)
    square = 2 * 40**2 + 2 * 60**2 - 2 * 24**2
    assert found.deviation == pytest.approx(sqrt(square - 76**2), rel=1e-4)
    shares = [(1 - exp(-each / 40)) * (1 - exp(-each / 60)) for each in (found.p50, found.p90)]
    assert shares == pytest.approx([0.5, 0.9], abs=CLOSE)


def test_the_latest_of_many_uniform_times():
    flow = drawn(*(f"s pa a{n} pb e" for n in range(5)))
    flow = evolve(flow, edges=tuple({edge.id: edge for edge in flow.edges}.values()))
    found = times(flow, takes(s=0, e=0, **{f"a{n}": uniform(0, 60) for n in range(5)}))
    assert found.mean == pytest.approx(50, rel=1e-4)
    assert found.p50 == pytest.approx(60 * 0.5**0.2, rel=CLOSE)


def test_a_choice_of_any_shape_needs_no_block():
    # x1 and x2 cross each other: no tree of blocks, one token.
    flow = drawn(
        "s x1 a x2 b e", "x1 b", "x2 c e", "c x1",
        x1a="1/2", x2b="1/2", ce="1/2", cx1="1/2",
    )  # fmt: skip
    edges = (evolve(e, share=None) if e.id == "x1b" else e for e in flow.edges)
    flow = evolve(flow, edges=tuple(edges))
    given = takes(s=0, a=10, b=20, c=30, e=0)
    steps = (evolve(n, default="ce") if n.id == "c" else n for n in flow.nodes)
    edges = (evolve(e, condition="lại" if e.id == "cx1" else None) for e in flow.edges)
    flow = evolve(flow, nodes=tuple(steps), edges=tuple(edges))
    # M = ½·20 + ½·(10 + ½·20 + ½·(30 + ½·M)), from x1 on.
    assert times(flow, given).mean == pytest.approx(27.5 / (1 - 1 / 8))


def test_ends_of_parallel_ways_wait_for_each_other():
    assert times(drawn("s a", "s b"), takes(s=5, a=10, b=30)).mean == pytest.approx(35)


@pytest.mark.parametrize(
    ("loop", "mean", "p50"),
    [
        (Loop(multi_instance=False, times="3"), 30, 10 * 2.674),
        (Loop(multi_instance=True, sequential=True, times="3"), 30, 10 * 2.674),
        (Loop(multi_instance=True, times="3"), 10 * (1 + 1 / 2 + 1 / 3), 10 * 1.5784),
        (Loop(multi_instance=True, times="0"), 0, 0),
    ],
)
def test_rounds_in_a_row_and_at_once(loop, mean, p50):
    flow = drawn("a", nodes=(Step(id="a", name="A", loop=loop),))
    found = times(flow, takes(a="10"))
    assert found.mean == pytest.approx(mean, rel=1e-6)
    assert found.p50 == pytest.approx(p50, rel=CLOSE, abs=1e-9)


def test_a_sub_process_is_over_when_all_in_it_is():
    box = SubProcess(id="box", loop=Loop(multi_instance=False, times="2"))
    start = Event(id="b0", position=EventPosition.START, scope="box")
    inside = [Step(id=each, name=each, scope="box") for each in ("i", "j")]
    flow = drawn("s box e", nodes=(box, start, *inside))
    ways = drawn("b0 i", "b0 j").edges
    flow = evolve(flow, edges=(*flow.edges, *(evolve(way, scope="box") for way in ways)))
    assert times(flow, takes(s=1, i=10, j=25, e=2)).mean == pytest.approx(53)


def test_a_sub_process_after_the_grant_is_none_of_the_applicants_time():
    box = SubProcess(id="box", outside_clock=True)
    inside = Step(id="i", name="I", scope="box")
    flow = drawn("s box", nodes=(box, inside))
    assert times(flow, takes(s=60, i=600)).mean == 60


def test_the_declared_total_is_the_limit_where_none_is_given():
    total = TotalTime(duration=Duration(amount=1, unit="working_day"))
    procedure = Procedure(flow=drawn("a"), total_time=total)
    found = expectation(procedure, Asked(given=takes(a="480"))).times
    assert (found.limit, found.late) == (480, pytest.approx(exp(-1), abs=CLOSE))
    assert times(drawn("a"), takes(a="480")).late is None


def test_no_time_at_all():
    found = times(drawn("a b"), takes(a=0, b=0), limit=0)
    assert (found.mean, found.p50, found.p99, found.late) == (0, 0, 0, 0)


def test_a_flow_without_elements_is_over_at_once():
    empty = Flow(id="p")
    found = looked_at(empty, takes())
    assert (found.times.mean, found.effort.minutes) == (0, 0)


def test_a_heavy_tail_is_followed():
    heavy = Chance(spread=Spread.LOGNORMAL, mean=100, deviation=400)
    found = times(drawn("a"), takes(a=heavy))
    sigma = sqrt(log(17))
    middle = log(100) - sigma**2 / 2
    wanted = [exp(middle + sigma * each) for each in (0, 1.2815516, 2.3263479)]
    assert [found.p50, found.p90, found.p99] == pytest.approx(wanted, rel=CLOSE)
    assert found.mean == pytest.approx(100)


@pytest.mark.parametrize(
    ("flow", "given", "barrier"),
    [
        (
            drawn("a", nodes=(Step(id="a", name="A", loop=Loop(multi_instance=False)),)),
            evolve(takes(a=1), rounds={"a": 2}),
            Barrier("a", Why.MEAN_ROUNDS),
        ),
        (
            drawn("s p1 a p2 b p3 e", "p1 c p4 d p3", "p2 p4"),
            takes(s=0, a=1, b=1, c=1, d=1, e=0),
            Barrier("p1", Why.TANGLE),
        ),
    ],
)
def test_what_has_no_tree_is_refused_by_name(flow, given, barrier):
    found = looked_at(flow, given)
    assert found.times is None
    assert found.barriers == (barrier,)
    assert found.passing.comes  # the means are known all the same
    assert found.effort.minutes is not None


def test_a_boundary_event_that_happens_is_refused_and_one_that_never_does_is_none():
    guard = Event(id="t", position=EventPosition.BOUNDARY, trigger=Trigger.TIMER, attached_to="a")
    flow = drawn("s a e", "t b", nodes=(guard,))
    given = evolve(takes(s=1, a=2, e=3, b=100), shares={"t": Fraction(1, 5)})
    assert looked_at(flow, given).barriers == (Barrier("t", Why.HAPPENING),)
    assert times(flow, evolve(given, shares={"t": 0})).mean == 6


def test_a_step_that_no_dossier_comes_to_needs_no_time():
    flow = drawn("s x a", "x b", xa="1")
    assert times(flow, takes(s=1, a=2)).mean == 3


def test_what_a_grid_cannot_resolve_says_by_how_much():
    # Most are done within what is a few steps of the finest grid, some take thousands of years.
    flow = drawn("s x a", "x b", xa="1/4")
    found = times(flow, takes(s=uniform(0, 200_000), a=uniform(0, 10**9), b=0))
    assert found.error > 0.005
    assert found.p50 == pytest.approx(400_000 / 3, rel=found.error)
