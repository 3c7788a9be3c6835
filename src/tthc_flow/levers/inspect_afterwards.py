"""Inspect after the grant instead of before (chuyển tiền kiểm sang hậu kiểm).

Finds: a site inspection or an appraisal that stands before the grant and decides no branch.
Matters: the applicant waits for a check that a standard, a declaration and a later sample can
    replace; the reform asks for exactly this move.
Not when: any gate question forbids it (defence, order, health, environment, safety, heritage,
    irreversible harm, a treaty or special law) or no standard, capacity or sanction exists; an
    unanswered question keeps the inspection before the grant.
Source: NQ 68-NQ/TW; NQ 66/NQ-CP; 949/KH-UBND III.1.2a-b.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.graph.chains import removable
from tthc_flow.graph.performers import performer_of
from tthc_flow.graph.reach import reaching
from tthc_flow.graph.rewrite import fresh_id, without
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
from tthc_flow.model.lever import Candidate, Lever, Precondition, Verdict
from tthc_flow.model.step import Step, StepKind
from tthc_flow.proof.gates.conditions import (
    asked,
    decides_nothing,
    does_nothing_else,
    who_may_amend,
)
from tthc_flow.proof.gates.evidence import done_by, rejections, time_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.procedure import Procedure

GATE: Final = (
    "defence-security",
    "public-order",
    "public-health",
    "environment",
    "fire-construction-safety",
    "heritage-ethics",
    "irreversible-harm",
    "prior-check-required",
    "measurable-standard",
    "inspection-capacity",
    "sanction-available",
)
"""The questions of the gate, in the order they are printed; no official numeric criteria exist."""

_BEFOREHAND: Final = frozenset({StepKind.INSPECT, StepKind.EXAMINE})


def find(procedure: Procedure) -> Iterator[Candidate]:
    """Yield each inspection or appraisal before a grant, with every gate answer."""
    flow = procedure.flow
    inspecting = [step for step in flow.steps if step.kind in _BEFOREHAND and step.scope is None]
    examining = sum(StepKind.EXAMINE in s.kinds and not s.automatic for s in flow.steps)
    grants = _grants(flow) if inspecting else ()
    for step in inspecting:
        if step.automatic or not removable(flow, step):
            continue
        if step.kind is StepKind.EXAMINE and examining == 1:
            continue  # the only examination: somebody must still look at the dossier
        if not any(step.id in before for _, before in grants):
            continue
        authority, instrument = who_may_amend(procedure, step)
        yield Candidate(
            lever=LEVER.id,
            targets=(step.id,),
            evidence=(done_by(step, performer_of(flow, step)), rejections(step), time_of(step)),
            preconditions=(
                does_nothing_else(step, StepKind.INSPECT, StepKind.EXAMINE),
                decides_nothing(procedure, step),
                _harm_can_be_undone(procedure, step),
                *(
                    asked(procedure, question, step)
                    for question in GATE
                    if question != "irreversible-harm"
                ),
            ),
            authority=authority,
            instrument=instrument,
        )


def _grants(flow: Flow) -> tuple[tuple[SequenceFlow, frozenset[str]], ...]:
    """Return each flow into an end that is no refusal, with the nodes that lead to it."""
    return tuple(
        (edge, reaching(flow, edge.source))
        for edge in flow.edges
        if isinstance(end := flow.by_id.get(edge.target), Event)
        and end.position is EventPosition.END
        and end.scope is None
        and end.trigger is Trigger.NONE
        and end.outcome in {None, Outcome.GRANT}
    )


def _harm_can_be_undone(procedure: Procedure, step: Step) -> Precondition:
    """Return whether harm of a wrong grant can be undone: the attribute first, then the answer."""
    name = "irreversible-harm"
    if step.harm is None or step.harm.reversible is None:
        return asked(procedure, name, step)
    verdict = Verdict.PASS if step.harm.reversible else Verdict.FAIL
    because = (("reversible", str(step.harm.reversible).lower()),)
    return Precondition(name=name, verdict=verdict, because=because)


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    """Return *procedure* with the inspection in a sampled sub-process after the grant.

    The sub-process waits for its date, takes a sample, inspects, and keeps, has corrected,
    suspends or revokes the result. It lies outside the applicant's time; its cost is counted
    where the procedure states share and hours (``post_check``).
    """
    flow = procedure.flow
    step = flow.by_id[candidate.targets[0]]
    if not isinstance(step, Step):
        return procedure
    flow = without(flow, step.id)
    grants = {edge.id for edge, before in _grants(procedure.flow) if step.id in before}
    for edge in [each for each in flow.edges if each.id in grants]:
        flow = _with_post_inspection(flow, edge, step)
    return evolve(procedure, flow=flow)


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
    scope, lane = box.id, box.lane
    inspection = evolve(
        step,
        id=f"{scope}_Inspect",
        name=f"Hậu kiểm: {step.name}",
        kinds=(StepKind.POST_INSPECT,),
        scope=scope,
        mandatory=None,
    )
    return (
        Event(id=f"{scope}_Start", position=EventPosition.START, scope=scope, lane=lane),
        Event(
            id=f"{scope}_Due",
            position=EventPosition.CATCH,
            trigger=Trigger.TIMER,
            name="Đến kỳ hậu kiểm",
            scope=scope,
            lane=lane,
        ),
        Gateway(
            id=f"{scope}_Sample",
            kind=GatewayKind.EXCLUSIVE,
            name="Thuộc mẫu kiểm tra?",
            scope=scope,
            lane=lane,
        ),
        inspection,
        Gateway(
            id=f"{scope}_Result",
            kind=GatewayKind.EXCLUSIVE,
            name="Kết quả hậu kiểm",
            scope=scope,
            lane=lane,
        ),
        Event(id=f"{scope}_NotSampled", position=EventPosition.END, scope=scope, lane=lane),
        *(
            Event(
                id=f"{scope}_{name}",
                position=EventPosition.END,
                name=title,
                outcome=outcome,
                scope=scope,
                lane=lane,
            )
            for name, title, outcome in _OUTCOMES
        ),
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
