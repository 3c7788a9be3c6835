"""The diagrams before and after as pictures, each signed by the head of the agency."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.report.texts import text
from tthc_flow.report.word.blocks import Figure, Line, Look, Sheet, Signature
from tthc_flow.report.word.enlarged import LEAST, fits, parts, whole
from tthc_flow.report.word.words import LANG, say

if TYPE_CHECKING:
    from tthc_flow.report.word.blocks import Block
    from tthc_flow.report.word.reviewed import Reviewed

_CAPTION: Final = 20  # mm of height, with a name of two lines
_SIGNED: Final = 38
_NAME: Final = 130  # letters of a name in a caption; the whole one stands in the other parts


def diagrams(one: Reviewed, number: int) -> list[Block]:
    """Return the pages of both diagrams; where nothing changed, of the one there is.

    A diagram is printed whole on one page and signed there; where its letters are too small to
    be read, enlarged parts follow.

    Source: group reviews carry the diagrams before and after, signed by the head of the agency.
    """
    name = one.name if len(one.name) <= _NAME else one.name[:_NAME].rstrip() + "…"
    if not one.changed:
        return _side(say("diagram-now", number=number, name=name), one.before)
    return [
        *_side(say("diagram-before", number=number, name=name), one.before),
        *_side(say("diagram-after", number=number, name=name), one.after),
    ]


def _side(title: str, svg: str) -> list[Block]:
    if not svg:  # a record that came without its pictures
        return []
    spare = _CAPTION + _SIGNED
    wide = fits(svg, wide=True, spare=spare) > fits(svg, wide=False, spare=spare)
    drawn = whole(svg, wide=wide, spare=spare)
    blocks: list[Block] = [
        Sheet(wide=wide),
        Line(text=title, look=Look.CAPTION),
        Figure(svg=drawn.svg, width=drawn.width, title=title),
        Signature(titles=(say("head-sign"),), hint=say("sign-hint"), wide=wide),
    ]
    if fits(svg, wide=wide, spare=spare) >= LEAST:
        return blocks
    upright, turned = (parts(svg, wide=each, spare=_CAPTION) for each in (False, True))
    wide = len(turned) <= len(upright)
    enlarged = turned if wide else upright
    for place, part in enumerate(enlarged, start=1):
        code = "diagram-part" if len(enlarged) > 1 else "diagram-enlarged"
        name = say(code, title=title, part=place, parts=len(enlarged))
        blocks += [
            Sheet(wide=wide),
            Line(text=name, look=Look.CAPTION),
            Figure(svg=part.svg, width=part.width, title=name),
        ]
    return blocks


def legend() -> str:
    """Return what the colours and frames of both diagrams mean."""
    return text("picture-note", LANG)
