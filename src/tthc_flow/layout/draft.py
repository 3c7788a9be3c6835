"""A drawing while it is being changed: the only mutable one."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from attrs import define, evolve, field

from tthc_flow.model.drawing import Bounds, Line, Point, Shape
from tthc_flow.model.flow import SubProcess

if TYPE_CHECKING:
    from tthc_flow.model.procedure import Procedure


@define(kw_only=True, slots=False)
class Draft:
    """Shapes and lines of *after* so far; *fresh* are the ids of nodes placed anew.

    *old* is where nodes stood that were taken out to be placed anew. *strangers* are frames of
    which *after* knows nothing: pools, lanes and sub-processes of other processes on the sheet.
    """

    after: Procedure
    old: dict[str, Bounds] = field(factory=dict)
    strangers: set[str] = field(factory=set)
    shapes: dict[str, Shape] = field(factory=dict)
    lines: dict[str, Line] = field(factory=dict)
    fresh: set[str] = field(factory=set)

    def bounds(self, element: str) -> Bounds:
        """Return where *element* stands."""
        return self.shapes[element].bounds

    def shift(self, below: float, by: float) -> None:
        """Move everything at or under the height *below* down; what spans it becomes taller."""
        for element, shape in self.shapes.items():
            box = shape.bounds
            if box.y >= below:
                self.shapes[element] = moved(shape, 0.0, by)
            elif box.bottom >= below and self.is_frame(element):
                taller = Bounds(box.x, box.y, box.width, box.height + by)
                self.shapes[element] = evolve(shape, bounds=taller)
        for element, line in self.lines.items():
            points = tuple(Point(each.x, each.y + by * (each.y >= below)) for each in line.points)
            label = line.label
            if label is not None and label.y >= below:
                label = moved_box(label, 0.0, by)
            self.lines[element] = Line(points=points, label=label)

    def push(self, beyond: float, by: float) -> None:
        """Move everything right of *beyond* to the right; frames that reach it become wider."""
        if by <= 0:
            return
        for element, shape in self.shapes.items():
            box = shape.bounds
            if box.x >= beyond:
                self.shapes[element] = moved(shape, by, 0.0)
            elif box.right >= beyond and self.is_frame(element):
                wider = Bounds(box.x, box.y, box.width + by, box.height)
                self.shapes[element] = evolve(shape, bounds=wider)
        for element, line in self.lines.items():
            points = tuple(Point(each.x + by * (each.x >= beyond), each.y) for each in line.points)
            label = line.label
            if label is not None and label.x >= beyond:
                label = moved_box(label, by, 0.0)
            self.lines[element] = Line(points=points, label=label)

    def is_band(self, element: str) -> bool:
        """Return whether *element* is a pool or lane, or a frame of another process."""
        return (
            element in self.after.flow.lane_by_id
            or element in self.pools
            or element in self.strangers
        )

    def is_frame(self, element: str) -> bool:
        """Return whether *element* has content, with which it grows."""
        node = self.after.flow.by_id.get(element)
        return isinstance(node, SubProcess) or self.is_band(element)

    @cached_property
    def pools(self) -> frozenset[str]:
        """Return the ids of the pools."""
        return frozenset(pool.id for pool in self.after.pools)

    def own_pools(self) -> tuple[str, ...]:
        """Return the ids of the pools that the process is drawn in."""
        flow = self.after.flow
        return tuple(pool.id for pool in self.after.pools if pool.process == flow.id)

    def right(self) -> float:
        """Return where pools and lanes end."""
        ends = [shape.bounds.right for key, shape in self.shapes.items() if self.is_band(key)]
        return max(ends, default=0.0)

    def note_strangers(self) -> None:
        """Find the frames of other processes: what holds the middle of another unknown shape."""
        known = {*self.after.flow.by_id, *self.after.flow.lane_by_id, *self.pools}
        known |= {artifact.id for artifact in self.after.artifacts}
        unknown = [(key, shape.bounds) for key, shape in self.shapes.items() if key not in known]
        self.strangers = {
            key
            for key, box in unknown
            if any(
                other != key
                and box.x < inner.centre.x < box.right
                and box.y < inner.centre.y < box.bottom
                for other, inner in unknown
            )
        }


def moved_box(box: Bounds, dx: float, dy: float) -> Bounds:
    """Return *box* moved by (dx, dy).

    Example:
        >>> moved_box(Bounds(0, 0, 5, 5), 1, 2)
        Bounds(x=1, y=2, width=5, height=5)

    Source: definition.
    """
    return Bounds(box.x + dx, box.y + dy, box.width, box.height)


def moved(shape: Shape, dx: float, dy: float) -> Shape:
    """Return *shape* and its label moved by (dx, dy).

    Example:
        >>> moved(Shape(bounds=Bounds(0, 0, 5, 5)), 1, 2).bounds.y
        2

    Source: definition.
    """
    label = shape.label and moved_box(shape.label, dx, dy)
    return evolve(shape, bounds=moved_box(shape.bounds, dx, dy), label=label)
