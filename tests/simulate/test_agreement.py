"""The two kernels lead every case the same way, visit by visit, to the last bit."""

from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from by_hand import drawn
from licence_office import each_with_own_hours, exponential, licence_office, shares_of, steady
from tthc_flow.model.chance import Chance
from tthc_flow.model.flow import Event, EventPosition, Flow, Outcome, SubProcess, Trigger
from tthc_flow.model.step import Loop, Step
from tthc_flow.simulation.clock import clock_of_spans
from tthc_flow.simulation.fast import run_fast
from tthc_flow.simulation.flatten import flatten
from tthc_flow.simulation.plain import run_plainly
from tthc_flow.simulation.program import Batch, Crowd, Limit, Wait
from tthc_flow.simulation.scenario import Scenario, Stream, Timed
from tthc_flow.simulation.tally import Length

LENGTH = Length(cases=2_000, warm=100)
MORNING = clock_of_spans([(480, 720)], 1440)
OFFICE = clock_of_spans([(480, 720), (780, 1020)], 1440)


def agree(scenario: Scenario, length: Length = LENGTH, seed: int = 1) -> None:
    """Assert that both kernels write the same log and come to the same sums."""
    program = flatten(scenario)
    plain = run_plainly(program, seed, length, log=True)
    fast = run_fast(program, seed, length, log=True)
    assert fast.log == plain.log
    assert len(plain.log) > length.cases
    without = run_plainly(program, seed, length)
    for one in (fast, run_fast(program, seed, length), without):
        assert one.counts == plain.counts
        assert [step.visits for step in one.steps] == [step.visits for step in plain.steps]
        flat, same = ([v for e in t.sums for b in e for v in b] for t in (one, plain))
        assert flat == pytest.approx(same, rel=1e-9, abs=1e-6)
        assert one.area == pytest.approx(plain.area)
        assert (one.events, one.window, one.last) == (plain.events, plain.window, plain.last)


def with_stream(scenario: Scenario, **changes: object) -> Scenario:
    (stream,) = scenario.streams
    return evolve(scenario, streams=(evolve(stream, **changes),))


def test_the_licence_office():
    agree(licence_office())


def test_the_licence_office_by_the_wall_clock():
    agree(each_with_own_hours(licence_office()))


def test_worked_time_is_the_wall_clock_converted():
    """One calendar for all: counted in worked minutes or in all minutes, it is the same office."""
    inside, outside = (
        run_plainly(flatten(each), 1, LENGTH)
        for each in (licence_office(), each_with_own_hours(licence_office()))
    )
    assert [b for e in inside.sums for row in e for b in row] == pytest.approx(
        [b for e in outside.sums for row in e for b in row], rel=1e-6, abs=1e-3
    )


def test_several_calendars_people_with_other_work_and_prices():
    scenario = each_with_own_hours(licence_office())
    crowds = tuple(
        evolve(each, clock=n % 3, stretch=1 + n / 10, rate=1000.0 + n)
        for n, each in enumerate(scenario.crowds)
    )
    crowds = tuple(evolve(each, people=each.people * 3) for each in crowds)
    agree(evolve(scenario, crowds=crowds, clocks=(scenario.clocks[0], MORNING, OFFICE)))


def test_what_happens_at_the_same_moment():
    """Fixed times, one pool for all, cases that come together: order is all that decides."""
    scenario = licence_office()
    (stream,) = scenario.streams
    changed = with_stream(
        evolve(scenario, crowds=(Crowd(name="all", people=3),)),
        times=dict.fromkeys(stream.times, Chance.fixed(10)),
        who=dict.fromkeys(stream.who, 0),
        rate=None,
        trace=tuple(float(n // 3 * 100) for n in range(900)),
        levels={"inspect": 1},
    )
    agree(changed, Length(cases=900, warm=30))


def test_ranks_and_batches():
    changes = {
        "levels": {"draft": 1, "inspect": 2},
        "batches": {"sign": Batch(every=240), "stamp": Batch(every=480, size=3)},
    }
    agree(with_stream(licence_office(), **changes))
    agree(with_stream(each_with_own_hours(licence_office()), **changes))


def test_two_procedures_share_their_people():
    scenario = licence_office()
    (one,) = scenario.streams
    other = evolve(one, name="renewal", rate=steady(300), levels=dict.fromkeys(one.who, 1))
    trace = evolve(one, name="appeal", rate=None, trace=tuple(float(n * 777) for n in range(3000)))
    crowds = tuple(evolve(each, people=each.people * 2) for each in scenario.crowds)
    scenario = evolve(scenario, streams=(other, one, trace), crowds=crowds)
    agree(scenario)


def guarded_flow() -> Flow:
    """Return a sub-process and a step with timers at their borders, an error and a terminate."""
    border = {"position": EventPosition.BOUNDARY, "trigger": Trigger.TIMER}
    flow = drawn(
        "s > a > sub > b > e; remind > note > e_note; late > c > e_late; wrong > d > e_wrong;"
        "s_in > and1; and1 > i > and2; and1 > j > xor1; xor1 > and2; xor1 > e_error; "
        "and1 > k > xor2; xor2 > term_in; xor2 > and2; and2 > e_in",
        SubProcess(id="sub"),
        Event(id="remind", attached_to="a", interrupting=False, **border),
        Event(id="late", attached_to="sub", interrupting=True, **border),
        Event(
            id="wrong", position=EventPosition.BOUNDARY, trigger=Trigger.ERROR, attached_to="sub"
        ),
        Event(id="e_error", position=EventPosition.END, trigger=Trigger.ERROR, scope="sub"),
        Event(id="e_note", position=EventPosition.END),
        Event(id="e_late", position=EventPosition.END, outcome=Outcome.REFUSE),
        Event(id="e_wrong", position=EventPosition.END),
        Event(id="term_in", position=EventPosition.END, trigger=Trigger.TERMINATE),
        Event(id="e_in", position=EventPosition.END),
        Event(id="s_in", position=EventPosition.START),
        Step(id="a", name="a", loop=Loop(multi_instance=True, times="2")),
        Step(id="b", name="b", loop=Loop(multi_instance=True, sequential=True, times="3")),
    )
    inner = {"s_in", "and1", "i", "and2", "j", "xor1", "k", "xor2", "term_in", "e_in", "e_error"}
    nodes = tuple(evolve(n, scope="sub") if n.id in inner else n for n in flow.nodes)
    return evolve(flow, nodes=nodes)


def guarded() -> Scenario:
    """Return the office of that flow: two pools of two people."""
    flow = guarded_flow()
    steps = "abcdijk"
    stream = Stream(
        name="guarded",
        flow=flow,
        times={**{each: exponential(10) for each in steps}, "note": Chance.fixed(1)},
        who={each: n % 2 for n, each in enumerate(steps)},
        waits={"note": Wait.OTHER},
        timers={"remind": Timed(minutes=40, clock=-1), "late": Timed(minutes=90, clock=-1)},
        paused=frozenset({"j"}),
        shares=shares_of(
            flow,
            {("xor1", "and2"): "0.9", ("xor1", "e_error"): "0.1",
             ("xor2", "and2"): "0.8", ("xor2", "term_in"): "0.2"},
        ),
        rate=steady(60),
        limit=Limit(minutes=100),
    )  # fmt: skip
    return Scenario(
        streams=(stream,), crowds=(Crowd(name="A", people=2), Crowd(name="B", people=2))
    )


def test_timers_errors_and_terminate_cut_work_off():
    agree(guarded())


def test_what_is_cut_off_by_the_wall_clock():
    scenario = guarded()
    crowds = tuple(evolve(each, clock=n, people=20) for n, each in enumerate(scenario.crowds))
    agree(evolve(scenario, crowds=crowds, clocks=(OFFICE, MORNING), worked=False))


@settings(max_examples=15, deadline=None)
@given(
    people=st.lists(st.integers(1, 4), min_size=8, max_size=8),
    gap=st.integers(20, 200),
    seed=st.integers(0, 2**63),
    supplement=st.integers(0, 60),
)
def test_any_office(people, gap, seed, supplement):
    scenario = licence_office()
    crowds = tuple(
        evolve(each, people=count) for each, count in zip(scenario.crowds, people, strict=True)
    )
    flow = scenario.streams[0].flow
    again = shares_of(flow, {("xor1", "supplement"): f"{supplement}/100"})
    on = shares_of(flow, {("xor1", "assign"): f"{100 - supplement}/100"})
    shares = {**scenario.streams[0].shares, **again, **on}
    assert sum(again.values()) + sum(on.values()) == Fraction(1)
    changed = with_stream(evolve(scenario, crowds=crowds), rate=steady(gap), shares=shares)
    agree(changed, Length(cases=200, warm=10), seed)
