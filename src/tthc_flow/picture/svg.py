"""The picture of a procedure: one SVG document, self-contained, no script, no network."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.layout.fresh import lay_out
from tthc_flow.model.drawing import Bounds
from tthc_flow.model.flow import Gateway, Node, SubProcess
from tthc_flow.model.step import Step
from tthc_flow.picture.artifacts import beside
from tthc_flow.picture.backdrop import frames, messages, strangers
from tthc_flow.picture.labels import with_labels
from tthc_flow.picture.legend import LEGEND_HEIGHT, counts, heat_legend, marks_legend, short_days
from tthc_flow.picture.lines import flow_line, line_label
from tthc_flow.picture.markup import escaped, number, tag, text_lines
from tthc_flow.picture.nodes import Look, node_shape
from tthc_flow.picture.style import FONT, MARKS, PAPER, UNKNOWN_FILL, heat_colour

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.model.drawing import Drawing
    from tthc_flow.model.procedure import Procedure

MARGIN: Final = 20.0
_TITLE_HEIGHT: Final = 40.0


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
    heat: Mapping[str, Fraction] | None = None,
    marks: Mapping[str, str] | None = None,
    lang: str = "vi",
) -> str:
    """Return *procedure* as an SVG document; what *drawing* does not place is laid out anew.

    Args:
        procedure: What is drawn.
        drawing: Where it stands; shapes of elements that no procedure holds are dashed boxes.
        others: Further procedures of the same diagram (other pools).
        title: Printed above the picture.
        heat: Working minutes by element id; steps without one are shown as unknown.
        marks: Differences by element id: ``added``, ``removed``, ``changed``, ``moved``.
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
        procedure, drawing, others=others, title=title, heat=heat, marks=marks, lang=lang
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
    heat: Mapping[str, Fraction] | None = None,
    marks: Mapping[str, str] | None = None,
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
    if not any(node in drawing.shapes for each in every for node in each.flow.by_id):
        drawing = lay_out(procedure)
    marks = marks or {}
    top = highest if highest is not None else max((heat or {}).values(), default=Fraction(0))
    drawing = with_labels(every, drawing)
    body = [frames(every, drawing, marks)]
    for each in every:
        looks = {node.id: _look(node, heat, top, marks, lang) for node in each.flow.nodes}
        body.append(_flow(each, drawing, looks, marks))
    body.append(beside(every, drawing) + messages(every, drawing, marks))
    body.append(strangers(every, drawing))
    box = _extent(drawing)
    body.append(tag("g", _caption(title, box)))
    if title:
        box = Bounds(box.x, box.y - _TITLE_HEIGHT, box.width, box.height + _TITLE_HEIGHT)
    if legend and (heat is not None or marks):
        words, width = _legend(procedure, heat, marks, box, top, lang)
        body.append(words)
        wide = max(box.width, width + 2 * MARGIN)
        box = Bounds(box.x, box.y, wide, box.height + LEGEND_HEIGHT)
    return Picture(body="".join(body), box=box)


def _caption(title: str, box: Bounds) -> str:
    if not title:
        return ""
    return text_lines((title,), box.x + MARGIN, box.y - 8, size=18, anchor="start", bold=True)


def _legend(
    procedure: Procedure,
    heat: Mapping[str, Fraction] | None,
    marks: Mapping[str, str],
    box: Bounds,
    top: Fraction,
    lang: str,
) -> tuple[str, float]:
    """Return the legend below *box*, and its width."""
    x, y, parts, width = box.x + MARGIN, box.bottom + 10, "", 0.0
    if heat is not None:
        counted = [counts(step) for step in procedure.flow.steps if step.id not in heat]
        parts, width = heat_legend(
            x, y, top, unknown=any(counted), uncounted=not all(counted), lang=lang
        )
    more, extra = marks_legend(x + width, y, marks.values(), lang)
    return parts + more, width + extra


def _look(
    node: Node,
    heat: Mapping[str, Fraction] | None,
    highest: Fraction,
    marks: Mapping[str, str],
    lang: str,
) -> Look:
    mark = MARKS.get(marks.get(node.id, ""))
    fill = mark.fill if mark else PAPER
    words = ""
    if heat is not None and isinstance(node, Step | SubProcess):
        minutes = heat.get(node.id)
        if minutes is not None:
            words = short_days(minutes, lang)
            fill = heat_colour(minutes, highest) if isinstance(node, Step) else fill
        elif isinstance(node, Step) and counts(node):
            fill = UNKNOWN_FILL if mark is None else fill
    return Look(fill=fill, mark=mark, badge=words)


def _flow(
    procedure: Procedure, drawing: Drawing, looks: Mapping[str, Look], marks: Mapping[str, str]
) -> str:
    flow = procedure.flow
    defaults = {node.default for node in flow.nodes if isinstance(node, Gateway)}
    opened: list[tuple[float, str]] = []
    solid: list[str] = []
    for node in flow.nodes:
        shape = drawing.shapes.get(node.id)
        if shape is None:
            continue
        drawn = node_shape(node, shape, looks[node.id])
        if isinstance(node, SubProcess) and shape.expanded:
            opened.append((-shape.bounds.width * shape.bounds.height, drawn))
        else:
            solid.append(drawn)
    lines: list[str] = []
    names: list[str] = []
    for edge in (*flow.edges, *procedure.links):
        line = drawing.lines.get(edge.id)
        if line is None:
            continue
        conditional = isinstance(flow.by_id.get(edge.source), Step) and (
            edge.condition is not None or edge.printed is not None
        )
        start = "default" if edge.id in defaults else "condition" if conditional else ""
        lines.append(flow_line(edge, line, marks.get(edge.id), source=start))
        names.append(line_label(edge.name, line, marks.get(edge.id)))
    back = "".join(text for _, text in sorted(opened, key=lambda each: each[0]))
    return back + "".join(lines) + "".join(solid) + "".join(names)


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
