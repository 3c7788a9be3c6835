"""Coordinates: where shapes, labels and the corners of lines stand on one sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define, field

from tthc_flow.layout.extents import (
    BOUNDARY_LABEL,
    LABEL_GAP,
    MARGIN,
    Axes,
    Plan,
    axes_of,
)
from tthc_flow.layout.routes import Side, Stop
from tthc_flow.layout.sizes import EVENT_SIZE, Size, label_size
from tthc_flow.model.artifact import Artifact
from tthc_flow.model.drawing import Bounds, Point

if TYPE_CHECKING:
    from collections.abc import Collection

    from tthc_flow.layout.routes import Route
    from tthc_flow.layout.rows import Storey

_CORNER_OUT: Final = 12.0
_CORNER_IN: Final = 24.0


@define(kw_only=True)
class Placed:
    """One sheet with coordinates, its upper left corner at (0, 0).

    *exits* are messages up to the edge of the sheet, by id and which end they come from.
    """

    shapes: dict[str, Bounds] = field(factory=dict)
    labels: dict[str, Bounds] = field(factory=dict)
    lines: dict[str, tuple[Point, ...]] = field(factory=dict)
    exits: dict[tuple[str, int], tuple[Point, ...]] = field(factory=dict)
    bands: list[tuple[Storey, float, float]] = field(factory=list)
    width: float = 0.0
    height: float = 0.0


@define(kw_only=True)
class _Pools:
    """The borders of pools on the sheet, and where lines round them meet their right end."""

    spans: dict[str, tuple[float, float]]
    right: float
    shares: dict[tuple[str, bool], float] = field(factory=dict)

    def touch(self, stop: Stop, key: tuple[str, bool], x: float) -> list[Point]:
        """Return the last points of a line that comes along *x*."""
        top, bottom = self.spans[stop.pool or ""]
        if stop.side is Side.RIGHT:
            y = top + (bottom - top) * self.shares[key]
            return [Point(x, y), Point(self.right, y)]
        return [Point(x, top if stop.side is Side.TOP else bottom)]


def placed(plan: Plan, pools: dict[str, str] | None = None) -> Placed:
    """Return the coordinates of *plan*; *pools* tells the owner of the rows of each pool.

    Example:
        >>> from tthc_flow.layout.fresh import lay_out
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> dict(lay_out(Procedure(flow=Flow(id="p"))).shapes)
        {}

    Source: cumulated extents of columns, rows and channels.
    """
    plan.label_sides = _label_sides(plan)
    axes = axes_of(plan)
    result = Placed(bands=axes.bands, width=axes.width, height=axes.height)
    for node in plan.sheet.items:
        size = plan.sizes[node.id]
        x, y = axes.columns[plan.grid.column[node.id]], axes.rows[plan.grid.row[node.id]]
        result.shapes[node.id] = Bounds(
            x - size.width / 2, y - size.height / 2, size.width, size.height
        )
        if size.label_height:
            result.labels[node.id] = _label_box(
                result.shapes[node.id], size, plan.label_sides[node.id]
            )
        _place_boundary_events(plan, node.id, result)
    borders = _pools(plan, axes, pools or {})
    for route in plan.routes:
        points = _points(route, result, axes, borders, plan.sheet.boundary)
        if route.stop is not None and route.stop.pool is None:
            result.exits[route.id, int(route.backwards)] = points
        else:
            result.lines[route.id] = points[::-1] if route.backwards else points
    return result


def _pools(plan: Plan, axes: Axes, owners: dict[str, str]) -> _Pools:
    spans: dict[str, tuple[float, float]] = {}
    for storey, top, bottom in axes.bands:
        first, last = spans.get(storey.owner, (top, bottom))
        spans[storey.owner] = (min(first, top), max(last, bottom))
    spans = {pool: spans[owner] for pool, owner in owners.items()}
    spans[""] = (0.0, axes.height)
    found = _Pools(spans=spans, right=axes.width + MARGIN)
    beside: dict[str | None, list[tuple[int, str, bool]]] = {}
    for route in plan.routes:
        for stop, index, ends in ((route.start, 0, False), (route.stop, -1, True)):
            if stop is not None and stop.side is Side.RIGHT:
                entry = (route.tracks[index], route.id, ends)
                beside.setdefault(stop.pool, []).append(entry)
    for listed in beside.values():
        for number, (_, line, ends) in enumerate(sorted(listed), 1):
            found.shares[line, ends] = number / (len(listed) + 1)
    return found


def _label_sides(plan: Plan) -> dict[str, Side]:
    """Return on which side each outer label stands: where no line leaves or enters, if possible."""
    used: dict[str, set[Side]] = {}
    for route in plan.routes:
        if route.boundary is None and route.start is None:
            used.setdefault(route.source, set()).add(route.leave)
        if route.stop is None and route.landing is None:
            used.setdefault(route.target, set()).add(route.enter)
    sides: dict[str, Side] = {}
    for node in plan.sheet.items:
        size = plan.sizes[node.id]
        low = size.height == EVENT_SIZE or isinstance(node, Artifact)
        wishes = [Side.BOTTOM, Side.TOP] if low else [Side.TOP, Side.BOTTOM]
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
    pitch = plan.sizes[host].pitch
    for index, event in enumerate(plan.sheet.boundary.get(host, ())):
        x = frame.right - 12 - EVENT_SIZE - index * pitch
        bounds = Bounds(x, frame.bottom - EVENT_SIZE / 2, EVENT_SIZE, EVENT_SIZE)
        result.shapes[event.id] = bounds
        width, height = label_size(event.name, pitch - BOUNDARY_LABEL)
        if height:
            centre = bounds.centre.x
            result.labels[event.id] = Bounds(
                centre - LABEL_GAP - width, bounds.bottom + 2, width, height
            )


def _port(bounds: Bounds, side: Side, offset: float, corner: float = 0.0) -> Point:
    """Return where a line touches; a lower border with events on it leaves a *corner* to flows."""
    centre = bounds.centre
    if side is Side.BOTTOM and corner and offset >= 0:
        return Point(bounds.x + corner, bounds.bottom)
    if side is Side.LEFT:
        return Point(bounds.x, centre.y)
    if side is Side.RIGHT:
        return Point(bounds.right, centre.y)
    x = centre.x + (offset if abs(offset) < bounds.width / 2 else 0.0)
    return Point(x, bounds.y if side is Side.TOP else bounds.bottom)


def _points(
    route: Route, result: Placed, axes: Axes, pools: _Pools, hosts: Collection[str]
) -> tuple[Point, ...]:
    """Return the corners of *route*, each turn at its channel's track."""
    tracks = zip(route.channels, route.tracks, strict=True)
    turns = [(channel.vertical, axes.place(channel, track)) for channel, track in tracks]
    if route.start is not None:
        points = pools.touch(route.start, (route.id, False), turns[0][1])[::-1]
    else:
        here = result.shapes[route.boundary or route.source]
        corner = _CORNER_OUT if route.boundary is None and route.source in hosts else 0.0
        points = [_port(here, route.leave, route.leave_at, corner)]
    for vertical, at in turns:
        last = points[-1]
        points.append(Point(at, last.y) if vertical else Point(last.x, at))
    if route.stop is not None:
        return tidy([*points, *pools.touch(route.stop, (route.id, True), points[-1].x)])
    corner = _CORNER_IN if route.landing is None and route.target in hosts else 0.0
    end = _port(result.shapes[route.landing or route.target], route.enter, route.enter_at, corner)
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
