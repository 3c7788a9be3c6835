"""Assign dossiers by rule (phân công tự động).

Finds: a step in which a head only assigns a dossier to an officer.
Matters: assignment by hand costs a waiting time at every level that assigns; 8 published tables
    assign at two levels.
Not when: the assignment needs judgement case by case, with a reason.
Source: 949/KH-UBND III.2.2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from tthc_flow.graph.rewrite import automated, replaced
from tthc_flow.model.lever import Candidate, Evidence, Lever, Precondition, Verdict
from tthc_flow.model.step import Step, StepKind, TaskType
from tthc_flow.proof.gates.conditions import (
    asked,
    decides_nothing,
    does_nothing_else,
    who_may_amend,
)
from tthc_flow.proof.gates.evidence import time_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.procedure import Procedure


def find(procedure: Procedure) -> Iterator[Candidate]:
    """Yield each step that only assigns, in file order."""
    for step in procedure.flow.steps:
        if step.kind is not StepKind.ASSIGN or step.automatic:
            continue
        authority, instrument = who_may_amend(procedure, step)
        yield Candidate(
            lever=LEVER.id,
            targets=(step.id,),
            evidence=(Evidence(name="kind", value=step.kinds[0].value, element=step.id), time_of(step)),
            preconditions=(
                does_nothing_else(step, StepKind.ASSIGN, StepKind.TRANSFER),
                decides_nothing(procedure, step),
                _no_discretion(procedure, step),
            ),
            authority=authority,
            instrument=instrument,
        )


def _no_discretion(procedure: Procedure, step: Step) -> Precondition:
    """Return whether a rule can assign: the attribute first, then the answer."""
    name = "assignment-needs-discretion"
    if step.discretion is None:
        return asked(procedure, name, step)
    verdict = Verdict.FAIL if step.discretion else Verdict.PASS
    because = (("discretion", str(step.discretion).lower()),)
    return Precondition(name=name, verdict=verdict, because=because)


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
    find=find,
    apply=apply,
)
