"""Every command on every shipped procedure: exit code, JSON as published, both languages."""

from __future__ import annotations

import csv
import json
import re

import pytest

from cli.calling import FLOWS, PRESS, TABLES, problems
from tthc_flow.bpmn.read import read
from tthc_flow.cli.main import VERBS
from tthc_flow.model.drawing import Bounds
from tthc_flow.picture.png import png
from tthc_flow.picture.svg import Picture, document

NAMES = {path: f"{path.parent.parent.name}/{path.parent.name}" for path in (*FLOWS, *TABLES)}
flows = pytest.mark.parametrize("path", FLOWS, ids=NAMES.get)
tables = pytest.mark.parametrize("path", TABLES, ids=NAMES.get)
FLOW = PRESS / "flow.bpmn"
DOT = png(document(Picture(body="", box=Bounds(0, 0, 9, 9)), ""))
STEPS = read(FLOW).procedures[0].flow.steps


@tables
def test_every_shipped_table_converts(path, tthc, tmp_path):
    left = tthc("convert", path, "-o", tmp_path / "a.bpmn", "--json")
    assert left.code == 0
    assert problems(left.json) == []
    assert left.json["files"] == {"bpmn": str(tmp_path / "a.bpmn")}
    assert (tmp_path / "a.bpmn").read_bytes().startswith(b"<?xml")


@flows
@pytest.mark.parametrize("verb", ["check", "measure", "run"])
def test_every_shipped_procedure_is_checked_measured_and_run(path, verb, tthc):
    left = tthc(verb, path, "--json")
    assert left.code == 0
    assert problems(left.json) == []
    assert left.json["command"] == verb


@flows
def test_every_shipped_procedure_is_drawn(path, tthc, tmp_path):
    assert tthc("show", path, "-o", tmp_path / "a.svg").code == 0
    assert (tmp_path / "a.svg").read_text("utf-8").startswith("<svg")


@flows
def test_every_shipped_procedure_gets_a_proposal_and_the_papers_agree(
    path, tthc, tmp_path, monkeypatch
):
    # That the drawings of a paper become pictures is seen below, on the procedure of `make run`.
    monkeypatch.setattr("tthc_flow.report.word.drawing.png", lambda _: DOT)
    left = tthc("propose", path, "-o", tmp_path, "--json")
    assert left.code == 0
    assert problems(left.json) == []
    saved = json.loads((tmp_path / "proposal.json").read_text("utf-8"))
    assert problems(saved) == []
    assert saved["plan"] == left.json["plan"]
    compared = tthc("compare", path, tmp_path / "after.bpmn", "--json").json
    assert problems(compared) == []
    assert compared["cut"] == left.json["plan"]["cut"]
    # The drawing moves up where a step is gone: only the comparison of the files tells that.
    told = [change for change in compared["changes"] if change["kind"] != "layout"]
    assert told == left.json["plan"]["changes"]


def test_the_fields_that_scripts_rely_on_are_there(tthc, tmp_path):
    measured = tthc("measure", FLOW, "--json").json
    assert measured["norm_time"]["minutes"] == 1440
    assert measured["workload"]["minutes"] == 1440
    assert measured["steps"] == len(STEPS)
    assert 0 < measured["performers"] <= measured["hand_offs"] + 1 <= len(STEPS)
    assert (measured["signatures"], measured["unknown_times"]) == (2, [])
    proposed = tthc("propose", FLOW, "-o", tmp_path, "--json").json
    assert len(proposed["plan"]["applied"]) >= 3
    for candidate in proposed["candidates"]:
        assert candidate["preconditions"]
        assert {"lever", "targets", "authority", "evidence", "effect"} <= set(candidate)
    assert proposed["plan"]["proof"]["sound"] is True
    for run in proposed["plan"]["proof"]["executed_branches"].values():
        assert run["executed"] == run["branches"] > 0
    for name in ("bpmn", "svg_before", "svg_after", "report"):
        assert (tmp_path / proposed["files"][name]).stat().st_size > 1000
    assert (tmp_path / proposed["files"]["word_plan"]).stat().st_size > 100_000  # with pictures


@pytest.mark.parametrize("verb", ["check", "measure", "run", "show"])
def test_a_dash_is_standard_input(verb, tthc):
    from_file = tthc(verb, FLOW)
    from_stdin = tthc(verb, "-", stdin=FLOW.read_bytes())
    assert from_stdin.code == from_file.code == 0
    assert from_stdin.out.splitlines()[3:] == from_file.out.replace(str(FLOW), "-").splitlines()[3:]


def test_a_table_from_standard_input_becomes_bpmn_on_standard_output(tthc, tmp_path):
    table = (PRESS / "steps.yaml").read_bytes()
    left = tthc("convert", "-", stdin=table)
    assert left.code == 0
    assert left.out.startswith("<?xml")
    tthc("convert", "-", "-o", tmp_path / "a.bpmn", stdin=table)
    assert (tmp_path / "a.bpmn").read_text("utf-8") == left.out
    told = tthc("convert", "-", "--json", stdin=table)
    assert problems(told.json) == []
    assert told.json["files"] == {}


def test_a_dash_as_output_writes_no_file(tthc, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    after = tthc("propose", FLOW, "-o", "-")
    assert after.out.startswith("<?xml")
    record = tthc("propose", FLOW, "-o", "-", "--json")
    assert problems(record.json) == []
    assert record.json["files"] == {}
    assert tthc("show", FLOW, "-o", "-").out.startswith("<svg")
    assert tthc("convert", PRESS / "steps.yaml", "-o", "-").out.startswith("<?xml")
    assert list(tmp_path.iterdir()) == []


def test_csv_is_read_back_as_a_table_and_holds_no_formula(tthc, tmp_path):
    rows = list(csv.reader(tthc("measure", FLOW, "--csv").out.splitlines()))
    assert rows[0] == ["Chỉ số", "Giá trị"]
    assert ["Số bước", str(len(STEPS))] in rows
    bad = FLOW.read_text("utf-8").replace("<definitions", "<definitions", 1)
    bad = re.sub(r'name="Thẩm định hồ sơ"', 'name="=HYPERLINK(1)"', bad)
    (tmp_path / "a.bpmn").write_text(bad.replace("tthc:time", "tthc:was"), "utf-8")
    found = list(csv.DictReader(tthc("check", tmp_path / "a.bpmn", "--csv").out.splitlines()))
    assert found
    assert not [cell for row in found for cell in row.values() if cell.startswith("=")]
    compared = list(csv.reader(tthc("compare", FLOW, FLOW, "--csv").out.splitlines()))
    assert {len(row) for row in compared} == {4}


def test_two_formats_at_once_are_a_usage_error(tthc):
    left = tthc("check", FLOW, "--json", "--csv")
    assert left.code == 2
    assert problems(left.json) == []


def test_the_time_convention_is_named_under_every_table(tthc, tmp_path):
    words = "“ngày” không ghi rõ được tính là ngày làm việc (8 giờ)"
    assert words in tthc("measure", FLOW).out
    assert words in tthc("compare", FLOW, FLOW).out
    assert words in tthc("propose", FLOW, "-o", tmp_path).out
    timed = sum(step.time.duration is not None for step in STEPS)
    assert f"{timed} theo quy định" in tthc("measure", FLOW).out


def test_findings_stand_by_severity_the_worst_first_and_are_added_up(tthc):
    text = FLOW.read_text("utf-8").replace('name="Thẩm định hồ sơ"', 'name=""', 1)
    left = tthc("check", "-", stdin=text.encode())
    headings = re.findall(r"^(Lỗi|Cảnh báo|Thông tin) \((\d+)\)$", left.out, re.MULTILINE)
    order = ["Lỗi", "Cảnh báo", "Thông tin"]
    assert [name for name, _ in headings] == [h for h in order if h in dict(headings)]
    summary = left.out.splitlines()[-1]
    found = dict(headings)
    expected = [found.get(name, "0") for name in order]
    assert re.findall(r"\d+", summary) == expected


def test_every_finding_about_an_element_has_its_line(tthc):
    text = re.sub(
        r'(<tthc:time) amount="[^"]*" unit="[^"]*"', r"\1", FLOW.read_text("utf-8"), count=3
    )
    found = tthc("check", "-", "--json", stdin=text.encode()).json["findings"]
    missing = [row for row in found if row["code"] == "check-time-missing"]
    assert len(missing) == 3
    lines = text.splitlines()
    for row in missing:
        assert f'id="{row["element"]}"' in lines[row["line"] - 1]


def test_a_proposal_says_on_the_terminal_what_would_cut_more(tthc, tmp_path):
    out = tthc("propose", FLOW, "-o", tmp_path).out
    assert "Điều kiện để giảm thêm:\n\n" not in out
    lines = out.partition("Điều kiện để giảm thêm:\n")[2].splitlines()
    assert lines[0].startswith(("- Còn thiếu dữ liệu để", "- Chưa thể"))


def test_no_color_is_honoured_and_a_pipe_gets_no_colours(tthc, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in tthc("check", FLOW).out
    monkeypatch.delenv("NO_COLOR")
    assert "\x1b[" not in tthc("check", FLOW).out


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself_in_vietnamese(verb, tthc):
    left = tthc(verb, "--help")
    assert left.code == 0
    assert "TỆP" in left.out or "TRƯỚC" in left.out
    assert re.search("[ạảãàáâậầấẩẫăắằặẳẵ]", left.out)
    assert verb in tthc("--help").out


def test_no_arguments_print_the_help_and_leave_as_a_usage_error(tthc):
    left = tthc()
    assert (left.code, left.out) == (2, "")
    assert "propose" in left.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("nope",),
        ("check",),
        ("check", FLOW, "--lang", "fr"),
        ("check", FLOW, "--fail-on", "sometimes"),
        ("measure", FLOW, "--convention", "mine"),
        ("propose", FLOW, "--require-time-cut", "much"),
        ("propose", FLOW, "--require-time-cut", "130%"),
        ("propose", FLOW, "--require-time-cut", "nan"),
        ("show", FLOW),
        ("compare", "-", "-"),
    ],
)
def test_a_wrong_call_leaves_with_2_and_says_so_in_json(arguments, tthc):
    left = tthc(*arguments, "--json")
    assert left.code == 2
    assert problems(left.json) == []
    assert left.json["error"]["code"] == "TF001"
    assert "Traceback" not in left.err


def test_an_unexpected_failure_is_told_as_a_defect_without_a_traceback(tthc, monkeypatch):
    def broken(*_args: object, **_kwargs: object) -> object:
        message = "lỗi lạ"
        raise RuntimeError(message)

    monkeypatch.setattr("tthc_flow.cli.measure.resolve", broken)
    left = tthc("measure", FLOW, "--json")
    assert left.code == 4
    assert problems(left.json) == []
    assert left.json["error"]["code"] == "TF900"
    assert "Traceback" not in left.err


def test_the_processes_that_a_result_is_not_about_are_named(tthc, tmp_path):
    source = (PRESS / "flow.bpmn").read_text("utf-8")
    other = '<bpmn:process id="Fee" name="Thu phí"><bpmn:task id="T" name="Thu"/></bpmn:process>'
    both = tmp_path / "both.bpmn"
    both.write_text(source.replace("<bpmn:process ", f"{other}<bpmn:process ", 1), "utf-8")
    out = tmp_path / "out"
    assert "“Thu phí” (Fee)" in tthc("measure", both).out
    assert "“Thu phí” (Fee)" in tthc("propose", both, "-o", out).out
    assert "“Thu phí” (Fee)" in (out / "report.html").read_text("utf-8")
    left = tthc("measure", both, "--json")
    assert left.json["other_processes"] == [{"process": "Fee", "name": "Thu phí"}]
    assert problems(left.json) == []
    assert "Thu phí" not in tthc("measure", PRESS / "flow.bpmn").out


def test_a_comparison_names_the_processes_that_it_leaves_out(tthc, tmp_path):
    head = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">'
    one = '<process id="P"><task id="A"/><task id="B"/></process>'
    two = '<process id="Q" name="Thu phí"><task id="C"/></process>'
    (tmp_path / "before.bpmn").write_text(f"{head}{one}{two}</definitions>", encoding="utf-8")
    (tmp_path / "after.bpmn").write_text(f"{head}{one}</definitions>", encoding="utf-8")
    left = tthc("compare", tmp_path / "before.bpmn", tmp_path / "after.bpmn")
    assert "Tệp còn quy trình khác không được tính ở đây: “Thu phí” (Q)" in left.out
    alone = tthc("compare", tmp_path / "after.bpmn", tmp_path / "after.bpmn")
    assert "quy trình khác" not in alone.out
