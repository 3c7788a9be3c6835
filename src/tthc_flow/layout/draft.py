"""A drawing while it is being changed: the only mutable one."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from attrs import define, evolve, field

from tthc_flow.layout.frames import HEADER
from tthc_flow.layout.scopes import host_of
from tthc_flow.layout.strays import lines_of
from tthc_flow.model.drawing import Bounds, Line, Point, Shape
from tthc_flow.model.flow import SubProcess

if TYPE_CHECKING:
    from collections.abc import Collection

    from tthc_flow.model.procedure import Procedure

_SAME: Final = 0.5
"""How far apart two borders may be and still be one."""


@define(kw_only=True, slots=False)
class Draft:
    """Shapes and lines of *after* so far; *fresh* are the ids of nodes placed anew.

    *old* is where nodes stood that were taken out to be placed anew. *strangers* are frames of
    which *after* knows nothing: pools, lanes and sub-processes of other processes on the sheet.
    *torn* are lines that no longer end where they did.
    """

    after: Procedure
    old: dict[str, Bounds] = field(factory=dict)
    strangers: set[str] = field(factory=set)
    shapes: dict[str, Shape] = field(factory=dict)
    lines: dict[str, Line] = field(factory=dict)
    fresh: set[str] = field(factory=set)
    torn: set[str] = field(factory=set)

    def bounds(self, element: str) -> Bounds:
        """Return where *element* stands."""
        return self.shapes[element].bounds

    def shift(self, below: float, by: float, growing: Collection[str] | None = None) -> None:
        """Move everything at or under the height *below* down; what spans it becomes taller.

        Of the frames that end there all grow, or only those of *growing*.
        """
        moving, grown = set(), set()
        for element, shape in self.shapes.items():
            box = shape.bounds
            ends = abs(box.bottom - below) <= _SAME
            if box.y >= below - _SAME and element not in (growing or ()):
                moving.add(element)
            elif self.is_frame(element) and (
                (ends and (growing is None or element in growing)) or box.bottom > below + _SAME
            ):
                grown.add(element)
        for event, host in self._hosted():
            low = abs(self.bounds(event).centre.y - self.bounds(host).bottom) <= _SAME
            _follow(event, moving, leads=host in moving or (host in grown and low))
        for element in moving:
            self.shapes[element] = moved(self.shapes[element], 0.0, by)
        for element in grown:
            shape = self.shapes[element]
            taller = evolve(shape.bounds, height=shape.bounds.height + by)
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
        moving, grown = set(), set()
        for element, shape in self.shapes.items():
            if shape.bounds.x >= beyond:
                moving.add(element)
            elif shape.bounds.right >= beyond and self.is_frame(element):
                grown.add(element)
        for event, host in self._hosted():
            inside = self.bounds(event).x >= beyond
            _follow(event, moving, leads=host in moving or (host in grown and inside))
        self._note_torn(beyond, moving | grown)
        for element in moving:
            self.shapes[element] = moved(self.shapes[element], by, 0.0)
        for element in grown:
            shape = self.shapes[element]
            wider = evolve(shape.bounds, width=shape.bounds.width + by)
            self.shapes[element] = evolve(shape, bounds=wider)
        for element, line in self.lines.items():
            points = tuple(Point(each.x + by * (each.x >= beyond), each.y) for each in line.points)
            label = line.label
            if label is not None and label.x >= beyond:
                label = moved_box(label, by, 0.0)
            self.lines[element] = Line(points=points, label=label)

    def _note_torn(self, beyond: float, following: set[str]) -> None:
        """Note the lines of which an end moves and the shape it touches does not."""
        for line, *ends in lines_of(self.after):
            if line in self.lines:
                points = self.lines[line].points
                for point, end in zip((points[0], points[-1]), ends, strict=True):
                    if point.x >= beyond and end in self.shapes and end not in following:
                        self.torn.add(line)

    def _hosted(self) -> list[tuple[str, str]]:
        """Return the drawn boundary events with their drawn hosts: they move together."""
        return [(one, host) for one, host in self.hosts if {one, host} <= self.shapes.keys()]

    @cached_property
    def hosts(self) -> tuple[tuple[str, str], ...]:
        """Return the boundary events of *after*, each with its host."""
        flow = self.after.flow
        pairs = ((node.id, host_of(node, flow)) for node in flow.nodes)
        return tuple((event, host) for event, host in pairs if host is not None)

    def around(self, node: str) -> set[str]:
        """Return the sub-processes that *node* lies in, all the way out."""
        by_id = self.after.flow.by_id
        found: set[str] = set()
        here = by_id[node].scope
        while here is not None and here in by_id and here not in found:
            found.add(here)
            here = by_id[here].scope
        return found

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

    def left(self) -> float:
        """Return where the names of pools and lanes end and their content can start."""
        starts = [shape.bounds.x for key, shape in self.shapes.items() if self.is_band(key)]
        return max(starts, default=float("inf")) + HEADER

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


def _follow(event: str, moving: set[str], *, leads: bool) -> None:
    (moving.add if leads else moving.discard)(event)


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
