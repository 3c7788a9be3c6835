"""Lines through a drawing that is there: what no grid knows, and what a change has torn off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define, field

from tthc_flow.layout.around import CLEAR, Field, holds, line_around
from tthc_flow.layout.scopes import host_of
from tthc_flow.model.drawing import Bounds, Line, Point

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tthc_flow.model.drawing import Shape
    from tthc_flow.model.procedure import Procedure

_LOOP: Final = 2 * CLEAR


@define(kw_only=True)
class _Scene:
    """What lines go round: shapes by id, the hosts of boundary events, pools."""

    solid: dict[str, Bounds] = field(factory=dict)
    hosts: dict[str, str | None] = field(factory=dict)
    pools: set[str] = field(factory=set)

    def boxes(self, source: str, target: str, start: Bounds, end: Bounds) -> list[Bounds]:
        """Return what a line between two shapes must go round.

        What lies in an end is no obstacle: that is solid as a whole, unless it is met from inside.
        """
        ends = {source, target, self.hosts.get(source), self.hosts.get(target)}
        whole = [one for one, far in ((start, end), (end, start)) if not holds(one, far)]
        return [
            box
            for other, box in self.solid.items()
            if other not in ends and not any(holds(one, box) for one in whole)
        ]


def add_strays(
    procedures: Sequence[Procedure], shapes: Mapping[str, Shape], lines: dict[str, Line]
) -> None:
    """Add to *lines* each flow, message and association that is not drawn though its ends are.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> add_strays([Procedure(flow=Flow(id="p"))], {}, {})

    Source: ``line_around``.
    """
    missing = {
        line: (source, target)
        for procedure in procedures
        for line, source, target in lines_of(procedure)
        if line not in lines and source in shapes and target in shapes
    }
    if not missing:
        return
    area = Field(labels=[shape.label for shape in shapes.values() if shape.label is not None])
    for drawn in lines.values():
        area.add_line(drawn.points)
    scene = _scene(procedures, shapes)
    for line, (source, target) in missing.items():
        start, end = shapes[source].bounds, shapes[target].bounds
        if source == target:
            points = _loop(start)
        else:
            area.boxes = scene.boxes(source, target, start, end)
            from_pool, to_pool = source in scene.pools, target in scene.pools
            points = line_around(
                _facing(start, end) if from_pool and not to_pool else start,
                _facing(end, start) if to_pool and not from_pool else end,
                area,
                from_pool=from_pool,
                to_pool=to_pool,
            )
        area.add_line(points)
        lines[line] = Line(points=points)


def lines_of(procedure: Procedure) -> Iterator[tuple[str, str, str]]:
    """Yield id, source and target of each flow, message and association.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> list(lines_of(Procedure(flow=Flow(id="p"))))
        []

    Source: BPMN 2.0.2, 7.2 (connecting objects).
    """
    for edge in procedure.flow.edges:
        yield edge.id, edge.source, edge.target
    for message in procedure.messages:
        yield message.id, message.source, message.target
    for tie in procedure.associations:
        yield tie.id, tie.source, tie.target


def _scene(procedures: Sequence[Procedure], shapes: Mapping[str, Shape]) -> _Scene:
    scene = _Scene()
    for procedure in procedures:
        flow = procedure.flow
        scene.hosts |= {node.id: host_of(node, flow) for node in flow.nodes}
        solid = [each.id for each in (*flow.nodes, *procedure.artifacts)]
        scene.pools |= {pool.id for pool in procedure.pools}
        solid += [each for each in scene.pools if each in shapes and not shapes[each].expanded]
        scene.solid |= {each: shapes[each].bounds for each in sorted(solid) if each in shapes}
    return scene


def _facing(pool: Bounds, node: Bounds) -> Bounds:
    """Return the part of *pool* straight above or below *node*, where a message meets it."""
    if holds(pool, node):
        return pool
    width = min(node.width, pool.width)
    left = min(max(node.x, pool.x), pool.right - width)
    return Bounds(left, pool.y, width, pool.height)


def _loop(box: Bounds) -> tuple[Point, ...]:
    """Return a line from *box* to itself: out at the right, in from above."""
    middle, right, top = box.centre, box.right + _LOOP, box.y - _LOOP
    return (
        Point(box.right, middle.y),
        Point(right, middle.y),
        Point(right, top),
        Point(middle.x, top),
        Point(middle.x, box.y),
    )
