"""Word and Excel files as an officer makes them, small enough to be read by eye."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import docx
import openpyxl

from tthc_flow.tables.office.read import read_office

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tthc_flow.tables.step_table import TableReading

HEADER = ("TT", "Nội dung công việc", "Người thực hiện", "Thời gian", "Kết quả")
NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
Span = tuple[int, int, int, int]


class Merged(list):
    """Rows of cells, and the spans (top, left, bottom, right) that are merged."""

    def __init__(self, rows: Sequence[Sequence[str]], *spans: Span) -> None:
        super().__init__(rows)
        self.spans = spans


def word(*blocks: str | Sequence[Sequence[str]]) -> bytes:
    """Return a .docx: a text is a paragraph, rows are a table."""
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        width = max(len(row) for row in block)
        table = document.add_table(rows=len(block), cols=width)
        for row, cells in zip(table.rows, block, strict=True):
            for cell, text in zip(row.cells, cells, strict=False):
                cell.text = text
        for top, left, bottom, right in getattr(block, "spans", ()):
            text = table.cell(top, left).text
            table.cell(top, left).merge(table.cell(bottom, right)).text = text
    return _saved(document)


def excel(sheets: Mapping[str, Sequence[Sequence[object]]], *spans: str) -> bytes:
    """Return an .xlsx; *spans* are merged on its first sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    for span in spans:
        book.worksheets[0].merge_cells(span)
    return _saved(book)


def raw_word(body: str, **parts: str) -> bytes:
    """Return a .docx whose body is written in WordprocessingML."""
    whole = f'<?xml version="1.0"?><w:document {NS}><w:body>{body}</w:body></w:document>'
    return repacked(word("x"), {"word/document.xml": whole, **parts})


def repacked(data: bytes, changed: Mapping[str, str | bytes]) -> bytes:
    """Return the zip in *data* with some of its parts changed or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            if name not in changed:
                new.writestr(name, old.read(name))
        for name, content in changed.items():
            new.writestr(name, content)
    return out.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(each if each[:1] == '<' else cell(each) for each in cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def only(data: bytes) -> TableReading:
    (found,) = read_office(data)
    return found


def numbers(reading: TableReading) -> list[str]:
    return [each.number for each in reading.table.rows]


def performers(reading: TableReading) -> list[str]:
    return [each.performer.name for each in reading.table.rows]


def codes(reading: TableReading) -> list[str]:
    return [each.code for each in reading.findings]


def _saved(made) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
