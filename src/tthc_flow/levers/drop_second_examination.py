"""Drop a second examination (bỏ bước thẩm tra lại) of a dossier already examined.

Finds: an examination by the office of the signing authority (Văn phòng UBND), always preceded by
    an examination of the same dossier by the specialised agency.
Matters: it stands in 25 % of the published tables and takes a median third of the time there.
Not when: a rule names it, it reads or checks something new, its result is read later, cases are
    sent back to it, or it decides a branch with a real rejection rate.
Source: 949/KH-UBND III.1.4, III.2.1; "task elimination" and "control relocation" of Reijers &
    Liman Mansar, Omega 33 (2005).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.graph.chains import removable
from tthc_flow.graph.dominators import dominators
from tthc_flow.graph.performers import identity, performer_of
from tthc_flow.graph.rewrite import taken_out
from tthc_flow.model.lever import Candidate, Evidence, Lever
from tthc_flow.model.step import Step, StepKind
from tthc_flow.proof.gates.conditions import duties_allow, no_rule_names, who_may_amend
from tthc_flow.proof.gates.evidence import done_by, rejections, time_of
from tthc_flow.proof.gates.losses import (
    nobody_sends_back,
    reads_nothing_new,
    sways_nothing,
    writes_unread,
)
from tthc_flow.proof.gates.other_work import takes_nothing_else

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.actor import Performer
    from tthc_flow.model.procedure import Procedure


_SECOND: Final = frozenset(
    {StepKind.REEXAMINE, StepKind.EXAMINE, StepKind.REVIEW, StepKind.TRANSFER}
)


def find(procedure: Procedure) -> Iterator[Candidate]:
    """Yield each repeated examination, with the nearest first one as its anchor."""
    flow = procedure.flow
    again = [s for s in flow.steps if StepKind.REEXAMINE in s.kinds and removable(flow, s)]
    if not again:
        return
    passed = dominators(flow)
    for step in again:
        first = _first_examination(procedure, step, passed.above(step.id))
        if first is None:
            continue
        authority, instrument = who_may_amend(procedure, step)
        yield Candidate(
            lever=LEVER.id,
            targets=(step.id,),
            anchor=first.id,
            evidence=(
                Evidence(name="examined-before", value=first.name, element=first.id),
                done_by(step, performer_of(flow, step)),
                rejections(step),
                time_of(step),
            ),
            preconditions=(
                takes_nothing_else(procedure, step, allowed=_SECOND),
                no_rule_names(procedure, step),
                reads_nothing_new(procedure, first, step),
                writes_unread(procedure, "result-is-used", step),
                sways_nothing(procedure, step),
                nobody_sends_back(procedure, step),
                duties_allow(procedure, step),
            ),
            authority=authority,
            instrument=instrument,
        )


def _first_examination(procedure: Procedure, again: Step, before: Iterator[str]) -> Step | None:
    """Return the nearest examination by another body among the nodes always passed *before*."""
    flow = procedure.flow
    again_by = performer_of(flow, again)
    for id_ in before:
        step = flow.by_id.get(id_)
        if not isinstance(step, Step) or StepKind.EXAMINE not in step.kinds or step.automatic:
            continue
        by = performer_of(flow, step)
        if again_by is None or by is None or _body(by) != _body(again_by):
            return step
    return None


def _body(performer: Performer) -> tuple[str, str]:
    """Return the office, or who it is where that is unknown: two of one office are one body."""
    office, who = identity(performer)
    return (office, "") if office else ("", who)


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    """Return *procedure* without the second examination; its neighbours are joined."""
    return taken_out(procedure, *candidate.targets)


LEVER = Lever(
    id="drop_second_examination",
    title="Bỏ bước thẩm tra lại",
    source="949/KH-UBND III.1.4, III.2.1",
    find=find,
    apply=apply,
)
