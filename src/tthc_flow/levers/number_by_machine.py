"""Number, register and send by machine (lấy số, phát hành trên hệ thống); the seal stays by hand.

Finds: a step of its own, with time of its own or none printed, that only numbers, stamps or
    issues a document.
Matters: 59 % of the published tables carry stamping as a timed step, 19 % carry it twice. The
    system takes the number, enters it in the register and sends; the clerk still applies the
    agency's digital signature directly, which takes no time of its own.
Not when: law requires the paper original of that document.
Source: 949/KH-UBND III.2.2, III.3.1; NĐ 30/2020/NĐ-CP Điều 5 (a digitally signed document is an
    original) and Điều 32 khoản 2 điểm c (the clerk applies the seal and signature directly).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.graph.rewrite import automated, replaced
from tthc_flow.model.lever import Candidate, Evidence, Lever
from tthc_flow.model.source import Source
from tthc_flow.model.step import Step, StepKind, TaskType
from tthc_flow.proof.gates.amending import who_may_amend
from tthc_flow.proof.gates.conditions import needs_no_paper
from tthc_flow.proof.gates.confidence import confidence_of
from tthc_flow.proof.gates.evidence import kind_of, time_of
from tthc_flow.proof.gates.other_work import does_nothing_else

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.procedure import Procedure


TITLE: Final = "Lấy số, phát hành trên hệ thống (văn thư ký số)"
SEAL: Final = "Văn thư vẫn trực tiếp ký số của cơ quan, không tính thời gian riêng"
CLAUSE: Final = Source(document="NĐ 30/2020/NĐ-CP", place="Điều 32 khoản 2 điểm c")
"""Who keeps the seal applies it, and the agency's digital signature, directly."""


def find(procedure: Procedure) -> Iterator[Candidate]:
    """Yield each stamping or numbering step that people do, in file order."""
    for step in procedure.flow.steps:
        if step.kind is not StepKind.NUMBER_AND_STAMP or step.automatic:
            continue
        yield Candidate(
            lever=LEVER.id,
            targets=(step.id,),
            evidence=(kind_of(step), time_of(step), _sealed_by_hand(step)),
            preconditions=(
                does_nothing_else(
                    procedure, step, StepKind.NUMBER_AND_STAMP, StepKind.ISSUE, StepKind.TRANSFER
                ),
                needs_no_paper(procedure, step),
            ),
            amends=who_may_amend(procedure, step),
            confidence=confidence_of(procedure, step),
        )


def _sealed_by_hand(step: Step) -> Evidence:
    """Return that the clerk still signs digitally for the agency, with the clause that says so."""
    value = f"{CLAUSE.place} {CLAUSE.document}"
    return Evidence(name="sealed-by-hand", value=value, element=step.id, source=CLAUSE)


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    """Return *procedure* with the step done by the system, in no time, where it stands.

    Its name and its full text say that the clerk still applies the digital signature.
    """
    flow = procedure.flow
    for target in candidate.targets:
        step = flow.by_id[target]
        if isinstance(step, Step):
            flow = replaced(flow, _by_machine(step))
    return evolve(procedure, flow=flow)


def _by_machine(step: Step) -> Step:
    """Return *step* as the system does it; what was printed stays in its full text."""
    printed = step.documentation or step.name
    return evolve(
        automated(step, TaskType.SERVICE),
        name=TITLE,
        documentation=f"{printed}\n{SEAL} ({CLAUSE.place} {CLAUSE.document}).",
        paper=False if step.paper else step.paper,
    )


LEVER = Lever(
    id="number_by_machine",
    title=TITLE,
    source="949/KH-UBND III.2.2, III.3.1",
    kinds=frozenset({StepKind.NUMBER_AND_STAMP, StepKind.ISSUE}),
    find=find,
    apply=apply,
)
