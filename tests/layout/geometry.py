"""An independent check of drawings: only shapes, points and the flow; none of the layout's code."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from tthc_flow.model.drawing import Bounds, Drawing, Point
from tthc_flow.model.flow import Event, EventPosition, Flow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.procedure import Procedure

SLACK = 0.5


def faults(procedure: Procedure, drawing: Drawing) -> list[str]:
    """Return every fault of *drawing* in words."""
    flow = procedure.flow
    missing = [node.id for node in flow.nodes if node.id not in drawing.shapes]
    if missing:
        return [f"{each} has no shape" for each in missing]
    return [
        *overlaps(flow, drawing),
        *lines_through_shapes(procedure, drawing),
        *outside_lanes(flow, drawing),
        *loose_ends(flow, drawing),
        *labels_on_shapes(flow, drawing),
        *lines_on_lines(flow, drawing),
    ]


def overlaps(flow: Flow, drawing: Drawing) -> Iterator[str]:
    """Yield pairs of shapes that overlap; content lies in its frame, boundary events on hosts."""
    for index, one in enumerate(flow.nodes):
        for other in flow.nodes[index + 1 :]:
            if one.id in kin(flow, other.id) or other.id in kin(flow, one.id):
                continue
            if crosses(box(drawing, one.id), box(drawing, other.id)):
                yield f"{one.id} overlaps {other.id}"
    for node in flow.nodes:
        if node.scope in flow.by_id and not inside(box(drawing, node.id), box(drawing, node.scope)):
            yield f"{node.id} sticks out of {node.scope}"


def lines_through_shapes(procedure: Procedure, drawing: Drawing) -> Iterator[str]:
    """Yield lines that cross a shape that is neither their end nor the frame of an end."""
    flow = procedure.flow
    ends = [(edge.id, edge.source, edge.target) for edge in flow.edges]
    ends += [(message.id, message.source, message.target) for message in procedure.messages]
    for line, source, target in ends:
        if line not in drawing.lines:
            yield f"{line} is not drawn"
            continue
        related = {source, target, *kin(flow, source), *kin(flow, target)}
        points = drawing.lines[line].points
        for start, end in pairwise(points):
            if abs(start.x - end.x) > SLACK and abs(start.y - end.y) > SLACK:
                yield f"{line} is slanted"
            for node in flow.nodes:
                if node.id not in related and crosses(span(start, end), box(drawing, node.id)):
                    yield f"{line} runs through {node.id}"
        yield from through_own_ends(line, source, target, flow, drawing)


def through_own_ends(
    line: str, source: str, target: str, flow: Flow, drawing: Drawing
) -> Iterator[str]:
    """Yield lines whose first or last stretch lies inside the shape it starts or ends at."""
    for node in {source, target} & set(flow.by_id):
        for start, end in pairwise(drawing.lines[line].points):
            if crosses(span(start, end), shrunk(box(drawing, node))):
                yield f"{line} runs inside its end {node}"


def outside_lanes(flow: Flow, drawing: Drawing) -> Iterator[str]:
    """Yield nodes that do not lie in their lane, and lanes that overlap."""
    for node in flow.nodes:
        at_border = isinstance(node, Event) and node.position is EventPosition.BOUNDARY
        if node.lane not in flow.lane_by_id or node.scope in flow.by_id or at_border:
            continue
        if not inside(box(drawing, node.id), box(drawing, node.lane)):
            yield f"{node.id} lies outside its lane {node.lane}"
    parents = {lane.id: lane.parent for lane in flow.lanes}
    for index, one in enumerate(flow.lanes):
        for other in flow.lanes[index + 1 :]:
            related = one.id in line_of(parents, other.id) or other.id in line_of(parents, one.id)
            if not related and crosses(box(drawing, one.id), box(drawing, other.id)):
                yield f"lane {one.id} overlaps lane {other.id}"


def loose_ends(flow: Flow, drawing: Drawing) -> Iterator[str]:
    """Yield lines that do not touch the shapes they join."""
    for edge in flow.edges:
        if edge.id in drawing.lines:
            points = drawing.lines[edge.id].points
            for point, node in ((points[0], edge.source), (points[-1], edge.target)):
                if not touches(point, box(drawing, node)):
                    yield f"{edge.id} does not touch {node}"


def labels_on_shapes(flow: Flow, drawing: Drawing) -> Iterator[str]:
    """Yield outer labels of nodes that lie on a shape."""
    frames = {node.scope for node in flow.nodes}
    for node in flow.nodes:
        label = drawing.shapes[node.id].label
        for other in flow.nodes if label is not None else ():
            if other.id not in frames and label and crosses(label, box(drawing, other.id)):
                yield f"label of {node.id} lies on {other.id}"


def lines_on_lines(flow: Flow, drawing: Drawing) -> Iterator[str]:
    """Yield pairs of lines without a common end that lie on each other for a stretch."""
    drawn = [edge for edge in flow.edges if edge.id in drawing.lines]
    for index, one in enumerate(drawn):
        for other in drawn[index + 1 :]:
            if {one.source, one.target} & {other.source, other.target}:
                continue
            for first in pairwise(drawing.lines[one.id].points):
                for second in pairwise(drawing.lines[other.id].points):
                    if along(span(*first), span(*second)):
                        yield f"{one.id} lies on {other.id}"


def along(one: Bounds, other: Bounds) -> bool:
    """Return whether two stretches share more than a point."""
    wide = min(one.right, other.right) - max(one.x, other.x)
    tall = min(one.bottom, other.bottom) - max(one.y, other.y)
    flat = one.height <= SLACK and other.height <= SLACK and tall >= -SLACK and wide > 1
    return flat or (one.width <= SLACK and other.width <= SLACK and wide >= -SLACK and tall > 1)


def kin(flow: Flow, node: str) -> set[str]:
    """Return what *node* lies in or on, all the way out."""
    found: set[str] = set()
    while node in flow.by_id:
        here = flow.by_id[node]
        host = here.attached_to if isinstance(here, Event) else None
        outer = host if host in flow.by_id else here.scope
        if outer is None or outer in found:
            break
        found.add(outer)
        node = outer
    return found


def line_of(parents: dict[str, str | None], lane: str) -> set[str]:
    """Return the lanes that *lane* is nested in."""
    found: set[str] = set()
    here = parents.get(lane)
    while here is not None and here not in found:
        found.add(here)
        here = parents.get(here)
    return found


def box(drawing: Drawing, element: str) -> Bounds:
    """Return the bounds of *element*."""
    return drawing.shapes[element].bounds


def span(start: Point, end: Point) -> Bounds:
    """Return the box of a stretch of line."""
    return Bounds(
        min(start.x, end.x), min(start.y, end.y), abs(start.x - end.x), abs(start.y - end.y)
    )


def crosses(one: Bounds, other: Bounds) -> bool:
    """Return whether two boxes share more than a border."""
    return (
        one.x + SLACK < other.right
        and other.x + SLACK < one.right
        and one.y + SLACK < other.bottom
        and other.y + SLACK < one.bottom
    ) or _thin(one, other)


def _thin(one: Bounds, other: Bounds) -> bool:
    """Return whether a line without width or height lies within *other*."""
    if one.width > SLACK and one.height > SLACK:
        return False
    return (
        one.x < other.right - SLACK
        and one.right > other.x + SLACK
        and one.y < other.bottom - SLACK
        and one.bottom > other.y + SLACK
    )


def shrunk(bounds: Bounds) -> Bounds:
    """Return *bounds* without a border of 2 pixels."""
    return Bounds(bounds.x + 2, bounds.y + 2, bounds.width - 4, bounds.height - 4)


def inside(inner: Bounds, outer: Bounds) -> bool:
    """Return whether *inner* lies within *outer*."""
    return (
        inner.x >= outer.x - SLACK
        and inner.y >= outer.y - SLACK
        and inner.right <= outer.right + SLACK
        and inner.bottom <= outer.bottom + SLACK
    )


def touches(point: Point, bounds: Bounds) -> bool:
    """Return whether *point* lies on the border of *bounds*."""
    grown = Bounds(bounds.x - 1, bounds.y - 1, bounds.width + 2, bounds.height + 2)
    spot = Bounds(point.x, point.y, 0.0, 0.0)
    return inside(spot, grown) and not inside(spot, shrunk(bounds))
