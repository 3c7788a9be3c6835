"""Boxes and stretches of line, as the geometric check sees them: no code of the layout's."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from attrs import define, field

from tthc_flow.model.drawing import Bounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tthc_flow.model.drawing import Point

SLACK = 0.5
CELL = 250.0


def span(start: Point, end: Point) -> Bounds:
    """Return the box of a stretch of line."""
    return Bounds(
        min(start.x, end.x), min(start.y, end.y), abs(start.x - end.x), abs(start.y - end.y)
    )


def spans(points: Iterable[Point]) -> list[Bounds]:
    """Return the boxes of all stretches of a line."""
    return [span(*pair) for pair in pairwise(points)]


def crosses(one: Bounds, other: Bounds) -> bool:
    """Return whether two boxes share more than a border; a line counts as a thin box."""
    return shared(one.x, one.right, other.x, other.right) and shared(
        one.y, one.bottom, other.y, other.bottom
    )


def shared(low: float, high: float, other_low: float, other_high: float) -> bool:
    """Return whether two intervals share more than an end; one may be a point inside."""
    thin = min(high - low, other_high - other_low) <= SLACK
    if thin:
        return low < other_high - SLACK and other_low + SLACK < high
    return min(high, other_high) - max(low, other_low) > SLACK


def along(one: Bounds, other: Bounds) -> float:
    """Return how long two stretches of line lie on each other."""
    wide = min(one.right, other.right) - max(one.x, other.x)
    tall = min(one.bottom, other.bottom) - max(one.y, other.y)
    flat = one.height <= SLACK and other.height <= SLACK and tall >= -SLACK
    upright = one.width <= SLACK and other.width <= SLACK and wide >= -SLACK
    return max(wide if flat else 0.0, tall if upright else 0.0)


def cut(one: Bounds, other: Bounds) -> bool:
    """Return whether a flat and an upright stretch cross inside both."""
    if (one.height <= SLACK) == (other.height <= SLACK):
        return False
    flat, upright = (one, other) if one.height <= SLACK else (other, one)
    return (
        flat.x + SLACK < upright.x < flat.right - SLACK
        and upright.y + SLACK < flat.y < upright.bottom - SLACK
    )


def shrunk(bounds: Bounds, by: float = 2.0) -> Bounds:
    """Return *bounds* without a border."""
    return Bounds(bounds.x + by, bounds.y + by, bounds.width - 2 * by, bounds.height - 2 * by)


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
    spot = Bounds(point.x, point.y, 0.0, 0.0)
    return inside(spot, shrunk(bounds, -0.5)) and not inside(spot, shrunk(bounds))


@define
class Raster:
    """Named boxes by the squares of the sheet they touch, so that neighbours are found fast."""

    squares: dict[tuple[int, int], list[tuple[str, Bounds]]] = field(factory=dict)

    def add(self, name: str, box: Bounds) -> None:
        """Note *box*."""
        named = (name, box)
        for square in _squares(box):
            self.squares.setdefault(square, []).append(named)

    def near(self, box: Bounds) -> Iterator[tuple[str, Bounds]]:
        """Yield each noted box that may touch *box*, once."""
        seen: set[int] = set()
        for square in _squares(box):
            for each in self.squares.get(square, ()):
                if id(each) not in seen:
                    seen.add(id(each))
                    yield each


def _squares(box: Bounds) -> Iterator[tuple[int, int]]:
    for column in range(int(box.x // CELL), int(box.right // CELL) + 1):
        for row in range(int(box.y // CELL), int(box.bottom // CELL) + 1):
            yield column, row
