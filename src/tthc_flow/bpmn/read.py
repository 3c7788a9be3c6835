"""Read a BPMN 2.0 file of any tool: procedures, findings, and the document to write back to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from attrs import define, field, frozen

from tthc_flow.bpmn.artifacts import ArtifactReader
from tthc_flow.bpmn.collaboration import Collaboration, read_collaborations
from tthc_flow.bpmn.details import report_details
from tthc_flow.bpmn.dialects.claim import Scene
from tthc_flow.bpmn.dialects.hearing import hear
from tthc_flow.bpmn.document import Document
from tthc_flow.bpmn.drawings import read_drawings
from tthc_flow.bpmn.findings import Findings
from tthc_flow.bpmn.handlers import with_handlers
from tthc_flow.bpmn.index import index
from tthc_flow.bpmn.infer import Inference
from tthc_flow.bpmn.irregular_parts import report_drawing, report_encoding, report_parts
from tthc_flow.bpmn.irregular_ways import report_ways
from tthc_flow.bpmn.kept import report_kept, report_misplaced
from tthc_flow.bpmn.lanes import Lanes, read_lanes, report_unknown
from tthc_flow.bpmn.lanes_drawn import placed_in_lanes
from tthc_flow.bpmn.names import (
    BPMN,
    CHOREOGRAPHY,
    DEFINITIONS,
    FLOW,
    NODES,
    SUB_PROCESSES,
    bpmn,
)
from tthc_flow.bpmn.nodes import PROCEDURE_IN_BPMN, NodeReader
from tthc_flow.bpmn.parse import MAX_DEPTH, MAX_ELEMENTS, Parsed, declared, parse
from tthc_flow.bpmn.source import MAX_BYTES, Readable, SourceText, load
from tthc_flow.bpmn.truth import truth
from tthc_flow.model.finding import Finding, Severity
from tthc_flow.model.flow import Event, EventPosition, Flow, Node, SequenceFlow
from tthc_flow.model.procedure import Procedure

if TYPE_CHECKING:
    from lxml import etree

    from tthc_flow.model.drawing import Drawing

_CHOREOGRAPHY: Final = bpmn("choreography")


@frozen(kw_only=True)
class Reading:
    """What was read: one procedure a process, all findings, the document."""

    procedures: tuple[Procedure, ...]
    findings: tuple[Finding, ...]
    document: Document


@define
class _Content:
    """What one process holds, flat."""

    beside: ArtifactReader
    nodes: list[Node] = field(factory=list)
    edges: list[SequenceFlow] = field(factory=list)
    lanes: Lanes = field(factory=Lanes)


def read(
    source: Readable,
    *,
    max_bytes: int = MAX_BYTES,
    max_depth: int = MAX_DEPTH,
    max_elements: int = MAX_ELEMENTS,
) -> Reading:
    """Return the procedures of a BPMN file, its findings and the document.

    Every flow node of the file is in a procedure or in a finding; nothing is repaired. Linear in
    the size of the file. No DTD, entity or network is ever used.

    Args:
        source: A path, the bytes, or an open binary file.
        max_bytes: Larger files are refused before they are parsed.
        max_depth: Deeper nested elements are refused.
        max_elements: Files with more elements are refused before they are parsed.

    Returns:
        One procedure a process, in file order; findings in the order met.

    Raises:
        UnreadableInput: TF201-TF212 and TF216, with the place (line, column) and what to do.

    Example:
        >>> text = (
        ...     '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">'
        ...     '<process id="P"><task id="A" name="Vào sổ"/></process></definitions>'
        ... )
        >>> [step.name for step in read(text.encode()).procedures[0].flow.steps]
        ['Vào sổ']

    Source: OMG formal/13-12-09 (BPMN 2.0.2).
    """
    return read_text(load(source, max_bytes), max_depth, max_elements)


def read_text(
    text: SourceText, max_depth: int = MAX_DEPTH, max_elements: int = MAX_ELEMENTS
) -> Reading:
    """Return the reading of a file that is already text."""
    parsed = parse(text, max_depth, max_elements)
    root = parsed.root
    findings = Findings()
    _report_assumed(parsed, findings)
    report_encoding(root, text, findings)
    found = index(root, findings)
    collaborations = read_collaborations(found, findings)
    if not found.processes:
        findings.add("read-no-process", Severity.ERROR, root)
    reader = NodeReader(found, findings)
    drawings = read_drawings(root, found, findings)
    procedures = tuple(
        _procedure(each, reader, collaborations, drawings) for each in found.processes
    )
    _report_choreographies(root, findings)
    report_kept(root, found, findings)
    report_misplaced(_known(procedures, collaborations), found, findings)
    report_drawing(root, procedures, drawings, found, findings)
    heard = hear(Scene(root, found, findings, declared(parsed, text)), procedures)
    document = Document(
        drawings=drawings,
        procedures=heard.procedures,
        elsewhere=heard.elsewhere,
        source=text,
        root=root,
        index=found,
    )
    assumed = (each for procedure in heard.procedures for each in procedure.assumptions)
    found_all = (*findings.found, *assumed)
    return Reading(procedures=heard.procedures, findings=found_all, document=document)


def _report_assumed(parsed: Parsed, findings: Findings) -> None:
    root = parsed.root
    for prefix, namespace in parsed.assumed:
        findings.add(
            "read-prefix-undeclared", Severity.WARNING, root, prefix=prefix, namespace=namespace
        )
    if parsed.old:
        findings.add("read-draft-namespace", Severity.WARNING, root)
    if parsed.late:
        findings.add("read-declaration-late", Severity.INFO, root)
    if root.tag != DEFINITIONS:
        kind = str(root.tag).removeprefix(f"{{{BPMN}}}")
        findings.add("read-fragment", Severity.WARNING, root, kind=kind)


def _known(
    procedures: tuple[Procedure, ...], collaborations: tuple[Collaboration, ...]
) -> set[str]:
    """Return the ids of all elements that the model holds."""
    known: set[str] = set()
    for one in collaborations:
        known.update(pool.id for pool in one.pools)
        known.update(message.id for message in one.messages)
    for each in procedures:
        known.update(node.id for node in each.flow.nodes)
        known.update(edge.id for edge in (*each.flow.edges, *each.links))
        known.update(lane.id for lane in each.flow.lanes)
    return known


def _procedure(
    process: etree._Element,
    reader: NodeReader,
    collaborations: tuple[Collaboration, ...],
    drawings: tuple[Drawing, ...],
) -> Procedure:
    identifier = reader.index.ids[process]
    content = _content(process, reader)
    together = _together(identifier, reader, collaborations)
    pool = next((each.name for each in together.pools if each.process == identifier), "")
    inference = Inference(reader.index, reader.findings, pool)
    lanes = inference.lanes(content.lanes)
    lines = (*content.beside.associations, *together.associations)
    placed = placed_in_lanes(
        content.nodes, content.lanes.lanes, drawings, reader.index, reader.findings
    )
    nodes = with_handlers(inference.nodes(placed), lines)
    edges, links = _parted(content, reader)
    flow = Flow(
        id=identifier,
        name=process.get("name", ""),
        nodes=nodes,
        edges=edges,
        lanes=lanes,
        executable=truth(process, "isExecutable"),
    )
    _report_flow(process, flow, reader)
    facts = reader.facts(Procedure, "procedure", process, PROCEDURE_IN_BPMN)
    facts.setdefault("name", flow.name or pool)
    return Procedure(
        **{
            "flow": flow,
            "pools": together.pools,
            "messages": together.messages,
            "links": links,
            "artifacts": (*content.beside.artifacts, *together.artifacts),
            "associations": lines,
            **facts,
        }
    )


def _together(
    process: str, reader: NodeReader, collaborations: tuple[Collaboration, ...]
) -> Collaboration:
    """Return the collaboration that *process* is drawn in, an empty one where none draws it."""
    for each in collaborations:
        if process in each.processes:
            return each
    alone = len(collaborations) == len(reader.index.processes) == 1
    return collaborations[0] if alone else Collaboration()  # the one process, outside the pools


def _report_flow(process: etree._Element, flow: Flow, reader: NodeReader) -> None:
    report_parts(process, flow, reader.index, reader.findings)
    report_ways(flow, reader.index, reader.findings)
    report_details(flow, reader.index, reader.findings)


def _content(process: etree._Element, reader: NodeReader) -> _Content:
    """Walk the process and its sub-processes in file order, without recursion."""
    content = _Content(ArtifactReader(reader.index, reader.findings))
    ids = reader.index.ids
    read_lanes(process, reader, content.lanes)
    stack: list[tuple[Iterator[etree._Element], str | None]] = [(iter(process), None)]
    while stack:
        children, scope = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
        elif child.tag in NODES:
            if child.tag in SUB_PROCESSES:
                read_lanes(child, reader, content.lanes)
                stack.append((iter(child), ids[child]))
            content.nodes.append(reader.node(child, scope, content.lanes.of.get(ids[child])))
            content.beside.data_of(child)
        elif child.tag == FLOW:
            content.edges.append(reader.flow(child, scope))
        else:
            content.beside.take(child, scope)
    _report_content(process, content, reader)
    return content


def _report_content(process: etree._Element, content: _Content, reader: NodeReader) -> None:
    findings = reader.findings
    if not content.nodes:
        findings.add("read-empty-process", Severity.WARNING, process)
    known = {node.id for node in content.nodes}
    report_unknown(content.lanes, known, reader.index, findings)
    for node in content.nodes:
        boundary = isinstance(node, Event) and node.position is EventPosition.BOUNDARY
        if boundary and getattr(node, "attached_to", None) not in known:
            findings.add(
                "read-boundary-unattached", Severity.WARNING, reader.index.elements[node.id]
            )


def _parted(
    content: _Content, reader: NodeReader
) -> tuple[tuple[SequenceFlow, ...], tuple[SequenceFlow, ...]]:
    """Return the flows between nodes of this process, and those that dangle or cross pools."""
    scopes = {node.id: node.scope for node in content.nodes}
    edges, links = [], []
    for edge in content.edges:
        lost = [end for end in (edge.source, edge.target) if end not in scopes]
        element = reader.index.elements[edge.id]
        if not lost:
            edges.append(edge)
            if scopes[edge.source] != scopes[edge.target]:
                reader.findings.add("read-flow-crosses-scope", Severity.WARNING, element)
            continue
        links.append(edge)
        crossing = all(end in reader.index.elements for end in lost)
        code = "read-flow-crosses-pools" if crossing else "read-flow-dangling"
        reader.findings.add(code, Severity.WARNING, element, end=", ".join(lost))
    return tuple(edges), tuple(links)


def _report_choreographies(root: etree._Element, findings: Findings) -> None:
    for element in root.iter(*CHOREOGRAPHY):
        findings.add("read-choreography", Severity.WARNING, element)
    for whole in root.iterchildren(_CHOREOGRAPHY):
        for element in whole.iter(*NODES):
            findings.add("read-choreography", Severity.WARNING, element)
