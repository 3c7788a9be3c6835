"""Coordinates: how wide columns and channels are, where shapes, labels and points stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define, field

from tthc_flow.layout.routes import Channel, Side, above, after, below
from tthc_flow.layout.sizes import EDGE_LABEL_WIDTH, EVENT_SIZE, Size, label_size
from tthc_flow.model.drawing import Bounds, Point

if TYPE_CHECKING:
    from collections.abc import Collection

    from tthc_flow.layout.routes import Route
    from tthc_flow.layout.rows import Grid
    from tthc_flow.layout.scopes import Sheet

TRACK: Final = 14.0
COLUMN_GAP: Final = 44.0
ROW_GAP: Final = 16.0
BAND_GAP: Final = 10.0
LABEL_GAP: Final = 5.0
OUT_OFFSET: Final = 28.0
MESSAGE_OFFSET: Final = 24.0
_CORNER_PORT: Final = 12.0


@define(kw_only=True)
class Placed:
    """One sheet with coordinates, its upper left corner at (0, 0)."""

    shapes: dict[str, Bounds] = field(factory=dict)
    labels: dict[str, Bounds] = field(factory=dict)
    lines: dict[str, tuple[Point, ...]] = field(factory=dict)
    bands: list[tuple[str | None, float, float]] = field(factory=list)
    width: float = 0.0
    height: float = 0.0


@define(kw_only=True)
class Plan:
    """What the coordinates are made from; *least* are heights that lanes need for their names."""

    sheet: Sheet
    grid: Grid
    routes: list[Route]
    tracks: dict[Channel, int]
    sizes: dict[str, Size]
    least: dict[str, float] = field(factory=dict)
    label_sides: dict[str, Side] = field(factory=dict)


def placed(plan: Plan) -> Placed:
    """Return the coordinates of *plan*; lines to other pools end at the sheet's edge.

    Example:
        >>> from tthc_flow.layout.fresh import lay_out
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> dict(lay_out(Procedure(flow=Flow(id="p"))).shapes)
        {}

    Source: cumulated extents of columns, rows and channels.
    """
    plan.label_sides = _label_sides(plan)
    lefts, columns, right = _horizontal_extents(plan)
    tops, rows, bands, bottom = _vertical_extents(plan)
    result = Placed(bands=bands, width=right, height=bottom)
    for node in plan.sheet.nodes:
        size = plan.sizes[node.id]
        x, y = columns[plan.grid.column[node.id]], rows[plan.grid.row[node.id]]
        result.shapes[node.id] = Bounds(
            x - size.width / 2, y - size.height / 2, size.width, size.height
        )
        if size.label_height:
            result.labels[node.id] = _label_box(
                result.shapes[node.id], size, plan.label_sides[node.id]
            )
        _place_boundary_events(plan, node.id, result)
    channel_at = {**lefts, **tops}
    for route in plan.routes:
        result.lines[route.id] = _points(route, result, channel_at, plan.sheet.boundary)
    return result


def _label_sides(plan: Plan) -> dict[str, Side]:
    """Return on which side each outer label stands: where no line leaves or enters, if possible."""
    used: dict[str, set[Side]] = {}
    for route in plan.routes:
        if route.boundary is None:
            used.setdefault(route.source, set()).add(route.leave)
        if not route.outside:
            used.setdefault(route.target, set()).add(route.enter)
    sides: dict[str, Side] = {}
    for node in plan.sheet.nodes:
        size = plan.sizes[node.id]
        wishes = [Side.BOTTOM, Side.TOP] if size.height == EVENT_SIZE else [Side.TOP, Side.BOTTOM]
        free = [side for side in wishes if side not in used.get(node.id, ())]
        # With both taken the label stands beside the line, left of it, above the shape.
        sides[node.id] = free[0] if free else Side.LEFT
    return sides


def _label_box(shape: Bounds, size: Size, side: Side) -> Bounds:
    x = shape.centre.x - size.label_width / 2
    if side is Side.BOTTOM:
        return Bounds(x, shape.bottom + LABEL_GAP, size.label_width, size.label_height)
    if side is Side.LEFT:
        x = shape.centre.x - size.label_width - LABEL_GAP
    return Bounds(x, shape.y - LABEL_GAP - size.label_height, size.label_width, size.label_height)


def _place_boundary_events(plan: Plan, host: str, result: Placed) -> None:
    """Set boundary events on the lower border, from the right, their labels below left."""
    frame = result.shapes[host]
    pitch = frame.width / max(1, len(plan.sheet.boundary.get(host, ())))
    for index, event in enumerate(plan.sheet.boundary.get(host, ())):
        x = frame.right - 12 - EVENT_SIZE - index * pitch
        bounds = Bounds(x, frame.bottom - EVENT_SIZE / 2, EVENT_SIZE, EVENT_SIZE)
        result.shapes[event.id] = bounds
        width, height = label_size(event.name, pitch - 50)
        if height:
            centre = bounds.centre.x
            result.labels[event.id] = Bounds(
                centre - LABEL_GAP - width, bounds.bottom + 2, width, height
            )


def _overhang(plan: Plan, host: str) -> float:
    """Return how far boundary events and their labels reach below *host*."""
    events = plan.sheet.boundary.get(host, ())
    if not events:
        return 0.0
    pitch = plan.sizes[host].width / len(events)
    return EVENT_SIZE / 2 + 4 + max(label_size(event.name, pitch - 50)[1] for event in events)


def _horizontal_extents(plan: Plan) -> tuple[dict[Channel, tuple[float, int]], list[float], float]:
    """Return each vertical channel's first x, each column's centre, and the right end."""
    widths = [60.0] * plan.grid.columns
    for node in plan.sheet.nodes:
        size = plan.sizes[node.id]
        beside = plan.label_sides[node.id] is Side.LEFT
        label = 2 * (size.label_width + LABEL_GAP) if beside else size.label_width
        column = plan.grid.column[node.id]
        widths[column] = max(widths[column], size.width, label)
    zones = _label_zones(plan)
    channels: dict[Channel, tuple[float, int]] = {}
    centres: list[float] = []
    x = 0.0
    for column in range(-1, plan.grid.columns):
        strip = after(column)
        if column >= 0:
            centres.append(x + widths[column] / 2)
            x += widths[column]
        count = plan.tracks.get(strip, 0)
        before, behind = zones.get(column, (0.0, 0.0))
        edge = column in {-1, plan.grid.columns - 1}
        gap = (16.0 if edge else COLUMN_GAP) + max(0, count - (not edge)) * TRACK
        lead = max(0.0 if not count else 16.0, before)
        channels[strip] = (x + max(lead, (gap - count * TRACK) / 2 + TRACK / 2), 1)
        x += max(gap, lead + count * TRACK + max(behind, 14.0 if count else 0.0), before)
    return channels, centres, x


def _label_zones(plan: Plan) -> dict[int, tuple[float, float]]:
    """Return the room for flow names before and behind the tracks, by the column they follow."""
    names = {arc.edge.id: arc.edge.name for arc in plan.sheet.arcs if arc.edge.name}
    zones: dict[int, tuple[float, float]] = {}
    for route in plan.routes:
        width = label_size(names.get(route.id, ""), EDGE_LABEL_WIDTH)[0]
        if not width or route.outside:
            continue
        column = plan.grid.column[route.source]
        forward = plan.grid.column[route.target] > column
        before, behind = zones.get(column, (0.0, 0.0))
        if forward and route.channels and route.channels[0] == after(column):
            behind = max(behind, width + 22)
        elif forward or route.leave is Side.RIGHT:
            before = max(before, width + 22)
        zones[column] = (before, behind)
    return zones


def _vertical_extents(
    plan: Plan,
) -> tuple[
    dict[Channel, tuple[float, int]], list[float], list[tuple[str | None, float, float]], float
]:
    """Return each horizontal channel's first y and direction, row centres, bands, the bottom."""
    up = [30.0] * plan.grid.rows
    down = [30.0] * plan.grid.rows
    for node in plan.sheet.nodes:
        size = plan.sizes[node.id]
        row, side = plan.grid.row[node.id], plan.label_sides[node.id]
        label = size.label_height + LABEL_GAP if size.label_height else 0.0
        up[row] = max(up[row], size.height / 2 + (0.0 if side is Side.BOTTOM else label))
        lower = label if side is Side.BOTTOM else 0.0
        down[row] = max(down[row], size.height / 2 + max(lower, _overhang(plan, node.id)))
    channels: dict[Channel, tuple[float, int]] = {}
    centres: list[float] = []
    bands: list[tuple[str | None, float, float]] = []
    y = 0.0
    for lane, first, count in plan.grid.bands:
        top = y
        rows = range(first, first + count)
        tracks = sum(plan.tracks.get(strip(row), 0) for row in rows for strip in (above, below))
        height = sum(up[row] + down[row] + ROW_GAP for row in rows) + tracks * TRACK + 2 * BAND_GAP
        spare = max(0.0, plan.least.get(lane or "", 0.0) - height) / 2
        y += BAND_GAP + spare
        for row in rows:
            y += ROW_GAP / 2 + plan.tracks.get(above(row), 0) * TRACK
            channels[above(row)] = (y - TRACK / 2, -1)
            centres.append(y + up[row])
            y += up[row] + down[row]
            channels[below(row)] = (y + TRACK / 2, 1)
            y += ROW_GAP / 2 + plan.tracks.get(below(row), 0) * TRACK
        y += BAND_GAP + spare
        bands.append((lane, top, y))
    return channels, centres, bands, y


def _port(bounds: Bounds, side: Side, offset: float, *, crowded: bool = False) -> Point:
    """Return where a line touches; a lower border *crowded* with events leaves its left end."""
    centre = bounds.centre
    if side is Side.BOTTOM and crowded:
        return Point(bounds.x + _CORNER_PORT, bounds.bottom)
    if side is Side.LEFT:
        return Point(bounds.x, centre.y)
    if side is Side.RIGHT:
        return Point(bounds.right, centre.y)
    x = centre.x + (offset if bounds.width > 2 * EVENT_SIZE else 0.0)
    return Point(x, bounds.y if side is Side.TOP else bounds.bottom)


def _points(
    route: Route,
    result: Placed,
    channel_at: dict[Channel, tuple[float, int]],
    hosts: Collection[str],
) -> tuple[Point, ...]:
    """Return the corners of *route*, each turn at its channel's track."""
    here = result.shapes[route.boundary or route.source]
    # Straight down through free cells runs in the middle; only strips use the offset port.
    offset = OUT_OFFSET if route.channels else 0.0
    if route.outside:
        offset = -MESSAGE_OFFSET - 12 * route.inward
    crowded = route.boundary is None and route.source in hosts
    start = _port(here, route.leave, offset, crowded=crowded)
    points = [start]
    for channel, track in zip(route.channels, route.tracks, strict=True):
        first, direction = channel_at[channel]
        at = first + direction * track * TRACK
        last = points[-1]
        points.append(Point(at, last.y) if channel.vertical else Point(last.x, at))
    if route.outside:
        points.append(Point(points[-1].x, 0.0 if route.outside < 0 else result.height))
    else:
        crowded = route.target in hosts
        end = _port(result.shapes[route.target], route.enter, 0.0, crowded=crowded)
        flat = route.enter in {Side.LEFT, Side.RIGHT}
        points += [Point(points[-1].x, end.y) if flat else Point(end.x, points[-1].y), end]
    return tidy(points)


def tidy(points: list[Point]) -> tuple[Point, ...]:
    """Return *points* without those that change nothing: doubles and points on a straight line.

    Example:
        >>> len(tidy([Point(0, 0), Point(1, 0), Point(1, 0), Point(2, 0)]))
        2
        >>> len(tidy([Point(0, 0), Point(0, 0)]))
        2

    Source: definition.
    """
    kept: list[Point] = []
    for point in points:
        if kept and kept[-1] == point:
            continue
        if len(kept) > 1 and (
            kept[-2].x == kept[-1].x == point.x or kept[-2].y == kept[-1].y == point.y
        ):
            kept.pop()
        kept.append(point)
    return tuple(kept * 2 if len(kept) == 1 else kept)  # a line has two ends, even at one place
