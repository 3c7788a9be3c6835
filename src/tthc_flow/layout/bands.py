"""Frames of a drawing that is kept: lanes come and go, pools reach round what is new."""

from __future__ import annotations

from typing import Final

from attrs import evolve

from tthc_flow.layout.draft import Draft
from tthc_flow.layout.spots import GAP
from tthc_flow.model.drawing import Bounds, Point, Shape

_NEW_LANE: Final = 120.0


def add_lanes(draft: Draft) -> None:
    """Add new lanes at the bottom of the pool.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> draft = Draft(after=Procedure(flow=Flow(id="p")))
        >>> add_lanes(draft)
        >>> draft.shapes
        {}

    Source: lanes tile their pool (BPMN 2.0.2, 10.8).
    """
    flow = draft.after.flow
    known = [draft.bounds(lane.id) for lane in flow.lanes if lane.id in draft.shapes]
    for lane in flow.lanes:
        if lane.id in draft.shapes or not known:
            continue
        left = min(box.x for box in known)
        right = max(box.right for box in known)
        bottom = max(box.bottom for box in known)
        _deepen(draft, bottom, _NEW_LANE)
        draft.shapes[lane.id] = Shape(bounds=Bounds(left, bottom, right - left, _NEW_LANE))
        known.append(draft.bounds(lane.id))


def below_lanes(draft: Draft, height: float) -> Bounds:
    """Return the strip below the lowest lane of the pool, made *height* high.

    Example:
        >>> from tthc_flow.model.flow import Flow, Lane
        >>> from tthc_flow.model.procedure import Procedure
        >>> draft = Draft(after=Procedure(flow=Flow(id="p", lanes=(Lane(id="a"),))))
        >>> draft.shapes["a"] = Shape(bounds=Bounds(0, 0, 500, 120))
        >>> below_lanes(draft, 90).y
        120

    Source: what is in no lane lies in the pool (BPMN 2.0.2, 10.8).
    """
    lanes = [draft.bounds(lane.id) for lane in draft.after.flow.lanes if lane.id in draft.shapes]
    bottom = max(box.bottom for box in lanes)
    left, right = min(box.x for box in lanes), max(box.right for box in lanes)
    pools = [draft.bounds(pool) for pool in draft.own_pools() if pool in draft.shapes]
    end = max((box.bottom for box in pools), default=bottom)
    if end - bottom < height:
        _deepen(draft, end, height - (end - bottom))
    return Bounds(left, bottom, right - left, max(height, end - bottom))


def _deepen(draft: Draft, bottom: float, by: float) -> None:
    """Let the pool grow at *bottom*; the lanes that end there do not."""
    lanes = {
        each.id: draft.shapes[each.id] for each in draft.after.flow.lanes if each.id in draft.shapes
    }
    draft.shift(bottom, by)
    draft.shapes |= lanes


def close_lanes(draft: Draft, removed: tuple[Bounds, ...]) -> None:
    """Close the gaps of *removed* lanes, the lowest first, where nothing stands in them any more.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> draft = Draft(after=Procedure(flow=Flow(id="p")))
        >>> close_lanes(draft, (Bounds(0, 0, 100, 50),))
        >>> draft.shapes
        {}

    Source: lanes tile their pool (BPMN 2.0.2, 10.8).
    """
    nodes = draft.after.flow.nodes
    for lane in sorted(removed, key=lambda each: -each.y):
        boxes = [draft.bounds(node.id) for node in nodes if node.id in draft.shapes]
        if any(box.y < lane.bottom and box.bottom > lane.y for box in boxes):
            continue
        inside = [
            element
            for element, line in draft.lines.items()
            if any(lane.y < point.y < lane.bottom for point in line.points)
        ]
        for element in inside:
            del draft.lines[element]
        draft.shift(lane.bottom, -lane.height)


def widen(draft: Draft) -> None:
    """Make frames, lanes and pools reach round what is new inside them.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> draft = Draft(after=Procedure(flow=Flow(id="p")))
        >>> widen(draft)
        >>> draft.shapes
        {}

    Source: content lies inside its frame (BPMN 2.0.2).
    """
    flow = draft.after.flow
    frames = [lane.id for lane in flow.lanes]
    frames += [pool.id for pool in draft.after.pools]
    frames = [each for each in frames if each in draft.shapes]
    fresh = [draft.bounds(each).right for each in draft.fresh if each in draft.shapes]
    if not frames or not fresh:
        return
    ends = [draft.bounds(each).right for each in frames]
    more = max(fresh) + GAP - max(ends)
    if more <= 0:
        return
    end = max(ends) - 1.0
    for each in frames:
        shape = draft.shapes[each]
        box = shape.bounds
        draft.shapes[each] = evolve(shape, bounds=evolve(box, width=box.width + more))
    for element, line in draft.lines.items():
        points = tuple(Point(each.x + more * (each.x >= end), each.y) for each in line.points)
        draft.lines[element] = evolve(line, points=points)
