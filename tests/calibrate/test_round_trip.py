"""What the engine writes is read back: its history, its XES and its table tell the same."""

from __future__ import annotations

from datetime import timedelta

import pytest
from attrs import evolve

from dossiers.licence import LICENCE, told
from dossiers.random_run import PEOPLE
from dossiers.small import engine_with
from tthc_flow.calendars.calendar import Calendar
from tthc_flow.calibration.doubts import Doubts
from tthc_flow.calibration.event import Transition
from tthc_flow.calibration.logs import read_log
from tthc_flow.report.event_table import write_table
from tthc_flow.report.xes import write_xes
from tthc_flow.verbs.calibrate import HISTORY, calibrate
from tthc_flow.verbs.log_rows import cases_of

CALENDAR = Calendar.load(2026)


@pytest.fixture(scope="module")
def rows():
    engine, _, _ = told()
    with engine:
        return list(engine.audit.log())


@pytest.fixture(params=["a.xes", "a.xes.gz", "a.csv", "a.csv.gz"])
def exported(request, rows, tmp_path):
    path = tmp_path / request.param
    (write_xes if ".xes" in path.name else write_table)(iter(rows), path)
    return path


def facts(cases) -> list[tuple[object, ...]]:
    """Return what events say in every form: of stops their kinds, too."""
    stops = {Transition.SUSPEND, Transition.RESUME}
    return sorted(
        (e.case, e.activity, e.name, e.transition.value, e.at.isoformat(), e.procedure, e.version)
        + (tuple(sorted(e.waiting)) if e.transition in stops else ())
        for case in cases
        for e in case.events
    )


def test_every_row_comes_back_with_all_its_moments(exported, rows):
    doubts = Doubts()
    read = list(read_log(exported, doubts))
    assert facts(read) == facts(cases_of(rows))
    assert doubts.findings() == ()
    ends = [e for case in read for e in case.events if e.transition is Transition.COMPLETE]
    reasons = {row.activity: {w.kind.value for w in row.waits} for row in rows if row.waits}
    assert {e.activity: set(e.waiting) for e in ends if e.waiting}.keys() <= reasons.keys()
    assert {(e.late, e.resource) for e in ends} == {
        (row.late, row.resource) for row in rows if row.ended.value == "completed"
    }


def test_a_text_that_a_sheet_would_run_comes_back_as_it_was(rows, tmp_path):
    from attrs import evolve

    path = tmp_path / "a.csv"
    write_table((evolve(row, name="=1+1", resource="'An") for row in rows), path)
    for case in read_log(path, Doubts()):
        assert {event.name for event in case.events} == {"=1+1"}
        assert {event.resource for event in case.events} == {"'An"}


def test_history_and_files_tell_the_same_with_every_stop(exported, rows):
    lived = calibrate(LICENCE, rows, calendar=CALENDAR)
    filed = calibrate(LICENCE, exported, calendar=CALENDAR)
    assert lived.found.log == HISTORY
    assert filed.found == evolve(lived.found, log=exported.name)
    assert filed.findings == lived.findings
    stopped = [step for step in filed.found.steps if {"clock", "suspended"} & set(step.waits)]
    assert stopped


def test_the_history_tells_work_waiting_and_the_applicants_time(rows):
    found = calibrate(LICENCE, rows, calendar=CALENDAR).found
    steps = {step.element: step for step in found.steps}
    # Claimed at 9 on Monday, done at 10: an hour of work after an hour in the queue.
    assert steps["receive"].handling.chance.average == 60
    assert steps["receive"].waits["queue"] == 60
    # Handed to the applicant on Wednesday 9:30, back on Monday 9:30: three working days.
    assert steps["more"].handling.chance.average == 3 * 480
    assert steps["more"].waits == {"applicant": 3 * 480}
    # No power from 8 to 14 on Tuesday, an hour of it lunch.
    assert steps["check"].waits["suspended"] == 300
    assert {way.edge: way.taken for way in found.ways} == {"f4": 1, "f7": 1}
    assert (found.conformance.fitness, found.conformance.open) == (1.0, 1)


def test_an_engine_worked_at_random_is_calibrated_without_a_deviation(tmp_path):
    import random

    rng = random.Random(5)
    engine, wall = engine_with("sqlite://", LICENCE)
    with engine:
        for number in range(25):
            engine.start("P", f"H{number}", by="dân")
            wall.at += timedelta(minutes=30)
        while (tasks := engine.tasks()) and wall.at.month < 6:
            task = rng.choice(tasks)
            wall.at += timedelta(minutes=rng.choice((10, 40, 200)))
            by = rng.choice(PEOPLE)
            if task.what.value == "choice":
                engine.work.choose(task.id, rng.choice(("f4", "f4", "f7")), by=by)
            else:
                engine.work.complete(task.id, by=by)
        log = list(engine.audit.log())
    found = calibrate(LICENCE, log, calendar=CALENDAR).found
    assert found.cases == 25
    assert found.conformance.fitness == 1.0
    assert found.conformance.ended > 0
    (lacking,) = [way for way in found.ways if way.edge == "f7"]
    assert 0 < lacking.taken < lacking.of
    path = tmp_path / "a.xes"
    write_xes(iter(log), path)
    assert calibrate(LICENCE, path, calendar=CALENDAR).found.ways == found.ways
