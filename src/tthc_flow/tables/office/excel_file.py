"""An Excel workbook (.xlsx) as grids, one a sheet; merged cells stand in each of their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.tables.office.blocks import Block, Cell, Grid, Row, tidy
from tthc_flow.tables.workbook import LISTS_SHEET, Sheet, cell_text, opened_sheets

if TYPE_CHECKING:
    from tthc_flow.tables.notes import Notes


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
            found.append(_grid(sheet, notes))
    return tuple(found)


def _grid(sheet: Sheet, notes: Notes) -> Grid:
    covered: dict[int, dict[int, Cell]] = {}
    for top, left, bottom, right in sheet.spans:
        text = _text(sheet, top, left, notes)
        cell = Cell(text=text, left=left, right=right + 1, first=top)
        if text:
            for row in range(top, bottom + 1):
                covered.setdefault(row, {})[left] = cell
    spanned = {
        (row, column)
        for row, cells in covered.items()
        for cell in cells.values()
        for column in range(cell.left, cell.right)
    }
    for row, cells in sheet.cells.items():
        for column in cells:
            if (row, column) in spanned:
                continue
            text = _text(sheet, row, column, notes)
            if text:
                cell = Cell(text=text, left=column, right=column + 1, first=row)
                covered.setdefault(row, {})[column] = cell
    rows = tuple(
        Row(line=row, cells=tuple(cells[column] for column in sorted(cells)))
        for row, cells in sorted(covered.items())
    )
    return Grid(part=sheet.title, rows=rows)


def _text(sheet: Sheet, row: int, column: int, notes: Notes) -> str:
    from openpyxl.utils import get_column_letter

    cell = sheet.cells.get(row, {}).get(column)
    if cell is None:
        return ""
    at = f"{get_column_letter(column)}{row}"

    def warn(code: str, words: str = "") -> None:
        notes.warn(code, line=row, fact=f"“{sheet.title}”", cell=at, words=words)

    return tidy(cell_text(cell, warn, bare=False))
