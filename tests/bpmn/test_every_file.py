"""All 1,223 files of other tools: read, counted, given back; the refused ones by name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import evolve

from bpmn.test_read import COUNTS, counted
from tthc_flow.bpmn.read import Reading, read
from tthc_flow.bpmn.write import write
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import StepTime
from tthc_flow.units import Duration, TimeUnit
from tthc_flow.words.messages import message

MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
# Written down from the standard, not taken from the reader: chapter 10, flow nodes.
FLOW_NODES = frozenset(
    (
        *("task", "userTask", "manualTask", "serviceTask", "scriptTask", "businessRuleTask"),
        *("sendTask", "receiveTask", "callActivity", "subProcess", "transaction"),
        *("adHocSubProcess", "startEvent", "endEvent", "boundaryEvent"),
        *("intermediateCatchEvent", "intermediateThrowEvent", "exclusiveGateway"),
        *("parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway"),
        *("choreographyTask", "subChoreography", "callChoreography"),
    )
)
REFUSED = {
    "testXxeParsingIsDisabled.bpmn20.xml": "TF207",  # a DOCTYPE with an external entity
    "miwg-A.1.0_modified_10_entities.bpmn": "TF208",  # an entity that nothing defines
    "simple-start-task-end_truncated.bpmn": "TF208",  # cut off inside an attribute
    "invalid-attributes.bpmn": "TF208",  # an attribute without a name
    "bpmnDiagram-extension.part.bpmn": "TF211",  # a drawing without what it draws
    "bpmnDiagram.part.bpmn": "TF211",  # the same
    "not-bpmn.bpmn": "TF211",  # another language
    "event-references.part.bpmn": "TF211",  # one lone event
    "expression-extension.part.bpmn": "TF211",  # one lone expression
    "inputOutput-script.part.bpmn": "TF211",  # one lone extension of an engine
    "sequenceFlow-conditionExpression.part.bpmn": "TF211",  # one lone arrow
}
ASSUMED = {
    "no-priority-definition-errors.bpmn": "read-prefix-undeclared",
    "task-schedule-errors.bpmn": "read-prefix-undeclared",
    "PropertyTest.testUserTaskLinkExprProperty.bpmn20.xml": "read-draft-namespace",
    "drools.part.bpmn": "read-fragment",
    "sub-process-flow-nodes.part.bpmn": "read-fragment",
}


@pytest.fixture(scope="module")
def readings(real_files) -> dict[Path, Reading]:
    return {each.path: each.reading for each in real_files.read}


def test_every_file_is_read_or_refused_with_its_reason_and_every_finding_has_its_words(real_files):
    refused = {Path(name).name: code for name, code in real_files.refused.items()}
    assert refused == REFUSED
    assert len(real_files.read) == 1223 - len(REFUSED)
    for each in real_files.read:
        assert each.seconds < 2, each.name
        found = {finding.code for finding in each.reading.findings}
        assert ASSUMED.get(each.path.name) in {None, *found}
        for finding in each.reading.findings:
            assert message(finding.code, dict(finding.values)).text


# file: (ours, bpmn-moddle's) of processes, tasks, nodes, flows, lanes, diagrams, pools. Ours are
# right: all that the file holds counts, under a derived id and with a finding where one is odd.
COUNTED_OTHERWISE = {
    # An id given twice: bpmn-moddle stops at it and holds nothing of the file.
    "duplicate-ids.bpmn": ((1, 0, 0, 0, 0, 0, 0), (0, 0, 0, 0, 0, 0, 0)),
    "BPMN2-UserTaskWithDataStore.bpmn2": ((1, 2, 4, 3, 0, 0, 0), (0, 0, 0, 0, 0, 0, 0)),
    # A Japanese id, which XML allows, and arrows to it that leave the Japanese out: bpmn-moddle
    # loses the task, we hold it and say which arrows dangle.
    "miwg-A.1.0_modified_02_japanese_characters.bpmn": (
        (1, 3, 5, 4, 0, 1, 0),
        (1, 2, 4, 4, 0, 1, 0),
    ),
}


def test_counts_are_those_of_another_reader(real_files):
    others = {}
    for each in real_files.read:
        name, reading = each.path.name, each.reading
        pools = sum(one.tag == f"{MODEL}participant" for one in reading.document.index.ids)
        ours = (*counted(reading), pools)
        theirs = tuple(int(each.row[one] or -1) for one in (*COUNTS, "pools"))
        if ours != theirs and name not in ASSUMED:  # which bpmn-moddle does not open
            others[name] = (ours, theirs)
    assert others == COUNTED_OTHERWISE


def nodes_of(reading: Reading) -> Iterator[tuple[str, str | None]]:
    """Yield the id by which the reading knows each flow node of the file, and its own."""
    for element in reading.document.root.iter("*"):
        if str(element.tag).removeprefix(MODEL) in FLOW_NODES:
            yield reading.document.index.ids.get(element, ""), element.get("id")


def test_every_flow_node_of_every_file_is_in_the_model_or_in_a_finding(readings):
    lost = []
    for path, reading in readings.items():
        known = {node for each in reading.procedures for node in each.flow.by_id}
        told = {finding.element for finding in reading.findings}
        lost += [
            (path.name, own)
            for identifier, own in nodes_of(reading)
            if identifier not in known and not {identifier, own} & told
        ]
    assert lost == []


def test_every_untouched_file_comes_back_byte_for_byte(readings):
    for path, reading in readings.items():
        # Each process is written, none is changed: nothing of the file may move.
        assert write(reading.document, reading.procedures) == path.read_bytes(), path.name
        for drawing in reading.document.drawings[:1]:
            same = write(reading.document, reading.procedures, drawing)
            assert same == path.read_bytes(), path.name


def timed(procedure: Procedure, step: str) -> Procedure:
    """Return *procedure* with a time for one step that the file did not give."""
    time_ = StepTime(duration=Duration(amount="7/2", unit=TimeUnit.WORKING_DAY))
    flow = procedure.flow
    nodes = tuple(evolve(node, time=time_) if node.id == step else node for node in flow.nodes)
    return evolve(procedure, flow=evolve(flow, nodes=nodes))


def span(reading: Reading, step: str) -> tuple[int, int]:
    """Return the lines of the elements before and behind *step*: a change stays between them."""
    element = reading.document.index.elements[step]
    before = element.getprevious() if element.getprevious() is not None else element.getparent()
    behind = element
    while behind is not None and behind.getnext() is None:
        behind = behind.getparent()
    last = 10**9 if behind is None else behind.getnext().sourceline
    return (before.sourceline or 1), last


def changed_lines(before: str, after: str) -> tuple[int, int]:
    """Return the first and last line of *before* that *after* has not."""
    old, new = before.splitlines(), after.splitlines()
    first = next((at for at, pair in enumerate(zip(old, new, strict=False)) if len({*pair}) > 1), 0)
    tail = 0
    while tail < len(old) - first and tail < len(new) - first and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return first + 1, len(old) - tail


def test_one_new_fact_touches_only_the_lines_of_its_element(readings):
    touched = 0
    for path, reading in readings.items():
        ids = reading.document.index.ids
        if any(element.get("id") != own for element, own in ids.items()):
            continue  # elements without ids get theirs in the same breath
        step = next((s.id for each in reading.procedures for s in each.flow.steps), None)
        if step is None:
            continue
        after = [timed(each, step) for each in reading.procedures]
        text = reading.document.source.text
        data = write(reading.document, after)
        new = data[len(reading.document.source.bom) :].decode(reading.document.source.encoding)
        new = new.replace(' xmlns:tthc="urn:tthc-flow:bpmn:1"', "", "xmlns:tthc" not in text)
        first, last = changed_lines(text, new)
        start, end = span(reading, step)
        assert start <= first, (path.name, step)
        assert last <= end, (path.name, step)
        again = [s for each in read(data).procedures for s in each.flow.steps if s.id == step]
        assert again[0].time.duration is not None
        touched += 1
    assert touched > 900
