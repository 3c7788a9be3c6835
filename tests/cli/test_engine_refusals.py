"""What `tthc-flow engine` refuses instead of dropping it, and what it says then."""

from __future__ import annotations

import re

import pytest

from cli.desk import LICENCE, begun
from dossiers.small import bpmn

FORM = bpmn(
    '<startEvent id="s"/><userTask id="pay" name="Thu phí"><extensionElements>'
    "<tthc:step><tthc:fields>"
    '<tthc:field name="phí" type="number" required="true" label="Phí"/>'
    '<tthc:field name="ghi chú"/>'
    '<tthc:field name="ngày" type="date"/><tthc:field name="đủ" type="truth"/>'
    '<tthc:field name="cấp" type="choice"><tthc:choice name="1.500"/>'
    '<tthc:choice name="tỉnh"/></tthc:field></tthc:fields>'
    '</tthc:step></extensionElements></userTask><endEvent id="e"/>',
    "s > pay > e",
)
ENGLISH = re.compile(r"\b(no|such|not|the|is|file|dossier|task|truth|number|form|field)\b")


def moved(desk) -> str:
    """Begin H1, move it to a second version; return the id of the migration."""
    begun(desk)
    desk.deploy(LICENCE.replace(b"4 gi", b"8 gi"))
    made = desk.json("migrate", "P@1", "P@2", "--by", "An")["migration"]
    assert len(made["moves"]) == 1
    return made["id"]


@pytest.mark.parametrize(
    "more", [("--dry-run",), ("P@1",), ("P@1", "P@2"), ("--map", "receive=check")]
)
def test_moving_back_goes_with_nothing_else_and_then_moves_nothing(desk, more):
    which = moved(desk)
    before = desk.json("show", "H1")
    for lang, words in (("vi", "--revert"), ("en", "--revert ")):
        left = desk("migrate", *more, "--revert", which, "--by", "An", "--lang", lang)
        assert (left.code, words in left.err) == (2, True)
    assert desk.json("show", "H1") == before


def test_moving_back_a_second_time_says_that_nothing_was_left_to_move(desk):
    back = ("migrate", "--revert", moved(desk), "--by", "An")
    assert desk(*back).out == "Đã chuyển ngược 1 hồ sơ về phiên bản P@1; ở lại 0\n  H1\n"
    assert desk(*back).out == (
        "Không còn hồ sơ nào của đợt này để chuyển ngược về P@1; không có gì thay đổi\n"
    )
    assert desk.json(*back)["dry_run"] is False


def test_a_mapping_of_ids_that_are_not_there_is_refused(desk):
    begun(desk)
    desk.deploy(LICENCE.replace(b'"receive"', b'"take"'))
    for pair, wrong in (("nobody=take", "P@1"), ("receive=nobody", "P@2")):
        left = desk("migrate", "P@1", "P@2", "--by", "An", "--map", pair)
        assert (left.code, wrong in left.err, "nobody" in left.err) == (2, True, True)
    assert desk("migrate", "P@1", "P@2", "--by", "An", "--map", "receive=take").code == 0


def test_options_that_mean_nothing_for_the_task_are_refused(desk):
    begun(desk)

    def refused(task: str, *more: object) -> None:
        left = desk("complete", task, "--by", "An", *more)
        assert (left.code, str(more[0]) in left.err) == (2, True)

    refused("H1:receive", "--flow", "f4")
    refused("H1:receive", "--times", "0")
    for node in ("receive", "check"):
        desk.json("complete", f"H1:{node}", "--by", "An")
    refused("H1:full", "--set", "phí=1", "--flow", "f4")
    refused("H1:full", "--times", "1", "--flow", "f4")
    done = desk.json("complete", "H1:full", "--by", "An", "--flow", "f6", "--on-behalf-of", "Bình")
    assert done["dossier"]["step_no"] == 3


def test_an_event_and_a_number_of_rounds_take_no_deputy(desk):
    desk.deploy(
        bpmn(
            '<startEvent id="s"/><intermediateCatchEvent id="paid"><messageEventDefinition '
            'messageRef="m"/></intermediateCatchEvent><userTask id="a"><standardLoopCharacteristics'
            '/></userTask><endEvent id="e"/>',
            "s > paid > a > e",
            more='<message id="m" name="PAID"/>',
        )
    )
    desk.json("start", "P", "H1", "--by", "An")
    deputy = ("--by", "An", "--on-behalf-of", "Bình")
    assert desk("complete", "H1:paid", *deputy).code == 2
    desk.json("complete", "H1:paid", "--by", "An", "--set", "số=1")
    (task,) = desk.json("tasks")["tasks"]
    while task["what"] != "rounds":
        desk.json("complete", "H1", "--by", "An")
        (task,) = desk.json("tasks")["tasks"]
    for more in (("--on-behalf-of", "Bình"), ("--set", "a=1"), ("--flow", "f1")):
        assert desk("complete", "H1", "--by", "An", "--times", "0", *more).code == 2
    assert desk.json("complete", "H1", "--by", "An", "--times", "0")


def test_what_must_say_something_may_not_be_blank(desk):
    begun(desk)
    for call in (
        ("claim", "H1", "--by", ""),
        ("claim", "H1", "--by", "  "),
        ("delegate", "H1", " ", "--by", "An"),
        ("complete", "H1", "--by", "An", "--on-behalf-of", ""),
        ("life", "suspend", "H1", "--by", "An", "--reason", " "),
        ("start", "P", " ", "--by", "An"),
    ):
        left = desk(*call)
        assert (left.code, "để trống" in left.err) == (2, True), call
    assert len(desk.json("show", "H1")["history"]) == 1


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("phí=1500", 1500),
        ("phí=1.500.000", 1_500_000),
        ("phí=1,5", {"$": "exact", "is": "3/2"}),
        ("phí=0.5", {"$": "exact", "is": "1/2"}),
        ("phí=1.500,25", {"$": "exact", "is": "6001/4"}),
    ],
)
def test_a_number_of_a_form_is_read_as_vietnamese_write_it(desk, typed, kept):
    desk.deploy(FORM)
    desk.json("start", "P", "H1", "--by", "An")
    desk.json("complete", "H1", "--by", "An", "--set", typed)
    assert desk.json("show", "H1")["history"][-1]["payload"]["data"] == {"phí": kept}


def test_text_and_choices_of_a_form_are_taken_as_they_are_typed(desk):
    desk.deploy(FORM)
    desk.json("start", "P", "H1", "--by", "An")
    given = {"ghi chú": "12", "cấp": "1.500", "ngày": "31/12/2026", "đủ": "đúng", "phí": "2"}
    sets = [part for name, text in given.items() for part in ("--set", f"{name}={text}")]
    desk.json("complete", "H1", "--by", "An", *sets)
    assert desk.json("show", "H1")["history"][-1]["payload"]["data"] == {
        "ghi chú": "12",
        "cấp": "1.500",
        "đủ": True,
        "phí": 2,
        "ngày": {"$": "day", "is": "2026-12-31"},
    }


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("phí=1.500", "ghi 1500 hoặc 1,5"),
        ("phí=1,500", "ghi 1500 hoặc 1,5"),
        ("phí=1,500,000", "ghi 1500000"),
        ("phí=nhiều", "phí là số"),
        ("đủ=1500", "đủ là đúng hoặc sai"),
        ("ngày=mai", "ngày là ngày"),
        ("cấp=xã", "1.500 / tỉnh"),
        ("lệ phí=1", "không có trường lệ phí"),
        ("ghi chú=12", "chưa nhập trường bắt buộc: phí"),
    ],
)
def test_what_a_form_does_not_take_is_told_in_vietnamese(desk, typed, told):
    desk.deploy(FORM)
    desk.json("start", "P", "H1", "--by", "An")
    left = desk("complete", "H1", "--by", "An", "--set", typed)
    assert (left.code, told in left.err) == (2, True), left.err
    assert ENGLISH.findall(left.err) == []


def test_without_a_form_a_numeral_of_two_meanings_is_refused_too(desk):
    begun(desk)
    for verb in (("start", "P", "H2"), ("complete", "H1"), ("message", "M")):
        left = desk(*verb, "--by", "An", "--set", "phí=-1.500")
        assert (left.code, "ghi -1500 hoặc -1,5" in left.err) == (2, True)


def test_a_folder_without_a_diagram_is_refused_and_nothing_is_made(desk):
    (desk.folder / "in" / "deeper").mkdir(parents=True)
    (desk.folder / "in" / "deeper" / "a.bpmn").write_bytes(LICENCE)
    left = desk("deploy", desk.folder / "in")
    assert (left.code, "không có tệp .bpmn nào" in left.err) == (2, True)


def test_every_verb_but_deploy_refuses_a_database_that_is_not_there(desk):
    for call in (
        *(("start", "P", "H1", "--by", "An"), ("tasks",), ("show", "H1"), ("verify",), ("due",)),
        ("migrate", "P@1", "P@2", "--by", "An"),
    ):
        left = desk(*call)
        assert (left.code, left.err[:5], "deploy" in left.err) == (3, "TF701", True), call
        assert not desk.file.exists()
    assert desk.work().code == 3
    told = desk("tasks", "--json", "--lang", "en")
    assert (told.code, told.json["error"]["fact"]) == (3, "there is no such database file")
    desk.deploy(LICENCE)
    assert desk.file.exists()


def test_a_refusal_names_the_dossier_by_its_code_and_is_vietnamese_throughout(desk):
    begun(desk)
    desk.json("claim", "H1", "--by", "Hoa")
    for call in (
        ("show", "H9"),
        ("claim", "H1:9", "--by", "An"),
        ("complete", "H1", "--by", "An"),
        ("life", "resume", "H1", "--by", "An"),
        ("life", "restart-clock", "H1", "--by", "An"),
        ("start", "X", "H1", "--by", "An"),
    ):
        left = desk(*call)
        assert left.code == 1, call
        assert ENGLISH.findall(left.err) == [], left.err
    identifier = desk.json("show", "H1")["dossier"]["id"]
    assert "H1" in desk("complete", "H1", "--by", "An").err
    assert identifier not in desk("complete", "H1", "--by", "An").err


def test_a_module_that_raises_while_it_is_loaded_is_a_wrong_call(desk):
    desk.deploy(LICENCE)
    (desk.folder / "broken_ours.py").write_text('raise RuntimeError("hỏng")\n')
    left = desk.work("--functions", "broken_ours:X")
    assert (left.code, "broken_ours: RuntimeError: hỏng" in left.err) == (2, True)


def test_no_help_speaks_of_integer_ranges(tthc):
    for verb in ("tasks", "complete", "deploy"):
        assert "RANGE" not in tthc("engine", verb, "--help").out
    assert "RANGE" not in tthc("work", "--help").out
