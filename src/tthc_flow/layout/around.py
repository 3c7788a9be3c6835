"""One line through a finished drawing: round every shape, with few turns."""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from attrs import define, evolve, field

from tthc_flow.layout.place import tidy
from tthc_flow.layout.routes import Side
from tthc_flow.model.drawing import Bounds, Point

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CLEAR: Final = 14.0
_NARROW: Final = 4.0
_BLOCKED: Final = float("inf")
_REACH: Final = 260.0
_TURN: Final = 45.0
_ON_LINE: Final = 400.0
_ON_LABEL: Final = 120.0
_LEAVE: Final = {Side.RIGHT: 0.0, Side.BOTTOM: 25.0, Side.TOP: 25.0, Side.LEFT: 90.0}
_ENTER: Final = {Side.LEFT: 0.0, Side.BOTTOM: 50.0, Side.TOP: 50.0, Side.RIGHT: 90.0}

State = tuple[int, int, bool]
"""Index of x, index of y, and whether the line arrived flat."""


_BESIDE: Final = CLEAR / 3
"""How near two lines run on each other."""
Edges = tuple[float, float, float, float]
"""Left, right, top and bottom of a box."""
Stretch = tuple[float, float, float]
"""Where a stretch of line lies across its direction, and where it starts and ends along it."""


@define(kw_only=True)
class Field:
    """What lines must go round (boxes) and should keep off: labels, stretches of other lines.

    *flat* and *upright* stretches are sorted by where they lie, so that those beside are found.
    """

    boxes: list[Bounds] = field(factory=list)
    labels: list[Bounds] = field(factory=list)
    flat: dict[int, set[Stretch]] = field(factory=dict)
    upright: dict[int, set[Stretch]] = field(factory=dict)

    def add_line(self, points: Iterable[Point]) -> None:
        """Note the stretches of a line."""
        for one, other in pairwise(points):
            if abs(one.y - other.y) < 2 * _BESIDE:
                stretch = (one.y, min(one.x, other.x), max(one.x, other.x))
                self.flat.setdefault(int(one.y // CLEAR), set()).add(stretch)
            if abs(one.x - other.x) < 2 * _BESIDE:
                stretch = (one.x, min(one.y, other.y), max(one.y, other.y))
                self.upright.setdefault(int(one.x // CLEAR), set()).add(stretch)


def _beside(stretches: dict[int, set[Stretch]], place: float) -> Iterator[tuple[float, float]]:
    """Yield start and end of what runs at *place*, across the direction."""
    middle = int(place // CLEAR)
    for near in (middle - 1, middle, middle + 1):
        for at, low, high in stretches.get(near, ()):
            if abs(at - place) < _BESIDE:
                yield low, high


@define(kw_only=True)
class _Mesh:
    """Crossings beside the shapes; the price of each step is looked up when it is first asked.

    Behind the last crossing, and so before the first, the way is blocked.
    """

    xs: list[float]
    ys: list[float]
    solid: list[Edges]
    labels: list[Edges]
    area: Field
    rows: dict[int, list[float]] = field(factory=dict)
    columns: dict[int, list[float]] = field(factory=dict)

    def row(self, index: int) -> list[float]:
        """Work out what the steps along a row cost, from each crossing on; infinite if blocked."""
        y = self.ys[index]
        spans = [(left, right, _BLOCKED) for left, right, top, low in self.solid if top <= y <= low]
        spans += [
            (left, right, _ON_LABEL) for left, right, top, low in self.labels if top < y < low
        ]
        spans += [(low, high, _ON_LINE) for low, high in _beside(self.area.flat, y)]
        self.rows[index] = _prices(self.xs, spans)
        return self.rows[index]

    def column(self, index: int) -> list[float]:
        """Work out what the steps along a column cost, from each crossing on."""
        x = self.xs[index]
        spans = [(top, low, _BLOCKED) for left, right, top, low in self.solid if left <= x <= right]
        spans += [
            (top, low, _ON_LABEL) for left, right, top, low in self.labels if left < x < right
        ]
        spans += [(low, high, _ON_LINE) for low, high in _beside(self.area.upright, x)]
        self.columns[index] = _prices(self.ys, spans)
        return self.columns[index]


def _prices(places: list[float], spans: list[tuple[float, float, float]]) -> list[float]:
    """Return the price of each stretch between neighbouring *places*: its length, and what is met.

    A span prices every stretch that it shares more than an end with; behind all is a blocked one.
    """
    prices = [high - low for low, high in pairwise(places)]
    for low, high, price in spans:
        first = max(0, bisect_right(places, low) - 1)
        for index in range(first, min(bisect_left(places, high), len(prices))):
            prices[index] += price
    return [*prices, _BLOCKED]


def line_around(
    start: Bounds, end: Bounds, area: Field, *, from_pool: bool = False, to_pool: bool = False
) -> tuple[Point, ...]:
    """Return a line from *start* to *end* that crosses no box of *area*.

    Boxes of *area* that hold one of the two ends are no obstacle. A pool is only left or entered
    at its long sides.
    Where no way is found, not even through narrow gaps, it is drawn straight across.

    Example:
        >>> a, b = Bounds(0, 0, 100, 80), Bounds(200, 0, 100, 80)
        >>> line_around(a, b, Field())
        (Point(x=100, y=40.0), Point(x=200, y=40.0))

    Source: shortest path with turn costs on the lines beside the shapes (Wybrow, Marriott,
    Stuckey 2009).
    """
    boxes = [box for box in area.boxes if not holds(box, start) and not holds(box, end)]
    area = evolve(area, boxes=boxes)
    near = _near(start, end, area)
    for clear, around in (((CLEAR,), near), ((CLEAR, _NARROW), near), ((CLEAR, _NARROW), area)):
        mesh = _mesh(start, end, around, clear)
        starts = _ports(mesh, start, _LEAVE, pool=from_pool)
        trail = _cheapest(mesh, starts, _ports(mesh, end, _ENTER, pool=to_pool), end)
        if trail:
            points = tidy([Point(mesh.xs[x], mesh.ys[y]) for x, y, _ in trail])
            if around is near and not all(
                holds(_window(start, end), _spot(each)) for each in points
            ):
                continue  # It left what was looked at.
            # Shapes that touch each other have a line without length between them.
            return points if len(points) > 1 else (*points, *points)
    return _straight(start, end)


def _cheapest(
    mesh: _Mesh, starts: dict[State, float], goals: dict[State, float], end: Bounds
) -> list[State]:
    """Return the cheapest trail from one of *starts* to one of *goals* (A*), or nothing."""
    across = [max(end.x - x, x - end.right, 0.0) for x in mesh.xs]
    down = [max(end.y - y, y - end.bottom, 0.0) for y in mesh.ys]
    queue = [(cost + across[state[0]] + down[state[1]], state) for state, cost in starts.items()]
    heapq.heapify(queue)
    best = dict(starts)
    came: dict[State, State] = {}
    done: set[State] = set()
    finish: tuple[float, State] | None = None
    while queue:
        expected, state = heapq.heappop(queue)
        if finish is not None and expected >= finish[0]:
            break
        if state in done:
            continue
        done.add(state)
        cost = best[state]
        if state in goals and (finish is None or cost + goals[state] < finish[0]):
            finish = (cost + goals[state], state)
        for following, step in _steps(mesh, state):
            total = cost + step
            if total < best.get(following, _BLOCKED):  # never, where the step is blocked
                best[following] = total
                came[following] = state
                left = across[following[0]] + down[following[1]]
                heapq.heappush(queue, (total + left, following))
    trail = [finish[1]] if finish else []
    while trail and trail[-1] in came:
        trail.append(came[trail[-1]])
    return trail[::-1]


def _straight(start: Bounds, end: Bounds) -> tuple[Point, ...]:
    out, into = Point(start.right, start.centre.y), Point(end.x, end.centre.y)
    middle = (out.x + into.x) / 2
    return tidy([out, Point(middle, out.y), Point(middle, into.y), into])


def _steps(mesh: _Mesh, state: State) -> tuple[tuple[State, float], ...]:
    x, y, flat = state
    row, column = mesh.rows.get(y) or mesh.row(y), mesh.columns.get(x) or mesh.column(x)
    turn_flat, turn_upright = (0.0, _TURN) if flat else (_TURN, 0.0)
    return (
        ((x + 1, y, True), row[x] + turn_flat),
        ((x - 1, y, True), row[x - 1] + turn_flat),
        ((x, y + 1, False), column[y] + turn_upright),
        ((x, y - 1, False), column[y - 1] + turn_upright),
    )


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


def _window(start: Bounds, end: Bounds) -> Bounds:
    """Return the part of the sheet that is looked at first."""
    left, right = min(start.x, end.x) - _REACH, max(start.right, end.right) + _REACH
    top, bottom = min(start.y, end.y) - _REACH, max(start.bottom, end.bottom) + _REACH
    return Bounds(left, top, right - left, bottom - top)


def _spot(point: Point) -> Bounds:
    return Bounds(point.x, point.y, 0.0, 0.0)


def _near(start: Bounds, end: Bounds, area: Field) -> Field:
    seen = _window(start, end)
    boxes = [
        box
        for box in area.boxes
        if box.x < seen.right and box.right > seen.x and box.y < seen.bottom and box.bottom > seen.y
    ]
    return evolve(area, boxes=boxes)


def _mesh(start: Bounds, end: Bounds, area: Field, clear: tuple[float, ...]) -> _Mesh:
    xs: set[float] = set()
    ys: set[float] = set()
    for box in (*area.boxes, start, end):
        for gap in clear:
            xs |= {box.x - gap, box.right + gap}
            ys |= {box.y - gap, box.bottom + gap}
    for box in (start, end):
        xs |= {box.x, box.right, box.centre.x}
        ys |= {box.y, box.bottom, box.centre.y}
    # A shape that holds the other end is met from inside.
    solid = [*area.boxes]
    solid += [one for one, other in ((start, end), (end, start)) if not holds(one, other)]
    return _Mesh(
        xs=sorted(xs),
        ys=sorted(ys),
        solid=[_edges(each) for each in solid],
        labels=[_edges(each) for each in area.labels],
        area=area,
    )


def _edges(box: Bounds) -> Edges:
    return box.x, box.right, box.y, box.bottom


def holds(outer: Bounds, inner: Bounds) -> bool:
    """Return whether *inner* lies wholly in *outer*.

    Example:
        >>> holds(Bounds(0, 0, 9, 9), Bounds(1, 1, 9, 1))
        False

    Source: definition.
    """
    return (
        outer.x <= inner.x
        and outer.y <= inner.y
        and inner.right <= outer.right
        and inner.bottom <= outer.bottom
    )
