"""Time passes at a desk, and what comes due is done: timers, functions, retries, warnings."""

# ruff: noqa: DTZ001 - a moment without a zone is Vietnamese time: that is tested too

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from testing.small import ENDS, LICENCE, bpmn
from tthc_flow.calendars.calendar import Calendar
from tthc_flow.dossiers.deadlines import Deadlines
from tthc_flow.dossiers.office import Retries
from tthc_flow.errors import BadQuantity, NotRunnable
from tthc_flow.moments import VIETNAM
from tthc_flow.testing import Clock, Desk
from tthc_flow.units import TimeUnit


@pytest.fixture
def desk():
    with Desk(LICENCE.encode()) as desk:
        yield desk


def test_what_comes_due_while_time_passes_is_done_at_its_own_moment(desk):
    desk.start()
    desk.pass_time("10 ngày làm việc")
    assert desk.clock() == datetime(2026, 3, 16, 17, tzinfo=VIETNAM)
    told = [(each["kind"], each["at"][:16]) for each in desk.history]
    assert told == [
        ("start", "2026-03-02T08:00"),
        ("warn", "2026-03-03T17:00"),
        ("warn", "2026-03-04T17:00"),
        ("timer", "2026-03-07T08:00"),
    ]
    assert [(each.topic, each.payload["node"]) for each in desk.letters] == [
        ("near_due", "check"),
        ("overdue", "check"),
    ]
    assert desk.engine.outbox.waiting() == ()


def test_time_passes_up_to_the_very_moment_and_no_further(desk):
    desk.start()
    desk.pass_time(timedelta(days=5, seconds=-1))
    assert [task.node for task in desk.waiting] == ["check"]
    desk.pass_time(datetime(2026, 3, 7, 8))
    assert [task.node for task in desk.waiting] == ["sorry"]
    with pytest.raises(BadQuantity, match="TF122"):
        desk.pass_time(datetime(2026, 3, 7, 7))
    with pytest.raises(BadQuantity, match="TF121"):
        desk.pass_time("mai")


def test_a_timer_that_arms_another_is_followed_by_it():
    timer = "<timerEventDefinition><timeDuration>P2D</timeDuration></timerEventDefinition>"
    nodes = ENDS + "".join(
        f'<intermediateCatchEvent id="{each}">{timer}</intermediateCatchEvent>' for each in "ab"
    )
    with Desk(bpmn(nodes, "s > a > b > e")) as desk:
        desk.start()
        desk.pass_time(timedelta(days=30))
        assert [each["at"][:10] for each in desk.history] == [
            "2026-03-02",
            "2026-03-04",
            "2026-03-06",
        ]
        assert desk.dossier.status == "completed"


def test_automatic_steps_are_stubs_or_functions_and_are_done_at_once():
    nodes = ENDS + (
        '<userTask id="a" name="Nhận"/><serviceTask id="fee" name="Tính phí"/>'
        '<serviceTask id="sum" name="Cộng"/><userTask id="b" name="Ký"/>'
    )
    stubs = {"fee": {"phí": 50}, "sum": lambda data: {"tổng": data["phí"] + data["lệ phí"]}}
    with Desk(bpmn(nodes, "s > a > fee > sum > b > e"), functions=stubs) as desk:
        desk.start({"lệ phí": 7})
        desk.do("Nhận")
        assert desk.data == {"lệ phí": 7, "phí": 50, "tổng": 57}
        assert [task.name for task in desk.waiting] == ["Ký"]


def test_a_failing_function_is_an_incident_that_every_refusal_tells_of():
    nodes = ENDS + '<serviceTask id="fee" name="Tính phí"/><userTask id="b" name="Ký"/>'
    file = bpmn(nodes, "s > fee > b > e")
    with Desk(file, functions={"fee": lambda data: {"phí": data["giá"]}}) as desk:
        desk.start()
        assert [each.node for each in desk.incidents] == ["fee"]
        with pytest.raises(NotRunnable) as told:
            desk.do("Ký")
        assert str(told.value) == (
            "TF421 HS-1 (running): no work 'Ký' waits; the dossier waits for nothing; "
            "not done by itself: function at fee: KeyError: 'giá'\n  → there is nothing"
        )
    calls = []

    def third_time(_data):
        calls.append(desk.clock())
        if len(calls) < 3:
            raise OSError
        return {}

    with Desk(file, functions={"fee": third_time}, retries=Retries(most=3)) as desk:
        desk.start()
        desk.pass_time(timedelta(minutes=6))
        minutes = [(each - calls[0]).total_seconds() / 60 for each in calls]
        assert (minutes, [task.node for task in desk.waiting]) == ([0, 1, 6], ["b"])


def test_what_is_due_again_and_again_in_one_moment_is_refused():
    nodes = ENDS + (
        '<exclusiveGateway id="back"/><intermediateCatchEvent id="t"><timerEventDefinition>'
        "<timeDuration>PT0S</timeDuration></timerEventDefinition></intermediateCatchEvent>"
    )
    with (
        Desk(bpmn(nodes, "s > back > t > back")) as desk,
        pytest.raises(NotRunnable, match=r"TF425 .* due 200 times .* 2026-03-02T08:00"),
    ):
        desk.start()


def test_a_limit_and_deadlines_of_ones_own_are_counted_by():
    rules = Deadlines(calendar=Calendar.load(2026), bare_day=TimeUnit.WORKING_DAY)
    with Desk(LICENCE.encode(), deadlines=rules, clock=Clock(datetime(2026, 3, 6, 9))) as desk:
        begun = desk.start(limit="3 ngày")
        assert begun.due_at == datetime(2026, 3, 11, 17, tzinfo=VIETNAM)
        desk.pass_time("1 ngày")
        assert desk.clock() == datetime(2026, 3, 9, 17, tzinfo=VIETNAM)
