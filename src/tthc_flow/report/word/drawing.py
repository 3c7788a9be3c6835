"""A Word paper drawn: each block as paragraphs, tables and pictures of one document."""

# ruff: noqa: SLF001 (python-docx keeps the description of a picture to itself)

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.picture.png import png
from tthc_flow.report.plain_text import legal
from tthc_flow.report.word.blocks import (
    Figure,
    Head,
    Line,
    Look,
    RowKind,
    Rule,
    Sheet,
    Signature,
    Table,
)
from tthc_flow.report.word.cells import (
    fill,
    in_the_middle,
    repeated,
    set_widths,
    shaded,
    whole,
    with_the_next,
)
from tthc_flow.report.word.head import head
from tthc_flow.report.word.lines import put, ruled
from tthc_flow.report.word.page import new_document, set_section, text_width
from tthc_flow.tables.timeless import timeless

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table as DrawnTable
    from docx.table import _Cell

    from tthc_flow.report.word.blocks import Block, Paper, Row

_INDENT: Final = 12.7
_CELL_NOTE: Final = 10.5
_GAP: Final = 4
_LETTER: Final = 1.9  # mm that a letter of a cell is wide, in the mean
_MOST_LINES: Final = 30  # of a row that stays whole; a longer one is parted, or it would be cut off
_CHANGED: Final = "F2F2F2"
_SIGN_WIDTH: Final = 80
_ROOM: Final = 44.0
_RULED: Final = 57  # mm at both sides of the line under what a paper is about
_TOGETHER: Final = 2  # rows that stay with the sum below them


@frozen(kw_only=True)
class _Style:
    size: float = 14
    bold: bool = False
    italic: bool = False
    align: str = "JUSTIFY"
    before: float = 0
    after: float = 6
    indent: float = 0
    kept: bool = False


_LOOKS: Final = {
    Look.DRAFT: _Style(size=12, bold=True, align="RIGHT"),
    Look.TITLE: _Style(bold=True, align="CENTER", before=6, after=0, kept=True),
    Look.ABOUT: _Style(size=13, italic=True, align="CENTER", after=8),
    Look.ADDRESSEE: _Style(align="CENTER", before=8, after=8),
    Look.ISSUER: _Style(bold=True, align="CENTER", before=10, after=8, kept=True),
    Look.BASIS: _Style(italic=True, indent=_INDENT),
    Look.PART_NUMBER: _Style(bold=True, align="CENTER", before=10, after=0, kept=True),
    Look.PART: _Style(bold=True, align="CENTER", after=8, kept=True),
    Look.HEADING: _Style(bold=True, before=4, indent=_INDENT, kept=True),
    Look.SUBHEADING: _Style(bold=True, italic=True, indent=_INDENT, kept=True),
    Look.BODY: _Style(indent=_INDENT),
    Look.NOTE: _Style(size=12, italic=True, before=4, indent=_INDENT),
    Look.CAPTION: _Style(size=13, bold=True, align="CENTER", after=4, kept=True),
}


def drawn(paper: Paper) -> bytes:
    """Return *paper* as a Word file; the same paper is the same bytes.

    Example:
        >>> from tthc_flow.report.word.blocks import Paper
        >>> drawn(Paper(title="Phương án", blocks=(Line(text="Điều 1."),)))[:2]
        b'PK'

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I.
    """
    document = new_document(paper.title, subject=paper.subject, author=paper.author)
    for block in paper.blocks:
        _block(document, block)
    return timeless(document)


def _block(document: Document, block: Block) -> None:
    match block:
        case Line():
            _line(document, block)
        case Rule():
            ruled(document.add_paragraph(), _RULED)
        case Head():
            _head(document, block)
        case Table():
            _table(document, block)
        case Figure():
            _figure(document, block)
        case Sheet():
            _sheet(document, block)
        case Signature():
            _signature(document, block)


def _line(document: Document, block: Line) -> None:
    from docx.shared import Mm

    style, paragraph = _LOOKS[block.look], document.add_paragraph()
    for text, bold in ((block.lead, True), (block.text, style.bold)):
        if text:
            put(
                paragraph,
                text,
                size=style.size,
                bold=bold,
                italic=style.italic,
                align=style.align,
                before=style.before,
                after=style.after,
            )
    looks = paragraph.paragraph_format
    looks.first_line_indent, looks.keep_with_next = Mm(style.indent), style.kept or block.kept


def _head(document: Document, block: Head) -> None:
    head(
        document,
        parent=block.parent,
        agency=block.agency,
        number=block.number,
        place=block.place,
        about=block.about,
    )


def _table(document: Document, block: Table) -> None:
    table = document.add_table(rows=1, cols=len(block.heading), style="Table Grid")
    set_widths(table, block.widths)
    heading = table.rows[0]
    repeated(heading)
    whole(heading)
    for cell, text in zip(heading.cells, block.heading, strict=True):
        fill(cell, (text,), size=block.size, bold=True, align="CENTER")
        in_the_middle(cell)
    with_the_next(heading)
    for each in block.rows:
        row = table.add_row()
        if _fits_page(each, block.widths):
            whole(row)
        cells = row.cells
        if each.kind is RowKind.GROUP:
            fill(cells[0].merge(cells[-1]), each.cells[0].lines, size=block.size, bold=True)
            with_the_next(row)
            continue
        _cells(cells, each, block)
    _with_the_sum(table, block)
    put(document.add_paragraph(), "", size=_GAP)


def _with_the_sum(table: DrawnTable, given: Table) -> None:
    """Keep the last rows on the page of the sum, so that it never stands alone."""
    if not given.rows or given.rows[-1].kind is not RowKind.SUM:
        return
    for row in table.rows[-1 - _TOGETHER : -1]:
        with_the_next(row)


def _fits_page(row: Row, widths: tuple[float, ...]) -> bool:
    """Return whether *row* is short enough to stay on one page."""
    lines = (
        sum(1 + int(len(text) * _LETTER / width) for text in (*cell.lines, *cell.notes))
        for cell, width in zip(row.cells, widths, strict=False)
    )
    return max(lines) <= _MOST_LINES


def _cells(cells: tuple[_Cell, ...], row: Row, table: Table) -> None:
    for column, (cell, given) in enumerate(zip(cells, row.cells, strict=True)):
        align = "CENTER" if column in table.centred else "LEFT"
        fill(cell, given.lines, size=table.size, bold=row.kind is RowKind.SUM, align=align)
        for note in given.notes:
            put(cell.add_paragraph(), note, size=_CELL_NOTE, italic=True, align=align, after=2)
        if row.kind is RowKind.CHANGED:
            shaded(cell, _CHANGED)


def _figure(document: Document, block: Figure) -> None:
    from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
    from docx.shared import Mm

    paragraph = document.add_paragraph()
    paragraph.alignment = WD_PARAGRAPH_ALIGNMENT.CENTER
    paragraph.paragraph_format.space_after = 0
    shape = paragraph.add_run().add_picture(io.BytesIO(png(block.svg)), width=Mm(block.width))
    shape._inline.docPr.set("descr", legal(block.title))


def _sheet(document: Document, block: Sheet) -> None:
    from docx.enum.section import WD_SECTION

    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = False
    set_section(section, wide=block.wide)


def _signature(document: Document, block: Signature) -> None:
    table = document.add_table(rows=1, cols=2)
    set_widths(table, (text_width(wide=block.wide) - _SIGN_WIDTH, _SIGN_WIDTH))
    whole(table.rows[0])
    left, right = table.rows[0].cells
    for number, text in enumerate(block.receivers):
        first = not number
        paragraph = left.paragraphs[0] if first else left.add_paragraph()
        put(paragraph, text, size=12 if first else 11, bold=first, italic=first)
    for number, text in enumerate(block.titles):
        last = number == len(block.titles) - 1 and not block.hint
        paragraph = right.add_paragraph() if number else right.paragraphs[0]
        put(paragraph, text, size=14, bold=True, align="CENTER", after=_ROOM if last else 0)
    if block.hint:
        put(right.add_paragraph(), block.hint, size=12, italic=True, align="CENTER", after=_ROOM)
