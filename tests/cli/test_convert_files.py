"""`tthc-flow convert` of Word and Excel files: a list, one procedure, or a folder of them all."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator

from cli.calling import SCHEMA
from tables.office.office_files import HEADER, word

STEPS = [HEADER, ("1", "Tiếp nhận hồ sơ", "Bộ phận Một cửa", "0,5 ngày", "")]
TWO = word("Thủ tục: A (Mã: 1.000001)", STEPS, "Thủ tục: B (Mã: 1.000002)", STEPS)


@pytest.fixture
def annex(tmp_path):
    path = tmp_path / "annex.docx"
    path.write_bytes(TWO)
    return path


def test_the_procedures_of_a_file_are_listed_and_nothing_is_written(tthc, annex):
    left = tthc("convert", annex, "--list")
    assert left.code == 0
    assert [line.split()[:3] for line in left.out.splitlines()[1:]] == [
        ["1", "1.000001", "A"],
        ["2", "1.000002", "B"],
    ]
    record = tthc("convert", annex, "--list", "--json").json
    assert list(Draft202012Validator(SCHEMA).iter_errors(record)) == []
    assert [each.name for each in annex.parent.iterdir()] == ["annex.docx"]


def test_all_are_written_into_a_folder_or_none(tthc, annex, tmp_path):
    out = tmp_path / "out"
    left = tthc("convert", annex, "-o", f"{out}/", "--json")
    assert left.code == 0
    assert list(Draft202012Validator(SCHEMA).iter_errors(left.json)) == []
    assert sorted(each.name for each in out.iterdir()) == ["1.000001.bpmn", "1.000002.bpmn"]
    other = tmp_path / "other"
    (other / "1.000002.bpmn").mkdir(parents=True)
    assert tthc("convert", annex, "-o", other).code == 3
    assert [each.name for each in other.iterdir()] == ["1.000002.bpmn"]


def test_one_is_written_where_it_is_asked_for(tthc, annex, tmp_path):
    goal = tmp_path / "b.bpmn"
    assert tthc("convert", annex, "--procedure", "1.000002", "-o", goal).code == 0
    assert 'name="B"' in goal.read_text("utf-8")


def test_several_without_a_choice_are_refused_with_the_choices(tthc, annex):
    left = tthc("convert", annex)
    assert left.code == 3
    assert left.err.startswith("TF229 ")
    assert "1 (1.000001), 2 (1.000002)" in left.err.splitlines()[-1]


def test_a_list_takes_no_place(tthc, annex):
    assert tthc("convert", annex, "--list", "-o", "x.bpmn").code == 2
