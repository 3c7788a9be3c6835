"""Consult side by side (lấy ý kiến song song).

Finds: two or more opinions of different bodies, one waited for after the other.
Matters: the wait is then the longest of them and no longer their sum.
Not when: a rule orders one after the other, one needs the other's opinion, or one decides a branch.
Source: 949/KH-UBND III.2; "parallelism" of Reijers & Liman Mansar, Omega 33 (2005).
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from attrs import evolve

from tthc_flow.graph.arms import side_by_side
from tthc_flow.graph.chains import chains, removable
from tthc_flow.graph.performers import identity, performer_of
from tthc_flow.model.lever import Candidate, Lever, Precondition, Verdict
from tthc_flow.model.step import StepKind
from tthc_flow.proof.gates.conditions import asked, barred_by_answer, who_may_amend
from tthc_flow.proof.gates.evidence import done_by, time_of
from tthc_flow.proof.gates.losses import decides_nothing, worst_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.flow import Flow
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.model.step import Step

_CONSULTING = frozenset({StepKind.CONSULT, StepKind.OPINION})


def find(procedure: Procedure) -> Iterator[Candidate]:
    """Yield each longest row of opinions in which all bodies differ."""
    flow = procedure.flow
    for chain in chains(flow):
        for consulting, group in groupby(chain, key=lambda step: _is_opinion(flow, step)):
            row = tuple(group)
            if not consulting or len(row) < 2 or not _all_differ(flow, row):  # noqa: PLR2004 - a row
                continue
            authority, instrument = who_may_amend(procedure, *row)
            yield Candidate(
                lever=LEVER.id,
                targets=tuple(step.id for step in row),
                evidence=(
                    *(done_by(step, performer_of(flow, step)) for step in row),
                    *(time_of(step) for step in row),
                ),
                preconditions=(
                    asked(procedure, "legally-ordered", *row),
                    _independent(procedure, row),
                    worst_of(*(decides_nothing(procedure, step) for step in row)),
                ),
                authority=authority,
                instrument=instrument,
            )


def _is_opinion(flow: Flow, step: Step) -> bool:
    return (
        bool(step.kinds)
        and _CONSULTING.issuperset(step.kinds)
        and StepKind.OPINION in step.kinds
        and removable(flow, step)
    )


def _all_differ(flow: Flow, row: tuple[Step, ...]) -> bool:
    bodies = [performer_of(flow, step) for step in row]
    known = {identity(body) for body in bodies if body is not None}
    return len(known) == len(row)


def _independent(procedure: Procedure, row: tuple[Step, ...]) -> Precondition:
    """Return whether no later opinion reads what an earlier one writes."""
    name = "one-opinion-needs-the-other"
    if any(step.reads is None or step.writes is None for step in row):
        return asked(procedure, name, *row)
    written: set[str] = set()
    for step in row:
        needed = (step.reads or frozenset()) & written
        if needed:
            because = (("reads", min(needed)), ("reader", step.id))
            return Precondition(name=name, verdict=Verdict.FAIL, because=because)
        written |= step.writes or frozenset()
    passed = Precondition(name=name, verdict=Verdict.PASS, because=(("reads", "none"),))
    return barred_by_answer(procedure, name, *row) or passed


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    """Return *procedure* with the opinions between a parallel split and join."""
    return evolve(procedure, flow=side_by_side(procedure.flow, candidate.targets))


LEVER = Lever(
    id="consult_in_parallel",
    title="Lấy ý kiến song song",
    source="949/KH-UBND III.2",
    find=find,
    apply=apply,
)
