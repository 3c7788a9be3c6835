"""A small procedure whose ways can be counted by hand: a decision, a loop, a timer at a border."""

from __future__ import annotations

from itertools import pairwise

HEAD = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:tthc="urn:tthc-flow:bpmn:1">"""

LICENCE = (
    HEAD
    + """<process id="P" name="Cấp giấy phép">
<startEvent id="s" name="Nộp hồ sơ"/>
<exclusiveGateway id="back"/>
<userTask id="check" name="Thẩm định hồ sơ" tthc:time="2 ngày làm việc"/>
<boundaryEvent id="late" name="Quá hạn" attachedToRef="check">
 <timerEventDefinition><timeDuration>P5D</timeDuration></timerEventDefinition></boundaryEvent>
<exclusiveGateway id="full" name="Đủ?"/>
<userTask id="more" name="Bổ sung hồ sơ"/>
<userTask id="sign" name="Ký duyệt"/>
<userTask id="sorry" name="Xin lỗi"/>
<endEvent id="granted" name="Đã cấp"><extensionElements><tthc:event outcome="grant"/>
 </extensionElements></endEvent>
<endEvent id="refused" name="Không cấp"><extensionElements><tthc:event outcome="refuse"/>
 </extensionElements></endEvent>
<sequenceFlow id="f1" sourceRef="s" targetRef="back"/>
<sequenceFlow id="f2" sourceRef="back" targetRef="check"/>
<sequenceFlow id="f3" sourceRef="check" targetRef="full"/>
<sequenceFlow id="no" name="Không đủ" sourceRef="full" targetRef="more"/>
<sequenceFlow id="f5" sourceRef="more" targetRef="back"/>
<sequenceFlow id="yes" name="Đủ" sourceRef="full" targetRef="sign"/>
<sequenceFlow id="f7" sourceRef="sign" targetRef="granted"/>
<sequenceFlow id="f8" sourceRef="late" targetRef="sorry"/>
<sequenceFlow id="f9" sourceRef="sorry" targetRef="refused"/>
</process></definitions>"""
)
"""Ten ways: nine sequence flows and the event at the border of ``check``."""

WAYS = ("f1", "f2", "f3", "no", "f5", "yes", "f7", "f8", "f9", "late")

ENDS = '<startEvent id="s"/><endEvent id="e"/>'


def bpmn(nodes: str, ways: str, *, process: str = "P", more: str = "") -> bytes:
    """Return a process of *nodes* and *ways* (``a > b > c; b > d``), flows ``f1`` … in order."""
    pairs = [pair for way in ways.split(";") for pair in pairwise(way.split(">"))]
    flows = "".join(
        f'<sequenceFlow id="f{number}" sourceRef="{one.strip()}" targetRef="{two.strip()}"/>'
        for number, (one, two) in enumerate(pairs, start=1)
    )
    body = f'<process id="{process}" name="Thử">{nodes}{flows}</process>'
    return f"{HEAD}{more}{body}</definitions>".encode()
