"""The flows of a sheet: what is open lies behind, then lines, nodes, and the names of lines."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.model.flow import Event, EventPosition, Gateway, SequenceFlow, SubProcess
from tthc_flow.model.notation import PLAIN, Notation
from tthc_flow.model.step import Step, TaskType
from tthc_flow.picture.lines import flow_line, line_label
from tthc_flow.picture.nodes import node_shape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tthc_flow.model.drawing import Bounds, Drawing, Shape
    from tthc_flow.model.flow import Flow, Node
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.picture.look import Look

_LEAST_OPEN: Final = 150.0
_MOST_COVERED: Final = 30.0


def flows(
    procedures: tuple[Procedure, ...],
    drawing: Drawing,
    look: Callable[[Node], Look],
    marks: Mapping[str, str],
    notation: Mapping[str, Notation],
) -> str:
    """Return the nodes and sequence flows that *drawing* places, each node as *look* says.

    Example:
        >>> from tthc_flow.model.drawing import Drawing
        >>> flows((), Drawing(), lambda node: None, {}, {})
        ''

    Source: BPMN 2.0.2, 10.
    """
    behind: list[tuple[float, str]] = []
    solid: list[tuple[int, str]] = []
    lines: list[str] = []
    names: list[str] = []
    called = _opened_calls(procedures, drawing)
    for procedure in procedures:
        openers = _openers(procedure.flow)
        covered = _covered(procedure.flow, drawing)
        shapes = _opened(procedure.flow, drawing)
        for node in (each for each in procedure.flow.nodes if each.id in shapes):
            shape = shapes[node.id]
            drawn = node_shape(
                node,
                shape,
                evolve(look(node), covered=covered.get(node.id, 0.0)),
                notation.get(node.id, PLAIN),
                opener=openers.get(node.id),
                opened=node.id in called,
            )
            if node.id in called or (isinstance(node, SubProcess) and shape.expanded):
                behind.append((-shape.bounds.width * shape.bounds.height, drawn))
            else:
                solid.append((_layer(node), drawn))
        for edge in (*procedure.flow.edges, *procedure.links):
            line = drawing.lines.get(edge.id)
            if line is not None:
                start = _start(edge, procedure.flow)
                lines.append(flow_line(edge.id, line, marks.get(edge.id), source=start))
                names.append(line_label(edge.name, line, marks.get(edge.id)))
    behind.sort(key=lambda each: each[0])
    solid.sort(key=lambda each: each[0])
    return "".join([*(text for _, text in behind), *lines, *(text for _, text in solid), *names])


def _opened(flow: Flow, drawing: Drawing) -> Mapping[str, Shape]:
    """Return the shapes of *drawing*; what shows its content is open, whatever the file says.

    Some tools say "collapsed" of a sub-process and draw what is in it all the same.
    """
    holders = {node.scope for node in flow.nodes if node.scope and node.id in drawing.shapes}
    open_ones = {
        each: evolve(drawing.shapes[each], expanded=True)
        for each in holders
        if each in drawing.shapes
    }
    return {**drawing.shapes, **open_ones}


def _layer(node: Node) -> int:
    """Return how far in front *node* lies: events last, they stand on the borders of others."""
    match node:
        case Event():
            return 2
        case Gateway():
            return 1
        case _:
            return 0


def _openers(flow: Flow) -> dict[str, Event]:
    """Return the event that starts each sub-process, by the id of the sub-process."""
    return {
        node.scope: node
        for node in flow.nodes
        if isinstance(node, Event) and node.position is EventPosition.START and node.scope
    }


def _covered(flow: Flow, drawing: Drawing) -> dict[str, float]:
    """Return how much of the lower edge of each activity its boundary events cover."""
    found: dict[str, float] = {}
    for node in flow.nodes:
        if not isinstance(node, Event) or node.attached_to is None:
            continue
        event, host = drawing.shapes.get(node.id), drawing.shapes.get(node.attached_to)
        if event is None or host is None or event.bounds.centre.y < host.bounds.bottom - 9:
            continue
        part = min(host.bounds.bottom - event.bounds.y, _MOST_COVERED)
        found[node.attached_to] = max(part, found.get(node.attached_to, 0.0))
    return found


def _opened_calls(procedures: tuple[Procedure, ...], drawing: Drawing) -> frozenset[str]:
    """Return the call activities in which something is drawn: what they call."""
    calls = [
        (node.id, drawing.shapes[node.id].bounds)
        for one in procedures
        for node in one.flow.steps
        if node.task is TaskType.CALL and node.id in drawing.shapes
    ]
    large = [(call, box) for call, box in calls if box.width > _LEAST_OPEN]
    if not large:
        return frozenset()
    inner = sorted(
        (drawing.shapes[node.id].bounds.x, node.id)
        for one in procedures
        for node in one.flow.nodes
        if node.id in drawing.shapes
    )
    return frozenset(
        call
        for call, box in large
        if any(
            node != call and _holds(box, drawing.shapes[node].bounds)
            for _, node in inner[
                bisect_left(inner, (box.x, "")) : bisect_left(inner, (box.right, ""))
            ]
        )
    )


def _holds(outer: Bounds, inner: Bounds) -> bool:
    inside = outer.x <= inner.x and inner.right <= outer.right
    return inside and outer.y <= inner.y and inner.bottom <= outer.bottom


def _start(edge: SequenceFlow, flow: Flow) -> str:
    """Return the sign at the start of *edge*: of a default, or of an activity's condition."""
    source = flow.by_id.get(edge.source)
    if source is None or isinstance(source, Event):
        return ""
    if source.default == edge.id:
        return "default"
    conditional = edge.condition is not None or edge.printed is not None
    return "condition" if conditional and isinstance(source, Step | SubProcess) else ""
