"""Hand the decision down (phân cấp, ủy quyền ký).

Finds: a signature of a superior (the People's Committee, its chairperson, a department over a
    commune) on a dossier that a lower head has examined, signed and recommended. Handling at the
    superior's own office and branches may lie between the two.
Matters: the lower head already answers for the content; the second level costs its submission,
    its registry and its wait.
Not when: the pair is in no table of the law, the power is not the giver's own (or itself
    delegated), a national text names the signatory or a special law bars it, the superior does
    overrule, preparer and signer would be one, or the receiver has no capacity.
Source: 949/KH-UBND III.1.4; Luật 72/2025/QH15 Điều 13-14.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.graph.arms import reported_after
from tthc_flow.graph.chains import approach, detachable, reminders
from tthc_flow.graph.performers import performer_of
from tthc_flow.graph.registries import numbering_told, numbers_for, stamp_moved, stamped_twice
from tthc_flow.graph.rewrite import fresh_id, replaced, taken_out
from tthc_flow.graph.signers import signer_of
from tthc_flow.model.actor import Role
from tthc_flow.model.law import HandingForm
from tthc_flow.model.lever import Candidate, Evidence, Lever, Precondition
from tthc_flow.model.step import HANDLING_KINDS, Step, StepKind, StepTime, TaskType
from tthc_flow.proof.delegation import handing, instrument, is_below, may_hand_down
from tthc_flow.proof.gates.amending import who_may_amend
from tthc_flow.proof.gates.capacity import fits
from tthc_flow.proof.gates.conditions import (
    asked,
    duties_allow,
    law_leaves_open,
    no_rule_names,
)
from tthc_flow.proof.gates.confidence import confidence_of
from tthc_flow.proof.gates.evidence import time_of
from tthc_flow.proof.gates.other_work import takes_nothing_else
from tthc_flow.proof.gates.risk import risk_of
from tthc_flow.proof.gates.signing import overruled, preparer_is_not_signer, rarely_overrules
from tthc_flow.units import DEFAULT_CONVENTION, MINUTES_OF_HOUR, Duration, TimeUnit
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.actor import Performer
    from tthc_flow.model.flow import Flow
    from tthc_flow.model.law import Instrument
    from tthc_flow.model.procedure import Procedure

_SIGNING: Final = frozenset(
    {StepKind.SIGN, StepKind.REEXAMINE, StepKind.REVIEW, StepKind.ISSUE, StepKind.TRANSFER}
)
_PASSING_ON: Final = HANDLING_KINDS - {StepKind.RETURN}
DELEGATED: Final = "theo ủy quyền"
DECENTRALISED: Final = "theo phân cấp"
_SAID: Final = {HandingForm.DELEGATION: DELEGATED, HandingForm.DECENTRALISATION: DECENTRALISED}
PERIOD: Final = "Thời hạn ủy quyền"
SIGNED: Final = "Ký kết quả"
_SIGN: Final = key("ký")
_OF_THE_GIVER: Final = tuple(
    key(words) for words in ("UBND", "ủy ban", "Chủ tịch", "trình", "thẩm tra", "Văn phòng")
)


def find(procedure: Procedure) -> Iterator[Candidate]:
    """Yield each higher signature to which cases come from one lower head's own signature.

    Only handling (registry, transfer, review) and gateways may lie between the two; the targets
    are the steps that go, the anchor is the lower head's signature that becomes the decision.
    What branches off between stays: the lower head decides it.
    """
    flow = procedure.flow
    for signing in flow.steps:
        if not _signs(signing) or not _may_go(flow, signing):
            continue
        giver = signer_of(flow, signing)
        submitted = None if giver is None else _submission(flow, signing, giver)
        if giver is None or submitted is None:
            continue
        lower, between = submitted
        receiver = performer_of(flow, lower)
        if receiver is None:
            continue
        second = stamped_twice(flow, signing, lower, between)
        going = (*between, signing, *(() if second is None else (second,)))
        form, allowed = may_hand_down(giver, receiver, delegated_already=_delegated(signing, giver))
        yield Candidate(
            lever=LEVER.id,
            targets=(*(step.id for step in going), *_reminders(flow, going)),
            anchors=(lower.id,),
            evidence=(
                Evidence(name="decides-now", value=giver.name, element=signing.id),
                Evidence(name="recommends", value=receiver.name, element=lower.id),
                overruled(signing),
                *(time_of(step) for step in (lower, *going)),
            ),
            preconditions=(
                allowed,
                *_conditions(procedure, signing, lower, going),
                fits(procedure, receiver, lower, signing, moved=(signing,), gone=going),
            ),
            amends=(instrument(giver, form), *_bases(procedure, *going)),
            handing=handing(giver, receiver, form),
            terms=(("period", ""),) if form is HandingForm.DELEGATION else (),
            risk=risk_of(procedure, *going),
            confidence=confidence_of(procedure, lower, signing),
        )


def _signs(step: Step) -> bool:
    """Return whether *step* is a signature, alone or with the look that goes before it."""
    return StepKind.SIGN in step.kinds and _SIGNING.issuperset(step.kinds)


def _may_go(flow: Flow, step: Step) -> bool:
    """Return whether *step* can be taken out, with what only reminds of it."""
    return detachable(flow, step) is not None


def _reminders(flow: Flow, going: tuple[Step, ...]) -> tuple[str, ...]:
    """Return what only reminds of the steps that go."""
    return tuple(node for step in going for node in reminders(flow, step) or ())


def _conditions(
    procedure: Procedure, signing: Step, lower: Step, going: tuple[Step, ...]
) -> tuple[Precondition, ...]:
    """Return what must hold before *lower* may decide in the place of *signing*."""
    again = (step for step in going if StepKind.REEXAMINE in step.kinds)
    on_the_way = (step for step in going if step.id != signing.id)
    return (
        asked(procedure, "power-is-own", signing),
        law_leaves_open(procedure, "delegation-barred", signing, *on_the_way),
        takes_nothing_else(procedure, *going, allowed=_SIGNING | _PASSING_ON),
        *(each for step in again for each in _looked_at_before(procedure, step)),
        rarely_overrules(procedure, signing),
        preparer_is_not_signer(procedure, lower),
        duties_allow(procedure, *going),
    )


def _looked_at_before(procedure: Procedure, again: Step) -> tuple[Precondition, ...]:
    """Return whether the second look that goes with the signature is one too many."""
    return no_rule_names(procedure, again), asked(procedure, "examines-anything-new", again)


def _submission(
    flow: Flow, signing: Step, giver: Performer
) -> tuple[Step, tuple[Step, ...]] | None:
    """Return the lower head's signature that *signing* confirms, and the handling between.

    A signature of the giver's own office (Văn phòng UBND) is handling where a lower agency's
    head signed before it: that head answers for the content. The lower registry's numbering
    stays: it will number the decision.
    """

    def begins(step: Step) -> bool:
        who = performer_of(flow, step)
        return StepKind.SIGN in step.kinds and who is not None and is_below(who, giver)

    def begins_lower(step: Step) -> bool:
        who = performer_of(flow, step)
        own_office = who is not None and who.role is Role.OFFICE_HEAD
        return begins(step) and not own_office

    def passes(step: Step) -> bool:
        handles = bool(step.kinds) and _PASSING_ON.issuperset(step.kinds)
        return handles and _may_go(flow, step)

    found = approach(flow, signing, begins_lower, passes) or approach(flow, signing, begins, passes)
    if found is None:
        return None
    lower, between = found
    return lower, tuple(each for each in between if not numbers_for(flow, each, lower))


def _bases(procedure: Procedure, *going: Step) -> tuple[Instrument, ...]:
    """Return the texts behind the steps that go; the workflow itself is published anew anyway."""
    return tuple(text for text in who_may_amend(procedure, *going) if text.amends is not None)


def _delegated(signing: Step, giver: Performer) -> bool:
    """Return whether the signer says to sign by delegation already (ủy quyền)."""
    said = f"{key(signing.name)} {key(giver.name)}"
    return any(key(words) in said for words in (DELEGATED, "được ủy quyền", "TUQ."))


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    """Return *procedure* in which the lower head's signature decides; a report goes up after it.

    The submission steps and the higher signature go. The lower signature takes the name of the
    higher one and keeps its own printed time; the report is no part of the time the applicant
    waits. The stamp goes with the signature: the lower registry numbers the decision. A period
    among the candidate's terms is written into the full text of the decision.
    """
    lower = procedure.flow.by_id[candidate.anchors[0]]
    if not isinstance(lower, Step) or candidate.handing is None:
        return procedure
    targets = (procedure.flow.by_id[target] for target in candidate.targets)
    signings = tuple(
        each
        for each in targets
        if isinstance(each, Step)
        and _signs(each)
        and signer_of(procedure.flow, each) == candidate.handing.giver
    )
    said = _SAID[candidate.handing.form]
    moved = evolve(procedure, flow=stamp_moved(procedure.flow, signings[-1], lower))
    after = taken_out(moved, *candidate.targets)
    decision = _decision(lower, said, *signings)
    period = dict(candidate.terms).get("period") or candidate.handing.period
    if period:
        text = f"{decision.documentation}\n{PERIOD}: {period}."
        decision = evolve(decision, documentation=text)
    report = Step(
        id=fresh_id(after.flow, f"Report_{lower.id}"),
        name=f"Báo cáo việc thực hiện {said.removeprefix('theo ')}",
        task=TaskType.SEND,
        scope=lower.scope,
        lane=lower.lane,
        kinds=(StepKind.REPORT,),
        performer=lower.performer,
        time=StepTime(counted=False),
    )
    flow = numbering_told(replaced(after.flow, decision), decision)
    return evolve(after, flow=reported_after(flow, lower.id, report, procedure.flow))


def _called(signing: Step) -> str:
    """Return the name of the decision: what *signing* says of it, but for the giver's house."""
    if not _tells_of_the_giver(signing.name):
        return signing.name
    words = signing.name.split()
    last = max((n for n, word in enumerate(words) if key(word) == _SIGN), default=len(words))
    told = " ".join(words[last + 1 :])
    return f"Ký {told}" if told and not _tells_of_the_giver(told) else SIGNED


def _tells_of_the_giver(name: str) -> bool:
    return any(f" {words} " in f" {key(name)} " for words in _OF_THE_GIVER)


def _decision(lower: Step, said: str, *signings: Step) -> Step:
    """Return *lower* as the decision: *signings*' name, result and writings, on their basis."""
    both = (lower, *signings)
    issues = (StepKind.ISSUE for step in signings if StepKind.ISSUE in step.kinds)
    known = [step.writes for step in both if step.writes is not None]
    return evolve(
        lower,
        name=f"{_called(signings[-1])} ({said})",
        result=signings[-1].result or lower.result,
        documentation=lower.documentation or lower.name,
        work=_work(both),
        handling=None,
        kinds=tuple(dict.fromkeys((StepKind.SIGN, *lower.kinds, *issues))),
        writes=frozenset[str]().union(*known) if len(known) == len(both) else None,
        legal_basis=tuple(dict.fromkeys(basis for step in both for basis in step.legal_basis)),
        decides=any(step.decides for step in signings) or lower.decides,
    )


def _work(both: tuple[Step, ...]) -> Duration | None:
    """Return the work of deciding besides the lower head's own; unknown where one is unknown."""
    known = [DEFAULT_CONVENTION.minutes(step.work) for step in both if step.work is not None]
    minutes = [each for each in known if each is not None]
    if len(minutes) < len(both):
        return None
    hours = sum(minutes, Fraction(0)) / MINUTES_OF_HOUR
    return Duration(amount=hours, unit=TimeUnit.WORKING_HOUR)


LEVER = Lever(
    id="hand_down_decision",
    title="Phân cấp, ủy quyền ký",
    source="949/KH-UBND III.1.4; Luật 72/2025/QH15 Điều 13-14",
    kinds=frozenset({StepKind.SIGN}),
    find=find,
    apply=apply,
)
