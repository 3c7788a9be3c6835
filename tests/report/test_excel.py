"""The workbook: its formulas give what the record says, and no text of a file becomes one."""

from __future__ import annotations

import io
import json
from fractions import Fraction
from typing import Any

import pytest
from openpyxl import load_workbook

from report.costed import FEE, FULL, with_costs
from report.excel_values import FEW, Book, close, labelled
from report.told import COUNCIL, FLOWS, PRESS, record
from tthc_flow.model.flow import Flow
from tthc_flow.model.procedure import (
    Procedure,
)
from tthc_flow.report.excel.cells import say
from tthc_flow.report.excel.workbook import workbook
from tthc_flow.report.totals import of_totals
from tthc_flow.verbs.annotate import annotate

SHEETS = [say(code, "vi") for code in (
    "overview", "workflow", "roles", "costs", "handling", "proposals", "sources", "lists",
)]  # fmt: skip
OVERVIEW, WORKFLOW, ROLES, COSTS, HANDLING, PROPOSALS, SOURCES, LISTS = SHEETS


@pytest.fixture(scope="module")
def several() -> list[dict[str, Any]]:
    return [record(path) for path in FLOWS[:6]] + [record(COUNCIL)]


@pytest.fixture(scope="module")
def book(several: list[dict[str, Any]]) -> Book:
    return Book(workbook(several))


def test_times_steps_and_hand_offs_of_the_overview_are_those_of_the_record(several, book):
    rows = [row for row in book.rows(OVERVIEW) if isinstance(row[0], int)]
    assert len(rows) == len(several)
    for row, each in zip(rows, several, strict=True):
        plan = each["plan"]
        one, two, cut = plan["before"], plan["after"], plan["cut"]
        saved = None if cut["minutes"] is None else cut["minutes"] / 480
        assert close(row[7], saved)
        assert close(row[8], cut["time"])
        assert row[13:19] == [
            one["steps"], two["steps"], one["steps"] - two["steps"],
            one["hand_offs"], two["hand_offs"], one["hand_offs"] - two["hand_offs"],
        ]  # fmt: skip


def test_the_totals_are_those_of_the_joint_record(several, book):
    rows = book.rows(OVERVIEW)
    (made,) = of_totals(several)
    totals = {(each["of"], each["aggregate"]): each for each in made["rows"]}
    pooled, mean = totals["time", "pooled"], totals["time", "mean"]
    (sums,) = labelled(rows, 3, say("sum", "vi"))
    assert close(sums[5], pooled["before"] / 480)
    assert close(sums[6], pooled["after"] / 480)
    assert close(sums[7], pooled["saved"] / 480)
    assert labelled(rows, 3, say("counted", "vi"))[0][7] == pooled["count"] < len(several) + 1
    assert close(labelled(rows, 3, say("pooled", "vi"))[0][8], pooled["share"])
    assert close(labelled(rows, 3, say("mean", "vi"))[0][8], mean["share"])
    assert pooled["share"] != mean["share"]
    assert labelled(rows, 3, say("weighted", "vi"))[0][8] == FEW


def test_an_unknown_time_is_left_out_of_every_total():
    known, unknown = record(PRESS), record(PRESS)
    for side in ("before", "after"):
        unknown["plan"][side]["norm_time"].update(minutes=480, complete=False)
    rows = Book(workbook([known, unknown])).rows(OVERVIEW)
    assert rows[5][5:9] == ["", "", FEW, FEW]
    (sums,) = labelled(rows, 3, say("sum", "vi"))
    assert sums[5:8] == [3.0, 2.25, 0.75]
    assert labelled(rows, 3, say("counted", "vi"))[0][7] == 1
    assert "ít nhất 1 ngày làm việc" in rows[5][19]


def test_the_mean_can_be_weighted_by_the_dossiers_that_staff_fill_in():
    data = workbook([record(PRESS), record(COUNCIL)])
    page = load_workbook(io.BytesIO(data))
    page[HANDLING]["H5"], page[HANDLING]["H6"] = 30, 10
    out = io.BytesIO()
    page.save(out)
    rows = Book(out.getvalue()).rows(OVERVIEW)
    assert close(labelled(rows, 3, say("weighted", "vi"))[0][8], 0.25 * 30 / 40)


def test_the_steps_add_up_to_the_workload_and_the_longest_path_is_a_value(several, book):
    rows = book.rows(WORKFLOW)
    sums = labelled(rows, 2, say("workload", "vi"))
    gaps = labelled(rows, 2, say("unknown-steps", "vi"))
    norms = labelled(rows, 2, say("norm-time", "vi"))
    for number, each in enumerate(several):
        for side, column in (("before", 5), ("after", 10)):
            found = each["plan"][side]
            assert close(sums[number][column], (found["workload"]["minutes"] or 0) / 480)
            assert (gaps[number][column] == 0) is found["workload"]["complete"]
            norm = found["norm_time"]
            expected = norm["minutes"] / 480 if norm["complete"] else None
            assert norms[number][column] == expected
    formulas = {cell for sheet, cell in book.formulas() if sheet == WORKFLOW}
    cells = [f"F{number}" for number, row in enumerate(rows, 1) if row in norms]
    assert formulas.isdisjoint(cells)


def test_the_cut_by_role_is_that_of_the_record(several, book):
    rows = iter(row for row in book.rows(ROLES)[3:] if any(row[2:]))
    for each in several:
        cuts = each["plan"]["cut_by_role"]
        shown = [row for row in cuts["rows"] if row["before"]["steps"] or row["after"]["steps"]]
        for expected in (*shown, cuts["total"]):
            row = next(rows)
            assert row[0] == expected.get("role")
            assert [row[2], row[3]] == [expected["before"]["steps"], expected["after"]["steps"]]
            assert [row[8], row[9]] == [expected["before"]["unknown"], expected["after"]["unknown"]]
            saved = expected["saved"]
            assert close(row[6], None if saved is None else saved / 480)
            if expected["cut"] is not None:
                assert close(row[7], expected["cut"])
    assert next(rows, None) is None


def test_a_role_with_a_step_of_unknown_time_shows_what_is_known_and_saves_nothing_known():
    made = record(PRESS)
    changed = [each for each in made["plan"]["steps"]["before"] if each["role"] == "one_stop"]
    assert len(changed) > 2
    changed[0].update(minutes=None, time="chưa rõ thời gian")
    rows = Book(workbook([made])).rows(ROLES)
    (row,) = [each for each in rows if each[0] == "one_stop"]
    assert row[2:] == [3, 2, 0.5, 0.5, FEW, FEW, 1, 0]
    for each in changed[1:]:
        each.update(minutes=None, time="chưa rõ thời gian")
    (row,) = [each for each in Book(workbook([made])).rows(ROLES) if each[0] == "one_stop"]
    assert row[4] == FEW
    steps = Book(workbook([made])).rows(WORKFLOW)
    (row,) = [each for each in steps if each[0] == changed[0]["id"]]
    assert row[4] is row[5] is None  # what is read again says nothing where nothing is known
    assert row[13] == FEW


def test_procedures_of_another_kind_have_totals_of_their_own():
    other = record(PRESS)
    other["procedure"].update(kind="within_agency", name="Nội bộ")
    rows = Book(workbook([record(PRESS), other])).rows(OVERVIEW)
    sums = labelled(rows, 3, say("sum", "vi"))
    assert [row[5] for row in sums] == [3, 3]
    assert "TTHC nội bộ trong cơ quan" in [row[3] for row in rows]


def harmed(value: Any, text: str) -> Any:
    """Return a record in which every text of a file is *text*."""
    ours = {
        "verdict",
        "kind",
        "method",
        "evidence",
        "role",
        "clock",
        "item",
        "authority",
        "aggregate",
    }
    ours |= {
        "convention",
        "id",
        "step",
        "code_",
        "objective",
        "cost_method",
        "agreement",
        "severity",
    }
    if isinstance(value, dict):
        return {
            key: each if key in ours and isinstance(each, str) else harmed(each, text)
            for key, each in value.items()
        }
    if isinstance(value, list):
        return [harmed(each, text) for each in value]
    return text if isinstance(value, str) and value != "" else value


@pytest.mark.parametrize(
    "text", ['=HYPERLINK("http://a","b")', "+1+1", "@SUM(1)", "-2+3", "\x00=1"]
)
def test_no_text_of_a_record_is_ever_a_formula(text):
    made = with_costs(
        Procedure(flow=Flow(id="p"), volume=FULL, work=(FEE,)),
        Procedure(flow=Flow(id="p"), volume=FULL, work=(FEE,)),
    )
    kept = made["plan"]["benefits"], made["plan"]["costs"]
    made = harmed(made, text)
    made["plan"]["benefits"], made["plan"]["costs"] = kept
    made["candidates"][0]["id"] = text
    page = load_workbook(io.BytesIO(workbook([made])))
    seen = 0
    for sheet in page.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert text not in cell.value
                elif isinstance(cell.value, str):
                    assert cell.data_type == "s"
                    assert cell.quotePrefix
                    seen += text.replace("\x00", "\ufffd") in cell.value
    assert seen > 30


def test_the_same_records_are_the_same_bytes(several):
    assert workbook(several) == workbook(json.loads(json.dumps(several)))


def test_every_sheet_can_be_read_on_a_screen_and_on_paper(book):
    for page in book.book.worksheets[:-1]:
        assert page.freeze_panes is not None
        assert page.print_title_rows is not None
        assert page.page_setup.orientation == "landscape"
        wide = sum(each.width for each in page.column_dimensions.values()) > 180
        assert (page.page_setup.paperSize, page.page_setup.fitToWidth) == (8 if wide else 9, 1)
        assert page.page_setup.fitToHeight == 0
        assert page.sheet_properties.pageSetUpPr.fitToPage
    assert book.book[LISTS].sheet_state == "hidden"
    assert book.book.calculation.fullCalcOnLoad


def test_staff_choose_a_decision_from_a_list_and_give_no_negative_numbers(book):
    (rule,) = book.book[PROPOSALS].data_validations.dataValidation
    assert (rule.type, rule.formula1) == ("list", "'Danh mục'!$A$1:$A$3")
    kinds = {each.type for each in book.book[COSTS].data_validations.dataValidation}
    assert kinds == {"decimal"}
    assert len(book.book[COSTS].data_validations.dataValidation) == 2


def test_procedures_of_one_name_and_id_are_told_apart():
    rows = Book(workbook([record(PRESS), record(PRESS)])).rows(OVERVIEW)
    assert [row[1] for row in rows[4:6]] == ["Process_cfs_son_la", "Process_cfs_son_la#2"]
    assert rows[4][3] != rows[5][3]


def test_every_source_stands_once_with_its_date():
    rows = Book(workbook([record(PRESS)])).rows(SOURCES)[3:]
    keys = [(row[1], row[2], row[3]) for row in rows]
    assert len(keys) == len(set(keys))
    assert ("QĐ 2969/QĐ-UBND tỉnh Sơn La", None, "21/11/2025") in keys
    dated = {key[:2] for key in keys if key[2]}
    assert not dated & {key[:2] for key in keys if not key[2]}


def test_the_sheet_of_one_procedure_can_be_merged_into_its_drawing_again(tmp_path):
    made = workbook([record(PRESS)])
    sheet = tmp_path / "a.xlsx"
    sheet.write_bytes(made)
    same = annotate(PRESS, sheet)
    changed = [each for each in same.findings if each.code.startswith("dialect-fact")]
    assert same.procedures[0].flow.steps == annotate(PRESS, b"id,name\n").procedures[0].flow.steps
    assert changed == []
    page = load_workbook(sheet)
    (cell,) = [row[4] for row in page[WORKFLOW].iter_rows() if row[0].value == "Step_5"]
    cell.value = "2 ngày làm việc"
    page.save(sheet)
    merged = annotate(PRESS, sheet, replace=True)
    (step,) = [each for each in merged.procedures[0].flow.steps if each.id == "Step_5"]
    assert step.time.printed == "2 ngày làm việc"


def test_a_workbook_of_several_is_never_taken_for_the_facts_of_one(tmp_path):
    from tthc_flow.errors import UnreadableInput

    sheet = tmp_path / "a.xlsx"
    sheet.write_bytes(workbook([record(PRESS), record(COUNCIL)]))
    with pytest.raises(UnreadableInput) as caught:
        annotate(PRESS, sheet)
    assert caught.value.code == "TF224"


def test_a_time_is_shown_in_working_days_exactly():
    from tthc_flow.report.excel.cells import days

    assert days(float(Fraction(480 * 5, 7))).value == 5 / 7
    assert days(None).value is None


def test_the_workbook_speaks_english_on_demand():
    rows = Book(workbook([record(PRESS, "en")], "en")).rows("Overview")
    assert rows[3][3] == "Procedure"
    assert "not enough data" in rows[4]
