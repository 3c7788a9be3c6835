"""Turns and joins known beforehand come out as those that are waited for; arrays grow in time.

A scope that nobody enters, with a timer at its border, changes no case; but with it work might be
broken off, so that nothing is known beforehand: each kernel then leads cases in its other way.
"""

from __future__ import annotations

import pytest
from attrs import astuple, evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from by_hand import drawn
from licence_office import each_with_own_hours, licence_office, steady
from simulate.by_program import of
from simulate.kernels import BOTH
from tthc_flow.model.chance import Chance
from tthc_flow.model.flow import Event, EventPosition, Trigger
from tthc_flow.simulation.clock import clock_of_spans
from tthc_flow.simulation.fast import run_fast
from tthc_flow.simulation.fast_state import state_of
from tthc_flow.simulation.flatten import flatten
from tthc_flow.simulation.plain import run_plainly
from tthc_flow.simulation.program import Batch, Crowd, Guard, Program, Scope
from tthc_flow.simulation.scenario import Scenario, Stream, Timed
from tthc_flow.simulation.tally import Length, Metric, Tally

MORNING = clock_of_spans([(480, 720)], 1440)


def office(flow, times, trace, *, people=1, wall=False, **more):
    """Return one pool for all steps, on a clock of its own where *wall*."""
    stream = Stream(
        name="p", flow=flow, times={each: Chance.fixed(n) for each, n in times.items()},
        who=dict.fromkeys(times, 0), trace=trace, **more,
    )  # fmt: skip
    crowds = (Crowd(name="A", people=people, clock=0 if wall else -1),)
    clocks = (MORNING,) if wall else ()
    return flatten(Scenario(streams=(stream,), crowds=crowds, clocks=clocks, worked=not wall))


def unforeseen(program: Program) -> Program:
    """Return *program* with a scope that nobody enters, so that nobody knows their turn."""
    never = Scope(around=0, leaves=0, guards=(Guard(minutes=1, target=0),))
    return evolve(program, scopes=(*program.scopes, never))


def visits(tally: Tally) -> list[tuple[float, ...]]:
    """Return all visits in order of case and place: who knows a turn notes it sooner."""
    return sorted(map(astuple, tally.log))


def turns(run, program, cases):
    tally = run(program, 1, Length(cases=cases, warm=0, batches=2), log=True)
    return [(each.ready, each.begun, each.done) for each in sorted(tally.log, key=lambda v: v.case)]


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("run", BOTH)
def test_who_is_free_first_takes_who_came_first(run, known):
    """Two people, 30 minutes each: the third begins when the first is done, and so on."""
    program = office(drawn("s > a > e"), {"a": 30}, (0.0, 10.0, 20.0, 25.0, 200.0), people=2)
    assert program.foreseen == (True,)
    assert unforeseen(program).foreseen == (False,)
    assert turns(run, program if known else unforeseen(program), 5) == [
        (0, 0, 30), (10, 10, 40), (20, 30, 60), (25, 40, 70), (200, 200, 230),
    ]  # fmt: skip


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("run", BOTH)
def test_a_turn_after_hours_begins_when_they_open_next(run, known):
    """Open 8:00 to 12:00: the first takes the last 20 minutes and 10 more of the next morning.

    The third comes when they are closed, and idle: it is taken up when they open.
    """
    program = office(drawn("s > a > e"), {"a": 30}, (700.0, 710.0, 2240.0), wall=True)
    assert turns(run, program if known else unforeseen(program), 3) == [
        (700, 700, 1440 + 490), (710, 1440 + 490, 1440 + 520),
        (2240, 2 * 1440 + 480, 2 * 1440 + 510),
    ]  # fmt: skip


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("run", BOTH)
def test_a_join_goes_on_with_its_latest_branch_whichever_is_known_first(run, known):
    """One person does b, then c, then f; b is known to end before anybody knows of c."""
    flow = drawn("s > and1; and1 > b > and2; and1 > c > and2; and1 > d > and2; and2 > f > e")
    times = {"b": 50, "c": 7, "d": 20, "f": 5}
    for people, done in ((1, 82), (2, 55), (3, 55)):
        program = office(flow, times, (0.0, 1000.0), people=people)
        found = turns(run, program if known else unforeseen(program), 2)
        assert max(each[2] for each in found[:4]) == done
        assert [each for each in found if each[2] - each[1] == 5] == [
            (done - 5, done - 5, done), (995 + done, 995 + done, 1000 + done),
        ]  # fmt: skip


def alike(program: Program, cases: int, seed: int) -> None:
    """Assert that both kernels, knowing turns beforehand and not, lead each case the same way."""
    length, other = Length(cases=cases, warm=cases // 10, batches=2), unforeseen(program)
    assert any(program.foreseen)
    assert not any(other.foreseen)
    first, *others = (
        run(each, seed, length, log=True)
        for run in (run_plainly, run_fast)
        for each in (program, other)
    )
    for tally in others:
        assert visits(tally) == visits(first)
        assert tally.counts == first.counts
        assert tally.area == pytest.approx(first.area)
        for one, same in zip(tally.sums[0], first.sums[0], strict=True):
            assert one == pytest.approx(same, rel=1e-9, abs=1e-6)


@settings(max_examples=10, deadline=None)
@given(
    people=st.lists(st.integers(1, 4), min_size=8, max_size=8),
    gap=st.integers(20, 200),
    every=st.sampled_from([0, 45, 480]),
    wall=st.booleans(),
    seed=st.integers(0, 2**63),
)
def test_nobody_fares_better_for_knowing_their_turn(people, gap, every, wall, seed):
    scenario = licence_office()
    crowds = tuple(
        evolve(each, people=count) for each, count in zip(scenario.crowds, people, strict=True)
    )
    (stream,) = scenario.streams
    batches = {"sign": Batch(every=every)} if every else {}
    stream = evolve(stream, rate=steady(gap), batches=batches)
    scenario = evolve(scenario, crowds=crowds, streams=(stream,))
    alike(flatten(each_with_own_hours(scenario) if wall else scenario), 150, seed)


@pytest.mark.parametrize("known", [True, False])
def test_a_batch_of_thousands_needs_more_rows_than_there_were(known):
    """3,000 dossiers wait for one moment; each is then worked on for a minute by itself."""
    cases = 3_000
    trace = tuple(float(n) for n in range(cases))
    flow = drawn("s > a > and1; and1 > b > and2; and1 > c > and2; and2 > e")
    program = office(
        flow, {"a": 1, "b": 2, "c": 3}, trace, people=10_000,
        batches={"a": Batch(every=5_000)},
    )  # fmt: skip
    program = program if known else unforeseen(program)
    length = Length(cases=cases, warm=0, batches=2)
    assert len(state_of(program, length, log=True).tokens) < cases
    plain, fast = (run(program, 1, length, log=True) for run in (run_plainly, run_fast))
    assert visits(fast) == visits(plain)
    assert len(fast.log) == 3 * cases
    for tally in (plain, fast, run_fast(program, 1, length)):
        assert of(tally, Metric.BATCH).mean == pytest.approx(5_000 - (cases - 1) / 2)
        assert of(tally, Metric.CYCLE).mean == pytest.approx(5_004 - (cases - 1) / 2)
        assert {span for _, _, span in tally.sample} <= {5_004.0 - n for n in range(cases)}


def test_timers_of_thousands_of_cases_need_more_rows_too():
    """All cases are inside at once, each with its timer; each is broken off at its own moment."""
    cases = 3_000
    late = Event(id="late", position=EventPosition.BOUNDARY, trigger=Trigger.TIMER, attached_to="a")
    program = office(
        drawn("s > a > e; late > e_late", late), {"a": 9_000}, tuple(n / 4 for n in range(cases)),
        people=10_000, timers={"late": Timed(minutes=1_000, clock=-1)},
    )  # fmt: skip
    length = Length(cases=cases, warm=0, batches=2)
    assert len(state_of(program, length, log=True).notes) < cases
    plain, fast = (run(program, 1, length, log=True) for run in (run_plainly, run_fast))
    assert fast.log == plain.log
    assert len(fast.log) == cases
    for tally in (plain, fast, run_fast(program, 1, length)):
        assert of(tally, Metric.CYCLE).mean == of(tally, Metric.WORK).mean == 1_000
