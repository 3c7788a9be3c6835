"""Where the names of flows stand: beside their line, clear of shapes, labels and other lines."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from attrs import define, field

from tthc_flow.layout.sizes import EDGE_LABEL_WIDTH, label_size
from tthc_flow.model.drawing import Bounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tthc_flow.model.drawing import Point

_CELL: Final = 160.0
_MOST_SQUARES: Final = 10_000
_AWAY: Final = (3.0, 18.0, 36.0, 72.0)
"""How far from its line a name may stand, the nearest first."""
_SHAPE_COST: Final = 1000.0
_LABEL_COST: Final = 400.0
_LINE_COST: Final = 60.0
_BORDER_COST: Final = 30.0
_AWAY_COST: Final = 0.02


@define(kw_only=True)
class Obstacles:
    """Boxes by the squares of the sheet they touch, with what hitting each costs."""

    squares: dict[tuple[int, int], list[tuple[Bounds, float, str]]] = field(factory=dict)
    huge: list[tuple[Bounds, float, str]] = field(factory=list)

    def add(self, box: Bounds, cost: float, owner: str = "") -> None:
        """Note *box*; its *owner* does not mind it."""
        if _is_huge(box):
            self.huge.append((box, cost, owner))
            return
        for square in _squares(box):
            self.squares.setdefault(square, []).append((box, cost, owner))

    def add_border(self, frame: Bounds, cost: float = 1.0) -> None:
        """Note the four edges of *frame*; its inside is free."""
        for y in (frame.y, frame.bottom):
            self.add(Bounds(frame.x, y - 1, frame.width, 2.0), cost)
        for x in (frame.x, frame.right):
            self.add(Bounds(x - 1, frame.y, 2.0, frame.height), cost)

    def add_line(self, points: tuple[Point, ...], cost: float) -> None:
        """Note every stretch of a line."""
        for one, other in pairwise(points):
            x, y = min(one.x, other.x), min(one.y, other.y)
            self.add(Bounds(x - 1, y - 1, abs(one.x - other.x) + 2, abs(one.y - other.y) + 2), cost)

    def cost(self, box: Bounds, owner: str) -> float:
        """Return what placing *box* would hit."""
        hit: dict[int, float] = {}
        squares = self.squares if _is_huge(box) else _squares(box)
        for near in (self.huge, *(self.squares.get(square, ()) for square in squares)):
            for other, cost, whose in near:
                if whose != owner and _overlap(box, other):
                    hit[id(other)] = cost
        return sum(hit.values())


def _is_huge(box: Bounds) -> bool:
    """Return whether *box* would touch more squares than any real sheet has: a damaged number."""
    return (box.width / _CELL + 1) * (box.height / _CELL + 1) > _MOST_SQUARES


def _squares(box: Bounds) -> Iterator[tuple[int, int]]:
    for column in range(int(box.x // _CELL), int(box.right // _CELL) + 1):
        for row in range(int(box.y // _CELL), int(box.bottom // _CELL) + 1):
            yield column, row


def _overlap(one: Bounds, other: Bounds) -> bool:
    return (
        one.x < other.right
        and other.x < one.right
        and one.y < other.bottom
        and other.y < one.bottom
    )


def edge_labels(
    names: Mapping[str, str],
    lines: Mapping[str, tuple[Point, ...]],
    shapes: Iterable[Bounds],
    labels: Iterable[Bounds],
    *,
    borders: Iterable[Bounds] = (),
) -> dict[str, Bounds]:
    """Return a box for the name of each line in *names*, the cheapest of the places along it.

    *borders* are frames whose upper and lower edge a name should not stand on.

    Example:
        >>> from tthc_flow.model.drawing import Point
        >>> line = {"f": (Point(0, 50), Point(200, 50))}
        >>> edge_labels({"f": "Đạt"}, line, (), ())["f"].bottom < 50
        True

    Source: candidate positions with costs (Christensen, Marks, Shieber 1995), greedy.
    """
    named = [line for line, name in names.items() if name and line in lines]
    if not named:
        return {}
    obstacles = _obstacles(lines, shapes, labels, borders)
    starts = Counter(_heading(points) for points in lines.values())
    found: dict[str, Bounds] = {}
    for line in named:
        size = label_size(names[line], EDGE_LABEL_WIDTH)
        points = lines[line]
        if len(points) > 2 and starts[_heading(points)] > 1:  # noqa: PLR2004 - it has a corner
            # Its first stretch is another line's too: the name belongs behind the fork.
            points = points[1:]
        found[line] = _best(line, points, size, obstacles)
        obstacles.add(found[line], _LABEL_COST)
    return found


def _best(
    line: str, points: tuple[Point, ...], size: tuple[float, float], obstacles: Obstacles
) -> Bounds:
    """Return the cheapest place; those further from the line are tried where all near are bad."""
    best, least = Bounds(0.0, 0.0, *size), float("inf")
    for away in _AWAY:
        for number, place in enumerate(_places(points, *size, away)):
            cost = obstacles.cost(place, line) + number * _AWAY_COST + away
            if cost < least:
                best, least = place, cost
        if least < _LABEL_COST:
            break
    return best


def _heading(points: tuple[Point, ...]) -> tuple[Point, bool, bool]:
    """Return where a line starts, whether flat, and whether right or down."""
    one, other = points[0], points[1]
    flat = one.y == other.y
    return one, flat, other.x > one.x if flat else other.y > one.y


def _obstacles(
    lines: Mapping[str, tuple[Point, ...]],
    shapes: Iterable[Bounds],
    labels: Iterable[Bounds],
    borders: Iterable[Bounds],
) -> Obstacles:
    obstacles = Obstacles()
    for shape in shapes:
        obstacles.add(shape, _SHAPE_COST)
    for label in labels:
        obstacles.add(label, _LABEL_COST)
    for border in borders:
        for y in (border.y, border.bottom):
            obstacles.add(Bounds(border.x, y - 1, border.width, 2.0), _BORDER_COST)
    for line, points in lines.items():
        for one, other in pairwise(points):
            x, y = min(one.x, other.x), min(one.y, other.y)
            box = Bounds(x - 1, y - 1, abs(one.x - other.x) + 2, abs(one.y - other.y) + 2)
            obstacles.add(box, _LINE_COST, line)
    return obstacles


def _places(points: tuple[Point, ...], width: float, height: float, gap: float) -> Iterator[Bounds]:
    """Yield boxes along the line, near its start first, above before below, right before left."""
    for one, other in pairwise(points):
        length = abs(one.x - other.x) + abs(one.y - other.y)
        if one.y == other.y:
            step = 1 if other.x > one.x else -1
            for along in _stops(length, width):
                left = one.x + step * along - (width if step < 0 else 0)
                yield Bounds(left, one.y - gap - height, width, height)
                yield Bounds(left, one.y + gap, width, height)
        else:
            step = 1 if other.y > one.y else -1
            for along in _stops(length, height):
                top = one.y + step * along - (height if step < 0 else 0)
                yield Bounds(one.x + gap, top, width, height)
                yield Bounds(one.x - gap - width, top, width, height)


def _stops(length: float, size: float) -> Iterator[float]:
    yield 6.0
    room = length - size - 6.0
    if room > 0:
        for share in (0.25, 0.5, 0.75, 1.0):
            yield 6.0 + room * share
