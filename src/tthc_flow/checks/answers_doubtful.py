"""An answer to a gate question that cannot count (câu trả lời không dùng được).

Finds: an answer to a question that does not exist, about a step that does not exist, without a
    source, or one that contradicts another about the same step.
Matters: such an answer decides nothing, and whoever gave it believes that it does.
Not when: the answer says that it does not know; it needs no source. One that was given for other
    work is told by ``answers_stale``.
Source: the gate questions of this project: each is answered yes, no or unknown with a source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.checks._check import Check, about
from tthc_flow.model.finding import Severity
from tthc_flow.model.law import Reply
from tthc_flow.model.step import Step
from tthc_flow.proof.gates.questions import is_current, is_sourced, questions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.finding import Finding
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.units import Convention


def find(procedure: Procedure, _convention: Convention) -> Iterator[Finding]:
    """Yield a finding for every answer that decides nothing, then the contradictions."""
    flow = procedure.flow
    replies: dict[tuple[str, str | None], set[Reply]] = {}
    for answer in procedure.answers:
        node = flow.by_id.get(answer.step or "")
        if answer.question not in questions():
            yield about(f"{CHECK.code}-question", CHECK.severity, node, question=answer.question)
            continue
        if answer.step is not None and answer.about is None and not isinstance(node, Step):
            yield about(
                f"{CHECK.code}-step",
                CHECK.severity,
                question=answer.question,
                step=answer.step,
            )
            continue
        if answer.reply is Reply.UNKNOWN:
            continue
        if not is_sourced(answer):
            yield about(f"{CHECK.code}-source", CHECK.severity, node, question=answer.question)
            continue
        if is_current(procedure, answer):
            replies.setdefault((answer.question, answer.step), set()).add(answer.reply)
    for (question, step), given in replies.items():
        if len(given) > 1:
            node = flow.by_id.get(step or "")
            yield about(f"{CHECK.code}-contradict", CHECK.severity, node, question=question)


CHECK: Final = Check(id="answers_doubtful", severity=Severity.WARNING, find=find)
