"""A control slip as a Word document (.docx)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.report.slip_words import BLANK, moment_words, say
from tthc_flow.report.word.cells import (
    fill,
    in_the_middle,
    repeated,
    set_widths,
    whole,
    with_the_next,
)
from tthc_flow.report.word.head import head
from tthc_flow.report.word.lines import put
from tthc_flow.report.word.page import new_document
from tthc_flow.tables.timeless import timeless

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table

    from tthc_flow.report.control_slip import Passage, Slip

_WIDTHS: Final = (38, 33, 33, 24, 37)  # mm; together the 165 mm between the margins
_RESULT: Final = 3  # the column of the result
_SIGN: Final = 26


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
    document = new_document(
        say("title", slip.lang), subject=slip.code, author=slip.head.agency, lang=slip.lang
    )
    if slip.head.form:
        put(document.add_paragraph(), slip.head.form, size=11, italic=True, align="RIGHT")
    _heading(document, slip)
    title = document.add_paragraph()
    put(title, say("title", slip.lang), size=14, bold=True, align="CENTER", before=14, after=10)
    for code, value in (
        ("code", slip.code),
        ("handled", slip.handled_by),
        ("coordinating", slip.coordinating),
    ):
        line = document.add_paragraph()
        put(line, f"{say(code, slip.lang)} ", after=4)
        put(line, value or BLANK * 8, bold=bool(value), after=6 if code == "coordinating" else 4)
    _table(document, slip)
    for note in slip.notes:
        put(document.add_paragraph(), note, size=11, before=6)
    return timeless(document)


def _heading(document: Document, slip: Slip) -> None:
    given = slip.head
    head(
        document,
        parent=given.parent,
        agency=given.agency,
        number=given.number or f"{BLANK}/{BLANK}",
        place=given.place,
        day=given.date,
        lang=slip.lang,
    )


def _table(document: Document, slip: Slip) -> None:
    lang = slip.lang
    table = document.add_table(rows=1, cols=len(_WIDTHS), style="Table Grid")
    set_widths(table, _WIDTHS)
    heading = table.rows[0]
    repeated(heading)
    cells = heading.cells
    time = cells[1].merge(cells[2])
    for cell, code in (
        (cells[0], "column-agency"),
        (time, "column-time"),
        (cells[3], "column-result"),
        (cells[4], "column-notes"),
    ):
        put(cell.paragraphs[0], say(code, lang), size=10.5, bold=True, align="CENTER", before=2)
        in_the_middle(cell)
    results = cells[3].add_paragraph()
    put(results, say("column-results", lang), size=9, italic=True, align="CENTER", after=2)
    with_the_next(heading)
    for passage in slip.passages:
        _passage(table, passage, lang)


def _passage(table: Table, passage: Passage, lang: str) -> None:
    """Add the two rows of *passage*: when, and the places to sign."""
    from docx.enum.table import WD_ROW_HEIGHT_RULE
    from docx.shared import Mm

    first, second = (table.add_row() for _ in range(2))  # type: ignore[no-untyped-call]
    for row in (first, second):
        whole(row)
    second.height, second.height_rule = Mm(_SIGN), WD_ROW_HEIGHT_RULE.AT_LEAST
    parties = (("gives", passage.giver), ("receives", passage.receiver))
    who = [say(code, lang, party=party or BLANK * 2) for code, party in parties]
    signs = ((1, "giver", passage.given_by), (2, "receiver", passage.received_by))
    for column, code, name in signs:
        cell = second.cells[column]
        put(
            cell.paragraphs[0],
            say(code, lang),
            size=11,
            bold=True,
            align="CENTER",
            before=2,
            after=40,
        )
        put(cell.add_paragraph(), name, size=11, align="CENTER")
    time = first.cells[1].merge(first.cells[2])
    put(
        time.paragraphs[0],
        moment_words(passage.at, lang),
        size=11,
        align="CENTER",
        before=2,
        after=2,
    )
    filled = ((0, who, 11), (_RESULT, [passage.result], 11), (4, passage.notes, 10))
    for column, lines, size in filled:
        cell = first.cells[column].merge(second.cells[column])
        fill(cell, lines, size=size, align="CENTER" if column == _RESULT else "LEFT")
    for paragraph in (each for cell in first.cells for each in cell.paragraphs):
        paragraph.paragraph_format.keep_with_next = True
