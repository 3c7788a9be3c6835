"""Keep my drawing: after a rewrite what did not change stays where it was.

Unchanged nodes keep their coordinates exactly. New nodes go to the nearest free place beside
their neighbours in the right lane. Only lines whose ends changed, or that would cross a new shape,
are drawn anew. A lane that is too low for something new grows and moves what lies below it; a
sub-process that is too narrow grows and moves what lies right of it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from tthc_flow.layout.around import Field, line_around
from tthc_flow.layout.artifacts import add_artifacts
from tthc_flow.layout.bands import add_lanes, close_lanes, widen
from tthc_flow.layout.draft import Draft
from tthc_flow.layout.fresh import lay_out
from tthc_flow.layout.labels import edge_labels
from tthc_flow.layout.messages import outermost
from tthc_flow.layout.newcomers import add_node
from tthc_flow.layout.scopes import host_of
from tthc_flow.model.drawing import Bounds, Drawing, Line, Point
from tthc_flow.model.flow import SubProcess

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tthc_flow.model.flow import Node, SequenceFlow
    from tthc_flow.model.procedure import MessageFlow, Procedure


def keep(drawing: Drawing, before: Procedure, after: Procedure) -> Drawing:
    """Return the drawing of *after*, as near to *drawing* (that of *before*) as it can be.

    Elements that neither procedure holds (notes, other pools' content) stay untouched.

    Args:
        drawing: Where *before* stands.
        before: The procedure that was drawn.
        after: The rewritten procedure.

    Returns:
        A drawing of every node and flow of *after*; a new one where *drawing* does not hold
        *before*.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.model.step import Step
        >>> one = Procedure(flow=Flow(id="p", nodes=(Step(id="a", name="Ký"),)))
        >>> keep(lay_out(one), one, one) == lay_out(one)
        True

    Source: mental map (Misue, Eades, Lai, Sugiyama 1995).
    """
    drawn = [node for node in before.flow.nodes if node.id in drawing.shapes]
    if not drawn:
        return lay_out(after)
    draft = _leftover(drawing, before, after)
    close_lanes(draft, tuple(_removed_lanes(drawing, before, after)))
    add_lanes(draft)
    for node in _placing_order(after, draft):
        add_node(draft, node)
    if not all(node.id in draft.shapes for node in after.flow.nodes):
        return lay_out(after)
    widen(draft)
    _draw_lines(draft, before)
    add_artifacts(after, draft.shapes, draft.lines)
    return Drawing(shapes=draft.shapes, lines=draft.lines)


def _leftover(drawing: Drawing, before: Procedure, after: Procedure) -> Draft:
    """Return what stays: all but removed elements and nodes that changed their lane or scope."""
    draft = Draft(after=after)
    gone = _elements(before) - _elements(after)
    moved = {
        node.id
        for node in after.flow.nodes
        if node.id in before.flow.by_id and _home(before, node.id) != _home(after, node.id)
    }
    draft.shapes = {
        element: shape
        for element, shape in drawing.shapes.items()
        if element not in gone and element not in moved
    }
    gone |= {each.id for each in after.associations if {each.source, each.target} & (gone | moved)}
    draft.lines = {line: value for line, value in drawing.lines.items() if line not in gone}
    return draft


def _removed_lanes(drawing: Drawing, before: Procedure, after: Procedure) -> Iterator[Bounds]:
    for lane in before.flow.lanes:
        if lane.id not in after.flow.lane_by_id and lane.id in drawing.shapes:
            yield drawing.shapes[lane.id].bounds


def _home(procedure: Procedure, node: str) -> tuple[str | None, ...]:
    found = procedure.flow.by_id[node]
    return found.scope, found.lane if found.scope is None else None, host_of(found, procedure.flow)


def _elements(procedure: Procedure) -> set[str]:
    flow = procedure.flow
    found = set(flow.by_id) | {lane.id for lane in flow.lanes}
    found |= {edge.id for edge in (*flow.edges, *procedure.links)}
    found |= {message.id for message in procedure.messages}
    found |= {artifact.id for artifact in procedure.artifacts}
    found |= {tie.id for tie in procedure.associations}
    return found | {pool.id for pool in procedure.pools}


def _placing_order(after: Procedure, draft: Draft) -> list[Node]:
    """Return the new nodes, those behind a placed one first, so that chains follow on."""
    waiting = {node.id: node for node in after.flow.nodes if node.id not in draft.shapes}
    content = {node for node in waiting if _in_new_frame(after, node, waiting)}
    hosted = [
        node for key, node in waiting.items() if host_of(node, after.flow) and key not in content
    ]
    open_nodes = {
        key: node
        for key, node in waiting.items()
        if key not in content and host_of(node, after.flow) is None
    }
    ordered: list[Node] = []
    ready = [key for key in after.flow.by_id if key in draft.shapes]
    seen = set(ready)
    for start in (*ready, *open_nodes):
        stack = [start]
        while stack:
            here = stack.pop()
            if here in open_nodes and here not in seen:
                ordered.append(open_nodes[here])
            if here in open_nodes or here == start:
                following = [edge.target for edge in after.flow.outgoing.get(here, ())]
                stack.extend(
                    each
                    for each in reversed(following)
                    if each in open_nodes and each not in seen and each != here
                )
            seen.add(here)
    return [*ordered, *hosted]


def _in_new_frame(after: Procedure, node: str, waiting: Mapping[str, Node]) -> bool:
    """Return whether *node* comes along with a new sub-process that it lies in."""
    here = after.flow.by_id[node].scope
    seen: set[str] = set()
    while here is not None and here in after.flow.by_id and here not in seen:
        if here in waiting:
            return True
        seen.add(here)
        here = after.flow.by_id[here].scope
    return False


def _draw_lines(draft: Draft, before: Procedure) -> None:
    """Draw the lines that are missing, changed, or crossed by something new."""
    after = draft.after
    known = {edge.id: (edge.source, edge.target) for edge in before.flow.edges}
    known |= {each.id: (each.source, each.target) for each in before.messages}
    todo: list[SequenceFlow | MessageFlow] = []
    every: tuple[SequenceFlow | MessageFlow, ...] = (*after.flow.edges, *after.messages)
    for edge in every:
        same = known.get(edge.id) == (edge.source, edge.target)
        stays = edge.source not in draft.fresh and edge.target not in draft.fresh
        if same and stays and edge.id in draft.lines and not _crossed(draft, edge.id):
            continue
        draft.lines.pop(edge.id, None)
        if edge.source in draft.shapes and edge.target in draft.shapes:
            todo.append(edge)
    area = Field(labels=[each.label for each in draft.shapes.values() if each.label is not None])
    for line in draft.lines.values():
        area.add_line(line.points)
    drawn = {edge.id: _draw_line(draft, edge, area) for edge in todo}
    _name_lines(draft, {edge.id: edge.name for edge in todo if edge.name}, drawn)


def _crossed(draft: Draft, line: str) -> bool:
    points = draft.lines[line].points
    for one, other in pairwise(points):
        left, right = sorted((one.x, other.x))
        top, bottom = sorted((one.y, other.y))
        for node in draft.fresh:
            box = draft.bounds(node)
            if left < box.right and right > box.x and top < box.bottom and bottom > box.y:
                return True
    return False


def _draw_line(draft: Draft, edge: SequenceFlow | MessageFlow, area: Field) -> tuple[Point, ...]:
    flow = draft.after.flow
    start, end = draft.bounds(edge.source), draft.bounds(edge.target)
    frames = (
        {edge.source, edge.target} | _frames_of(draft, edge.source) | _frames_of(draft, edge.target)
    )
    solid = [
        draft.bounds(node.id)
        for node in flow.nodes
        if node.id not in frames and not _within(draft, node, edge)
    ]
    if edge.source in flow.by_id and edge.target not in flow.by_id:
        end = _opposite_strip(start, end)
    elif edge.target in flow.by_id and edge.source not in flow.by_id:
        start = _opposite_strip(end, start)
    points = line_around(
        start,
        end,
        Field(boxes=solid, labels=area.labels, lines=area.lines),
        from_pool=edge.source not in flow.by_id,
        to_pool=edge.target not in flow.by_id,
    )
    area.add_line(points)
    draft.lines[edge.id] = Line(points=points)
    return points


def _within(draft: Draft, node: Node, edge: SequenceFlow | MessageFlow) -> bool:
    """Return whether *node* lies in or on an end of *edge*, which is solid as a whole."""
    flow = draft.after.flow
    host = host_of(node, flow)
    return host in {edge.source, edge.target} or outermost(node.id, flow) in {
        edge.source,
        edge.target,
    }


def _frames_of(draft: Draft, node: str) -> set[str]:
    """Return the sub-processes and hosts that *node* lies in or on."""
    flow = draft.after.flow
    found: set[str] = set()
    here: str | None = node
    while here is not None and here in flow.by_id:
        outer = host_of(flow.by_id[here], flow) or flow.by_id[here].scope
        if outer is None or outer in found:
            break
        found.add(outer)
        here = outer
    return found


def _opposite_strip(node: Bounds, pool: Bounds) -> Bounds:
    """Return the part of *pool* straight above or below *node*, where a message meets it."""
    return Bounds(node.x, pool.y, node.width, pool.height)


def _name_lines(
    draft: Draft, names: Mapping[str, str], drawn: Mapping[str, tuple[Point, ...]]
) -> None:
    frames = {node.id for node in draft.after.flow.nodes if isinstance(node, SubProcess)}
    solid = [draft.bounds(node.id) for node in draft.after.flow.nodes if node.id not in frames]
    labels = [shape.label for shape in draft.shapes.values() if shape.label is not None]
    labels += [line.label for line in draft.lines.values() if line.label is not None]
    ways = {line: value.points for line, value in draft.lines.items()}
    for line, box in edge_labels(names, ways, solid, labels).items():
        draft.lines[line] = Line(points=drawn[line], label=box)
