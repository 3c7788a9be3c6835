"""Drop a relay (bỏ bước trung chuyển).

Finds: a step that only receives from one office and forwards to the next, with no work of its own.
Matters: each relay adds a waiting time and a hand-off; the electronic system forwards at once.
Not when: it makes a legal record of its own, a rule names it, or it carries paper that must move.
Source: 949/KH-UBND III.2, III.3.1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from tthc_flow.graph.chains import removable
from tthc_flow.graph.performers import performer_of
from tthc_flow.graph.rewrite import without
from tthc_flow.model.flow import Event, EventPosition
from tthc_flow.model.lever import Candidate, Lever
from tthc_flow.model.step import StepKind
from tthc_flow.proof.gates.conditions import (
    asked,
    decides_nothing,
    does_nothing_else,
    needs_no_paper,
    no_rule_names,
    who_may_amend,
)
from tthc_flow.proof.gates.evidence import done_by, time_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.procedure import Procedure


def find(procedure: Procedure) -> Iterator[Candidate]:
    """Yield each step that only passes a dossier on, except the first after a start."""
    flow = procedure.flow
    for step in flow.steps:
        if step.kind is not StepKind.TRANSFER or step.automatic or not removable(flow, step):
            continue
        before = (flow.by_id.get(edge.source) for edge in flow.incoming[step.id])
        if any(isinstance(n, Event) and n.position is EventPosition.START for n in before):
            continue
        authority, instrument = who_may_amend(procedure, step)
        yield Candidate(
            lever=LEVER.id,
            targets=(step.id,),
            evidence=(done_by(step, performer_of(flow, step)), time_of(step)),
            preconditions=(
                does_nothing_else(step, StepKind.TRANSFER, StepKind.RECEIVE),
                decides_nothing(procedure, step),
                no_rule_names(procedure, step),
                asked(procedure, "registers-legal-record", step),
                needs_no_paper(procedure, step),
            ),
            authority=authority,
            instrument=instrument,
        )


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    """Return *procedure* without the relay; its neighbours are joined."""
    return evolve(procedure, flow=without(procedure.flow, *candidate.targets))


LEVER = Lever(
    id="drop_relay",
    title="Bỏ bước trung chuyển",
    source="949/KH-UBND III.2, III.3.1",
    find=find,
    apply=apply,
)
