"""A whole step table from the tree of its file: the head, the printed total, the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.errors import UnreadableInput
from tthc_flow.measures.wording import time_words
from tthc_flow.model.actor import Level
from tthc_flow.model.procedure import ProcedureKind, TotalTime
from tthc_flow.tables.facts import answers, applicant_work, crews, documents, volume
from tthc_flow.tables.notes import Notes
from tthc_flow.tables.rows import Head, read_row
from tthc_flow.tables.step_table import StepTable
from tthc_flow.tables.values import known_only, length, one_of, source, truth
from tthc_flow.units import Duration, TimeUnit
from tthc_flow.words.durations import NoLength, read_duration

if TYPE_CHECKING:
    from tthc_flow.tables.tree import Node

HEAD_FIELDS: Final = (
    "id", "name", "tthc_code", "field", "province", "authority_level", "agency", "source",
    "total_time", "before_total", "same_as", "documents", "fee", "kind", "steps", "complete",
    "notes",
    "answers", "work", "volume", "crews", "baseline",
)  # fmt: skip
TOTAL_FIELDS: Final = (
    "value", "unit", "text", "alternatives", "derived", "at_least", "none_prescribed",
)  # fmt: skip
INTERNAL: Final = "tthc_noi_bo"


def table_of(tree: Node, place: str, notes: Notes) -> StepTable:
    """Return the step table that *tree* holds; what is doubtful in it goes to *notes*.

    Raises:
        UnreadableInput: TF223 no steps, or a step without content.
    """
    steps = tree.each("steps")
    if not steps:
        raise UnreadableInput(
            "TF223", "no steps", place=f"{place}:{tree.line}", hint="list the rows under 'steps:'"
        )
    known_only(tree, HEAD_FIELDS, notes)
    for field in ("name", "source"):
        if tree.get(field) is None:
            notes.warn("table-field-missing", line=tree.line, field=field)
    origin = source(tree.get("source"), notes)
    total = _total(tree, notes)
    agency, level = tree.text_of("agency"), one_of(tree, "authority_level", Level, notes)
    unit = _main_unit(total, steps)
    head = Head(source=origin, unit=unit, agency=agency or "", level=level)
    _remarks(tree, notes)
    kind = None if tree.text_of("kind") == INTERNAL else one_of(tree, "kind", ProcedureKind, notes)
    return StepTable(
        id=tree.text_of("id") or "procedure",
        rows=tuple(
            read_row(_complete(row, at, place), row.text_of("no") or str(at), head, notes)
            for at, row in enumerate(steps, start=1)
        ),
        name=tree.text_of("name") or "",
        code=tree.text_of("tthc_code"),
        kind=kind,
        internal=tree.text_of("kind") == INTERNAL,
        field=tree.text_of("field"),
        locality=tree.text_of("province"),
        level=level,
        agency=agency,
        source=origin,
        total_time=total,
        documents=documents(tree, notes),
        work=applicant_work(tree, origin, notes),
        volume=volume(tree, notes),
        crews=crews(tree, notes),
        answers=answers(tree, notes),
        baseline=truth(tree, "baseline", notes) or False,
    )


def _complete(row: Node, at: int, place: str) -> Node:
    if row.text_of("content") is None and row.text_of("name") is None:
        raise UnreadableInput(
            "TF223",
            f"step {row.text_of('no') or at} has no content",
            place=f"{place}:{row.line}",
            hint="say in 'content' what is done in the step",
        )
    return row


def _total(tree: Node, notes: Notes) -> TotalTime:
    field = tree.get("total_time")
    if field is None:
        notes.warn("table-total-missing", line=tree.line)
        return TotalTime()
    if field.text is not None:
        return _total_in_words(field, notes)
    known_only(field, TOTAL_FIELDS, notes)
    alternatives = []
    for each in field.each("alternatives"):
        known_only(each, ("when", *TOTAL_FIELDS), notes)
        duration = length(each, notes)
        if duration is not None:
            alternatives.append((each.text_of("when") or "", duration))
    if truth(field, "derived", notes):
        notes.tell("table-total-derived", line=field.line)
    printed, duration = field.text_of("text"), length(field, notes)
    none_prescribed = truth(field, "none_prescribed", notes) or False
    if duration is None and not none_prescribed:
        notes.warn("table-total-missing", line=field.line)
    return TotalTime(
        duration=duration,
        printed=printed,
        alternatives=tuple(alternatives),
        none_prescribed=none_prescribed,
    )


def _total_in_words(field: Node, notes: Notes) -> TotalTime:
    printed = (field.text or "").strip()
    reading = read_duration(printed)
    none_prescribed = reading.reason is NoLength.NOT_PRESCRIBED
    if reading.duration is None and not none_prescribed:
        notes.warn("table-total-missing", line=field.line)
    return TotalTime(duration=reading.duration, printed=printed, none_prescribed=none_prescribed)


def _main_unit(total: TotalTime, steps: tuple[Node, ...]) -> TimeUnit:
    if total.duration is not None:
        return total.duration.unit
    silent = Notes()  # the rows report their own units when they are read
    for row in steps:
        time = row.get("time")
        unit = None if time is None else one_of(time, "unit", TimeUnit, silent)
        if unit is not None:
            return unit
    return TimeUnit.WORKING_DAY


def _remarks(tree: Node, notes: Notes) -> None:
    before = tree.get("before_total")
    duration: Duration | None = None if before is None else length(before, notes)
    if before is not None and duration is not None:
        notes.tell("table-before-total", line=before.line, value=time_words(duration))
    for name in ("same_as", "notes"):
        remark = tree.text_of(name)
        if remark is not None:
            notes.tell("table-remark", line=tree.line, field=name, value=remark)
    if truth(tree, "complete", notes) is False:
        notes.tell("table-incomplete", line=tree.line)
