"""An Excel workbook (.xlsx) as grids, one a sheet; merged cells stand in each of their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.tables.office.blocks import Block, Cell, Grid, Row, tidy
from tthc_flow.tables.workbook import LISTS_SHEET, Sheet, cell_text, opened_sheets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.tables.notes import Notes

TOLD: Final = 20
"""How many hidden rows are named."""


def excel_blocks(data: bytes, place: str, notes: Notes) -> tuple[Block, ...]:
    """Return the sheets of the .xlsx in *data* that somebody can see; no formula is computed.

    Args:
        data: The file; looked at by :func:`~tthc_flow.tables.parcel.office_kind` before.
        place: Its name, for messages.
        notes: Takes what Excel made of a cell by itself, and the sheets that are hidden.

    Raises:
        UnreadableInput: TF225 too many rows or columns, TF243 broken.

    Source: ECMA-376 (SpreadsheetML), by openpyxl.
    """
    found = []
    for sheet in opened_sheets(data, place):
        if not sheet.cells or sheet.title == LISTS_SHEET:
            continue
        if sheet.hidden:
            notes.tell("office-sheet-hidden", where=f"“{sheet.title}”")
        else:
            _tell_unseen(sheet, notes)
            found.append(_grid(sheet, notes))
    return tuple(found)


def _tell_unseen(sheet: Sheet, notes: Notes) -> None:
    """Report the rows and columns that are hidden though something stands in them."""
    from openpyxl.utils import get_column_letter

    rows = sorted(sheet.hidden_rows & sheet.cells.keys())
    filled = {column for cells in sheet.cells.values() for column in cells}
    columns = sorted(sheet.hidden_columns & filled)
    if rows:
        told = ", ".join(map(str, rows[:TOLD])) + (" …" if len(rows) > TOLD else "")
        notes.warn("office-rows-hidden", where=f"“{sheet.title}”", rows=told)
    if columns:
        letters = ", ".join(map(get_column_letter, columns))
        notes.warn("office-columns-hidden", where=f"“{sheet.title}”", columns=letters)


def _grid(sheet: Sheet, notes: Notes) -> Grid:
    covered: dict[int, dict[int, Cell]] = {}
    struck: dict[int, list[str]] = {}

    def place(text: str, column: int, right: int, lines: range) -> None:
        cell = Cell(text=text, left=column, right=right, first=lines[0])
        crossed = sheet.cells[lines[0]][column].struck
        if crossed:
            struck.setdefault(lines[0], []).append(text)
        for row in lines if text and not crossed else ():
            if row not in sheet.hidden_rows:
                covered.setdefault(row, {})[column] = cell

    for top, left, bottom, right in sheet.spans:
        if left in sheet.cells.get(top, {}):
            place(_text(sheet, top, left, notes), left, right + 1, range(top, bottom + 1))
    for row, column in _alone(sheet, covered):
        place(_text(sheet, row, column, notes), column, column + 1, range(row, row + 1))
    for row in struck:
        covered.setdefault(row, {})
    rows = tuple(
        Row(
            line=row,
            cells=tuple(cells[column] for column in sorted(cells)),
            struck="; ".join(struck.get(row, ())),
        )
        for row, cells in sorted(covered.items())
    )
    return Grid(part=sheet.title, rows=rows)


def _alone(sheet: Sheet, covered: Mapping[int, Mapping[int, Cell]]) -> list[tuple[int, int]]:
    """Return row and column of the cells that can be seen and lie in no merged one."""
    spanned = {
        (row, column)
        for row, cells in covered.items()
        for cell in cells.values()
        for column in range(cell.left, cell.right)
    }
    return [
        (row, column)
        for row, cells in sheet.cells.items()
        if row not in sheet.hidden_rows
        for column in sorted(cells.keys() - sheet.hidden_columns)
        if (row, column) not in spanned
    ]


def _text(sheet: Sheet, row: int, column: int, notes: Notes) -> str:
    from openpyxl.utils import get_column_letter

    cell = sheet.cells.get(row, {}).get(column)
    if cell is None:
        return ""
    at = f"{get_column_letter(column)}{row}"

    def warn(code: str, words: str = "") -> None:
        notes.warn(code, line=row, fact=f"“{sheet.title}”", cell=at, words=words)

    return tidy(cell_text(cell, warn, bare=False))
