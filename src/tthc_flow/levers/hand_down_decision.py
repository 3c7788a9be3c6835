"""Hand the decision down (phân cấp, ủy quyền ký).

Finds: a signature of the People's Committee or its chairperson on a dossier that a lower head has
    examined, signed and recommended.
Matters: the lower head already answers for the content; the second level costs its submission,
    its registry and its wait.
Not when: the pair is not in the delegation table, the power is not the giver's own or a special
    law bars it, preparer and signer would be one, or the receiver has no capacity.
Source: 949/KH-UBND III.1.4; Luật 72/2025/QH15 Điều 13-14.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from tthc_flow.graph.chains import forerunner, removable
from tthc_flow.graph.performers import identity, performer_of
from tthc_flow.graph.rewrite import fresh_id, inserted_after, replaced, without
from tthc_flow.model.actor import Role
from tthc_flow.model.law import Authority
from tthc_flow.model.lever import Candidate, Evidence, Lever, Precondition, Verdict
from tthc_flow.model.step import HANDLING_KINDS, Step, StepKind, StepTime, TaskType
from tthc_flow.proof.delegation import may_delegate
from tthc_flow.proof.gates.conditions import IDLE_REJECTION_RATE, asked, does_nothing_else
from tthc_flow.proof.gates.evidence import time_of
from tthc_flow.proof.gates.rates import upper_rate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.procedure import Procedure

_LOWER_HEADS = frozenset({Role.AGENCY_HEAD, Role.OFFICE_HEAD})


def find(procedure: Procedure) -> Iterator[Candidate]:
    """Yield each higher signature that directly follows a lower head's own signature.

    Only handling (registry, transfer, review) may lie between the two; the targets are the steps
    that go, the anchor is the lower head's signature that becomes the decision.
    """
    flow = procedure.flow
    for signing in flow.steps:
        if signing.kinds != (StepKind.SIGN,) or not removable(flow, signing):
            continue
        giver = performer_of(flow, signing)
        if giver is None or giver.role is not Role.CHAIRPERSON:
            continue
        between, lower = _submission(procedure, signing)
        receiver = None if lower is None else performer_of(flow, lower)
        if lower is None or receiver is None:
            continue
        yield Candidate(
            lever=LEVER.id,
            targets=(*(step.id for step in between), signing.id),
            anchor=lower.id,
            evidence=(
                Evidence(name="decides-now", value=giver.name, element=signing.id),
                Evidence(name="recommends", value=receiver.name, element=lower.id),
                _overruled(signing),
                *(time_of(step) for step in (lower, *between, signing)),
            ),
            preconditions=(
                may_delegate(giver, receiver),
                asked(procedure, "power-is-own", signing),
                asked(procedure, "delegation-barred", signing),
                does_nothing_else(signing, StepKind.SIGN, StepKind.ISSUE),
                _rarely_overrules(signing),
                _preparer_is_not_signer(procedure, lower),
                asked(procedure, "receiver-has-capacity", lower, signing),
            ),
            authority=Authority.WITHIN,
            instrument="văn bản ủy quyền (Luật 72/2025/QH15 Điều 14)",
        )


def _submission(procedure: Procedure, signing: Step) -> tuple[tuple[Step, ...], Step | None]:
    """Return the handling steps between a lower head's signature and *signing*, and that step.

    The lower registry's numbering stays: it will number the decision.
    """
    flow = procedure.flow
    between: list[Step] = []
    step = forerunner(flow, signing)
    while step is not None and step.kinds:
        who = performer_of(flow, step)
        if who is not None and who.role in _LOWER_HEADS and StepKind.SIGN in step.kinds:
            return tuple(reversed(between)), step
        if not HANDLING_KINDS.issuperset(step.kinds) or not removable(flow, step):
            return (), None
        if step.kind is not StepKind.NUMBER_AND_STAMP:
            between.append(step)
        step = forerunner(flow, step)
    return (), None


def _overruled(signing: Step) -> Evidence:
    known = signing.checked is not None and signing.rejected is not None
    value = f"{signing.rejected}/{signing.checked}" if known else "unknown"
    return Evidence(name="overruled", value=value, element=signing.id)


def _rarely_overrules(signing: Step) -> Precondition:
    """Return whether the higher signer seldom changed the outcome; unknown does not bar."""
    name = "rarely-overrules"
    if not signing.checked or signing.rejected is None:
        return Precondition(name=name, verdict=Verdict.PASS, because=(("overruled", "unknown"),))
    bound = upper_rate(signing.rejected, signing.checked)
    overrules = bound > IDLE_REJECTION_RATE and signing.rejected > 0
    because = (
        ("overruled", f"{signing.rejected}/{signing.checked}"),
        ("upper-bound", f"{bound:.4f}"),
    )
    verdict = Verdict.FAIL if overrules else Verdict.PASS
    return Precondition(name=name, verdict=verdict, because=because)


def _preparer_is_not_signer(procedure: Procedure, lower: Step) -> Precondition:
    """Return whether somebody other than the new signer examined or drafted the dossier."""
    name = "preparer-is-not-signer"
    flow = procedure.flow
    signer = performer_of(flow, lower)
    preparing = {StepKind.EXAMINE, StepKind.DRAFT, StepKind.INSPECT}
    if signer is None:
        return Precondition(name=name, verdict=Verdict.UNKNOWN)
    for step in flow.steps:
        who = performer_of(flow, step)
        if preparing & set(step.kinds) and who is not None and identity(who) == identity(signer):
            return Precondition(name=name, verdict=Verdict.FAIL, because=(("preparer", step.id),))
    return Precondition(name=name, verdict=Verdict.PASS, because=(("signer", signer.name),))


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    """Return *procedure* in which the lower head's signature decides; a report goes up after it.

    The submission steps and the higher signature go. The lower signature keeps its own printed
    time; the report is no part of the time the applicant waits.
    """
    flow = without(procedure.flow, *candidate.targets)
    lower = flow.by_id[candidate.anchor or ""]
    if not isinstance(lower, Step):
        return procedure
    decision = evolve(
        lower,
        name="Ký quyết định theo ủy quyền",
        kinds=tuple(dict.fromkeys((StepKind.SIGN, *lower.kinds))),
        decides=True,
    )
    report = Step(
        id=fresh_id(flow, f"Report_{lower.id}"),
        name="Báo cáo việc thực hiện ủy quyền",
        task=TaskType.SEND,
        scope=lower.scope,
        lane=lower.lane,
        kinds=(StepKind.REPORT,),
        performer=lower.performer,
        time=StepTime(counted=False),
    )
    flow = inserted_after(replaced(flow, decision), lower.id, report)
    return evolve(procedure, flow=flow)


LEVER = Lever(
    id="hand_down_decision",
    title="Phân cấp, ủy quyền ký",
    source="949/KH-UBND III.1.4; Luật 72/2025/QH15 Điều 13-14",
    find=find,
    apply=apply,
)
