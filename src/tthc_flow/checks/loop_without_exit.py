"""A loop that is never left (vòng lặp không có lối ra).

Finds: a loop from which no way leads to an end.
Matters: a dossier that comes there circles for ever; norm time has no meaning.
Not when: some way out of the loop reaches an end, be it rarely taken.
Source: option to complete, van der Aalst 1998; reachability backwards from the ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.checks._check import Check, about
from tthc_flow.graph.paths import acyclic
from tthc_flow.graph.view import node_of, reached, view
from tthc_flow.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.finding import Finding
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.units import Convention


def find(procedure: Procedure, _convention: Convention) -> Iterator[Finding]:
    """Yield the node at which each such loop is entered."""
    flow = procedure.flow
    seen = view(flow)
    back = acyclic(seen).back
    if not back:
        return
    ending = reached(seen, *seen.ends, backwards=True)
    entries = {node_of(target) for _, target in back if target not in ending}
    for node in flow.nodes:
        if node.id in entries:
            yield about(CHECK.code, CHECK.severity, node)


CHECK: Final = Check(id="loop_without_exit", severity=Severity.ERROR, find=find)
