"""Open a project from any file that is dropped: a drawing, a table, an office file, a project."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.bpmn.read import read
from tthc_flow.errors import UnreadableInput
from tthc_flow.model.finding import Severity
from tthc_flow.projects.project import Project, new_project
from tthc_flow.projects.saved import is_project, loaded
from tthc_flow.tables.read import read_tables
from tthc_flow.verbs.convert import chosen, drawn

if TYPE_CHECKING:
    from tthc_flow.bpmn.read import Reading
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.tables.step_table import TableReading

_DRAWINGS: Final = (".bpmn", ".xml", ".bpmn2")


@frozen(kw_only=True)
class Choice:
    """A procedure of a file that holds several; *number* counts from 1.

    *findings* counts what is in doubt, not what is only worth knowing.
    """

    number: int
    code: str | None
    name: str
    steps: int
    findings: int


def open_project(
    data: bytes, file: str, choice: int | str | None = None
) -> Project | tuple[Choice, ...]:
    """Return the project of a file, or what there is to choose from where it holds several.

    What it is, is told by its bytes; nothing in it is executed.

    Args:
        data: The bytes of a BPMN file, a step table (YAML, CSV, .docx, .xlsx) or a saved project.
        file: Its name.
        choice: Which procedure of several: its number (from 1) or its code; of a drawing whose
            processes have none, their ids.

    Raises:
        UnreadableInput: TF2xx where it cannot be read; TF230 for a choice that there is not.

    Example:
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A" name="Ky"/></process></definitions>'''
        >>> open_project(text, "a.bpmn").now.process
        'P'

    Source: contract of the studio.
    """
    if is_project(data):
        return loaded(data)
    if _is_drawing(data, file):
        named = io.BytesIO(data)
        named.name = file  # a reading tells it as the place
        return _of_drawing(read(named), file, data, choice)
    found = read_tables(data)
    if choice is None and len(found) > 1:
        return tuple(_choice(number, each) for number, each in enumerate(found, start=1))
    table = found[0] if choice is None else chosen(found, choice)
    return new_project(drawn(table), file, data)


def _of_drawing(
    reading: Reading, file: str, data: bytes, choice: int | str | None
) -> Project | tuple[Choice, ...]:
    """Return the project of a drawing; a process in which nothing is done is no choice."""
    found = [each for each in reading.procedures if each.flow.steps]
    if len(found) < 2:  # noqa: PLR2004 - several
        return new_project(reading, file, data)
    offered = tuple(_process(reading, number, each) for number, each in enumerate(found, start=1))
    if choice is None:
        return offered
    for each, procedure in zip(offered, found, strict=True):
        if str(choice) in {str(each.number), each.code}:
            return new_project(reading, file, data, procedure.flow.id)
    known = tuple(f"{each.number} ({each.code})" for each in offered)
    raise UnreadableInput(
        "TF230",
        f"no procedure {choice!r}",
        place=file,
        hint=f"choose one of {', '.join(known)}",
        choices=known,
    )


def _process(reading: Reading, number: int, procedure: Procedure) -> Choice:
    flow = procedure.flow
    doubts = [each for each in reading.findings if each.severity > Severity.INFO]
    return Choice(
        number=number,
        code=procedure.code or flow.id,
        name=procedure.name or flow.id,
        steps=len(flow.steps),
        findings=sum(each.element in flow.by_id for each in doubts),
    )


def _choice(number: int, found: TableReading) -> Choice:
    table = found.table
    return Choice(
        number=number,
        code=table.code,
        name=table.name,
        steps=len(table.rows),
        findings=sum(each.severity > Severity.INFO for each in found.findings),
    )


def _is_drawing(data: bytes, file: str) -> bool:
    """Return whether *data* is XML, in whatever encoding, or is called a drawing."""
    start = data[:64].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe").lstrip()
    return start.startswith(b"<") or file.lower().endswith(_DRAWINGS)
