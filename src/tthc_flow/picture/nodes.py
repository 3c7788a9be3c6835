"""Nodes as BPMN draws them: gateways and events here, activities beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.layout.sizes import LABEL_TEXT, label_size
from tthc_flow.layout.text import LINE_HEIGHT
from tthc_flow.model.drawing import Bounds, Point
from tthc_flow.model.flow import Event, EventPosition, Gateway, GatewayKind, Node, SubProcess
from tthc_flow.model.notation import PLAIN, Notation
from tthc_flow.picture.activities import sub_process, task
from tthc_flow.picture.fitting import fit
from tthc_flow.picture.icons import trigger_icon
from tthc_flow.picture.markup import escaped, number, tag, text_lines
from tthc_flow.picture.style import PAPER

if TYPE_CHECKING:
    from tthc_flow.model.drawing import Shape
    from tthc_flow.picture.look import Look


def node_shape(
    node: Node,
    shape: Shape,
    look: Look,
    signs: Notation = PLAIN,
    *,
    opener: Event | None = None,
    opened: bool = False,
) -> str:
    """Return *node* drawn at *shape*, its whole name as the title that shows on hovering.

    *signs* are what the flow does not know; *opener* is the event that starts a sub-process;
    *opened* says that a call shows what it calls.

    Example:
        >>> from tthc_flow.model.drawing import Shape
        >>> from tthc_flow.picture.look import Look
        >>> shape = Shape(bounds=Bounds(0, 0, 50, 50))
        >>> "polygon" in node_shape(Gateway(id="g", kind=GatewayKind.EXCLUSIVE), shape, Look())
        True

    Source: BPMN 2.0.2, 10 (notation).
    """
    match node:
        case Gateway():
            inside = _gateway(node, shape, look, signs)
        case Event():
            inside = _event(node, shape.bounds, look, signs)
        case SubProcess():
            inside = sub_process(node, shape, look, signs, opener)
        case _:
            inside = task(node, shape.bounds, look, signs, opened=opened)
    parts = [tag("title", escaped(node.name)) if node.name else "", inside]
    if isinstance(node, Gateway | Event):
        parts.append(outer_label(node.name, shape))
    parts.append(_mark_sign(shape.bounds, look))
    return tag("g", *parts, data_element=node.id)


def _mark_sign(bounds: Bounds, look: Look) -> str:
    """Return the sign of a difference in a disc at the upper right: told without colour too."""
    if look.mark is None:
        return ""
    x, y = bounds.right - 2, bounds.y + 2
    disc = tag("circle", cx=x, cy=y, r=9, fill=look.mark.line, stroke=PAPER, stroke_width=1.5)
    sign = text_lines((look.mark.sign,), x, y, size=13, bold=True, colour=PAPER)
    return disc + sign


_GATEWAYS: Final = {
    GatewayKind.EXCLUSIVE: "M-7-9L7 9M7-9L-7 9",
    GatewayKind.PARALLEL: "M-11 0H11M0-11V11",
    GatewayKind.INCLUSIVE: "M0-11A11 11 0 1 0 .01-11Z",
    GatewayKind.COMPLEX: "M-11 0H11M0-11V11M-8-8L8 8M8-8L-8 8",
    GatewayKind.EVENT_BASED: (
        "M0-13A13 13 0 1 0 .01-13ZM0-10.5A10.5 10.5 0 1 0 .01-10.5Z"
        "M0-6.5L6.2-2 3.8 5.3H-3.8L-6.2-2Z"
    ),
}
_STARTING: Final = "M0-13A13 13 0 1 0 .01-13ZM0-7.5L7.1-2.3 4.4 6H-4.4L-7.1-2.3Z"
_STARTING_ALL: Final = (
    "M0-13A13 13 0 1 0 .01-13ZM-2.5-8H2.5V-2.5H8V2.5H2.5V8H-2.5V2.5H-8V-2.5H-2.5Z"
)


def _gateway_sign(node: Gateway, shape: Shape, signs: Notation) -> str:
    if node.kind is GatewayKind.EVENT_BASED and signs.instantiates:
        return _STARTING_ALL if signs.parallel else _STARTING
    if node.kind is GatewayKind.EXCLUSIVE and not shape.marker:
        return ""
    return _GATEWAYS[node.kind]


def _gateway(node: Gateway, shape: Shape, look: Look, signs: Notation) -> str:
    bounds = shape.bounds
    centre = bounds.centre
    corners = (
        Point(centre.x, bounds.y),
        Point(bounds.right, centre.y),
        Point(centre.x, bounds.bottom),
        Point(bounds.x, centre.y),
    )
    diamond = tag(
        "polygon",
        points=" ".join(f"{number(each.x)},{number(each.y)}" for each in corners),
        fill=look.fill,
        stroke=look.line,
        stroke_width=look.thick,
        stroke_linejoin="round",
        stroke_dasharray=look.dash,
    )
    heavy = 1.2 if node.kind is GatewayKind.EVENT_BASED else 3.0
    scale = min(bounds.width, bounds.height) / 50
    path = _gateway_sign(node, shape, signs)
    if not path:
        return diamond
    sign = tag(
        "path",
        d=path,
        transform=f"translate({number(centre.x)} {number(centre.y)}) scale({number(scale)})",
        fill="none",
        stroke=look.line,
        stroke_width=heavy,
    )
    return diamond + sign


def _event(node: Event, bounds: Bounds, look: Look, signs: Notation) -> str:
    centre, radius = bounds.centre, min(bounds.width, bounds.height) / 2
    end = node.position is EventPosition.END
    ring = tag(
        "circle",
        cx=centre.x,
        cy=centre.y,
        r=radius,
        fill=look.fill,
        stroke=look.line,
        stroke_width=3.6 if end else look.thick,
        stroke_dasharray=look.dash or (None if node.interrupting else "4 3"),
    )
    inner = ""
    if node.position in {EventPosition.CATCH, EventPosition.THROW, EventPosition.BOUNDARY}:
        inner = tag(
            "circle",
            cx=centre.x,
            cy=centre.y,
            r=max(radius - 3.2, 1.0),
            fill="none",
            stroke=look.line,
            stroke_width=look.thick,
            stroke_dasharray=None if node.interrupting else "4 3",
        )
    thrown = end or node.position is EventPosition.THROW
    icon = trigger_icon(
        node.trigger,
        centre.x,
        centre.y,
        radius / 18,
        look.line,
        thrown=thrown,
        parallel=signs.parallel,
    )
    return ring + inner + icon


def outer_label(name: str, shape: Shape) -> str:
    """Return *name* in the label box of *shape*, or below the shape where it has none.

    Example:
        >>> from tthc_flow.model.drawing import Shape
        >>> outer_label("", Shape(bounds=Bounds(0, 0, 9, 9)))
        ''

    Source: BPMN DI, labels.
    """
    if not name.strip():
        return ""
    width, height = label_size(name)
    bounds = shape.bounds
    box = shape.label or Bounds(bounds.centre.x - width / 2, bounds.bottom + 4, width, height)
    text = fit(name, box.width, max(box.height, LABEL_TEXT * LINE_HEIGHT), LABEL_TEXT)
    return text_lines(text.lines, box.centre.x, box.centre.y, size=text.size, halo=PAPER)
