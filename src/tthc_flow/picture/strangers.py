"""What the drawing places but no procedure holds: choreographies, conversations, the unknown.

Nothing of a file is left out: what has no notation here is a box with its name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.layout.sizes import LABEL_TEXT, TASK_TEXT
from tthc_flow.model.drawing import Bounds, Shape
from tthc_flow.model.flow import Event, EventPosition, Gateway, GatewayKind
from tthc_flow.model.notation import PLAIN, Band, Notation
from tthc_flow.picture.backdrop import message_flows, pools
from tthc_flow.picture.fitting import fit
from tthc_flow.picture.frames import black_box
from tthc_flow.picture.icons import marker_row
from tthc_flow.picture.lines import (
    dotted_line,
    double_line,
    flow_line,
    line_label,
    message_line,
)
from tthc_flow.picture.look import Look
from tthc_flow.picture.markup import escaped, number, tag, text_lines
from tthc_flow.picture.nodes import node_shape, outer_label
from tthc_flow.picture.style import PAPER, SHADED, SOFT, STROKE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.model.drawing import Drawing, Line
    from tthc_flow.model.procedure import Procedure

_EVENTS: Final = {each.value: each for each in EventPosition}
_GATEWAYS: Final = {each.value: each for each in GatewayKind}
_CONVERSATIONS: Final = frozenset(("conversation", "subConversation", "callConversation"))
_CHOREOGRAPHIES: Final = frozenset(("choreographyTask", "subChoreography", "callChoreography"))
_SMALL: Final = 60.0
_LARGE: Final = 160.0
_HEADING: Final = 28.0


def strangers(
    procedures: tuple[Procedure, ...], drawing: Drawing, notation: Mapping[str, Notation]
) -> str:
    """Return what *drawing* places but no procedure holds, as *notation* tells of it.

    Example:
        >>> from tthc_flow.model.drawing import Drawing
        >>> drawn = Drawing(shapes={"note": Shape(bounds=Bounds(0, 0, 9, 9))})
        >>> strangers((), drawn, {}).count("rect")
        1

    Source: BPMN 2.0.2, 9.5 (conversations) and 11 (choreographies).
    """
    shapes, lines = _known(procedures)
    told = [
        (notation.get(element, PLAIN), element, shape)
        for element, shape in drawing.shapes.items()
        if element not in shapes
    ]
    # Large ones first, so that what lies inside stays visible; bands lie on their activity.
    told.sort(key=lambda each: (each[0].band is not None, -_area(each[2].bounds)))
    parts = [
        _line(notation.get(each, PLAIN), each, line)
        for each, line in drawing.lines.items()
        if each not in lines
    ]
    return "".join([*(_shape(*each) for each in told), *parts])


def _known(procedures: tuple[Procedure, ...]) -> tuple[set[str], set[str]]:
    shapes = {each.id for each in pools(procedures)}
    lines = {each.id for each in message_flows(procedures)}
    for one in procedures:
        shapes |= {each.id for each in one.flow.lanes} | set(one.flow.by_id)
        shapes |= {each.id for each in one.artifacts}
        lines |= {each.id for each in (*one.flow.edges, *one.links)}
        lines |= {each.id for each in one.associations}
    return shapes, lines


def _area(bounds: Bounds) -> float:
    return bounds.width * bounds.height


def _line(signs: Notation, element: str, line: Line) -> str:
    match signs.kind:
        case "sequenceFlow":
            return flow_line(element, line, None, source="")
        case "conversationLink":
            return double_line(element, line)
        case "messageFlow":
            return message_line(element, line, None, signs.envelope) + line_label(
                signs.name, line, None
            )
        case _:
            return dotted_line(element, line)


def _shape(signs: Notation, element: str, shape: Shape) -> str:
    look = Look().painted(shape.colours)
    if signs.kind in _EVENTS:
        event = Event(id=element, position=_EVENTS[signs.kind], name=signs.name)
        return node_shape(event, shape, look)
    if signs.kind in _GATEWAYS:
        gateway = Gateway(id=element, kind=_GATEWAYS[signs.kind], name=signs.name)
        return node_shape(gateway, shape, look)
    hint = tag("title", escaped(signs.name)) if signs.name else ""
    if signs.kind in _CONVERSATIONS:
        inside = _hexagon(signs, shape, look)
    elif signs.band is not None:
        inside = _band(signs, shape)
    elif signs.kind == "participant":
        return black_box(element, signs.name, shape, several=signs.several)
    elif signs.kind in _CHOREOGRAPHIES:
        inside = _box(shape.bounds, look.fill, look.line, 9.0) + _name(signs, shape)
        collapsed = signs.kind == "subChoreography" and not shape.expanded
        markers = ("plus",) if collapsed else ()
        inside += marker_row(markers, shape.bounds.centre.x, shape.bounds.bottom - 32, look.line)
    else:
        frame = _box(shape.bounds, "none", SOFT, None, dash="3 3")
        inside = frame + _name(signs, shape)
    return tag("g", hint, inside, data_element=element)


def _box(
    bounds: Bounds, fill: str, stroke: str, radius: float | None, dash: str | None = None
) -> str:
    return tag(
        "rect",
        x=bounds.x,
        y=bounds.y,
        width=bounds.width,
        height=bounds.height,
        rx=radius,
        fill=fill,
        stroke=stroke,
        stroke_width=1.3,
        stroke_dasharray=dash,
    )


def _name(signs: Notation, shape: Shape) -> str:
    bounds = shape.bounds
    if bounds.width < _SMALL and bounds.height < _SMALL:
        return outer_label(signs.name, shape)
    if bounds.height > _LARGE:  # what lies in it must stay legible: its name stands at the top
        bounds = Bounds(bounds.x, bounds.y, bounds.width, _HEADING)
    text = fit(signs.name, bounds.width - 8, bounds.height - 8, TASK_TEXT)
    return text_lines(text.lines, bounds.centre.x, bounds.centre.y, size=text.size)


def _band(signs: Notation, shape: Shape) -> str:
    """Return a participant of a choreography: light where it begins, else shaded."""
    bounds = shape.bounds
    fill = PAPER if signs.starts else SHADED
    radius = None if signs.band is Band.MIDDLE else 6.0
    text = fit(signs.name, bounds.width - 8, bounds.height - 2, LABEL_TEXT)
    words = text_lines(text.lines, bounds.centre.x, bounds.centre.y, size=text.size)
    return _box(bounds, fill, STROKE, radius) + words


def _hexagon(signs: Notation, shape: Shape, look: Look) -> str:
    bounds = shape.bounds
    left, right = bounds.x + bounds.width / 4, bounds.right - bounds.width / 4
    middle = bounds.centre.y
    corners = (
        (left, bounds.y),
        (right, bounds.y),
        (bounds.right, middle),
        (right, bounds.bottom),
        (left, bounds.bottom),
        (bounds.x, middle),
    )
    outline = tag(
        "polygon",
        points=" ".join(f"{number(x)},{number(y)}" for x, y in corners),
        fill=look.fill,
        stroke=look.line,
        stroke_width=4.0 if signs.kind == "callConversation" else 1.5,
    )
    markers = ("plus",) if signs.kind == "subConversation" else ()
    plus = marker_row(markers, bounds.centre.x, bounds.bottom - 9, look.line)
    return outline + plus + outer_label(signs.name, shape)
