"""What a new user types to `tthc-flow engine` and `work`, right and wrong, and reads then."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from cli.desk import LICENCE, LISTENER, begun
from dossiers.small import bpmn
from tthc_flow.dossiers.engine import Engine


def apart(text: str) -> str:
    """Return *text* as some keyboards and programs give it: the signs apart from the letters."""
    other = unicodedata.normalize("NFD", text)
    assert other != text
    return other


def test_a_code_and_a_name_are_one_however_their_signs_were_typed(desk):
    desk.deploy(LICENCE)
    begin = desk.json("start", "P", apart("Hồ-sơ-1"), "--by", apart("Lê Hoa"))["dossier"]
    assert begin["business_key"] == "Hồ-sơ-1"
    assert desk.json("start", "P", "Hồ-sơ-1", "--by", "Lê Hoa")["already_there"] is True
    desk.json("claim", apart("Hồ-sơ-1"), "--by", apart("Lê Hoa"))
    (task,) = desk.json("tasks", "--assignee", "Lê Hoa")["tasks"]
    assert task == desk.json("tasks", "--assignee", apart("Lê Hoa"))["tasks"][0]
    desk.json("complete", apart("Hồ-sơ-1") + ":receive", "--by", "Lê Hoa")


def test_a_code_that_a_program_kept_with_its_signs_apart_is_found_as_it_is(desk):
    begun(desk)
    with Engine(desk.database[1], now=desk.wall) as engine:
        engine.start("P", apart("Hồ-2"), by="An")
    assert desk.json("show", apart("Hồ-2"))["dossier"]["business_key"] == apart("Hồ-2")


def test_a_way_is_taken_by_its_words_however_their_signs_were_typed(desk):
    drawn = (
        '<startEvent id="s"/><exclusiveGateway id="g" name="Đủ?"/><userTask id="a" name="Cấp"/>'
        '<userTask id="b" name="Trả"/><endEvent id="e"/>'
    )
    desk.deploy(bpmn(drawn, "s > g > a > e; g > b > e"))
    desk.json("start", "P", "H1", "--by", "An")
    done = desk.json("complete", "H1", "--by", "An", "--flow", apart("Trả"))["dossier"]
    assert [each["node"] for each in done["tasks"]] == ["b"]


@pytest.mark.parametrize("typed", ["văn thư", "Văn thư", apart("văn thư"), "clerical office"])
def test_a_role_is_asked_for_by_the_words_that_are_printed(desk, typed):
    lane = (
        '<laneSet id="ls"><lane id="l" name="Văn thư"><flowNodeRef>a</flowNodeRef></lane></laneSet>'
        '<startEvent id="s"/><userTask id="a" name="Stamp"/><endEvent id="e"/>'
    )
    desk.deploy(bpmn(lane, "s > a > e"))
    desk.json("start", "P", "H1", "--by", "An")
    assert [each["role"] for each in desk.json("tasks", "--role", typed)["tasks"]] == [
        "clerical_office"
    ]
    assert desk.json("tasks", "--role", "chuyên viên")["tasks"] == []


@pytest.mark.parametrize(
    "typed", ["31/02/2026", "-3 ngày làm việc", "0 ngày làm việc", "2026-03-09", "năm ngày"]
)
def test_what_is_no_time_is_a_wrong_call_that_says_how_a_time_is_written(desk, typed):
    begun(desk)
    for call in (
        ("start", "P", "H2", "--by", "An", "--limit", typed),
        ("life", "extend", "--by", "An", "--reason", "mưa", "--", "H1", typed),
    ):
        left = desk.tthc("engine", *call[:2], *desk.database, *call[2:])
        assert (left.code, "ghi thời gian như “5 ngày làm việc”" in left.err) == (2, True), call
    assert len(desk.json("show", "H1")["history"]) == 1


def test_a_file_that_is_no_diagram_is_named_where_it_is_refused(desk):
    wrong = desk.folder / "ghi chú.txt"
    wrong.write_text("không phải sơ đồ\n", "utf-8")
    left = desk("deploy", wrong)
    assert (left.code, left.err.startswith(f"TF208 {wrong}:1")) == (3, True)
    assert "<bytes>" not in left.err


def test_a_database_in_a_folder_that_may_not_be_looked_into_cannot_be_opened(desk, monkeypatch):
    def locked(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "exists", locked)
    left = desk.tthc("engine", "tasks", "--database", f"sqlite:///{desk.folder}/no/a.db")
    assert (left.code, left.err[:5]) == (3, "TF701")


def test_a_version_is_not_moved_to_itself(desk):
    begun(desk)
    for pair in (("P@1", "P@1"), ("P@1", desk.json("show", "H1")["dossier"]["definition"])):
        left = desk("migrate", *pair, "--by", "An")
        assert (left.code, "cùng một phiên bản" in left.err) == (2, True)
    assert len(desk.json("show", "H1")["history"]) == 1


def test_a_signal_that_nobody_hears_promises_nothing(desk):
    desk.deploy(LISTENER)
    assert desk("signal", "HOLIDAY").out == "Không có hồ sơ nào đang lắng nghe tín hiệu này\n"
    desk.json("start", "L", "L1", "--by", "An")
    assert desk("signal", "HOLIDAY").out.startswith("1 hồ sơ nghe tín hiệu này;")


def test_a_code_that_is_too_long_is_a_wrong_call_that_says_how_long_it_is(desk):
    desk.deploy(LICENCE)
    left = desk("start", "P", "H" * 300, "--by", "An")
    assert (left.code, left.err[:5], "300" in left.err) == (2, "TF721", True)


@pytest.mark.parametrize("option", ["--lease", "--idle"])
@pytest.mark.parametrize("typed", ["nan", "inf", "1e15", "604801"])
def test_a_worker_does_not_sleep_or_hold_for_longer_than_a_week(desk, option, typed):
    desk.deploy(LISTENER)
    left = desk.work(option, typed)
    assert (left.code, "không nằm trong khoảng x<=604800" in left.err) == (2, True)
    assert desk.work(option, "604800").code == 0


def test_an_incident_that_is_not_there_is_not_called_a_dossier_alone(desk):
    begun(desk)
    left = desk("incidents", "retry", "H1", "--by", "An")
    assert (left.code, "Không có hồ sơ hoặc sự cố mang mã này" in left.err) == (1, True)


NO_TEXT = b"\xff".decode("utf-8", "surrogateescape")  # what Python makes of such an argument


def test_a_name_that_is_no_text_is_told_of_and_is_no_defect(desk):
    begun(desk)
    for call, code in (
        (("deploy", f"{NO_TEXT}.bpmn"), "TF201"),
        (("claim", f"H1:{NO_TEXT}", "--by", "An"), "TF707"),
        (("export", "--format", "csv", "-o", f"/nowhere/{NO_TEXT}.csv"), "TF601"),
    ):
        left = desk(*call)
        assert (left.err[:5], "\\udcff" in left.err) == (code, True), call
    left = desk("slip", "H1", "-o", f"{NO_TEXT}.html")
    assert (left.code, left.out) == (0, "\\udcff.html\n")
    assert (
        desk("claim", f"H1:{NO_TEXT}", "--by", "An", "--json").json["error"]["place"][3:] == NO_TEXT
    )


def test_letters_and_the_record_do_not_both_go_to_standard_output(desk):
    begun(desk)
    left = desk.work("--deliver", "-", "--json")
    assert (left.code, "--deliver - không đi cùng --json" in left.err) == (2, True)
