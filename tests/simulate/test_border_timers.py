"""Timers at borders: who ends at the very moment is in time; a stated share says nothing."""

from __future__ import annotations

import pytest
from attrs import evolve

from by_hand import drawn, procedure_of
from simulate.alone import met
from simulate.by_program import of
from simulate.kernels import BOTH
from tthc_flow.expected.known import Given
from tthc_flow.model.actor import Performer, Role
from tthc_flow.model.chance import Chance, Spread
from tthc_flow.model.flow import Event, EventPosition, Flow, SubProcess, Trigger
from tthc_flow.model.step import Step
from tthc_flow.report.simulation.record import of_simulation
from tthc_flow.simulation.clock import clock_of_spans
from tthc_flow.simulation.fast import run_fast
from tthc_flow.simulation.flatten import flatten
from tthc_flow.simulation.plain import run_plainly
from tthc_flow.simulation.program import Crowd, Program, Wait
from tthc_flow.simulation.scenario import Scenario, Stream, Timed
from tthc_flow.simulation.tally import Length, Metric
from tthc_flow.verbs.simulate import simulate

TWO = Length(cases=2, warm=0, batches=2)
OFFICE = clock_of_spans([(480, 720), (780, 1020)], 1440)
OFFICER = Performer(name="Chuyên viên", role=Role.OFFICER)


def border(host: str = "a", name: str = "late", *, interrupting: bool = True) -> Event:
    return Event(
        id=name, position=EventPosition.BOUNDARY, trigger=Trigger.TIMER, attached_to=host,
        interrupting=interrupting,
    )  # fmt: skip


def office(
    flow: Flow, times: dict[str, float], timers: dict[str, float], *, people: int = 2,
    wall: bool = False,
) -> Program:  # fmt: skip
    """Return one pool for all steps but waits; at the wall clock where *wall*."""
    clock = 0 if wall else -1
    stream = Stream(
        name="p",
        flow=flow,
        times={each: Chance.fixed(minutes) for each, minutes in times.items()},
        who={each: 0 for each in times if not each.startswith("catch")},
        waits={each: Wait.OTHER for each in times if each.startswith("catch")},
        clock_of=dict.fromkeys(times, clock),
        timers={each: Timed(minutes=minutes, clock=clock) for each, minutes in timers.items()},
        trace=(500.1, 5000.7),
    )
    return flatten(
        Scenario(
            streams=(stream,), crowds=(Crowd(name="A", people=people, clock=clock),),
            clocks=(OFFICE,) if wall else (), worked=not wall,
        )
    )  # fmt: skip


def minutes_of(run, program):
    tally = run(program, 1, TWO)
    return [pytest.approx(of(tally, each).mean) for each in (Metric.CYCLE, Metric.WORK)]


@pytest.mark.parametrize("wall", [False, True])
@pytest.mark.parametrize("interrupting", [False, True])
@pytest.mark.parametrize("run", BOTH)
def test_a_step_that_ends_as_its_timer_goes_off_is_in_time(run, interrupting, wall):
    """Of 24, 25 and 26 minutes only the last are later than the timer of 25."""
    flow = drawn("s > a > e; late > b > e_late", border(interrupting=interrupting))
    for minutes, cycle, work in (
        (24, 24, 24),
        (25, 25, 25),
        (26, 30, 30) if interrupting else (26, 30, 31),
    ):
        program = office(flow, {"a": minutes, "b": 5}, {"late": 25}, wall=wall)
        assert minutes_of(run, program) == [cycle, work]


@pytest.mark.parametrize("run", BOTH)
def test_all_that_ends_at_the_moment_is_in_time_in_a_sub_process_too(run):
    """Two branches and a wait behind a step, all over after 30 minutes; the timer is of 30."""
    flow = drawn(
        "s > sub > e; late > b > e_late;"
        "s_in > and1; and1 > i > catch1 > and2; and1 > j > and2; and2 > e_in",
        SubProcess(id="sub"), border("sub"),
        Event(id="e_in", position=EventPosition.END),
        Event(id="s_in", position=EventPosition.START),
    )  # fmt: skip
    inner = {"s_in", "and1", "i", "catch1", "j", "and2", "e_in"}
    nodes = tuple(evolve(n, scope="sub") if n.id in inner else n for n in flow.nodes)
    flow = evolve(flow, nodes=nodes)
    times = {"i": 10, "catch1": 20, "j": 30, "b": 5}
    assert minutes_of(run, office(flow, times, {"late": 30})) == [30, 40]
    assert minutes_of(run, office(flow, times, {"late": 29})) == [34, 10 + 29 + 5]


def test_work_begun_at_the_moment_is_not_done_in_time():
    """One person: b lasts until the timer of c goes off; c begins as it does, and is broken off."""
    flow = drawn(
        "s > and1; and1 > b > and2; and1 > c > xor1; xor1 > and2 > e; late > xor1", border("c")
    )
    program = office(flow, {"b": 25, "c": 1}, {"late": 25}, people=1)
    plain, fast = (run(program, 1, TWO, log=True) for run in (run_plainly, run_fast))
    assert plain.log == fast.log
    assert len(plain.log) == 4  # two visits of each case
    for tally in (plain, fast):
        assert of(tally, Metric.WORK).mean == of(tally, Metric.CYCLE).mean == pytest.approx(25)


def timed() -> Flow:
    step = Step(id="a", name="Thẩm định", performer=OFFICER)
    late = evolve(border(), name="Quá giờ")
    return drawn("s > a > e; late > e_late", step, late)


@pytest.mark.parametrize(
    ("lang", "told"), [("vi", "Hẹn giờ “Quá giờ”"), ("en", "Timers “Quá giờ”")]
)
def test_a_stated_share_of_a_timer_whose_time_is_known_is_told_not_to_count(lang, told):
    given = {
        "times": {"a": "1 giờ làm việc", "late": "2 giờ làm việc"},
        "people": {"Chuyên viên": 5}, "arrivals": 100, "cases": 100,
    }  # fmt: skip

    def notes(**more: object) -> str:
        return " ".join(
            of_simulation(simulate(procedure_of(timed()), **given, **more), lang)["notes"]
        )

    assert told in notes(shares={"late": "0.3"})
    assert told not in notes()
    assert told in notes(shares={"late": 1}, moves={"a": "Chuyên viên"})


def test_a_share_of_nought_leaves_the_timer_out():
    given = {
        "times": {"a": "3 giờ làm việc", "late": "2 giờ làm việc"},
        "people": {"Chuyên viên": None}, "arrivals": 100, "cases": 100,
    }  # fmt: skip
    usual, without = (
        simulate(procedure_of(timed()), **given, shares=shares) for shares in ({}, {"late": 0})
    )
    means = [each.before.cases[0].means[Metric.CYCLE].mean for each in (usual, without)]
    assert means == [pytest.approx(120), pytest.approx(180)]


def test_both_rooms_say_the_same_of_times_that_are_those_of_the_timer():
    """Always 118 minutes: no timer of 118 goes off. Of five seen times two are above 118."""
    flow = drawn("s > a > xor1 > e; late > b > xor1", Step(id="a", name="A", performer=OFFICER),
                 Step(id="b", name="B", performer=OFFICER), border())  # fmt: skip
    seen = Chance(spread=Spread.EMPIRICAL, values=(30, 40, 118, 200, 480))
    for chance, late, mean in (
        (Chance.fixed(118), 0.0, 118.0),
        (Chance.fixed(119), 1.0, 128.0),
        (seen, 0.4, (30 + 40 + 118 + 128 + 128) / 5),
    ):
        times = {"a": chance, "b": Chance.fixed(10), "late": Chance.fixed(118)}
        both = met(procedure_of(flow), Given(times=times), 0)
        assert both.exact.passing.done["b"] == pytest.approx(late)
        assert both.exact.times.mean == pytest.approx(mean)
        for run in (run_plainly, run_fast):
            tally = run(both.program, 1, Length(cases=4_000))
            (late_step,) = (n for n, e in enumerate(both.program.instructions) if e.node == "b")
            visits = tally.steps[late_step].visits / 4_000
            assert visits == pytest.approx(late, abs=0.03)  # four standard errors
            assert of(tally, Metric.CYCLE).mean == pytest.approx(mean, rel=0.03)
