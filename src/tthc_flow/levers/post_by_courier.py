"""Receive and return by the public post (bưu chính công ích tiếp nhận, trả kết quả).

Finds: a receipt, a return or a digitising of papers at a one-stop counter.
Matters: officers stand at a counter and people come to it for work that the public post may do.
Not when: the identity must be checked in person, or the row decides or examines something, which
    stays with an officer.
Source: 949/KH-UBND III.3.2(iv).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.graph.performers import performer_of
from tthc_flow.graph.rewrite import given_to
from tthc_flow.model.actor import Performer, Role
from tthc_flow.model.lever import Candidate, Lever
from tthc_flow.model.procedure import ProcedureKind
from tthc_flow.model.step import Step, StepKind
from tthc_flow.proof.gates.amending import who_may_amend
from tthc_flow.proof.gates.conditions import asked
from tthc_flow.proof.gates.confidence import confidence_of
from tthc_flow.proof.gates.evidence import done_by, kind_of
from tthc_flow.proof.gates.losses import decides_nothing
from tthc_flow.proof.gates.other_work import does_nothing_else
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.procedure import Procedure

COURIER: Final = Performer(
    name="Nhân viên bưu chính công ích",
    role=Role.THIRD_PARTY,
    office="Doanh nghiệp bưu chính công ích",
)
"""Who takes the work over; which enterprise it is, the province's agreement with it says."""

_AT_THE_COUNTER: Final = (
    StepKind.RECEIVE,
    StepKind.RETURN,
    StepKind.SUBMIT,
    StepKind.PAYMENT,
    StepKind.TRANSFER,
)
_DIGITISING: Final = key("số hóa")
_INVOICE_NUMBER: Final = key("số hóa đơn")


def find(procedure: Procedure) -> Iterator[Candidate]:
    """Yield each receipt, return or digitising at a counter, in file order."""
    if procedure.kind is not ProcedureKind.PUBLIC:
        return
    flow = procedure.flow
    for step in flow.steps:
        performer = performer_of(flow, step)
        if performer is None or performer.role is not Role.ONE_STOP_SHOP or step.automatic:
            continue
        digitised = _digitises(step)
        if not digitised and step.kind not in {StepKind.RECEIVE, StepKind.RETURN}:
            continue
        allowed = (*_AT_THE_COUNTER, StepKind.OTHER) if digitised else _AT_THE_COUNTER
        yield Candidate(
            lever=LEVER.id,
            targets=(step.id,),
            evidence=(done_by(step, performer), *((kind_of(step),) if step.kinds else ())),
            preconditions=(
                does_nothing_else(procedure, step, *allowed),
                decides_nothing(procedure, step),
                asked(procedure, "identity-checked-in-person", step),
            ),
            amends=who_may_amend(procedure, step),
            confidence=confidence_of(procedure, step),
        )


def _digitises(step: Step) -> bool:
    said = f" {key(step.name)} ".replace(f" {_INVOICE_NUMBER} ", " ")
    return step.kind in {None, StepKind.OTHER} and f" {_DIGITISING} " in said


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    """Return *procedure* with the step done by the public post.

    Where it is known that the applicant had to come for it, that visit is saved. Its time stays.
    """
    flow = procedure.flow
    for target in candidate.targets:
        step = flow.by_id[target]
        if isinstance(step, Step):
            visit = False if step.applicant_visit else step.applicant_visit
            flow = given_to(flow, evolve(step, applicant_visit=visit), COURIER)
    return evolve(procedure, flow=flow)


LEVER = Lever(
    id="post_by_courier",
    title="Bưu chính công ích tiếp nhận, trả",
    source="949/KH-UBND III.3.2(iv)",
    kinds=frozenset({StepKind.RECEIVE, StepKind.RETURN, StepKind.OTHER}),
    find=find,
    apply=apply,
)
