"""A way that leads nowhere (nhánh cụt).

Finds: a node that nothing follows and that is no end event, where its process has end events.
Matters: a dossier that comes there is never finished; most often an arrow was forgotten.
Not when: the process (or sub-process) has no end events at all: then ends are implicit.
Source: BPMN 2.0.2, 10.5.3: where an end event is used, all ways must end in one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.checks._check import Check, about
from tthc_flow.graph.scopes import undoers
from tthc_flow.model.finding import Severity
from tthc_flow.model.flow import Event, EventPosition, SubProcess, SubProcessKind, Trigger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.finding import Finding
    from tthc_flow.model.flow import Node
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.units import Convention


def find(procedure: Procedure, _convention: Convention) -> Iterator[Finding]:
    """Yield the nodes without a follower beside the end events."""
    flow = procedure.flow
    ended = {
        node.scope
        for node in flow.nodes
        if isinstance(node, Event) and node.position is EventPosition.END
    }
    apart = undoers(flow)
    for node in flow.nodes:
        last = node.scope in ended and not flow.outgoing[node.id]
        if last and node.id not in apart and not _may_end(node):
            yield about(CHECK.code, CHECK.severity, node)


def _may_end(node: Node) -> bool:
    match node:
        case Event():
            jumps = node.trigger in {Trigger.LINK, Trigger.COMPENSATION}
            return node.position is EventPosition.END or jumps
        case SubProcess():
            return node.kind is SubProcessKind.EVENT
        case _:
            return False


CHECK: Final = Check(id="dead_end", severity=Severity.WARNING, find=find)
