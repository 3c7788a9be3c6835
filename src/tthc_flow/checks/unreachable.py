"""A node that no dossier reaches (bước không thể tới).

Finds: a node that no way from a start leads to.
Matters: its work is never done, and every figure about it is wrong.
Not when: it lies in an event sub-process, or is a handler of compensation: those start apart.
Source: BPMN 2.0.2, chapter 13; breadth-first search.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.checks._check import Check, about
from tthc_flow.graph.view import reached, view
from tthc_flow.model.finding import Severity
from tthc_flow.model.flow import Event, EventPosition, SubProcess, SubProcessKind, Trigger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.finding import Finding
    from tthc_flow.model.flow import Node
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.units import Convention


def find(procedure: Procedure, _convention: Convention) -> Iterator[Finding]:
    """Yield the nodes that are not reached, in file order."""
    flow = procedure.flow
    apart = [node.id for node in flow.nodes if _starts_apart(node)]
    seen = view(flow)
    live = reached(seen, *seen.starts, *apart)
    # What compensates hangs at its event by an association, not by a sequence flow.
    compensates = any(
        isinstance(node, Event)
        and node.trigger is Trigger.COMPENSATION
        and node.position is EventPosition.BOUNDARY
        for node in flow.nodes
    )
    for node in flow.nodes:
        lonely = not flow.incoming[node.id] and not flow.outgoing[node.id]
        if node.id not in live and not (compensates and lonely):
            yield about(CHECK.code, CHECK.severity, node)


def _starts_apart(node: Node) -> bool:
    return isinstance(node, SubProcess) and node.kind is SubProcessKind.EVENT


CHECK: Final = Check(id="unreachable", severity=Severity.WARNING, find=find)
