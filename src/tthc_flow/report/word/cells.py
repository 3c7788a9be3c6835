"""Tables of a Word document: widths that hold, headings that repeat, rows that stay whole."""

# ruff: noqa: SLF001 (python-docx has no other way to what keeps rows together)

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.report.word.elements import element
from tthc_flow.report.word.lines import put

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.table import Table, _Cell, _Row


def set_widths(table: Table, millimetres: Sequence[float]) -> None:
    """Give every column its width; no content changes it, long words break inside their cell.

    The table stands between the margins, where its first letters would begin it further left.
    """
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Mm

    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, millimetres, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def repeated(row: _Row) -> None:
    """Print *row* again at the top of every page that its table reaches."""
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))


def whole(row: _Row) -> None:
    """Keep *row* on one page."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))


def shaded(cell: _Cell, colour: str) -> None:
    """Fill *cell* with *colour* (six hexadecimal digits)."""
    shade = element("w:shd", {"val": "clear", "color": "auto", "fill": colour})
    cell._tc.get_or_add_tcPr().append(shade)


def in_the_middle(cell: _Cell) -> None:
    """Centre what stands in *cell* from top to bottom."""
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT

    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def fill(
    cell: _Cell,
    lines: Sequence[str],
    *,
    size: float,
    align: str = "LEFT",
    bold: bool = False,
    italic: bool = False,
) -> None:
    """Write *lines* into *cell*, one paragraph each, in the place of what stood there."""
    for extra in cell.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)
    for number, line in enumerate(lines):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        put(paragraph, line, size=size, align=align, bold=bold, italic=italic, before=2, after=2)


def with_the_next(row: _Row) -> None:
    """Keep *row* on the page of the next one.

    A heading alone at the foot of a page tells nothing, and LibreOffice 7.4 then loses the rows
    below it that may not be divided.
    """
    for paragraph in (each for cell in row.cells for each in cell.paragraphs):
        paragraph.paragraph_format.keep_with_next = True
