"""Drop a second examination (bỏ bước thẩm tra lại) of a dossier already examined.

Finds: an examination by the office of the signing authority (Văn phòng UBND), always preceded by
    examinations of the same dossier by the specialised agency, one or several. Where the printed
    row does other work too (it also signs), only the examination goes from the row.
Matters: it stands in 25 % of the published tables and takes a median third of the time there.
Not when: a rule names it, it reads or checks something that none of the first ones did, its
    result is read later, cases are sent back to it, or it decides a branch with a real rejection
    rate. How long the rest of a row takes is not known until somebody says so.
Source: 949/KH-UBND III.1.4, III.2.1; "task elimination" and "control relocation" of Reijers &
    Liman Mansar, Omega 33 (2005).
"""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.errors import BadQuantity
from tthc_flow.graph.chains import detachable
from tthc_flow.graph.passed import passed
from tthc_flow.graph.performers import identity, performer_of
from tthc_flow.graph.relief import relieved
from tthc_flow.graph.rewrite import replaced, taken_out
from tthc_flow.model.lever import Candidate, Evidence, Lever, Precondition, Verdict
from tthc_flow.model.source import EvidenceKind
from tthc_flow.model.step import Step, StepKind
from tthc_flow.proof.gates.amending import who_may_amend
from tthc_flow.proof.gates.conditions import duties_allow, no_rule_names
from tthc_flow.proof.gates.confidence import confidence_of
from tthc_flow.proof.gates.evidence import done_by, rejections, time_of
from tthc_flow.proof.gates.losses import (
    nobody_sends_back,
    reads_nothing_new,
    sways_nothing,
    writes_unread,
)
from tthc_flow.proof.gates.other_work import takes_nothing_else
from tthc_flow.proof.gates.risk import risk_of
from tthc_flow.words.durations import read_duration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.graph.passed import Passed
    from tthc_flow.model.actor import Performer
    from tthc_flow.model.procedure import Procedure


WITHOUT: Final = "không thẩm tra lại"
_SPOKEN: Final = re.compile(r"(?i)thẩm (?:tra|định)(?: lại)?(?: hồ sơ)?(?: và |, )")
"""How a row's name begins that tells the examination first: "Thẩm tra và trình ký"."""

_EXAMINING: Final = frozenset({StepKind.REEXAMINE, StepKind.EXAMINE})
_SECOND: Final = _EXAMINING | {StepKind.REVIEW, StepKind.TRANSFER}


def find(procedure: Procedure) -> Iterator[Candidate]:
    """Yield each repeated examination; its anchors are the first ones that cover it together."""
    flow = procedure.flow
    again = [s for s in flow.steps if StepKind.REEXAMINE in s.kinds and not s.automatic]
    if not again:
        return
    looks = (s.id for s in flow.steps if StepKind.EXAMINE in s.kinds and not s.automatic)
    before = passed(flow, looks)
    for step in again:
        going = detachable(flow, step) if _whole(step) else (step.id,)
        if going is None:
            continue
        firsts = _first_examinations(procedure, step, before)
        if not firsts:
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
                done_by(step, performer_of(flow, step)),
                rejections(step),
                time_of(step),
                *_rest_of(step),
            ),
            preconditions=_conditions(procedure, step, firsts),
            amends=who_may_amend(procedure, step),
            terms=() if _whole(step) else (("time", ""),),
            risk=risk_of(procedure, step),
            confidence=confidence_of(procedure, step, *firsts),
        )


def _whole(step: Step) -> bool:
    """Return whether the row does nothing but look and pass on, so that all of it may go."""
    return _SECOND.issuperset(step.kinds)


def _rest_of(step: Step) -> tuple[Evidence, ...]:
    """Return what stays of a row of which only the examination goes."""
    if _whole(step):
        return ()
    stays = ", ".join(kind.value for kind in step.kinds if kind not in _EXAMINING)
    return (Evidence(name="stays-in-the-row", value=stays, element=step.id),)


def _conditions(
    procedure: Procedure, step: Step, firsts: tuple[Step, ...]
) -> tuple[Precondition, ...]:
    """Return what must hold before the examination goes, with its row or out of it.

    Of a row that stays nothing else is lost: neither what it writes nor where cases are sent to,
    and what it decides its other work decides.
    """
    law = no_rule_names(procedure, step)
    new = _nothing_new(procedure, firsts, step)
    duties = duties_allow(procedure, step)
    if not _whole(step):
        return (law, new, sways_nothing(procedure, evolve(step, decides=None)), duties)
    return (
        takes_nothing_else(procedure, step, allowed=_SECOND),
        law,
        new,
        writes_unread(procedure, "result-is-used", step),
        sways_nothing(procedure, step),
        nobody_sends_back(procedure, step),
        duties,
    )


def _first_examinations(procedure: Procedure, again: Step, before: Passed) -> tuple[Step, ...]:
    """Return the nearest examinations by another body that together cover *again*.

    Where all of them do not cover it, the nearest, those that see a part of it, and those that do
    not say what they see.
    """
    flow = procedure.flow
    again_by = performer_of(flow, again)
    found: list[Step] = []
    unseen = _seen(again)
    for id_ in before.before(again.id):
        step = flow.by_id[id_]
        if not isinstance(step, Step):
            continue
        by = performer_of(flow, step)
        if again_by is not None and by is not None and _body(by) == _body(again_by):
            continue
        if not found or step.reads is None or not unseen.isdisjoint(_seen(step)):
            found.append(step)
            unseen -= _seen(step)
        if not unseen:
            break
    return tuple(found)


def _seen(step: Step) -> frozenset[tuple[str, str]]:
    """Return the documents and the criteria that *step* says it looks at."""
    reads, criteria = step.reads or (), step.criteria or ()
    return frozenset(("reads", each) for each in reads) | frozenset(
        ("criteria", each) for each in criteria
    )


def _nothing_new(procedure: Procedure, firsts: tuple[Step, ...], again: Step) -> Precondition:
    """Return whether *again* looks at nothing that *firsts* together did not look at.

    What cannot be told is asked: where a first one does not say what it reads, where each
    document and each criterion was seen but not both by one, and where a row does other work,
    for which it reads as well.
    """
    reads = _together(again.reads, [first.reads for first in firsts])
    criteria = _together(again.criteria, [first.criteria for first in firsts])
    new = (again.reads or frozenset()) - (reads or frozenset())
    if _crossed(firsts, again) or (new and not _whole(again)):
        reads = None
    together = evolve(firsts[0], reads=reads, criteria=criteria)
    found = reads_nothing_new(procedure, together, again)
    if found.verdict is Verdict.UNKNOWN and new:
        return evolve(found, because=(("new", ", ".join(sorted(new))), *found.because))
    return found


def _crossed(firsts: tuple[Step, ...], again: Step) -> bool:
    """Return whether no one of several *firsts* saw some document by some criterion of *again*."""
    if len(firsts) == 1 or again.reads is None or again.criteria is None:
        return False
    pairs = set(product(again.reads, again.criteria))
    for first in firsts:
        if first.criteria is None:
            return False
        pairs -= set(product(first.reads or (), first.criteria))
    return bool(pairs)


def _together(
    needs: frozenset[str] | None, had: list[frozenset[str] | None]
) -> frozenset[str] | None:
    """Return all that was *had*; unknown where one is and the others do not hold all *needs*."""
    known = frozenset[str]().union(*(each or () for each in had))
    return None if None in had and not (needs or frozenset()) <= known else known


def _body(performer: Performer) -> tuple[str, str]:
    """Return the office, or who it is where that is unknown: two of one office are one body."""
    office, who = identity(performer)
    return (office, "") if office else ("", who)


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    """Return *procedure* without the second examination; its neighbours are joined.

    Where the row does other work, it stays without the examination. Its time is the one that
    staff set among the candidate's terms; without one it is not known.

    Raises:
        BadQuantity: TF101 where the time that was set cannot be read.
    """
    flow = procedure.flow
    row = flow.by_id[candidate.targets[0]]
    if not isinstance(row, Step) or _whole(row):
        return taken_out(procedure, *candidate.targets)
    rest = _without_the_look(row, dict(candidate.terms).get("time", ""))
    return evolve(procedure, flow=replaced(flow, rest))


def _without_the_look(step: Step, time: str) -> Step:
    """Return *step* without its examination, in its name too; the printed text stays."""
    rest = relieved(step, *_EXAMINING)
    if time:
        said = read_duration(time).duration
        if said is None:
            raise BadQuantity.not_a_number(time)
        set_so = evolve(rest.time, duration=said, printed=time, evidence=EvidenceKind.ESTIMATE)
        rest = evolve(rest, time=set_so)
    spoken = _SPOKEN.match(step.name)
    kept = step.name[spoken.end() :] if spoken else ""
    name = kept[:1].upper() + kept[1:] if kept else f"{step.name} ({WITHOUT})"
    return evolve(rest, name=name, documentation=step.documentation or step.name)


LEVER = Lever(
    id="drop_second_examination",
    title="Bỏ bước thẩm tra lại",
    source="949/KH-UBND III.1.4, III.2.1",
    kinds=_EXAMINING,
    find=find,
    apply=apply,
)
