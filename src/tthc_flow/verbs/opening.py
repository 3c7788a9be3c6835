"""Opening what a caller hands to a verb, and picking the process that is meant."""

from __future__ import annotations

import os
from typing import IO, TYPE_CHECKING, TypeAlias

from tthc_flow.bpmn.read import Reading, read
from tthc_flow.errors import BadQuantity, UnreadableInput
from tthc_flow.report.texts import LANGUAGES
from tthc_flow.units import Convention

if TYPE_CHECKING:
    from tthc_flow.model.drawing import Drawing
    from tthc_flow.model.procedure import Procedure

Openable: TypeAlias = str | os.PathLike[str] | bytes | IO[bytes] | Reading
"""A path, the bytes, an open binary file, or a file that was read already."""


def opened(source: Openable) -> Reading:
    """Return *source* as a reading; one that was read already is taken as it is."""
    return source if isinstance(source, Reading) else read(source)


def chosen(convention: Convention | str) -> Convention:
    """Return *convention*, which may be given by its name.

    Raises:
        BadQuantity: TF103 for what names no convention.

    Example:
        >>> chosen("strict").name
        'strict'
    """
    return convention if isinstance(convention, Convention) else Convention.named(convention)


def spoken(lang: str) -> str:
    """Return *lang* where there are words in it.

    Raises:
        BadQuantity: TF108 for any other.
    """
    if lang not in LANGUAGES:
        raise BadQuantity.unknown_language(lang, LANGUAGES)
    return lang


def picked(reading: Reading, process: str | None = None) -> Procedure:
    """Return the procedure of *process*, or the one with the most steps.

    Raises:
        UnreadableInput: TF230 where the file has no process of that id, TF231 where it has none.
    """
    place = reading.document.source.place
    if process is not None:
        for procedure in reading.procedures:
            if procedure.flow.id == process:
                return procedure
        known = tuple(each.flow.id for each in reading.procedures)
        raise UnreadableInput(
            "TF230",
            f"no process {process!r}",
            place=place,
            hint=f"choose one of {', '.join(known) or 'none: the file has none'}",
            choices=known,
            fact_vi=repr(process),
        )
    if not reading.procedures:
        hint = "draw at least one process with a step"
        fact = "the file has no process"
        raise UnreadableInput("TF231", fact, place=place, hint=hint, fact_vi="")
    return max(reading.procedures, key=lambda each: len(each.flow.steps))


def left_out(reading: Reading, procedure: Procedure) -> tuple[tuple[str, str], ...]:
    """Return the other processes of the file that hold steps: their ids and names.

    Example:
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A"/><task id="B"/></process>
        ... <process id="Q" name="Thu phi"><task id="C"/></process></definitions>'''
        >>> reading = read(text)
        >>> left_out(reading, picked(reading))
        (('Q', 'Thu phi'),)
    """
    return tuple(
        (each.flow.id, each.name or each.flow.name)
        for each in reading.procedures
        if each.flow.id != procedure.flow.id and each.flow.steps
    )


def drawing_of(reading: Reading, procedure: Procedure) -> Drawing | None:
    """Return the diagram that draws most of *procedure*, or ``None`` where none does."""
    nodes = {node.id for node in procedure.flow.nodes}
    counted = [(len(nodes & set(each.shapes)), each) for each in reading.document.drawings]
    most = max(counted, key=lambda pair: pair[0], default=None)
    return most[1] if most is not None and most[0] else None


def drawings_of(reading: Reading, procedure: Procedure) -> tuple[Drawing, ...]:
    """Return every diagram that draws something of *procedure*, in file order."""
    nodes = procedure.flow.by_id.keys()
    return tuple(each for each in reading.document.drawings if nodes & each.shapes.keys())
