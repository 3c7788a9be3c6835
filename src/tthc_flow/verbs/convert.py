"""Convert step tables (Word, Excel, YAML, CSV) to BPMN with lanes, branches, facts, a drawing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.bpmn.build import build
from tthc_flow.bpmn.read import Reading, read
from tthc_flow.errors import UnreadableInput
from tthc_flow.layout.fresh import lay_out
from tthc_flow.model.finding import Severity
from tthc_flow.tables.procedure import to_procedure
from tthc_flow.tables.read import read_tables, several
from tthc_flow.words.syllables import ascii_key

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from tthc_flow.tables.step_table import TableReading

NAME_WORDS: Final = 12
"""Words of a procedure's name that go into the name of its file."""

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9.]+")


def convert(table: str | os.PathLike[str] | bytes, procedure: str | int | None = None) -> Reading:
    """Return the BPMN of a step table, read back, with everything that was not understood.

    Args:
        table: A path to a .docx, .xlsx, .yaml or .csv file, or its bytes.
        procedure: Which of several procedures of a file: its number (from 1) or its code, with
            or without what follows the first dots ("1.014464").

    Returns:
        The reading of the new file (``.document.data`` holds its bytes); its findings are those
        of the table, then what is doubtful in the new file, without lines, for nobody has it yet.

    Raises:
        UnreadableInput: TF22x and TF24x, with place and hint, where the table cannot be read at
            all; TF229 several procedures and none chosen, TF230 no such procedure.

    Example:
        >>> text = b'''name: Chung thuc
        ... steps:
        ... - no: '1'
        ...   content: Tiep nhan ho so
        ...   performer: Mot cua
        ...   time: {value: 1, unit: working_day}
        ... '''
        >>> [step.number for step in convert(text).procedures[0].flow.steps]
        ['1']

    Source: column names as printed in the published workflows (Bước, Nội dung, Người thực hiện,
        Thời gian, Kết quả).
    """
    found = read_tables(table)
    if procedure is None and len(found) > 1:
        raise several(found, table)
    return drawn(found[0] if procedure is None else chosen(found, procedure))


def convert_all(table: str | os.PathLike[str] | bytes) -> tuple[Reading, ...]:
    r"""Return the BPMN of every procedure in a file, each in a file of its own, in their order.

    Args:
        table: As :func:`convert` takes it.

    Raises:
        UnreadableInput: as :func:`convert`, but for TF229 and TF230.

    Example:
        >>> len(convert_all(b"steps:\n- content: Nhan ho so\n"))
        1

    Source: see :func:`convert`.
    """
    return tuple(drawn(each) for each in read_tables(table))


def chosen(found: Sequence[TableReading], procedure: str | int) -> TableReading:
    """Return the table of *found* that *procedure* names: by number from 1, or by code.

    Raises:
        UnreadableInput: TF230 where none is, or several are, named so.
    """
    asked = str(procedure).strip()
    by_code = [each for each in found if _is_code(asked, each.table.code)]
    if len(by_code) == 1:
        return by_code[0]
    if asked.isdecimal() and 0 < int(asked) <= len(found):
        return found[int(asked) - 1]
    known = tuple(
        f"{at} ({each.table.code})" if each.table.code else str(at)
        for at, each in enumerate(found, start=1)
    )
    raise UnreadableInput(
        "TF230",
        f"several procedures {asked!r}" if by_code else f"no procedure {asked!r}",
        hint=f"choose one of {', '.join(known)}",
        choices=known,
    )


def file_names(found: Sequence[TableReading]) -> tuple[str, ...]:
    r"""Return a file name for the BPMN of each table: its code or its name, each once.

    Example:
        >>> from tthc_flow.tables.read import read_tables
        >>> found = read_tables(b"name: Cap phep\nsteps:\n- content: Nhan ho so\n")
        >>> file_names((*found, *found))
        ('cap-phep.bpmn', 'cap-phep-2.bpmn')

    Source: names that every file system takes: letters, digits, dots and hyphens.
    """
    names: dict[str, str] = {}
    for at, each in enumerate(found, start=1):
        words = ascii_key(each.table.name).split()[:NAME_WORDS]
        stem = _UNSAFE.sub("-", each.table.code or "-".join(words)).strip("-.")
        stem = stem or f"quy-trinh-{at}"
        name, again = f"{stem}.bpmn", 2
        while name.casefold() in names:
            name, again = f"{stem}-{again}.bpmn", again + 1
        names[name.casefold()] = name
    return tuple(names.values())


def _is_code(asked: str, code: str | None) -> bool:
    return code is not None and (code == asked or code.startswith(f"{asked}.")) and "." in asked


def drawn(given: TableReading) -> Reading:
    """Return the BPMN of one table that was read, with the findings of both."""
    procedure, doubts = to_procedure(given.table)
    document = build(procedure, lay_out(procedure))
    reading = read(document.data)
    assumed = reading.procedures[0].assumptions  # told by the doubts already, with their lines
    told = (
        evolve(each, line=None)
        for each in reading.findings
        if each not in assumed and each.severity > Severity.INFO
    )
    placed = (each if each.name else evolve(each, name=given.part) for each in doubts)
    return evolve(reading, findings=(*given.findings, *placed, *told))
