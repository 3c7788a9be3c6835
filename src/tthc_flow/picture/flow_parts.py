"""One flow on the sheet: open sub-processes behind, then lines, nodes, and the names of lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.model.flow import Event, EventPosition, SequenceFlow, SubProcess
from tthc_flow.model.notation import PLAIN, Notation
from tthc_flow.model.step import Step
from tthc_flow.picture.lines import flow_line, line_label
from tthc_flow.picture.nodes import node_shape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.model.drawing import Drawing
    from tthc_flow.model.flow import Flow
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.picture.look import Look


def flow_parts(
    procedure: Procedure,
    drawing: Drawing,
    looks: Mapping[str, Look],
    marks: Mapping[str, str],
    notation: Mapping[str, Notation],
) -> str:
    """Return the nodes and sequence flows of *procedure* that *drawing* places.

    Example:
        >>> from tthc_flow.model.drawing import Drawing
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> flow_parts(Procedure(flow=Flow(id="p")), Drawing(), {}, {}, {})
        ''

    Source: BPMN 2.0.2, 10.
    """
    behind, before = _nodes(procedure.flow, drawing, looks, notation)
    lines: list[str] = []
    names: list[str] = []
    for edge in (*procedure.flow.edges, *procedure.links):
        line = drawing.lines.get(edge.id)
        if line is not None:
            start = _start(edge, procedure.flow)
            lines.append(flow_line(edge.id, line, marks.get(edge.id), source=start))
            names.append(line_label(edge.name, line, marks.get(edge.id)))
    return "".join((behind, *lines, before, *names))


def _nodes(
    flow: Flow,
    drawing: Drawing,
    looks: Mapping[str, Look],
    notation: Mapping[str, Notation],
) -> tuple[str, str]:
    """Return what lies behind the lines, the largest first, and what lies before them."""
    openers = {
        node.scope: node
        for node in flow.nodes
        if isinstance(node, Event) and node.position is EventPosition.START and node.scope
    }
    opened: list[tuple[float, str]] = []
    solid: list[str] = []
    on_border: list[str] = []
    for node in flow.nodes:
        shape = drawing.shapes.get(node.id)
        if shape is None:
            continue
        signs = notation.get(node.id, PLAIN)
        drawn = node_shape(node, shape, looks[node.id], signs, openers.get(node.id))
        if isinstance(node, SubProcess) and shape.expanded:
            opened.append((-shape.bounds.width * shape.bounds.height, drawn))
        elif isinstance(node, Event) and node.position is EventPosition.BOUNDARY:
            on_border.append(drawn)
        else:
            solid.append(drawn)
    behind = "".join(text for _, text in sorted(opened, key=lambda each: each[0]))
    return behind, "".join([*solid, *on_border])


def _start(edge: SequenceFlow, flow: Flow) -> str:
    """Return the sign at the start of *edge*: of a default, or of an activity's condition."""
    source = flow.by_id.get(edge.source)
    if source is None or isinstance(source, Event):
        return ""
    if source.default == edge.id:
        return "default"
    conditional = edge.condition is not None or edge.printed is not None
    return "condition" if conditional and isinstance(source, Step | SubProcess) else ""
