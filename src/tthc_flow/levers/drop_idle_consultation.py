"""Drop a consultation that changes nothing (bỏ lấy ý kiến không làm thay đổi kết quả).

Finds: a request for an opinion with the wait for the answer (a row, a message event, parallel arms
    that answer one request, a sub-process done for each body), where the answer is read by nobody
    later and decides no branch, or was never negative (upper 95 % bound of the rate under 1 %).
Matters: consult-then-wait takes 7-12 of 17-33 days in published tables.
Not when: it is the superior who answers (another move), law names the body that must be
    consulted, the answer is used (a later step reads it, or its words speak of opinions), something
    that stays in the flow waits for it, or the message waited for may be the applicant's.
Source: 949/KH-UBND III.2.1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.graph.chains import removable
from tthc_flow.graph.performers import performer_of
from tthc_flow.graph.requests import (
    ANSWERING,
    ASKING,
    PASSING_ON,
    answers,
    answers_superior,
    is_answered,
    request_before,
)
from tthc_flow.graph.rewrite import taken_out
from tthc_flow.graph.waits import Wait, waits
from tthc_flow.model.actor import Role
from tthc_flow.model.flow import Event
from tthc_flow.model.lever import Candidate, Evidence, Lever
from tthc_flow.model.step import Step, StepKind
from tthc_flow.proof.gates.amending import who_may_amend
from tthc_flow.proof.gates.conditions import duties_allow, no_text_demands
from tthc_flow.proof.gates.confidence import confidence_of
from tthc_flow.proof.gates.evidence import done_by, rejections, time_of
from tthc_flow.proof.gates.losses import nothing_awaited, sways_nothing, worst_of
from tthc_flow.proof.gates.opinions import nobody_uses_it
from tthc_flow.proof.gates.other_work import takes_nothing_else
from tthc_flow.proof.gates.risk import risk_of
from tthc_flow.words.actors import read_performer
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.flow import Flow, Node
    from tthc_flow.model.procedure import Procedure

_ROW: Final = ANSWERING | ASKING | PASSING_ON
_ANSWERED: Final = tuple(key(words) for words in ("ý kiến", "trả lời", "góp ý", "phúc đáp"))


def find(procedure: Procedure) -> Iterator[Candidate]:
    """Yield each consultation: the request, its signing and sending, and the wait."""
    flow = procedure.flow
    drawn = [wait for wait in waits(flow) if _is_for_an_answer(procedure, wait)]
    asked = {node.id for wait in drawn for node in wait.row}
    for step in flow.steps:
        whole = step.scope in asked  # goes with its box, or not at all
        if not whole and (row := _row(flow, step, asked)):
            yield _candidate(procedure, Wait(row=row, last=step.id))
    for wait in drawn:
        yield _candidate(procedure, wait)


def _row(flow: Flow, wait: Step, asked: set[str]) -> tuple[Step, ...]:
    """Return the consultation whose answer is the row *wait*; empty where it is none."""
    row: tuple[Step, ...] = ()
    if wait.kind is StepKind.OPINION and not answers_superior(flow, wait):
        row = (*request_before(flow, wait.id), wait)
    elif wait.kind is StepKind.CONSULT and wait.id not in asked and not is_answered(flow, wait):
        row = (wait,)
    return row if all(removable(flow, step) for step in row) else ()


def _is_for_an_answer(procedure: Procedure, wait: Wait) -> bool:
    """Return whether *wait* is for an opinion: a message event may wait for anybody's message.

    It does where its name says so, or where another body sends it; not where the applicant does.
    """
    event = wait.row[-1]
    if not isinstance(event, Event) or event.id != wait.last:
        return True
    roles = _senders(procedure, event)
    said = any(words in key(event.name) for words in _ANSWERED)
    return Role.APPLICANT not in roles and (said or bool(roles))


def _senders(procedure: Procedure, event: Event) -> set[Role | None]:
    """Return the roles of the pools that send what *event* waits for."""
    names = {pool.id: pool.name for pool in procedure.pools}
    return {
        read_performer(names[message.source]).performer.role
        for message in procedure.messages
        if message.target == event.id and message.source in names
    }


def _candidate(procedure: Procedure, wait: Wait) -> Candidate:
    flow = procedure.flow
    row = tuple(node for node in wait.row if isinstance(node, Step))
    answering = tuple(step for step in row if answers(step) or step.id == wait.last)
    return Candidate(
        lever=LEVER.id,
        targets=tuple(node.id for node in wait.row),
        evidence=(
            *(done_by(step, performer_of(flow, step)) for step in answering),
            *(rejections(step) for step in answering),
            *(time_of(step) for step in row),
            *(_awaited(node) for node in wait.row if isinstance(node, Event) and node.name),
        ),
        preconditions=(
            no_text_demands(procedure, "consulted-body-named-by-law", *row),
            worst_of(
                *(takes_nothing_else(procedure, step, allowed=ANSWERING) for step in answering),
                takes_nothing_else(procedure, *map(_as_step, wait.row), allowed=_ROW),
            ),
            worst_of(
                *(sways_nothing(procedure, step) for step in answering),
                sways_nothing(procedure, _as_step(flow.by_id[wait.last])),
            ),
            nothing_awaited(procedure, _as_step(flow.by_id[wait.last])),
            nobody_uses_it(procedure, wait.last, *row),
            duties_allow(procedure, *row),
        ),
        amends=who_may_amend(procedure, *row),
        risk=risk_of(procedure, *row),
        confidence=confidence_of(procedure, *row),
    )


def _as_step(node: Node) -> Step:
    """Return *node* as the step whose place in the flow and whose words the gates look at."""
    return node if isinstance(node, Step) else Step(id=node.id, name=node.name)


def _awaited(event: Event) -> Evidence:
    return Evidence(name="waits-for", value=event.name, element=event.id)


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    """Return *procedure* without the request and the wait; their neighbours are joined."""
    return taken_out(procedure, *candidate.targets)


LEVER = Lever(
    id="drop_idle_consultation",
    title="Bỏ lấy ý kiến không làm thay đổi kết quả",
    source="949/KH-UBND III.2.1",
    kinds=frozenset({StepKind.CONSULT, StepKind.OPINION}),
    find=find,
    apply=apply,
)
