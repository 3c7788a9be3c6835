"""Drop a duplicate check (bỏ kiểm tra trùng).

Finds: a step that examines only documents, by only criteria, that a step always before it has
    examined; both state what they read.
Matters: the second look costs its whole time and finds nothing the first could not.
Not when: a second pair of eyes is demanded, a rule names it, the criterion differs, the documents
    were written anew since, its result is read later, or it decides a branch.
Source: 949/KH-UBND III.2; QĐ 468/QĐ-TTg.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.graph.chains import removable
from tthc_flow.graph.dominators import dominators
from tthc_flow.graph.rewrite import taken_out
from tthc_flow.model.lever import Candidate, Evidence, Lever, Precondition, Verdict
from tthc_flow.model.step import Step, StepKind
from tthc_flow.proof.gates.conditions import asked, duties_allow, no_rule_names, who_may_amend
from tthc_flow.proof.gates.evidence import time_of
from tthc_flow.proof.gates.losses import (
    nobody_sends_back,
    reads_nothing_new,
    sways_nothing,
    writes_unread,
)
from tthc_flow.proof.gates.other_work import takes_nothing_else

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.procedure import Procedure

_CHECKING = frozenset({StepKind.EXAMINE, StepKind.INSPECT})
_GOING = _CHECKING | {StepKind.REVIEW, StepKind.TRANSFER}


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
        above = tuple(passed.above(step.id))
        first = _covering(procedure, step, above)
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
                takes_nothing_else(procedure, step, allowed=_GOING),
                no_rule_names(procedure, step),
                _unchanged_since(procedure, first, step, above),
                asked(procedure, "second-pair-of-eyes", step),
                writes_unread(procedure, "result-is-used", step),
                sways_nothing(procedure, step),
                nobody_sends_back(procedure, step),
                duties_allow(procedure, first, step),
            ),
            authority=authority,
            instrument=instrument,
        )


def _unchanged_since(
    procedure: Procedure, first: Step, again: Step, above: tuple[str, ...]
) -> Precondition:
    """Return whether *again* finds the documents as *first* found them: nobody wrote them since.

    *above* are the elements always passed before *again*, the nearest first; those beyond *first*
    wrote what *first* saw as well.
    """
    seen_by_first = set(above[above.index(first.id) + 1 :])
    for step in procedure.flow.steps:
        if step.id in seen_by_first or step.id == again.id:
            continue
        rewritten = (step.writes or frozenset()) & (again.reads or frozenset())
        if rewritten:
            because = (("new", min(rewritten)),)
            return Precondition(name="examines-anything-new", verdict=Verdict.FAIL, because=because)
    return reads_nothing_new(procedure, first, again)


def _covering(procedure: Procedure, again: Step, before: tuple[str, ...]) -> Step | None:
    for id_ in before:
        step = procedure.flow.by_id.get(id_)
        if (
            isinstance(step, Step)
            and again.kind in step.kinds
            and not step.automatic
            and step.reads is not None
            and step.criteria is not None
            and (again.reads or frozenset()) <= step.reads
            and (again.criteria or frozenset()) <= step.criteria
        ):
            return step
    return None


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    """Return *procedure* without the later check; its neighbours are joined."""
    return taken_out(procedure, *candidate.targets)


LEVER = Lever(
    id="drop_duplicate_check",
    title="Bỏ kiểm tra trùng",
    source="949/KH-UBND III.2; QĐ 468/QĐ-TTg",
    find=find,
    apply=apply,
)
