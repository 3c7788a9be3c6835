"""Drop a consultation that changes nothing (bỏ lấy ý kiến không làm thay đổi kết quả).

Finds: a request for an opinion with the wait for the answer, where the answer is read by nobody
    later and decides no branch, or was never negative (upper 95 % bound of the rate under 1 %).
Matters: consult-then-wait takes 7-12 of 17-33 days in published tables.
Not when: law names the body that must be consulted, the answer is used (a later step reads it, or
    its words speak of opinions), or something that stays in the flow waits for it.
Source: 949/KH-UBND III.2.1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.graph.chains import forerunner, removable
from tthc_flow.graph.performers import performer_of
from tthc_flow.graph.rewrite import taken_out
from tthc_flow.graph.view import reached, view
from tthc_flow.model.lever import Candidate, Lever, Precondition, Verdict
from tthc_flow.model.step import HANDLING_KINDS, Step, StepKind
from tthc_flow.proof.gates.conditions import duties_allow, no_text_demands, who_may_amend
from tthc_flow.proof.gates.evidence import done_by, rejections, time_of
from tthc_flow.proof.gates.losses import nothing_awaited, sways_nothing, worst_of, writes_unread
from tthc_flow.proof.gates.other_work import takes_nothing_else
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.procedure import Procedure

_OPINION = frozenset({StepKind.OPINION, StepKind.CONSULT})
_ASKING = frozenset({StepKind.CONSULT, StepKind.DRAFT})
_OPINIONS = _OPINION | {StepKind.ASK_SUPERIOR}
_USING: Final = tuple(
    f" {key(words)} "
    for words in (
        "tổng hợp ý kiến",
        "tổng hợp các ý kiến",
        "tiếp thu",
        "giải trình ý kiến",
        "căn cứ ý kiến",
        "trên cơ sở ý kiến",
        "kết quả lấy ý kiến",
    )
)
_SPEAKING: Final = (f" {key('ý kiến')} ", *_USING)
_PASSING_ON = HANDLING_KINDS - {StepKind.RETURN}


def find(procedure: Procedure) -> Iterator[Candidate]:
    """Yield each consultation: the request, its signing and sending, and the wait."""
    flow = procedure.flow
    for wait in flow.steps:
        if wait.kind is StepKind.OPINION:
            asking = _request_of(procedure, wait)
        elif wait.kind is StepKind.CONSULT and not _is_answered(procedure, wait):
            asking = ()
        else:
            continue
        row = (*asking, wait)
        if not all(removable(flow, step) for step in row):
            continue
        authority, instrument = who_may_amend(procedure, *row)
        yield Candidate(
            lever=LEVER.id,
            targets=tuple(step.id for step in row),
            evidence=(
                done_by(wait, performer_of(flow, wait)),
                rejections(wait),
                *(time_of(step) for step in row),
            ),
            preconditions=(
                no_text_demands(procedure, "consulted-body-named-by-law", *row),
                worst_of(
                    takes_nothing_else(procedure, wait, allowed=_OPINION),
                    takes_nothing_else(procedure, *row, allowed=_OPINION | _ASKING | _PASSING_ON),
                ),
                sways_nothing(procedure, wait),
                nothing_awaited(procedure, wait),
                _nobody_uses_it(procedure, wait, row),
                duties_allow(procedure, *row),
            ),
            authority=authority,
            instrument=instrument,
        )


def _nobody_uses_it(procedure: Procedure, wait: Step, row: tuple[Step, ...]) -> Precondition:
    """Return whether no later step uses the answer: by what it reads or by its printed words.

    A step that itself asks or answers speaks of an opinion of its own, unless it says that it
    puts opinions together or rests on them.
    """
    flow = procedure.flow
    later = reached(view(flow), wait.id)
    for step in flow.steps:
        if step.id not in later or step in row:
            continue
        said = f" {key(' '.join((step.name, step.documentation or '')))} "
        telling = _USING if _OPINIONS.intersection(step.kinds) else _SPEAKING
        if any(words in said for words in telling):
            because = (("reader", step.id),)
            return Precondition(name="answer-is-used", verdict=Verdict.FAIL, because=because)
    return writes_unread(procedure, "answer-is-used", *row)


def _request_of(procedure: Procedure, wait: Step) -> tuple[Step, ...]:
    """Return the steps that only prepare, sign and send the request answered by *wait*."""
    row: list[Step] = []
    step = forerunner(procedure.flow, wait)
    while step is not None:
        if step.kinds and _ASKING.issuperset(step.kinds) and StepKind.CONSULT in step.kinds:
            return (step, *reversed(row))
        if not step.kinds or not _PASSING_ON.issuperset(step.kinds):
            return ()
        row.append(step)
        step = forerunner(procedure.flow, step)
    return ()


def _is_answered(procedure: Procedure, ask: Step) -> bool:
    """Return whether a later step of its own is the answer to *ask*."""
    flow = procedure.flow
    seen, queue = {ask.id}, [ask.id]
    while queue:
        for edge in flow.outgoing[queue.pop()]:
            node = flow.by_id.get(edge.target)
            if node is None or node.id in seen:
                continue
            seen.add(node.id)
            if isinstance(node, Step):
                if StepKind.OPINION in node.kinds:
                    return True
                if not node.kinds or not HANDLING_KINDS.issuperset(node.kinds):
                    continue
            queue.append(node.id)
    return False


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    """Return *procedure* without the request and the wait; their neighbours are joined."""
    return taken_out(procedure, *candidate.targets)


LEVER = Lever(
    id="drop_idle_consultation",
    title="Bỏ lấy ý kiến không làm thay đổi kết quả",
    source="949/KH-UBND III.2.1",
    find=find,
    apply=apply,
)
