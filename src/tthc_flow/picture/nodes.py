"""Nodes as BPMN draws them: tasks, gateways, events, sub-processes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.layout.sizes import LABEL_TEXT, TASK_TEXT, label_size
from tthc_flow.layout.text import text_width
from tthc_flow.model.drawing import Bounds, Point
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Gateway,
    GatewayKind,
    Node,
    SubProcess,
    SubProcessKind,
)
from tthc_flow.model.step import Step, TaskType
from tthc_flow.picture.fitting import fit
from tthc_flow.picture.icons import loop_icon, task_icon, trigger_icon
from tthc_flow.picture.markup import escaped, number, tag, text_lines
from tthc_flow.picture.style import INK, PAPER, STROKE, Mark

if TYPE_CHECKING:
    from tthc_flow.model.drawing import Shape

_RADIUS: Final = 9.0
_BADGE_TEXT: Final = 9.5


@frozen(kw_only=True)
class Look:
    """How one node is coloured: fill, line, the mark of a difference and a badge's words."""

    fill: str = PAPER
    mark: Mark | None = None
    badge: str = ""

    @property
    def line(self) -> str:
        """Return the colour of the node's border."""
        return self.mark.line if self.mark else STROKE

    @property
    def thick(self) -> float:
        """Return the width of the node's border."""
        return 2.6 if self.mark else 1.5

    @property
    def dash(self) -> str | None:
        """Return the dashes of the node's border."""
        return self.mark.dash if self.mark else None


def node_shape(node: Node, shape: Shape, look: Look) -> str:
    """Return *node* drawn at *shape*, its whole name as the title that shows on hovering.

    Example:
        >>> from tthc_flow.model.drawing import Shape
        >>> shape = Shape(bounds=Bounds(0, 0, 50, 50))
        >>> "polygon" in node_shape(Gateway(id="g", kind=GatewayKind.EXCLUSIVE), shape, Look())
        True

    Source: BPMN 2.0.2, 10 (notation).
    """
    match node:
        case Gateway():
            inside = _gateway(node, shape.bounds, look)
        case Event():
            inside = _event(node, shape.bounds, look)
        case SubProcess():
            inside = _sub_process(node, shape, look)
        case _:
            inside = _task(node, shape.bounds, look)
    parts = [tag("title", escaped(node.name)) if node.name else "", inside]
    if isinstance(node, Gateway | Event):
        parts.append(outer_label(node.name, shape))
    parts.append(_mark_sign(shape.bounds, look))
    return tag("g", *parts, data_element=node.id)


def _rounded(bounds: Bounds, look: Look, thick: float, **more: str | float | None) -> str:
    return tag(
        "rect",
        x=bounds.x,
        y=bounds.y,
        width=bounds.width,
        height=bounds.height,
        rx=_RADIUS,
        fill=look.fill,
        stroke=look.line,
        stroke_width=thick,
        **more,
    )


def _task(step: Step, bounds: Bounds, look: Look) -> str:
    thick = 4.0 if step.task is TaskType.CALL else look.thick
    icon = task_icon(step.task, bounds.x + 13, bounds.y + 12.5, look.line)
    top = bounds.y + (20 if icon or look.badge else 4)
    bottom = bounds.bottom - (15 if step.loop else 4)
    text = fit(step.name, bounds.width - 10, bottom - top, TASK_TEXT)
    middle = (top + bottom) / 2
    half = len(text.lines) * text.size * 0.625
    # Short names stand in the very middle of the box; long ones make room for the icon.
    if bounds.centre.y - half >= top and bounds.centre.y + half <= bottom:
        middle = bounds.centre.y
    parts = [
        _rounded(bounds, look, thick, stroke_dasharray=look.dash),
        icon,
        text_lines(text.lines, bounds.centre.x, middle, size=text.size),
    ]
    if step.loop:
        parts.append(loop_icon(step.loop, bounds.centre.x, bounds.bottom - 9, look.line))
    return "".join([*parts, badge(look, bounds)])


def badge(look: Look, bounds: Bounds) -> str:
    """Return a pill with the look's words inside *bounds*, at the upper right.

    There it covers neither the name nor the places where lines end.

    Example:
        >>> badge(Look(), Bounds(0, 0, 9, 9))
        ''

    Source: own design.
    """
    if not look.badge:
        return ""
    width = text_width(look.badge, _BADGE_TEXT, bold=True) + 9
    x = bounds.right - width - (12 if look.mark else 5)
    middle = bounds.y + 12
    pill = tag(
        "rect",
        x=x,
        y=middle - 7.5,
        width=width,
        height=15,
        rx=7.5,
        fill=PAPER,
        stroke=look.line,
        stroke_width=0.8,
    )
    return pill + text_lines(
        (look.badge,), x + width / 2, middle, size=_BADGE_TEXT, bold=True, colour=INK
    )


def _mark_sign(bounds: Bounds, look: Look) -> str:
    """Return the sign of a difference in a disc at the upper right: told without colour too."""
    if look.mark is None:
        return ""
    x, y = bounds.right - 2, bounds.y + 2
    disc = tag("circle", cx=x, cy=y, r=9, fill=look.mark.line, stroke=PAPER, stroke_width=1.5)
    sign = text_lines((look.mark.sign,), x, y, size=13, bold=True, colour=PAPER)
    return disc + sign


def _sub_process(node: SubProcess, shape: Shape, look: Look) -> str:
    bounds = shape.bounds
    dash = "3 3" if node.kind is SubProcessKind.EVENT else look.dash
    parts = [_rounded(bounds, look, look.thick, stroke_dasharray=dash)]
    if node.kind is SubProcessKind.TRANSACTION:
        inner = Bounds(bounds.x + 3, bounds.y + 3, bounds.width - 6, bounds.height - 6)
        parts.append(_rounded(inner, look, look.thick))
    if shape.expanded:
        text = fit(node.name, bounds.width - 20, 18.0, TASK_TEXT, bold=True)
        middle = bounds.y + 14
        left = bounds.x + 12
        parts.append(
            text_lines(text.lines, left, middle, size=text.size, anchor="start", bold=True)
        )
        marker = None
    else:
        top = 20 if look.badge else 4
        text = fit(node.name, bounds.width - 10, bounds.height - 22 - top, TASK_TEXT)
        middle = bounds.y + top + (bounds.height - 22 - top) / 2
        parts.append(text_lines(text.lines, bounds.centre.x, middle, size=text.size))
        marker = bounds.centre.x - (10 if node.loop else 0)
        parts.append(_plus_box(marker, bounds.bottom - 10, look.line))
    if node.loop:
        x = bounds.centre.x + (12 if marker is not None else 0)
        parts.append(loop_icon(node.loop, x, bounds.bottom - 10, look.line))
    if node.kind is SubProcessKind.AD_HOC:
        x, y = bounds.centre.x + (30 if node.loop else 18), bounds.bottom - 9
        parts.append(text_lines(("~",), x, y, size=18, bold=True, colour=look.line))
    return "".join([*parts, badge(look, bounds)])


def _plus_box(x: float, y: float, colour: str) -> str:
    place = f"translate({number(x)} {number(y)})"
    path = "M-7-7H7V7H-7ZM-4 0H4M0-4V4"
    return tag("path", d=path, transform=place, fill=PAPER, stroke=colour, stroke_width=1.3)


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


def _gateway(node: Gateway, bounds: Bounds, look: Look) -> str:
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
    scale = bounds.width / 50
    sign = tag(
        "path",
        d=_GATEWAYS[node.kind],
        transform=f"translate({number(centre.x)} {number(centre.y)}) scale({number(scale)})",
        fill="none",
        stroke=look.line,
        stroke_width=heavy,
    )
    return diamond + sign


def _event(node: Event, bounds: Bounds, look: Look) -> str:
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
    icon = trigger_icon(node.trigger, centre.x, centre.y, radius / 18, look.line, thrown=thrown)
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
    longest = max(text_width(word, LABEL_TEXT) for word in name.split())
    text = fit(name, max(box.width, min(longest, width)) + 1, 1000.0, LABEL_TEXT)
    # A label may be taller than its file says: it grows away from its shape.
    tall = len(text.lines) * text.size * 1.25
    middle = box.centre.y
    if box.y >= bounds.bottom - 1:
        middle = max(middle, box.y + tall / 2)
    elif box.bottom <= bounds.y + 1:
        middle = min(middle, box.bottom - tall / 2)
    return text_lines(text.lines, box.centre.x, middle, size=text.size, halo=PAPER)
