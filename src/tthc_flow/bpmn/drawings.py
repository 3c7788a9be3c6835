"""The drawing of a file (BPMN DI): shapes and lines by the id of the element they draw."""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import TYPE_CHECKING

from attrs import evolve

from tthc_flow.bpmn.findings import Findings
from tthc_flow.bpmn.index import Index, local
from tthc_flow.bpmn.names import (
    BOUNDS,
    DIAGRAM,
    EDGE,
    LABEL,
    PLANE,
    SHAPE,
    SUB_PROCESSES,
    WAYPOINT,
)
from tthc_flow.bpmn.painted import colours_of
from tthc_flow.bpmn.truth import truth
from tthc_flow.model.drawing import Bounds, Drawing, Line, Point, Shape
from tthc_flow.model.finding import Severity

if TYPE_CHECKING:
    from lxml import etree

_LEAST_POINTS = 2


def read_drawings(root: etree._Element, index: Index, findings: Findings) -> tuple[Drawing, ...]:
    """Return one drawing a diagram; what draws nothing, or has no place, is a finding."""
    return tuple(_drawing(diagram, index, findings) for diagram in root.iterchildren(DIAGRAM))


def _drawing(diagram: etree._Element, index: Index, findings: Findings) -> Drawing:
    shapes: dict[str, Shape] = {}
    lines: dict[str, Line] = {}
    silent: list[str] = []
    for element in diagram.iter(SHAPE, EDGE):
        reference = element.get("bpmnElement")
        drawn = None if reference is None else local(reference, element)
        if drawn is None or drawn not in index.elements:
            findings.add(
                "read-drawing-of-nothing", Severity.INFO, element, reference=reference or ""
            )
            continue
        if element.tag == SHAPE:
            shape = _shape(element)
            if shape is not None:
                shapes.setdefault(_key(element, drawn, index), shape)
                if element.get("isExpanded") is None:
                    silent.append(drawn)
                continue
        else:
            line = _line(element)
            if line is not None:
                lines.setdefault(drawn, line)
                continue
        findings.add("read-drawing-without-place", Severity.INFO, element, reference=drawn)
    for drawn in silent:
        sub_process = index.elements[drawn]
        if sub_process.tag in SUB_PROCESSES:
            inside = any(index.ids.get(each) in shapes for each in sub_process)
            shapes[drawn] = evolve(shapes[drawn], expanded=inside)
    plane = diagram.find(PLANE)
    return Drawing(
        shapes=MappingProxyType(shapes),
        lines=MappingProxyType(lines),
        id=diagram.get("id", ""),
        name=diagram.get("name", ""),
        plane=None if plane is None else index.refer(plane, "bpmnElement"),
    )


def has_place(element: etree._Element) -> bool:
    """Return whether a shape or edge says where it stands: the others are passed over."""
    found = _bounds(element) if element.tag == SHAPE else _points(element)
    return found is not None


def _key(element: etree._Element, drawn: str, index: Index) -> str:
    """Return under what a shape is known: a participant stands in many choreography tasks."""
    own = element.get("id", "")
    band = element.get("choreographyActivityShape") is not None
    return own if band and own and own not in index.elements else drawn


def _shape(element: etree._Element) -> Shape | None:
    bounds = _bounds(element)
    if bounds is None:
        return None
    return Shape(
        bounds=bounds,
        label=_label(element),
        horizontal=truth(element, "isHorizontal", silent=True),
        expanded=truth(element, "isExpanded", silent=True),
        marker=truth(element, "isMarkerVisible", silent=True),
        colours=colours_of(element),
    )


def _line(element: etree._Element) -> Line | None:
    points = _points(element)
    if points is None:
        return None
    return Line(points=points, label=_label(element), colours=colours_of(element))


def _points(element: etree._Element) -> tuple[Point, ...] | None:
    waypoints = element.iterchildren(WAYPOINT)
    try:
        points = tuple([Point(*_numbers(each, "x", "y")) for each in waypoints])
    except ValueError:
        return None
    return points if len(points) >= _LEAST_POINTS else None


def _label(element: etree._Element) -> Bounds | None:
    for child in element:
        if child.tag == LABEL:
            return _bounds(child)
    return None


def _bounds(element: etree._Element) -> Bounds | None:
    for child in element:
        if child.tag == BOUNDS:
            try:
                return Bounds(*_numbers(child, "x", "y", "width", "height"))
            except ValueError:
                return None
    return None


def _numbers(element: etree._Element, *names: str) -> list[float]:
    """Return the attributes *names*; ``ValueError`` where one is missing or no place on a sheet."""
    get = element.get
    values = [float(get(name, "")) for name in names]
    if not all(map(math.isfinite, values)):
        raise ValueError(names)
    return values
