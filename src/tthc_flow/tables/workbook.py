"""A sheet of an Excel workbook (.xlsx) as the same tree that CSV gives. No formula is computed.

What Excel made of a cell by itself is not taken for what somebody wrote: a date, or a formula
without a stored result, is a finding, and the cell says nothing.
"""

from __future__ import annotations

import datetime as dt
import io
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from attrs import define, field, frozen

from tthc_flow.errors import UnreadableInput
from tthc_flow.tables import csv_text
from tthc_flow.tables.parcel import broken, is_workbook, refuse_unsafe
from tthc_flow.tables.tree import Node, too_much
from tthc_flow.words.typed_numbers import as_decimals

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from tthc_flow.tables.notes import Notes

__all__ = ["LISTS_SHEET", "cell_text", "is_workbook", "opened_sheets", "workbook_tree"]

LISTS_SHEET: Final = "Danh mục"
"""The sheet of our own templates that only holds the choices of the other one."""

MAX_ROWS: Final = 20_000
MAX_COLUMNS: Final = 200
_HEADER_WITHIN: Final = 40
_LENGTHS: Final = frozenset({"time", "work"})


@frozen
class SheetCell:
    """What stands in a cell: the stored value, and whether a formula made it."""

    value: Any
    formula: bool = False
    error: bool = False
    struck: bool = False


@define
class Sheet:
    """The cells of a sheet by row and column, those of merged ranges in every row they span."""

    title: str
    cells: dict[int, dict[int, SheetCell]] = field(factory=dict)
    merged: dict[tuple[int, int], str] = field(factory=dict)
    spans: list[tuple[int, int, int, int]] = field(factory=list)
    """First row, first column, last row, last column of each merged range."""

    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


def workbook_tree(data: bytes, place: str, needed: frozenset[str], notes: Notes) -> Node:
    """Return the first sheet of *data* that has a header, as a tree like that of the CSV form.

    Args:
        data: The file.
        place: Its name, for messages.
        needed: The columns of which the header must have one.
        notes: Takes the findings about cells.

    Raises:
        UnreadableInput: TF224 no sheet with a column of *needed*, TF225 too many rows, TF227 and
            TF240-TF243 for what is no safe .xlsx.

    Source: ECMA-376 (SpreadsheetML), by openpyxl.
    """
    refuse_unsafe(data, place)
    sheets = opened_sheets(data, place)
    for sheet in sheets:
        found = _header(sheet, needed)
        if found is not None:
            _tell_others(sheet, sheets, notes)
            return _tree(sheet, *found, notes)
    wanted = " or ".join(repr(name) for name in sorted(needed))
    raise UnreadableInput(
        "TF224",
        f"no sheet has a header with a column {wanted}",
        place=place,
        hint="name the columns in one row: id,name,performer,time",
    )


def opened_sheets(data: bytes, place: str) -> list[Sheet]:
    """Return the sheets of a workbook, read twice: as it is written, and as it was computed.

    Raises:
        UnreadableInput: TF225 too many rows or columns, TF243 broken.
    """
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about what openpyxl would lose in writing it back
            written = load_workbook(io.BytesIO(data), keep_links=False)
            computed = load_workbook(io.BytesIO(data), keep_links=False, data_only=True)
        return _sheets(written, computed, place)
    except UnreadableInput:
        raise
    except Exception as error:  # openpyxl raises whatever a broken part leads it to
        raise broken(place, f"{type(error).__name__}: {error}") from error


def _sheets(written: Workbook, computed: Workbook, place: str) -> list[Sheet]:
    return [
        _sheet(each, computed[each.title], f"{place}:{each.title}") for each in written.worksheets
    ]


def _sheet(written: Worksheet, computed: Worksheet, place: str) -> Sheet:
    sheet = Sheet(
        written.title,
        hidden=written.sheet_state != "visible",
        hidden_rows=frozenset(row for row, each in written.row_dimensions.items() if each.hidden),
        hidden_columns=_hidden_columns(written),
    )
    values = computed._cells  # noqa: SLF001 - linear in what is there; rows may lie a million apart
    for (row, column), cell in written._cells.items():  # noqa: SLF001 - the same
        value = cell.value
        if value is None:
            continue
        if row > MAX_ROWS or column > MAX_COLUMNS:
            raise too_much(place, f"the sheet goes beyond {MAX_ROWS} rows or {MAX_COLUMNS} columns")
        formula = cell.data_type == "f"
        stored = values[row, column] if formula else cell
        sheet.cells.setdefault(row, {})[column] = SheetCell(
            stored.value,
            formula,
            error=stored.data_type == "e",
            struck=cell.has_style and bool(cell.font.strike),
        )
    for span in written.merged_cells.ranges:
        sheet.spans.append((span.min_row, span.min_col, span.max_row, span.max_col))
        first = sheet.cells.get(span.min_row, {}).get(span.min_col)
        for row in range(span.min_row + 1, span.max_row + 1 if first is not None else 0):
            sheet.cells.setdefault(row, {})[span.min_col] = first or SheetCell(None)
        if first is not None and span.max_row > span.min_row:
            sheet.merged[span.min_row, span.min_col] = span.coord
    return sheet


def _hidden_columns(written: Worksheet) -> frozenset[int]:
    """Return the columns that nobody sees; a group is written once, with its first and last."""
    spans = [each for each in written.column_dimensions.values() if each.hidden]
    return frozenset(
        column
        for each in spans
        for column in range(each.min or 0, min(each.max or 0, MAX_COLUMNS) + 1)
    )


def _header(sheet: Sheet, needed: frozenset[str]) -> tuple[int, dict[int, str]] | None:
    """Return the row of the header and its columns by their number."""
    for row in sorted(sheet.cells)[:_HEADER_WITHIN]:
        columns = {
            number: csv_text.column(cell.value)
            for number, cell in sorted(sheet.cells[row].items())
            if isinstance(cell.value, str) and not cell.value.startswith("#")
        }
        if not needed.isdisjoint(columns.values()):
            return row, columns
    return None


def _tell_others(sheet: Sheet, sheets: list[Sheet], notes: Notes) -> None:
    others = [
        each.title
        for each in sheets
        if each is not sheet and each.cells and each.title != LISTS_SHEET
    ]
    if others:
        names = ", ".join(f"“{name}”" for name in others)
        count = str(len(others))
        notes.tell("dialect-sheets", count=count, names=names, sheet=sheet.title)


def _tree(sheet: Sheet, header: int, columns: dict[int, str], notes: Notes) -> Node:
    above = [
        str(cell.value)
        for row in range(1, header)
        for cell in [sheet.cells.get(row, {}).get(1, SheetCell(""))]
    ]
    top = csv_text.head([text if text.startswith("#") else "" for text in above])
    names = [columns.get(number, "") for number in range(1, max(columns) + 1)]
    rows = []
    for row in sorted(each for each in sheet.cells if each > header):
        texts = _texts(sheet, row, names, notes)
        if any(texts):
            rows.append(csv_text.row(names, texts, row))
    return Node(1, fields=(*top, ("steps", Node(header, items=tuple(rows)))))


def _texts(sheet: Sheet, row: int, names: list[str], notes: Notes) -> list[str]:
    """Return the texts of a row; what Excel put there by itself becomes a finding."""
    from openpyxl.utils import get_column_letter

    cells = sheet.cells[row]
    texts = []
    for number in range(1, max(len(names), *cells, 1) + 1):
        cell = cells.get(number)
        name = names[number - 1] if number <= len(names) else ""
        where = f"{get_column_letter(number)}{row}"

        def warn(code: str, words: str = "", *, name: str = name, where: str = where) -> None:
            notes.warn(code, line=row, fact=name or where, cell=where, words=words)

        if (row, number) in sheet.merged:
            warn("dialect-cell-merged", where=sheet.merged[row, number])
        bare = name in _LENGTHS and (name == "work" or "unit" not in names)
        texts.append("" if cell is None else cell_text(cell, warn, bare=bare))
    return texts


def cell_text(cell: SheetCell, warn: Callable[..., None], *, bare: bool) -> str:
    """Return what stands in *cell*; what Excel made by itself goes to *warn* and says nothing.

    Where *bare* a number without its unit says nothing either.
    """
    match cell.value:
        case None:
            if cell.formula:
                warn("dialect-cell-formula")
            return ""
        case str() as text if cell.error:
            warn("dialect-cell-error", text)
            return ""
        case str() as text:
            return text.strip()
        case bool() as said:
            return "true" if said else "false"
        case int() | float() as amount:
            text = as_decimals(f"{amount:.15g}")
            if bare:
                warn("dialect-cell-number", text)
            return "" if bare else text
        case dt.date() | dt.time() | dt.timedelta() as date:
            warn("dialect-cell-date", str(date))
            return ""
        case other:
            warn("dialect-cell-error", str(other)[:80])
            return ""
