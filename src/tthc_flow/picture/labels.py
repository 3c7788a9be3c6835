"""Places for the names of events and gateways whose file gives none."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.layout.labels import Obstacles
from tthc_flow.layout.sizes import label_size
from tthc_flow.model.drawing import Bounds, Drawing
from tthc_flow.model.flow import Event, Gateway, SubProcess

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.procedure import Procedure

_SHAPE: Final = 1000.0
_LABEL: Final = 400.0
_LINE: Final = 60.0
_GAP: Final = 4.0


def with_labels(procedures: tuple[Procedure, ...], drawing: Drawing) -> Drawing:
    """Return *drawing* with a label box for every named event and gateway.

    Boxes that the file gives stay; new ones go below, above or beside, where least is hit.

    Example:
        >>> with_labels((), Drawing())
        Drawing(shapes={}, lines={})

    Source: candidate positions with costs (Christensen, Marks, Shieber 1995), greedy.
    """
    nodes = {each.id: each for one in procedures for each in one.flow.nodes}
    missing = [
        each
        for each in nodes.values()
        if isinstance(each, Event | Gateway)
        and each.name.strip()
        and each.id in drawing.shapes
        and drawing.shapes[each.id].label is None
    ]
    if not missing:
        return drawing
    obstacles = _obstacles(
        drawing, {key for key, each in nodes.items() if not isinstance(each, SubProcess)}
    )
    shapes = dict(drawing.shapes)
    for node in missing:
        shape = shapes[node.id]
        size = label_size(node.name)
        places = tuple(_places(shape.bounds, *size))
        box = min(places, key=lambda place: obstacles.cost(place, node.id))
        shapes[node.id] = evolve(shape, label=box)
        obstacles.add(box, _LABEL)
    return Drawing(shapes=shapes, lines=drawing.lines)


def _obstacles(drawing: Drawing, solid: set[str]) -> Obstacles:
    obstacles = Obstacles()
    for element, shape in drawing.shapes.items():
        if element in solid:
            obstacles.add(shape.bounds, _SHAPE)
        if shape.label is not None:
            obstacles.add(shape.label, _LABEL)
    for line in drawing.lines.values():
        if line.label is not None:
            obstacles.add(line.label, _LABEL)
        for one, other in pairwise(line.points):
            x, y = min(one.x, other.x), min(one.y, other.y)
            obstacles.add(
                Bounds(x - 1, y - 1, abs(one.x - other.x) + 2, abs(one.y - other.y) + 2), _LINE
            )
    return obstacles


def _places(shape: Bounds, width: float, height: float) -> Iterator[Bounds]:
    left, right = shape.centre.x - _GAP - width, shape.centre.x + _GAP
    yield Bounds(shape.centre.x - width / 2, shape.bottom + _GAP, width, height)
    yield Bounds(shape.centre.x - width / 2, shape.y - _GAP - height, width, height)
    yield Bounds(right + shape.width / 4, shape.bottom - 2, width, height)
    yield Bounds(left - shape.width / 4, shape.bottom - 2, width, height)
    yield Bounds(right + shape.width / 4, shape.y + 2 - height, width, height)
    yield Bounds(left - shape.width / 4, shape.y + 2 - height, width, height)
