"""Step tables as a workbook (.xlsx) that staff look through, correct, and hand back.

One sheet lists the procedures; each has a sheet with its steps; what a table lists besides stands
on sheets of its own. What was guessed has a comment, what is doubtful its words in the row.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.tables.procedure import to_procedure
from tthc_flow.tables.review.cells import TableCells, table_cells
from tthc_flow.tables.review.columns import HEAD, KEY, LISTS, NOTES, OF_ROWS, ROW_ID, ROWS, Column
from tthc_flow.tables.review.doubts import Doubts, doubts_of, in_words, needs_a_look, remarks
from tthc_flow.tables.review.grid import FONT, Grid, offer_choices, put, put_header, put_row, used
from tthc_flow.tables.review.words import FAMILIES, header, label, said
from tthc_flow.tables.timeless import timeless
from tthc_flow.tables.workbook import LISTS_SHEET

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from tthc_flow.tables.review.cells import Cells
    from tthc_flow.tables.step_table import StepTable, TableReading

STEPS_HEADER: Final = 3
"""The row of the header on a sheet of steps: the name stands above it, and the sum."""

_NO_TITLE: Final = re.compile(r"[\[\]:*?/\\'\x00-\x1f]+")
_TITLE: Final = 31


@frozen
class _Sheets:
    """The workbook in the making, its language, and where each family of choices stands."""

    book: Workbook
    lang: str
    families: dict[str, tuple[str, int]]

    def add(
        self, title: str, columns: tuple[Column, ...], header_row: int = 1
    ) -> tuple[Worksheet, Grid]:
        """Return a new sheet with its header."""
        sheet = self.book.create_sheet(title)
        headers = tuple(header(each.path, self.lang) for each in columns)
        grid = Grid(columns, headers, header_row, self.lang)
        put_header(sheet, grid)
        return sheet, grid


def review_sheet(readings: Iterable[TableReading], lang: str = "vi") -> bytes:
    r"""Return an .xlsx with the tables of *readings*, to be looked through and corrected.

    Reading it gives the same tables again, one for one; what staff changed is then what it says.
    Every text stays a text, whatever it begins with. The same tables give the same bytes.

    Args:
        readings: At least one table, with what was doubtful when it was read.
        lang: The language of headers, labels and remarks: ``vi`` or ``en``.

    Raises:
        CannotWrite: TF612 for a control character, TF617 for a text longer than a cell holds.

    Example:
        >>> from tthc_flow.tables.read import read_table
        >>> book = review_sheet([read_table("name: Cấp phép\nsteps:\n- content: Nhận hồ sơ\n")])
        >>> [row.content for row in read_table(book).table.rows]
        ['Nhận hồ sơ']

    Source: the columns of a quy trình nội bộ as provinces publish it.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    tables = [_told(reading, f"TT{at}") for at, reading in enumerate(readings, start=1)]
    sheets = _Sheets(book, lang, _families())
    _overview(sheets, tables)
    for each in tables:
        _steps(sheets, each)
    for path, columns in LISTS.items():
        rows = [row for each in tables for row in each.cells.lists[path]]
        if rows:
            _list(sheets, path, columns, rows)
    _guide(sheets)
    _choices(sheets)
    book.properties.creator = "tthc-flow"
    return timeless(book)


@frozen
class _Told:
    """A table with its cells and doubts, and the title of its sheet."""

    key: str
    table: StepTable
    cells: TableCells
    doubts: Doubts
    title: str


def _told(reading: TableReading, key: str) -> _Told:
    table = reading.table
    procedure, assumed = to_procedure(table)
    ids = tuple(step.id for step in procedure.flow.steps)
    named = _NO_TITLE.sub(" ", f"{key} {table.name}")[:_TITLE].strip()
    return _Told(
        key,
        table,
        table_cells(table, key, ids),
        doubts_of(table, ids, (*reading.findings, *assumed)),
        named,
    )


def _overview(sheets: _Sheets, tables: Sequence[_Told]) -> None:
    """List the procedures, with what is known of each as a whole; its key leads to its steps."""
    from openpyxl.worksheet.hyperlink import Hyperlink

    rows = [_with_notes(each.cells.head, _whole_notes(each, sheets.lang)) for each in tables]
    sheet, grid = sheets.add(said("sheet-procedures", sheets.lang), used(HEAD, rows))
    for at, (each, cells) in enumerate(zip(tables, rows, strict=True), start=2):
        look = needs_a_look(each.doubts.whole) or any(map(needs_a_look, each.doubts.rows))
        put_row(sheet, at, grid, cells, {}, look=look)
        first = sheet.cell(at, 1)
        first.hyperlink = Hyperlink(ref=first.coordinate, location=f"'{each.title}'!A1")
    sheet.freeze_panes = "C2"
    offer_choices(sheet, grid, len(tables) + 1, sheets.families)


def _whole_notes(told: _Told, lang: str) -> str:
    """Return the findings about the whole, below the number of steps that need a look."""
    rows = sum(map(needs_a_look, told.doubts.rows))
    counted = said("word-rows-to-look-at", lang, count=rows, of=len(told.table.rows))
    return "\n".join(filter(None, (f"• {counted}", in_words(told.doubts.whole, lang))))


def _with_notes(cells: Cells, notes: str) -> Cells:
    return {**cells, NOTES: notes} if notes else cells


def _steps(sheets: _Sheets, told: _Told) -> None:
    lang = sheets.lang
    notes = [in_words(each, lang) for each in told.doubts.rows]
    rows = [_with_notes(*pair) for pair in zip(told.cells.rows, notes, strict=True)]
    sheet, grid = sheets.add(told.title, used(ROWS, rows), STEPS_HEADER)
    for at, (cells, found) in enumerate(zip(rows, told.doubts.rows, strict=True)):
        row = STEPS_HEADER + 1 + at
        put_row(sheet, row, grid, cells, remarks(found, lang), look=needs_a_look(found))
    _above(sheet, grid, told, STEPS_HEADER + len(rows))
    sheet.freeze_panes = f"B{STEPS_HEADER + 1}"
    offer_choices(sheet, grid, STEPS_HEADER + len(rows), sheets.families)


def _above(sheet: Worksheet, grid: Grid, told: _Told, last: int) -> None:
    """Write key and name above the header, and a live sum of the steps that count."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    lang, first = grid.lang, STEPS_HEADER + 1
    place = {each.path: number for number, each in enumerate(grid.columns, start=1)}
    put(sheet, 1, 1, told.key)
    put(sheet, 1, 2, told.table.name)
    sheet.cell(1, 2).alignment = Alignment(wrap_text=False)
    sheet.cell(1, 2).font = Font(name=FONT, bold=True, size=13)
    units = [cells["time.unit"] for cells in told.cells.rows if "time.unit" in cells]
    total = told.table.total_time.duration
    unit = total.unit if total is not None else next(iter(units), None)
    if unit is None:
        return
    put(sheet, 2, place["time.text"], said("word-sum", lang))
    sheet.cell(2, place["time.text"]).alignment = Alignment(wrap_text=False, horizontal="right")
    put(sheet, 2, place["time.unit"], label("unit", str(unit), lang))
    ranges = {
        path: f"{letter}{first}:{letter}{last}"
        for path in ("time.value", "time.unit", "time.counted")
        for letter in (get_column_letter(place[path]),)
    }
    mine = f"{get_column_letter(place['time.unit'])}2"
    sheet.cell(2, place["time.value"]).value = (
        f"=SUMIFS({ranges['time.value']},{ranges['time.unit']},{mine},"
        f'{ranges["time.counted"]},"<>{label("truth", "false", lang)}")'
    )


def _list(sheets: _Sheets, path: str, columns: tuple[Column, ...], rows: Sequence[Cells]) -> None:
    keys = (Column(KEY, 7), *((Column(ROW_ID, 11),) if path in OF_ROWS else ()))
    always = tuple(keys) + used(columns, rows)
    sheet, grid = sheets.add(said(f"sheet-{path}", sheets.lang), always)
    for at, cells in enumerate(rows, start=2):
        put_row(sheet, at, grid, cells, {}, look=False)
    sheet.freeze_panes = "A2"
    offer_choices(sheet, grid, len(rows) + 1, sheets.families)


def _guide(sheets: _Sheets) -> None:
    """Say how the workbook is used, and what its colours mean."""
    from tthc_flow.tables.review.grid import GUESSED, LOOK, MISSING

    sheet = sheets.book.create_sheet(said("sheet-guide", sheets.lang))
    sheet.column_dimensions["A"].width = 110
    lines = [("guide-use", ""), ("guide-look", LOOK), ("guide-guessed", GUESSED)]
    lines += [("guide-missing", MISSING), ("guide-words", ""), ("guide-branches", "")]
    lines += [("guide-back", "")]
    for at, (code, fill) in enumerate(lines, start=1):
        put(sheet, at, 1, said(code, sheets.lang), fill)


def _families() -> dict[str, tuple[str, int]]:
    from openpyxl.utils import get_column_letter

    return {
        family: (get_column_letter(number), len(values))
        for number, (family, values) in enumerate(FAMILIES.items(), start=1)
    }


def _choices(sheets: _Sheets) -> None:
    lists = sheets.book.create_sheet(LISTS_SHEET)
    for number, (family, values) in enumerate(FAMILIES.items(), start=1):
        lists.cell(1, number, family)
        for row, value in enumerate(values, start=2):
            lists.cell(row, number, label(family, value, sheets.lang))
    lists.sheet_state = "hidden"
