"""A flow that cannot work as drawn (quy trình không đúng cấu trúc).

Finds: a deadlock, a part that may run twice, a step that can never happen, an end reached twice.
Matters: dossiers hang or are done twice; no cut of such a flow can be proven.
Not when: the flow is sound; what cannot be decided is told as such, never as a fault.
Source: soundness, van der Aalst 1998; see ``proof/soundness.py`` for the verdict.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.checks._check import Check, about
from tthc_flow.model.finding import Severity
from tthc_flow.model.lever import Verdict
from tthc_flow.proof.soundness import soundness

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.finding import Finding
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.units import Convention


def find(procedure: Procedure, _convention: Convention) -> Iterator[Finding]:
    """Yield the counter-example, or that the verdict is open."""
    flow = procedure.flow
    proof = soundness(flow)
    if proof.verdict is Verdict.PASS or not flow.nodes:
        return
    because = dict(proof.because)
    element = because.get("element", flow.id)
    place = {"place": _name(procedure, element)}
    node = flow.by_id.get(element)
    if proof.verdict is Verdict.UNKNOWN:
        reason = because.get("reason", "")
        yield about(f"{CHECK.code}-undecided", Severity.INFO, node, reason=reason, **place)
        return
    trace = " → ".join(_name(procedure, each) for each in proof.trace)
    code = f"{CHECK.code}-{because['violation']}"
    yield about(code, CHECK.severity, node, trace=trace or "–", **place)


def _name(procedure: Procedure, element: str) -> str:
    node = procedure.flow.by_id.get(element)
    return f"“{element if node is None or not node.name else node.name}”"


CHECK: Final = Check(id="unsound", severity=Severity.ERROR, find=find)
