"""Reuse data the state already holds (tái sử dụng dữ liệu đã có).

Finds: a step that checks or confirms what a named database holds.
Matters: QĐ 468/QĐ-TTg tells agencies to cut steps that check information already in a database.
Not when: the data are not authoritative or hold only a part of what is checked, the database is
    not connected, a rule names the check, its result is read later, or law demands the original.
Source: 949/KH-UBND III.1.2a; QĐ 468/QĐ-TTg.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from tthc_flow.graph.arms import passed_over
from tthc_flow.graph.chains import removable
from tthc_flow.graph.rewrite import automated, fresh_id
from tthc_flow.model.lever import Candidate, Evidence, Lever, Precondition, Verdict
from tthc_flow.model.step import Step, StepKind, TaskType
from tthc_flow.proof.gates.conditions import (
    asked,
    barred_by_answer,
    duties_allow,
    needs_no_paper,
    no_rule_names,
    stated_or_answered,
    who_may_amend,
)
from tthc_flow.proof.gates.evidence import time_of
from tthc_flow.proof.gates.losses import decides_nothing, writes_unread
from tthc_flow.proof.gates.other_work import does_nothing_else

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.flow import Flow
    from tthc_flow.model.procedure import Procedure

_CHECKING = (
    StepKind.EXAMINE,
    StepKind.REEXAMINE,
    StepKind.INSPECT,
    StepKind.CONSULT,
    StepKind.OPINION,
)


def find(procedure: Procedure) -> Iterator[Candidate]:
    """Yield each check by hand of what a named database holds, in file order."""
    flow = procedure.flow
    for step in flow.steps:
        if step.kind not in _CHECKING or not step.databases or step.automatic:
            continue
        if not removable(flow, step) or _is_fall_back(flow, step):
            continue
        authority, instrument = who_may_amend(procedure, step)
        yield Candidate(
            lever=LEVER.id,
            targets=(step.id,),
            evidence=(
                *(
                    Evidence(name="database", value=base.name, element=step.id)
                    for base in step.databases
                ),
                time_of(step),
            ),
            preconditions=(
                does_nothing_else(procedure, step, *_CHECKING),
                decides_nothing(procedure, step),
                writes_unread(procedure, "result-is-used", step),
                no_rule_names(procedure, step),
                duties_allow(procedure, step),
                _holds_all(procedure, step),
                _all_known(procedure, step, "database-connected", "connected"),
                _all_known(procedure, step, "data-authoritative", "authoritative"),
                needs_no_paper(procedure, step),
            ),
            authority=authority,
            instrument=instrument,
        )


def _is_fall_back(flow: Flow, step: Step) -> bool:
    """Return whether *step* is only done where an automatic look-up before it got no answer."""
    for edge in flow.incoming[step.id]:
        for before in flow.incoming.get(edge.source, ()):
            node = flow.by_id.get(before.source)
            if isinstance(node, Step) and node.kind is StepKind.LOOK_UP:
                return True
    return False


def _all_known(procedure: Procedure, step: Step, question: str, attribute: str) -> Precondition:
    """Return whether every database of *step* has the *attribute*; else the answer decides."""
    values = [getattr(base, attribute) for base in step.databases]
    known = False if False in values else None if None in values else True
    return stated_or_answered(procedure, question, step, (attribute, known), passing=True)


def _holds_all(procedure: Procedure, step: Step) -> Precondition:
    """Return whether the databases of *step* hold every document it reads; else the answer decides.

    A database that holds one document of a dossier is no reason to pass over the whole check.
    """
    name = "database-holds-all"
    bases = {base.name for base in step.databases}
    held = {document.name for document in procedure.documents or () if document.known_in in bases}
    if not step.reads or not step.reads <= held:
        return asked(procedure, name, step)
    because = (("held-in", ", ".join(sorted(bases))),)
    passed = Precondition(name=name, verdict=Verdict.PASS, because=because)
    return barred_by_answer(procedure, name, step) or passed


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    """Return *procedure* with an automatic look-up before the check.

    Where the database answers, the check by hand is passed over; where it does not, it is done as
    before. The longest case therefore keeps its time: what falls is how often people check.
    """
    flow = procedure.flow
    step = flow.by_id[candidate.targets[0]]
    if not isinstance(step, Step):
        return procedure
    look_up = automated(
        Step(
            id=fresh_id(flow, f"LookUp_{step.id}"),
            name=f"Tra cứu {', '.join(base.name for base in step.databases)}",
            scope=step.scope,
            lane=step.lane,
            kinds=(StepKind.LOOK_UP,),
            performer=step.performer,
            reads=step.reads,
            writes=frozenset(),
            databases=step.databases,
        ),
        TaskType.SERVICE,
    )
    question, answers = "Cơ sở dữ liệu trả lời?", ("Có", "Không")
    return evolve(procedure, flow=passed_over(flow, step, look_up, question, answers))


LEVER = Lever(
    id="reuse_known_data",
    title="Tái sử dụng dữ liệu đã có",
    source="949/KH-UBND III.1.2a; QĐ 468/QĐ-TTg",
    find=find,
    apply=apply,
)
