"""Frames of a drawing that is kept: lanes come and go, pools reach round what is new."""

from __future__ import annotations

from typing import Final

from attrs import evolve

from tthc_flow.layout.draft import Draft
from tthc_flow.layout.spots import GAP
from tthc_flow.model.drawing import Bounds, Shape

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
        lanes = {each.id: draft.shapes[each.id] for each in flow.lanes if each.id in draft.shapes}
        draft.shift(bottom, _NEW_LANE)
        # The pool grows; the lanes above, which end where the new one starts, do not.
        draft.shapes |= lanes
        draft.shapes[lane.id] = Shape(bounds=Bounds(left, bottom, right - left, _NEW_LANE))
        known.append(draft.bounds(lane.id))


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
    for each in frames:
        shape = draft.shapes[each]
        box = shape.bounds
        wider = Bounds(box.x, box.y, box.width + more, box.height)
        draft.shapes[each] = evolve(shape, bounds=wider)
