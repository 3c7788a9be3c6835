"""What is waited for, and which process is called: read, and written back in its place."""

from __future__ import annotations

import pytest

from bpmn.one_element import OURS, file_of, node, rewritten
from bpmn.test_read import codes
from bpmn.test_write import changed
from tthc_flow.bpmn.read import read
from tthc_flow.model.flow import Timer, TimerKind
from tthc_flow.model.step import StepTime, TaskType
from tthc_flow.units import Duration, TimeUnit


def timed(inside: str, more: str = "") -> bytes:
    return file_of(
        f'<intermediateCatchEvent id="A">{more}\n<timerEventDefinition>{inside}'
        "</timerEventDefinition>\n</intermediateCatchEvent>"
    )


@pytest.mark.parametrize("kind", TimerKind)
@pytest.mark.parametrize("text", ["P3D", "${hạn}", "R3/PT10H", "2026-01-01T08:00:00Z"])
def test_a_timer_is_kept_as_it_is_written(kind, text):
    event = node(timed(f"<{kind.value}>\n {text} </{kind.value}>"))
    assert event.timer == Timer(kind=kind, text=text)
    fixed = kind is TimerKind.DURATION and text == "P3D"
    three = Duration(amount=3, unit=TimeUnit.CALENDAR_DAY)
    assert event.time == StepTime(duration=three if fixed else None, printed=text)


DAYS = timed("<timeDuration>P3D</timeDuration>")


def test_a_changed_timer_changes_its_definition_and_the_time_that_follows_from_it():
    five = StepTime(duration=Duration(amount=5, unit=TimeUnit.CALENDAR_DAY), printed="P5D")
    timer = Timer(kind=TimerKind.DURATION, text="P5D")
    written = rewritten(DAYS, timer=timer, time=five)
    assert b"<timeDuration>P5D</timeDuration>" in written
    assert b"tthc:event" not in written


def test_a_time_that_no_longer_follows_from_the_timer_is_said_by_the_event():
    for facts in (
        {"timer": Timer(kind=TimerKind.CYCLE, text="R/P1D")},
        {"timer": None},
        {"time": StepTime()},
        {"time": StepTime(duration=Duration(amount=2, unit=TimeUnit.WORKING_DAY))},
    ):
        assert b"<tthc:event>" in rewritten(DAYS, **facts)


def test_a_stated_time_gives_way_to_one_that_follows_from_a_new_timer():
    time = '<tthc:event><tthc:time amount="2" unit="day"/></tthc:event>'
    stated = f"<extensionElements>{time}</extensionElements>"
    data = timed("<timeDuration>P3D</timeDuration>", stated)
    follows = StepTime(duration=Duration(amount=3, unit=TimeUnit.CALENDAR_DAY), printed="P3D")
    assert b"tthc:time" not in rewritten(data, time=follows)


def test_a_stated_time_that_only_repeats_the_timer_goes_when_both_change():
    time = '<tthc:event><tthc:time amount="3" unit="calendar_day" printed="P3D"/></tthc:event>'
    stated = f"<extensionElements>{time}</extensionElements>"
    data = timed("<timeDuration>P3D</timeDuration>", stated)
    five = StepTime(duration=Duration(amount=5, unit=TimeUnit.CALENDAR_DAY), printed="P5D")
    rewritten(data, timer=Timer(kind=TimerKind.DURATION, text="P5D"), time=five)


def test_a_time_alone_is_still_told_to_other_engines_and_is_no_timer_of_the_model():
    day = StepTime(duration=Duration(amount=2, unit=TimeUnit.CALENDAR_DAY))
    written = rewritten(timed(""), time=day)
    assert b"<timeDuration>P2D</timeDuration>" in written
    later = StepTime(duration=Duration(amount=9, unit=TimeUnit.CALENDAR_DAY))
    assert b"<timeDuration>P9D</timeDuration>" in rewritten(written, time=later)


def conditional(condition: str) -> bytes:
    return file_of(
        '<intermediateCatchEvent id="A">\n<conditionalEventDefinition>'
        f"{condition}</conditionalEventDefinition>\n</intermediateCatchEvent>"
    )


@pytest.mark.parametrize(
    ("said", "condition"),
    [
        ("<condition>phí &gt; 0</condition>", "phí > 0"),
        (f"<condition {OURS}>hồ sơ đủ</condition>", "hồ sơ đủ"),
        ("<condition>hồ sơ đủ</condition>", None),
        ("<condition>${x}</condition>", None),
        ('<condition language="groovy">x</condition>', None),
        ("<condition/>", None),
    ],
)
def test_a_condition_is_read_where_it_is_in_our_language(said, condition):
    data = conditional(said)
    assert node(data).condition == condition
    printed = condition is None and said != "<condition/>"
    assert ("read-event-condition" in codes(read(data))) is printed


def test_a_changed_condition_is_written_in_its_definition():
    written = rewritten(conditional("<condition>x</condition>"), condition="x và y")
    assert b">x v\xc3\xa0 y</condition>" in written
    assert b"tthc:event" not in written


def test_a_condition_that_the_facts_state_as_well_goes_when_it_changes():
    data = conditional("<condition>x</condition>").replace(
        b"<conditional",
        b'<extensionElements><tthc:event condition="y"/></extensionElements>\n<conditional',
        1,
    )
    assert node(data).condition == "y"
    assert b"tthc:event" not in rewritten(data, condition="z")


def calling(attributes: str = "", inside: str = "") -> bytes:
    extension = f"<extensionElements>{inside}</extensionElements>" if inside else ""
    return file_of(
        f'<callActivity id="A" {attributes}>{extension}</callActivity>',
        '<globalUserTask id="G"/>',
    )


ZEEBE = '<zeebe:calledElement processId="{}"/>'


@pytest.mark.parametrize(
    ("data", "calls"),
    [
        (calling('calledElement="Q"'), "Q"),
        (calling('calledElement="q:Q"'), "Q"),
        (calling(inside=ZEEBE.format("Q")), "Q"),
        (calling('calledElement="G"'), None),  # a task that several processes share
        (calling('calledElement="${which}"'), None),
        (calling(inside=ZEEBE.format("=which")), None),
        (calling(), None),
        (file_of('<task id="A"/>'), None),
    ],
)
def test_a_call_activity_calls_a_process_and_nothing_else(data, calls):
    assert node(data).calls == calls


@pytest.mark.parametrize(
    "data", [calling(), calling('calledElement="Q"'), calling(inside=ZEEBE.format("Q"))]
)
@pytest.mark.parametrize("calls", [None, "R", "không phải mã"])
def test_what_is_called_can_be_changed_and_taken_away(data, calls):
    rewritten(data, calls=calls)


def test_a_call_that_the_facts_state_as_well_is_said_once_when_it_changes():
    data = calling('calledElement="Q"', '<tthc:step calls="R"/>')
    assert node(data).calls == "R"
    assert b"tthc:step" not in rewritten(data, calls="S")


def test_a_call_that_becomes_a_plain_task_calls_nothing():
    written = rewritten(calling('calledElement="Q"'), task=TaskType.USER, calls=None)
    assert b"calledElement" not in written


def test_a_changed_call_touches_its_attribute_only():
    data = calling('calledElement="Q"')
    assert changed(data, rewritten(data, calls="R")) == [
        '-<callActivity id="A" calledElement="Q"></callActivity>',
        '+<callActivity id="A" calledElement="R"></callActivity>',
    ]
