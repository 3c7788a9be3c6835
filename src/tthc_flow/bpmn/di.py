"""From a drawing to BPMN DI elements."""

from __future__ import annotations

from lxml import etree

from tthc_flow.bpmn.names import BOUNDS, EDGE, LABEL, LANE, SHAPE, SUB_PROCESSES, WAYPOINT, bpmn
from tthc_flow.model.drawing import Bounds, Line, Shape


def shape_element(identifier: str, drawn: str, tag: str, shape: Shape) -> etree._Element:
    """Return the ``BPMNShape`` of the element *drawn*, whose BPMN tag is *tag*."""
    element = etree.Element(SHAPE, id=identifier, bpmnElement=drawn)
    if tag in {LANE, bpmn("participant")} or not shape.horizontal:
        element.set("isHorizontal", _truth(of=shape.horizontal))
    if tag in SUB_PROCESSES or not shape.expanded:
        element.set("isExpanded", _truth(of=shape.expanded))
    if tag == bpmn("exclusiveGateway") or not shape.marker:
        element.set("isMarkerVisible", _truth(of=shape.marker))
    element.append(bounds_element(shape.bounds))
    _add_label(element, shape.label)
    return element


def edge_element(identifier: str, drawn: str, line: Line) -> etree._Element:
    """Return the ``BPMNEdge`` of the flow *drawn*."""
    element = etree.Element(EDGE, id=identifier, bpmnElement=drawn)
    for point in line.points:
        etree.SubElement(element, WAYPOINT, x=number(point.x), y=number(point.y))
    _add_label(element, line.label)
    return element


def bounds_element(bounds: Bounds) -> etree._Element:
    """Return the ``dc:Bounds`` of a rectangle."""
    return etree.Element(
        BOUNDS,
        x=number(bounds.x),
        y=number(bounds.y),
        width=number(bounds.width),
        height=number(bounds.height),
    )


def number(value: float) -> str:
    """Return a coordinate as the file holds it: exact, whole numbers without a point."""
    return repr(float(value)).removesuffix(".0")


def _add_label(element: etree._Element, label: Bounds | None) -> None:
    if label is not None:
        etree.SubElement(element, LABEL).append(bounds_element(label))


def _truth(*, of: bool) -> str:
    return "true" if of else "false"
