"""Every irregularity of people's files: it loads, and a coded finding says all there is to say."""

from __future__ import annotations

import re

import pytest

from bpmn import irregular_parts, irregular_ways
from bpmn.irregular import PLACE, Case
from bpmn.test_read import BPMN, text
from tthc_flow.bpmn.read import read
from tthc_flow.model.finding import Finding
from tthc_flow.report.sentences import finding as told
from tthc_flow.verbs.check import check

CASES = (*irregular_ways.CASES, *irregular_parts.CASES)


def described(case: Case) -> bytes:
    return text(case.inside, case.around).replace(b"<definitions ", b'<definitions id="D" ', 1)


def holds_its_element(data: bytes, finding: Finding) -> bool:
    """Return whether the element of *finding* (or the derived id's tag) starts on its line."""
    line = data.decode().splitlines()[(finding.line or 0) - 1]
    stated = f'id="{re.sub("_2$", "", finding.element or "")}"'
    return stated in line or (finding.element or "").partition("_line")[0] in line


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_an_irregular_file_loads_and_its_finding_says_all_there_is_to_say(case):
    data = described(case)
    [finding, *_] = [each for each in check(data) if each.code == case.code]
    assert (finding.severity, finding.element, finding.name) == (
        case.severity,
        case.element,
        case.name,
    )
    if finding.element is not None:
        assert holds_its_element(data, finding)
    for lang in ("vi", "en"):
        said = told(finding, lang)
        assert said.text
        assert said.hint
        assert case.says in said.text
        assert "{" not in said.text.replace("${n}", "")
        if case.code.startswith("read-"):
            assert said.assumed


def test_a_regular_file_has_none_of_these_findings():
    shapes = "".join(
        f'<bpmndi:BPMNShape id="{each}_di" bpmnElement="{each}">{PLACE}</bpmndi:BPMNShape>'
        for each in "SABE"
    ) + "".join(
        f'<bpmndi:BPMNEdge id="{each}_di" bpmnElement="{each}">'
        '<di:waypoint xmlns:di="http://www.omg.org/spec/DD/20100524/DI" x="0" y="0"/>'
        '<di:waypoint xmlns:di="http://www.omg.org/spec/DD/20100524/DI" x="9" y="0"/>'
        "</bpmndi:BPMNEdge>"
        for each in "FGH"
    )
    data = (
        f'<definitions xmlns="{BPMN}" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI">'
        '<process id="P" isExecutable="true"><startEvent id="S"/><task id="A" name="X1"/>'
        '<task id="B" name="X2"/><endEvent id="E"/>'
        '<sequenceFlow id="F" sourceRef="S" targetRef="A"/>'
        '<sequenceFlow id="G" sourceRef="A" targetRef="B"/>'
        '<sequenceFlow id="H" sourceRef="B" targetRef="E"/></process>'
        f'<bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="P">{shapes}</bpmndi:BPMNPlane>'
        "</bpmndi:BPMNDiagram></definitions>"
    )
    assert read(data.encode()).findings == ()


def test_a_finding_about_an_element_without_id_still_names_its_line():
    data = text('<task id="A"/>\n<association sourceRef="A" targetRef="Z"/>')
    [finding] = [each for each in read(data).findings if each.code == "read-association-dangling"]
    assert (finding.element, finding.line) == (None, 3)


@pytest.mark.parametrize(
    ("data", "code", "says"),
    [
        (b"\xef\xbb\xbf" + text("<task id='A'/>"), "read-encoding", "utf-8 (BOM)"),
        (text("<task id='A'/>").decode().encode("utf-16"), "read-encoding", "utf-16-le (BOM)"),
        (
            b'<?xml version="1.0" encoding="ISO-8859-1"?>' + text("<task id='A'/>"),
            "read-encoding",
            "iso8859-1",
        ),
        (
            b'<?xml version="1.0" encoding="UTF-16"?>' + text("<task id='A'/>"),
            "read-encoding-assumed",
            "utf-16",
        ),
    ],
)
def test_an_encoding_other_than_plain_utf_8_is_told(data, code, says):
    [finding] = [each for each in read(data).findings if each.code.startswith("read-encoding")]
    assert finding.code == code
    assert says in told(finding, "en").text
    assert told(finding, "vi").assumed
