"""Take the answers of a file beside the drawing into it: what was asked before, asked no more."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.bpmn.read import Reading
from tthc_flow.proof.gates.standing import Kept, standing
from tthc_flow.tables.answers import read_answers
from tthc_flow.verbs.opening import opened, picked
from tthc_flow.verbs.resolve import SUFFIXES

if TYPE_CHECKING:
    from tthc_flow.model.finding import Finding
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.tables.answers import AnswerSheet, SheetReading
    from tthc_flow.verbs.opening import Openable

ENDING: Final = ".answers.yaml"


def answered(source: Openable, answers: str | os.PathLike[str] | bytes | None = None) -> Reading:
    r"""Return *source* with the answers to gate questions that an answers file holds.

    They stand before those of the drawing itself; of two that contradict each other the one that
    bars counts, and ``check`` names them. An answer about a step that does other work now decides
    nothing. The drawing is not changed, and other verbs take the result as they take a file.

    Args:
        source: The drawing. One that was read already gets only what *answers* says.
        answers: An answers file, its bytes or its text; else the file ``<name>.answers.yaml``
            beside the drawing, where there is one.

    Raises:
        UnreadableInput: TF20x for the drawing, TF22x for the answers.

    Example:
        >>> flow = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A" name="Ky"/></process></definitions>'''
        >>> text = "format: tthc-flow-answers/1\nanswers: [{question: power-is-own, reply: 'yes'," \
        ...     " step: {id: A}, source: QĐ 1}]\n"
        >>> answered(flow, text).procedures[0].answers[0].step
        'A'

    Source: docs/how-to/answers.md; an answer is about the work that was there when it was given.
    """
    reading, file = opened(source), sheet_of(source, answers)
    if file is None and not any(each.answers for each in reading.procedures):
        return reading
    meant = None if file is None or not reading.procedures else meant_by(file.sheet, reading)
    procedures = tuple(
        _answered(each, None if file is None or each is not meant else file.sheet)
        for each in reading.procedures
    )
    return evolve(
        reading,
        procedures=procedures,
        findings=(*reading.findings, *_doubts(file)),
        document=evolve(reading.document, procedures=procedures),
    )


def sheet_of(
    source: Openable, answers: str | os.PathLike[str] | bytes | None = None
) -> SheetReading | None:
    """Return the answers file that is given, or the one beside *source*, if there is any.

    Raises:
        UnreadableInput: TF22x where it cannot be read.

    Example:
        >>> sheet_of(b"<definitions/>") is None
        True
    """
    if answers is not None:
        return read_answers(answers)
    if not isinstance(source, str | os.PathLike):
        return None
    beside = beside_of(source)
    return read_answers(beside) if beside.is_file() else None


def beside_of(source: str | os.PathLike[str]) -> Path:
    """Return where the answers about the drawing *source* are kept unless somebody says otherwise.

    Example:
        >>> beside_of("quy-trinh/cap-giay-phep.bpmn").name
        'cap-giay-phep.answers.yaml'
    """
    path = Path(source)
    ending = next((each for each in SUFFIXES if path.name.endswith(each)), path.suffix)
    return path.with_name(path.name.removesuffix(ending) + ENDING)


def meant_by(sheet: AnswerSheet, reading: Reading) -> Procedure:
    """Return the procedure that *sheet* is about: by process, by code, else the largest.

    Example:
        >>> from tthc_flow.bpmn.read import read
        >>> from tthc_flow.tables.answers import AnswerSheet
        >>> flow = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A"/><task id="B"/></process>
        ... <process id="Q"><task id="C"/></process></definitions>'''
        >>> meant_by(AnswerSheet(process="Q"), read(flow)).flow.id
        'Q'
    """
    for each in reading.procedures:
        if sheet.process == each.flow.id:
            return each
    coded = [each for each in reading.procedures if sheet.code and each.code == sheet.code]
    return coded[0] if len(coded) == 1 else picked(reading)


def _answered(procedure: Procedure, sheet: AnswerSheet | None) -> Procedure:
    rows = () if sheet is None else sheet.answers
    own = (Kept(answer=each) for each in procedure.answers)
    people = procedure.crews if sheet is None else (*sheet.crews, *procedure.crews)
    return evolve(procedure, answers=standing((*rows, *own), procedure), crews=people)


def _doubts(file: SheetReading | None) -> tuple[Finding, ...]:
    """Return the findings of the answers file; their line is one of that file, so it is named."""
    if file is None:
        return ()
    name = Path(file.place).name
    return tuple(evolve(each, line=None, name=f"{name}:{each.line}") for each in file.findings)
