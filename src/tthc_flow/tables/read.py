"""Read a step table from YAML or CSV: the table, and everything doubtful in it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from tthc_flow.errors import UnreadableInput
from tthc_flow.measures.wording import time_words
from tthc_flow.model.actor import Level
from tthc_flow.model.procedure import ProcedureKind, TotalTime
from tthc_flow.tables.csv_text import csv_tree, looks_like_csv
from tthc_flow.tables.facts import answers, applicant_work, crews, documents, volume
from tthc_flow.tables.loading import load_text
from tthc_flow.tables.notes import Notes
from tthc_flow.tables.rows import Head, read_row
from tthc_flow.tables.step_table import StepTable, TableReading
from tthc_flow.tables.tree import yaml_tree
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
TOTAL_FIELDS: Final = ("value", "unit", "text", "alternatives", "derived", "at_least")
INTERNAL: Final = "tthc_noi_bo"


def read_table(table: str | os.PathLike[str] | bytes) -> TableReading:
    r"""Return the step table in *table*: a path, the file's bytes, or its text (with a line break).

    Labels that the file gives for kind, role and level are taken as given; where there are none
    the words decide, and a finding says which words. Unknown stays unknown, with a finding.

    Args:
        table: YAML or CSV, UTF-8 (a byte order mark is fine, so is UTF-16 with one).

    Returns:
        The table and the findings, each with its line.

    Raises:
        UnreadableInput: TF220 cannot be opened, TF221 not UTF-8, TF222 not YAML, TF223 a field
            without which there is no table, TF224 no CSV header, TF225 aliases, too deep or
            large, TF226 broken CSV, TF227 a Word, Excel or PDF file.

    Example:
        >>> read = read_table("name: Thủ tục\nsteps:\n- {no: 1, content: Tiếp nhận hồ sơ}\n")
        >>> [row.kinds[0].value for row in read.table.rows]
        ['receive']

    Source: columns of a quy trình nội bộ as provinces publish it (QĐ of the UBND tỉnh).
    """
    text, place = load_text(table)
    is_csv = place.endswith((".csv", ".tsv")) or (
        not place.endswith((".yaml", ".yml")) and looks_like_csv(text)
    )
    tree = csv_tree(text, place) if is_csv else yaml_tree(text, place)
    notes = Notes()
    return TableReading(table=_table(tree, place, notes), findings=tuple(notes.found))


def _table(tree: Node, place: str, notes: Notes) -> StepTable:
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
    if duration is None:
        notes.warn("table-total-missing", line=field.line)
    return TotalTime(duration=duration, printed=printed, alternatives=tuple(alternatives))


def _total_in_words(field: Node, notes: Notes) -> TotalTime:
    reading = read_duration(field.text or "")
    none_prescribed = reading.reason is NoLength.NOT_PRESCRIBED
    if reading.duration is None and not none_prescribed:
        notes.warn("table-total-missing", line=field.line)
    return TotalTime(duration=reading.duration, printed=field.text, none_prescribed=none_prescribed)


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
