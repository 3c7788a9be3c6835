"""The event log of what the engine does by itself: timers, functions, calls, and their waiting."""

from __future__ import annotations

from tthc_flow.dossiers.job_ends import BpmnError
from tthc_flow.dossiers.log_row import Ended, Kind
from tthc_flow.dossiers.office import Retries

from .licence import moment
from .logged import brief, log
from .small import bpmn, do, engine_with


def test_what_a_timer_at_the_border_takes_off_was_not_completed_and_the_timer_has_a_row():
    drawn = bpmn(
        '<startEvent id="s"/><userTask id="a" name="Ký"/><userTask id="b" name="Nhắc"/>'
        '<endEvent id="e"/><boundaryEvent id="t" name="Quá hạn" attachedToRef="a">'
        "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"
        "</boundaryEvent>",
        "s > a > e; t > b > e",
    )
    engine, wall = engine_with("sqlite://", drawn)
    with engine:
        dossier = engine.start("P", "H", by="dân").id
        wall.forward(hours=1)
        engine.jobs.run_due()
        do(engine, dossier, "b")
        rows = log(engine)
    assert brief(rows) == [
        ("a", "work", "withdrawn", ""),
        ("t", "timer", "completed", ""),
        ("b", "work", "completed", "an"),
    ]
    assert (rows[1].created, rows[1].complete, rows[1].task) == (None, moment(2, 9), "")


CATCHING = bpmn(
    '<startEvent id="s"/><intermediateCatchEvent id="t" name="Chờ"><timerEventDefinition>'
    "<timeDuration>PT1H</timeDuration></timerEventDefinition></intermediateCatchEvent>"
    '<eventBasedGateway id="g"/>'
    '<intermediateCatchEvent id="paid" name="Đã nộp phí"><messageEventDefinition/>'
    '</intermediateCatchEvent><intermediateCatchEvent id="never" name="Hết hạn nộp">'
    "<timerEventDefinition><timeDuration>PT9H</timeDuration></timerEventDefinition>"
    '</intermediateCatchEvent><endEvent id="e"/>',
    "s > t > g > paid > e; g > never > e",
)


def test_timers_and_events_on_the_way_are_rows_with_when_they_came_up():
    engine, wall = engine_with("sqlite://", CATCHING)
    with engine:
        dossier = engine.start("P", "H", by="dân").id
        (row,) = log(engine)
        assert (row.activity, row.kind, row.ended) == ("t", Kind.TIMER, Ended.OPEN)
        wall.forward(hours=1)
        engine.jobs.run_due()
        assert brief(log(engine))[1:] == [("g", "choice", "open", "")]
        wall.forward(hours=2)
        engine.happening.deliver(dossier, "paid", by="kho bạc")
        rows = log(engine)
    assert brief(rows) == [
        ("t", "timer", "completed", ""),
        ("g", "choice", "completed", "kho bạc"),
        ("paid", "event", "completed", "kho bạc"),
    ]
    assert [(row.created, row.complete) for row in rows] == [
        (moment(2), moment(2, 9)),
        (moment(2, 9), moment(2, 11)),
        (moment(2, 11), moment(2, 11)),
    ]


LOOKED_UP = bpmn(
    '<startEvent id="s"/><serviceTask id="look" name="Tra cứu" tthc:function="f"/>'
    '<userTask id="b" name="Ký"/><userTask id="c" name="Làm tay"/><endEvent id="e"/>'
    '<boundaryEvent id="none" attachedToRef="look"><errorEventDefinition errorRef="E1"/>'
    "</boundaryEvent>",
    "s > look > b > e; none > c > e",
    more='<error id="E1" name="KHONG_CO"/>',
)


def test_a_function_that_waited_for_somebody_says_how_long_and_why():
    answers = iter([OSError("mất mạng"), {}])

    def look(_data):
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    engine, wall = engine_with(
        "sqlite://", LOOKED_UP, functions={"f": look}, retries=Retries(most=1)
    )
    with engine:
        engine.start("P", "H", by="dân")
        wall.forward(hours=1)
        engine.jobs.run_due()
        (row,) = log(engine)
        assert (row.kind, row.ended, row.created) == (Kind.FUNCTION, Ended.OPEN, moment(2))
        assert row.waiting_reason == "incident: OSError: mất mạng"
        wall.forward(hours=3)
        (incident,) = engine.jobs.incidents()
        engine.jobs.retry(incident.id, by="an")
        engine.jobs.run_due()
        row, after = log(engine)
    assert (row.ended, row.complete, row.resource) == (Ended.COMPLETED, moment(2, 12), "")
    assert [(wait.since, wait.until) for wait in row.waits] == [(moment(2, 9), moment(2, 12))]
    assert after.activity == "b"


def test_a_function_that_came_to_a_business_error_was_taken_off():
    def look(_data):
        raise BpmnError("KHONG_CO")

    engine, _ = engine_with("sqlite://", LOOKED_UP, functions={"f": look})
    with engine:
        engine.start("P", "H", by="dân")
        engine.jobs.run_due()
        assert brief(log(engine)) == [
            ("look", "function", "withdrawn", ""),
            ("c", "work", "open", ""),
        ]


def test_an_incident_that_was_resolved_by_hand_is_that_person_s_work():
    def look(_data):
        raise OSError

    engine, _ = engine_with("sqlite://", LOOKED_UP, functions={"f": look}, retries=Retries(most=1))
    with engine:
        engine.start("P", "H", by="dân")
        engine.jobs.run_due()
        (incident,) = engine.jobs.incidents()
        engine.jobs.resolve(incident.id, by="quản trị")
        assert brief(log(engine))[0] == ("look", "function", "completed", "quản trị")


def test_a_called_procedure_is_waited_for_by_its_code():
    caller = bpmn(
        '<startEvent id="s"/><callActivity id="ask" name="Lấy ý kiến" calledElement="Q"/>'
        '<endEvent id="e"/>',
        "s > ask > e",
    )
    called = bpmn(
        '<startEvent id="s"/><userTask id="answer" name="Trả lời"/><endEvent id="e"/>',
        "s > answer > e",
        process="Q",
    )
    engine, wall = engine_with("sqlite://", caller, called)
    with engine:
        dossier = engine.start("P", "H", by="dân").id
        wall.forward(hours=1)
        engine.jobs.run_due()
        (row,) = log(engine, dossier)
        (child,) = engine.dossiers(key="Q")
        assert (row.kind, row.ended, row.start) == (Kind.CALL, Ended.OPEN, moment(2, 9))
        assert row.waiting_reason == f"called: {child.business_key}"
        wall.forward(hours=1)
        do(engine, child.id, "answer")
        engine.jobs.run_due()
        (row,) = log(engine, dossier)
    assert (row.created, row.start, row.complete) == (moment(2), moment(2, 9), moment(2, 10))
    assert [(wait.since, wait.until) for wait in row.waits] == [(moment(2, 9), moment(2, 10))]
