"""What a project says of its procedure: at its step, until it is settled, as one does it there."""

from __future__ import annotations

import csv
import io
import re
from importlib.resources import files

import pytest

from tthc_flow.projects.actions import acted
from tthc_flow.projects.opening import open_project
from tthc_flow.projects.project import Project
from tthc_flow.projects.view import view

TABLE = """no,content,performer,time
1,Tiếp nhận hồ sơ,Chuyên viên,0.5 ngày
2,Ký giấy phép,Giám đốc Sở Công Thương,
"""
MESSAGES = files("tthc_flow.words").joinpath("messages")


@pytest.fixture
def project() -> Project:
    made = open_project(TABLE.encode(), "bảng.csv")
    assert isinstance(made, Project)
    return made


def codes(project: Project, element: str) -> set[str]:
    return {each["code"] for each in view(project)["notes"] if each["element"] == element}


def test_a_doubt_about_a_row_stands_at_its_step(project: Project):
    by_number = {number: id_ for id_, number in view(project)["record"]["numbers"].items()}
    assert "table-not-understood" in codes(project, by_number["1"])
    assert "check-time-missing" in codes(project, by_number["2"])


def test_what_was_settled_is_told_no_longer_and_comes_back_by_undo(project: Project):
    first, second = view(project)["facts"]
    told = {"kind": "facts", "element": first, "fields": {"level": "province", "office": "Sở"}}
    settled = acted(project, told)
    assert {"table-not-understood", "table-office-unknown"} <= codes(project, first)
    assert not {"table-not-understood", "table-office-unknown"} & codes(settled, first)
    timed = acted(settled, {"kind": "facts", "element": second, "fields": {"time": "1 ngày"}})
    assert not {"check-time-missing", "table-time-missing"} & codes(timed, second)
    assert codes(acted(timed, {"kind": "undo"}), second) == codes(project, second)


def test_a_missing_time_is_told_once_with_the_line_of_the_table(project: Project):
    notes = view(project)["notes"]
    missing = [each for each in notes if each["code"].endswith("time-missing")]
    assert [each["line"] for each in missing] == [3]
    assert "2" in missing[0]["message"]


def test_a_bare_drawing_says_what_is_missing_in_it():
    text = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="P">
    <startEvent id="s"/><task id="A" name="Xyz"/><endEvent id="e"/>
    <sequenceFlow id="f" sourceRef="s" targetRef="A"/>
    <sequenceFlow id="g" sourceRef="A" targetRef="e"/></process></definitions>"""
    made = open_project(text, "a.bpmn")
    assert isinstance(made, Project)
    found = {each["code"]: each for each in view(made)["notes"]}
    assert {"check-performer-missing", "check-step-unclassified"} <= found.keys()
    assert {each["line"] for each in view(made)["notes"]} == {None}
    assert found["check-step-unclassified"]["hint"].startswith("Chọn loại việc ở mục Dữ kiện")


def test_every_hint_of_the_page_is_about_a_finding_that_there_is():
    rows = list(csv.DictReader(io.StringIO(MESSAGES.joinpath("studio.csv").read_text("utf-8"))))
    hints = [row["code"].removeprefix("studio-hint-") for row in rows if "-hint-" in row["code"]]
    assert hints
    for code in hints:
        room = MESSAGES.joinpath(f"{code.partition('-')[0]}.csv").read_text("utf-8")
        assert re.search(rf"(?m)^{re.escape(code)},", room), code
    said = [row[lang] for row in rows for lang in ("vi", "en") if "-hint-" in row["code"]]
    assert not [each for each in said if "tthc-flow" in each or "--" in each]
