"""Open a project from any file that is dropped: a drawing, a table, an office file, a project."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.bpmn.read import read
from tthc_flow.model.finding import Severity
from tthc_flow.projects.project import Project, new_project
from tthc_flow.projects.saved import is_project, loaded
from tthc_flow.tables.read import read_tables
from tthc_flow.verbs.convert import chosen, drawn

if TYPE_CHECKING:
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
        choice: Which procedure of several: its number (from 1) or its code.

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
        return new_project(read(named), file, data)
    found = read_tables(data)
    if choice is None and len(found) > 1:
        return tuple(_choice(number, each) for number, each in enumerate(found, start=1))
    table = found[0] if choice is None else chosen(found, choice)
    return new_project(drawn(table), file, data)


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
