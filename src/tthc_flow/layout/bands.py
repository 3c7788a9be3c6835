"""Frames of a drawing that is kept: lanes come and go, pools reach round what is new."""

from __future__ import annotations

from typing import Final

from attrs import evolve, frozen

from tthc_flow.layout.around import holds
from tthc_flow.layout.draft import Draft
from tthc_flow.layout.frames import HEADER
from tthc_flow.layout.rows import lane_order
from tthc_flow.layout.spots import GAP
from tthc_flow.layout.strays import lines_of
from tthc_flow.model.artifact import ArtifactKind
from tthc_flow.model.drawing import Bounds, Point, Shape

_NEW_LANE: Final = 120.0


def add_lanes(draft: Draft) -> None:
    """Add new lanes at the bottom of the lane they lie in, or of the pool.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> draft = Draft(after=Procedure(flow=Flow(id="p")))
        >>> add_lanes(draft)
        >>> draft.shapes
        {}

    Source: lanes tile their pool (BPMN 2.0.2, 10.8).
    """
    lanes = draft.after.flow.lanes
    workers = {node.lane for node in draft.after.flow.nodes}
    parents = {lane.parent for lane in lanes}
    for lane, _ in lane_order(lanes):
        if lane.id in draft.shapes:
            continue
        place = _holder(draft, lane.parent)
        # A lane that is there for the lanes in it has no strip of its own.
        height = _NEW_LANE if lane.id in workers or lane.id not in parents else 0.0
        beside = [draft.bounds(each) for each in _lanes_in(draft, lane.parent)]
        left = min((box.x for box in beside), default=place.x + place.header)
        bottom = place.bottom
        if lane.parent not in draft.shapes and beside:
            bottom = max(box.bottom for box in beside)
        draft.shift(bottom, height, place.growing)
        draft.shapes[lane.id] = Shape(bounds=Bounds(left, bottom, place.right - left, height))


@frozen(kw_only=True)
class _Holder:
    """What lanes and nodes stand in: where it lies, the width of its name, what grows with it."""

    x: float
    right: float
    top: float
    bottom: float
    header: float
    growing: frozenset[str]


def _holder(draft: Draft, lane: str | None) -> _Holder:
    """Return *lane* as a place for something, else the pool, else all that is drawn."""
    pools = [pool for pool in draft.own_pools() if pool in draft.shapes]
    found: list[str] = []
    parents = {each.id: each.parent for each in draft.after.flow.lanes}
    here = lane
    while here in draft.shapes and here in parents and here not in found:
        found.append(here)
        here = parents[here]
    growing = frozenset(found) | frozenset(pools)
    if found or pools:
        box = draft.bounds((found or pools)[0])
        return _Holder(
            x=box.x,
            right=box.right,
            top=box.y,
            bottom=box.bottom,
            header=HEADER,
            growing=growing,
        )
    procedure = draft.after
    known = (*procedure.flow.by_id, *parents, *(each.id for each in procedure.artifacts))
    boxes = [draft.bounds(each) for each in known if each in draft.shapes]
    labels = [draft.shapes[each].label for each in known if each in draft.shapes]
    boxes += [label for label in labels if label is not None]
    for line, *_ in lines_of(procedure):
        points = draft.lines[line].points if line in draft.lines else ()
        boxes += [Bounds(each.x, each.y, 0.0, 0.0) for each in points]
    return _Holder(
        x=min((box.x for box in boxes), default=0.0) - (0.0 if _lanes_in(draft, None) else GAP),
        right=max((box.right for box in boxes), default=0.0),
        top=min((box.y for box in boxes), default=0.0),
        bottom=max((box.bottom for box in boxes), default=0.0) + GAP,
        header=0.0,
        growing=growing,
    )


def _lanes_in(draft: Draft, parent: str | None) -> list[str]:
    """Return the drawn lanes that lie directly in *parent*, or in no other lane."""
    lanes = draft.after.flow.lanes
    known = {lane.id for lane in lanes}
    return [
        lane.id
        for lane in lanes
        if lane.id in draft.shapes
        and (lane.parent if lane.parent in known and lane.parent != lane.id else None) == parent
    ]


def own_strip(draft: Draft, lane: str | None, height: float) -> Bounds:
    """Return the part of *lane* (else of the pool) in which no other lane lies.

    It is made at least *height* high: the highest such part grows, or a new one at the bottom.

    Example:
        >>> from tthc_flow.model.flow import Flow, Lane
        >>> from tthc_flow.model.procedure import Procedure
        >>> draft = Draft(after=Procedure(flow=Flow(id="p", lanes=(Lane(id="a"),))))
        >>> draft.shapes["a"] = Shape(bounds=Bounds(0, 0, 500, 120))
        >>> own_strip(draft, None, 90).y
        120

    Source: what is in no lane lies in the pool (BPMN 2.0.2, 10.8).
    """
    place = _holder(draft, lane)
    inner = sorted((draft.bounds(each) for each in _lanes_in(draft, lane)), key=lambda box: box.y)
    left = max([place.x, *(box.x for box in inner)])
    free: list[tuple[float, float]] = []
    top = place.top
    for box in inner:
        free.append((top, box.y))
        top = max(top, box.bottom)
    free.append((top, place.bottom))
    top, bottom = max(free, key=lambda span: (span[1] - span[0], span[0]))
    if bottom - top < height:
        # A part between two lanes grows at its end: the lane that starts there moves.
        bottom = max(top, bottom)
        draft.shift(bottom, height - (bottom - top), place.growing)
    return Bounds(left, top, place.right - left, max(height, bottom - top))


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
    for lane in sorted(removed, key=lambda each: -each.y):
        if not _is_empty(draft, lane):
            continue
        for artifact in draft.after.artifacts:
            if artifact.id in draft.shapes and _meets(draft.bounds(artifact.id), lane):
                del draft.shapes[artifact.id]
        inside = [
            element
            for element, line in draft.lines.items()
            if any(lane.y < point.y < lane.bottom for point in line.points)
        ]
        for element in inside:
            del draft.lines[element]
        draft.shift(lane.bottom, -lane.height)


def _is_empty(draft: Draft, lane: Bounds) -> bool:
    """Return whether the strip of a removed lane can close: not even a lane is only made of it.

    Data and notes do not keep it: they go to what they belong to; groups do.
    """
    flow = draft.after.flow
    there = [each.id for each in flow.nodes]
    there += [each.id for each in draft.after.artifacts if each.kind is ArtifactKind.GROUP]
    if any(_meets(draft.bounds(each), lane) for each in there if each in draft.shapes):
        return False
    lanes = [draft.bounds(each.id) for each in flow.lanes if each.id in draft.shapes]
    return not any(holds(outer, lane) and outer.height - lane.height < GAP for outer in lanes)


def _meets(box: Bounds, lane: Bounds) -> bool:
    return box.y < lane.bottom and box.bottom > lane.y


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
