"""The picture of a procedure: one SVG document, self-contained, no script, no network."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from tthc_flow.layout.fresh import lay_out
from tthc_flow.layout.text import LINE_HEIGHT
from tthc_flow.measures.heat import Heat, end_of_scale
from tthc_flow.model.drawing import Bounds
from tthc_flow.model.flow import Node, SubProcess
from tthc_flow.model.step import Step
from tthc_flow.picture.artifacts import beside
from tthc_flow.picture.backdrop import frames, messages
from tthc_flow.picture.fitting import fit
from tthc_flow.picture.flows import flows
from tthc_flow.picture.labels import with_labels
from tthc_flow.picture.legend import (
    LEGEND_HEIGHT,
    UNKNOWN_SIGN,
    badge_words,
    heat_legend,
    marks_legend,
)
from tthc_flow.picture.look import Look
from tthc_flow.picture.markup import escaped, number, tag, text_lines
from tthc_flow.picture.mend import mended
from tthc_flow.picture.strangers import strangers
from tthc_flow.picture.style import FONT, MARKS, PAPER, UNKNOWN_FILL, heat_colour

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.model.drawing import Drawing
    from tthc_flow.model.notation import Notation
    from tthc_flow.model.procedure import Procedure

MARGIN: Final = 20.0
_TITLE_HEIGHT: Final = 40.0
_LEAST_TITLE: Final = 300.0


@frozen(kw_only=True)
class Picture:
    """Drawn markup and the room it takes; panes and pages put it where they want."""

    body: str
    box: Bounds


def draw(  # noqa: PLR0913 - what a caller may say of a picture, by name
    procedure: Procedure,
    drawing: Drawing,
    *,
    others: tuple[Procedure, ...] = (),
    title: str = "",
    heat: Heat | None = None,
    marks: Mapping[str, str] | None = None,
    notation: Mapping[str, Notation] | None = None,
    lang: str = "vi",
) -> str:
    """Return *procedure* as an SVG document; what *drawing* does not place is laid out anew.

    Args:
        procedure: What is drawn.
        drawing: Where it stands; shapes of elements that no procedure holds are dashed boxes.
        others: Further procedures of the same diagram (other pools).
        title: Printed above the picture.
        heat: What steps are coloured by; without it the colours of the file are shown.
        marks: Differences by element id: ``added``, ``removed``, ``changed``, ``moved``.
        notation: Signs that the procedures do not hold (``Document.notation``).
        lang: The language of legend and badges, ``vi`` or ``en``.

    Returns:
        One ``<svg>`` element as text, every name escaped, the whole name of a node as its title.

    Example:
        >>> from tthc_flow.model.drawing import Drawing
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> procedure = Procedure(flow=Flow(id="p", nodes=(Step(id="a", name="Ký <duyệt>"),)))
        >>> "Ký &lt;duyệt&gt;" in draw(procedure, Drawing())
        True

    Source: BPMN 2.0.2 notation and diagram interchange; SVG 1.1.
    """
    picture = pane(
        procedure,
        drawing,
        others=others,
        title=title,
        heat=heat,
        marks=marks,
        notation=notation,
        lang=lang,
    )
    return document(picture, title or procedure.name)


def document(picture: Picture, title: str) -> str:
    """Return *picture* as a whole SVG document.

    Example:
        >>> document(Picture(body="", box=Bounds(0, 0, 9, 9)), "x").startswith("<svg xmlns")
        True

    Source: SVG 1.1.
    """
    box = picture.box
    area = " ".join(number(each) for each in (box.x, box.y, box.width, box.height))
    paper = tag("rect", x=box.x, y=box.y, width=box.width, height=box.height, fill=PAPER)
    head = tag("title", escaped(title)) if title else ""
    return tag(
        "svg",
        head,
        paper,
        picture.body,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=area,
        width=box.width,
        height=box.height,
        font_family=FONT,
        role="img",
    )


def pane(  # noqa: PLR0913 - what a caller may say of a picture, by name
    procedure: Procedure,
    drawing: Drawing,
    *,
    others: tuple[Procedure, ...] = (),
    title: str = "",
    heat: Heat | None = None,
    marks: Mapping[str, str] | None = None,
    notation: Mapping[str, Notation] | None = None,
    highest: Fraction | None = None,
    legend: bool = True,
    lang: str = "vi",
) -> Picture:
    """Return the picture without its document; *highest* fixes the end of the heat scale.

    Example:
        >>> from tthc_flow.model.drawing import Drawing
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> pane(Procedure(flow=Flow(id="p")), Drawing()).box.x
        -20.0

    Source: ``draw``.
    """
    every = (procedure, *others)
    if not drawing.shapes:
        drawing = lay_out(procedure)
    marks, signs = marks or {}, notation or {}
    top = highest or (end_of_scale(heat) if heat is not None else Fraction(0))
    drawing = with_labels(every, mended(every, drawing), signs)
    body = [frames(every, drawing, marks, signs)]
    body.append(
        flows(
            every, drawing, lambda node: _look(node, drawing, heat, top, marks, lang), marks, signs
        )
    )
    body.append(beside(every, drawing) + messages(every, drawing, marks, signs))
    body.append(strangers(every, drawing, signs))
    box = _extent(drawing)
    if title:
        body.append(tag("g", _caption(title, box)))
        wide = max(box.width, _LEAST_TITLE)
        box = Bounds(box.x, box.y - _TITLE_HEIGHT, wide, box.height + _TITLE_HEIGHT)
    if legend and (heat is not None or marks):
        words, width = _legend(every, heat, marks, box, top, lang)
        body.append(words)
        wide = max(box.width, width + 2 * MARGIN)
        box = Bounds(box.x, box.y, wide, box.height + LEGEND_HEIGHT)
    return Picture(body="".join(body), box=box)


def _caption(title: str, box: Bounds) -> str:
    text = fit(title, max(box.width, _LEAST_TITLE) - 2 * MARGIN, _TITLE_HEIGHT, 18.0, bold=True)
    high = len(text.lines) * text.size * LINE_HEIGHT
    middle = box.y + 2 - high / 2
    return text_lines(text.lines, box.x + MARGIN, middle, size=text.size, anchor="start", bold=True)


def has_none(procedure: Procedure, heat: Heat) -> bool:
    """Return whether some step has no figure by its nature: neither known nor unknown.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> has_none(Procedure(flow=Flow(id="p", nodes=(Step(id="a", name="A"),))), Heat())
        True
    """
    return any(
        step.id not in heat.values and step.id not in heat.unknown for step in procedure.flow.steps
    )


def _legend(
    procedures: tuple[Procedure, ...],
    heat: Heat | None,
    marks: Mapping[str, str],
    box: Bounds,
    top: Fraction,
    lang: str,
) -> tuple[str, float]:
    """Return the legend below *box*, and its width."""
    x, y, parts, width = box.x + MARGIN, box.bottom + 10, "", 0.0
    if heat is not None:
        without = any(has_none(each, heat) for each in procedures)
        parts, width = heat_legend(x, y, heat, top, without=without, lang=lang)
    more, extra = marks_legend(x + width, y, marks.values(), lang)
    return parts + more, width + extra


def _look(
    node: Node,
    drawing: Drawing,
    heat: Heat | None,
    highest: Fraction,
    marks: Mapping[str, str],
    lang: str,
) -> Look:
    mark = MARKS.get(marks.get(node.id, ""))
    if mark is not None:
        look = Look(fill=mark.fill, mark=mark)
    elif heat is None:
        look = Look().painted(drawing.shapes[node.id].colours)
    else:
        look = Look()
    if heat is None:
        return look
    value = heat.values.get(node.id)
    words = ""
    if value is not None:
        words = badge_words(value, heat.kind, lang)
        filled = not isinstance(node, SubProcess)
        look = evolve(look, fill=heat_colour(value, highest)) if filled else look
    elif node.id in heat.unknown:
        words = UNKNOWN_SIGN
        look = evolve(look, fill=UNKNOWN_FILL if mark is None else look.fill)
    number = node.number if isinstance(node, Step) else None
    return evolve(look, number=number or "", badge=words)


def _extent(drawing: Drawing) -> Bounds:
    boxes = [shape.bounds for shape in drawing.shapes.values()]
    boxes += [shape.label for shape in drawing.shapes.values() if shape.label]
    boxes += [line.label for line in drawing.lines.values() if line.label]
    points = [point for line in drawing.lines.values() for point in line.points]
    xs = [box.x for box in boxes] + [point.x for point in points]
    ys = [box.y for box in boxes] + [point.y for point in points]
    rights = [box.right for box in boxes] + [point.x for point in points]
    bottoms = [box.bottom for box in boxes] + [point.y for point in points]
    left, top = min(xs, default=0.0) - MARGIN, min(ys, default=0.0) - MARGIN
    right, bottom = max(rights, default=0.0) + MARGIN, max(bottoms, default=0.0) + MARGIN
    return Bounds(left, top, right - left, bottom - top)
