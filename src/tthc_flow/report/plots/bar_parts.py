"""The parts of a plot of bars from the left: a bar, the line of a mark, a label of two lines."""

from __future__ import annotations

from typing import Final

from tthc_flow.layout.text import wrap
from tthc_flow.picture.markup import tag
from tthc_flow.picture.style import FRAME, INK

_LINES: Final = 2


def bar(x: float, middle: float, size: tuple[float, float], colour: str) -> str:
    """Return a bar that begins at *x*.

    Args:
        x: Where it begins.
        middle: How far down its middle is.
        size: Its length and its height.
        colour: As SVG writes it.

    Example:
        >>> bar(10, 30, (50, 20), "#000000")
        '<rect x="10" y="20" width="50" height="20" rx="2" fill="#000000"/>'

    Source: W. Cleveland, The Elements of Graphing Data (1994): read by length.
    """
    length, height = size
    place = {"x": x, "y": middle - height / 2, "width": length, "height": height}
    return tag("rect", **place, rx=2, fill=colour)


def upright(x: float, top: float, bottom: float, *, marked: bool) -> str:
    """Return the line of a mark over all bars, or that of nought where it is not *marked*.

    Example:
        >>> upright(10, 0, 50, marked=False)
        '<line x1="10" x2="10" y1="0" y2="50" stroke="#94a3b8" stroke-width="1"/>'

    Source: WCAG 2.2, 1.4.1: a mark is broken, so that colour is not the only means.
    """
    return tag(
        "line",
        x1=x,
        x2=x,
        y1=top,
        y2=bottom,
        stroke=INK if marked else FRAME,
        stroke_width=1.5 if marked else 1,
        stroke_dasharray="5 4" if marked else None,
    )


def label_lines(words: str, width: float, size: float) -> tuple[str, ...]:
    """Return *words* in two lines at most; what has no place is left out, which three dots say.

    Example:
        >>> label_lines("Sở Y tế", 100, 13)
        ('Sở Y tế',)
        >>> label_lines("a b", 1, 13), label_lines("a b c", 1, 13)
        (('a', 'b'), ('a', 'b…'))

    Source: of a long name the beginning tells it apart.
    """
    lines = wrap(words, width, size)
    return lines if len(lines) <= _LINES else (lines[0], f"{lines[1]}…")
