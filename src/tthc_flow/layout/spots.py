"""Free places in a finished drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.model.drawing import Bounds, Point

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

GAP: Final = 30.0
_STEP: Final = 12.0


def free_spot(
    size: tuple[float, float], wish: Point, area: Bounds, taken: Sequence[Bounds]
) -> Point:
    """Return the upper left corner, nearest to *wish*, where *size* is free inside *area*.

    *area* may be left to the right only: there is always room at the right end. Places beside
    the wish cost less than places above or below it.

    Example:
        >>> free_spot((100, 80), Point(0, 0), Bounds(0, 0, 500, 80), [Bounds(0, 0, 100, 80)])
        Point(x=130.0, y=0)

    Source: scan of a raster.
    """
    rows = _stops(area.y, max(area.y, area.bottom - size[1]), wish.y)
    near = [box for box in taken if box.y < area.bottom + GAP and box.bottom > area.y - GAP]
    farthest = max((box.right for box in near), default=area.x) + GAP
    columns = _stops(area.x, max(area.x, farthest, wish.x), wish.x)
    places = sorted(
        (
            (abs(x - wish.x) + 2 * abs(y - wish.y) + (x < wish.x) * _STEP, x, y)
            for x in columns
            for y in rows
        ),
    )
    for _, x, y in places:
        if not hits(Bounds(x, y, *size), near):
            return Point(x, y)
    return Point(farthest, rows[0])


def _stops(low: float, high: float, wish: float) -> list[float]:
    start = min(max(wish, low), high)
    below = int((start - low) // _STEP)
    above = int((high - start) // _STEP)
    return sorted({low, high, *(start + _STEP * index for index in range(-below, above + 1))})


def hits(box: Bounds, taken: Iterable[Bounds], gap: float = GAP) -> bool:
    """Return whether *box* comes nearer than *gap* to one of *taken*.

    Example:
        >>> hits(Bounds(0, 0, 10, 10), [Bounds(20, 0, 10, 10)], gap=5)
        False

    Source: definition.
    """
    return any(
        box.x < other.right + gap
        and other.x < box.right + gap
        and box.y < other.bottom + gap / 2
        and other.y < box.bottom + gap / 2
        for other in taken
    )
