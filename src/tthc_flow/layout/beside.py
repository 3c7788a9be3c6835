"""Which artifacts get a cell beside a node, and which associations are lines between cells."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from tthc_flow.layout.scopes import Arc
from tthc_flow.model.artifact import Artifact, ArtifactKind

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from tthc_flow.layout.scopes import Sheet
    from tthc_flow.model.procedure import Procedure


def wanted(procedure: Procedure, drawn: Collection[str]) -> list[Artifact]:
    """Return the artifacts of *procedure* that must be drawn and are not in *drawn*.

    Groups are left out: what belongs into one is only told by a drawing. A data object is drawn by
    its references, unless something is tied to it.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> data = Artifact(id="d", kind=ArtifactKind.DATA_OBJECT)
        >>> wanted(Procedure(flow=Flow(id="p"), artifacts=(data,)), ())
        []

    Source: BPMN 2.0.2, 10.4.1 (data objects) and 7.2 (groups).
    """
    ties = {end for each in procedure.associations for end in (each.source, each.target)}
    return [
        each
        for each in procedure.artifacts
        if each.id not in drawn
        and each.kind is not ArtifactKind.GROUP
        and (each.kind is not ArtifactKind.DATA_OBJECT or each.id in ties)
    ]


def set_beside(procedure: Procedure, found: Sequence[Sheet], drawn: Collection[str]) -> None:
    """Add to the sheets the artifacts that are tied to their nodes, the nearest first, and ties.

    Example:
        >>> from tthc_flow.layout.scopes import sheets
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> procedure = Procedure(flow=Flow(id="p"))
        >>> set_beside(procedure, sheets(procedure.flow), ())

    Source: usual place in BPMN editors.
    """
    known = {each.id: each for each in wanted(procedure, drawn)}
    place: dict[str, tuple[Sheet, str]] = {}
    for sheet in found:
        place |= {node.id: (sheet, node.id) for node in sheet.nodes}
        for host, events in sheet.boundary.items():
            place |= {event.id: (sheet, host) for event in events}
    tied: dict[str, list[str]] = {}
    for each in procedure.associations:
        tied.setdefault(each.source, []).append(each.target)
        tied.setdefault(each.target, []).append(each.source)
    waiting = deque(place)
    while waiting:
        here = waiting.popleft()
        sheet, anchor = place[here]
        for artifact in tied.get(here, ()):
            if artifact in known and artifact not in place:
                place[artifact] = (sheet, artifact)
                sheet.beside.append(known[artifact])
                sheet.anchors[artifact] = anchor
                waiting.append(artifact)
    for each in procedure.associations:
        if each.source not in place or each.target not in place:
            continue
        (sheet, source), (other, target) = place[each.source], place[each.target]
        if sheet is other and source != target:
            sheet.ties.append(
                Arc(
                    id=each.id,
                    source=source,
                    target=target,
                    boundary=None if source == each.source else each.source,
                    landing=None if target == each.target else each.target,
                )
            )
