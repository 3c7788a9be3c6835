"""Stop the clock while the applicant acts (dừng tính giờ khi chờ người dân).

Finds: a counted step in which the agency only waits for the applicant to supplement or to pay.
Matters: the applicant's time is printed as the agency's, which hides who is slow.
Not when: the same row also holds work of the agency (the wait itself stays in the flow; only its
    time leaves the agency's limit).
Source: 949/KH-UBND III.2; NĐ 61/2018/NĐ-CP as amended by NĐ 107/2021/NĐ-CP (suspended limit).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from tthc_flow.graph.performers import performer_of
from tthc_flow.graph.rewrite import replaced
from tthc_flow.model.actor import Role
from tthc_flow.model.lever import Candidate, Lever, Precondition, Verdict
from tthc_flow.model.step import Step, StepKind
from tthc_flow.proof.gates.conditions import who_may_amend
from tthc_flow.proof.gates.evidence import done_by, time_of
from tthc_flow.proof.gates.other_work import does_nothing_else

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.procedure import Procedure

_WAITING = frozenset({StepKind.SUPPLEMENT, StepKind.PAYMENT, StepKind.SUBMIT})


def find(procedure: Procedure) -> Iterator[Candidate]:
    """Yield each counted step of the applicant that does not stop the clock yet."""
    flow = procedure.flow
    for step in flow.steps:
        duration = step.time.duration
        if step.pauses_clock or not step.time.counted or duration is None or not duration.amount:
            continue
        performer = performer_of(flow, step)
        if step.kind not in _WAITING or performer is None or performer.role is not Role.APPLICANT:
            continue
        authority, instrument = who_may_amend(procedure, step)
        because = (("performer", performer.name),)
        yield Candidate(
            lever=LEVER.id,
            targets=(step.id,),
            evidence=(done_by(step, performer), time_of(step)),
            preconditions=(
                Precondition(name="applicant-acts", verdict=Verdict.PASS, because=because),
                does_nothing_else(procedure, step, *_WAITING),
            ),
            authority=authority,
            instrument=instrument,
        )


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    """Return *procedure* with the clock stopped during the step."""
    flow = procedure.flow
    for target in candidate.targets:
        step = flow.by_id[target]
        if isinstance(step, Step):
            flow = replaced(flow, evolve(step, pauses_clock=True))
    return evolve(procedure, flow=flow)


LEVER = Lever(
    id="stop_the_clock",
    title="Dừng tính giờ khi chờ người dân",
    source="949/KH-UBND III.2",
    find=find,
    apply=apply,
)
