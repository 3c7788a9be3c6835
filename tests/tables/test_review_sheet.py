"""The workbook to be reviewed: it says what the table says, shows what is doubtful, reads back."""

from __future__ import annotations

import io
import json
import zipfile
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from real_tables import real_tables
from tables.any_yaml import TABLES
from tthc_flow.errors import CannotWrite, UnreadableInput
from tthc_flow.model.actor import Role
from tthc_flow.model.step import StepKind
from tthc_flow.tables.read import read_table, read_tables
from tthc_flow.tables.review.columns import HEAD, LISTS, ROWS
from tthc_flow.tables.review.sheet import STEPS_HEADER, review_sheet
from tthc_flow.tables.review.words import (
    FAMILIES,
    branch_parts,
    branch_words,
    header,
    label,
    unbulleted,
)
from tthc_flow.tables.step_table import BranchKind, StepTable, TableBranch
from tthc_flow.tables.workbook import LISTS_SHEET
from tthc_flow.units import TimeUnit
from tthc_flow.verbs.review import review
from tthc_flow.words.syllables import key

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = sorted(ROOT.glob("processes/*/*/steps.yaml"))
FIRST = STEPS_HEADER + 1
PLAIN = """
name: Cấp giấy phép
source: {document: QĐ 1/QĐ-UBND}
total_time: 3 ngày làm việc
steps:
- {no: '1', content: Tiếp nhận hồ sơ, performer: Bộ phận Một cửa Sở Y tế, time: Trong ngày}
- no: '2'
  content: Thẩm định hồ sơ
  performer: Chuyên viên Phòng Nghiệp vụ
  time: {value: 2.5, unit: working_day}
  branches: [{kind: supplement, text: hồ sơ chưa đầy đủ, target: '1'}]
"""


def bare(table: StepTable) -> StepTable:
    """Return *table* without the lines of the file it came from."""
    return evolve(
        table,
        rows=tuple(
            evolve(row, line=None, branches=tuple(evolve(each, line=None) for each in row.branches))
            for row in table.rows
        ),
    )


def sheet_of(data: bytes, start: str = "TT1"):
    book = load_workbook(io.BytesIO(data))
    return book, next(each for each in book.worksheets if each.title.startswith(f"{start} "))


def place(sheet, path: str, lang: str = "vi") -> int:
    """Return the number of the column at *path*."""
    return [cell.value for cell in sheet[STEPS_HEADER]].index(header(path, lang)) + 1


def changed(data: bytes, edits: dict[tuple[int, str], object]) -> bytes:
    """Return the workbook with cells of its first table changed, by row and column."""
    book, sheet = sheet_of(data)
    for (row, path), value in edits.items():
        sheet.cell(row, place(sheet, path)).value = value
    return saved(book)


def saved(book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("paths", [SHIPPED, real_tables()], ids=["shipped", "real"])
def test_every_table_reads_back_as_it_was(paths, lang):
    if not paths:
        pytest.skip("the material folder ../shared is not beside this repository")
    readings = [read_table(path) for path in paths]
    back = read_tables(review_sheet(readings, lang))
    assert [bare(each.table) for each in back] == [bare(each.table) for each in readings]


@settings(max_examples=25)  # a workbook is written and read in 200 ms
@given(st.lists(TABLES, min_size=1, max_size=2), st.sampled_from(("vi", "en")))
def test_any_table_reads_back_as_it_was(tables, lang):
    readings = [read_table(json.dumps(each, ensure_ascii=False) + "\n") for each in tables]
    back = read_tables(review_sheet(readings, lang))
    assert [bare(each.table) for each in back] == [bare(each.table) for each in readings]


def test_the_same_tables_give_the_same_bytes():
    readings = [read_table(PLAIN), read_table(SHIPPED[0])]
    data = review_sheet(readings)
    assert data == review_sheet(readings)
    with zipfile.ZipFile(io.BytesIO(data)) as parcel:
        assert {each.date_time[0] for each in parcel.infolist()} == {1980}
        assert parcel.read("docProps/core.xml").count(b"1980-01-01T00:00:00Z") == 2
        assert not [name for name in parcel.namelist() if "vba" in name.lower()]


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5", "@SUM(A1)", "=cmd|'/c calc'!A0", "007"])
def test_no_text_becomes_a_formula_a_date_or_a_number(text):
    table = {"name": text, "steps": [{"content": text, "performer": text, "time": text}]}
    book, sheet = sheet_of(review(json.dumps(table, ensure_ascii=False) + "\n"))
    for cell in (
        sheet.cell(1, 2),
        *(sheet.cell(FIRST, place(sheet, path)) for path in ("content", "performer", "time.text")),
    ):
        assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")
        assert cell.quotePrefix
    formulas = [
        cell.coordinate
        for each in book.worksheets
        for row in each.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert formulas == []


def test_the_steps_of_one_unit_are_added_up_by_a_live_formula():
    _, sheet = sheet_of(review(PLAIN))
    column = place(sheet, "time.value")
    assert sheet.cell(2, column).value.startswith("=SUMIFS(")
    assert sheet.cell(FIRST + 1, column).value == 2.5


def test_the_header_is_frozen_and_the_choices_are_in_vietnamese():
    book, sheet = sheet_of(review(PLAIN))
    assert sheet.freeze_panes == f"B{FIRST}"
    assert book[LISTS_SHEET].sheet_state == "hidden"
    offered = {cell.value for row in book[LISTS_SHEET].iter_rows(min_row=2) for cell in row}
    assert {"chuyên viên", "ngày làm việc", "thẩm định", "xã"} <= offered
    ruled = {str(rule.sqref).split(":")[0] for rule in sheet.data_validations.dataValidation}
    for path in ("role", "level", "kinds", "time.unit", "time.counted"):
        assert sheet.cell(FIRST, place(sheet, path)).coordinate in ruled


def test_what_was_guessed_has_a_comment_and_what_is_doubtful_its_words_in_the_row():
    _, sheet = sheet_of(review(PLAIN))
    role = sheet.cell(FIRST + 1, place(sheet, "role"))
    assert role.value == "chuyên viên"
    assert "“Chuyên viên”" in role.comment.text
    notes = sheet.cell(FIRST, place(sheet, "notes")).value
    assert "Bước 1: chưa có thời gian (bảng ghi: Trong ngày)" in notes
    assert "“Vai trò”" in notes
    assert " role " not in notes


def test_a_time_without_length_is_shown_as_unknown_and_stays_so():
    data = review(PLAIN)
    _, sheet = sheet_of(data)
    assert sheet.cell(FIRST, place(sheet, "time.text")).value == "Trong ngày"
    assert sheet.cell(FIRST, place(sheet, "time.value")).value == "chưa rõ"
    reworded = changed(data, {(FIRST, "time.text"): "3 ngày làm việc"})
    assert read_table(reworded).table.rows[0].time.duration is None


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("text", ["", "hồ sơ → bước 9", "a: b", "bổ sung: thiếu", "hai\ndòng"])
@pytest.mark.parametrize("target", [None, "1", "II.3b", "end"])
def test_a_branch_in_words_is_the_same_branch(text, target, lang):
    branch = TableBranch(kind=BranchKind.SUPPLEMENT, text=text, target=target)
    (words,) = unbulleted(branch_words([branch], lang))
    wanted = {"kind": "supplement", "text": text, "target": target}
    assert branch_parts(words) == {name: each for name, each in wanted.items() if each is not None}


def test_what_staff_write_is_what_the_table_then_says():
    data = changed(
        review(PLAIN),
        {
            (FIRST, "time.value"): 4,
            (FIRST, "time.unit"): "giờ làm việc",
            (FIRST, "role"): "chuyên viên",
            (FIRST + 1, "kinds"): "thẩm định; soạn thảo",
            (FIRST + 1, "branches"): "từ chối: không đủ điều kiện\n",
            (FIRST + 2, "content"): "Ký giấy phép",
            (FIRST + 2, "performer"): "Giám đốc Sở Y tế",
            (FIRST + 2, "time.text"): "0,5 ngày làm việc",
        },
    )
    first, second, third = read_table(data).table.rows
    assert (first.time.duration.amount, first.time.duration.unit) == (4, TimeUnit.WORKING_HOUR)
    assert first.performer.role is Role.OFFICER
    assert second.kinds == (StepKind.EXAMINE, StepKind.DRAFT)
    assert [each.kind for each in second.branches] == [BranchKind.REFUSE]
    assert third.time.duration.amount == Fraction(1, 2)
    assert third.performer.role is Role.AGENCY_HEAD


def test_an_emptied_row_is_a_step_less():
    data = review(PLAIN)
    _, sheet = sheet_of(data)
    paths = [
        each.path
        for each in ROWS
        if header(each.path, "vi") in {cell.value for cell in sheet[STEPS_HEADER]}
        and each.path != "row"
    ]
    emptied = changed(data, dict.fromkeys(((FIRST, path) for path in paths), None))
    assert [row.number for row in read_table(emptied).table.rows] == ["2"]


def test_columns_and_sheets_of_somebody_else_are_told():
    book, sheet = sheet_of(review(PLAIN))
    sheet.cell(STEPS_HEADER, 60).value = "Ý kiến"
    book.create_sheet("Nháp")["A1"] = "gì đó"
    findings = read_table(saved(book)).findings
    told = [(each.code, dict(each.values)) for each in findings]
    assert ("table-unknown-field", {"field": "Ý kiến"}) in told
    assert ("table-sheets-unread", {"count": "1", "names": "“Nháp”"}) in told


def test_a_procedure_whose_sheet_is_gone_is_an_error_not_a_loss():
    book, sheet = sheet_of(review_sheet([read_table(PLAIN), read_table(PLAIN)]), "TT2")
    book.remove(sheet)
    with pytest.raises(UnreadableInput, match=r"TF223.*TT2"):
        read_tables(saved(book))


def test_several_tables_are_not_taken_for_one():
    data = review_sheet([read_table(PLAIN), read_table(PLAIN)])
    assert len(read_tables(data)) == 2
    with pytest.raises(UnreadableInput, match="TF229"):
        read_table(data)


@pytest.mark.parametrize(("text", "code"), [("a\x07b", "TF612"), ("a" * 32_768, "TF617")])
def test_what_no_cell_can_hold_is_refused(text, code):
    with pytest.raises(CannotWrite, match=code):
        review(json.dumps({"steps": [{"content": text}]}) + "\n")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_two_labels_or_headers_of_one_place_are_the_same(lang):
    for family, values in FAMILIES.items():
        assert len({key(label(family, each, lang)) for each in values}) == len(values)
    for columns in (HEAD, ROWS, *LISTS.values()):
        assert len({key(header(each.path, lang)) for each in columns}) == len(columns)
