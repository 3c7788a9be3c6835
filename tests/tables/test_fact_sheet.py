"""The sheet to fill in: it holds what is known, and untouched it changes nothing."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook

from bpmn.anything import anything
from tthc_flow.bpmn.read import read
from tthc_flow.model.flow import Flow
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step
from tthc_flow.tables.fact_sheet import COLUMNS, fact_sheet
from tthc_flow.tables.fact_table import read_facts
from tthc_flow.tables.merge_facts import merge_facts
from tthc_flow.verbs.annotate import annotate, template

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("path", sorted(ROOT.glob("processes/*/*/flow.bpmn")), ids=str)
def test_an_untouched_sheet_of_a_shipped_procedure_changes_not_a_byte(path):
    reading = annotate(path, template(path))
    assert reading.document.data == path.read_bytes()
    assert not [each for each in reading.findings if each.code.startswith("dialect-row")]


def test_the_sheet_of_a_shipped_procedure_shows_the_times_it_knows():
    path = ROOT / "processes/bao-chi-xuat-ban/1.014464-son-la/flow.bpmn"
    rows = read_facts(template(path)).rows
    known = [step.id for step in read(path).procedures[0].flow.steps if step.time.duration]
    assert [row.id for row in rows if "time" in row.facts] == known


@settings(max_examples=60)
@given(anything())
def test_an_untouched_sheet_changes_no_procedure_whatever_it_holds(procedure):
    reading = read_facts(fact_sheet([procedure]))
    merged = merge_facts((procedure,), reading.rows, lambda _: frozenset(), replace=True)
    assert merged.procedures == (procedure,)


@pytest.mark.parametrize(
    "name", ["=1+1", "+84", "-5", "@SUM(A1)", "=cmd|'/c calc'!A0", "1/2", "007"]
)
def test_no_text_becomes_a_formula_a_date_or_a_number(name):
    data = fact_sheet([Procedure(flow=Flow(id="P", nodes=(Step(id="A", name=name),)))])
    sheet = load_workbook(io.BytesIO(data))["Dữ kiện"]
    cell = sheet["B2"]
    assert (cell.value, cell.data_type, cell.number_format) == (name, "s", "@")
    assert cell.quotePrefix
    assert read_facts(data).rows[0].name == name


def test_it_has_a_frozen_header_and_lists_to_choose_from():
    data = fact_sheet([Procedure(flow=Flow(id="P", nodes=(Step(id="A", name="Ký"),)))])
    book = load_workbook(io.BytesIO(data))
    sheet = book["Dữ kiện"]
    assert sheet.freeze_panes == "C2"
    assert [cell.value for cell in sheet[1]] == [header for header, _ in COLUMNS.values()]
    offered = {str(rule.sqref) for rule in sheet.data_validations.dataValidation}
    assert len(offered) == 13
    assert book["Danh mục"].sheet_state == "hidden"


def test_a_filled_cell_is_merged():
    flow = (
        b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="P">'
        b'<task id="A" name="Ky"/></process></definitions>'
    )
    book = load_workbook(io.BytesIO(template(flow)))
    sheet = book["Dữ kiện"]
    place = list(COLUMNS).index("time") + 1
    sheet.cell(2, place).value = "4 giờ làm việc"
    out = io.BytesIO()
    book.save(out)
    step = annotate(flow, out.getvalue()).procedures[0].flow.steps[0]
    assert step.time.printed == "4 giờ làm việc"
