"""What tools write wrongly into a drawing, mended for the picture only; the file stays as it is."""

from __future__ import annotations

from itertools import pairwise
from math import hypot
from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.model.drawing import Bounds, Drawing, Line, Point, Shape
from tthc_flow.model.flow import Event, Gateway, Node
from tthc_flow.picture.backdrop import message_flows, pools
from tthc_flow.picture.docking import ORIGIN, docked, tied

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.procedure import Procedure

_FAR: Final = 200.0
_HEADER: Final = 30.0
_LEAST_HEADER: Final = 12.0


def mended(procedures: tuple[Procedure, ...], drawing: Drawing) -> Drawing:
    """Return *drawing* without what cannot be meant.

    Lines that end at the sheet's origin, or in the middle of a shape, end at its border; names that
    stand inside their event or gateway, or far from their line, have no place; a pool whose lanes
    cover its name grows.

    Example:
        >>> mended((), Drawing()) == Drawing()
        True

    Source: drawings of MID Innovator and jBPM (ends), Aeneis (names), OMNITRACKER (pools).
    """
    shapes = dict(drawing.shapes)
    for one in procedures:
        for node in one.flow.nodes:
            shape = shapes.get(node.id)
            if shape is not None and isinstance(node, Event | Gateway) and _on_itself(shape):
                shapes[node.id] = evolve(shape, label=None)
    _uncover(procedures, shapes)
    lines = {key: _near_label(line) for key, line in drawing.lines.items()}
    nodes = {node.id: node for one in procedures for node in one.flow.nodes}
    for element, source, target in _ends(procedures):
        line = lines.get(element)
        if line is None:
            continue
        if ORIGIN in {line.points[0], line.points[-1]}:
            line = tied(line, shapes.get(source), shapes.get(target))
        lines[element] = docked(line, *(_solid(end, nodes, shapes) for end in (source, target)))
    return evolve(drawing, shapes=shapes, lines=lines)


def _on_itself(shape: Shape) -> bool:
    label, box = shape.label, shape.bounds
    if label is None:
        return False
    middle = label.centre
    return box.x < middle.x < box.right and box.y < middle.y < box.bottom


def _uncover(procedures: tuple[Procedure, ...], shapes: dict[str, Shape]) -> None:
    """Make room for the name of each pool that its lanes leave no header."""
    flows = {one.flow.id: one.flow for one in procedures}
    for pool in pools(procedures):
        flow = flows.get(pool.process or "")
        shape = shapes.get(pool.id)
        if flow is None or shape is None or not pool.name:
            continue
        lanes = [shapes[lane.id].bounds for lane in flow.lanes if lane.id in shapes]
        box = shape.bounds
        if not lanes:
            continue
        if shape.horizontal and min(lane.x for lane in lanes) - box.x < _LEAST_HEADER:
            wide = Bounds(box.x - _HEADER, box.y, box.width + _HEADER, box.height)
            shapes[pool.id] = evolve(shape, bounds=wide)
        elif not shape.horizontal and min(lane.y for lane in lanes) - box.y < _LEAST_HEADER:
            high = Bounds(box.x, box.y - _HEADER, box.width, box.height + _HEADER)
            shapes[pool.id] = evolve(shape, bounds=high)


def _near_label(line: Line) -> Line:
    if line.label is None:
        return line
    middle = line.label.centre
    reach = _FAR + hypot(line.label.width, line.label.height) / 2
    if any(_distance(middle, one, other) < reach for one, other in pairwise(line.points)):
        return line
    return evolve(line, label=None)


def _distance(point: Point, one: Point, other: Point) -> float:
    dx, dy = other.x - one.x, other.y - one.y
    square = dx * dx + dy * dy
    share = ((point.x - one.x) * dx + (point.y - one.y) * dy) / square if square else 0.0
    share = min(max(share, 0.0), 1.0)
    return hypot(point.x - one.x - share * dx, point.y - one.y - share * dy)


def _ends(procedures: tuple[Procedure, ...]) -> Iterator[tuple[str, str, str]]:
    for one in procedures:
        for edge in (*one.flow.edges, *one.links):
            yield edge.id, edge.source, edge.target
        for tie in one.associations:
            yield tie.id, tie.source, tie.target
    for message in message_flows(procedures):
        yield message.id, message.source, message.target


def _solid(
    end: str, nodes: dict[str, Node], shapes: dict[str, Shape]
) -> tuple[Node, Bounds] | None:
    return (nodes[end], shapes[end].bounds) if end in nodes and end in shapes else None
