"""Whether the lanes of a rewritten flow still say the same of the steps that did not change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.graph.remembered import remembered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tthc_flow.graph.patch import Patch
    from tthc_flow.model.flow import Flow
    from tthc_flow.model.step import Step


def lanes_kept(patch: Patch) -> bool:
    """Return whether each lane that is not as it was tells only of steps that are not, either.

    Example:
        >>> from tthc_flow.graph.patch import patch
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.step import Step
        >>> flow = Flow(id="p", nodes=(Step(id="a", name="A"),))
        >>> lanes_kept(patch(flow, flow))
        True

    Source: BPMN 2.0.2, 10.8: what stands in a lane is done by the lane.
    """
    before, after = patch.ground.flow, patch.after
    if before.lanes is after.lanes:
        return True
    had, has = before.lane_by_id, {lane.id: lane for lane in after.lanes}
    lanes = {lane for lane in had.keys() | has.keys() if had.get(lane) != has.get(lane)}
    steps = (_told_by_lanes(before).get(lane, frozenset()) for lane in lanes)
    return len(has) == len(after.lanes) and all(each <= patch.old.keys() for each in steps)


@remembered
def _told_by_lanes(flow: Flow) -> Mapping[str, frozenset[str]]:
    """Return the steps by the lanes that tell who does them, lanes that are not there as well."""
    lanes: dict[str, set[str]] = {}
    for step in flow.steps:
        for lane in _lanes_of(flow, step):
            lanes.setdefault(lane, set()).add(step.id)
    return {lane: frozenset(steps) for lane, steps in lanes.items()}


def _lanes_of(flow: Flow, step: Step) -> Iterator[str]:
    """Yield the lanes that tell who does *step*, the nearest first."""
    lane, seen = step.lane, set[str]()
    while step.performer is None and lane is not None and lane not in seen:
        seen.add(lane)
        yield lane
        known = flow.lane_by_id.get(lane)
        lane = None if known is None else known.parent
