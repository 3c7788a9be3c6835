"""The event log: each task of a dossier exactly once, with what its events say and no more."""

from __future__ import annotations

import pytest

from tthc_flow.dossiers.log_row import Ended, Kind, WaitKind
from tthc_flow.errors import StoreFault

from .licence import LICENCE, moment, told
from .logged import brief, log
from .small import at, bpmn, do, engine_with
from .test_upgrade import of_version_1


def test_a_dossier_with_a_supplement_is_told_task_by_task(url):
    engine, _, dossier = told(url)
    with engine:
        rows = log(engine, dossier)
    said = [
        (row.activity, row.resource, row.created, row.start, row.complete, row.due_at, row.late)
        for row in rows
    ]
    assert said == [
        ("receive", "hoa", moment(2), moment(2, 9), moment(2, 10), moment(2, 12), False),
        ("check", "nam", moment(2, 10), moment(3, 9), moment(4, 9), moment(4, 17), False),
        ("full", "nam", moment(4, 9), moment(4, 9), moment(4, 9, 30), None, None),
        ("more", "dân", moment(4, 9, 30), moment(4, 9, 30), moment(9, 9, 30), None, None),
        ("check", "nam", moment(9, 9, 30), moment(9, 9, 30), moment(12, 10), moment(11, 17), True),
        ("full", "nam", moment(12, 10), moment(12, 10), moment(12, 10), None, None),
        ("sign", "giám đốc", moment(12, 10), moment(12, 10), moment(12, 15), moment(12, 15), False),
        ("give", "", moment(12, 15), None, None, None, None),
    ]
    assert [row.on_behalf_of for row in rows] == ["", "bình", "", "", "", "", "", ""]
    assert [row.waiting_reason for row in rows] == [
        *("queue", "queue", "", "clock: Bổ sung hồ sơ"),
        *("suspended: mất điện", "", "", ""),
    ]
    assert {(row.case, row.business_key, row.procedure, row.version) for row in rows} == {
        (dossier, "H01-7", "P", 1)
    }
    performers = [(row.office, row.role) for row in rows if row.kind is Kind.WORK]
    assert performers[:3] == [
        ("Bộ phận Một cửa", "one_stop_shop"),
        ("Sở Tư pháp", "officer"),
        ("", "applicant"),
    ]
    assert (rows[-1].ended, rows[-1].task.startswith(f"{dossier}:")) == (Ended.OPEN, True)


def test_why_a_task_waited_is_told_with_its_moments():
    engine, _, dossier = told()
    with engine:
        waits = [wait for row in log(engine, dossier) for wait in row.waits]
    assert [(wait.kind, wait.since, wait.until) for wait in waits] == [
        (WaitKind.QUEUE, moment(2), moment(2, 9)),
        (WaitKind.QUEUE, moment(2, 10), moment(3, 9)),
        (WaitKind.CLOCK, moment(4, 9, 30), moment(9, 9, 30)),
        (WaitKind.SUSPENDED, moment(10), moment(10, 14)),
    ]


def test_an_open_task_is_late_once_its_time_is_over_and_a_task_given_back_is_nobody_s():
    engine, wall = engine_with("sqlite://", LICENCE)
    with engine:
        dossier = engine.start("P", "H", by="dân").id
        task = at(engine, dossier, "receive")
        (row,) = log(engine)
        assert (row.late, row.start, row.resource) == (None, None, "")
        wall.forward(hours=1)
        engine.work.claim(task, by="an")
        assert [(each.start, each.resource) for each in log(engine)] == [(moment(2, 9), "an")]
        engine.work.unclaim(task, by="an")
        assert [(each.start, each.resource) for each in log(engine)] == [(None, "")]
        wall.at = moment(2, 12)
        assert [each.late for each in log(engine)] == [None]
        wall.forward(seconds=1)
        assert [each.late for each in log(engine)] == [True]


def test_what_is_taken_off_was_not_completed():
    engine, _ = engine_with("sqlite://", LICENCE)
    with engine:
        dossier = engine.start("P", "H", by="dân").id
        engine.work.claim(at(engine, dossier, "receive"), by="an")
        engine.life.suspend(dossier, by="bình", reason="chờ")
        engine.life.withdraw(dossier, by="dân", reason="nộp nhầm")
        other = engine.start("P", "G", by="dân").id
        engine.life.cancel(other, by="an", reason="sai thẩm quyền")
        assert brief(log(engine, dossier)) == [("receive", "work", "withdrawn", "an")]
        assert brief(log(engine, other)) == [("receive", "work", "withdrawn", "")]


def test_of_several_rounds_at_one_step_the_one_that_was_done_is_told():
    drawn = bpmn(
        '<startEvent id="s"/><userTask id="a" name="Cho ý kiến"><multiInstanceLoopCharacteristics>'
        "<loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics></userTask>"
        '<endEvent id="e"/>',
        "s > a > e",
    )
    engine, wall = engine_with("sqlite://", drawn)
    with engine:
        engine.start("P", "H", by="dân")
        first, second, third = [task.id for task in engine.tasks()]
        for task, by in ((second, "bình"), (third, "chi"), (first, "an")):
            wall.forward(hours=1)
            engine.work.complete(task, by=by)
        rows = log(engine)
    assert [(row.task, row.resource, row.complete) for row in rows] == [
        (first, "an", moment(2, 11)),
        (second, "bình", moment(2, 9)),
        (third, "chi", moment(2, 10)),
    ]


def test_a_task_that_moved_to_another_version_is_one_row_of_the_version_it_ended_in():
    engine, wall = engine_with("sqlite://", LICENCE)
    with engine:
        dossier = engine.start("P", "H", by="dân").id
        old = engine.definitions()[0].hash
        new = engine.deploy(
            LICENCE.replace(b'"receive"', b'"accept"').replace(b">receive<", b">accept<")
        )
        engine.migrations.run(old, new.hash, {"receive": "accept"}, by="quản trị")
        wall.forward(hours=1)
        do(engine, dossier, "accept")
        rows = log(engine)
    assert [(row.activity, row.version, row.created) for row in rows] == [
        ("accept", 2, moment(2)),
        ("check", 2, moment(2, 9)),
    ]


def test_a_period_takes_what_was_open_in_it():
    engine, wall, dossier = told()
    with engine:
        wall.at = moment(16)
        engine.start("P", "H01-8", by="dân")
        march = [row.activity for row in engine.audit.log(since=moment(4, 10), until=moment(10))]
        assert march == ["more", "check"]
        assert sorted(row.business_key for row in engine.audit.log(since=moment(13))) == [
            "H01-7",
            "H01-8",
        ]
        assert list(engine.audit.log(until=moment(2))) == []
        assert len(log(engine)) == len(log(engine, dossier)) + 1
        with pytest.raises(StoreFault, match="TF706"):
            engine.audit.log("nowhere")


class Backwards:
    """A codec of the tests."""

    def seal(self, text: str) -> str:
        return text[::-1]

    def open(self, sealed: str) -> str:
        return sealed[::-1]


def test_the_log_needs_no_codec_for_it_opens_no_data(tmp_path):
    url = f"sqlite:///{tmp_path / 'a.db'}"
    engine, _ = engine_with(url, LICENCE, codec=Backwards())
    with engine:
        engine.start("P", "H", by="dân", data={"tên": "bí mật"})
    blind, _ = engine_with(url)
    with blind:
        assert brief(log(blind)) == [("receive", "work", "open", "")]


def test_dossiers_go_on_while_the_log_is_read(url, monkeypatch):
    monkeypatch.setattr("tthc_flow.dossiers.audit.AT_ONCE", 2)
    engine, _ = engine_with(url, LICENCE)
    with engine:
        for number in range(5):
            engine.start("P", f"H{number}", by="dân")
        codes = []
        for row in engine.audit.log():
            codes.append(row.business_key)
            engine.life.cancel(row.case, by="an", reason="thử")
        assert sorted(codes) == [f"H{number}" for number in range(5)]


def test_events_that_tell_of_no_tasks_yet_give_what_they_say(url):
    of_version_1(url)
    engine, _ = engine_with(url)
    with engine:
        told_of = [
            (row.business_key, row.activity, row.kind, row.resource, row.task, row.due_at)
            for row in engine.audit.log()
        ]
    assert sorted(told_of) == [
        ("H01-1", "receive", Kind.WORK, "an", "", None),
        ("H01-2", "check", Kind.WORK, "an", "", None),
        ("H01-2", "full", Kind.CHOICE, "an", "", None),
        ("H01-2", "receive", Kind.WORK, "an", "", None),
    ]
