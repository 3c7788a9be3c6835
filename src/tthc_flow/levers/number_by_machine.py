"""Number, stamp and issue by machine (ký số, lấy số, phát hành tự động).

Finds: a step of its own, with time of its own or none printed, that only numbers, stamps or
    issues a document.
Matters: 59 % of the published tables carry stamping as a timed step, 19 % carry it twice.
Not when: law requires the paper original of that document.
Source: 949/KH-UBND III.2.2, III.3.1; NĐ 30/2020/NĐ-CP Điều 5 (a digitally signed document is an
    original).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from tthc_flow.graph.rewrite import automated, replaced
from tthc_flow.model.lever import Candidate, Lever
from tthc_flow.model.step import Step, StepKind, TaskType
from tthc_flow.proof.gates.conditions import needs_no_paper, who_may_amend
from tthc_flow.proof.gates.evidence import kind_of, time_of
from tthc_flow.proof.gates.other_work import does_nothing_else

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.procedure import Procedure


def find(procedure: Procedure) -> Iterator[Candidate]:
    """Yield each stamping or numbering step that people do, in file order."""
    for step in procedure.flow.steps:
        if step.kind is not StepKind.NUMBER_AND_STAMP or step.automatic:
            continue
        authority, instrument = who_may_amend(procedure, step)
        yield Candidate(
            lever=LEVER.id,
            targets=(step.id,),
            evidence=(kind_of(step), time_of(step)),
            preconditions=(
                does_nothing_else(
                    procedure, step, StepKind.NUMBER_AND_STAMP, StepKind.ISSUE, StepKind.TRANSFER
                ),
                needs_no_paper(procedure, step),
            ),
            authority=authority,
            instrument=instrument,
        )


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    """Return *procedure* with the step done by a machine, in no time, where it stands."""
    flow = procedure.flow
    for target in candidate.targets:
        step = flow.by_id[target]
        if isinstance(step, Step):
            paper = False if step.paper else step.paper
            flow = replaced(flow, evolve(automated(step, TaskType.SERVICE), paper=paper))
    return evolve(procedure, flow=flow)


LEVER = Lever(
    id="number_by_machine",
    title="Ký số, lấy số, phát hành tự động",
    source="949/KH-UBND III.2.2, III.3.1",
    find=find,
    apply=apply,
)
