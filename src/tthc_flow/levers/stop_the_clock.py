"""Stop the clock while the applicant acts (dừng tính giờ khi chờ người dân).

Finds: a counted step, timer or message event in which the agency only waits for the applicant to
    supplement or to pay, also in a loop of supplements.
Matters: the applicant's time is printed as the agency's, which hides who is slow.
Not when: the same row also holds work of the agency (the wait itself stays in the flow; only its
    time leaves the agency's limit), or nothing says that the applicant is the one waited for.
Source: 949/KH-UBND III.2; NĐ 61/2018/NĐ-CP as amended by NĐ 107/2021/NĐ-CP (suspended limit).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.graph.clock import scopes_outside_clock
from tthc_flow.graph.performers import performer_of
from tthc_flow.graph.rewrite import replaced
from tthc_flow.model.actor import Role
from tthc_flow.model.flow import Event, EventPosition, Gateway, GatewayKind, Trigger
from tthc_flow.model.lever import Candidate, Evidence, Lever, Precondition, Verdict
from tthc_flow.model.step import Step, StepKind, TaskType
from tthc_flow.proof.gates.amending import who_may_amend
from tthc_flow.proof.gates.confidence import confidence_of
from tthc_flow.proof.gates.evidence import done_by, time_of
from tthc_flow.proof.gates.other_work import does_nothing_else
from tthc_flow.words.actors import read_performer
from tthc_flow.words.kinds import read_kinds
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tthc_flow.model.flow import Flow
    from tthc_flow.model.procedure import Procedure

_WAITING: Final = frozenset({StepKind.SUPPLEMENT, StepKind.PAYMENT, StepKind.SUBMIT})
_WAIT: Final = tuple(f" {key(word)} " for word in ("chờ", "đợi"))


def find(procedure: Procedure) -> Iterator[Candidate]:
    """Yield each counted wait for the applicant that does not stop the clock yet."""
    flow = procedure.flow
    late = scopes_outside_clock(flow)
    heard = _heard(procedure)
    for node in flow.nodes:
        if not isinstance(node, Step | Event) or node.scope in late or not _counts(node):
            continue
        waited_for = _applicant(flow, node, heard)
        if waited_for is None:
            continue
        step = _as_step(node)
        acts = Precondition(name="applicant-acts", verdict=Verdict.PASS, because=(waited_for,))
        yield Candidate(
            lever=LEVER.id,
            targets=(node.id,),
            evidence=(
                done_by(step, performer_of(flow, step))
                if isinstance(node, Step)
                else Evidence(name="waits-for", value=node.name or node.id, element=node.id),
                time_of(step),
            ),
            preconditions=(acts, _nothing_else(procedure, node)),
            amends=who_may_amend(procedure, step),
            confidence=confidence_of(procedure, step),
        )


def _counts(node: Step | Event) -> bool:
    """Return whether time passes at *node* within the agency's limit."""
    duration = node.time.duration
    if not node.time.counted or duration is None or not duration.amount:
        return False
    if isinstance(node, Step):
        return not node.pauses_clock
    waits = node.trigger in {Trigger.TIMER, Trigger.MESSAGE}
    return waits and node.position is EventPosition.CATCH


def _heard(procedure: Procedure) -> Mapping[str, str]:
    """Return the waits to which the applicant's pool sends a message, with what it is called."""
    waits = {
        node.id
        for node in procedure.flow.nodes
        if isinstance(node, Event) or (isinstance(node, Step) and node.task is TaskType.RECEIVE)
    }
    messages = [message for message in procedure.messages if message.target in waits]
    senders = {message.source for message in messages}
    applicants = {
        pool.id: pool.name
        for pool in procedure.pools
        if pool.id in senders and read_performer(pool.name).performer.role is Role.APPLICANT
    }
    return {
        message.target: message.name or applicants[message.source]
        for message in messages
        if message.source in applicants
    }


def _applicant(flow: Flow, node: Step | Event, heard: Mapping[str, str]) -> tuple[str, str] | None:
    """Return what says that the applicant is waited for at *node*, if anything does."""
    performer = performer_of(flow, _as_step(node))
    theirs = performer is not None and performer.role is Role.APPLICANT
    kinds = node.kinds if isinstance(node, Step) else read_kinds(node.name, None).kinds
    waits = bool(kinds) and kinds[0] in _WAITING
    if waits and theirs and performer is not None:
        return "performer", performer.name
    if node.id in heard:
        return "waits-for-applicant", heard[node.id]
    if waits and any(word in f" {key(node.name)} " for word in _WAIT):
        return "waits-for-applicant", node.name
    if isinstance(node, Event) and node.trigger is Trigger.TIMER:
        return _beside(flow, node, heard)
    return None


def _beside(flow: Flow, timer: Event, heard: Mapping[str, str]) -> tuple[str, str] | None:
    """Return the applicant's message that *timer* limits the wait for, at a decision by events."""
    for edge in flow.incoming[timer.id]:
        split = flow.by_id.get(edge.source)
        if isinstance(split, Gateway) and split.kind is GatewayKind.EVENT_BASED:
            for way in flow.outgoing[split.id]:
                other = flow.by_id.get(way.target)
                if isinstance(other, Event) and other.trigger is Trigger.MESSAGE:
                    found = _applicant(flow, other, heard)
                    if found is not None:
                        return found
    return None


def _as_step(node: Step | Event) -> Step:
    """Return *node* as the step whose lane and time the gates look at."""
    if isinstance(node, Step):
        return node
    return Step(id=node.id, name=node.name, lane=node.lane, scope=node.scope, time=node.time)


def _nothing_else(procedure: Procedure, node: Step | Event) -> Precondition:
    """Return whether *node* only waits; an event does nothing besides."""
    if isinstance(node, Event):
        return Precondition(name="does-nothing-else", verdict=Verdict.PASS)
    allowed = _WAITING | ({StepKind.RECEIVE} if node.task is TaskType.RECEIVE else set())
    return does_nothing_else(procedure, node, *allowed)


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    """Return *procedure* with the clock stopped during the wait."""
    flow = procedure.flow
    for target in candidate.targets:
        node = flow.by_id[target]
        if isinstance(node, Step):
            flow = replaced(flow, evolve(node, pauses_clock=True))
        elif isinstance(node, Event):
            flow = replaced(flow, evolve(node, time=evolve(node.time, counted=False)))
    return evolve(procedure, flow=flow)


LEVER = Lever(
    id="stop_the_clock",
    title="Dừng tính giờ khi chờ người dân",
    source="949/KH-UBND III.2",
    kinds=_WAITING | {StepKind.RECEIVE},
    find=find,
    apply=apply,
)
