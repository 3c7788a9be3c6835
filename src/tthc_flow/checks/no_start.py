"""No start event (quy trình không có điểm bắt đầu).

Finds: a process without a start event of its own.
Matters: BPMN then starts every node that nothing leads to, which is rarely meant.
Not when: a start event is there; one inside a sub-process does not count.
Source: BPMN 2.0.2, 10.5.2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.checks._check import Check, about
from tthc_flow.model.finding import Severity
from tthc_flow.model.flow import Event, EventPosition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.finding import Finding
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.units import Convention


def find(procedure: Procedure, _convention: Convention) -> Iterator[Finding]:
    """Yield one finding where no start event lies in the process itself."""
    flow = procedure.flow
    starts = (
        isinstance(node, Event) and node.position is EventPosition.START and node.scope is None
        for node in flow.nodes
    )
    if not any(starts):
        yield about(CHECK.code, CHECK.severity, process=flow.name or procedure.name or flow.id)


CHECK: Final = Check(id="no_start", severity=Severity.WARNING, find=find)
