"""Which lanes of a flow are still in use when a few of its nodes are others."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tthc_flow.model.flow import Flow, Lane, Node


def lanes_left(flow: Flow, had: Sequence[Node], has: Sequence[Node]) -> tuple[Lane, ...]:
    """Return the lanes of *flow* but those that lose their last node when *has* stands for *had*.

    Lanes that were empty before stay.

    Example:
        >>> from tthc_flow.model.flow import Flow, Lane
        >>> from tthc_flow.model.step import Step
        >>> step = Step(id="a", name="A", lane="one")
        >>> flow = Flow(id="p", nodes=(step,), lanes=(Lane(id="one"), Lane(id="bare")))
        >>> [lane.id for lane in lanes_left(flow, (step,), ())]
        ['bare']

    Source: whether another node lies in a lane is soon found; linear where none does.
    """
    leaving = {lane for node in had for lane in _upwards(flow, node.lane)}
    for node in has:
        leaving.difference_update(_upwards(flow, node.lane))
    leaving &= flow.lane_by_id.keys()
    out = {*map(id, had)}
    looked_at: set[str | None] = {None}
    for node in flow.nodes if leaving else ():
        if node.lane not in looked_at and id(node) not in out:
            looked_at.add(node.lane)
            leaving.difference_update(_upwards(flow, node.lane))
            if not leaving:
                break
    return tuple(lane for lane in flow.lanes if lane.id not in leaving) if leaving else flow.lanes


def _upwards(flow: Flow, lane: str | None) -> list[str]:
    """Return *lane* and those that it is nested in."""
    found: list[str] = []
    while lane is not None and lane not in found:
        found.append(lane)
        known = flow.lane_by_id.get(lane)
        lane = known.parent if known is not None else None
    return found
