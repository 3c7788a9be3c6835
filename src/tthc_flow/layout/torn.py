"""Which lines of a drawing that is kept are drawn anew: those that changed or were torn off."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from tthc_flow.layout.labels import edge_labels
from tthc_flow.layout.strays import lines_of
from tthc_flow.model.drawing import Bounds, Line, Point
from tthc_flow.model.flow import SubProcess

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.layout.draft import Draft
    from tthc_flow.model.procedure import Procedure

_NEAR: Final = 2.0
"""How far from a shape a line may end and still touch it."""


def loose(draft: Draft) -> set[str]:
    """Return the lines that do not touch their ends: so they were drawn, and so they stay.

    Example:
        >>> from tthc_flow.layout.draft import Draft
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> draft = Draft(after=Procedure(flow=Flow(id="p")))
        >>> loose(draft)
        set()

    Source: a file may draw lines that end nowhere; they are not ours to mend.
    """
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


def drop_touched(draft: Draft, before: Procedure, loose: set[str]) -> dict[str, str]:
    """Drop the lines that changed, were torn off, or are crossed by something new.

    Returns the names that need a place: of these lines, and those that something new covers.

    Example:
        >>> from tthc_flow.layout.draft import Draft
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> draft = Draft(after=Procedure(flow=Flow(id="p")))
        >>> drop_touched(draft, draft.after, set())
        {}

    Source: only what changed is drawn anew.
    """
    known = {line: (source, target) for line, source, target in lines_of(before)}
    unnamed: set[str] = set()
    for line, *both in lines_of(draft.after):
        ends = (both[0], both[1])
        stays = known.get(line) == ends and not draft.fresh & set(ends)
        whole = line in loose or _touching(draft, line, ends)
        if (
            line not in draft.lines
            or not (stays and whole)
            or line in draft.torn
            or _crossed(draft, line)
        ):
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
    new = [draft.shapes[node] for node in draft.fresh]
    boxes = [box for shape in new for box in (shape.bounds, shape.label) if box is not None]
    return label is not None and any(_meet(label, box) for box in boxes)


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


def name_lines(draft: Draft, names: Mapping[str, str]) -> None:
    """Give each of *names* a place beside its line.

    Example:
        >>> from tthc_flow.layout.draft import Draft
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> draft = Draft(after=Procedure(flow=Flow(id="p")))
        >>> name_lines(draft, {})

    Source: ``edge_labels``.
    """
    flow = draft.after.flow
    frames = {
        node.id
        for node in flow.nodes
        if isinstance(node, SubProcess)
        and node.id in draft.shapes
        and draft.shapes[node.id].expanded
    }
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
