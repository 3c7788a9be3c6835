"""Assign dossiers by rule (phân công tự động).

Finds: a step in which a head only assigns a dossier to an officer.
Matters: assignment by hand costs a waiting time at every level that assigns; 8 published tables
    assign at two levels.
Not when: the assignment needs judgement case by case, with a reason; a national text prescribes
    it (the form a head fills in); the row does more than assign.
Source: 949/KH-UBND III.2.2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.graph.rewrite import automated, replaced
from tthc_flow.model.lever import Candidate, Lever
from tthc_flow.model.step import Step, StepKind, TaskType
from tthc_flow.proof.gates.amending import who_may_amend
from tthc_flow.proof.gates.conditions import no_rule_names, stated_or_answered
from tthc_flow.proof.gates.confidence import confidence_of
from tthc_flow.proof.gates.evidence import kind_of, time_of
from tthc_flow.proof.gates.losses import decides_nothing
from tthc_flow.proof.gates.other_work import takes_nothing_else

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.lever import Precondition
    from tthc_flow.model.procedure import Procedure

_ASSIGNING: Final = frozenset({StepKind.ASSIGN, StepKind.TRANSFER})


def find(procedure: Procedure) -> Iterator[Candidate]:
    """Yield each step that only assigns, in file order."""
    for step in procedure.flow.steps:
        if step.kind is not StepKind.ASSIGN or step.automatic:
            continue
        yield Candidate(
            lever=LEVER.id,
            targets=(step.id,),
            evidence=(kind_of(step), time_of(step)),
            preconditions=(
                takes_nothing_else(procedure, step, allowed=_ASSIGNING),
                decides_nothing(procedure, step),
                stated_or_answered(
                    procedure,
                    "assignment-needs-discretion",
                    step,
                    ("discretion", step.discretion),
                    passing=False,
                ),
                *_text_behind(procedure, step),
            ),
            amends=who_may_amend(procedure, step),
            confidence=confidence_of(procedure, step),
        )


def _text_behind(procedure: Procedure, step: Step) -> Iterator[Precondition]:
    """Yield whether a text that stands behind *step* (a form of a decree) has a head do it."""
    if step.legal_basis or step.mandatory:
        yield no_rule_names(procedure, step)


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    """Return *procedure* with the assignment made by a business rule, in no time."""
    flow = procedure.flow
    for target in candidate.targets:
        step = flow.by_id[target]
        if isinstance(step, Step):
            flow = replaced(flow, automated(step, TaskType.BUSINESS_RULE))
    return evolve(procedure, flow=flow)


LEVER = Lever(
    id="assign_by_rule",
    title="Phân công tự động",
    source="949/KH-UBND III.2.2",
    kinds=frozenset({StepKind.ASSIGN}),
    find=find,
    apply=apply,
)
