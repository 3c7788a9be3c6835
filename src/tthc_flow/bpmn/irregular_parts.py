"""What is irregular about a process as a whole: starts, lanes, sub-processes, names, drawing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from tthc_flow.bpmn.findings import Findings
from tthc_flow.bpmn.index import Index
from tthc_flow.bpmn.source import SourceText
from tthc_flow.model.drawing import Drawing
from tthc_flow.model.finding import Severity
from tthc_flow.model.flow import Event, EventPosition, Flow, SubProcess
from tthc_flow.model.procedure import Procedure

if TYPE_CHECKING:
    from lxml import etree

_ENDS: Final = (
    ("read-several-starts", EventPosition.START),
    ("read-several-ends", EventPosition.END),
)


def report_parts(process: etree._Element, flow: Flow, index: Index, findings: Findings) -> None:
    """Report what is irregular about *flow*, which *process* draws; linear."""
    if flow.nodes and not flow.executable:
        findings.add("read-not-executable", Severity.INFO, process)
    outer = [node for node in flow.nodes if isinstance(node, Event) and node.scope is None]
    for code, position in _ENDS:
        many = [node for node in outer if node.position is position]
        if len(many) > 1:
            findings.add(code, Severity.INFO, process, count=str(len(many)))
    _report_lanes(flow, index, findings)
    _report_activities(flow, index, findings)
    _report_names(process, flow, findings)


def _report_lanes(flow: Flow, index: Index, findings: Findings) -> None:
    inner = Counter(lane.parent for lane in flow.lanes if lane.parent)
    for lane in flow.lanes:
        element = index.elements[lane.id]
        if inner[lane.id]:
            findings.add("read-lane-nested", Severity.INFO, element, count=str(inner[lane.id]))
        if not lane.name.strip():
            findings.add("read-lane-unnamed", Severity.INFO, element)


def _report_activities(flow: Flow, index: Index, findings: Findings) -> None:
    drawn = {node.scope for node in flow.nodes}
    for node in flow.nodes:
        element = index.elements[node.id]
        if isinstance(node, SubProcess) and node.id not in drawn:
            findings.add("read-sub-process-empty", Severity.INFO, element)


def _report_names(process: etree._Element, flow: Flow, findings: Findings) -> None:
    named = (*flow.nodes, *flow.edges, *flow.lanes)
    untidy = [each for each in named if each.name != " ".join(each.name.split())]
    if untidy:
        first = " ".join(untidy[0].name.split()) or untidy[0].id
        findings.add(
            "read-names-untidy", Severity.INFO, process, count=str(len(untidy)), first=first
        )


def report_drawing(
    root: etree._Element,
    procedures: tuple[Procedure, ...],
    drawings: tuple[Drawing, ...],
    index: Index,
    findings: Findings,
) -> None:
    """Report what has no place on any sheet: one finding a process, or one for the whole file."""
    if not any(each.flow.nodes for each in procedures):
        return
    if not drawings:
        findings.add("read-drawing-missing", Severity.INFO, root)
        return
    placed = {each for drawing in drawings for each in (*drawing.shapes, *drawing.lines)}
    for procedure in procedures:
        flow = procedure.flow
        absent = [each for each in (*flow.nodes, *flow.edges) if each.id not in placed]
        if absent:
            findings.add(
                "read-drawing-incomplete",
                Severity.INFO,
                index.elements[flow.id],
                at=index.elements[absent[0].id],
                count=str(len(absent)),
                first=" ".join(absent[0].name.split()) or absent[0].id,
            )


def report_encoding(root: etree._Element, source: SourceText, findings: Findings) -> None:
    """Report an encoding other than plain UTF-8, and one that was not what the file says."""
    declared = source.declared
    if declared and declared != source.encoding:
        findings.add(
            "read-encoding-assumed",
            Severity.WARNING,
            root,
            declared=declared,
            encoding=source.encoding,
        )
    elif source.bom or source.encoding not in {"utf-8", "ascii"}:
        mark = " (BOM)" if source.bom else ""
        findings.add("read-encoding", Severity.INFO, root, encoding=f"{source.encoding}{mark}")
