"""The folder as it is after, as files: each plan in its file, a file of several processes whole."""

from __future__ import annotations

import pytest

from cli.calling import PRESS
from tthc_flow.bpmn.read import read
from tthc_flow.verbs.folder_papers import RECORD, folder_papers
from tthc_flow.verbs.propose_folder import propose_folder

STAMPED = """
<process xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:t="urn:tthc-flow:bpmn:1" id="Q">
<extensionElements><t:procedure>
<t:answers question="paper-original-required" reply="no"><t:source document="CV 1"/></t:answers>
</t:procedure></extensionElements><startEvent id="q1"/>
<userTask id="q2" name="Ký duyệt" t:time="1 ngày làm việc"/>
<userTask id="q3" name="Lấy số, đóng dấu" t:time="4 giờ làm việc"/><endEvent id="q4"/>
<sequenceFlow id="q5" sourceRef="q1" targetRef="q2"/>
<sequenceFlow id="q6" sourceRef="q2" targetRef="q3"/>
<sequenceFlow id="q7" sourceRef="q3" targetRef="q4"/></process>"""


@pytest.fixture
def folder(tmp_path):
    """Return a folder with one file of two processes, each of which can be made lighter."""
    whole = (PRESS / "flow.bpmn").read_text("utf-8")
    mark = "<bpmndi:BPMNDiagram"
    (tmp_path / "so#1.bpmn").write_text(whole.replace(mark, STAMPED + mark, 1), encoding="utf-8")
    return tmp_path


def test_the_plans_of_all_processes_of_a_file_are_in_it(folder):
    found = propose_folder(folder)
    assert [(each.member.key, bool(each.applied)) for each in found.summaries] == [
        ("so#1.bpmn", True),
        ("so#1.bpmn#Q", True),
    ]
    made = folder_papers(found)
    assert sorted(made) == [RECORD, "so#1.bpmn"]
    written = {each.flow.id: each for each in read(made["so#1.bpmn"]).procedures}
    for each in found.summaries:
        assert each.after is not None
        now = written[each.after.flow.id]
        assert set(now.flow.nodes) == set(each.after.flow.nodes)
        assert set(now.flow.edges) == set(each.after.flow.edges)


def test_answers_beside_the_file_are_not_written_into_it(folder):
    answers = folder / "so#1.answers.yaml"
    answers.write_text(
        "format: tthc-flow-answers/1\nprocedure: {process: Q}\n"
        "answers: [{question: rule-names-the-step, reply: 'no', source: CV 77/STP}]\n"
        "crews: [{office: Sở A, role: officer, people: 3, hours: 1700, other_load: '0'}]\n",
        encoding="utf-8",
    )
    data = folder_papers(propose_folder(folder))["so#1.bpmn"]
    assert b"CV 77/STP" not in data
    assert b"1700" not in data


def test_what_no_plan_changes_stays_byte_for_byte(folder):
    text = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="P">
    <startEvent id="s"/><task id="A" name="Xem"/><endEvent id="e"/>
    <sequenceFlow id="f" sourceRef="s" targetRef="A"/>
    <sequenceFlow id="g" sourceRef="A" targetRef="e"/></process></definitions>"""
    (folder / "so").mkdir()
    (folder / "so" / "b.bpmn").write_bytes(text)
    assert folder_papers(propose_folder(folder))["so/b.bpmn"] == text
