"""Receive anywhere (không phụ thuộc địa giới).

Finds: a one-stop counter's receipt that stands at one level alone, the province or the commune.
Matters: people travel to one place although the dossier is handled on screen; receipt no longer
    depends on the boundaries of a place.
Not when: law binds the receipt to a site (the land, the goods, the address), or the row holds
    other work of that place.
Source: 949/KH-UBND III.3.2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.graph.performers import performer_of
from tthc_flow.graph.rewrite import given_to
from tthc_flow.model.actor import Level, Role
from tthc_flow.model.lever import Candidate, Evidence, Expected, Lever
from tthc_flow.model.procedure import ProcedureKind
from tthc_flow.model.step import Step, StepKind
from tthc_flow.proof.gates.amending import who_may_amend
from tthc_flow.proof.gates.conditions import asked
from tthc_flow.proof.gates.confidence import confidence_of
from tthc_flow.proof.gates.evidence import done_by
from tthc_flow.proof.gates.other_work import does_nothing_else

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.actor import Performer
    from tthc_flow.model.procedure import Procedure

ANYWHERE: Final = frozenset({Level.PROVINCE, Level.COMMUNE})
"""Where a dossier may be handed in once no place is named."""

_AT_THE_COUNTER: Final = (
    StepKind.RECEIVE,
    StepKind.SUBMIT,
    StepKind.PAYMENT,
    StepKind.TRANSFER,
    StepKind.RETURN,
)
_SAID: Final = "nơi bất kỳ trong tỉnh"


def find(procedure: Procedure) -> Iterator[Candidate]:
    """Yield each receipt that one level alone may do, in file order."""
    if procedure.kind is not ProcedureKind.PUBLIC:
        return
    flow = procedure.flow
    for step in flow.steps:
        performer = performer_of(flow, step)
        if step.kind is not StepKind.RECEIVE or step.automatic or performer is None:
            continue
        if performer.role is not Role.ONE_STOP_SHOP or not performer.levels < ANYWHERE:
            continue
        for level in performer.levels:
            yield Candidate(
                lever=LEVER.id,
                targets=(step.id,),
                evidence=(
                    done_by(step, performer),
                    Evidence(name="only-level", value=level.value, element=step.id),
                ),
                preconditions=(
                    does_nothing_else(procedure, step, *_AT_THE_COUNTER),
                    asked(procedure, "site-bound-by-law", step),
                ),
                amends=who_may_amend(procedure, step),
                expected=Expected(levels=len(ANYWHERE - performer.levels)),
                confidence=confidence_of(procedure, step),
            )


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    """Return *procedure* with the receipt at any counter of the province or a commune."""
    flow = procedure.flow
    for target in candidate.targets:
        step = flow.by_id[target]
        performer = performer_of(flow, step) if isinstance(step, Step) else None
        if isinstance(step, Step) and performer is not None:
            flow = given_to(flow, step, _anywhere(performer))
    return evolve(procedure, flow=flow)


def _anywhere(performer: Performer) -> Performer:
    """Return the same counter at both levels; what has no office is told by its name, and keeps it.

    Two lanes of one name would not tell the reader which of them is which.
    """
    name = performer.name if performer.office is None else f"{performer.name} ({_SAID})"
    return evolve(performer, name=name, levels=ANYWHERE)


LEVER = Lever(
    id="receive_anywhere",
    title="Không phụ thuộc địa giới",
    source="949/KH-UBND III.3.2",
    kinds=frozenset({StepKind.RECEIVE}),
    find=find,
    apply=apply,
)
