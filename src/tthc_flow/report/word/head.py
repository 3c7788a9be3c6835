"""The head of an administrative paper: whose it is, and the name of the state, in two columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.report.slip_words import BLANK, date_parts, say
from tthc_flow.report.word.cells import set_widths
from tthc_flow.report.word.lines import put, ruled

if TYPE_CHECKING:
    from datetime import date

    from docx.document import Document
    from docx.table import _Cell

_WIDTHS: Final = (66, 99)
_OVERLINE: Final = (20, 22)


def head(  # noqa: PLR0913 - the parts of a head, by name
    document: Document,
    *,
    parent: str,
    agency: str,
    number: str,
    place: str,
    day: date | None = None,
    lang: str = "vi",
    about: str = "",
) -> None:
    """Add the head to *document*; what is empty is a blank to be filled in.

    Args:
        document: Where to.
        parent: The body above the agency; empty where there is none.
        agency: Whose paper it is; a line break parts it in two lines.
        number: Number and sign, whole.
        place: Where it is issued, without the date.
        day: The date; ``None`` is blank.
        lang: ``vi`` or ``en``.
        about: What a letter is about, printed under its number.

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.
    """
    table = document.add_table(rows=1, cols=2)
    set_widths(table, _WIDTHS)
    left, right = table.rows[0].cells
    _names(left, parent, agency)
    put(left.add_paragraph(), say("number", lang, number=number), align="CENTER")
    if about:
        put(left.add_paragraph(), about, size=12, align="CENTER")
    put(right.paragraphs[0], say("state", lang), size=12, bold=True, align="CENTER")
    put(right.add_paragraph(), say("motto", lang), bold=True, align="CENTER")
    ruled(right.add_paragraph(), _OVERLINE[1])
    when = say("date", lang, place=place or BLANK, **date_parts(day))
    put(right.add_paragraph(), when, italic=True, align="CENTER")


def _names(cell: _Cell, parent: str, agency: str) -> None:
    if parent:
        put(cell.paragraphs[0], parent, size=12, align="CENTER")
        cell.add_paragraph()
    for number, line in enumerate((agency or BLANK * 4).split("\n")):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[-1]
        put(paragraph, line, bold=True, align="CENTER")
    ruled(cell.add_paragraph(), _OVERLINE[0])
