"""One row of a step table: who does what, how long, and which ways lead on from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from tthc_flow.model.actor import Level, Performer, Role
from tthc_flow.model.source import EvidenceKind, Source
from tthc_flow.model.step import StepKind, StepTime
from tthc_flow.tables.facts import FACT_FIELDS, step_facts
from tthc_flow.tables.labels import CITIZEN, KINDS, LEVELS, ROLES, UNKNOWN
from tthc_flow.tables.notes import Notes
from tthc_flow.tables.step_table import BranchKind, TableBranch, TableRow, TableTask
from tthc_flow.tables.tree import Node
from tthc_flow.tables.values import known_only, length, number, one_of, source, truth
from tthc_flow.units import Duration, TimeUnit
from tthc_flow.words.actors import read_performer
from tthc_flow.words.durations import read_duration
from tthc_flow.words.kinds import read_kinds

if TYPE_CHECKING:
    from collections.abc import Sequence

ROW_FIELDS: Final = (
    "no", "content", "name", "performer", "office", "role", "level", "time", "kinds", "result",
    "branches", "stage", "anchor", "pause", "unpause", "automatic", "parallel", "in_total", "tasks",
    *FACT_FIELDS,
)  # fmt: skip
TIME_FIELDS: Final = (
    "value", "unit", "text", "note", "counted", "at_least", "evidence", "source",
)  # fmt: skip
TASK_FIELDS: Final = (
    "name",
    "time_as_printed",
    "next",
    "code",
    "kind",
    "pause",
    "unpause",
    "biz_done",
)


@frozen
class Head:
    """What a row needs to know of the table; *unit* is the one its times mostly have."""

    source: Source | None
    unit: TimeUnit
    agency: str = ""
    level: Level | None = None


def read_row(node: Node, number_: str, head: Head, notes: Notes) -> TableRow:
    """Return the row in *node*, numbered *number_*; what it does not say is classified by words."""
    known_only(node, ROW_FIELDS, notes)
    content = node.text_of("content") or ""
    said = content or node.text_of("name") or ""
    performer = _performer(node, number_, head, notes)
    kinds = _kinds(node, number_, said, performer, notes)
    if StepKind.SUPPLEMENT in kinds and performer.role in {None, Role.UNIT}:
        notes.tell(
            "table-applicant-by-kind", line=node.line, step=number_, performer=performer.name
        )
        performer = evolve(performer, role=Role.APPLICANT, levels=frozenset())
    return TableRow(
        number=number_,
        content=content,
        name=node.text_of("name"),
        performer=performer,
        kinds=kinds,
        time=_time(node, number_, head, notes),
        result=node.text_of("result"),
        branches=tuple(_branch(each, number_, notes) for each in node.each("branches")),
        stage=node.text_of("stage"),
        anchor=node.text_of("anchor"),
        pauses=truth(node, "pause", notes) or False,
        resumes=truth(node, "unpause", notes) or False,
        automatic=truth(node, "automatic", notes) or False,
        parallel=truth(node, "parallel", notes) or False,
        tasks=tuple(_task(each, notes) for each in node.each("tasks")),
        facts=step_facts(node, notes),
        line=node.line,
    )


def _performer(node: Node, step: str, head: Head, notes: Notes) -> Performer:
    name = " ".join((node.text_of("performer") or "").split())
    if not name:
        notes.warn("table-performer-missing", line=node.line, step=step)
        return Performer(name="")
    reading = read_performer(name, agency=head.agency, level=head.level)
    said = reading.performer
    role, levels = _role(node, notes), _levels(node, notes)
    if role is None:
        role = None if _left_open(node, "role") else said.role
        words = (reading.role_words,) if reading.role_words else ()
        _by_words(notes, node, step, "role", role.value if role else "", words)
    if levels is None:
        levels = said.levels
        found = ", ".join(sorted(level.value for level in said.levels))
        if role is not Role.APPLICANT:
            _by_words(notes, node, step, "level", found, reading.level_words)
    if CITIZEN in _labels(node, "level"):
        if role in {None, Role.UNIT, Role.APPLICANT}:
            role, levels = Role.APPLICANT, frozenset()
        else:
            notes.warn("table-citizen-level", line=node.line, step=step, role=role.value)
    office = None if _left_open(node, "office") else node.text_of("office") or said.office
    if office is None and role is not Role.APPLICANT:
        notes.tell("table-office-unknown", line=node.line, step=step, performer=name)
    return Performer(name=name, role=role, levels=levels, office=office)


def _left_open(node: Node, name: str) -> bool:
    return UNKNOWN in _labels(node, name)


def _by_words(
    notes: Notes, node: Node, step: str, field: str, found: str, words: Sequence[str]
) -> None:
    if found:
        said = ", ".join(words) or "…"
        notes.tell(
            "table-by-words", line=node.line, step=step, field=field, value=found, words=said
        )
    else:
        notes.warn("table-not-understood", line=node.line, step=step, field=field)


def _role(node: Node, notes: Notes) -> Role | None:
    text = node.text_of("role")
    if text is not None and text.casefold() not in {*ROLES, UNKNOWN}:
        notes.warn(
            "table-unknown-label",
            line=node.line,
            field="role",
            value=text,
            allowed=", ".join(ROLES),
        )
    return ROLES.get((text or "").casefold())


def _labels(node: Node, name: str) -> list[str]:
    return [item.text.strip().casefold() for item in node.each(name) if item.text]


def _levels(node: Node, notes: Notes) -> frozenset[Level] | None:
    labels = _labels(node, "level")
    if not labels:
        return None
    known: frozenset[Level] = frozenset()
    for label in labels:
        if label in {CITIZEN, UNKNOWN}:
            continue
        if label not in LEVELS:
            allowed = ", ".join(LEVELS)
            notes.warn(
                "table-unknown-label", line=node.line, field="level", value=label, allowed=allowed
            )
        known |= LEVELS.get(label, frozenset())
    return known


def _kinds(
    node: Node, step: str, content: str, performer: Performer, notes: Notes
) -> tuple[StepKind, ...]:
    if _left_open(node, "kinds"):
        _by_words(notes, node, step, "kinds", "", ())
        return ()
    given = [kind for item in node.each("kinds") if (kind := _kind(item, notes)) is not None]
    if given:
        return tuple(dict.fromkeys(given))
    reading = read_kinds(content, performer)
    found = ", ".join(kind.value for kind in reading.kinds)
    _by_words(notes, node, step, "kinds", found, reading.words)
    return reading.kinds


def _kind(item: Node, notes: Notes) -> StepKind | None:
    label = (item.text or "").strip().casefold()
    if label and label not in KINDS:
        allowed = ", ".join(KINDS)
        notes.warn(
            "table-unknown-label", line=item.line, field="kind", value=label, allowed=allowed
        )
    return KINDS.get(label)


def _time(node: Node, step: str, head: Head, notes: Notes) -> StepTime:
    field, anchor = node.get("time"), node.text_of("anchor")
    if field is None:
        notes.warn("table-time-missing", line=node.line, step=step, note="–")
        return StepTime()
    if anchor is not None:
        notes.warn("table-anchor", line=node.line, step=step, anchor=anchor)
    if field.text is not None:
        time = _time_in_words(field, step, notes)
    else:
        known_only(field, TIME_FIELDS, notes)
        time = evolve(
            _time_in_fields(field, step, head, notes),
            evidence=one_of(field, "evidence", EvidenceKind, notes) or EvidenceKind.LEGAL_LIMIT,
            source=source(field.get("source"), notes),
        )
    if truth(node, "in_total", notes) is False:
        notes.tell("table-not-in-total", line=node.line, step=step)
        time = evolve(time, counted=False)
    printed = " ".join(filter(None, (time.printed, anchor))) or None
    return evolve(time, printed=printed, source=time.source or head.source)


def _time_in_words(field: Node, step: str, notes: Notes) -> StepTime:
    text = (field.text or "").strip()
    reading = read_duration(text)
    if reading.duration is None and reading.counted:
        notes.warn("table-time-missing", line=field.line, step=step, note=text)
    return StepTime(duration=reading.duration, counted=reading.counted, printed=text)


def _time_in_fields(field: Node, step: str, head: Head, notes: Notes) -> StepTime:
    printed = field.text_of("text") or field.text_of("note")
    counted = truth(field, "counted", notes) is not False
    if field.text_of("value") is None:
        if counted:
            notes.warn("table-time-missing", line=field.line, step=step, note=printed or "–")
        return StepTime(printed=printed, counted=counted)
    if number(field, "value", Notes()) == 0 and field.text_of("unit") is None:
        if not counted:
            return StepTime(printed=printed, counted=False)
        notes.tell("table-zero-without-unit", line=field.line, step=step)
        return StepTime(duration=Duration(amount=0, unit=head.unit), printed=printed)
    return StepTime(duration=length(field, notes), printed=printed, counted=counted)


def _branch(node: Node, step: str, notes: Notes) -> TableBranch:
    known_only(node, ("kind", "text", "target"), notes)
    kind = one_of(node, "kind", BranchKind, notes)
    if kind is None and node.text_of("kind") is None:
        notes.warn("table-field-missing", line=node.line, field=f"steps[{step}].branches.kind")
    return TableBranch(
        kind=kind or BranchKind.OTHER,
        text=node.text or node.text_of("text") or "",
        target=node.text_of("target"),
        line=node.line,
    )


def _task(node: Node, notes: Notes) -> TableTask:
    known_only(node, TASK_FIELDS, notes)
    return TableTask(
        name=node.text or node.text_of("name") or "",
        kind=_kind(node.get("kind") or Node(node.line), notes),
        time=node.text_of("time_as_printed"),
        pauses=truth(node, "pause", notes) or False,
        resumes=truth(node, "unpause", notes) or False,
    )
