"""Where lines meet their shapes: at the border, also where the file says origin or middle."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import evolve

from tthc_flow.model.drawing import Bounds, Line, Point
from tthc_flow.model.flow import Event, Gateway, Node

if TYPE_CHECKING:
    from tthc_flow.model.drawing import Shape

ORIGIN: Final = Point(0.0, 0.0)
_NEAR: Final = 60.0
_SLACK: Final = 2.5
_REACH: Final = 4.0
_STEPS: Final = 12

End: TypeAlias = tuple[Node, Bounds] | None
"""A node and its box, or nothing where the end of a line is no node of the sheet."""


def docked(line: Line, source: End, target: End) -> Line:
    """Return *line* without what of it lies inside the shapes at its ends.

    Example:
        >>> from tthc_flow.model.step import Step
        >>> end = (Step(id="a", name=""), Bounds(100, 0, 100, 80))
        >>> docked(Line(points=(Point(0, 40), Point(150, 40))), None, end).points[-1]
        Point(x=100.0, y=40.0)

    Source: bisection; circles and diamonds by their own border.
    """
    points = line.points
    if target is not None:
        points = _outside(points, *target)
    if source is not None:
        points = _outside(points[::-1], *source)[::-1]
    return line if points is line.points else evolve(line, points=points)


def _outside(points: tuple[Point, ...], node: Node, box: Bounds) -> tuple[Point, ...]:
    """Return *points* up to where they enter *node*, or all of them where they only touch it."""
    tail = points[-2]
    length = hypot(points[-1].x - tail.x, points[-1].y - tail.y) or 1.0
    before = _between(tail, points[-1], max(1 - _REACH / length, 0.5))
    if not (_inside(points[-1], node, box, _SLACK) or _inside(before, node, box, 0.0)):
        return points
    kept = list(points)
    while len(kept) > 2 and _inside(kept[-2], node, box, 0.0):  # noqa: PLR2004 - a line has two
        kept.pop()
    far, near = kept[-2], kept[-1] if len(kept) < len(points) else before
    if _inside(far, node, box, 0.0):
        return points
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if _inside(_between(far, near, middle), node, box, 0.0):
            high = middle
        else:
            low = middle
    kept[-1] = _rounded(_between(far, near, high))
    return tuple(kept)


def _between(one: Point, other: Point, share: float) -> Point:
    return Point(one.x + (other.x - one.x) * share, one.y + (other.y - one.y) * share)


def _rounded(point: Point) -> Point:
    return Point(round(point.x, 1), round(point.y, 1))


def _inside(point: Point, node: Node, box: Bounds, slack: float) -> bool:
    """Return whether *point* is in the shape of *node*, deeper than *slack*."""
    dx, dy = abs(point.x - box.centre.x), abs(point.y - box.centre.y)
    across, along = box.width / 2 - slack, box.height / 2 - slack
    if across <= 0 or along <= 0:
        return False
    match node:
        case Event():
            return hypot(dx / across, dy / along) < 1
        case Gateway():
            return dx / across + dy / along < 1
        case _:
            return dx < across and dy < along


def tied(line: Line, source: Shape | None, target: Shape | None) -> Line:
    """Return *line* with ends at the origin moved to the middle of the shapes that they belong to.

    Example:
        >>> tied(Line(points=(ORIGIN, Point(9, 9))), None, None).points[0]
        Point(x=0.0, y=0.0)

    Source: drawings of MID Innovator, MIWG suite.
    """
    points = list(line.points)
    if source is not None and points[0] == ORIGIN and _away(source.bounds):
        points[0] = source.bounds.centre
    if target is not None and points[-1] == ORIGIN and _away(target.bounds):
        points[-1] = target.bounds.centre
    return evolve(line, points=tuple(points))


def _away(box: Bounds) -> bool:
    return box.x > _NEAR or box.y > _NEAR or box.right < -_NEAR or box.bottom < -_NEAR
