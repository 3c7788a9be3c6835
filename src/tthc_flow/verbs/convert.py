"""Convert a step table (YAML or CSV) to BPMN with lanes, branches, facts and a drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from tthc_flow.bpmn.build import build
from tthc_flow.bpmn.read import Reading, read
from tthc_flow.layout.fresh import lay_out
from tthc_flow.model.finding import Severity
from tthc_flow.tables.procedure import to_procedure
from tthc_flow.tables.read import read_table

if TYPE_CHECKING:
    import os


def convert(table: str | os.PathLike[str] | bytes) -> Reading:
    """Return the BPMN of a step table, read back, with everything that was not understood.

    Args:
        table: A path to a .yaml or .csv file, or its bytes.

    Returns:
        The reading of the new file (``.document.data`` holds its bytes); its findings are those
        of the table, then what is doubtful in the new file, without lines, for nobody has it yet.

    Raises:
        UnreadableInput: TF22x, with line and hint, where the table cannot be read at all.

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
    given = read_table(table)
    procedure, doubts = to_procedure(given.table)
    document = build(procedure, lay_out(procedure))
    reading = read(document.data)
    assumed = reading.procedures[0].assumptions  # told by the doubts already, with their lines
    told = (
        evolve(each, line=None)
        for each in reading.findings
        if each not in assumed and each.severity > Severity.INFO
    )
    return evolve(reading, findings=(*given.findings, *doubts, *told))
