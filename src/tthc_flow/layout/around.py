"""One line through a finished drawing: round every shape, with few turns."""

from __future__ import annotations

import heapq
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from attrs import define, field

from tthc_flow.layout.place import tidy
from tthc_flow.layout.routes import Side
from tthc_flow.model.drawing import Bounds, Point

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CLEAR: Final = 14.0
_REACH: Final = 260.0
_TURN: Final = 45.0
_ON_LINE: Final = 400.0
_ON_LABEL: Final = 120.0
_LEAVE: Final = {Side.RIGHT: 0.0, Side.BOTTOM: 25.0, Side.TOP: 25.0, Side.LEFT: 90.0}
_ENTER: Final = {Side.LEFT: 0.0, Side.BOTTOM: 25.0, Side.TOP: 25.0, Side.RIGHT: 90.0}

State = tuple[int, int, bool]
"""Index of x, index of y, and whether the line arrived flat."""


@define(kw_only=True)
class Field:
    """What lines must go round (boxes) and should keep off (labels, stretches of other lines)."""

    boxes: list[Bounds] = field(factory=list)
    labels: list[Bounds] = field(factory=list)
    lines: list[tuple[Point, Point]] = field(factory=list)

    def add_line(self, points: Iterable[Point]) -> None:
        """Note the stretches of a line."""
        self.lines.extend(pairwise(points))


@define(kw_only=True)
class _Mesh:
    xs: list[float]
    ys: list[float]
    rows: list[list[tuple[float, float, float]]]
    columns: list[list[tuple[float, float, float]]]

    def cost(self, one: tuple[int, int], other: tuple[int, int]) -> float:
        """Return what a step between two neighbouring crossings costs; infinite when blocked."""
        flat = one[1] == other[1]
        places = self.xs if flat else self.ys
        index, end = (one[0], other[0]) if flat else (one[1], other[1])
        low, high = sorted((places[index], places[end]))
        total = high - low
        for start, stop, price in self.rows[one[1]] if flat else self.columns[one[0]]:
            if start < high and stop > low:
                total += price
        return total


def line_around(
    start: Bounds, end: Bounds, area: Field, *, from_pool: bool = False, to_pool: bool = False
) -> tuple[Point, ...]:
    """Return a line from *start* to *end* that crosses no box of *area*.

    The boxes of *area* must not hold the two ends. A pool is only left or entered at its long
    sides. Where no way is found within reach the line is drawn straight across.

    Example:
        >>> a, b = Bounds(0, 0, 100, 80), Bounds(200, 0, 100, 80)
        >>> line_around(a, b, Field())
        (Point(x=100, y=40.0), Point(x=200, y=40.0))

    Source: shortest path with turn costs on the lines beside the shapes (Wybrow, Marriott,
    Stuckey 2009).
    """
    mesh = _mesh(start, end, _near(start, end, area))
    starts = _ports(mesh, start, _LEAVE, pool=from_pool)
    trail = _cheapest(mesh, starts, _ports(mesh, end, _ENTER, pool=to_pool))
    if not trail:
        return _straight(start, end)
    return tidy([Point(mesh.xs[x], mesh.ys[y]) for x, y, _ in trail])


def _cheapest(mesh: _Mesh, starts: dict[State, float], goals: dict[State, float]) -> list[State]:
    """Return the cheapest trail from one of *starts* to one of *goals* (Dijkstra), or nothing."""
    queue = [(cost, state) for state, cost in starts.items()]
    heapq.heapify(queue)
    best = dict(starts)
    came: dict[State, State] = {}
    finish: tuple[float, State] | None = None
    while queue:
        cost, state = heapq.heappop(queue)
        if finish is not None and cost >= finish[0]:
            break
        if cost > best[state]:
            continue
        if state in goals and (finish is None or cost + goals[state] < finish[0]):
            finish = (cost + goals[state], state)
        for following, step in _steps(mesh, state):
            total = cost + step
            if total < best.get(following, float("inf")):
                best[following] = total
                came[following] = state
                heapq.heappush(queue, (total, following))
    trail = [finish[1]] if finish else []
    while trail and trail[-1] in came:
        trail.append(came[trail[-1]])
    return trail[::-1]


def _straight(start: Bounds, end: Bounds) -> tuple[Point, ...]:
    out, into = Point(start.right, start.centre.y), Point(end.x, end.centre.y)
    middle = (out.x + into.x) / 2
    return tidy([out, Point(middle, out.y), Point(middle, into.y), into])


def _steps(mesh: _Mesh, state: State) -> Iterator[tuple[State, float]]:
    x, y, flat = state
    for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        to = (x + dx, y + dy)
        if 0 <= to[0] < len(mesh.xs) and 0 <= to[1] < len(mesh.ys):
            cost = mesh.cost((x, y), to)
            turned = flat != (dy == 0)
            if cost < float("inf"):
                yield (*to, dy == 0), cost + _TURN * turned


def _ports(
    mesh: _Mesh, bounds: Bounds, costs: dict[Side, float], *, pool: bool
) -> dict[State, float]:
    """Return the states at the middles of the sides of *bounds*, and what using each costs."""
    centre = bounds.centre
    places = {
        Side.RIGHT: Point(bounds.right, centre.y),
        Side.LEFT: Point(bounds.x, centre.y),
        Side.TOP: Point(centre.x, bounds.y),
        Side.BOTTOM: Point(centre.x, bounds.bottom),
    }
    ports: dict[State, float] = {}
    for side, cost in costs.items():
        flat = side in {Side.LEFT, Side.RIGHT}
        if flat and pool:
            continue
        place = places[side]
        ports[(bisect_left(mesh.xs, place.x), bisect_left(mesh.ys, place.y), flat)] = cost
    return ports


def _near(start: Bounds, end: Bounds, area: Field) -> Field:
    left, right = min(start.x, end.x) - _REACH, max(start.right, end.right) + _REACH
    top, bottom = min(start.y, end.y) - _REACH, max(start.bottom, end.bottom) + _REACH
    boxes = [
        box
        for box in area.boxes
        if box.x < right and box.right > left and box.y < bottom and box.bottom > top
    ]
    return Field(boxes=boxes, labels=area.labels, lines=area.lines)


def _mesh(start: Bounds, end: Bounds, area: Field) -> _Mesh:
    xs: set[float] = set()
    ys: set[float] = set()
    for box in (*area.boxes, start, end):
        xs |= {box.x - CLEAR, box.right + CLEAR}
        ys |= {box.y - CLEAR, box.bottom + CLEAR}
    for box in (start, end):
        xs |= {box.x, box.right, box.centre.x}
        ys |= {box.y, box.bottom, box.centre.y}
    mesh = _Mesh(xs=sorted(xs), ys=sorted(ys), rows=[], columns=[])
    solid = (*area.boxes, start, end)
    for y in mesh.ys:
        blocked = [(box.x, box.right, float("inf")) for box in solid if box.y <= y <= box.bottom]
        blocked += [(box.x, box.right, _ON_LABEL) for box in area.labels if box.y < y < box.bottom]
        taken = [
            (min(one.x, other.x), max(one.x, other.x), _ON_LINE)
            for one, other in area.lines
            if abs(one.y - y) < CLEAR / 3 and abs(other.y - y) < CLEAR / 3
        ]
        mesh.rows.append(blocked + taken)
    for x in mesh.xs:
        blocked = [(box.y, box.bottom, float("inf")) for box in solid if box.x <= x <= box.right]
        blocked += [(box.y, box.bottom, _ON_LABEL) for box in area.labels if box.x < x < box.right]
        taken = [
            (min(one.y, other.y), max(one.y, other.y), _ON_LINE)
            for one, other in area.lines
            if abs(one.x - x) < CLEAR / 3 and abs(other.x - x) < CLEAR / 3
        ]
        mesh.columns.append(blocked + taken)
    return mesh
