"""Round the flows: pools and lanes behind them, messages between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.layout.frames import header_width
from tthc_flow.layout.rows import lane_order
from tthc_flow.model.notation import PLAIN, Notation
from tthc_flow.picture.frames import black_box, lane, pool
from tthc_flow.picture.lines import line_label, message_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.model.drawing import Drawing, Shape
    from tthc_flow.model.flow import Flow
    from tthc_flow.model.procedure import MessageFlow, Pool, Procedure

_CLEAR: Final = 6.0
_LEAST_HEADER: Final = 20.0


def pools(procedures: tuple[Procedure, ...]) -> tuple[Pool, ...]:
    """Return every pool once: procedures of one collaboration name the same.

    Example:
        >>> pools(())
        ()

    Source: ``Procedure.pools``.
    """
    return tuple({each.id: each for one in procedures for each in one.pools}.values())


def message_flows(procedures: tuple[Procedure, ...]) -> tuple[MessageFlow, ...]:
    """Return every message flow once.

    Example:
        >>> message_flows(())
        ()

    Source: ``Procedure.messages``.
    """
    return tuple({each.id: each for one in procedures for each in one.messages}.values())


def frames(
    procedures: tuple[Procedure, ...],
    drawing: Drawing,
    marks: Mapping[str, str],
    notation: Mapping[str, Notation],
) -> str:
    """Return pools, then lanes, each lane before those nested in it.

    Example:
        >>> from tthc_flow.model.drawing import Drawing
        >>> frames((), Drawing(), {}, {})
        ''

    Source: BPMN 2.0.2, 9.3 and 10.8.
    """
    filled = {each.flow.id for each in procedures if each.flow.nodes or each.flow.lanes}
    parts: list[str] = []
    for one in pools(procedures):
        shape = drawing.shapes.get(one.id)
        several = notation.get(one.id, PLAIN).several
        if shape is None:
            continue
        if one.process in filled:
            parts.append(pool(one.id, one.name, shape, marks.get(one.id), several=several))
        else:
            parts.append(black_box(one.id, one.name, shape, several=several))
    for procedure in procedures:
        headers = _headers(procedure.flow, drawing)
        for index, (each, _) in enumerate(lane_order(procedure.flow.lanes)):
            if each.id in headers:
                shape, mark, header = drawing.shapes[each.id], marks.get(each.id), headers[each.id]
                parts.append(lane(each.id, each.name, shape, header=header, index=index, mark=mark))
    return "".join(parts)


def _headers(flow: Flow, drawing: Drawing) -> dict[str, float]:
    """Return how wide each lane's header is: as the names need, clear of what lies in the lane.

    Lanes without lanes in them have one width, so that they make one column.
    """
    shapes = {each.id: drawing.shapes[each.id] for each in flow.lanes if each.id in drawing.shapes}
    across = {
        lane: shape.bounds.height if shape.horizontal else shape.bounds.width
        for lane, shape in shapes.items()
    }
    wanted = header_width(flow.lanes, across)
    inner: dict[str, list[float]] = {}
    for each in flow.lanes:
        if each.id in shapes and each.parent in shapes:
            outer = shapes[each.parent]
            inner.setdefault(each.parent, []).append(_away(shapes[each.id], outer))
    rooms = [
        _away(drawing.shapes[node.id], shapes[node.lane]) - _CLEAR
        for node in flow.nodes
        if node.id in drawing.shapes and node.lane in shapes
    ]
    room = min((each for each in rooms if each > 0), default=wanted)
    leaf = max(min(wanted, room), _LEAST_HEADER)
    return {lane: max(min(inner.get(lane, [leaf])), 0.0) or leaf for lane in shapes}


def _away(shape: Shape, lane: Shape) -> float:
    """Return how far *shape* begins behind the start of *lane*."""
    if lane.horizontal:
        return shape.bounds.x - lane.bounds.x
    return shape.bounds.y - lane.bounds.y


def messages(
    procedures: tuple[Procedure, ...],
    drawing: Drawing,
    marks: Mapping[str, str],
    notation: Mapping[str, Notation],
) -> str:
    """Return the message flows with their names.

    Example:
        >>> from tthc_flow.model.drawing import Drawing
        >>> messages((), Drawing(), {}, {})
        ''

    Source: BPMN 2.0.2, 9.3.2.
    """
    parts: list[str] = []
    for message in message_flows(procedures):
        line = drawing.lines.get(message.id)
        if line is not None:
            carried = notation.get(message.id, PLAIN).envelope
            parts.append(message_line(message.id, line, marks.get(message.id), carried))
            parts.append(line_label(message.name, line, marks.get(message.id)))
    return "".join(parts)
