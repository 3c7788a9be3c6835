"""A drawing from nothing: pools, lanes, ranks from left to right, lines in channels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define, field

from tthc_flow.layout.artifacts import add_artifacts
from tthc_flow.layout.choose import chosen
from tthc_flow.layout.frames import Frames, framed, lane_height
from tthc_flow.layout.labels import edge_labels
from tthc_flow.layout.messages import Neighbours, message_routes, neighbours
from tthc_flow.layout.place import Placed, Plan, placed, tidy
from tthc_flow.layout.ranks import ranked
from tthc_flow.layout.routes import Traffic
from tthc_flow.layout.rows import gridded
from tthc_flow.layout.scopes import Sheet, sheets
from tthc_flow.layout.sizes import Size, node_size
from tthc_flow.layout.tracks import assign_tracks
from tthc_flow.model.drawing import Bounds, Drawing, Line, Point, Shape
from tthc_flow.model.flow import SubProcess

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.layout.routes import Route
    from tthc_flow.model.procedure import Procedure

_CONTENT_TOP: Final = 26.0
_CONTENT_SIDE: Final = 8.0
_CONTENT_BOTTOM: Final = 12.0


@define(kw_only=True)
class _Result:
    shapes: dict[str, Bounds] = field(factory=dict)
    labels: dict[str, Bounds] = field(factory=dict)
    lines: dict[str, tuple[Point, ...]] = field(factory=dict)


def lay_out(procedure: Procedure) -> Drawing:
    """Return a new drawing of *procedure*: the same for the same procedure.

    Lanes are bands, nodes stand in columns by their longest way from the start, lines run along
    free cells or in channels between them; no shape overlaps another and no line crosses an
    unrelated shape. Sub-processes with content are drawn open. Time grows about linearly.

    Args:
        procedure: Any procedure; it need not be sound.

    Returns:
        Shapes of pools, lanes and nodes, lines of sequence and message flows, label boxes.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.model.step import Step
        >>> drawing = lay_out(Procedure(flow=Flow(id="p", nodes=(Step(id="a", name="Ký"),))))
        >>> drawing.shapes["a"].bounds.width
        110.0

    Source: layered drawing (Sugiyama, Tagawa, Toda 1981) with channel routing.
    """
    around = neighbours(procedure)
    inner: dict[str, Placed] = {}
    top = Placed()
    messages: list[Route] = []
    for sheet in sheets(procedure.flow):
        top, messages = _drawn(sheet, inner, procedure, around)
        if sheet.scope is not None:
            inner[sheet.scope] = top
    frames = framed(procedure, around, top)
    result = _Result()
    _unfold(top, inner, Point(frames.x, frames.y), result)
    _reach_pools(procedure, messages, around, frames, result)
    return _drawing(procedure, frames, result)


def _drawn(
    sheet: Sheet, inner: Mapping[str, Placed], procedure: Procedure, around: Neighbours
) -> tuple[Placed, list[Route]]:
    """Return the coordinates of one sheet and, for the process itself, its message routes."""
    ranks = ranked(sheet)
    grid = gridded(sheet, ranks, procedure.flow.lanes if sheet.scope is None else ())
    traffic = Traffic(grid=grid)
    routes = chosen(sheet, ranks, grid, traffic)
    messages = message_routes(procedure, around, grid, traffic) if sheet.scope is None else []
    routes += messages
    sizes = {
        node.id: _framed_size(inner[node.id], node.name)
        if isinstance(node, SubProcess) and node.id in inner and inner[node.id].shapes
        else node_size(node, len(sheet.boundary.get(node.id, ())))
        for node in sheet.nodes
    }
    tracks = assign_tracks(routes, grid)
    least = {lane.id: lane_height(lane.name) for lane in procedure.flow.lanes}
    plan = Plan(sheet=sheet, grid=grid, routes=routes, tracks=tracks, sizes=sizes, least=least)
    return placed(plan), messages


def _framed_size(content: Placed, name: str) -> Size:
    least = node_size(SubProcess(id="", name=name)).width + _CONTENT_SIDE
    return Size(
        width=max(least, content.width + 2 * _CONTENT_SIDE),
        height=content.height + _CONTENT_TOP + _CONTENT_BOTTOM,
    )


def _unfold(top: Placed, inner: Mapping[str, Placed], corner: Point, result: _Result) -> None:
    """Move every sheet to its place, the frames before their content."""
    waiting = [(top, corner)]
    while waiting:
        sheet, origin = waiting.pop()
        for node, bounds in sheet.shapes.items():
            result.shapes[node] = _moved(bounds, origin)
            if node in inner and inner[node].shapes:
                frame = result.shapes[node]
                spare = (frame.width - inner[node].width) / 2
                waiting.append((inner[node], Point(frame.x + spare, frame.y + _CONTENT_TOP)))
        for node, bounds in sheet.labels.items():
            result.labels[node] = _moved(bounds, origin)
        for line, points in sheet.lines.items():
            result.lines[line] = tuple(
                Point(each.x + origin.x, each.y + origin.y) for each in points
            )


def _moved(bounds: Bounds, by: Point) -> Bounds:
    return Bounds(bounds.x + by.x, bounds.y + by.y, bounds.width, bounds.height)


def _reach_pools(
    procedure: Procedure, routes: list[Route], around: Neighbours, frames: Frames, result: _Result
) -> None:
    """Draw messages on to the pool they go to, and those between two other pools."""
    for route in routes:
        side = around.side(route.target) or (0, 0)
        pool = frames.shapes[route.target].bounds
        points = [*result.lines[route.id]]
        x = points[-1].x
        if side[1]:
            points += [Point(x, pool.centre.y), Point(pool.right, pool.centre.y)]
        else:
            points.append(Point(x, pool.bottom if route.outside < 0 else pool.y))
        result.lines[route.id] = tidy(points[::-1] if route.inward else points)
    for message in procedure.messages:
        known = message.id not in result.lines
        if known and message.source in frames.shapes and message.target in frames.shapes:
            upper, lower = (
                frames.shapes[message.source].bounds,
                frames.shapes[message.target].bounds,
            )
            down = upper.y < lower.y
            x = frames.width / 3
            start = upper.bottom if down else upper.y
            end = lower.y if down else lower.bottom
            result.lines[message.id] = (Point(x, start), Point(x, end))


def _drawing(procedure: Procedure, frames: Frames, result: _Result) -> Drawing:
    names = {edge.id: edge.name for edge in procedure.flow.edges if edge.name}
    names |= {message.id: message.name for message in procedure.messages if message.name}
    holes = {node.id for node in procedure.flow.nodes if isinstance(node, SubProcess)}
    filled = {node.scope for node in procedure.flow.nodes} & holes
    solid = [bounds for node, bounds in result.shapes.items() if node not in filled]
    solid += [shape.bounds for shape in frames.shapes.values() if not shape.expanded]
    borders = [shape.bounds for shape in frames.shapes.values() if shape.expanded]
    labels = edge_labels(names, result.lines, solid, result.labels.values(), borders=borders)
    shapes = dict(frames.shapes)
    for node, bounds in result.shapes.items():
        expanded = node in filled or node not in holes
        shapes[node] = Shape(bounds=bounds, label=result.labels.get(node), expanded=expanded)
    lines = {
        line: Line(points=points, label=labels.get(line)) for line, points in result.lines.items()
    }
    add_artifacts(procedure, shapes, lines)
    return Drawing(shapes=shapes, lines=lines)
