"""A table of facts: one row a step of a drawing, found by its id or by its name.

Offices know times and performers before anybody draws them into the file: such a list, as CSV or
as an Excel sheet.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve, fields_dict, frozen

from tthc_flow.model.actor import Performer
from tthc_flow.model.finding import Finding
from tthc_flow.model.source import EvidenceKind
from tthc_flow.model.step import StepKind, StepTime
from tthc_flow.tables.csv_text import csv_tree
from tthc_flow.tables.facts import FACT_FIELDS, step_facts
from tthc_flow.tables.labels import KINDS, LEVELS, ROLES
from tthc_flow.tables.loading import decoded, load_bytes
from tthc_flow.tables.notes import Notes
from tthc_flow.tables.step_table import StepFacts
from tthc_flow.tables.values import known_only, length, one_of, source, truth
from tthc_flow.tables.workbook import is_workbook, workbook_tree
from tthc_flow.units import Duration
from tthc_flow.words.actors import read_performer
from tthc_flow.words.durations import read_duration

if TYPE_CHECKING:
    import os

    from tthc_flow.model.source import Source
    from tthc_flow.tables.tree import Node

NEEDED: Final = frozenset({"id", "name", "content"})
COLUMNS: Final = (
    "id", "name", "content", "no", "performer", "office", "role", "level", "kinds", "time",
    "evidence", "source", "result", "pause", *FACT_FIELDS,
)  # fmt: skip


@frozen(kw_only=True)
class FactRow:
    """What one row says: which step it means, and the fields of a step that it states."""

    id: str | None
    name: str | None
    line: int
    facts: Mapping[str, Any]


@frozen(kw_only=True)
class FactReading:
    """The rows of a table of facts, and everything doubtful in them."""

    rows: tuple[FactRow, ...]
    findings: tuple[Finding, ...]


def read_facts(table: str | os.PathLike[str] | bytes) -> FactReading:
    r"""Return the rows of a table of facts (CSV or .xlsx): a path, the file's bytes, or its text.

    Raises:
        UnreadableInput: TF220, TF221, TF224-TF227 as for a step table; TF224 where the header has
            neither ``id`` nor ``name``; TF240-TF243 for a workbook that is not safe to open.

    Example:
        >>> read = read_facts("id,time\nA,4 giờ làm việc\n")
        >>> read.rows[0].facts["time"].duration.amount
        Fraction(4, 1)

    Source: the columns of a quy trình nội bộ, with the BPMN id as the key.
    """
    data, place = load_bytes(table)
    notes = Notes()
    if is_workbook(data):
        tree = workbook_tree(data, place, NEEDED, notes)
    else:
        tree = csv_tree(decoded(data, place), place, NEEDED)
    known_only(tree, ("source", "steps"), notes)
    origin = source(tree.get("source"), notes)
    rows = tuple(fact_row(each, origin, notes) for each in tree.each("steps"))
    return FactReading(rows=rows, findings=tuple(notes.found))


def fact_row(node: Node, origin: Source | None, notes: Notes) -> FactRow:
    """Return what one row says; what is doubtful in it goes to *notes*."""
    known_only(node, COLUMNS, notes)
    facts: dict[str, Any] = {
        "number": node.text_of("no"),
        "result": node.text_of("result"),
        "pauses_clock": truth(node, "pause", notes),
        "performer": _performer(node, notes),
        "kinds": _kinds(node, notes),
        "time": _time(node, origin, notes),
    }
    said = step_facts(node, notes)
    plain = StepFacts()
    facts |= {name: getattr(said, name) for name in fields_dict(StepFacts)}
    facts["work"] = _length(node, "work", notes)
    stated = {
        name: value
        for name, value in facts.items()
        if value is not None and value != getattr(plain, name, None)
    }
    name = node.text_of("name") or node.text_of("content")
    return FactRow(id=node.text_of("id"), name=name, line=node.line, facts=stated)


def _performer(node: Node, notes: Notes) -> Performer | None:
    name = node.text_of("performer")
    if name is None:
        return None
    found = read_performer(" ".join(name.split())).performer
    role, office = node.text_of("role"), node.text_of("office")
    if role is not None:
        found = evolve(found, role=_label(node, "role", role, ROLES, notes) or found.role)
    levels = [
        _label(node, "level", each.text or "", LEVELS, notes) or frozenset()
        for each in node.each("level")
    ]
    if levels:
        found = evolve(found, levels=frozenset().union(*levels))
    return evolve(found, office=office) if office is not None else found


def _label(node: Node, field: str, label: str, known: Mapping[str, Any], notes: Notes) -> Any:  # noqa: ANN401 - whatever the labels stand for
    found = known.get(label.strip().casefold())
    if found is None:
        allowed = ", ".join(known)
        notes.warn("table-unknown-label", line=node.line, field=field, value=label, allowed=allowed)
    return found


def _kinds(node: Node, notes: Notes) -> tuple[StepKind, ...] | None:
    found = (_label(node, "kinds", each.text or "", KINDS, notes) for each in node.each("kinds"))
    return tuple(dict.fromkeys(kind for kind in found if kind is not None)) or None


def _time(node: Node, origin: Source | None, notes: Notes) -> StepTime | None:
    stated = node.get("time")
    if stated is None:
        return None
    evidence = one_of(node, "evidence", EvidenceKind, notes) or EvidenceKind.LEGAL_LIMIT
    where = source(node.get("source"), notes) or origin
    printed = stated.text
    if printed is not None:
        reading = read_duration(printed)
        if reading.duration is None and reading.counted:
            notes.warn("dialect-row-length", line=node.line, fact="time", words=printed)
            return None
        duration, counted = reading.duration, reading.counted
    else:
        duration, counted = length(stated, notes), truth(stated, "counted", notes) is not False
        printed = stated.text_of("text")
        if duration is None and counted:
            return None
    return StepTime(
        duration=duration, counted=counted, printed=printed, evidence=evidence, source=where
    )


def _length(node: Node, name: str, notes: Notes) -> Duration | None:
    text = node.text_of(name)
    if text is None:
        return None
    found = read_duration(text).duration
    if found is None:
        notes.warn("dialect-row-length", line=node.line, fact=name, words=text)
    return found
