"""Drop a duplicate check (bỏ kiểm tra trùng).

Finds: a step that examines only documents, by only criteria, that a step always before it has
    examined; both state what they read.
Matters: the second look costs its whole time and finds nothing the first could not.
Not when: a second pair of eyes is demanded, a rule names it, the criterion differs, or it decides
    a branch.
Source: 949/KH-UBND III.2; QĐ 468/QĐ-TTg.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from tthc_flow.graph.chains import removable
from tthc_flow.graph.dominators import dominators
from tthc_flow.graph.rewrite import without
from tthc_flow.model.lever import Candidate, Evidence, Lever
from tthc_flow.model.step import Step, StepKind
from tthc_flow.proof.gates.conditions import (
    asked,
    decides_nothing,
    does_nothing_else,
    duties_allow,
    no_rule_names,
    reads_nothing_new,
    who_may_amend,
)
from tthc_flow.proof.gates.evidence import time_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.procedure import Procedure

_CHECKING = frozenset({StepKind.EXAMINE, StepKind.INSPECT})


def find(procedure: Procedure) -> Iterator[Candidate]:
    """Yield each check whose documents and criteria an earlier check covers."""
    flow = procedure.flow
    later = [
        step
        for step in flow.steps
        if step.kind in _CHECKING and step.reads and step.criteria and removable(flow, step)
    ]
    if not later:
        return
    passed = dominators(flow)
    for step in later:
        first = _covering(procedure, step, passed.above(step.id))
        if first is None:
            continue
        authority, instrument = who_may_amend(procedure, step)
        yield Candidate(
            lever=LEVER.id,
            targets=(step.id,),
            anchor=first.id,
            evidence=(
                Evidence(name="examined-before", value=first.name, element=first.id),
                Evidence(name="documents", value=", ".join(sorted(step.reads or ()))),
                time_of(step),
            ),
            preconditions=(
                does_nothing_else(step, *_CHECKING, StepKind.REVIEW, StepKind.TRANSFER),
                no_rule_names(procedure, step),
                reads_nothing_new(procedure, first, step),
                asked(procedure, "second-pair-of-eyes", step),
                decides_nothing(procedure, step),
                duties_allow(procedure, first, step),
            ),
            authority=authority,
            instrument=instrument,
        )


def _covering(procedure: Procedure, again: Step, before: Iterator[str]) -> Step | None:
    for id_ in before:
        step = procedure.flow.by_id.get(id_)
        if (
            isinstance(step, Step)
            and step.kind in _CHECKING
            and step.reads is not None
            and step.criteria is not None
            and (again.reads or frozenset()) <= step.reads
            and (again.criteria or frozenset()) <= step.criteria
        ):
            return step
    return None


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    """Return *procedure* without the later check; its neighbours are joined."""
    return evolve(procedure, flow=without(procedure.flow, *candidate.targets))


LEVER = Lever(
    id="drop_duplicate_check",
    title="Bỏ kiểm tra trùng",
    source="949/KH-UBND III.2; QĐ 468/QĐ-TTg",
    find=find,
    apply=apply,
)
