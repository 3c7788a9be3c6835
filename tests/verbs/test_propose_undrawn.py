"""A file without a drawing: what lies in no lane is drawn in one, and reads back as planned."""

from __future__ import annotations

import pytest

from tthc_flow.verbs.propose import propose

FILE = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:tthc="urn:tthc-flow:bpmn:1" targetNamespace="x">
<process id="P" name="Cấp phép"><laneSet id="lanes">
<lane id="L1" name="Bộ phận Một cửa"><flowNodeRef>A</flowNodeRef><flowNodeRef>D</flowNodeRef></lane>
<lane id="L2" name="Lãnh đạo phòng"><flowNodeRef>B</flowNodeRef></lane>
<lane id="L3" name="Chuyên viên"><flowNodeRef>C</flowNodeRef></lane></laneSet>
<startEvent id="s"/><userTask id="A" name="Tiếp nhận hồ sơ"/>
<userTask id="B" name="Phân công thụ lý"/><userTask id="C" name="Thẩm định hồ sơ"/>
<userTask id="D" name="Trả kết quả"/><endEvent id="e"/>{more}
<sequenceFlow id="f1" sourceRef="s" targetRef="A"/>
<sequenceFlow id="f2" sourceRef="A" targetRef="B"/>
<sequenceFlow id="f3" sourceRef="B" targetRef="C"/>
<sequenceFlow id="f5" sourceRef="D" targetRef="e"/>
</process></definitions>"""
TIMER = """<boundaryEvent id="t" attachedToRef="C" cancelActivity="false">
<timerEventDefinition><timeDuration>P5D</timeDuration></timerEventDefinition></boundaryEvent>
<endEvent id="late"/><sequenceFlow id="f4" sourceRef="C" targetRef="D"/>
<sequenceFlow id="f6" sourceRef="t" targetRef="late"/>"""
GATEWAY = """<exclusiveGateway id="g"/><endEvent id="no"/>
<sequenceFlow id="f4" sourceRef="C" targetRef="g"/>
<sequenceFlow id="f6" sourceRef="g" targetRef="no" name="Không đạt"/>
<sequenceFlow id="f7" sourceRef="g" targetRef="D" name="Đạt"/>"""


@pytest.mark.parametrize("more", [TIMER, GATEWAY], ids=["timer-on-a-border", "gateway"])
def test_what_no_lane_lists_reads_back_as_it_was_planned(more):
    proposal = propose(FILE.format(more=more).encode())
    (after,) = proposal.written.procedures
    assert after.flow == proposal.plan.after.flow
    assert "assign_by_rule:B" in {each.candidate.id for each in proposal.plan.offers}
