"""The files shown in the documentation are read by the readers that the pages speak of."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from house.tree import files, short
from tthc_flow.bpmn.read import read
from tthc_flow.errors import UnreadableInput
from tthc_flow.model.finding import Finding, Severity
from tthc_flow.tables.answers import FORMAT, read_answers
from tthc_flow.tables.folder_answers import FORMAT as FOLDER_FORMAT
from tthc_flow.tables.folder_answers import read_folder_answers
from tthc_flow.tables.procedure import to_procedure
from tthc_flow.tables.read import read_table

BLOCK = re.compile(r"^```(yaml|csv|xml|json)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ONE_STEP = """name: Cấp giấy phép
source: {document: QĐ 1/QĐ-UBND}
total_time: 1 ngày làm việc
steps:
- {no: 4, content: Ký giấy phép, performer: Lãnh đạo Sở Y tế, time: 1 ngày làm việc}
"""
DRAWN = """<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:tthc="urn:tthc-flow:bpmn:1"><bpmn:process id="P">{}<bpmn:task id="Step_4"/></bpmn:process>
</bpmn:definitions>"""


def doubts(kind: str, text: str) -> Iterator[Finding]:
    """Read an example as what it is; yield every doubt about it."""
    if kind == "json":
        json.loads(text)
    elif kind == "xml":
        reading = read((text if "definitions" in text else DRAWN.format(text)).encode())
        yield from reading.findings
        assert reading.procedures[0].answers
    elif FOLDER_FORMAT in text:
        yield from read_folder_answers(text)[1]
    elif FORMAT in text or text.startswith("crews:"):
        yield from read_answers(text if FORMAT in text else f"format: {FORMAT}\n{text}").findings
    else:
        whole = f"{ONE_STEP}{text}" if kind == "yaml" and "steps:" not in text else text
        reading_of_table = read_table(whole)
        yield from reading_of_table.findings
        yield from to_procedure(reading_of_table.table)[1]


def shown(path: Path) -> list[tuple[str, str]]:
    """Return the kind and text of each file that a page shows."""
    return BLOCK.findall(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", [each for each in files(".md") if shown(each)], ids=short)
def test_the_files_of_a_document_are_read_without_a_doubt(path: Path) -> None:
    wrong = [
        (finding.code, dict(finding.values))
        for kind, text in shown(path)
        for finding in doubts(kind, text)
        if finding.severity in {Severity.ERROR, Severity.WARNING}
    ]
    assert wrong == []


def test_an_example_with_an_unknown_field_is_noticed() -> None:
    assert [each.code for each in doubts("yaml", "colour: red\n")]
    with pytest.raises(UnreadableInput):
        list(doubts("csv", "no;content;performer\n1;;\n2;Ký;\n"))
