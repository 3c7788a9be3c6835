"""Where things stand on the sheet (BPMN DI): bounds and waypoints, in pixels, y downwards."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen


@frozen
class Point:
    """A waypoint."""

    x: float
    y: float


@frozen
class Bounds:
    """A rectangle: its upper left corner, width and height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Return the x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Return the y of the lower edge."""
        return self.y + self.height

    @property
    def centre(self) -> Point:
        """Return the middle."""
        return Point(self.x + self.width / 2, self.y + self.height / 2)


@frozen(kw_only=True)
class Colours:
    """The colours that the file gives inside and line; ``None`` where it is silent."""

    fill: str | None = None
    stroke: str | None = None


@frozen(kw_only=True)
class Shape:
    """The drawing of a node, lane, pool, data object or note."""

    bounds: Bounds
    label: Bounds | None = None
    horizontal: bool = True
    expanded: bool = True
    marker: bool = True
    colours: Colours = Colours()


@frozen(kw_only=True)
class Line:
    """The drawing of a flow or association: at least two points."""

    points: tuple[Point, ...]
    label: Bounds | None = None
    colours: Colours = Colours()


@frozen(kw_only=True)
class Drawing:
    """One diagram: shapes and lines by the id of the element they draw.

    *plane* is the id of the process, collaboration or sub-process that the diagram shows. Two
    drawings are equal where everything stands at the same place, whatever the diagram is called.
    """

    shapes: Mapping[str, Shape] = field(factory=dict)
    lines: Mapping[str, Line] = field(factory=dict)
    id: str = field(default="", eq=False)
    name: str = field(default="", eq=False)
    plane: str | None = field(default=None, eq=False)
