"""Merge handling steps of one performer (gộp các bước luân chuyển).

Finds: two or more steps in a row that one performer does and that only handle the dossier
    (receive, assign, review, sign, stamp, transfer, return), each at most half a working day.
Matters: every row of a table is a task to open and close; 25 % of the published tables hold three
    or more such rows of half a day or less in a row.
Not when: another performer answers for one of them (asked where only a body is named), the duties
    must be separate, or one decides; nor where their forms cannot be one form, or one calls another
    process or a function.
Source: 949/KH-UBND III.2.2; "task composition" of Reijers & Liman Mansar, Omega 33 (2005).
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.graph.as_one import any_of, together, total
from tthc_flow.graph.chains import chains, removable
from tthc_flow.graph.performers import identity, performer_of
from tthc_flow.graph.rewrite import replaced, taken_out
from tthc_flow.model.actor import Role
from tthc_flow.model.lever import Candidate, Evidence, Lever, Precondition, Verdict
from tthc_flow.model.step import HANDLING_KINDS, Step, TaskType
from tthc_flow.proof.gates.amending import who_may_amend
from tthc_flow.proof.gates.conditions import asked, duties_allow
from tthc_flow.proof.gates.confidence import confidence_of
from tthc_flow.proof.gates.evidence import time_of
from tthc_flow.proof.gates.losses import decides_nothing, worst_of
from tthc_flow.units import DEFAULT_CONVENTION, MINUTES_OF_WORKING_DAY
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tthc_flow.model.actor import Performer
    from tthc_flow.model.flow import Flow
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.model.step import FormField

SHORT: Final = MINUTES_OF_WORKING_DAY / 2
_BODIES: Final = frozenset({Role.UNIT, None})
_EXCHANGEABLE: Final = frozenset({Role.ONE_STOP_SHOP, Role.OFFICER, Role.CLERICAL_OFFICE})


def find(procedure: Procedure) -> Iterator[Candidate]:
    """Yield each longest row of short handling steps that one performer does."""
    flow = procedure.flow
    for chain in chains(flow):
        for who, group in groupby(chain, key=lambda step: _mergeable_by(flow, step)):
            row = tuple(group)
            if who is None or len(row) < 2:  # noqa: PLR2004 - one step has nothing to merge with
                continue
            if _forms_differ(row):
                continue
            yield Candidate(
                lever=LEVER.id,
                targets=tuple(step.id for step in row),
                evidence=(
                    Evidence(name="same-performer", value=_named(flow, row[0]), element=row[0].id),
                    *(time_of(step) for step in row),
                ),
                preconditions=(
                    _one_does_them(procedure, row),
                    duties_allow(procedure, *row),
                    worst_of(*(decides_nothing(procedure, step) for step in row[:-1])),
                ),
                amends=who_may_amend(procedure, *row),
                confidence=confidence_of(procedure, *row),
            )


def _one_does_them(procedure: Procedure, row: tuple[Step, ...]) -> Precondition:
    """Return whether one and the same does the *row*: told by position and name, else asked.

    A body has many people, and a row that names several bodies does not say which of them does it.
    """
    name = "same-answerable-body"
    doers = [performer_of(procedure.flow, step) for step in row]
    named = {key(who.name) for who in doers if who is not None}
    people = all(who is not None and who.role not in _BODIES for who in doers)
    because = (("performer", _named(procedure.flow, row[0])),)
    if len(named) == 1 and people:
        return Precondition(name=name, verdict=Verdict.PASS, because=because)
    answered = asked(procedure, "one-person-does-them", *row)
    return evolve(answered, name=name, because=(*because, *answered.because))


def _named(flow: Flow, step: Step) -> str:
    performer = performer_of(flow, step)
    return "" if performer is None else performer.name


def _mergeable_by(flow: Flow, step: Step) -> tuple[object, ...] | None:
    """Return what must be equal for steps to be merged, or ``None`` where this one cannot be."""
    if not step.kinds or not HANDLING_KINDS.issuperset(step.kinds) or step.pauses_clock:
        return None
    performer = performer_of(flow, step)
    if performer is None or not removable(flow, step) or _runs_otherwise(step):
        return None
    duration = step.time.duration
    if duration is not None:
        minutes = DEFAULT_CONVENTION.minutes(duration)
        if minutes is None or minutes > SHORT:
            return None
    unit = None if duration is None else duration.unit
    who = (*identity(performer), *_person(performer), frozenset(step.candidates))
    form = step.fields is None  # then any data may be given, which a form would not take
    return (*who, step.lane, step.scope, unit, step.time.counted, form)


def _runs_otherwise(step: Step) -> bool:
    """Return whether one task cannot stand for *step* when it is run: it is no plain work."""
    called = step.task is TaskType.CALL or step.calls is not None or step.function is not None
    tokens = step.instantiates or (step.start_quantity, step.completion_quantity) != (1, 1)
    return step.automatic or called or tokens or step.loop is not None


def _forms_differ(row: tuple[Step, ...]) -> bool:
    """Return whether two forms of *row* have a field of one name that is not the same field."""
    return len(_fields(row)) > len({field.name for field in _fields(row)})


def _fields(row: tuple[Step, ...]) -> tuple[FormField, ...]:
    """Return the fields of all forms of *row*, each once."""
    return tuple(dict.fromkeys(field for step in row for field in step.fields or ()))


def _person(performer: Performer) -> tuple[str, ...]:
    """Return what tells the heads of one office apart, who are to see a case one after the other.

    A head and a deputy are of one office and role; what one of them reviews the other signs.
    """
    return () if performer.role in _EXCHANGEABLE else (key(performer.name),)


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    """Return *procedure* with the row as one step: the first one, with the union of all.

    Its time is the sum of theirs: merging saves hand-overs, and no time is invented.
    """
    flow = procedure.flow
    row = tuple(node for id_ in candidate.targets if isinstance(node := flow.by_id[id_], Step))
    joined = {step.id: row[0].id for step in row}
    messages = tuple(
        evolve(
            message,
            source=joined.get(message.source, message.source),
            target=joined.get(message.target, message.target),
        )
        for message in procedure.messages
    )
    merged = evolve(procedure, flow=replaced(flow, _union(row)), messages=messages)
    return taken_out(merged, *(step.id for step in row[1:]))


def _union(row: tuple[Step, ...]) -> Step:
    first, last = row[0], row[-1]
    return evolve(
        first,
        name=_joined(step.name for step in row) or "",
        kinds=tuple(dict.fromkeys(kind for step in row for kind in step.kinds)),
        time=evolve(
            first.time,
            duration=total(*(step.time.duration for step in row)),
            printed=None,
        ),
        work=total(*(step.work for step in row)),
        handling=None,
        reads=together(*(step.reads for step in row)),
        writes=together(*(step.writes for step in row)),
        criteria=together(*(step.criteria for step in row)),
        legal_basis=tuple(dict.fromkeys(basis for step in row for basis in step.legal_basis)),
        databases=tuple(dict.fromkeys(base for step in row for base in step.databases)),
        mandatory=any_of(*(step.mandatory for step in row)),
        decides=any_of(*(step.decides for step in row)),
        discretion=any_of(*(step.discretion for step in row)),
        paper=any_of(*(step.paper for step in row)),
        applicant_visit=any_of(*(step.applicant_visit for step in row)),
        checked=last.checked,
        rejected=last.rejected,
        amended=last.amended,
        result=_joined(step.result for step in row),
        documentation=_joined(step.documentation for step in row),
        fields=None if first.fields is None else _fields(row),
    )


def _joined(texts: Iterable[str | None]) -> str | None:
    return "; ".join(dict.fromkeys(text for text in texts if text)) or None


LEVER = Lever(
    id="merge_handling",
    title="Gộp các bước luân chuyển",
    source="949/KH-UBND III.2.2",
    kinds=HANDLING_KINDS,
    find=find,
    apply=apply,
)
