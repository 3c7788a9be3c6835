"""Nodes that no lane lists, though the sheet shows them inside one: some tools write no members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from tthc_flow.bpmn.findings import Findings
from tthc_flow.bpmn.index import Index
from tthc_flow.model.drawing import Bounds, Drawing, Point
from tthc_flow.model.finding import Severity
from tthc_flow.model.flow import Event, Lane, Node

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def placed_in_lanes(
    nodes: Sequence[Node],
    lanes: Sequence[Lane],
    drawings: Iterable[Drawing],
    index: Index,
    findings: Findings,
) -> list[Node]:
    """Return *nodes*; one that no lane lists gets the only innermost lane it is drawn in.

    What the file lists is never overruled; nodes in a sub-process lie where that lies, and an
    event on the border of a task belongs to the task. Told
    once a lane. Linear in the nodes for each lane that is drawn.
    """
    parents = {lane.id: lane.parent for lane in lanes}
    found: dict[str, str] = {}
    for drawing in drawings if lanes else ():
        frames = {each: drawing.shapes[each].bounds for each in parents if each in drawing.shapes}
        for node in nodes if frames else ():
            shape = drawing.shapes.get(node.id)
            on_a_border = isinstance(node, Event) and node.attached_to is not None
            if node.lane is None and node.scope is None and shape is not None and not on_a_border:
                lane = _innermost(shape.bounds.centre, frames, parents)
                if lane is not None:
                    found.setdefault(node.id, lane)
    if not found:
        return [*nodes]
    members: dict[str, list[Node]] = {}
    for node in nodes:
        if node.id in found:
            members.setdefault(found[node.id], []).append(node)
    for lane, inside in members.items():
        findings.add(
            "read-lane-drawn",
            Severity.INFO,
            index.elements[lane],
            count=str(len(inside)),
            first=" ".join(inside[0].name.split()) or inside[0].id,
        )
    return [evolve(node, lane=found.get(node.id, node.lane)) for node in nodes]


def _innermost(
    point: Point, frames: dict[str, Bounds], parents: dict[str, str | None]
) -> str | None:
    around = [lane for lane, frame in frames.items() if _holds(frame, point)]
    outer = {parents[lane] for lane in around}
    inner = [lane for lane in around if lane not in outer]
    return inner[0] if len(inner) == 1 else None


def _holds(frame: Bounds, point: Point) -> bool:
    return frame.x <= point.x <= frame.right and frame.y <= point.y <= frame.bottom
