"""A control slip as a Word document (.docx)."""

# ruff: noqa: SLF001 (python-docx has no other way to fields, borders and what keeps rows together)

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any, Final

from tthc_flow.report.plain_text import legal
from tthc_flow.report.slip_words import BLANK, date_parts, moment_words, say

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

    from tthc_flow.report.control_slip import Passage, Slip

FONT: Final = "Times New Roman"
_WIDTHS: Final = (38, 33, 33, 24, 37)  # mm; together the 165 mm between the margins
_HEAD: Final = (66, 99)
_SIGN: Final = 26
_BREAKS: Final = re.compile("[\\t\\n\\r]+")
_LONGEST: Final = 255  # characters of what a document says of itself; python-docx refuses more
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)


def slip_document(slip: Slip) -> bytes:
    """Return *slip* as a Word document: A4, Times New Roman, the head in two columns.

    The same slip is the same file: no time of writing stands in it.

    Example:
        >>> from tthc_flow.report.control_slip import control_slip
        >>> slip_document(control_slip((), ()))[:2]
        b'PK'

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I (paper, margins, letters); Thông tư 01/2018/TT-VPCP,
    Mẫu số 05.
    """
    import docx

    document = docx.Document()
    _paper(document, slip)
    if slip.head.form:
        _put(document.add_paragraph(), slip.head.form, size=11, italic=True, align="RIGHT")
    _head(document, slip)
    title = document.add_paragraph()
    _put(title, say("title", slip.lang), size=14, bold=True, align="CENTER", before=14, after=10)
    for code, value in (
        ("code", slip.code),
        ("handled", slip.handled_by),
        ("coordinating", slip.coordinating),
    ):
        line = document.add_paragraph()
        _put(line, f"{say(code, slip.lang)} ", after=4)
        _put(line, value or BLANK * 8, bold=bool(value), after=6 if code == "coordinating" else 4)
    _table(document, slip)
    for note in slip.notes:
        _put(document.add_paragraph(), note, size=11, before=6)
    out = io.BytesIO()
    document.save(out)
    return _timeless(out.getvalue())


def _paper(document: Document, slip: Slip) -> None:
    """Set the paper, the letters, the number of the page, and what the file says of itself."""
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.different_first_page_header_footer = True
    _page_number(section.header.paragraphs[0])
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(13)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for letters in ("eastAsia", "cs"):
        fonts.set(_w(letters), FONT)
    language = _element("w:lang", {"val": "vi-VN" if slip.lang == "vi" else "en-GB"})
    normal.element.rPr.append(language)
    about = document.core_properties
    about.title, about.subject = say("title", slip.lang), legal(slip.code)[:_LONGEST]
    about.author = about.last_modified_by = legal(slip.head.agency)[:_LONGEST]
    about.comments = ""


def _page_number(paragraph: Paragraph) -> None:
    _put(paragraph, "", align="CENTER")
    for part in ("begin", "PAGE", "end"):
        run = paragraph.add_run()
        if part == "PAGE":
            field = _element("w:instrText", {})
            field.text = part
        else:
            field = _element("w:fldChar", {"fldCharType": part})
        run._r.append(field)


def _head(document: Document, slip: Slip) -> None:
    given, lang = slip.head, slip.lang
    table = document.add_table(rows=1, cols=2)
    _widths(table, _HEAD)
    left, right = table.rows[0].cells
    if given.parent:
        _put(left.paragraphs[0], given.parent, size=12, align="CENTER")
        left.add_paragraph()
    _put(left.paragraphs[-1], given.agency or BLANK * 4, bold=True, align="CENTER")
    _line(left.add_paragraph(), 20)
    number = given.number or f"{BLANK}/{BLANK}"
    _put(left.add_paragraph(), say("number", lang, number=number), align="CENTER")
    _put(right.paragraphs[0], say("state", lang), size=12, bold=True, align="CENTER")
    _put(right.add_paragraph(), say("motto", lang), bold=True, align="CENTER")
    _line(right.add_paragraph(), 22)
    when = say("date", lang, place=given.place or BLANK, **date_parts(given.date))
    _put(right.add_paragraph(), when, italic=True, align="CENTER")


def _table(document: Document, slip: Slip) -> None:
    lang = slip.lang
    table = document.add_table(rows=1, cols=len(_WIDTHS), style="Table Grid")
    _widths(table, _WIDTHS)
    heading = table.rows[0]
    heading._tr.get_or_add_trPr().append(_element("w:tblHeader", {}))
    cells = heading.cells
    time = cells[1].merge(cells[2])
    for cell, code in (
        (cells[0], "column-agency"),
        (time, "column-time"),
        (cells[3], "column-result"),
        (cells[4], "column-notes"),
    ):
        _put(cell.paragraphs[0], say(code, lang), size=10.5, bold=True, align="CENTER", before=2)
        _in_the_middle(cell)
    results = cells[3].add_paragraph()
    _put(results, say("column-results", lang), size=9, italic=True, align="CENTER", after=2)
    for passage in slip.passages:
        _passage(table, passage, lang)


def _passage(table: Table, passage: Passage, lang: str) -> None:
    """Add the two rows of *passage*: when, and the places to sign."""
    from docx.enum.table import WD_ROW_HEIGHT_RULE
    from docx.shared import Mm

    first, second = (table.add_row() for _ in range(2))  # type: ignore[no-untyped-call]
    for row in (first, second):
        row._tr.get_or_add_trPr().append(_element("w:cantSplit", {}))
    second.height, second.height_rule = Mm(_SIGN), WD_ROW_HEIGHT_RULE.AT_LEAST
    parties = [("gives", passage.giver), ("receives", passage.receiver)]
    who = [say(code, lang, party=party or BLANK * 2) for code, party in parties]
    signs = ((1, "giver", passage.given_by), (2, "receiver", passage.received_by))
    for column, code, name in signs:
        cell = second.cells[column]
        _put(
            cell.paragraphs[0],
            say(code, lang),
            size=11,
            bold=True,
            align="CENTER",
            before=2,
            after=40,
        )
        _put(cell.add_paragraph(), name, size=11, align="CENTER")
    time = first.cells[1].merge(first.cells[2])
    _put(
        time.paragraphs[0],
        moment_words(passage.at, lang),
        size=11,
        align="CENTER",
        before=2,
        after=2,
    )
    for column, lines, size in ((0, who, 11), (3, [passage.result], 11), (4, passage.notes, 10)):
        cell = first.cells[column].merge(second.cells[column])
        _lines(cell, lines, size, "CENTER" if column == 3 else "LEFT")  # noqa: PLR2004 - result
    for paragraph in (each for cell in first.cells for each in cell.paragraphs):
        paragraph.paragraph_format.keep_with_next = True


def _lines(cell: _Cell, lines: tuple[str, ...] | list[str], size: int, align: str) -> None:
    for extra in cell.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)
    for number, line in enumerate(lines):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        _put(paragraph, line, size=size, align=align, before=2, after=2)


def _put(  # noqa: PLR0913 - how a line looks, by name
    paragraph: Paragraph,
    text: str,
    *,
    size: float = 13,
    bold: bool = False,
    italic: bool = False,
    align: str = "LEFT",
    before: float = 0,
    after: float = 0,
) -> None:
    """Add *text* to *paragraph*; its line breaks become spaces."""
    from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
    from docx.shared import Pt

    run = paragraph.add_run(_BREAKS.sub(" ", legal(text)))
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    paragraph.alignment = WD_PARAGRAPH_ALIGNMENT[align]
    looks = paragraph.paragraph_format
    looks.space_before, looks.space_after = Pt(before), Pt(after)


def _line(paragraph: Paragraph, indent: int) -> None:
    """Draw the line that stands under the names of the head, *indent* mm from both sides."""
    from docx.shared import Mm, Pt

    _put(paragraph, "", size=4, after=4)
    looks = paragraph.paragraph_format
    looks.left_indent = looks.right_indent = Mm(indent)
    looks.line_spacing = Pt(4)
    border = _element("w:pBdr", {})
    border.append(_element("w:top", {"val": "single", "sz": "6", "space": "1", "color": "000000"}))
    paragraph._p.get_or_add_pPr().insert_element_before(
        border, "w:shd", "w:spacing", "w:ind", "w:jc"
    )


def _widths(table: Table, millimetres: tuple[int, ...]) -> None:
    from docx.shared import Mm

    table.autofit = False
    for column, width in zip(table.columns, millimetres, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _in_the_middle(cell: _Cell) -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT

    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def _element(name: str, attributes: dict[str, str]) -> Any:  # noqa: ANN401 - an lxml element
    from docx.oxml import OxmlElement

    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(_w(key), value)
    return made


def _w(name: str) -> str:
    from docx.oxml.ns import qn

    return qn(f"w:{name}")


def _timeless(content: bytes) -> bytes:
    """Return the zip file *content* with the time of writing taken out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.infolist():
            entry = zipfile.ZipInfo(each.filename, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(each))
    return out.getvalue()
