"""Merge a table of facts into the steps of a drawing, by id or by name.

What the file states itself stays, unless it is to be replaced; what disagrees is a finding with
both values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import evolve, frozen

from tthc_flow.measures.wording import kind_words, performer_words, step_time_words, time_words
from tthc_flow.model.actor import Performer
from tthc_flow.model.finding import Finding
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step, StepKind, StepTime
from tthc_flow.tables.fact_table import FactRow
from tthc_flow.tables.notes import Notes
from tthc_flow.units import Duration
from tthc_flow.words.syllables import key


@frozen(kw_only=True)
class Merged:
    """Procedures with the facts of a table, and what could not be merged or disagrees."""

    procedures: tuple[Procedure, ...]
    findings: tuple[Finding, ...]


def merge_facts(
    procedures: tuple[Procedure, ...],
    rows: tuple[FactRow, ...],
    stated: Callable[[str], frozenset[str]],
    *,
    replace: bool = False,
) -> Merged:
    r"""Return *procedures* with the facts of *rows*; every row is used or in a finding.

    Args:
        procedures: What was read.
        rows: The table.
        stated: The fields that the file itself states of a step, by the step's id.
        replace: Whether the table goes before what the file states; else the file does.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.tables.fact_table import read_facts
        >>> before = Procedure(flow=Flow(id="P", nodes=(Step(id="A", name="Ký"),)))
        >>> rows = read_facts("name,result\nKÍ,Giấy phép\n").rows
        >>> merged = merge_facts((before,), rows, lambda _: frozenset())
        >>> merged.procedures[0].flow.steps[0].result
        'Giấy phép'

    Source: names are equal by their syllable key.
    """
    notes = Notes()
    steps = [step for procedure in procedures for step in procedure.flow.steps]
    named: dict[str, list[Step]] = {}
    for step in steps:
        named.setdefault(key(step.name), []).append(step)
    changed = {step.id: step for step in steps}
    told: dict[str, int] = {}
    for row in rows:
        target = _target(row, changed, named, notes)
        if target is None:
            continue
        if target in told:
            first = str(told[target])
            notes.warn("dialect-row-twice", line=row.line, element=target, first=first)
            continue
        told[target] = row.line
        own = frozenset[str]() if replace else stated(target)
        changed[target] = _merged(changed[target], row, own, notes)
    return Merged(
        procedures=tuple(_with(procedure, changed) for procedure in procedures),
        findings=tuple(notes.found),
    )


def _target(
    row: FactRow, steps: Mapping[str, Step], named: Mapping[str, list[Step]], notes: Notes
) -> str | None:
    """Return the id of the step that *row* means, or ``None`` with the reason in *notes*."""
    if row.id is not None and row.id in steps:
        name = steps[row.id].name
        if row.name is not None and key(row.name) != key(name):
            notes.warn("dialect-row-name", line=row.line, element=row.id, given=row.name, name=name)
        return row.id
    same = named.get(key(row.name or ""), []) if row.name else []
    said = row.name or row.id or "–"
    if len(same) > 1:
        ids = ", ".join(step.id for step in same)
        notes.warn("dialect-row-ambiguous", line=row.line, name=said, ids=ids)
        return None
    if not same:
        notes.warn("dialect-row-unknown", line=row.line, name=row.id or said)
        return None
    if row.id is not None:
        notes.warn("dialect-row-by-name", line=row.line, element=same[0].id, id=row.id, name=said)
    return same[0].id


def same_fact(known: object, given: object) -> bool:
    """Return whether a cell says nothing new: the wording of a time that has none is no news."""
    if isinstance(known, StepTime) and isinstance(given, StepTime) and known.printed is None:
        return evolve(given, printed=None) == known
    return known == given


def _merged(step: Step, row: FactRow, own: frozenset[str], notes: Notes) -> Step:
    taken = {}
    plain = Step(id="", name="")
    for name, value in row.facts.items():
        known = getattr(step, name)
        if same_fact(known, value):
            continue
        kept = name in own
        if kept or known != getattr(plain, name):
            report = notes.warn if kept else notes.tell
            report(
                "dialect-row-kept" if kept else "dialect-row-over",
                line=row.line,
                element=step.id,
                fact=name,
                known=shown(known),
                given=shown(value),
            )
        if not kept:
            taken[name] = value
    return evolve(step, **taken) if taken else step


def _with(procedure: Procedure, changed: Mapping[str, Step]) -> Procedure:
    flow = procedure.flow
    nodes = tuple(changed[node.id] if isinstance(node, Step) else node for node in flow.nodes)
    return procedure if nodes == flow.nodes else evolve(procedure, flow=evolve(flow, nodes=nodes))


def shown(value: Any) -> str:  # noqa: ANN401 - any field of a step
    """Return the value of a fact as a table shows it.

    Example:
        >>> shown(frozenset({"Đơn", "Ảnh"})), shown(True)
        ('Đơn | Ảnh', 'true')
    """
    match value:
        case StepTime():
            return step_time_words(value)
        case Duration():
            return time_words(value)
        case Performer():
            return performer_words(value)
        case bool():
            return str(value).lower()
        case frozenset():
            return " | ".join(sorted(value))
        case tuple() if all(isinstance(each, StepKind) for each in value):
            return kind_words(value)
        case tuple():
            return " | ".join(each.name for each in value)
        case _:
            return str(value)
