"""Keep my drawing: after a rewrite what did not change stays where it was.

Unchanged nodes keep their places: they only move all together, where a gap closes or where
something new needs room. New nodes go to the nearest free place beside their neighbours in the
right lane. Only lines whose ends changed, or that would cross a new shape, are drawn anew. A lane
that is too low for something new grows and moves what lies below it; a sub-process that is too
narrow grows and moves what lies right of it. A lane that nobody works in any more stays, low or
high as it was: whether the office keeps it is not the drawing's to say.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from tthc_flow.layout.artifacts import add_artifacts
from tthc_flow.layout.bands import add_lanes, close_lanes, widen
from tthc_flow.layout.draft import Draft
from tthc_flow.layout.fresh import lay_out
from tthc_flow.layout.gaps import close_gaps
from tthc_flow.layout.labels import edge_labels
from tthc_flow.layout.newcomers import add_node
from tthc_flow.layout.scopes import host_of
from tthc_flow.layout.strays import add_strays, lines_of
from tthc_flow.model.drawing import Bounds, Drawing, Line, Point
from tthc_flow.model.flow import SubProcess

_NEAR: Final = 2.0
"""How far from a shape a line may end and still touch it."""

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tthc_flow.model.flow import Node
    from tthc_flow.model.procedure import Procedure


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
    loose = _loose(draft)
    hidden = _hidden(draft)
    for node in _placing_order(after, draft):
        if node.id not in hidden:
            add_node(draft, node)
    if not all(node.id in draft.shapes or node.id in hidden for node in after.flow.nodes):
        return lay_out(after)
    gone = [node.id for node in drawn if node.id not in after.flow.by_id]
    close_gaps(draft, [drawing.shapes[each].bounds for each in gone])
    widen(draft)
    names = _drop_touched(draft, before, loose)
    add_artifacts([after], draft.shapes, draft.lines)
    add_strays([after], draft.shapes, draft.lines)
    _name_lines(draft, names)
    return Drawing(shapes=draft.shapes, lines=draft.lines)


def _leftover(drawing: Drawing, before: Procedure, after: Procedure) -> Draft:
    """Return what stays: all but removed elements and nodes that changed their lane or scope."""
    draft = Draft(after=after)
    gone = _elements(before) - _elements(after)
    moved = _moved(before, after)
    draft.shapes = {
        element: shape
        for element, shape in drawing.shapes.items()
        if element not in gone and element not in moved
    }
    draft.old = {each: drawing.shapes[each].bounds for each in moved & set(drawing.shapes)}
    draft.note_strangers()
    gone |= {each.id for each in after.associations if {each.source, each.target} & (gone | moved)}
    draft.lines = {line: value for line, value in drawing.lines.items() if line not in gone}
    return draft


def _moved(before: Procedure, after: Procedure) -> set[str]:
    """Return the nodes that changed their lane or scope, with all that lies in or on them."""
    found = {
        node.id
        for node in after.flow.nodes
        if node.id in before.flow.by_id and _home(before, node.id) != _home(after, node.id)
    }
    held: dict[str, list[str]] = {}
    for node in after.flow.nodes:
        holder = host_of(node, after.flow) or node.scope
        if holder is not None:
            held.setdefault(holder, []).append(node.id)
    waiting = list(found)
    while waiting:
        inner = [each for each in held.get(waiting.pop(), ()) if each not in found]
        found |= set(inner)
        waiting += inner
    return found


def _hidden(draft: Draft) -> set[str]:
    """Return what lies in a closed sub-process and is not on this sheet: it has one of its own."""
    flow = draft.after.flow
    closed = {
        node.id
        for node in flow.nodes
        if isinstance(node, SubProcess)
        and node.id in draft.shapes
        and not draft.shapes[node.id].expanded
    }
    inside: dict[str | None, list[str]] = {}
    for node in flow.nodes:
        inside.setdefault(node.scope, []).append(node.id)
    found: set[str] = set()
    waiting = list(closed)
    while waiting:
        content = [each for each in inside.get(waiting.pop(), ()) if each not in found]
        found |= set(content)
        waiting += content
    return found - set(draft.shapes)


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


def _loose(draft: Draft) -> set[str]:
    """Return the lines that do not touch their ends: so they were drawn, and so they stay."""
    return {
        line
        for line, *ends in lines_of(draft.after)
        if not _touching(draft, line, (ends[0], ends[1]))
    }


def _touching(draft: Draft, line: str, ends: tuple[str, str]) -> bool:
    if line not in draft.lines or not all(end in draft.shapes for end in ends):
        return True
    points = draft.lines[line].points
    return all(
        _touches(point, draft.bounds(end))
        for point, end in zip((points[0], points[-1]), ends, strict=True)
    )


def _touches(point: Point, box: Bounds) -> bool:
    return (
        box.x - _NEAR <= point.x <= box.right + _NEAR
        and box.y - _NEAR <= point.y <= box.bottom + _NEAR
    )


def _drop_touched(draft: Draft, before: Procedure, loose: set[str]) -> dict[str, str]:
    """Drop the lines that changed, were torn off, or are crossed by something new.

    Returns the names that need a place: of these lines, and those that something new covers.
    """
    known = {line: (source, target) for line, source, target in lines_of(before)}
    unnamed: set[str] = set()
    for line, *both in lines_of(draft.after):
        ends = (both[0], both[1])
        stays = known.get(line) == ends and not draft.fresh & set(ends)
        whole = line in loose or _touching(draft, line, ends)
        if line not in draft.lines or not (stays and whole) or _crossed(draft, line):
            draft.lines.pop(line, None)
            unnamed.add(line)
        elif _covered(draft, line):
            draft.lines[line] = Line(points=draft.lines[line].points)
            unnamed.add(line)
    names = {edge.id: edge.name for edge in draft.after.flow.edges}
    names |= {message.id: message.name for message in draft.after.messages}
    return {line: name for line, name in names.items() if name and line in unnamed}


def _crossed(draft: Draft, line: str) -> bool:
    return any(
        _meet(_span(one, other), draft.bounds(node))
        for one, other in pairwise(draft.lines[line].points)
        for node in draft.fresh
    )


def _covered(draft: Draft, line: str) -> bool:
    label = draft.lines[line].label
    return label is not None and any(_meet(label, draft.bounds(node)) for node in draft.fresh)


def _span(one: Point, other: Point) -> Bounds:
    left, top = min(one.x, other.x), min(one.y, other.y)
    return Bounds(left, top, abs(one.x - other.x), abs(one.y - other.y))


def _meet(one: Bounds, other: Bounds) -> bool:
    return (
        one.x < other.right
        and one.right > other.x
        and one.y < other.bottom
        and one.bottom > other.y
    )


def _name_lines(draft: Draft, names: Mapping[str, str]) -> None:
    flow = draft.after.flow
    frames = {node.id for node in flow.nodes if isinstance(node, SubProcess)}
    beside = [artifact.id for artifact in draft.after.artifacts]
    solid = [
        draft.bounds(each)
        for each in (*flow.by_id, *beside)
        if each not in frames and each in draft.shapes
    ]
    labels = [shape.label for shape in draft.shapes.values() if shape.label is not None]
    labels += [line.label for line in draft.lines.values() if line.label is not None]
    ways = {line: value.points for line, value in draft.lines.items()}
    for line, box in edge_labels(names, ways, solid, labels).items():
        draft.lines[line] = Line(points=ways[line], label=box)
