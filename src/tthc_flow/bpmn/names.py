"""Names of the BPMN 2.0 exchange format, and of this project's own extension.

Source: OMG formal/13-12-09 (BPMN 2.0.2), chapters 10, 12 and 15.
"""

from __future__ import annotations

from typing import Final

from tthc_flow.model.flow import EventPosition, GatewayKind, SubProcessKind, Trigger
from tthc_flow.model.step import TaskType

BPMN: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI: Final = "http://www.omg.org/spec/BPMN/20100524/DI"
DC: Final = "http://www.omg.org/spec/DD/20100524/DC"
DI: Final = "http://www.omg.org/spec/DD/20100524/DI"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
BIOC: Final = "http://bpmn.io/schema/bpmn/biocolor/1.0"
COLOR: Final = "http://www.omg.org/spec/BPMN/non-normative/color/1.0"
OWN: Final = "urn:tthc-flow:bpmn:1"
EXPRESSION: Final = "urn:tthc-flow:expression:1"
XSI_TYPE: Final = f"{{{XSI}}}type"

PREFIXES: Final = (
    ("bpmn", BPMN),
    ("bpmndi", BPMNDI),
    ("dc", DC),
    ("di", DI),
    ("xsi", XSI),
    ("tthc", OWN),
)
"""The prefixes of a new file; in a foreign file its own prefixes are used."""

BPSIM: Final = "http://www.bpsim.org/schemas/2.0"
FOREIGN_PREFIXES: Final = (
    ("bpsim", BPSIM),
    ("bpsim", "http://www.bpsim.org/schemas/1.0"),
    ("bioc", BIOC),
    ("color", COLOR),
)
"""The prefixes that a file gets only where it needs them."""


def bpmn(name: str) -> str:
    """Return the qualified tag of the BPMN element *name*."""
    return f"{{{BPMN}}}{name}"


def own(name: str) -> str:
    """Return the qualified tag of the extension element *name*."""
    return f"{{{OWN}}}{name}"


TASKS: Final = {bpmn(task.value): task for task in TaskType}
GATEWAYS: Final = {bpmn(kind.value): kind for kind in GatewayKind}
EVENTS: Final = {bpmn(position.value): position for position in EventPosition}
SUB_PROCESSES: Final = {
    bpmn("subProcess"): SubProcessKind.EMBEDDED,
    bpmn("transaction"): SubProcessKind.TRANSACTION,
    bpmn("adHocSubProcess"): SubProcessKind.AD_HOC,
}
NODES: Final = frozenset((*TASKS, *GATEWAYS, *EVENTS, *SUB_PROCESSES))
CHOREOGRAPHY: Final = frozenset(
    bpmn(name) for name in ("choreographyTask", "subChoreography", "callChoreography")
)

TRIGGERS: Final = {
    bpmn(f"{trigger.value}EventDefinition"): trigger
    for trigger in Trigger
    if trigger not in {Trigger.NONE, Trigger.MULTIPLE}
}

FLOW: Final = bpmn("sequenceFlow")
PROCESS: Final = bpmn("process")
DOCUMENTATION: Final = bpmn("documentation")
EXTENSIONS: Final = bpmn("extensionElements")
LANE_SET: Final = bpmn("laneSet")
LANE: Final = bpmn("lane")
LANE_REF: Final = bpmn("flowNodeRef")
INCOMING: Final = bpmn("incoming")
OUTGOING: Final = bpmn("outgoing")
CONDITION: Final = bpmn("conditionExpression")
DEFINITIONS: Final = bpmn("definitions")
COLLABORATION: Final = bpmn("collaboration")

SILENT: Final = frozenset(
    bpmn(name)
    for name in (
        "documentation",
        "extensionElements",
        "laneSet",
        "incoming",
        "outgoing",
        "auditing",
        "monitoring",
    )
)
"""Children of a process or sub-process that are read elsewhere or say nothing about the work."""

SHAPE: Final = f"{{{BPMNDI}}}BPMNShape"
EDGE: Final = f"{{{BPMNDI}}}BPMNEdge"
PLANE: Final = f"{{{BPMNDI}}}BPMNPlane"
DIAGRAM: Final = f"{{{BPMNDI}}}BPMNDiagram"
LABEL: Final = f"{{{BPMNDI}}}BPMNLabel"
BOUNDS: Final = f"{{{DC}}}Bounds"
WAYPOINT: Final = f"{{{DI}}}waypoint"
