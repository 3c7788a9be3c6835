"""One dossier from the command line: what officers type and read; exit codes, JSON as published."""

from __future__ import annotations

import re

from cli.desk import LICENCE, LISTENER, begun
from dossiers.small import bpmn

VIETNAMESE = re.compile(
    "[ăâđêôơưạảãàáậầấẩẫắặẹẻẽèéệềếểễịỉĩìíọỏõòóộồốổỗợờớởỡụủũùúựừứửữỳýỷỹỵ]", re.IGNORECASE
)


def test_a_dossier_is_taken_from_receipt_to_a_decision(desk):
    begun(desk)
    (task,) = desk.json("tasks", "--late")["tasks"] or desk.json("tasks")["tasks"]
    assert (task["node"], task["due_at"]) == ("receive", "2026-03-02T12:00:00+07:00")
    assert desk.json("claim", "H1", "--by", "Hoa")["dossier"]["tasks"][0]["assignee"] == "Hoa"
    taken = desk("complete", "H1:receive", "--by", "Binh")
    assert (taken.code, taken.err[:5]) == (1, "TF708")
    assert desk.json("unclaim", "H1", "--by", "Hoa")["dossier"]["tasks"][0]["assignee"] is None
    given = desk.json("delegate", "H1", "Binh", "--by", "Hoa")["dossier"]["tasks"][0]
    assert (given["assignee"], given["owner"]) == ("Binh", "Hoa")
    desk.json("complete", "H1:receive", "--by", "Binh", "--set", "số trang=12", "--set", "phí=đúng")
    desk.json("complete", f"H1:{desk.json('tasks')['tasks'][0]['id'][-1]}", "--by", "Binh")
    undecided = desk("complete", "H1", "--by", "Binh", "--lang", "en")
    assert (undecided.code, "--flow f4 (Supplement), f6 (Look up)" in undecided.err) == (2, True)
    assert desk("complete", "H1", "--by", "Binh", "--flow", "nowhere").code == 2
    more = desk.json("complete", "H1", "--by", "Binh", "--flow", "Supplement")["dossier"]
    assert [each["node"] for each in more["tasks"]] == ["more"]
    shown = desk.json("show", "H1")
    assert shown["dossier"]["due_at"] == "2026-03-09T17:00:00+07:00"
    assert [each["kind"] for each in shown["history"]] == [
        *("start", "claim", "unclaim", "delegate", "complete", "complete", "choose"),
    ]
    data = shown["history"][4]["payload"]["data"]
    assert data == {"số trang": 12, "phí": True}
    assert shown["history"][4]["on_behalf_of"] == "Hoa"


def test_an_officer_reads_dates_names_and_what_to_type(desk):
    begun(desk, "receive", "check")
    desk.wall.forward(days=3)
    assert desk("show", "H1").out == (
        "Hồ sơ H1 – Thử\n"
        "  Trạng thái       đang giải quyết\n"
        "  Tiếp nhận        08:00 thứ Hai 02/03/2026\n"
        "  Hạn trả kết quả  17:00 thứ Hai 09/03/2026\n"
        "Đang chờ\n"
        "  H1:4  Complete?; chưa rõ ai làm\n"
        "    --flow f4: Supplement\n"
        "    --flow f6: Look up\n"
        "Quá trình\n"
        "  08:00 thứ Hai 02/03/2026  An  tiếp nhận hồ sơ\n"
        "  08:00 thứ Hai 02/03/2026  An  hoàn thành “Receive”\n"
        "  08:00 thứ Hai 02/03/2026  An  hoàn thành “Check”\n"
    )


def test_what_is_asked_for_in_english_is_english(desk):
    begun(desk, "receive", "check")
    desk.wall.forward(days=30)
    asked = [
        ("show", "H1"),
        ("tasks",),
        ("due",),
        ("verify",),
        ("incidents", "list"),
        ("signal", "HOLIDAY"),
        ("life", "extend", "H1", "2 ngày làm việc", "--by", "An", "--reason", "storm"),
    ]
    for arguments in asked:
        left = desk(*arguments, "--lang", "en")
        assert left.code == 0
        assert VIETNAMESE.findall(left.out.replace("Thử", "")) == [], arguments
    wrong = desk("show", "nobody", "--lang", "en")
    assert wrong.err == "TF706 nobody: no such dossier\n  → look at its id again\n"


def test_a_dossier_as_a_whole_is_suspended_stopped_extended_and_ended(desk):
    begun(desk)
    why = ("--by", "An", "--reason", "người nộp đề nghị")

    def life(verb: str, *more: object) -> dict:
        return desk.json("life", verb, "H1", *more)["dossier"]

    assert life("suspend", *why)["status"] == "suspended"
    standing = desk("complete", "H1:receive", "--by", "An")
    assert (standing.code, standing.err[:5]) == (1, "TF709")
    assert life("resume", "--by", "An")["status"] == "running"
    stopped = life("stop-clock", *why)
    assert (stopped["due_at"], stopped["stands"]) == (None, "người nộp đề nghị")
    assert "dừng tính thời hạn: người nộp đề nghị" in desk("show", "H1").out
    desk.wall.forward(days=1)
    assert life("restart-clock", "--by", "An")["due_at"] == "2026-03-10T17:00:00+07:00"
    extended = life("extend", "2 ngày làm việc", *why, "--apology", "12/TB-XL")
    assert extended["due_at"] == "2026-03-12T17:00:00+07:00"
    assert (
        "gia hạn từ 17:00 thứ Ba 10/03/2026 đến 17:00 thứ Năm 12/03/2026" in desk("show", "H1").out
    )
    assert life("withdraw", *why)["status"] == "withdrawn"
    desk.json("start", "P", "H2", "--by", "An")
    assert desk.json("life", "cancel", "H2", *why)["dossier"]["status"] == "cancelled"


def test_who_is_late_is_listed_and_told_of_once(desk):
    begun(desk)
    soon = desk.json("due")
    assert (soon["warned"], soon["dossiers"]) == (0, [])
    assert soon["tasks"] == desk.json("tasks")["tasks"]
    desk.wall.forward(days=2)
    left = desk("due")
    assert "H1:2  Receive" in left.out
    assert "12:00 thứ Hai 02/03/2026 (quá hạn)" in left.out
    assert "Đã ghi lời nhắc cho 1 hồ sơ" in left.out
    assert desk.json("due")["warned"] == 0
    assert [each["node"] for each in desk.json("tasks", "--late")["tasks"]] == ["receive"]
    assert "nhắc hạn: “Receive” đã quá hạn 12:00 thứ Hai 02/03/2026" in desk("show", "H1").out
    desk.wall.forward(days=5)
    assert [each["business_key"] for each in desk.json("due")["dossiers"]] == ["H1"]


def test_tasks_are_found_by_who_may_do_them(desk):
    offices = bpmn(
        '<laneSet id="ls"><lane id="l" name="Văn thư Sở Tư pháp"><flowNodeRef>a</flowNodeRef>'
        "</lane></laneSet>"
        '<startEvent id="s"/><userTask id="a" name="Stamp"/><endEvent id="e"/>',
        "s > a > e",
    )
    desk.deploy(offices)
    for code in ("H1", "H2"):
        desk.json("start", "P", code, "--by", "An")
        desk.wall.forward(minutes=1)
    desk.json("claim", "H2", "--by", "Hoa")
    (one, two) = desk.json("tasks")["tasks"]
    for asked in (
        ("--dossier", "H1"),
        ("--limit", 1),
    ):
        assert desk.json("tasks", *asked)["tasks"] == [one]
    assert desk.json("tasks", "--assignee", "Hoa")["tasks"] == [two]
    for name in ("office", "role"):
        assert desk.json("tasks", f"--{name}", one[name])["tasks"] == [one, two]
        assert desk.json("tasks", "--candidate", one[name])["tasks"] == [one, two]
        assert desk.json("tasks", f"--{name}", "nobody")["tasks"] == []


def test_the_codes_of_two_procedures_may_be_the_same_and_are_then_told_apart(desk):
    desk.deploy(LICENCE)
    desk.deploy(LISTENER, "b.bpmn")
    ids = {desk.json("start", key, "H1", "--by", "An")["dossier"]["id"] for key in ("P", "L")}
    left = desk("show", "H1")
    assert left.code == 2
    assert all(each in left.err for each in ids)
    for each in ids:
        assert desk.json("show", each)["dossier"]["id"] == each


def test_a_database_that_cannot_be_opened_is_no_failed_gate(desk):
    left = desk.tthc("engine", "tasks", "--database", "sqlite:////nowhere/at/all.db")
    assert (left.code, left.err[:5]) == (3, "TF701")
    missing = desk.tthc("engine", "tasks")
    assert (missing.code, "--database" in missing.err) == (2, True)


def test_the_database_may_be_named_by_the_environment(desk, monkeypatch):
    begun(desk)
    monkeypatch.setenv("TTHC_DATABASE", desk.database[1])
    assert "H1:2" in desk.tthc("engine", "tasks").out


def test_the_calendar_and_the_meaning_of_a_bare_day_can_be_given(desk):
    (desk.folder / "days.csv").write_text(
        "date,kind,name,status,source\n2026-03-03,off,Lễ hội tỉnh,announced,QĐ 1\n"
    )
    desk.deploy(LICENCE)

    def due(code: str, limit: str, *more: object) -> str:
        begin = ("start", "P", code, "--by", "An", "--limit", limit)
        return desk.json(*begin, *more)["dossier"]["due_at"]

    assert due("H1", "2 ngày làm việc") == "2026-03-04T17:00:00+07:00"
    assert due("H2", "2 ngày làm việc", "--calendar", "days.csv") == "2026-03-05T17:00:00+07:00"
    assert due("H3", "6 ngày") == "2026-03-10T17:00:00+07:00"
    assert due("H4", "6 ngày", "--convention", "bare-day-is-calendar-day").startswith("2026-03-09")
    assert due("H5", "6 ngày", "--convention", "strict") is None
