"""A node that no dossier reaches (bước không thể tới).

Finds: a node that no way from a start leads to.
Matters: its work is never done, and every figure about it is wrong.
Not when: it lies in an event sub-process, or is a handler of compensation: those start apart.
Source: BPMN 2.0.2, chapter 13; breadth-first search.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.checks._check import Check, about
from tthc_flow.graph.paths import alive
from tthc_flow.graph.scopes import undoers
from tthc_flow.graph.view import reached, view
from tthc_flow.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.finding import Finding
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.units import Convention


def find(procedure: Procedure, _convention: Convention) -> Iterator[Finding]:
    """Yield the nodes that are not reached, in file order."""
    flow = procedure.flow
    live = alive(flow) | reached(view(flow), *undoers(flow))
    for node in flow.nodes:
        if node.id not in live:
            yield about(CHECK.code, CHECK.severity, node)


CHECK: Final = Check(id="unreachable", severity=Severity.WARNING, find=find)
