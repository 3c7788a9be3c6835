"""Build a new BPMN 2.0 file from a procedure and its drawing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from lxml import etree

from tthc_flow.bpmn.artifact_elements import add_artifacts, shared_elements, store_elements
from tthc_flow.bpmn.consistent import refuse_lost
from tthc_flow.bpmn.di import edge_element, shape_element
from tthc_flow.bpmn.document import Document
from tthc_flow.bpmn.elements import (
    add_arrows,
    flow_element,
    lane_element,
    node_element,
    procedure_facts,
)
from tthc_flow.bpmn.names import (
    COLLABORATION,
    DEFINITIONS,
    DIAGRAM,
    EXTENSIONS,
    LANE_REF,
    LANE_SET,
    PLANE,
    PREFIXES,
    PROCESS,
    bpmn,
)
from tthc_flow.bpmn.read import read_text
from tthc_flow.bpmn.roots import Names
from tthc_flow.bpmn.serial import serialise
from tthc_flow.bpmn.source import SourceText
from tthc_flow.errors import CannotWrite
from tthc_flow.model.drawing import Drawing
from tthc_flow.model.flow import Flow
from tthc_flow.model.procedure import Procedure

_NAME: Final = re.compile(r"(?!.*[\U00010000-\U0010ffff])[^\W\d][\w.\-]*")
"""A name as validators of XML know it: the first edition has none beyond the basic plane."""
_TARGET: Final = "urn:tthc-flow:processes"


def build(procedure: Procedure, drawing: Drawing | None = None) -> Document:
    """Return a new BPMN 2.0 document of *procedure*, drawn as in *drawing*.

    Every fact of the model is in it: reading it again gives the same procedure (nodes inside a
    sub-process follow it directly). Linear in the number of nodes.

    Args:
        procedure: What the file shall say.
        drawing: Where things stand; without one the file has no diagram.

    Raises:
        CannotWrite: TF611 for an id that XML does not allow, TF612 for control characters,
            TF614 for a node in a sub-process or lane that does not exist.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> document = build(Procedure(flow=Flow(id="P", name="Cấp giấy"), code="1.014464"))
        >>> document.procedures[0].code
        '1.014464'

    Source: OMG formal/13-12-09 (BPMN 2.0.2); own extension ``tthc-flow-1.xsd``.
    """
    refuse_lost(procedure)
    names = Names(set(_identifiers(procedure)))
    try:
        root = _definitions(procedure, drawing or Drawing(), names)
    except ValueError as error:
        raise CannotWrite(
            "TF612",
            f"a text holds a character that XML cannot ({error})",
            place=procedure.flow.id,
            hint="remove control characters from names and texts",
        ) from error
    declared = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in PREFIXES)
    prefixes = {uri: prefix for prefix, uri in PREFIXES}
    body = serialise(root, prefixes).replace("<bpmn:definitions", f"<bpmn:definitions{declared}", 1)
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'
    source = SourceText(place="<built>", data=text.encode(), bom=b"", encoding="utf-8", text=text)
    return read_text(source, max_elements=len(text)).document  # our own text may be of any size


def _identifiers(procedure: Procedure) -> Iterable[str]:
    flow = procedure.flow
    parts = (flow.nodes, flow.edges, flow.lanes, procedure.pools, procedure.messages)
    beside = (procedure.links, procedure.artifacts, procedure.associations)
    for identifier in (flow.id, *(each.id for part in (*parts, *beside) for each in part)):
        if not _NAME.fullmatch(identifier):
            raise CannotWrite(
                "TF611",
                f"id {identifier!r} is no XML name",
                place=flow.id,
                hint="begin ids with a letter; use letters, digits, '_', '-' and '.'",
            )
        yield identifier


def _definitions(procedure: Procedure, drawing: Drawing, names: Names) -> etree._Element:
    root = etree.Element(
        DEFINITIONS, id=names.fresh("Definitions_1"), targetNamespace=_TARGET, exporter="tthc-flow"
    )
    process = _process(procedure, names)
    plane = procedure.flow.id
    beside = shared_elements(procedure, names)
    root.extend((*store_elements(procedure), *names.elements))
    if procedure.pools or procedure.messages or beside:
        plane = names.fresh("Collaboration_1")
        root.append(_collaboration(plane, procedure))
        root[-1].extend(beside)
    root.append(process)
    if drawing.shapes or drawing.lines:
        root.append(_diagram(plane, root, drawing, names))
    return root


def _collaboration(identifier: str, procedure: Procedure) -> etree._Element:
    element = etree.Element(COLLABORATION, id=identifier)
    for pool in procedure.pools:
        child = etree.SubElement(element, bpmn("participant"), id=pool.id)
        _set(child, name=pool.name, processRef=pool.process)
    for message in procedure.messages:
        child = etree.SubElement(element, bpmn("messageFlow"), id=message.id)
        _set(child, name=message.name)
        child.set("sourceRef", message.source)
        child.set("targetRef", message.target)
    return element


def _process(procedure: Procedure, names: Names) -> etree._Element:
    flow = procedure.flow
    element = etree.Element(PROCESS, id=flow.id)
    _set(element, name=flow.name)
    element.set("isExecutable", "true" if flow.executable else "false")
    etree.SubElement(element, EXTENSIONS).append(procedure_facts(procedure))
    if flow.lanes:
        element.append(_lane_set(flow, names))
    containers: dict[str | None, etree._Element] = {None: element}
    for node in flow.nodes:
        child = containers[node.id] = node_element(node, names)
        add_arrows(child, node.id, flow)
    for node in flow.nodes:
        containers[node.scope].append(containers[node.id])
    for edge in (*flow.edges, *procedure.links):
        containers[edge.scope].append(flow_element(edge))
    add_artifacts(procedure, containers, names)
    return element


def _lane_set(flow: Flow, names: Names) -> etree._Element:
    lane_set = etree.Element(LANE_SET, id=names.fresh("LaneSet_1"))
    lanes = {lane.id: lane_element(lane) for lane in flow.lanes}
    for node in flow.nodes:
        if node.lane is not None:
            etree.SubElement(lanes[node.lane], LANE_REF).text = node.id
    inner: dict[str, etree._Element] = {}
    for lane in flow.lanes:
        if lane.parent is None:
            lane_set.append(lanes[lane.id])
            continue
        if lane.parent not in inner:
            inner[lane.parent] = etree.SubElement(
                lanes[lane.parent], bpmn("childLaneSet"), id=names.fresh(f"LaneSet_{lane.parent}")
            )
        inner[lane.parent].append(lanes[lane.id])
    return lane_set


def _diagram(plane_of: str, root: etree._Element, drawing: Drawing, names: Names) -> etree._Element:
    tags = {each.get("id"): each.tag for each in root.iter("*")}
    diagram = etree.Element(DIAGRAM, id=names.fresh("Diagram_1"))
    plane = etree.SubElement(diagram, PLANE, id=names.fresh("Plane_1"), bpmnElement=plane_of)
    for drawn, shape in drawing.shapes.items():
        identifier = names.fresh(f"{drawn}_di")
        plane.append(shape_element(identifier, drawn, str(tags.get(drawn)), shape))
    for drawn, line in drawing.lines.items():
        plane.append(edge_element(names.fresh(f"{drawn}_di"), drawn, line))
    return diagram


def _set(element: etree._Element, **values: str | None) -> None:
    for name, value in values.items():
        if value:
            element.set(name, value)
