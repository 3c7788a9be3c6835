"""Frames: the pool and its lanes round the rows, other pools above and below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define, field

from tthc_flow.layout.rows import lane_order
from tthc_flow.layout.sizes import LABEL_TEXT
from tthc_flow.layout.text import LINE_HEIGHT, wrap
from tthc_flow.model.drawing import Bounds, Shape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.layout.messages import Neighbours
    from tthc_flow.layout.place import Placed
    from tthc_flow.model.flow import Lane
    from tthc_flow.model.procedure import Pool, Procedure

HEADER: Final = 30.0
MARGIN: Final = 12.0
POOL_HEIGHT: Final = 60.0
POOL_GAP: Final = 44.0
_MOST_LINES: Final = 3
_HIGHEST: Final = 240.0
_SHORTER: Final = 24.0


@define(kw_only=True)
class Frames:
    """The frames' shapes, and where the sheet's upper left corner goes."""

    shapes: dict[str, Shape] = field(factory=dict)
    x: float = 0.0
    y: float = 0.0
    width: float = 0.0


def framed(procedure: Procedure, around: Neighbours, sheet: Placed) -> Frames:
    """Return pools and lanes round *sheet*.

    Example:
        >>> from tthc_flow.layout.messages import Neighbours
        >>> from tthc_flow.layout.place import Placed
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> framed(Procedure(flow=Flow(id="p")), Neighbours(), Placed()).x
        12.0

    Source: BPMN 2.0.2, 9.3 and 10.8 (pools and lanes).
    """
    flow = procedure.flow
    own = [pool for pool in procedure.pools if pool.process == flow.id][:1]
    spans = _lane_spans(flow.lanes, sheet)
    heights = {lane: bottom - top for lane, (top, bottom) in spans.items()}
    header = header_width(flow.lanes, heights)
    depth = max((level for _, level in lane_order(flow.lanes)), default=-1) + 1
    pool_header = HEADER if own else 0.0
    result = Frames(x=pool_header + header * depth + MARGIN)
    result.width = result.x + sheet.width + MARGIN
    result.y = len(around.above) * (POOL_HEIGHT + POOL_GAP)
    for pool in own:
        bounds = Bounds(0.0, result.y, result.width, sheet.height)
        result.shapes[pool.id] = Shape(bounds=bounds)
    for lane, level in lane_order(flow.lanes):
        left = pool_header + level * header
        top, bottom = spans[lane.id]
        bounds = Bounds(left, result.y + top, result.width - left, bottom - top)
        result.shapes[lane.id] = Shape(bounds=bounds)
    bottom = result.y + sheet.height
    _add_others(result, around.above, result.y - POOL_GAP - POOL_HEIGHT, -1)
    _add_others(result, around.below, bottom + POOL_GAP, 1)
    return result


def _add_others(result: Frames, pools: list[Pool], first: float, direction: int) -> None:
    """Stack *pools* outwards; with several, each leaves room for lines round its right end."""
    for index, pool in enumerate(pools):
        y = first + direction * index * (POOL_HEIGHT + POOL_GAP)
        width = result.width - (_SHORTER + MARGIN + 16.0 if len(pools) > 1 else 0.0)
        result.shapes[pool.id] = Shape(bounds=Bounds(0.0, y, width, POOL_HEIGHT), expanded=False)


def _lane_spans(lanes: tuple[Lane, ...], sheet: Placed) -> dict[str, tuple[float, float]]:
    """Return top and bottom of each lane: its own band and those of the lanes in it."""
    spans: dict[str, tuple[float, float]] = {
        lane: (top, bottom) for lane, top, bottom in sheet.bands if lane is not None
    }
    for lane, _ in reversed(lane_order(lanes)):
        inner = [spans[each.id] for each in lanes if each.parent == lane.id and each.id in spans]
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
