"""Shapes and lines: gone with their elements, moved to new coordinates, drawn for new ones."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest
from typing import TypeVar

from lxml import etree

from tthc_flow.bpmn.di import bounds_element, edge_element, number, shape_element
from tthc_flow.bpmn.drawings import has_place
from tthc_flow.bpmn.editor import Editor
from tthc_flow.bpmn.index import local
from tthc_flow.bpmn.names import BOUNDS, COLLABORATION, DIAGRAM, EDGE, LABEL, PLANE, SHAPE, WAYPOINT
from tthc_flow.bpmn.pieces import Piece
from tthc_flow.model.drawing import Bounds, Drawing, Line, Point, Shape

Drawn = TypeVar("Drawn", Shape, Line)


def remove_drawings(editor: Editor, lost: set[str]) -> None:
    """Mark the shapes and lines of the elements in *lost* as gone."""
    if not lost:
        return
    for drawn, element in _drawn(editor):
        if drawn in lost:
            editor.pieces.of(element).gone = True


def edit_drawing(editor: Editor, drawing: Drawing, lost: set[str]) -> None:
    """Write the coordinates in which *drawing* differs; what it does not name stays.

    Nothing is drawn for the elements in *lost*.
    """
    shapes: dict[str, Shape] = {}
    lines: dict[str, Line] = {}
    for known in reversed(editor.document.drawings):
        shapes.update(known.shapes)
        lines.update(known.lines)
    moved = _others(drawing.shapes, shapes) - lost
    bent = _others(drawing.lines, lines) - lost
    if not (moved or bent):
        return
    there = {
        (element.tag, drawn): element
        for drawn, element in reversed(_drawn(editor))
        if drawn in (moved if element.tag == SHAPE else bent) and has_place(element)
    }
    for drawn, shape in drawing.shapes.items():
        if drawn in moved:
            element = there.get((SHAPE, drawn))
            if element is None or drawn not in shapes:
                _draw(editor, drawn, shape)
            else:
                _edit_shape(editor, editor.pieces.of(element), shapes[drawn], shape)
    for drawn, line in drawing.lines.items():
        if drawn in bent:
            element = there.get((EDGE, drawn))
            if element is None or drawn not in lines:
                _draw(editor, drawn, line)
            else:
                _edit_line(editor, editor.pieces.of(element), lines[drawn], line)


def _others(now: Mapping[str, Drawn], before: Mapping[str, Drawn]) -> set[str]:
    """Return what stands otherwise *now*, or did not stand *before*; most is the same value."""
    differ = (each for each, what in now.items() if what is not before.get(each))
    return {each for each in differ if now[each] != before.get(each)}


def lost_elements(editor: Editor) -> set[str]:
    """Return the ids of removed elements, also of what lay inside them and was not moved."""
    lost: set[str] = set()
    known, ids = editor.pieces.known, editor.document.index.ids
    elsewhere = {piece.element for piece in editor.fresh.values() if not editor.is_new(piece)}
    stack = [piece.element for piece in known.values() if piece.gone]
    while stack:
        element = stack.pop()
        identifier = ids.get(element) or element.get("id")
        if identifier:
            lost.add(identifier)
        stack.extend(each for each in element.iterchildren("*") if each not in elsewhere)
    return lost - set(editor.fresh)


def _drawn(editor: Editor) -> list[tuple[str, etree._Element]]:
    found = []
    for diagram in editor.document.root.iterchildren(DIAGRAM):
        for element in diagram.iter(SHAPE, EDGE):
            reference = element.get("bpmnElement")
            if reference is not None:
                found.append((local(reference, element), element))
    return found


def _draw(editor: Editor, drawn: str, what: Shape | Line) -> None:
    """Add a shape or line for an element of the file; a drawing of anything else is left out."""
    fresh = editor.fresh.get(drawn)
    element = editor.document.index.elements.get(drawn) if fresh is None else fresh.element
    if element is None:
        return
    identifier = editor.names.fresh(f"{drawn}_di")
    if isinstance(what, Shape):
        new = shape_element(identifier, drawn, str(element.tag), what)
    else:
        new = edge_element(identifier, drawn, what)
    plane = _plane(editor)
    plane.last.append(editor.new(new, plane))


def _plane(editor: Editor) -> Piece:
    for child in (*editor.root.children, *editor.root.last):
        if child.element.tag == DIAGRAM:
            for plane in child.children:
                if plane.element.tag == PLANE:
                    return plane
    diagram = etree.Element(DIAGRAM, id=editor.names.fresh("Diagram_1"))
    index = editor.document.index
    owners = [each for each in index.collaborations if each.tag == COLLABORATION]
    owner = (owners or index.processes)[0]
    made = editor.fresh.get("")
    name = str((owner if made is None else made.element).get("id"))
    etree.SubElement(diagram, PLANE, id=editor.names.fresh("Plane_1"), bpmnElement=name)
    piece = editor.new(diagram, editor.root)
    editor.root.last.append(piece)
    return next(piece.children)


def _edit_shape(editor: Editor, piece: Piece, before: Shape, after: Shape) -> None:
    for name, old, new in (
        ("isHorizontal", before.horizontal, after.horizontal),
        ("isExpanded", before.expanded, after.expanded),
        ("isMarkerVisible", before.marker, after.marker),
    ):
        if old != new:
            piece.set(name, "true" if new else "false")
    for child in piece.children:
        if child.element.tag == BOUNDS:
            _edit_bounds(child, before.bounds, after.bounds)
    _edit_label(editor, piece, before.label, after.label)


def _edit_bounds(piece: Piece, before: Bounds, after: Bounds) -> None:
    for name in ("x", "y", "width", "height"):
        if getattr(before, name) != getattr(after, name):
            piece.set(name, number(getattr(after, name)))


def _edit_line(editor: Editor, piece: Piece, before: Line, after: Line) -> None:
    waypoints = [each for each in piece.children if each.element.tag == WAYPOINT]
    anchor = waypoints[-1]
    for waypoint, old, new in zip_longest(waypoints, before.points, after.points):
        if new is None:
            waypoint.gone = True
        elif waypoint is None:
            element = etree.Element(WAYPOINT, x=number(new.x), y=number(new.y))
            anchor.after.append((0, editor.new(element, piece)))
        elif old != new:
            _edit_point(waypoint, old, new)
    _edit_label(editor, piece, before.label, after.label)


def _edit_point(piece: Piece, before: Point, after: Point) -> None:
    for name in ("x", "y"):
        if getattr(before, name) != getattr(after, name):
            piece.set(name, number(getattr(after, name)))


def _edit_label(editor: Editor, piece: Piece, before: Bounds | None, after: Bounds | None) -> None:
    if before == after:
        return
    label = next((each for each in piece.children if each.element.tag == LABEL), None)
    if label is None:
        element = etree.Element(LABEL)
        if after is not None:
            element.append(bounds_element(after))
            piece.last.append(editor.new(element, piece))
        return
    bounds = next((each for each in label.children if each.element.tag == BOUNDS), None)
    if after is None:
        label.gone = True
    elif bounds is None or before is None:
        label.last.append(editor.new(bounds_element(after), label))
    else:
        _edit_bounds(bounds, before, after)
