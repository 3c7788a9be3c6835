"""Merge a table of facts (CSV) into a drawing: only the lines of the changed steps differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, fields

from tthc_flow.bpmn.dialects.own import own_facts
from tthc_flow.bpmn.read import Reading, read
from tthc_flow.bpmn.write import write
from tthc_flow.model.step import Step
from tthc_flow.tables.fact_table import read_facts
from tthc_flow.tables.merge_facts import merge_facts
from tthc_flow.verbs.opening import opened

if TYPE_CHECKING:
    import os

    from tthc_flow.verbs.opening import Openable


def annotate(
    source: Openable, facts: str | os.PathLike[str] | bytes, *, replace: bool = False
) -> Reading:
    r"""Return *source* with the facts of a table written into its steps.

    A row means the step of its ``id``, else the one step of its ``name``. What the file states
    itself stays and the difference is a finding, unless *replace* is true; what was inferred or
    came from another tool gives way.

    Args:
        source: The drawing.
        facts: A CSV file, its bytes or its text.
        replace: Whether the table goes before what the file states.

    Returns:
        The reading of the new file (``.document.data`` holds its bytes); its findings are those of
        the table, of the merge, then of the file.

    Raises:
        UnreadableInput: TF20x for the drawing, TF22x for the table.

    Example:
        >>> flow = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A" name="Ky"/></process></definitions>'''
        >>> reading = annotate(flow, "id,time\nA,4 giờ làm việc\n")
        >>> reading.procedures[0].flow.steps[0].time.printed
        '4 giờ làm việc'

    Source: names are equal by their syllable key (``words.syllables``).
    """
    before = opened(source)
    table = read_facts(facts)
    merged = merge_facts(
        before.procedures,
        table.rows,
        lambda step: own_facts(before.document, step),
        replace=replace,
    )
    after = read(write(before.document, merged.procedures))
    named = (evolve(each, name=_name(before, each.element)) for each in merged.findings)
    return evolve(after, findings=(*table.findings, *named, *after.findings))


def changed_facts(before: Reading, after: Reading) -> tuple[tuple[Step, tuple[str, ...]], ...]:
    """Return the steps whose facts differ, as they are after, each with the fields that do."""
    known = {step.id: step for each in before.procedures for step in each.flow.steps}
    found = []
    for step in (step for each in after.procedures for step in each.flow.steps):
        old = known.get(step.id, step)
        names = [each.name for each in fields(Step)]
        differing = tuple(name for name in names if getattr(old, name) != getattr(step, name))
        if differing:
            found.append((step, differing))
    return tuple(found)


def _name(reading: Reading, element: str | None) -> str | None:
    steps = (step for each in reading.procedures for step in each.flow.steps)
    return next((step.name for step in steps if step.id == element and step.name), None)
