"""Go online (trực tuyến toàn trình).

Finds: a step for which the applicant has to come: to submit, to supplement, to pay, to receive.
Matters: every visit costs the applicant a way and a wait, and the agency a counter.
Not when: an original must be handed in, the result must be given on paper, or nobody comes
    anyway: the drawing says that it is done online.
Source: 949/KH-UBND III.3.1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.graph.performers import performer_of
from tthc_flow.graph.rewrite import replaced
from tthc_flow.model.actor import Role
from tthc_flow.model.lever import Candidate, Confidence, Evidence, Lever, Precondition, Verdict
from tthc_flow.model.step import Step, StepKind
from tthc_flow.proof.gates.amending import who_may_amend
from tthc_flow.proof.gates.conditions import (
    asked,
    barred_by_answer,
    needs_no_paper,
    stated_or_answered,
)
from tthc_flow.proof.gates.evidence import done_by, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.flow import Flow
    from tthc_flow.model.procedure import Procedure

_HANDED_IN: Final = frozenset({StepKind.SUBMIT, StepKind.SUPPLEMENT, StepKind.RECEIVE})
_VISITS: Final = _HANDED_IN | {StepKind.PAYMENT, StepKind.RETURN}
_AT_THE_DOOR: Final = frozenset({Role.APPLICANT, Role.ONE_STOP_SHOP})
_SAID: Final = "trực tuyến"


def find(procedure: Procedure) -> Iterator[Candidate]:
    """Yield each step for which the applicant comes, or may have to, in file order."""
    flow = procedure.flow
    for step in flow.steps:
        if step.kind not in _VISITS or step.automatic or not _may_be_a_visit(flow, step):
            continue
        on_paper = needs_no_paper if step.kind not in _HANDED_IN else _no_original
        yield Candidate(
            lever=LEVER.id,
            targets=(step.id,),
            evidence=(done_by(step, performer_of(flow, step)), kind_of(step), *_papers(procedure)),
            preconditions=(
                stated_or_answered(
                    procedure,
                    "applicant-has-to-come",
                    step,
                    ("applicant-visit", step.applicant_visit),
                    passing=True,
                ),
                on_paper(procedure, step),
            ),
            amends=who_may_amend(procedure, step),
            confidence=Confidence.STATED if step.applicant_visit else Confidence.READ,
        )


def _may_be_a_visit(flow: Flow, step: Step) -> bool:
    """Return whether the applicant comes for *step*; unknown where the two may meet on paper."""
    if step.applicant_visit is not None:
        return step.applicant_visit
    performer = performer_of(flow, step)
    at_the_door = performer is not None and performer.role in _AT_THE_DOOR
    return step.paper is not False and at_the_door and not _is_online(flow, step)


def _is_online(flow: Flow, step: Step) -> bool:
    """Return whether the drawing says it is done online: the step, or the submission it takes."""
    if _SAID in step.name.casefold():
        return True
    takes_in = step.kind is StepKind.RECEIVE
    return takes_in and any(
        each.kind is StepKind.SUBMIT and _SAID in each.name.casefold() for each in flow.steps
    )


def _no_original(procedure: Procedure, step: Step) -> Precondition:
    """Return whether no original must be handed in: every component may be a copy, else ask."""
    name = "original-handed-in"
    documents = procedure.documents
    if not documents or any(document.original is not False for document in documents):
        return asked(procedure, name, step)
    because = (("originals", "none"),)
    passed = Precondition(name=name, verdict=Verdict.PASS, because=because)
    return barred_by_answer(procedure, name, step) or passed


def _papers(procedure: Procedure) -> tuple[Evidence, ...]:
    """Return the components of the dossier of which an original is stated, if there are any."""
    originals = [document.name for document in procedure.documents or () if document.original]
    return (Evidence(name="originals", value=", ".join(originals)),) if originals else ()


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    """Return *procedure* with the step done online: nobody comes, no paper; its time stays."""
    flow = procedure.flow
    for target in candidate.targets:
        step = flow.by_id[target]
        if isinstance(step, Step):
            named = step.name if _SAID in step.name.casefold() else f"{step.name} ({_SAID})"
            flow = replaced(flow, evolve(step, name=named, applicant_visit=False, paper=False))
    return evolve(procedure, flow=flow)


LEVER = Lever(
    id="go_online",
    title="Trực tuyến toàn trình",
    source="949/KH-UBND III.3.1",
    kinds=_VISITS,
    find=find,
    apply=apply,
)
