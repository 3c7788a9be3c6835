"""Inspect after the grant instead of before (chuyển tiền kiểm sang hậu kiểm).

Finds: a site inspection, or an appraisal after another one, that stands before the grant.
Matters: the applicant waits for a check that a standard, a declaration and a later sample can
    replace; the reform asks for exactly this move.
Not when: any gate question forbids it (defence, order, health, environment, safety, heritage,
    irreversible harm, a treaty or special law) or no standard, capacity or sanction exists; a
    branch stands on what it finds or a later step reads it; an unanswered question keeps the
    inspection before the grant.
Source: NQ 68-NQ/TW; NQ 66/NQ-CP; 949/KH-UBND III.1.2a-b.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.graph.chains import removable
from tthc_flow.graph.dominators import dominators
from tthc_flow.graph.grants import grants_of
from tthc_flow.graph.performers import performer_of
from tthc_flow.graph.rewrite import fresh_id, taken_out
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    Gateway,
    GatewayKind,
    Node,
    Outcome,
    SequenceFlow,
    SubProcess,
    Trigger,
)
from tthc_flow.model.lever import Candidate, Lever, Precondition
from tthc_flow.model.procedure import Document
from tthc_flow.model.step import Step, StepKind
from tthc_flow.proof.gates.conditions import (
    asked,
    duties_allow,
    law_leaves_open,
    stated_or_answered,
    who_may_amend,
)
from tthc_flow.proof.gates.evidence import done_by, rejections, time_of
from tthc_flow.proof.gates.losses import nobody_sends_back, sways_nothing, writes_unread
from tthc_flow.proof.gates.other_work import takes_nothing_else

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tthc_flow.model.procedure import Procedure

GATE: Final = (
    "defence-security",
    "public-order",
    "public-health",
    "environment",
    "fire-construction-safety",
    "heritage-ethics",
    "harm-can-be-undone",
    "prior-check-required",
    "measurable-standard",
    "inspection-capacity",
    "sanction-available",
)
"""The questions of the gate, in the order they are printed; no official numeric criteria exist."""

COMMITMENT: Final = "Bản cam kết đáp ứng điều kiện"
"""What the applicant hands in instead of being inspected beforehand."""

_BEFOREHAND: Final = frozenset({StepKind.INSPECT, StepKind.EXAMINE})


def find(procedure: Procedure) -> Iterator[Candidate]:
    """Yield each inspection or appraisal before a grant, with every gate answer."""
    flow = procedure.flow
    inspecting = [
        step
        for step in flow.steps
        if step.kind in _BEFOREHAND
        and step.scope is None
        and not step.automatic
        and removable(flow, step)
    ]
    if not inspecting:
        return
    grants, examined = grants_of(flow), _examined_before(flow)
    for step in inspecting:
        if StepKind.EXAMINE in step.kinds and not examined(step):
            continue  # the first examination: somebody must still look at the dossier
        if not any(step.id in before for _, before in grants):
            continue
        authority, instrument = who_may_amend(procedure, step)
        yield Candidate(
            lever=LEVER.id,
            targets=(step.id,),
            evidence=(done_by(step, performer_of(flow, step)), rejections(step), time_of(step)),
            preconditions=(
                takes_nothing_else(procedure, step, allowed=_BEFOREHAND),
                sways_nothing(procedure, step),
                nobody_sends_back(procedure, step),
                writes_unread(procedure, "result-is-used", step),
                duties_allow(procedure, step),
                *(_gate(procedure, question, step) for question in GATE),
            ),
            authority=authority,
            instrument=instrument,
        )


def _examined_before(flow: Flow) -> Callable[[Step], bool]:
    """Return how to tell whether people surely examine the dossier before a step."""
    examining = {s.id for s in flow.steps if StepKind.EXAMINE in s.kinds and not s.automatic}
    passed = dominators(flow) if len(examining) > 1 else None

    def examined(step: Step) -> bool:
        above = () if passed is None else passed.above(step.id)
        return any(before in examining and before != step.id for before in above)

    return examined


def _gate(procedure: Procedure, question: str, step: Step) -> Precondition:
    """Return the verdict of one question of the gate: texts and attributes, then the answers."""
    if question == "prior-check-required":
        return law_leaves_open(procedure, question, step)
    if question == "harm-can-be-undone":
        reversible = None if step.harm is None else step.harm.reversible
        fact = ("reversible", reversible)
        return stated_or_answered(procedure, question, step, fact, passing=True)
    return asked(procedure, question, step)


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    """Return *procedure* with the inspection in a sampled sub-process after the grant.

    The sub-process waits for its date, takes a sample, inspects, and keeps, has corrected,
    suspends or revokes the result. It lies outside the applicant's time; its cost is counted
    from share and hours (``post_check``) and is unknown without them. Where the dossier is known,
    the applicant's commitment joins it.
    """
    step = procedure.flow.by_id[candidate.targets[0]]
    if not isinstance(step, Step):
        return procedure
    after = taken_out(procedure, step.id)
    flow = after.flow
    grants = {edge.id for edge, before in grants_of(procedure.flow) if step.id in before}
    for edge in [each for each in flow.edges if each.id in grants]:
        flow = _with_post_inspection(flow, edge, step)
    return evolve(after, flow=flow, documents=_with_commitment(after.documents))


def _with_commitment(documents: tuple[Document, ...] | None) -> tuple[Document, ...] | None:
    if documents is None or any(document.name == COMMITMENT for document in documents):
        return documents
    return (*documents, Document(name=COMMITMENT, copies=1, original=True))


def _with_post_inspection(flow: Flow, edge: SequenceFlow, step: Step) -> Flow:
    """Put the post-inspection of *step* on *edge*, just before its end event."""
    box = SubProcess(
        id=fresh_id(flow, f"PostInspection_{step.id}"),
        name="Hậu kiểm sau khi cấp",
        scope=edge.scope,
        lane=step.lane,
        outside_clock=True,
    )
    inside = _inside(box, step)
    links = _links(box.id)
    onward = SequenceFlow(
        id=fresh_id(flow, f"Flow_{box.id}"), source=box.id, target=edge.target, scope=edge.scope
    )
    edges: list[SequenceFlow] = []
    for each in flow.edges:
        edges += [evolve(each, target=box.id), onward] if each.id == edge.id else [each]
    return evolve(flow, nodes=(*flow.nodes, box, *inside), edges=(*edges, *links))


_OUTCOMES: Final = (
    ("Keep", "Giữ nguyên kết quả", Outcome.GRANT),
    ("Correct", "Yêu cầu khắc phục", Outcome.OTHER),
    ("Suspend", "Đình chỉ kết quả", Outcome.OTHER),
    ("Revoke", "Thu hồi kết quả", Outcome.OTHER),
)


def _inside(box: SubProcess, step: Step) -> tuple[Node, ...]:
    """Return the nodes of the post-inspection: start, wait, sample, inspect, outcomes."""
    scope = box.id
    inspection = evolve(
        step,
        id=f"{scope}_Inspect",
        name=f"Hậu kiểm: {step.name}",
        kinds=(StepKind.POST_INSPECT,),
        scope=scope,
        number=None,
        mandatory=None,
    )
    ends = (("NotSampled", "", None), *_OUTCOMES)
    return (
        _event(box, "Start", EventPosition.START),
        _event(box, "Due", EventPosition.CATCH, "Đến kỳ hậu kiểm"),
        _choice(box, "Sample", "Thuộc mẫu kiểm tra?"),
        inspection,
        _choice(box, "Result", "Kết quả hậu kiểm"),
        *(_event(box, name, EventPosition.END, title, outcome) for name, title, outcome in ends),
    )


def _event(
    box: SubProcess,
    name: str,
    position: EventPosition,
    title: str = "",
    outcome: Outcome | None = None,
) -> Event:
    """Return an event of the post-inspection; the one in the middle waits for a date."""
    return Event(
        id=f"{box.id}_{name}",
        position=position,
        trigger=Trigger.TIMER if position is EventPosition.CATCH else Trigger.NONE,
        name=title,
        outcome=outcome,
        scope=box.id,
        lane=box.lane,
    )


def _choice(box: SubProcess, name: str, title: str) -> Gateway:
    return Gateway(
        id=f"{box.id}_{name}",
        kind=GatewayKind.EXCLUSIVE,
        name=title,
        scope=box.id,
        lane=box.lane,
    )


def _links(scope: str) -> tuple[SequenceFlow, ...]:
    """Return the sequence flows inside the post-inspection."""
    ways = (
        ("Start", "Due", ""),
        ("Due", "Sample", ""),
        ("Sample", "Inspect", "Có"),
        ("Sample", "NotSampled", "Không"),
        ("Inspect", "Result", ""),
        *(("Result", name, title) for name, title, _ in _OUTCOMES),
    )
    return tuple(
        SequenceFlow(
            id=f"{scope}_{source}_{target}",
            source=f"{scope}_{source}",
            target=f"{scope}_{target}",
            name=name,
            scope=scope,
        )
        for source, target, name in ways
    )


LEVER = Lever(
    id="inspect_afterwards",
    title="Chuyển tiền kiểm sang hậu kiểm",
    source="NQ 66/NQ-CP; 949/KH-UBND III.1.2a",
    find=find,
    apply=apply,
)
