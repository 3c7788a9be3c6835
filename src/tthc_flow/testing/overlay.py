"""What tests have taken, drawn over the picture of the procedure, with how often."""

from __future__ import annotations

from itertools import pairwise
from math import hypot
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.layout.fresh import lay_out
from tthc_flow.layout.text import text_width
from tthc_flow.model.drawing import Bounds, Line, Point
from tthc_flow.model.flow import Event, Gateway
from tthc_flow.picture.markup import number, tag, text_lines
from tthc_flow.picture.mend import mended
from tthc_flow.picture.style import INK, PAPER
from tthc_flow.picture.svg import MARGIN, Picture, document, pane
from tthc_flow.testing.coverage import Taken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.bpmn.read import Reading
    from tthc_flow.model.drawing import Drawing
    from tthc_flow.model.flow import Node
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.testing.coverage import Coverage

TAKEN: Final = "#15803d"
MISSED: Final = "#b91c1c"
LEGEND: Final = {
    "vi": ("đã đi qua, kèm số lần", "chưa lần nào đi qua"),
    "en": ("taken, and how often", "never taken"),
}
_DASH: Final = "7 4"
_TEXT: Final = 11.0
_HIGH: Final = 17.0
_ROW: Final = 34.0
_PLACES: Final = tuple(0.5 + step * side * 0.05 for step in range(9) for side in (-1, 1))
"""Where on a line its number may stand, the best first."""

_WIDE: Final = 300.0
"""Pools, lanes and open sub-processes are no obstacles: lines run inside them."""


@frozen(kw_only=True)
class Sheet:
    """One diagram as SVG, and what it shows: the procedure, or a sub-process of it."""

    title: str
    svg: str


def coverage_pictures(
    reading: Reading, procedure: Procedure, coverage: Coverage, lang: str = "vi"
) -> tuple[Sheet, ...]:
    """Return each diagram that shows something of *procedure*, with *coverage* over it.

    What no diagram draws is laid out; what was taken is green and says how often, what never was
    is red and dashed, so that it reads in grey as well.

    Example:
        >>> from tthc_flow.bpmn.read import read
        >>> from tthc_flow.testing.coverage import coverage_of
        >>> reading = read(b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A" name="Ky"/></process></definitions>''')
        >>> procedure = reading.procedures[0]
        >>> (sheet,) = coverage_pictures(reading, procedure, coverage_of(procedure.flow))
        >>> sheet.title, sheet.svg[:4]
        ('P', '<svg')

    Source: own design.
    """
    own = procedure.flow.by_id
    drawings = [each for each in reading.document.drawings if own.keys() & each.shapes.keys()]
    return tuple(
        _covered(reading, procedure, coverage, drawing, lang)
        for drawing in drawings or [lay_out(procedure)]
    )


def _covered(
    reading: Reading, procedure: Procedure, coverage: Coverage, drawing: Drawing, lang: str
) -> Sheet:
    others = tuple(
        each
        for each in reading.procedures
        if each is not procedure and each.flow.by_id.keys() & drawing.shapes.keys()
    )
    notation = reading.document.notation
    drawn = pane(procedure, drawing, others=others, notation=notation, lang=lang)
    seen = mended((procedure, *others), drawing)  # what is drawn over lies on the lines as seen
    parts = [*_lines(seen, coverage), *_nodes(seen, procedure, coverage)]
    legend, box = _legend(drawn.box, lang)
    title = _title(procedure, drawing)
    whole = Picture(body=drawn.body + tag("g", *parts) + legend, box=box)
    return Sheet(title=title, svg=document(whole, title))


def _title(procedure: Procedure, drawing: Drawing) -> str:
    name = procedure.name or procedure.flow.name or procedure.flow.id
    inside = procedure.flow.by_id.get(drawing.plane or "")
    parts = [name] if inside is None else [name, inside.name or inside.id]
    return " › ".join(" ".join(each.split()) for each in parts)


def _lines(drawing: Drawing, coverage: Coverage) -> Iterator[str]:
    boxes = [shape.bounds for shape in drawing.shapes.values() if shape.bounds.width < _WIDE]
    boxes += [shape.label for shape in drawing.shapes.values() if shape.label]
    boxes += [line.label for line in drawing.lines.values() if line.label]
    drawn = [(each, drawing.lines[each.id]) for each in coverage.ways if each.id in drawing.lines]
    yield from (_path(line, each) for each, line in drawn)
    segments = {each.id: [_hull(*pair) for pair in pairwise(line.points)] for each, line in drawn}
    for each, line in drawn:
        beside = [box for other, of in segments.items() if other != each.id for box in of]
        at = _free(line, each, [*boxes, *beside]) or _free(line, each, boxes) or _along(line, 0.5)
        boxes.append(_around(at, each))
        yield _badge(at, each)


def _hull(one: Point, two: Point) -> Bounds:
    return Bounds(min(one.x, two.x), min(one.y, two.y), abs(one.x - two.x), abs(one.y - two.y))


def _path(line: Line, taken: Taken) -> str:
    points = " ".join(f"{number(point.x)},{number(point.y)}" for point in line.points)
    return tag(
        "polyline",
        points=points,
        fill="none",
        stroke=_colour(taken),
        stroke_width=5 if taken.times else 3,
        stroke_dasharray=None if taken.times else _DASH,
        opacity=0.45 if taken.times else 0.8,
    )


def _colour(taken: Taken) -> str:
    return TAKEN if taken.times else MISSED


def _free(line: Line, taken: Taken, boxes: list[Bounds]) -> Point | None:
    """Return a place on *line* where a number hides none of *boxes*, if there is one."""
    for at in (_along(line, share) for share in _PLACES):
        if not any(_meet(_around(at, taken), box) for box in boxes):
            return at
    return None


def _along(line: Line, share: float) -> Point:
    parts = [(one, two, hypot(two.x - one.x, two.y - one.y)) for one, two in pairwise(line.points)]
    left = share * sum(length for *_, length in parts)
    for one, two, length in parts:
        if length and left <= length:
            part = left / length
            return Point(one.x + (two.x - one.x) * part, one.y + (two.y - one.y) * part)
        left -= length
    return line.points[-1]


def _around(at: Point, taken: Taken) -> Bounds:
    width = max(_HIGH, text_width(str(taken.times), _TEXT, bold=True) + 9)
    return Bounds(at.x - width / 2, at.y - _HIGH / 2, width, _HIGH)


def _meet(one: Bounds, other: Bounds) -> bool:
    beside = one.right < other.x or other.right < one.x
    return not (beside or one.bottom < other.y or other.bottom < one.y)


def _badge(at: Point, taken: Taken) -> str:
    """Return how often *taken* was, in a pill; never is a white one with a red border."""
    box, colour = _around(at, taken), _colour(taken)
    back = tag(
        "rect",
        x=box.x,
        y=box.y,
        width=box.width,
        height=box.height,
        rx=_HIGH / 2,
        fill=colour if taken.times else PAPER,
        stroke=PAPER if taken.times else colour,
        stroke_width=1.2,
    )
    ink = PAPER if taken.times else colour
    return back + text_lines((str(taken.times),), at.x, at.y, size=_TEXT, bold=True, colour=ink)


def _nodes(drawing: Drawing, procedure: Procedure, coverage: Coverage) -> Iterator[str]:
    by_id = procedure.flow.by_id
    for each in coverage.nodes:
        shape = drawing.shapes.get(each.id)
        if shape is not None:
            box = shape.bounds
            yield _frame(by_id[each.id], box, each)
            small = isinstance(by_id[each.id], Event | Gateway)
            yield _badge(Point(box.right - (2 if small else 8), box.y + (3 if small else 0)), each)


def _frame(node: Node, box: Bounds, taken: Taken) -> str:
    """Return the border of *node* again, a little outside of it."""
    line: dict[str, str | float | None] = {
        "fill": "none",
        "stroke": _colour(taken),
        "stroke_width": 2.5,
        "stroke_dasharray": None if taken.times else _DASH,
        "opacity": 0.6 if taken.times else 0.9,
    }
    middle = box.centre
    match node:
        case Event():
            return tag("circle", cx=middle.x, cy=middle.y, r=box.width / 2 + 3, **line)
        case Gateway():
            corners = (
                (middle.x, box.y - 4),
                (box.right + 4, middle.y),
                (middle.x, box.bottom + 4),
                (box.x - 4, middle.y),
            )
            points = " ".join(f"{number(x)},{number(y)}" for x, y in corners)
            return tag("polygon", points=points, **line)
        case _:
            wide, high = box.width + 6, box.height + 6
            return tag("rect", x=box.x - 3, y=box.y - 3, width=wide, height=high, rx=12, **line)


def _legend(box: Bounds, lang: str) -> tuple[str, Bounds]:
    """Return what the colours mean, below *box*, and the room that both take."""
    x, y, parts = box.x + MARGIN, box.bottom + _ROW / 2 - 6, list[str]()
    for words, times in zip(LEGEND[lang], (1, 0), strict=True):
        sample = Taken(id="", times=times)
        one, two = Point(x, y), Point(x + 40, y)
        parts += [_path(Line(points=(one, two)), sample), _badge(Point(x + 20, y), sample)]
        parts.append(text_lines((words,), x + 50, y, size=_TEXT + 1, anchor="start", colour=INK))
        x += 50 + text_width(words, _TEXT + 1) + 30
    wide = max(box.width, x - box.x)
    return "".join(parts), Bounds(box.x, box.y, wide, box.height + _ROW)
