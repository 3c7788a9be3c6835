"""Reuse data the state already holds (tái sử dụng dữ liệu đã có).

Finds: a step that checks or confirms what a named database holds.
Matters: QĐ 468/QĐ-TTg tells agencies to cut steps that check information already in a database.
Not when: the data are not authoritative, the database is not connected, or law demands the original.
Source: 949/KH-UBND III.1.2a; QĐ 468/QĐ-TTg.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from tthc_flow.graph.chains import removable
from tthc_flow.graph.rewrite import automated, fresh_id
from tthc_flow.model.flow import Gateway, GatewayKind, SequenceFlow
from tthc_flow.model.lever import Candidate, Evidence, Lever, Precondition, Verdict
from tthc_flow.model.step import Step, StepKind, TaskType
from tthc_flow.proof.gates.conditions import (
    asked,
    decides_nothing,
    does_nothing_else,
    needs_no_paper,
    who_may_amend,
)
from tthc_flow.proof.gates.evidence import time_of

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
                does_nothing_else(step, *_CHECKING),
                decides_nothing(procedure, step),
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
    if all(values):
        return Precondition(name=question, verdict=Verdict.PASS, because=((attribute, "true"),))
    if False in values:
        return Precondition(name=question, verdict=Verdict.FAIL, because=((attribute, "false"),))
    return asked(procedure, question, step)


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    """Return *procedure* with an automatic look-up before the check.

    Where the database answers, the check by hand is passed over; where it does not, it is done as
    before. The longest case therefore keeps its time: what falls is how often people check.
    """
    flow = procedure.flow
    step = flow.by_id[candidate.targets[0]]
    if not isinstance(step, Step):
        return procedure
    scope, lane = step.scope, step.lane
    look_up = automated(
        Step(
            id=fresh_id(flow, f"LookUp_{step.id}"),
            name=f"Tra cứu {', '.join(base.name for base in step.databases)}",
            scope=scope,
            lane=lane,
            kinds=(StepKind.LOOK_UP,),
            performer=step.performer,
            reads=step.reads,
            writes=step.writes,
            databases=step.databases,
        ),
        TaskType.SERVICE,
    )
    answered = Gateway(
        id=fresh_id(flow, f"Answered_{step.id}"),
        kind=GatewayKind.EXCLUSIVE,
        name="Cơ sở dữ liệu trả lời?",
        scope=scope,
        lane=lane,
    )
    joined = evolve(answered, id=fresh_id(flow, f"Checked_{step.id}"), name="")
    leaving = flow.outgoing[step.id][0]
    edges = [
        evolve(edge, target=look_up.id)
        if edge.target == step.id
        else evolve(edge, source=joined.id)
        if edge.id == leaving.id
        else edge
        for edge in flow.edges
    ]
    ways = (
        (look_up.id, answered.id, ""),
        (answered.id, joined.id, "Có"),
        (answered.id, step.id, "Không"),
        (step.id, joined.id, ""),
    )
    edges += [
        SequenceFlow(
            id=fresh_id(flow, f"Flow_{source}_{target}"),
            source=source,
            target=target,
            name=name,
            scope=scope,
        )
        for source, target, name in ways
    ]
    nodes = (*flow.nodes, look_up, answered, joined)
    return evolve(procedure, flow=evolve(flow, nodes=nodes, edges=tuple(edges)))


LEVER = Lever(
    id="reuse_known_data",
    title="Tái sử dụng dữ liệu đã có",
    source="949/KH-UBND III.1.2a; QĐ 468/QĐ-TTg",
    find=find,
    apply=apply,
)
