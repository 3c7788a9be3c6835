"""What a log leaves unclear is told by name, and becomes no number."""

from __future__ import annotations

from datetime import timedelta

import pytest
from attrs import evolve

from by_hand import drawn, procedure_of
from calibrate.test_broken_logs import CHECKS, CLEAN, WHOLE, count, each, of, told
from tthc_flow.calibration.event import Case, LogEvent, Transition
from tthc_flow.model.step import Step


def test_a_stop_that_has_no_length_leaves_the_work_unknown():
    stopped = each(
        lambda e: (
            evolve(e, waiting=frozenset({"clock"}))
            if (e.name, e.transition) == ("check", Transition.COMPLETE)
            else e
        )
    )
    found = told(stopped)
    assert count(found, "log-waiting-without-length") == CHECKS
    assert next(s for s in found.steps if s.element == "check").handling is None


def test_a_stop_with_its_length_is_taken_off_the_work():
    def stops(case: Case) -> Case:
        start, end = (
            next(e for e in case.events if (e.name, e.transition) == ("decide", kind))
            for kind in (Transition.START, Transition.COMPLETE)
        )
        half = start.at + (end.at - start.at) / 2
        suspended = evolve(start, transition=Transition.SUSPEND, at=half)
        resumed = evolve(start, transition=Transition.RESUME, at=end.at)
        return evolve(case, events=(*case.events, suspended, resumed))

    found = told(map(stops, WHOLE))
    (decide,) = [step for step in found.steps if step.element == "decide"]
    (whole,) = [step for step in CLEAN.steps if step.element == "decide"]
    assert decide.waits["suspended"] > 0
    worked = decide.mean.value * decide.timed + decide.waits["suspended"]
    assert worked == pytest.approx(whole.mean.value * whole.timed)


def test_a_log_that_begins_every_task_when_it_comes_up_is_doubted():
    at_once = each(lambda e: None if e.transition is Transition.SCHEDULE else e)
    starts = [
        evolve(c, events=tuple(
            each for e in c.events for each in (
                (evolve(e, transition=Transition.SCHEDULE), e)
                if e.transition is Transition.START else (e,))
        ))
        for c in at_once
    ]  # fmt: skip
    assert of(told(starts), "log-start-is-arrival").element is not None


def test_tasks_begun_together_by_one_person_are_a_batch():
    monday = next(e.at for e in WHOLE[0].events).replace(hour=15, minute=0)
    cases = [
        Case(
            id=f"B{number}",
            events=tuple(
                LogEvent(
                    case=f"B{number}", activity="a", transition=kind, at=at, resource="chị Hoa"
                )
                for kind, at in (
                    (Transition.SCHEDULE, monday - timedelta(minutes=30 + number)),
                    (Transition.START, monday),
                    (Transition.COMPLETE, monday + timedelta(minutes=5)),
                )
            ),
        )
        for number in range(4)
    ]
    (step,) = told(cases, procedure_of(drawn("s > a > e"))).steps
    assert step.waits["batch"] == 4 * 30 + 0 + 1 + 2 + 3
    assert step.waits.get("queue", 0) == 0


def test_ways_that_begin_alike_get_no_share():
    flow = drawn("s > a > xor1; xor1 > xor2; xor1 > xor3; xor3 > xor2; xor2 > b > e")
    events = tuple(
        LogEvent(
            case="1", activity=name, at=next(e.at for e in WHOLE[0].events) + timedelta(minutes=n)
        )
        for n, name in enumerate("ab")
    )
    found = told([Case(id="1", events=events)], procedure_of(flow))
    assert of(found, "log-branch-ambiguous").element == "xor1"
    assert found.ways == ()


def test_a_step_that_is_never_done_is_told_and_passed_over():
    flow = drawn("s > receive > b > e", Step(id="b", name="Vào sổ"))
    cases = each(lambda e: e if e.name == "receive" else None)
    found = told(cases, procedure_of(flow))
    assert of(found, "log-never-done").name == "Vào sổ"
    assert found.conformance.ended == 0
