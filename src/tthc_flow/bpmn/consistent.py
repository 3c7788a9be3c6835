"""What a file cannot hold: parts of a flow that name a place the flow does not have."""

from __future__ import annotations

from tthc_flow.errors import CannotWrite
from tthc_flow.model.artifact import AssociationKind
from tthc_flow.model.flow import Flow, SubProcess
from tthc_flow.model.procedure import Procedure


def refuse_lost(procedure: Procedure, standing: frozenset[str] = frozenset()) -> None:
    """Refuse a flow whose nodes or arrows lie nowhere: they would vanish from the file.

    Args:
        procedure: What is to be written.
        standing: Lanes that the file has anyway.

    Raises:
        CannotWrite: TF614 for a sub-process or lane that is named but is not in the flow.
    """
    flow = procedure.flow
    scopes = {None, *(node.id for node in flow.nodes if isinstance(node, SubProcess))}
    lanes = {None, *flow.lane_by_id, *standing}
    plain = [each for each in procedure.associations if each.kind is AssociationKind.PLAIN]
    for part in (*flow.nodes, *flow.edges, *procedure.artifacts, *plain):
        if part.scope not in scopes:
            raise _lost(flow, part.id, "sub-process", part.scope)
    for node in flow.nodes:
        if node.lane not in lanes:
            raise _lost(flow, node.id, "lane", node.lane)
    for lane in flow.lanes:
        if lane.parent not in lanes:
            raise _lost(flow, lane.id, "lane", lane.parent)


def _lost(flow: Flow, part: str, kind: str, place: str | None) -> CannotWrite:
    return CannotWrite(
        "TF614",
        f"{part!r} lies in the {kind} {place!r}, which the flow does not have",
        place=flow.id,
        hint=f"keep that {kind}, or move the element out of it",
    )
