"""Irregular ways, drawings and lanes: one small file each."""

from __future__ import annotations

from bpmn.irregular import AB, DRAWN, GATE, PLACE, POOLS, TWO, WARNING, Case

CASES = (
    Case(code="read-not-executable", element="P", inside=TWO + AB),
    Case(code="check-no-start", element=None, inside=TWO + AB, severity=WARNING),
    Case(code="check-no-end", element=None, inside=TWO + AB, severity=WARNING),
    Case(
        code="read-condition-in-name",
        element="X",
        name="Đủ?",
        inside=GATE.format(' name="Có"', ' name="Không"'),
        says="“Có”, “Không”",
    ),
    Case(
        code="check-decision-without-outcomes",
        element="X",
        name="Đủ?",
        inside=GATE.format("", ""),
        severity=WARNING,
    ),
    Case(
        code="read-implicit-split",
        element="A",
        name="Nhận",
        inside=TWO + AB + '<sequenceFlow id="G" sourceRef="A" targetRef="B"/>',
        says="2",
    ),
    Case(
        code="read-implicit-join",
        element="B",
        name="Trả",
        inside=TWO + AB + '<sequenceFlow id="G" sourceRef="A" targetRef="B"/>',
        says="2",
    ),
    Case(
        code="read-gateway-mixed",
        element="X",
        inside=GATE.format("", "").replace(' name="Đủ?"', "")
        + '<sequenceFlow id="H" sourceRef="A" targetRef="X"/>'
        '<sequenceFlow id="I" sourceRef="B" targetRef="X"/>',
    ),
    Case(
        code="read-several-starts",
        element="P",
        inside='<startEvent id="S"/><startEvent id="T"/>',
        says="2",
    ),
    Case(
        code="read-several-ends",
        element="P",
        inside='<endEvent id="S"/><endEvent id="T"/>',
        says="2",
    ),
    Case(
        code="check-dead-end",
        element="A",
        name="Nhận",
        inside=TWO + '<endEvent id="E"/><sequenceFlow id="F" sourceRef="B" targetRef="E"/>',
        severity=WARNING,
    ),
    Case(
        code="read-id-missing",
        element="sequenceFlow_line2_1",
        inside=TWO + '<sequenceFlow sourceRef="A" targetRef="B"/>',
        severity=WARNING,
    ),
    Case(
        code="read-id-duplicate",
        element="A_2",
        name="Trả",
        inside='<task id="A" name="Nhận"/><task id="A" name="Trả"/>',
        severity=WARNING,
    ),
    Case(
        code="read-flow-dangling",
        element="F",
        name="đi đâu",
        inside=TWO + '<sequenceFlow id="F" name="đi đâu" sourceRef="A" targetRef="Z"/>',
        severity=WARNING,
        says="Z",
    ),
    Case(
        code="read-flow-crosses-pools",
        element="F",
        inside=TWO + '<sequenceFlow id="F" sourceRef="A" targetRef="Q1"/>',
        around='<process id="Q"><task id="Q1"/></process>',
        severity=WARNING,
        says="Q1",
    ),
    Case(
        code="read-flow-crosses-scope",
        element="F",
        inside='<task id="A"/><subProcess id="S"><task id="B"/></subProcess>' + AB,
        severity=WARNING,
    ),
    Case(code="read-drawing-missing", element="D", inside=TWO),
    Case(
        code="read-drawing-incomplete",
        element="P",
        inside=TWO,
        around=DRAWN.format("A", PLACE),
        says="Trả",
    ),
    Case(code="read-drawing-of-nothing", element="S", inside=TWO, around=DRAWN.format("Z", PLACE)),
    Case(code="read-drawing-without-place", element="S", inside=TWO, around=DRAWN.format("A", "")),
    Case(
        code="read-lane-nested",
        element="L",
        name="Sở",
        inside='<laneSet><lane id="L" name="Sở"><childLaneSet><lane id="M" name="Văn thư"/>'
        '</childLaneSet></lane></laneSet><task id="A"/>',
    ),
    Case(
        code="read-lane-unnamed",
        element="L",
        inside='<laneSet><lane id="L"/></laneSet><task id="A"/>',
    ),
    Case(
        code="read-lane-ref-unknown",
        element="L",
        name="Sở",
        inside='<laneSet><lane id="L" name="Sở"><flowNodeRef>Z</flowNodeRef></lane></laneSet>',
        severity=WARNING,
        says="Z",
    ),
    Case(
        code="read-lane-ambiguous",
        element="M",
        inside='<laneSet><lane id="L"><flowNodeRef>A</flowNodeRef></lane>'
        '<lane id="M"><flowNodeRef>A</flowNodeRef></lane></laneSet><task id="A"/>',
        severity=WARNING,
        says="A",
    ),
    Case(
        code="read-pool-black-box",
        element="X",
        name="Tổ chức",
        inside=TWO,
        around=POOLS.format('<participant id="X" name="Tổ chức"/>'),
    ),
    Case(
        code="read-pool-without-process",
        element="X",
        inside=TWO,
        around=POOLS.format('<participant id="X" processRef="Z"/>'),
        severity=WARNING,
        says="Z",
    ),
)
