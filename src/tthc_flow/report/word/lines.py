"""Lines of a Word document: what they say, and how they look."""

# ruff: noqa: SLF001 (python-docx has no other way to borders and fields)

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tthc_flow.report.plain_text import legal
from tthc_flow.report.word.elements import element

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph

FONT: Final = "Times New Roman"
_TIED: Final = re.compile(r"(?<=\d) %")
_BREAKS: Final = re.compile("[\\t\\n\\r]+")


def put(  # noqa: PLR0913 - how a line looks, by name
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
    """Add *text* to *paragraph*; its line breaks become spaces, and nothing in it is a field.

    A share stays on one line with its sign.

    Args:
        paragraph: Where to.
        text: Any text; what XML forbids is replaced.
        size: Of the letters, in points.
        bold: Whether the letters are bold.
        italic: Whether they are italic.
        align: ``LEFT``, ``CENTER``, ``RIGHT`` or ``JUSTIFY``.
        before: Space above, in points.
        after: Space below, in points.
    """
    from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
    from docx.shared import Pt

    run = paragraph.add_run(_TIED.sub("\N{NO-BREAK SPACE}%", _BREAKS.sub(" ", legal(text))))
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    paragraph.alignment = WD_PARAGRAPH_ALIGNMENT[align]
    looks = paragraph.paragraph_format
    looks.space_before, looks.space_after = Pt(before), Pt(after)


def ruled(paragraph: Paragraph, indent: float) -> None:
    """Draw the line that stands under the names of the head, *indent* mm from both sides."""
    from docx.shared import Mm, Pt

    put(paragraph, "", size=4, after=4)
    looks = paragraph.paragraph_format
    looks.left_indent = looks.right_indent = Mm(indent)
    looks.line_spacing = Pt(4)
    border = element("w:pBdr")
    border.append(element("w:top", {"val": "single", "sz": "6", "space": "1", "color": "000000"}))
    paragraph._p.get_or_add_pPr().insert_element_before(
        border, "w:shd", "w:spacing", "w:ind", "w:jc"
    )


def page_number(paragraph: Paragraph) -> None:
    """Write the field of the page's number, centred."""
    put(paragraph, "", align="CENTER")
    for part in ("begin", "PAGE", "end"):
        run = paragraph.add_run()
        if part == "PAGE":
            field = element("w:instrText")
            field.text = part
        else:
            field = element("w:fldChar", {"fldCharType": part})
        run._r.append(field)
