"""Write facts into a drawing: those of a table, and times as scenarios for other tools.

Only the lines of the changed steps differ; scenarios stand behind everything else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, fields

from tthc_flow.bpmn.dialects.own import own_facts
from tthc_flow.bpmn.dialects.write_scenarios import write_scenarios
from tthc_flow.bpmn.read import Reading, read
from tthc_flow.bpmn.write import write
from tthc_flow.model.step import Step
from tthc_flow.tables.fact_sheet import fact_sheet
from tthc_flow.tables.fact_table import read_facts
from tthc_flow.tables.merge_facts import merge_facts
from tthc_flow.verbs.colour import coloured
from tthc_flow.verbs.opening import opened, picked

if TYPE_CHECKING:
    import os

    from tthc_flow.measures.heat import HeatKind
    from tthc_flow.verbs.opening import Openable


def annotate(
    source: Openable,
    facts: str | os.PathLike[str] | bytes | None = None,
    *,
    replace: bool = False,
    before: Openable | None = None,
    colour: HeatKind | str | None = None,
) -> Reading:
    r"""Return *source* with the facts of a table written into its steps.

    A row means the step of its ``id``, else the one step of its ``name``. What the file states
    itself stays and the difference is a finding, unless *replace* is true; what was inferred or
    came from another tool gives way. With *before*, the times of that drawing and of *source* are
    written as the BPSim scenarios of today and of the proposal. With *colour*, the drawing gets the
    colours of that heat, as ``show`` has them, for other tools.

    Args:
        source: The drawing.
        facts: A CSV or Excel (.xlsx) file, its bytes, or the text of a CSV.
        replace: Whether the table goes before what the file states, and *colour* before the colours
            that the file has.
        before: The drawing of today, where *source* is a proposal.
        colour: A heat of ``show``; ``none`` takes away the colours that were written so.

    Returns:
        The reading of the new file (``.document.data`` holds its bytes); its findings are those of
        the table, of the merge, then of the file.

    Raises:
        UnreadableInput: TF20x for a drawing, TF22x and TF24x for the table, TF231 for scenarios
            of a file without a process.
        BadQuantity: TF110 for a heat that there is not.
        CannotWrite: TF616 for colours where the file draws no step.

    Example:
        >>> flow = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A" name="Ky"/></process></definitions>'''
        >>> reading = annotate(flow, "id,time\nA,4 giờ làm việc\n")
        >>> reading.procedures[0].flow.steps[0].time.printed
        '4 giờ làm việc'

    Source: names are equal by their syllable key (``words.syllables``).
    """
    reading = opened(source)
    if facts is not None:
        reading = _merged(reading, facts, replace=replace)
    if before is not None:
        reading = _with_scenarios(reading, opened(before))
    return reading if colour is None else coloured(reading, colour, replace=replace)


def template(source: Openable) -> bytes:
    """Return an Excel sheet (.xlsx) to be filled in: a row a step, with what is known already.

    Merging the sheet as it is changes nothing; what a table cannot say stays empty in it.

    Raises:
        UnreadableInput: TF20x where the drawing cannot be read.

    Example:
        >>> flow = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A" name="Ky"/></process></definitions>'''
        >>> annotate(flow, template(flow)).document.data == flow
        True

    Source: the columns of the table of facts.
    """
    return fact_sheet(opened(source).procedures)


def _merged(reading: Reading, facts: str | os.PathLike[str] | bytes, *, replace: bool) -> Reading:
    table = read_facts(facts)
    merged = merge_facts(
        reading.procedures,
        table.rows,
        lambda step: own_facts(reading.document, step),
        replace=replace,
    )
    after = read(write(reading.document, merged.procedures))
    names = {step.id: step.name for each in reading.procedures for step in each.flow.steps}
    named = (evolve(each, name=names.get(each.element or "") or None) for each in merged.findings)
    return evolve(after, findings=(*table.findings, *named, *after.findings))


def _with_scenarios(after: Reading, before: Reading) -> Reading:
    """Return *after* with scenarios of the process that both drawings mean."""
    proposed = picked(after)
    same = (each for each in before.procedures if each.flow.id == proposed.flow.id)
    written = write_scenarios(after.document, next(same, None) or picked(before), proposed)
    told = read(written.data)
    return evolve(told, findings=(*after.findings, *written.findings))


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
