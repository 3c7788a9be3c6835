"""Round the flows: pools and lanes behind them, messages between them, and what nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.layout.frames import header_width
from tthc_flow.layout.rows import lane_order
from tthc_flow.picture.frames import black_box, lane, pool
from tthc_flow.picture.lines import dotted_line, line_label, message_line
from tthc_flow.picture.markup import tag
from tthc_flow.picture.style import SOFT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.model.drawing import Drawing
    from tthc_flow.model.flow import Flow
    from tthc_flow.model.procedure import MessageFlow, Pool, Procedure


def _pools(procedures: tuple[Procedure, ...]) -> tuple[Pool, ...]:
    return tuple({each.id: each for one in procedures for each in one.pools}.values())


def _messages(procedures: tuple[Procedure, ...]) -> tuple[MessageFlow, ...]:
    return tuple({each.id: each for one in procedures for each in one.messages}.values())


def frames(procedures: tuple[Procedure, ...], drawing: Drawing, marks: Mapping[str, str]) -> str:
    """Return pools, then lanes, each lane before those nested in it.

    Example:
        >>> from tthc_flow.model.drawing import Drawing
        >>> frames((), Drawing(), {})
        ''

    Source: BPMN 2.0.2, 9.3 and 10.8.
    """
    filled = {each.flow.id for each in procedures if each.flow.nodes or each.flow.lanes}
    parts: list[str] = []
    for one in _pools(procedures):
        shape = drawing.shapes.get(one.id)
        if shape is not None and one.process in filled:
            parts.append(pool(one.id, one.name, shape, marks.get(one.id)))
        elif shape is not None:
            parts.append(black_box(one.id, one.name, shape))
    for procedure in procedures:
        header = _header(procedure.flow, drawing)
        for index, (each, _) in enumerate(lane_order(procedure.flow.lanes)):
            if each.id in drawing.shapes:
                shape, mark = drawing.shapes[each.id], marks.get(each.id)
                parts.append(lane(each.id, each.name, shape, header=header, index=index, mark=mark))
    return "".join(parts)


def _header(flow: Flow, drawing: Drawing) -> float:
    """Return how wide the lanes' headers are: as their names need, clear of the first node."""
    heights = {
        each.id: drawing.shapes[each.id].bounds.height
        for each in flow.lanes
        if each.id in drawing.shapes
    }
    wanted = header_width(flow.lanes, heights)
    lefts = [drawing.shapes[each].bounds.x for each in heights]
    nodes = [drawing.shapes[each].bounds.x for each in flow.by_id if each in drawing.shapes]
    room = min(nodes, default=0.0) - max(lefts, default=0.0)
    return max(min(wanted, room - 6), 20.0) if lefts and nodes and room > 0 else wanted


def messages(procedures: tuple[Procedure, ...], drawing: Drawing, marks: Mapping[str, str]) -> str:
    """Return the message flows with their names.

    Example:
        >>> from tthc_flow.model.drawing import Drawing
        >>> messages((), Drawing(), {})
        ''

    Source: BPMN 2.0.2, 9.3.2.
    """
    parts: list[str] = []
    for message in _messages(procedures):
        line = drawing.lines.get(message.id)
        if line is not None:
            parts.append(message_line(message, line, marks.get(message.id)))
            parts.append(line_label(message.name, line, marks.get(message.id)))
    return "".join(parts)


def strangers(procedures: tuple[Procedure, ...], drawing: Drawing) -> str:
    """Return what *drawing* places but no procedure holds: nobody knows what it is.

    Example:
        >>> from tthc_flow.model.drawing import Bounds, Drawing, Shape
        >>> strangers((), Drawing(shapes={"note": Shape(bounds=Bounds(0, 0, 9, 9))})).count("rect")
        1

    Source: nothing of a file is left out.
    """
    known = {each.id for each in _pools(procedures)}
    drawn = {each.id for each in _messages(procedures)}
    for one in procedures:
        known |= {each.id for each in one.flow.lanes} | set(one.flow.by_id)
        known |= {each.id for each in one.artifacts}
        drawn |= {each.id for each in (*one.flow.edges, *one.links)}
        drawn |= {each.id for each in one.associations}
    parts = [
        tag(
            "rect",
            x=shape.bounds.x,
            y=shape.bounds.y,
            width=shape.bounds.width,
            height=shape.bounds.height,
            fill="none",
            stroke=SOFT,
            stroke_dasharray="3 3",
            data_element=element,
        )
        for element, shape in drawing.shapes.items()
        if element not in known
    ]
    parts += [dotted_line(each, line) for each, line in drawing.lines.items() if each not in drawn]
    return "".join(parts)
