"""Lines: sequence flows with their marks, message flows, associations, and their names."""

from __future__ import annotations

from itertools import pairwise
from math import hypot
from typing import Final

from tthc_flow.layout.sizes import LABEL_TEXT, label_size
from tthc_flow.layout.text import LINE_HEIGHT
from tthc_flow.model.drawing import Line, Point
from tthc_flow.model.notation import Envelope
from tthc_flow.picture.fitting import fit
from tthc_flow.picture.icons import envelope
from tthc_flow.picture.markup import number, tag, text_lines
from tthc_flow.picture.style import INK, MARKS, PAPER, SOFT, STROKE

_CORNER: Final = 6.0
_ARROW: Final = 9.0
_MOST_LINES: Final = 6


def _path(points: tuple[Point, ...]) -> str:
    """Return a path through *points* with rounded corners."""
    parts = [f"M{number(points[0].x)} {number(points[0].y)}"]
    for before, corner, behind in zip(points, points[1:], points[2:], strict=False):
        enter, leave = _toward(corner, before), _toward(corner, behind)
        parts.append(
            f"L{number(enter.x)} {number(enter.y)}"
            f"Q{number(corner.x)} {number(corner.y)} {number(leave.x)} {number(leave.y)}"
        )
    parts.append(f"L{number(points[-1].x)} {number(points[-1].y)}")
    return "".join(parts)


def _toward(start: Point, end: Point, most: float = _CORNER) -> Point:
    length = ((end.x - start.x) ** 2 + (end.y - start.y) ** 2) ** 0.5
    if length == 0:
        return start
    share = min(most, length / 2) / length
    return Point(start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share)


def _head(points: tuple[Point, ...], colour: str, *, filled: bool) -> str:
    """Return the arrow head at the end; drawn as a shape, so every viewer shows it."""
    tip = points[-1]
    tail = next((each for each in reversed(points[:-1]) if each != tip), tip)
    length = ((tip.x - tail.x) ** 2 + (tip.y - tail.y) ** 2) ** 0.5 or 1.0
    dx, dy = (tip.x - tail.x) / length, (tip.y - tail.y) / length
    base = Point(tip.x - dx * _ARROW, tip.y - dy * _ARROW)
    side = _ARROW * 0.42
    corners = (
        f"{number(tip.x)},{number(tip.y)} "
        f"{number(base.x - dy * side)},{number(base.y + dx * side)} "
        f"{number(base.x + dy * side)},{number(base.y - dx * side)}"
    )
    return tag("polygon", points=corners, fill=colour if filled else PAPER, stroke=colour)


def flow_line(element: str, line: Line, mark: str | None, *, source: str) -> str:
    """Return a sequence flow; *source* is ``default``, ``condition`` or empty for its start mark.

    Example:
        >>> line = Line(points=(Point(0, 0), Point(50, 0)))
        >>> flow_line("f", line, None, source="").count("path")
        1

    Source: BPMN 2.0.2, 8.4.13 (sequence flow).
    """
    style = MARKS.get(mark or "")
    colour = style.line if style else line.colours.stroke or STROKE
    points = line.points
    short = (*points[:-1], _toward(points[-1], points[-2], _ARROW - 1))
    parts = [
        tag(
            "path",
            d=_path(short),
            fill="none",
            stroke=colour,
            stroke_width=2.2 if style else 1.4,
            stroke_dasharray=style.dash if style else None,
        ),
        _head((*points[:-1], _toward(points[-1], points[-2], 1.2)), colour, filled=True),
    ]
    begin = _toward(points[0], points[1], 12.0)
    if source == "default":
        slash = (Point(begin.x - 4, begin.y + 5), Point(begin.x + 4, begin.y - 5))
        parts.append(tag("path", d=_path(slash), stroke=colour, stroke_width=1.4))
    elif source == "condition":
        parts.append(_diamond(points[0], points[1], colour))
    return tag("g", *parts, data_element=element)


def _diamond(start: Point, toward: Point, colour: str) -> str:
    end = _toward(start, toward, 16.0)
    middle = Point((start.x + end.x) / 2, (start.y + end.y) / 2)
    across = Point((end.y - start.y) * 0.3, (end.x - start.x) * 0.3)
    corners = (
        start,
        Point(middle.x + across.x, middle.y - across.y),
        end,
        Point(middle.x - across.x, middle.y + across.y),
    )
    text = " ".join(f"{number(each.x)},{number(each.y)}" for each in corners)
    return tag("polygon", points=text, fill=PAPER, stroke=colour)


def message_line(
    element: str, line: Line, mark: str | None, carried: Envelope | None = None
) -> str:
    """Return a message flow: dashed, a circle at its start, an open head, the message *carried*.

    Example:
        >>> line = Line(points=(Point(0, 0), Point(0, 50)))
        >>> "circle" in message_line("m", line, None)
        True

    Source: BPMN 2.0.2, 9.3.2 (message flow).
    """
    style = MARKS.get(mark or "")
    colour = style.line if style else line.colours.stroke or SOFT
    points = line.points
    short = (
        _toward(points[0], points[1], 7.0),
        *points[1:-1],
        _toward(points[-1], points[-2], _ARROW),
    )
    start = _toward(points[0], points[1], 3.5)
    return tag(
        "g",
        tag(
            "path",
            d=_path(short),
            fill="none",
            stroke=colour,
            stroke_width=1.4,
            stroke_dasharray="7 4",
        ),
        tag("circle", cx=start.x, cy=start.y, r=3.5, fill=PAPER, stroke=colour),
        _head(points, colour, filled=False),
        _carried(points, carried) if carried else "",
        data_element=element,
    )


def _carried(points: tuple[Point, ...], message: Envelope) -> str:
    """Return the envelope at half the way along *points*."""
    legs = [hypot(b.x - a.x, b.y - a.y) for a, b in pairwise(points)]
    left = sum(legs) / 2
    for (one, other), length in zip(pairwise(points), legs, strict=True):
        if left <= length:
            share = left / length if length else 0.0
            x, y = one.x + (other.x - one.x) * share, one.y + (other.y - one.y) * share
            return envelope(x, y, shaded=message is Envelope.NON_INITIATING)
        left -= length
    return ""


def double_line(element: str, line: Line) -> str:
    """Return a conversation link: two thin lines.

    Example:
        >>> double_line("c", Line(points=(Point(0, 0), Point(0, 50)))).count("path")
        2

    Source: BPMN 2.0.2, 9.5.2 (conversation links).
    """
    way = _path(line.points)
    outer = tag("path", d=way, fill="none", stroke=STROKE, stroke_width=5)
    return tag(
        "g",
        outer,
        tag("path", d=way, fill="none", stroke=PAPER, stroke_width=2.6),
        data_element=element,
    )


def dotted_line(element: str, line: Line, *, heads: tuple[bool, bool] = (False, False)) -> str:
    """Return an association, with an open head at its start or end where *heads* says so.

    Example:
        >>> "dasharray" in dotted_line("a", Line(points=(Point(0, 0), Point(0, 50))))
        True

    Source: BPMN 2.0.2, 8.4.1 (association).
    """
    colour = line.colours.stroke or SOFT
    parts = [
        tag(
            "path",
            d=_path(line.points),
            fill="none",
            stroke=colour,
            stroke_width=1.2,
            stroke_dasharray="2 4",
        )
    ]
    for wanted, points in zip(heads, (line.points[::-1], line.points), strict=True):
        if wanted:
            parts.append(_open_head(points, colour))
    return tag("g", *parts, data_element=element)


def _open_head(points: tuple[Point, ...], colour: str) -> str:
    tip = points[-1]
    base = _toward(tip, next((each for each in reversed(points) if each != tip), tip), _ARROW)
    dx, dy = (tip.x - base.x) * 0.45, (tip.y - base.y) * 0.45
    sides = (Point(base.x - dy, base.y + dx), Point(base.x + dy, base.y - dx))
    way = "".join(
        f"M{number(side.x)} {number(side.y)}L{number(tip.x)} {number(tip.y)}" for side in sides
    )
    return tag("path", d=way, fill="none", stroke=colour, stroke_width=1.2)


def line_label(name: str, line: Line, mark: str | None) -> str:
    """Return the name of a line at its label.

    Example:
        >>> line_label("", Line(points=(Point(0, 0), Point(0, 50))), None)
        ''

    Source: BPMN DI, labels.
    """
    box = line.label
    if not name.strip() or box is None:
        return ""
    wide = max(box.width, label_size(name, max(box.width, 60.0))[0])
    high = max(box.height, _MOST_LINES * LABEL_TEXT * LINE_HEIGHT + 1)
    text = fit(name, wide, high, LABEL_TEXT)
    style = MARKS.get(mark or "")
    colour = style.line if style else INK
    middle = box.centre
    return text_lines(text.lines, middle.x, middle.y, size=text.size, colour=colour, halo=PAPER)
