"""What a case of an irregular file is, and the pieces of BPMN that the cases are made of."""

from __future__ import annotations

from attrs import frozen

from tthc_flow.model.finding import Severity

TWO = '<task id="A" name="Nhận"/><task id="B" name="Trả"/>'
AB = '<sequenceFlow id="F" sourceRef="A" targetRef="B"/>'
GATE = (
    '<exclusiveGateway id="X" name="Đủ?"/><task id="A"/><task id="B"/>'
    '<sequenceFlow id="F" sourceRef="X" targetRef="A"{0}/>'
    '<sequenceFlow id="G" sourceRef="X" targetRef="B"{1}/>'
)
POOLS = '<collaboration id="C">{0}</collaboration>'
DRAWN = (
    '<bpmndi:BPMNDiagram xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI">'
    '<bpmndi:BPMNPlane><bpmndi:BPMNShape id="S" bpmnElement="{0}">{1}</bpmndi:BPMNShape>'
    "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"
)
DC = "http://www.omg.org/spec/DD/20100524/DC"
PLACE = f'<dc:Bounds xmlns:dc="{DC}" x="0" y="0" width="9" height="9"/>'
INFO, WARNING = Severity.INFO, Severity.WARNING


@frozen(kw_only=True)
class Case:
    """An irregularity: the code it must get, the element and its name, and a file that has it."""

    code: str
    element: str | None
    inside: str
    around: str = ""
    name: str | None = None
    severity: Severity = INFO
    says: str = ""
