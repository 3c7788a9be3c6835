"""Reuse data the state already holds (tái sử dụng dữ liệu đã có).

Finds: a step that checks or confirms what a database holds, by its own facts or because every
    document it reads is known there; and a component of the dossier that a database holds.
Matters: QĐ 468/QĐ-TTg tells agencies to cut steps that check information already in a database.
Not when: the data are not authoritative or hold only a part of what is checked, the database is
    not connected, a rule names the check or the component, its result is read later, or law
    demands the original. Where the database is silent, people check as before, and the applicant
    is asked for the document.
Source: 949/KH-UBND III.1.2a; QĐ 468/QĐ-TTg.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.graph.arms import passed_over
from tthc_flow.graph.chains import removable
from tthc_flow.graph.look_up import before_readers, looked_up_on
from tthc_flow.graph.rewrite import automated, fresh_id
from tthc_flow.model.law import Authority, Instrument
from tthc_flow.model.lever import Candidate, Confidence, Evidence, Lever, Precondition, Verdict
from tthc_flow.model.step import Database, Step, StepKind, StepTime, TaskType
from tthc_flow.proof.gates.amending import who_may_amend
from tthc_flow.proof.gates.conditions import (
    asked,
    barred_by_answer,
    duties_allow,
    needs_no_paper,
    no_rule_names,
    stated_or_answered,
)
from tthc_flow.proof.gates.confidence import confidence_of
from tthc_flow.proof.gates.evidence import time_of
from tthc_flow.proof.gates.losses import decides_nothing, writes_unread
from tthc_flow.proof.gates.other_work import does_nothing_else
from tthc_flow.proof.gates.uses import uses

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tthc_flow.model.flow import Flow, SequenceFlow
    from tthc_flow.model.procedure import Document, Procedure

_CHECKING: Final = (
    StepKind.EXAMINE,
    StepKind.REEXAMINE,
    StepKind.INSPECT,
    StepKind.CONSULT,
    StepKind.OPINION,
)
_ASKED: Final = ("Cơ sở dữ liệu trả lời?", ("Có", "Không"))


def find(procedure: Procedure) -> Iterator[Candidate]:
    """Yield each check by hand of what a database holds, then each component it holds."""
    flow = procedure.flow
    known = {each.name: each.known_in for each in procedure.documents or () if each.known_in}
    stated = {base.name: base for step in flow.steps for base in step.databases}
    for step in flow.steps:
        if step.kind not in _CHECKING or step.automatic or not removable(flow, step):
            continue
        bases = _bases(step, known, stated)
        if bases and not _is_fall_back(flow, step):
            yield _check(procedure, evolve(step, databases=bases), known)
    for document in (each for each in procedure.documents or () if each.known_in):
        if document.name not in flow.by_id and _place(flow, document) is not None:
            base = stated.get(known[document.name], Database(name=known[document.name]))
            yield _component(procedure, document, base)


def _bases(
    step: Step, known: Mapping[str, str], stated: Mapping[str, Database]
) -> tuple[Database, ...]:
    """Return the databases that hold what *step* checks: its own, else those of all it reads."""
    if step.databases or not step.reads or not step.reads <= known.keys():
        return step.databases
    names = sorted({known[name] for name in step.reads})
    return tuple(stated.get(name, Database(name=name)) for name in names)


def _check(procedure: Procedure, step: Step, known: Mapping[str, str]) -> Candidate:
    """Return the candidate that looks up what *step* checks, in its databases."""
    return Candidate(
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
            _holds_all(procedure, step, known),
            *_reliable(procedure, step),
            needs_no_paper(procedure, step),
        ),
        amends=who_may_amend(procedure, step),
        confidence=confidence_of(procedure, step),
    )


def _component(procedure: Procedure, document: Document, base: Database) -> Candidate:
    """Return the candidate that takes *document* out of the dossier; its target is its name."""
    named = Step(id=document.name, name=document.name, databases=(base,))
    return Candidate(
        lever=LEVER.id,
        targets=(document.name,),
        evidence=(Evidence(name="held-in", value=base.name),),
        preconditions=(
            asked(procedure, "document-demanded-by-rule", named),
            *_reliable(procedure, named),
            _no_original(procedure, named, document),
        ),
        amends=(
            Instrument(
                title="Văn bản quy định thành phần hồ sơ",
                authority=Authority.UNKNOWN,
                question="document-demanded-by-rule",
            ),
        ),
        confidence=Confidence.STATED,
    )


def _is_fall_back(flow: Flow, step: Step) -> bool:
    """Return whether *step* is only done where an automatic look-up before it got no answer."""
    for edge in flow.incoming[step.id]:
        for before in flow.incoming.get(edge.source, ()):
            node = flow.by_id.get(before.source)
            if isinstance(node, Step) and node.kind is StepKind.LOOK_UP:
                return True
    return False


def _reliable(procedure: Procedure, step: Step) -> tuple[Precondition, ...]:
    """Return whether every database of *step* is connected, and its data stand for the paper."""
    return (
        _all_known(procedure, step, "database-connected", "connected"),
        _all_known(procedure, step, "data-authoritative", "authoritative"),
    )


def _all_known(procedure: Procedure, step: Step, question: str, attribute: str) -> Precondition:
    """Return whether every database of *step* has the *attribute*; else the answer decides."""
    values = [getattr(base, attribute) for base in step.databases]
    known = False if False in values else None if None in values else True
    return stated_or_answered(procedure, question, step, (attribute, known), passing=True)


def _no_original(procedure: Procedure, named: Step, document: Document) -> Precondition:
    """Return whether no original of a component must be handed in; else the answer decides."""
    name = "original-handed-in"
    if document.original is not False:
        return asked(procedure, name, named)
    passed = Precondition(name=name, verdict=Verdict.PASS, because=(("originals", "none"),))
    return barred_by_answer(procedure, name, named) or passed


def _holds_all(procedure: Procedure, step: Step, known: Mapping[str, str]) -> Precondition:
    """Return whether the databases of *step* hold every document it reads; else the answer decides.

    A database that holds one document of a dossier is no reason to pass over the whole check.
    """
    name = "database-holds-all"
    bases = {base.name for base in step.databases}
    if not step.reads or not all(known.get(each) in bases for each in step.reads):
        return asked(procedure, name, step)
    because = (("held-in", ", ".join(sorted(bases))),)
    passed = Precondition(name=name, verdict=Verdict.PASS, because=because)
    return barred_by_answer(procedure, name, step) or passed


def _place(flow: Flow, document: Document) -> tuple[Step, SequenceFlow] | None:
    """Return where *document* is looked up: by whom, and on which flow."""
    used = uses(flow)
    readers = (used.steps[place].id for place in used.readers.get(document.name, ()))
    return before_readers(flow, frozenset(readers))


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    """Return *procedure* with an automatic look-up instead of the check, or of the paper.

    Where the database answers, the check by hand is passed over; where it does not, it is done as
    before. The longest case therefore keeps its time: what falls is how often people check. A
    component leaves the dossier with what it costs to prepare; where the database does not have
    it, the applicant is asked for it, outside the agency's time.
    """
    flow = procedure.flow
    (target,) = candidate.targets
    step = flow.by_id.get(target)
    documents = procedure.documents or ()
    known = {each.name: each.known_in for each in documents if each.known_in}
    if isinstance(step, Step):
        bases = _bases(step, known, {})
        look_up = _look_up(flow, step, f"LookUp_{step.id}", bases, step.reads)
        return evolve(procedure, flow=passed_over(flow, step, look_up, *_ASKED))
    document = next(each for each in documents if each.name == target)
    place = _place(flow, document)
    if place is None:
        return procedure
    by, edge = place
    bases = (Database(name=known[target]),)
    look_up = _look_up(flow, by, f"LookUp_{by.id}_Document", bases, frozenset({target}))
    ask = Step(
        id=fresh_id(flow, f"AskFor_{by.id}_Document"),
        name=f"Yêu cầu bổ sung: {target}",
        scope=edge.scope,
        lane=by.lane,
        kinds=(StepKind.SUPPLEMENT,),
        performer=by.performer,
        time=StepTime(counted=False),
        reads=frozenset(),
        writes=frozenset({target}),
        pauses_clock=True,
    )
    return evolve(
        procedure,
        flow=looked_up_on(flow, edge, look_up, ask, _ASKED),
        documents=tuple(each for each in documents if each is not document),
        work=tuple(row for row in procedure.work if row.document != target),
    )


def _look_up(
    flow: Flow,
    by: Step,
    wish: str,
    bases: tuple[Database, ...],
    reads: frozenset[str] | None,
) -> Step:
    """Return the look-up in *bases* that the system does where *by* stands."""
    found = Step(
        id=fresh_id(flow, wish),
        name=f"Tra cứu {', '.join(base.name for base in bases)}",
        scope=by.scope,
        lane=by.lane,
        kinds=(StepKind.LOOK_UP,),
        performer=by.performer,
        reads=reads,
        writes=frozenset(),
        databases=bases,
    )
    return automated(found, TaskType.SERVICE)


LEVER = Lever(
    id="reuse_known_data",
    title="Tái sử dụng dữ liệu đã có",
    source="949/KH-UBND III.1.2a; QĐ 468/QĐ-TTg",
    kinds=frozenset(_CHECKING),
    find=find,
    apply=apply,
)
