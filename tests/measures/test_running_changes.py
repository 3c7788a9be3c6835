"""What running needs changed: forms, functions, calls, candidates, rounds, timers, conditions."""

from __future__ import annotations

import pytest
from attrs import evolve

from tthc_flow.measures.change import ChangeKind
from tthc_flow.measures.differences import differences
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    Gateway,
    GatewayKind,
    SubProcess,
    Timer,
    TimerKind,
    Trigger,
)
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Behavior, FieldKind, FormField, Loop, Step, StepTime, TaskType
from tthc_flow.report.sentences import change as worded
from tthc_flow.units import Duration, TimeUnit

STEP = Step(id="a", name="Thẩm định")
WAIT = Event(id="w", name="Hạn", position=EventPosition.CATCH, trigger=Trigger.TIMER)
INSIDE = SubProcess(id="s", name="Lấy ý kiến")
FIRST = Gateway(id="g", name="Chờ", kind=GatewayKind.EVENT_BASED)
FEE = FormField(name="phí", kind=FieldKind.NUMBER, required=True)


def told(before, after):
    """Return the changes from a flow of one node to a flow of the other."""
    one, two = (Procedure(flow=Flow(id="p", nodes=(node,))) for node in (before, after))
    assert differences(one, one) == ()
    return differences(one, two)


@pytest.mark.parametrize(
    ("node", "facts", "sentence"),
    [
        (
            STEP,
            {"fields": (FEE,)},
            "Đổi biểu mẫu của bước “Thẩm định” từ “chưa khai biểu mẫu” thành “phí (số, bắt buộc)”.",
        ),
        (
            STEP,
            {"function": "tra_cứu"},
            "Đổi hàm tự động của bước “Thẩm định” từ “không có” thành “tra_cứu”.",
        ),
        (
            STEP,
            {"calls": "Q"},
            "Đổi quy trình được gọi của bước “Thẩm định” từ “không có” thành “Q”.",
        ),
        (
            STEP,
            {"candidates": ("Sở A", "Sở B")},
            ("Đổi nhóm cùng được nhận việc của bước “Thẩm định” từ “không có” thành “Sở A; Sở B”."),
        ),
        (
            STEP,
            {"loop": Loop(multi_instance=True, times="3", until="đủ")},
            (
                "Đổi số lần làm của bước “Thẩm định” từ “làm một lần” thành "
                "“nhiều lần cùng lúc, 3 lần, đến khi đủ”."
            ),
        ),
        (
            INSIDE,
            {"loop": Loop(multi_instance=True, sequential=True, each="sở", member="một")},
            (
                "Đổi số lần làm của quy trình con “Lấy ý kiến” từ “làm một lần” thành "
                "“nhiều lần lần lượt, theo danh sách sở, mỗi lần một một”."
            ),
        ),
        (
            STEP,
            {"loop": Loop(multi_instance=False, test_before=True, foreign="${ok}")},
            (
                "Đổi số lần làm của bước “Thẩm định” từ “làm một lần” thành "
                "“lặp lại, bản vẽ ghi đến khi ${ok}, xét trước mỗi lần”."
            ),
        ),
        (
            STEP,
            {"start_quantity": 2},
            (
                "Đổi số lượt mỗi lần làm của bước “Thẩm định” từ “1 lượt vào, 1 lượt ra” thành "
                "“2 lượt vào, 1 lượt ra”."
            ),
        ),
        (
            evolve(STEP, task=TaskType.RECEIVE),
            {"instantiates": True},
            ("Đổi cách mở hồ sơ của bước “Thẩm định” từ “không mở hồ sơ” thành “mở hồ sơ”."),
        ),
        (
            INSIDE,
            {"completion_quantity": 3},
            (
                "Đổi số lượt mỗi lần làm của quy trình con “Lấy ý kiến” từ "
                "“1 lượt vào, 1 lượt ra” thành “1 lượt vào, 3 lượt ra”."
            ),
        ),
        (
            FIRST,
            {"instantiates": True},
            ("Đổi cách mở hồ sơ của điểm chờ sự kiện “Chờ” từ “không mở hồ sơ” thành “mở hồ sơ”."),
        ),
        (
            FIRST,
            {"parallel": True},
            (
                "Đổi sự kiện phải chờ của điểm chờ sự kiện “Chờ” từ “sự kiện đến trước” thành "
                "“mọi sự kiện”."
            ),
        ),
        (
            WAIT,
            {"timer": Timer(kind=TimerKind.CYCLE, text="R/P1D")},
            "Đổi hẹn giờ của điểm chờ “Hạn” từ “không có” thành “lặp lại R/P1D”.",
        ),
        (
            evolve(WAIT, trigger=Trigger.CONDITIONAL),
            {"condition": "phí > 0"},
            "Đổi điều kiện của điểm chờ “Hạn” từ “không có” thành “phí > 0”.",
        ),
    ],
)
def test_a_changed_fact_is_one_sentence(node, facts, sentence):
    (change,) = told(node, evolve(node, **facts))
    assert change.kind is ChangeKind.RESTATED
    assert worded(change) == sentence
    assert worded(change, "en").startswith("Changed ")


@pytest.mark.parametrize(
    "loop",
    [
        Loop(multi_instance=False, times="3"),
        Loop(multi_instance=True, times="3", sequential=True),
        Loop(multi_instance=True, times="4"),
        Loop(multi_instance=True, times="3", each="a"),
        Loop(multi_instance=True, times="3", member="a"),
        Loop(multi_instance=True, times="3", until="a"),
        Loop(multi_instance=True, times="3", printed="a"),
        Loop(multi_instance=True, times="3", foreign="a"),
        *(Loop(multi_instance=True, times="3", behavior=each) for each in list(Behavior)[1:]),
    ],
)
def test_every_fact_of_a_repetition_is_told(loop):
    step = evolve(STEP, loop=Loop(multi_instance=True, times="3"))
    (change,) = told(step, evolve(step, loop=loop))
    assert change.code == "change-restated"


def test_that_a_loop_asks_before_its_first_round_is_told():
    step = evolve(STEP, loop=Loop(multi_instance=False))
    (change,) = told(step, evolve(step, loop=Loop(multi_instance=False, test_before=True)))
    assert worded(change, "en") == (
        "Changed a fact of step “Thẩm định” (how often) from “repeated” to "
        "“repeated, asked before each round”."
    )


@pytest.mark.parametrize(
    "facts",
    [
        {"name": "lệ phí"},
        {"kind": FieldKind.TEXT},
        {"label": "Lệ phí"},
        {"required": False},
        {"choices": ("0", "1")},
    ],
)
def test_every_fact_of_a_field_is_told(facts):
    step = evolve(STEP, fields=(FEE,))
    (change,) = told(step, evolve(step, fields=(evolve(FEE, **facts),)))
    assert change.before == "phí (số, bắt buộc)"


def test_a_timer_whose_length_changes_is_told_by_the_time_alone():
    def days(number):
        length = Duration(amount=number, unit=TimeUnit.CALENDAR_DAY)
        timer = Timer(kind=TimerKind.DURATION, text=f"P{number}D")
        return evolve(WAIT, timer=timer, time=StepTime(duration=length, printed=timer.text))

    (change,) = told(days(3), days(5))
    assert change.kind is ChangeKind.RETIMED


def test_a_step_that_is_called_otherwise_says_which_process_in_english_too():
    step = evolve(STEP, task=TaskType.CALL, calls="Q")
    (change,) = told(step, evolve(step, calls="R"))
    assert worded(change, "en") == (
        "Changed a fact of step “Thẩm định” (called process) from “Q” to “R”."
    )


def test_a_called_process_is_no_other_one_because_every_id_is_new():
    one = Procedure(flow=Flow(id="p", nodes=(evolve(STEP, task=TaskType.CALL, calls="Q"),)))
    step = Step(id="a2", name="Thẩm định", task=TaskType.CALL, calls="Q2")
    anew = Procedure(flow=Flow(id="p2", nodes=(step,)))
    assert differences(one, anew) == ()
    redrawn = Procedure(flow=Flow(id="p", nodes=(step,)))
    assert [each.code for each in differences(one, redrawn)] == ["change-restated"]
