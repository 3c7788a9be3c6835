"""Frames: the pool and its lanes round the rows, other pools above and below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define, field, frozen

from tthc_flow.layout.extents import MARGIN
from tthc_flow.layout.rows import lane_order
from tthc_flow.layout.sizes import LABEL_TEXT
from tthc_flow.layout.text import LINE_HEIGHT, wrap
from tthc_flow.model.drawing import Bounds, Shape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tthc_flow.layout.place import Placed
    from tthc_flow.layout.towers import Tower
    from tthc_flow.model.flow import Lane

HEADER: Final = 30.0
_MOST_LINES: Final = 3
_HIGHEST: Final = 240.0


@define(kw_only=True)
class Frames:
    """The frames' shapes, and where the sheet's upper left corner goes."""

    shapes: dict[str, Shape] = field(factory=dict)
    x: float = 0.0
    y: float = 0.0


def framed(towers: Sequence[Tower], sheet: Placed) -> Frames:
    """Return pools and lanes round *sheet*, all with the same left and right end.

    Example:
        >>> from tthc_flow.layout.place import Placed
        >>> from tthc_flow.layout.towers import Tower
        >>> from tthc_flow.model.procedure import Pool
        >>> framed([Tower(pool=Pool(id="citizen"))], Placed()).x
        42.0

    Source: BPMN 2.0.2, 9.3 and 10.8 (pools and lanes).
    """
    spans = _spans(sheet)
    heads = [_heads(tower, spans) for tower in towers]
    result = Frames(x=max((head.width for head in heads), default=0.0) + MARGIN)
    right = result.x + sheet.width + MARGIN
    for tower, head in zip(towers, heads, strict=True):
        if tower.pool is not None:
            top, bottom = spans.get((tower.owner, None), (0.0, 0.0))
            result.shapes[tower.pool.id] = Shape(
                bounds=Bounds(0.0, top, right, bottom - top),
                expanded=tower.procedure is not None,
            )
        for lane, level in lane_order(tower.procedure.flow.lanes if tower.procedure else ()):
            left = (HEADER if tower.pool is not None else 0.0) + level * head.lane
            top, bottom = head.spans[lane.id]
            result.shapes[lane.id] = Shape(bounds=Bounds(left, top, right - left, bottom - top))
    return result


@frozen(kw_only=True)
class _Heads:
    """The widths of a tower's headers, that of one lane, and where its lanes stand."""

    width: float
    lane: float
    spans: dict[str, tuple[float, float]]


def _heads(tower: Tower, spans: Mapping[tuple[str, str | None], tuple[float, float]]) -> _Heads:
    lanes = tower.procedure.flow.lanes if tower.procedure is not None else ()
    own = {lane: span for (owner, lane), span in spans.items() if owner == tower.owner and lane}
    found = _lane_spans(lanes, own)
    heights = {lane: bottom - top for lane, (top, bottom) in found.items()}
    header = header_width(lanes, heights)
    depth = max((level for _, level in lane_order(lanes)), default=-1) + 1
    pool = HEADER if tower.pool is not None else 0.0
    return _Heads(width=pool + depth * header, lane=header, spans=found)


def _spans(sheet: Placed) -> dict[tuple[str, str | None], tuple[float, float]]:
    """Return top and bottom by owner and lane; without a lane, of all that the owner has."""
    spans: dict[tuple[str, str | None], tuple[float, float]] = {}
    for storey, top, bottom in sheet.bands:
        if storey.lane is not None:
            spans[storey.owner, storey.lane] = (top, bottom)
        first, last = spans.get((storey.owner, None), (top, bottom))
        spans[storey.owner, None] = (min(first, top), max(last, bottom))
    return spans


def _lane_spans(
    lanes: tuple[Lane, ...], bands: Mapping[str, tuple[float, float]]
) -> dict[str, tuple[float, float]]:
    """Return top and bottom of each lane: its own band and those of the lanes in it."""
    spans = dict(bands)
    children: dict[str, list[str]] = {}
    for lane in lanes:
        if lane.parent is not None:
            children.setdefault(lane.parent, []).append(lane.id)
    for lane, _ in reversed(lane_order(lanes)):
        inner = [spans[each] for each in children.get(lane.id, ()) if each in spans]
        if lane.id in spans:
            inner.append(spans[lane.id])
        spans[lane.id] = (
            min((top for top, _ in inner), default=0.0),
            max((bottom for _, bottom in inner), default=0.0),
        )
    return spans


def lane_height(name: str) -> float:
    """Return how high a lane must be for its *name* in up to three lines, within reason.

    Example:
        >>> lane_height("Văn thư")
        80.0

    Source: ``wrap`` along the height of the lane.
    """
    height = 80.0
    while height < _HIGHEST and len(wrap(name, height - 12, LABEL_TEXT)) > _MOST_LINES:
        height += 10.0
    return height


def header_width(lanes: tuple[Lane, ...], heights: Mapping[str, float]) -> float:
    """Return how wide lane headers must be for names of up to three lines.

    Example:
        >>> from tthc_flow.model.flow import Lane
        >>> header_width((Lane(id="a", name="Văn thư"),), {"a": 120.0})
        30.0

    Source: ``wrap`` along the height of each lane.
    """
    lines = 1
    for lane in lanes:
        needed = len(wrap(lane.name, max(heights.get(lane.id, 0.0) - 12, 40), LABEL_TEXT))
        lines = max(lines, min(needed, _MOST_LINES))
    return max(HEADER, lines * LABEL_TEXT * LINE_HEIGHT + 14) if lines > 1 else HEADER
