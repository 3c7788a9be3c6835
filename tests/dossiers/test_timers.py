"""Timers of diagrams: ISO 8601 to the letter, our own times by the calendar, cycles, data."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tthc_flow.dossiers.jobs import Ran
from tthc_flow.errors import NotRunnable

from .loop import HERE, NOW
from .small import bpmn, do, engine_with, open_nodes

OWN = (
    '<extensionElements><tthc:event><tthc:time amount="5" unit="working_day"/></tthc:event>'
    "</extensionElements>"
)


def waiting_for(timer: str, own: str = "") -> bytes:
    return bpmn(
        f'<startEvent id="s"/><intermediateCatchEvent id="t" name="Hẹn">{own}'
        f"<timerEventDefinition>{timer}</timerEventDefinition></intermediateCatchEvent>"
        '<userTask id="a" name="A"/><endEvent id="e"/>',
        "s > t > a > e",
    )


@pytest.mark.parametrize(
    ("timer", "own", "due"),
    [
        ("<timeDuration>PT8H</timeDuration>", "", "2026-03-02 16:00"),
        ("<timeDuration>P1D</timeDuration>", "", "2026-03-03 08:00"),
        ("<timeDuration>P6D</timeDuration>", "", "2026-03-08 08:00"),  # a Sunday
        ("<timeDuration>P1M</timeDuration>", "", "2026-04-02 08:00"),
        ("<timeDuration>P1Y</timeDuration>", "", "2027-03-02 08:00"),
        ("<timeDuration>P1DT4H30M</timeDuration>", "", "2026-03-03 12:30"),
        ("<timeDate>2026-03-05T10:00:00+07:00</timeDate>", "", "2026-03-05 10:00"),
        ("<timeDate>2026-03-05T03:00:00Z</timeDate>", "", "2026-03-05 10:00"),
        ("", OWN, "2026-03-09 17:00"),
        ("<timeDuration>P5D</timeDuration>", OWN, "2026-03-09 17:00"),
        ("<timeDate>hạn nộp</timeDate>", "", "2026-03-20 00:00"),
        ("<timeDuration>thời gian chờ</timeDuration>", "", "2026-03-04 08:00"),
    ],
)
def test_a_timer_comes_when_it_is_due_and_not_before(tmp_path, timer, own, due):
    engine, wall = engine_with(f"sqlite:///{tmp_path / 'a.db'}", waiting_for(timer, own))
    with engine:
        data = {"hạn nộp": date(2026, 3, 20), "thời gian chờ": "P2D"}
        dossier = engine.start("P", "H1", by="dân", data=data)
        assert open_nodes(engine, dossier.id) == []
        wall.at = datetime.fromisoformat(due).replace(tzinfo=HERE)
        wall.forward(microseconds=-1)
        assert engine.jobs.run_due() == Ran()
        wall.forward(microseconds=1)
        assert engine.jobs.run_due() == Ran(done=1)
        assert open_nodes(engine, dossier.id) == ["a"]


def test_a_timer_that_says_nothing_is_somebody_s_to_report(url):
    engine, wall = engine_with(url, waiting_for(""))
    with engine:
        dossier = engine.start("P", "H1", by="dân")
        assert open_nodes(engine, dossier.id) == ["t"]
        wall.forward(days=400)
        assert engine.jobs.run_due() == Ran()
        engine.happening.deliver(dossier.id, "t", by="an")
        assert open_nodes(engine, dossier.id) == ["a"]


@pytest.mark.parametrize("text", ["${hạn}", "__import__('os').remove('x')", "tomorrow!", "R3/hạn"])
def test_a_timer_that_says_what_is_no_time_is_refused(url, text):
    kind = "timeCycle" if text.startswith("R") else "timeDuration"
    engine, _ = engine_with(url)
    with engine, pytest.raises(NotRunnable, match="TF412") as caught:
        engine.deploy(waiting_for(f"<{kind}>{text}</{kind}>"))
    assert text in caught.value.fact


def reminding(cycle: str) -> bytes:
    return bpmn(
        '<startEvent id="s"/><userTask id="a" name="A"/><endEvent id="e"/><endEvent id="e2"/>'
        '<boundaryEvent id="t" attachedToRef="a" cancelActivity="false"><timerEventDefinition>'
        f"<timeCycle>{cycle}</timeCycle></timerEventDefinition></boundaryEvent>"
        '<userTask id="remind" name="Nhắc"/>',
        "s > a > e; t > remind > e2",
    )


@pytest.mark.parametrize(("cycle", "times"), [("R3/P1D", 3), ("R1/P1D", 1), ("R/P1D", 9)])
def test_a_cycle_comes_as_often_as_it_says_while_its_step_is_open(url, cycle, times):
    engine, wall = engine_with(url, reminding(cycle))
    with engine:
        dossier = engine.start("P", "H1", by="dân")
        for day in range(1, 10):
            wall.at = NOW
            wall.forward(days=day)
            engine.jobs.run_due()
            assert open_nodes(engine, dossier.id).count("remind") == min(day, times)
        do(engine, dossier.id, "a")
        wall.forward(days=30)
        assert engine.jobs.run_due() == Ran()
        assert engine.audit.breaks() == ()


def test_a_timer_at_a_border_that_interrupts_takes_the_task_away(url):
    content = reminding("R1/P1D").replace(b'cancelActivity="false"', b"")
    engine, wall = engine_with(url, content)
    with engine:
        dossier = engine.start("P", "H1", by="dân")
        wall.forward(days=1)
        assert engine.jobs.run_due() == Ran(done=1)
        assert open_nodes(engine, dossier.id) == ["remind"]
        assert do(engine, dossier.id, "remind").status == "completed"


def test_a_step_that_was_done_in_time_is_not_reminded_of(url):
    engine, wall = engine_with(url, reminding("R3/P1D"))
    with engine:
        dossier = engine.start("P", "H1", by="dân")
        assert do(engine, dossier.id, "a").status == "completed"
        wall.forward(days=9)
        assert engine.jobs.run_due() == Ran()
        assert engine.dossier(dossier.id).step_no == 1


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("timeDuration", "P9999Y"),
        ("timeDuration", "P999999W"),
        ("timeDuration", "P1000Y1D"),
        ("timeDate", "9999-12-31T23:59:59-12:00"),
        ("timeDate", "0001-01-01T00:00:00+14:00"),
        ("timeCycle", "R/PT0S"),
        ("timeCycle", "R3/P0D"),
        ("timeCycle", "R/PT0.0000001S"),
        ("timeCycle", "R/P9000Y"),
    ],
)
def test_a_time_that_cannot_come_or_comes_without_end_is_refused(tmp_path, kind, text):
    engine, _ = engine_with(f"sqlite:///{tmp_path / 'a.db'}")
    with engine, pytest.raises(NotRunnable, match="TF412") as caught:
        engine.deploy(waiting_for(f"<{kind}>{text}</{kind}>"))
    assert text in caught.value.fact


def test_the_longest_time_that_can_come_comes(tmp_path):
    content = waiting_for("<timeDuration>P1000Y</timeDuration>")
    engine, wall = engine_with(f"sqlite:///{tmp_path / 'a.db'}", content)
    with engine:
        dossier = engine.start("P", "H1", by="dân")
        wall.at = datetime(3026, 3, 2, 7, 59, tzinfo=HERE)
        assert engine.jobs.run_due() == Ran()
        wall.forward(minutes=1)
        assert engine.jobs.run_due() == Ran(done=1)
        assert open_nodes(engine, dossier.id) == ["a"]


@pytest.mark.parametrize("value", ["P9000Y", "P999999W", "9999-12-31T23:59:59-12:00", "P", "sớm"])
def test_data_that_say_no_time_that_can_come_leave_the_timer_to_somebody(url, value):
    engine, _ = engine_with(url, waiting_for("<timeDuration>thời gian chờ</timeDuration>"))
    with engine:
        dossier = engine.start("P", "H1", by="dân", data={"thời gian chờ": value})
        assert open_nodes(engine, dossier.id) == ["t"]
        engine.happening.deliver(dossier.id, "t", by="an")
        assert open_nodes(engine, dossier.id) == ["a"]


def test_a_time_of_our_own_goes_before_a_month_that_is_printed(url):
    own = (
        '<extensionElements><tthc:event><tthc:time amount="5" unit="calendar_day"/></tthc:event>'
        "</extensionElements>"
    )
    timer = (
        f'<startEvent id="s"/><intermediateCatchEvent id="t">{own}<timerEventDefinition>'
        "<timeDuration>P1M5D</timeDuration></timerEventDefinition></intermediateCatchEvent>"
        '<userTask id="a" name="A"/><endEvent id="e"/>'
    )
    engine, wall = engine_with(url, bpmn(timer, "s > t > a > e"))
    with engine:
        dossier = engine.start("P", "H", by="an").id
        wall.forward(days=9)  # P1M5D would be in April
        assert engine.jobs.run_due() == Ran(done=1)
        assert open_nodes(engine, dossier) == ["a"]
