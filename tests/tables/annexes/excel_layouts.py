"""Annexes in Excel: a sheet a procedure somewhere on the sheet, or all of them below each other."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from openpyxl import Workbook

from tables.annexes.captions import about, by_level, numbered, opening
from tables.annexes.facts import UNITS, Table, time_words
from tables.annexes.word_layouts import main_unit

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(sheet: Worksheet, row: int, column: int, *values: object) -> None:
    for at, value in enumerate(values):
        cell = sheet.cell(row, column + at)
        cell.value = value  # type: ignore[assignment] # what a cell may hold
        if isinstance(value, str):
            cell.data_type = "s"


def sheet_each(tables: Sequence[Table]) -> bytes:
    """Return a sheet a procedure: the table begins at C7, the performers are merged downwards."""
    book = Workbook()
    book.remove(book.worksheets[0])
    at = 0
    for heading, group in by_level(tables):
        for table in group:
            at += 1
            sheet = book.create_sheet(f"TTHC {at}")
            for line, text in enumerate((heading, numbered(table, at), *about(table)), start=1):
                _write(sheet, line, 3, text)
                sheet.merge_cells(start_row=line, start_column=3, end_row=line, end_column=7)
            _write(sheet, 7, 3, "STT", "Nội dung công việc", "Bộ phận thực hiện", "Thời gian",
                   "Kết quả")  # fmt: skip
            line = 8
            for performer, run in groupby(table.rows, key=lambda each: each.performer):
                first = line
                for row in run:
                    number = int(row.number) if row.number.isdigit() else row.number
                    _write(sheet, line, 3, number, row.content,
                           performer if line == first else None, time_words(row.time) or None,
                           row.result or None)  # fmt: skip
                    line += 1
                if line - first > 1:
                    sheet.merge_cells(
                        start_row=first, start_column=5, end_row=line - 1, end_column=5
                    )
    return _saved(book)


def all_below(tables: Sequence[Table]) -> bytes:
    """Return one sheet with all procedures, where the amounts are numbers under their unit."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Quy trình nội bộ"
    line = 1
    for text in opening(tables):
        _write(sheet, line, 1, text)
        line += 1
    at = 0
    for heading, group in by_level(tables):
        _write(sheet, line + 1, 1, heading)
        line += 2
        for table in group:
            at += 1
            for text in (numbered(table, at), *about(table)):
                _write(sheet, line, 1, text)
                line += 1
            unit = main_unit(table)
            _write(sheet, line, 1, "TT", "Nội dung công việc", "Trách nhiệm thực hiện",
                   f"Thời gian ({UNITS[unit]})", "Kết quả")  # fmt: skip
            line += 1
            for row in table.rows:
                bare = not row.time.words and row.time.unit in {unit, None}
                amount = None if row.time.amount is None else float(row.time.amount)
                time = amount if bare and amount is not None else time_words(row.time) or None
                _write(sheet, line, 1, row.number, row.content, row.performer or None, time,
                       row.result or None)  # fmt: skip
                line += 1
            line += 1
    return _saved(book)
