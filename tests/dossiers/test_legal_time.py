"""The legal clock of dossiers: due dates, stops with their reason, warnings, extension, after."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest

from tthc_flow.calendars.calendar import Calendar
from tthc_flow.dossiers.clock import LegalClock, stops_told
from tthc_flow.dossiers.deadlines import MOST_STOPS, Deadlines
from tthc_flow.dossiers.sampling import Sampling
from tthc_flow.errors import BadQuantity, StoreFault
from tthc_flow.units import Duration, TimeUnit

from .loop import HERE
from .small import at, bpmn, do, engine_with, open_nodes

FIVE = Duration(amount=5, unit=TimeUnit.WORKING_DAY)
TWO = Duration(amount=2, unit=TimeUnit.WORKING_DAY)
SUPPLEMENT = bpmn(
    '<startEvent id="s"/><userTask id="check" name="Thẩm định" tthc:time="3 ngày làm việc"/>'
    '<exclusiveGateway id="full" name="Đủ?"/>'
    '<userTask id="more" name="Bổ sung hồ sơ" tthc:time="30 ngày lịch"><extensionElements>'
    '<tthc:step pausesClock="true"/></extensionElements></userTask>'
    '<userTask id="sign" name="Ký" tthc:time="4 giờ làm việc"/><endEvent id="e"/>',
    "s > check > full > sign > e; full > more > check",
)


def moment(day: int, hour: int = 17, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=HERE)


def test_the_whole_dossier_is_due_by_its_limit(url):
    engine, _ = engine_with(url, SUPPLEMENT)
    with engine:
        dossier = engine.start("P", "H1", by="dân", limit=FIVE)
        assert dossier.due_at == moment(9)  # Monday 2 March, then five working days
        assert dossier.tasks[0].due_at == moment(5)
        assert engine.start("P", "H2", by="dân").due_at is None


def test_the_clock_stands_while_the_applicant_supplements(url):
    engine, wall = engine_with(url, SUPPLEMENT)
    with engine:
        dossier = engine.start("P", "H1", by="dân", limit=FIVE)
        wall.at = moment(4, 10)  # Wednesday
        do(engine, dossier.id, "check")
        choice = at(engine, dossier.id, "full")
        asked = engine.work.choose(choice, "f5", by="an")
        assert (asked.due_at, asked.stands) == (None, "Bổ sung hồ sơ")
        assert asked.tasks[0].due_at == moment(3).replace(month=4)  # who supplements has own time
        wall.at = moment(11, 9)  # Wednesday a week later: five working days later
        back = do(engine, dossier.id, "more")
        assert (back.due_at, back.stands) == (moment(16), None)
        stop = engine.audit.history(dossier.id)[-1]["payload"]["clock"]
        assert "Bổ sung hồ sơ" in stop


def test_the_clock_is_stopped_by_hand_with_a_reason_and_restarted(url):
    engine, wall = engine_with(url, SUPPLEMENT)
    with engine:
        dossier = engine.start("P", "H1", by="dân", limit=FIVE)
        wall.at = moment(3, 10)
        stopped = engine.life.stop_clock(dossier.id, by="an", reason="chờ nộp lệ phí")
        assert (stopped.due_at, stopped.stands) == (None, "chờ nộp lệ phí")
        assert stopped.tasks[0].due_at is None
        with pytest.raises(StoreFault, match="TF714"):
            engine.life.stop_clock(dossier.id, by="an", reason="lần nữa")
        wall.at = moment(6, 10)  # Friday: three working days later
        on = engine.life.restart_clock(dossier.id, by="an")
        assert (on.due_at, on.stands) == (moment(12), None)
        assert on.tasks[0].due_at == moment(10)
        with pytest.raises(StoreFault, match="TF714"):
            engine.life.restart_clock(dossier.id, by="an")
        assert [each["kind"] for each in engine.audit.history(dossier.id)][1:] == [
            "stop_clock",
            "restart_clock",
        ]
        assert engine.audit.history(dossier.id)[1]["payload"]["reason"] == "chờ nộp lệ phí"
        assert engine.audit.breaks() == ()


def test_two_reasons_to_stop_hold_the_clock_until_both_are_over(url):
    engine, wall = engine_with(url, SUPPLEMENT)
    with engine:
        dossier = engine.start("P", "H1", by="dân", limit=FIVE)
        do(engine, dossier.id, "check")
        engine.work.choose(at(engine, dossier.id, "full"), "f5", by="an")
        engine.life.stop_clock(dossier.id, by="an", reason="chờ nộp lệ phí")
        wall.at = moment(4, 9)
        done = do(engine, dossier.id, "more")
        assert (done.due_at, done.stands) == (None, "chờ nộp lệ phí")
        wall.at = moment(5, 9)
        assert engine.life.restart_clock(dossier.id, by="an").due_at == moment(12)


def test_an_extension_counts_from_the_date_it_extends_and_is_told(url):
    engine, _ = engine_with(url, SUPPLEMENT)
    with engine:
        dossier = engine.start("P", "H1", by="dân", limit=FIVE)
        longer = engine.life.extend(
            dossier.id, TWO, by="an", reason="chờ ý kiến Bộ", apology="12/TXL-SNV"
        )
        assert longer.due_at == moment(11)
        (letter,) = engine.outbox.waiting()
        assert letter.topic == "extended"
        assert (letter.payload["apology"], letter.payload["reason"]) == (
            "12/TXL-SNV",
            "chờ ý kiến Bộ",
        )
        assert letter.payload["due_after"].startswith("2026-03-11T17:00")
        none = engine.start("P", "H2", by="dân")
        with pytest.raises(StoreFault, match="TF715"):
            engine.life.extend(none.id, TWO, by="an", reason="?")


def test_who_is_late_is_told_once_before_and_once_after(url):
    engine, wall = engine_with(url, SUPPLEMENT)
    with engine:
        dossier = engine.start("P", "H1", by="dân", limit=FIVE)
        assert engine.warn() == 0
        wall.at = moment(4)  # one working day before the task is due
        assert engine.warn() == 1
        assert engine.warn() == 0
        wall.at = moment(5)
        assert engine.warn() == 1
        wall.at = moment(20)
        assert engine.warn() == 1
        assert engine.warn() == 0
        told = [
            (each.topic, each.payload.get("node"), each.payload["due_at"][:10])
            for each in engine.outbox.waiting()
        ]
        assert told == [
            ("near_due", "check", "2026-03-05"),
            ("overdue", "check", "2026-03-05"),
            ("overdue", None, "2026-03-09"),
        ]
        assert [task.node for task in engine.tasks(due_before=wall.at)] == ["check"]
        assert engine.audit.breaks() == ()
        assert engine.dossier(dossier.id).status == "running"


def test_a_suspended_dossier_s_clock_goes_on_so_its_time_is_warned_of_and_can_be_stopped(url):
    engine, wall = engine_with(url, SUPPLEMENT)
    with engine:
        dossier = engine.start("P", "H1", by="dân", limit=FIVE)
        engine.life.suspend(dossier.id, by="an", reason="chờ thanh tra")
        wall.at = moment(10)
        assert engine.warn() == 1
        assert "overdue" in {letter.topic for letter in engine.outbox.waiting()}
        assert engine.dossiers(due_before=wall.at)[0].id == dossier.id
        engine.life.extend(dossier.id, TWO, by="an", reason="chờ thanh tra")
        engine.life.stop_clock(dossier.id, by="an", reason="chờ thanh tra")
        assert engine.life.cancel(dossier.id, by="an", reason="nhầm").status == "cancelled"
        wall.at = moment(31)
        assert engine.dossiers(due_before=wall.at) == ()
        assert engine.audit.breaks() == ()


def test_a_date_that_was_moved_is_warned_of_anew(url):
    engine, wall = engine_with(url, SUPPLEMENT)
    with engine:
        dossier = engine.start("P", "H1", by="dân", limit=FIVE)
        wall.at = moment(10)
        engine.warn()
        engine.life.extend(dossier.id, TWO, by="an", reason="bận")
        before = len(engine.outbox.waiting())
        wall.at = moment(11)
        assert engine.warn() == 1
        (letter,) = engine.outbox.waiting()[before:]
        assert (letter.topic, letter.payload["due_at"][:10]) == ("overdue", "2026-03-11")


OUTSIDE = '<extensionElements><tthc:subProcess outsideClock="true"/></extensionElements>'
INSPECTS = '<extensionElements><tthc:step kinds="post_inspect"/></extensionElements>'
AFTERWARDS = bpmn(
    '<startEvent id="s"/><userTask id="grant" name="Trả kết quả"/>'
    f'<subProcess id="later" name="Hậu kiểm">{OUTSIDE}'
    '<startEvent id="ls"/><userTask id="inspect" name="Kiểm tra"'
    f' tthc:time="10 ngày làm việc">{INSPECTS}</userTask><endEvent id="le"/>'
    '<sequenceFlow id="l1" sourceRef="ls" targetRef="inspect"/>'
    '<sequenceFlow id="l2" sourceRef="inspect" targetRef="le"/></subProcess><endEvent id="e"/>',
    "s > grant > later > e",
)


def test_an_inspection_after_the_result_does_not_hold_the_dossier(url):
    engine, wall = engine_with(url, AFTERWARDS)
    with engine:
        dossier = engine.start("P", "H1", by="dân", limit=TWO)
        wall.at = moment(3, 9)
        given = do(engine, dossier.id, "grant")
        assert (given.status, given.answered_at, given.due_at) == ("running", wall.at, None)
        assert given.tasks[0].due_at == moment(17)
        wall.at = moment(13)
        assert engine.warn() == 0  # the dossier itself was answered in time
        wall.at = moment(16)
        done = do(engine, dossier.id, "inspect")
        assert (done.status, done.answered_at) == ("completed", moment(3, 9))


def test_who_is_inspected_is_drawn_by_risk_and_the_same_whoever_draws(url):
    sampling = Sampling(shares={"cao": 1, "thấp": "1/4"}, by="mức rủi ro", seed="2026")
    engine, _ = engine_with(url, AFTERWARDS, sampling=sampling)
    with engine:
        drawn = []
        for number in range(40):
            low = {"mức rủi ro": "thấp"}
            dossier = engine.start("P", f"H{number}", by="dân", data=low)
            ended = do(engine, dossier.id, "grant")
            (said,) = engine.audit.history(dossier.id)[-1]["payload"]["drawn"]
            assert (said["risk"], said["share"], said["node"]) == ("thấp", "1/4", "later")
            assert said["inspected"] is (ended.status == "running")
            again = sampling.draw(f"H{number}", "later", low)
            assert again.inspected is said["inspected"]
            drawn.append(said["inspected"])
        assert 3 <= sum(drawn) <= 18
        for risk in ("cao", "không rõ"):
            one = engine.start("P", risk, by="dân", data={"mức rủi ro": risk})
            do(engine, one.id, "grant")
            assert open_nodes(engine, one.id) == ["inspect"]


def test_the_draw_decides_the_gateway_before_an_inspection(url):
    content = bpmn(
        f'<startEvent id="s"/><subProcess id="later">{OUTSIDE}<startEvent id="ls"/>'
        '<exclusiveGateway id="sample" name="Thuộc mẫu kiểm tra?"/>'
        f'<userTask id="inspect" name="Kiểm tra">{INSPECTS}</userTask><endEvent id="le"/>'
        '<endEvent id="no"/><sequenceFlow id="l1" sourceRef="ls" targetRef="sample"/>'
        '<sequenceFlow id="l2" sourceRef="sample" targetRef="inspect"/>'
        '<sequenceFlow id="l3" sourceRef="inspect" targetRef="le"/>'
        '<sequenceFlow id="l4" sourceRef="sample" targetRef="no"/></subProcess><endEvent id="e"/>',
        "s > later > e",
    )
    sampling = Sampling(shares={"không": 0}, by="rủi ro", seed="x")
    engine, _ = engine_with(url, content, sampling=sampling)
    with engine:
        none = engine.start("P", "H1", by="dân", data={"rủi ro": "không"})
        assert none.status == "completed"
        assert "l4" in engine.audit.history(none.id)[0]["payload"]["taken"]
        one = engine.start("P", "H2", by="dân")
        assert open_nodes(engine, one.id) == ["inspect"]


def test_a_share_that_is_none_is_refused():
    with pytest.raises(BadQuantity, match="TF109"):
        Sampling(shares={"cao": 2}, by="rủi ro", seed="x")


@pytest.mark.parametrize(
    "limit", ["5 working_day", "5 calendar_day", "40 working_hour", "200 hour"]
)
@pytest.mark.parametrize("seed", range(6))
def test_a_clock_that_stood_many_times_is_due_as_if_each_time_were_listed(limit, seed):
    """The oldest stops are counted in and listed no more; the date is that of all of them."""
    amount, unit = limit.split()
    rng = random.Random(seed)
    calendar = Calendar.load(2025, 2026, 2027)
    deadlines = Deadlines(calendar=calendar, bare_day=TimeUnit.WORKING_DAY)
    began = moment(2, 8)
    short = whole = LegalClock(limit=Duration(amount=amount, unit=unit))
    now = began
    for _ in range(40):
        now += timedelta(minutes=rng.randint(1, 300))
        short, whole = (each.stopped(now, "chờ") for each in (short, whole))
        now += timedelta(minutes=rng.randint(1, 4000))
        short, whole = (each.resumed(now, by_step=False) for each in (short, whole))
        short = deadlines.shortened(began, short, now)
        assert deadlines.end(began, short) == deadlines.end(began, whole)
    assert len(short.stops) <= MOST_STOPS + 4 < len(whole.stops) == 40


def test_a_dossier_that_is_supplemented_for_ever_says_no_more_at_each_round(tmp_path):
    engine, wall = engine_with(f"sqlite:///{tmp_path / 'a.db'}", SUPPLEMENT)
    with engine:
        dossier = engine.start("P", "H1", by="dân", limit=Duration(amount=60, unit="working_day"))
        sizes = []
        for _ in range(60):
            do(engine, dossier.id, "check")
            engine.work.choose(at(engine, dossier.id, "full"), "f5", by="an")
            wall.forward(hours=3)
            done = do(engine, dossier.id, "more")
            wall.forward(minutes=5)
            sizes.append(len(str(engine.audit.history(dossier.id)[-1])))
        assert max(sizes[20:]) <= 1.1 * max(sizes[8:20])
        assert done.due_at is not None
        assert len(stops_told(engine.audit.history(dossier.id))) == 60
        waited = [row for row in engine.audit.log(dossier.id) if row.activity == "more"]
        assert len(waited) == 60
        assert engine.audit.breaks() == ()
