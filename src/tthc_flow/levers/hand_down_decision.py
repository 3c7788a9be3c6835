"""Hand the decision down (phân cấp, ủy quyền ký).

Finds: a signature of the People's Committee or its chairperson on a dossier that a lower head has
    examined, signed and recommended.
Matters: the lower head already answers for the content; the second level costs its submission,
    its registry and its wait.
Not when: the pair is not in the delegation table, the power is not the giver's own (or itself
    delegated), a national text names the signatory or a special law bars it, the superior does
    overrule, preparer and signer would be one, or the receiver has no capacity.
Source: 949/KH-UBND III.1.4; Luật 72/2025/QH15 Điều 13-14.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.graph.arms import reported_after
from tthc_flow.graph.chains import follower, forerunner, removable
from tthc_flow.graph.performers import identity, performer_of
from tthc_flow.graph.rewrite import fresh_id, given_to, replaced, taken_out
from tthc_flow.model.actor import Level, Role
from tthc_flow.model.law import Authority
from tthc_flow.model.lever import Candidate, Evidence, Lever, Precondition
from tthc_flow.model.step import HANDLING_KINDS, Step, StepKind, StepTime, TaskType
from tthc_flow.proof.delegation import may_delegate
from tthc_flow.proof.gates.conditions import (
    asked,
    duties_allow,
    law_leaves_open,
    no_rule_names,
)
from tthc_flow.proof.gates.evidence import time_of
from tthc_flow.proof.gates.other_work import takes_nothing_else
from tthc_flow.proof.gates.signing import overruled, preparer_is_not_signer, rarely_overrules
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.actor import Performer
    from tthc_flow.model.flow import Flow
    from tthc_flow.model.procedure import Procedure

_LOWER_HEADS = frozenset({Role.AGENCY_HEAD, Role.OFFICE_HEAD})
_SIGNING: Final = frozenset({StepKind.SIGN, StepKind.REEXAMINE, StepKind.REVIEW, StepKind.ISSUE})
_PASSING_ON: Final = HANDLING_KINDS - {StepKind.RETURN}
_STAMPING: Final = frozenset({StepKind.NUMBER_AND_STAMP, StepKind.ISSUE, StepKind.TRANSFER})
DELEGATED: Final = "theo ủy quyền"
NUMBERING: Final = "Lấy số, phát hành kết quả"


def find(procedure: Procedure) -> Iterator[Candidate]:
    """Yield each higher signature that directly follows a lower head's own signature.

    Only handling (registry, transfer, review) may lie between the two; the targets are the steps
    that go, the anchor is the lower head's signature that becomes the decision.
    """
    flow = procedure.flow
    for signing in flow.steps:
        if not _signs(signing) or not removable(flow, signing):
            continue
        giver = performer_of(flow, signing)
        if giver is None or giver.role is not Role.CHAIRPERSON:
            continue
        between, lower = _submission(procedure, signing)
        receiver = None if lower is None else performer_of(flow, lower)
        if lower is None or receiver is None:
            continue
        going = (*between, signing, *_second_stamp(flow, signing, lower))
        yield Candidate(
            lever=LEVER.id,
            targets=tuple(step.id for step in going),
            anchor=lower.id,
            evidence=(
                Evidence(name="decides-now", value=giver.name, element=signing.id),
                Evidence(name="recommends", value=receiver.name, element=lower.id),
                overruled(signing),
                *(time_of(step) for step in (lower, *going)),
            ),
            preconditions=_conditions(procedure, signing, lower, going),
            authority=Authority.WITHIN,
            instrument="văn bản ủy quyền (Luật 72/2025/QH15 Điều 14)",
        )


def _signs(step: Step) -> bool:
    """Return whether *step* is a signature, alone or with the look that goes before it."""
    return StepKind.SIGN in step.kinds and _SIGNING.issuperset(step.kinds)


def _conditions(
    procedure: Procedure, signing: Step, lower: Step, going: tuple[Step, ...]
) -> tuple[Precondition, ...]:
    """Return what must hold before *lower* may decide in the place of *signing*."""
    flow = procedure.flow
    giver, receiver = performer_of(flow, signing), performer_of(flow, lower)
    if giver is None or receiver is None:
        return ()
    again = (step for step in going if StepKind.REEXAMINE in step.kinds)
    return (
        may_delegate(giver, receiver, delegated_already=_delegated(signing, giver)),
        asked(procedure, "power-is-own", signing),
        law_leaves_open(procedure, "delegation-barred", *going),
        takes_nothing_else(procedure, *going, allowed=_SIGNING | _PASSING_ON),
        *(no_rule_names(procedure, step) for step in again),
        rarely_overrules(procedure, signing),
        preparer_is_not_signer(procedure, lower),
        duties_allow(procedure, *going),
        asked(procedure, "receiver-has-capacity", lower, signing),
    )


def _delegated(signing: Step, giver: Performer) -> bool:
    """Return whether the signer says to sign by delegation already (ủy quyền)."""
    said = f"{key(signing.name)} {key(giver.name)}"
    return any(key(words) in said for words in (DELEGATED, "được ủy quyền", "TUQ."))


def _second_stamp(flow: Flow, signing: Step, lower: Step) -> tuple[Step, ...]:
    """Return the higher registry's numbering after *signing*, where the lower one numbers too."""
    stamp = follower(flow, signing)
    if stamp is None or not _stamped_elsewhere(flow, stamp, lower) or not removable(flow, stamp):
        return ()
    step = forerunner(flow, signing)
    while step is not None and step.id != lower.id:
        if step.kind is StepKind.NUMBER_AND_STAMP and not _stamped_elsewhere(flow, step, lower):
            return (stamp,)
        step = forerunner(flow, step)
    return ()


def _stamped_elsewhere(flow: Flow, stamp: Step, lower: Step) -> bool:
    """Return whether *stamp* only numbers and stamps, in another office than that of *lower*."""
    who, head = performer_of(flow, stamp), performer_of(flow, lower)
    if stamp.kind is not StepKind.NUMBER_AND_STAMP or not _STAMPING.issuperset(stamp.kinds):
        return False
    return who is not None and head is not None and identity(who)[0] != identity(head)[0]


def _submission(procedure: Procedure, signing: Step) -> tuple[tuple[Step, ...], Step | None]:
    """Return the handling steps between a lower head's signature and *signing*, and that step.

    The lower registry's numbering stays: it will number the decision. Another registry's goes.
    """
    flow = procedure.flow
    between: list[Step] = []
    step = forerunner(flow, signing)
    while step is not None and step.kinds:
        who = performer_of(flow, step)
        if who is not None and _is_lower_head(who) and StepKind.SIGN in step.kinds:
            stays = tuple(each for each in reversed(between) if not _lower_stamp(flow, each, step))
            return stays, step
        if not _PASSING_ON.issuperset(step.kinds) or not removable(flow, step):
            return (), None
        between.append(step)
        step = forerunner(flow, step)
    return (), None


def _is_lower_head(who: Performer) -> bool:
    """Return whether *who* heads an agency; the commune's divisions are its agencies."""
    at_commune = who.levels == frozenset({Level.COMMUNE})
    return who.role in _LOWER_HEADS or (who.role is Role.DIVISION_HEAD and at_commune)


def _lower_stamp(flow: Flow, step: Step, lower: Step) -> bool:
    """Return whether *step* is the lower office's numbering, which will number the decision."""
    return step.kind is StepKind.NUMBER_AND_STAMP and not _stamped_elsewhere(flow, step, lower)


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    """Return *procedure* in which the lower head's signature decides; a report goes up after it.

    The submission steps and the higher signature go. The lower signature takes the name of the
    higher one and keeps its own printed time; the report is no part of the time the applicant
    waits. The stamp goes with the signature: the lower registry numbers the decision.
    """
    lower = procedure.flow.by_id[candidate.anchor or ""]
    if not isinstance(lower, Step):
        return procedure
    after = taken_out(_stamp_moved(procedure, candidate, lower), *candidate.targets)
    targets = (procedure.flow.by_id[target] for target in candidate.targets)
    signings = tuple(each for each in targets if isinstance(each, Step) and _signs(each))
    decision = _decision(lower, *signings)
    report = Step(
        id=fresh_id(after.flow, f"Report_{lower.id}"),
        name="Báo cáo việc thực hiện ủy quyền",
        task=TaskType.SEND,
        scope=lower.scope,
        lane=lower.lane,
        kinds=(StepKind.REPORT,),
        performer=lower.performer,
        time=StepTime(counted=False),
    )
    flow = _numbered(replaced(after.flow, decision), decision)
    return evolve(after, flow=reported_after(flow, lower.id, report))


def _numbered(flow: Flow, decision: Step) -> Flow:
    """Return *flow* in which the numbering right after *decision* is told as that of the result.

    It was printed as that of a submission; the printed text stays as the full text.
    """
    stamp = follower(flow, decision)
    if stamp is None or stamp.automatic or not _STAMPING.issuperset(stamp.kinds):
        return flow
    if stamp.kind is not StepKind.NUMBER_AND_STAMP:
        return flow
    printed = stamp.documentation or stamp.name
    return replaced(flow, evolve(stamp, name=NUMBERING, documentation=printed))


def _decision(lower: Step, *signings: Step) -> Step:
    """Return *lower* as the decision: *signings*' name, result and writings, on their basis."""
    both = (lower, *signings)
    issues = (StepKind.ISSUE for step in signings if StepKind.ISSUE in step.kinds)
    known = [step.writes for step in both if step.writes is not None]
    return evolve(
        lower,
        name=f"{signings[-1].name} ({DELEGATED})",
        result=signings[-1].result or lower.result,
        documentation=lower.documentation or lower.name,
        kinds=tuple(dict.fromkeys((StepKind.SIGN, *lower.kinds, *issues))),
        writes=frozenset[str]().union(*known) if len(known) == len(both) else None,
        legal_basis=tuple(dict.fromkeys(basis for step in both for basis in step.legal_basis)),
        decides=any(step.decides for step in signings) or lower.decides,
    )


def _stamp_moved(procedure: Procedure, candidate: Candidate, lower: Step) -> Procedure:
    """Return *procedure* with the stamp after the higher signature in the lower registry."""
    flow = procedure.flow
    last = flow.by_id[candidate.targets[-1]]
    stamp = follower(flow, last) if isinstance(last, Step) and _signs(last) else None
    head = performer_of(flow, lower)
    if (
        stamp is None
        or head is None
        or not head.office
        or not _stamped_elsewhere(flow, stamp, lower)
    ):
        return procedure
    registry = evolve(head, name=f"Văn thư {head.office}", role=Role.CLERICAL_OFFICE)
    return evolve(procedure, flow=given_to(flow, stamp, registry))


LEVER = Lever(
    id="hand_down_decision",
    title="Phân cấp, ủy quyền ký",
    source="949/KH-UBND III.1.4; Luật 72/2025/QH15 Điều 13-14",
    find=find,
    apply=apply,
)
