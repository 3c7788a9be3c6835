"""What breaks a flow, drawn over its picture: the way there in numbers, and the broken place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.layout.text import text_width, widest, wrap
from tthc_flow.model.drawing import Bounds, Point
from tthc_flow.picture.markup import number, tag, text_lines
from tthc_flow.picture.style import PAPER
from tthc_flow.picture.svg import MARGIN, Picture

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tthc_flow.model.drawing import Drawing, Line
    from tthc_flow.model.flow import SequenceFlow

_WAY: Final = "#1d4ed8"
_BROKEN: Final = "#b91c1c"
_TEXT: Final = 12.0
_LINE: Final = 18.0
_SMALL: Final = 60.0
_MOST_NUMBERS: Final = 3
"""How many numbers one badge shows; a way that comes by more often ends in an ellipsis."""


@frozen(kw_only=True)
class CounterExample:
    """The ids that fire, in order; the id of what is broken; what is said about it."""

    way: tuple[str, ...]
    broken: str | None
    words: str


def with_counter_example(
    picture: Picture, drawing: Drawing, edges: Iterable[SequenceFlow], example: CounterExample
) -> Picture:
    """Return *picture* with *example* drawn over it, and its words in a line below.

    The sequence flows between what fires are thick; each element on the way carries the numbers
    of its turns, what is broken a red frame and an exclamation mark.

    Args:
        picture: The drawn procedure.
        drawing: Where its elements stand.
        edges: The sequence flows of the processes in it.
        example: What to draw.

    Example:
        >>> from tthc_flow.model.drawing import Drawing, Shape
        >>> drawing = Drawing(shapes={"a": Shape(bounds=Bounds(0, 0, 9, 9))})
        >>> plain = Picture(body="", box=Bounds(0, 0, 9, 9))
        >>> example = CounterExample(way=("a",), broken="a", words="kẹt lại")
        >>> "kẹt lại" in with_counter_example(plain, drawing, (), example).body
        True

    Source: own design; colours and signs, so that it reads in grey as well.
    """
    turns: dict[str, list[int]] = {}
    for turn, element in enumerate(example.way, start=1):
        turns.setdefault(element, []).append(turn)
    parts = [
        _path(drawing.lines[edge.id], _WAY)
        for edge in edges
        if edge.id in drawing.lines and _taken(edge, turns)
    ]
    for element, places in turns.items():
        if element in drawing.shapes:
            parts.append(_badge(drawing.shapes[element].bounds, places))
    if example.broken is not None:
        parts.append(_broken(drawing, example.broken))
    words, box = _words(example.words, picture.box)
    return Picture(body=picture.body + tag("g", *parts) + words, box=box)


def _taken(edge: SequenceFlow, turns: dict[str, list[int]]) -> bool:
    """Return whether a token may have gone along *edge* on the way."""
    before, after = turns.get(edge.source), turns.get(edge.target)
    return before is not None and after is not None and before[0] < after[-1]


def _path(line: Line, colour: str) -> str:
    points = " ".join(f"{number(point.x)},{number(point.y)}" for point in line.points)
    return tag("polyline", points=points, fill="none", stroke=colour, stroke_width=4, opacity=0.45)


def _badge(bounds: Bounds, places: Sequence[int]) -> str:
    shown = [str(place) for place in places[:_MOST_NUMBERS]]
    text = ", ".join(shown) + ("…" if len(places) > _MOST_NUMBERS else "")
    width = max(20.0, text_width(text, _TEXT) + 10)
    # A gateway's name often stands above it, and the corner of its box is free.
    x, y = bounds.x - 8, bounds.y - (14 if bounds.width > _SMALL else 4)
    back = tag("rect", x=x, y=y, width=width, height=20, rx=10, fill=_WAY, stroke=PAPER)
    label = text_lines((text,), x + width / 2, y + 10, size=_TEXT, bold=True, colour=PAPER)
    return back + label


def _broken(drawing: Drawing, element: str) -> str:
    if element in drawing.shapes:
        box = drawing.shapes[element].bounds
        frame = tag(
            "rect",
            x=box.x - 5,
            y=box.y - 5,
            width=box.width + 10,
            height=box.height + 10,
            rx=10,
            fill="none",
            stroke=_BROKEN,
            stroke_width=3,
            stroke_dasharray="8 3",
        )
        return frame + _alarm(Point(box.right + 5, box.y - 5))
    if element in drawing.lines:
        line = drawing.lines[element]
        middle = len(line.points) // 2
        one, other = line.points[middle - 1], line.points[middle]
        return _path(line, _BROKEN) + _alarm(Point((one.x + other.x) / 2, (one.y + other.y) / 2))
    return ""


def _alarm(at: Point) -> str:
    ring = tag("circle", cx=at.x, cy=at.y, r=11, fill=_BROKEN, stroke=PAPER)
    return ring + text_lines(("!",), at.x, at.y, size=15, bold=True, colour=PAPER)


def _words(words: str, box: Bounds) -> tuple[str, Bounds]:
    """Return *words* below the picture, and the room that both take."""
    lines = wrap(words, max(box.width - 2 * MARGIN - 32, 300.0), _TEXT, bold=True)
    high = _LINE * len(lines) + 16
    mark = _alarm(Point(box.x + MARGIN + 11, box.bottom + 8))
    text = text_lines(
        lines,
        box.x + MARGIN + 32,
        box.bottom + 8 + _LINE * (len(lines) - 1) / 2,
        size=_TEXT,
        anchor="start",
        colour=_BROKEN,
        bold=True,
    )
    wide = max(box.width, widest(lines, _TEXT, bold=True) + 2 * MARGIN + 32)
    return mark + text, Bounds(box.x, box.y, wide, box.height + high)
