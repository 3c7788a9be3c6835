"""Before and after in one picture: two panes, one scale of heat, one legend of differences."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.measures.heat import Heat, end_of_scale, together
from tthc_flow.model.drawing import Bounds, Drawing
from tthc_flow.model.notation import Notation
from tthc_flow.model.procedure import Procedure
from tthc_flow.picture.legend import LEGEND_HEIGHT, heat_legend, marks_legend
from tthc_flow.picture.markup import number, tag
from tthc_flow.picture.svg import MARGIN, Picture, document, has_none, pane

if TYPE_CHECKING:
    from collections.abc import Mapping

_GAP: Final = 24.0


@frozen(kw_only=True)
class Side:
    """One pane: a procedure, its drawing, its title, its heat, and marks by element id.

    *others* and *notation* are as for ``draw``.
    """

    procedure: Procedure
    drawing: Drawing
    title: str
    heat: Heat | None = None
    marks: Mapping[str, str] | None = None
    others: tuple[Procedure, ...] = ()
    notation: Mapping[str, Notation] | None = None


def before_after(before: Side, after: Side, *, title: str = "", lang: str = "vi") -> str:
    """Return one SVG with *before* above *after*: the same scale, so that colours compare.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> empty = Side(procedure=Procedure(flow=Flow(id="p")), drawing=Drawing(), title="Trước")
        >>> before_after(empty, empty).count("Trước")
        2

    Source: own design; the form asks for the diagram before and after.
    """
    heats = [side.heat for side in (before, after) if side.heat is not None]
    highest = max((end_of_scale(each) for each in heats), default=Fraction(0))
    panes = [
        pane(
            side.procedure,
            side.drawing,
            others=side.others,
            title=side.title,
            heat=side.heat,
            marks=side.marks,
            notation=side.notation,
            highest=highest,
            legend=False,
            lang=lang,
        )
        for side in (before, after)
    ]
    width = max(each.box.width for each in panes)
    parts: list[str] = []
    y = 0.0
    for each in panes:
        place = f"translate({number(-each.box.x)} {number(y - each.box.y)})"
        parts.append(tag("g", each.body, transform=place))
        y += each.box.height + _GAP
    y -= _GAP
    text, extent = _legend(before, after, highest, y + LEGEND_HEIGHT / 2, lang)
    parts.append(text)
    box = Bounds(0.0, 0.0, max(width, extent), y + (LEGEND_HEIGHT if text else 0.0))
    return document(Picture(body="".join(parts), box=box), title)


def _legend(before: Side, after: Side, highest: Fraction, y: float, lang: str) -> tuple[str, float]:
    text, x = "", MARGIN
    sides = [side for side in (before, after) if side.heat is not None]
    heats = [side.heat for side in sides if side.heat is not None]
    if heats:
        both = together(heats, heats[0].kind)
        without = any(
            has_none(side.procedure, each) for side, each in zip(sides, heats, strict=True)
        )
        text, width = heat_legend(x, y, both, highest, without=without, lang=lang)
        x += width
    used = [*(before.marks or {}).values(), *(after.marks or {}).values()]
    more, width = marks_legend(x, y, used, lang)
    return text + more, x + width
