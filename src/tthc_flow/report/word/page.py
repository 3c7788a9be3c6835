"""The page of an administrative paper: A4, its margins, its letters, the number of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.report.plain_text import legal
from tthc_flow.report.word.elements import element, w
from tthc_flow.report.word.lines import FONT, page_number

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section

SHORT: Final = 210
LONG: Final = 297
TOP: Final = 20
LEFT: Final = 30
RIGHT: Final = 15
"""Millimetres: the sheet, and its margins (20 at the bottom too)."""

_ABOVE: Final = 10  # mm from the edge to the number of the page

_LONGEST: Final = 255  # characters of what a document says of itself; python-docx refuses more


def new_document(title: str, *, subject: str = "", author: str = "", lang: str = "vi") -> Document:
    """Return an empty document on A4 with the letters of an administrative paper.

    Args:
        title: What the file says that it is; *subject* and *author* likewise.
        subject: What it is about.
        author: Whose paper it is.
        lang: The language that its words are checked in, ``vi`` or ``en``.

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I (paper, margins, letters, number of the page).
    """
    import docx
    from docx.shared import Pt

    document = docx.Document()
    set_section(document.sections[0], wide=False)
    document.sections[0].different_first_page_header_footer = True
    page_number(document.sections[0].header.paragraphs[0])
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(13)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for letters in ("eastAsia", "cs"):
        fonts.set(w(letters), FONT)
    normal.element.rPr.append(
        element("w:lang", {"val": "vi-VN" if lang == "vi" else "en-GB"}),
    )
    about = document.core_properties
    about.title, about.subject = legal(title)[:_LONGEST], legal(subject)[:_LONGEST]
    about.author = about.last_modified_by = legal(author)[:_LONGEST]
    about.comments = ""
    return document


def set_section(section: Section, *, wide: bool) -> None:
    """Give *section* its sheet, upright or *wide*, and the margins that the rule asks for."""
    from docx.enum.section import WD_ORIENTATION
    from docx.shared import Mm

    section.orientation = WD_ORIENTATION.LANDSCAPE if wide else WD_ORIENTATION.PORTRAIT
    width, height = (LONG, SHORT) if wide else (SHORT, LONG)
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin = section.bottom_margin = Mm(TOP)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.header_distance = Mm(_ABOVE)


def text_width(*, wide: bool) -> int:
    """Return how many millimetres lie between the margins.

    Example:
        >>> text_width(wide=False), text_width(wide=True)
        (165, 252)
    """
    return (LONG if wide else SHORT) - LEFT - RIGHT


def text_height(*, wide: bool) -> int:
    """Return how many millimetres lie between the upper and the lower margin."""
    return (SHORT if wide else LONG) - 2 * TOP
