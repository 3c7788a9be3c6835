"""An answer given for other work (câu trả lời đã cũ).

Finds: an answer about a step that does other work now than when the answer was given, about a
    step that is gone, or about the whole procedure where its steps have changed since.
Matters: it no longer decides anything; whoever gave it believes that it does.
Not when: the answer does not say what it was about (no fingerprint), or the step only has
    another id, another time or another place in the drawing.
Source: the answers file of this project: an answer is about the work that was there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.checks._check import Check, about
from tthc_flow.graph.fingerprint import procedure_fingerprint
from tthc_flow.model.finding import Severity
from tthc_flow.model.step import Step
from tthc_flow.proof.gates.questions import is_current

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.finding import Finding
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.units import Convention


def find(procedure: Procedure, _convention: Convention) -> Iterator[Finding]:
    """Yield a finding for every answer that is about other work, in the order of the answers."""
    whole = None
    for answer in procedure.answers:
        if answer.about is None:
            continue
        node = procedure.flow.by_id.get(answer.step or "")
        if answer.step is None:
            whole = whole or procedure_fingerprint(procedure)
            if answer.about != whole:
                yield about(f"{CHECK.code}-whole", CHECK.severity, question=answer.question)
        elif not isinstance(node, Step):
            lost, question = f"{CHECK.code}-lost", answer.question
            yield about(lost, CHECK.severity, question=question, step=answer.step)
        elif not is_current(procedure, answer):
            yield about(CHECK.code, CHECK.severity, node, question=answer.question)


CHECK: Final = Check(id="answers_stale", severity=Severity.WARNING, find=find)
