"""Drop a duplicate check (bỏ kiểm tra trùng).

Finds: a step that examines only documents, by only criteria, that steps always before it have
    examined, one or several together; all state what they read.
Matters: the second look costs its whole time and finds nothing the first could not.
Not when: a second pair of eyes is demanded, a rule names it, the criterion differs, the documents
    were written anew since, its result is read later, or it decides a branch.
Source: 949/KH-UBND III.2; QĐ 468/QĐ-TTg.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from tthc_flow.graph.chains import detachable
from tthc_flow.graph.passed import passed
from tthc_flow.graph.remembered import remembered
from tthc_flow.graph.rewrite import taken_out
from tthc_flow.model.lever import Candidate, Evidence, Lever, Precondition, Verdict
from tthc_flow.model.step import Step, StepKind
from tthc_flow.proof.gates.amending import who_may_amend
from tthc_flow.proof.gates.conditions import asked, duties_allow, no_rule_names
from tthc_flow.proof.gates.confidence import confidence_of
from tthc_flow.proof.gates.evidence import time_of
from tthc_flow.proof.gates.losses import (
    nobody_sends_back,
    reads_nothing_new,
    sways_nothing,
    writes_unread,
)
from tthc_flow.proof.gates.other_work import takes_nothing_else
from tthc_flow.proof.gates.risk import risk_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tthc_flow.graph.passed import Passed
    from tthc_flow.model.flow import Flow
    from tthc_flow.model.procedure import Procedure

_CHECKING = frozenset({StepKind.EXAMINE, StepKind.INSPECT})
_GOING = _CHECKING | {StepKind.REVIEW, StepKind.TRANSFER}


def find(procedure: Procedure) -> Iterator[Candidate]:
    """Yield each check whose documents and criteria an earlier check covers."""
    flow = procedure.flow
    later = [step for step in flow.steps if step.kind in _CHECKING and step.reads and step.criteria]
    if not later:
        return
    seen = _seen(flow)
    for step in later:
        going = detachable(flow, step)
        firsts = _covering(procedure, step, seen)
        if going is None or not firsts:
            continue
        yield Candidate(
            lever=LEVER.id,
            targets=going,
            anchors=tuple(first.id for first in firsts),
            evidence=(
                *(
                    Evidence(name="examined-before", value=first.name, element=first.id)
                    for first in firsts
                ),
                Evidence(name="documents", value=", ".join(sorted(step.reads or ()))),
                time_of(step),
            ),
            preconditions=(
                takes_nothing_else(procedure, step, allowed=_GOING),
                no_rule_names(procedure, step),
                _unchanged_since(procedure, firsts, step, seen),
                asked(procedure, "second-pair-of-eyes", step),
                writes_unread(procedure, "result-is-used", step),
                sways_nothing(procedure, step),
                nobody_sends_back(procedure, step),
                duties_allow(procedure, *firsts, step),
            ),
            amends=who_may_amend(procedure, step),
            risk=risk_of(procedure, step),
            confidence=confidence_of(procedure, step, *firsts),
        )


@frozen(kw_only=True)
class _Seen:
    """Who checks and who writes, by what: checks as bits of those that are surely passed."""

    passed: Passed
    checks: Mapping[tuple[StepKind, str, str], int]
    writers: Mapping[str, tuple[str, ...]]


@remembered
def _seen(flow: Flow) -> _Seen:
    """Return the checks of each document by each criterion, and who writes the document."""
    working = [s for s in flow.steps if s.writes or not _CHECKING.isdisjoint(s.kinds)]
    found = passed(flow, (step.id for step in working))
    checks: dict[tuple[StepKind, str, str], int] = {}
    writers: dict[str, list[str]] = {}
    for step in working:
        for document in step.writes or ():
            writers.setdefault(document, []).append(step.id)
        if step.automatic:
            continue
        looks = _CHECKING.intersection(step.kinds)
        for what in product(looks, step.reads or (), step.criteria or ()):
            checks[what] = checks.get(what, 0) | found.marks.get(step.id, 0)
    return _Seen(
        passed=found,
        checks=checks,
        writers={document: tuple(ids) for document, ids in writers.items()},
    )


def _covering(procedure: Procedure, again: Step, seen: _Seen) -> tuple[Step, ...]:
    """Return the nearest checks that saw each document of *again* by each criterion; else none."""
    firsts: set[str] = set()
    for document, criterion in product(again.reads or (), again.criteria or ()):
        kind = again.kinds[0]
        checks = seen.checks.get((kind, document, criterion), 0)
        nearest = seen.passed.nearest(again.id, checks)
        if nearest is None:
            return ()
        firsts.add(nearest)
    marks = seen.passed.marks
    ordered = sorted(firsts, key=marks.__getitem__, reverse=True)
    return tuple(n for id_ in ordered if isinstance(n := procedure.flow.by_id[id_], Step))


def _unchanged_since(
    procedure: Procedure, firsts: tuple[Step, ...], again: Step, seen: _Seen
) -> Precondition:
    """Return whether *again* finds the documents as *firsts* found them: nobody wrote them since.

    What is always passed before those that saw a document wrote what they saw as well.
    """
    for document in sorted(again.reads or ()):
        saw = [first.id for first in firsts if document in (first.reads or ())]
        for writer in seen.writers.get(document, ()):
            early = all(seen.passed.always(writer, first) for first in saw)
            if not early and writer != again.id:
                because = (("new", document),)
                name = "examines-anything-new"
                return Precondition(name=name, verdict=Verdict.FAIL, because=because)
    together = evolve(
        firsts[0],
        reads=frozenset[str]().union(*(first.reads or () for first in firsts)),
        criteria=frozenset[str]().union(*(first.criteria or () for first in firsts)),
    )
    return reads_nothing_new(procedure, together, again)


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    """Return *procedure* without the later check; its neighbours are joined."""
    return taken_out(procedure, *candidate.targets)


LEVER = Lever(
    id="drop_duplicate_check",
    title="Bỏ kiểm tra trùng",
    source="949/KH-UBND III.2; QĐ 468/QĐ-TTg",
    kinds=frozenset({StepKind.EXAMINE, StepKind.INSPECT}),
    find=find,
    apply=apply,
)
