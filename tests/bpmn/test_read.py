"""Files of other tools: everything in them is in the model or in a finding."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tthc_flow.bpmn.read import Reading, read
from tthc_flow.model.actor import Role
from tthc_flow.model.finding import Severity
from tthc_flow.model.flow import Event, EventPosition, SubProcess, SubProcessKind, Trigger
from tthc_flow.model.procedure import Pool, Procedure
from tthc_flow.model.step import Loop, Step, StepKind, TaskType
from tthc_flow.units import Duration, TimeUnit

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
COUNTS = ("processes", "tasks", "flow_nodes", "sequence_flows", "lanes", "diagrams")
REFERENCES = 21


def text(inside: str, around: str = "") -> bytes:
    """Return a file with one process that holds *inside*."""
    return (
        f'<definitions xmlns="{BPMN}" xmlns:tthc="urn:tthc-flow:bpmn:1">{around}\n'
        f'<process id="P">{inside}</process></definitions>'
    ).encode()


def only(inside: str, around: str = "") -> Procedure:
    return read(text(inside, around)).procedures[0]


def codes(reading: Reading) -> list[str]:
    """Return the codes, without those that every undrawn, merely descriptive snippet has."""
    always = {"read-not-executable", "read-drawing-missing"}
    return [finding.code for finding in reading.findings if finding.code not in always]


def references(shared: Path) -> dict[Path, dict[str, str]]:
    folder = shared / "data" / "bpmn"
    with (folder / "manifest.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if "test-suite/Reference/" in row["file"]]
    return {folder / "files" / row["file"]: row for row in rows}


def counted(reading: Reading) -> tuple[int, ...]:
    flows = [procedure.flow for procedure in reading.procedures]
    steps = [step for flow in flows for step in flow.steps]
    return (
        len(flows),
        sum(step.task is not TaskType.CALL for step in steps),
        sum(len(flow.nodes) for flow in flows),
        sum(len(each.flow.edges) + len(each.links) for each in reading.procedures),
        sum(len(flow.lanes) for flow in flows),
        len(reading.document.drawings),
    )


def test_all_reference_models_have_as_many_elements_as_another_reader_counts(shared):
    rows = references(shared)
    assert len(rows) == REFERENCES
    for path, row in rows.items():
        reading = read(path)
        assert counted(reading) == tuple(int(row[name]) for name in COUNTS), path.name
        pools = {pool.id for each in reading.procedures for pool in each.pools}
        messages = {each.id for one in reading.procedures for each in one.messages}
        assert len(pools) == int(row["pools"]), path.name
        assert len(messages) == int(row["message_flows"]), path.name


def test_every_node_of_the_reference_models_has_the_trigger_and_place_the_file_gives(shared):
    for path in references(shared):
        reading = read(path)
        for procedure in reading.procedures:
            for node in procedure.flow.nodes:
                element = reading.document.index.elements[node.id]
                parent = element.getparent()
                assert parent is not None
                inner = node.scope is not None
                assert parent.get("id") == (node.scope if inner else procedure.flow.id)
                if isinstance(node, Event):
                    found = [str(child.tag) for child in element if "ventDefinition" in child.tag]
                    assert (node.trigger is Trigger.NONE) == (not found)


def test_events_tell_position_trigger_reference_and_what_they_interrupt():
    flow = only(
        '<task id="A"/><boundaryEvent id="B" attachedToRef="A" cancelActivity="false">'
        "<timerEventDefinition><timeDuration>P3D</timeDuration></timerEventDefinition>"
        '</boundaryEvent><intermediateCatchEvent id="C"><messageEventDefinition messageRef="M"/>'
        '</intermediateCatchEvent><endEvent id="E"><terminateEventDefinition/></endEvent>'
        '<intermediateThrowEvent id="L"><linkEventDefinition name="về"/></intermediateThrowEvent>'
        '<startEvent id="S"><signalEventDefinition/><messageEventDefinition/></startEvent>',
        around='<message id="M" name="Bổ sung hồ sơ"/>',
    ).flow
    timer, message_, end, link, start = (node for node in flow.nodes if isinstance(node, Event))
    assert (timer.position, timer.attached_to) == (EventPosition.BOUNDARY, "A")
    assert not timer.interrupting
    assert timer.time.duration == Duration(amount=3, unit=TimeUnit.CALENDAR_DAY)
    assert (message_.trigger, message_.reference) == (Trigger.MESSAGE, "Bổ sung hồ sơ")
    assert end.trigger is Trigger.TERMINATE
    assert link.reference == "về"
    assert start.trigger is Trigger.MULTIPLE


def test_sub_processes_of_all_kinds_hold_their_content_by_scope():
    flow = only(
        '<subProcess id="A"><transaction id="B"><multiInstanceLoopCharacteristics'
        ' isSequential="true"/><task id="C"/></transaction></subProcess>'
        '<subProcess id="D" triggeredByEvent="true"/><adHocSubProcess id="E"/>'
    ).flow
    kinds = {node.id: node.kind for node in flow.nodes if isinstance(node, SubProcess)}
    assert list(kinds) == ["A", "B", "D", "E"]
    assert [kind.name for kind in kinds.values()] == ["EMBEDDED", "TRANSACTION", "EVENT", "AD_HOC"]
    assert [node.scope for node in flow.nodes] == [None, "A", "B", None, None]
    assert kinds["D"] is SubProcessKind.EVENT
    inner = flow.by_id["B"]
    assert isinstance(inner, SubProcess)
    assert inner.loop == Loop(multi_instance=True, sequential=True)


def test_nested_lanes_place_a_step_in_the_innermost_one():
    flow = only(
        '<laneSet><lane id="L1" name="Sở Nội vụ"><flowNodeRef>A</flowNodeRef><childLaneSet>'
        '<lane id="L2" name="Văn thư Sở Nội vụ"><flowNodeRef>A</flowNodeRef></lane>'
        '</childLaneSet></lane></laneSet><task id="A" name="Đóng dấu văn bản"/>'
    ).flow
    assert [(lane.id, lane.parent) for lane in flow.lanes] == [("L1", None), ("L2", "L1")]
    step = flow.steps[0]
    assert step.lane == "L2"
    assert step.performer is not None
    assert step.performer.role is Role.CLERICAL_OFFICE


def test_what_is_read_from_words_is_said_to_be():
    inside = (
        '<laneSet><lane id="L" name="Văn thư Sở Nội vụ"><flowNodeRef>A</flowNodeRef></lane>'
        '</laneSet><task id="A" name="Vào số, đóng dấu văn bản"/>'
    )
    reading = read(text(inside))
    step = reading.procedures[0].flow.steps[0]
    assert StepKind.NUMBER_AND_STAMP in step.kinds
    assert codes(reading) == ["read-performer-inferred", "read-kinds-inferred"]
    assert {finding.severity for finding in reading.findings} == {Severity.INFO}


def test_loose_and_crossing_flows_are_kept_apart_and_reported():
    second = '<process id="Q"><task id="B"/></process>'
    reading = read(
        text(
            '<task id="A"/><sequenceFlow id="F" sourceRef="A" targetRef="B"/>'
            '<sequenceFlow id="G" sourceRef="A" targetRef="nothing"/>'
            '<sequenceFlow id="H" sourceRef="A"/>',
            around=second,
        )
    )
    procedure = reading.procedures[1]
    assert procedure.flow.edges == ()
    assert [link.id for link in procedure.links] == ["F", "G", "H"]
    assert [code for code in codes(reading) if code.startswith("read-flow")] == [
        "read-flow-crosses-pools",
        "read-flow-dangling",
        "read-flow-dangling",
    ]


def test_pools_messages_and_prefixed_references_are_resolved():
    procedure = only(
        '<task id="A"/>',
        around='<collaboration id="C" xmlns:own="urn:x"><participant id="X" name="Tổ chức"/>'
        '<participant id="Y" processRef="own:P"/>'
        '<messageFlow id="M" sourceRef="X" targetRef="own:A"/></collaboration>',
    )
    assert procedure.pools == (Pool(id="X", name="Tổ chức"), Pool(id="Y", process="P"))
    assert procedure.messages[0].target == "A"


def test_a_repeated_id_gets_another_one_in_the_model_and_a_finding():
    reading = read(text('<task id="A"/><task id="A"/><task/>'))
    assert [node.id for node in reading.procedures[0].flow.nodes] == ["A", "A_2", "task_line2_1"]
    assert codes(reading)[:2] == ["read-id-duplicate", "read-id-missing"]
    assert reading.findings[0].line == 2


def test_a_foreign_condition_is_kept_as_printed_and_ours_is_a_condition():
    own = 'language="urn:tthc-flow:expression:1"'
    edges = only(
        '<task id="A"/><sequenceFlow id="F" sourceRef="A" targetRef="A"><conditionExpression>'
        "${x > 1}</conditionExpression></sequenceFlow><sequenceFlow id='G' sourceRef='A' "
        f"targetRef='A'><conditionExpression {own}>x &gt; 1</conditionExpression></sequenceFlow>"
    ).flow.edges
    assert [(edge.printed, edge.condition) for edge in edges] == [
        ("${x > 1}", None),
        (None, "x > 1"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1", "windows-1258"])
def test_a_file_in_another_encoding_reads_the_same(encoding):
    body = text('<task id="A" name="Kê hô sâ"/>').decode()
    declared = encoding.removesuffix("-sig")
    data = f'<?xml version="1.0" encoding="{declared}"?>{body}'.encode(encoding)
    reading = read(data)
    assert reading.procedures[0].flow.nodes[0].name == "Kê hô sâ"
    assert reading.document.data == data


def test_a_step_without_a_place_in_the_drawing_is_still_read():
    step = only('<userTask id="A" name="Soạn"/>').flow.nodes[0]
    assert isinstance(step, Step)
    assert step.time.duration is None
