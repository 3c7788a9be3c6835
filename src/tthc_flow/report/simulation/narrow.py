"""Bars and stacks for a telephone: labels stand over the bars, so that no letter gets too small."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.layout.text import text_width, wrap
from tthc_flow.picture.markup import tag, text_lines
from tthc_flow.picture.style import INK, SOFT
from tthc_flow.report.framed import framed
from tthc_flow.report.plots.bar_parts import bar, upright
from tthc_flow.report.simulation.stacks import boxes, named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.report.simulation.beams import Beam, Beams
    from tthc_flow.report.simulation.stacks import Stacks

WIDTH: Final = 360.0
_LEFT: Final = 12.0
_TEXT: Final = _LEFT + 5
"""Where words over a bar begin: beside the line of nought."""

_SPAN: Final = WIDTH - 2 * _LEFT
_SIZE: Final = 14.0
_LINE: Final = 20.0
_BAR: Final = 18.0
_ROW: Final = 46.0
_BOX: Final = 34.0
_GAP: Final = 10.0


def within(words: str, x: float, size: float, *, width: float = WIDTH, bold: bool = False) -> float:
    """Return where the middle of *words* is to be, as near to *x* as lets all of them be seen.

    Example:
        >>> within("mm", 0.0, 10) > 0, within("mm", 180.0, 10)
        (True, 180.0)

    Source: widths of letters as the layout of drawings takes them.
    """
    half = text_width(words, size, bold=bold) / 2 + 4
    return max(half, min(x, width - half))


def narrow_beams(plot: Beams) -> str:
    """Return *plot* as a narrow SVG.

    Example:
        >>> from tthc_flow.report.simulation.beams import Beam, Beams, Group
        >>> one = Group(label="A", beams=(Beam(side="", value=1.0, words="1", colour="#000000"),))
        >>> drawn = narrow_beams(Beams(name="a", title="", summary="", groups=(one,), whole=2.0))
        >>> 'width="168"' in drawn
        True

    Source: see :func:`~tthc_flow.report.simulation.beams.beams`.
    """
    top = _GAP + _LINE * len(plot.marks)
    first, parts = top, list[str]()
    for group in plot.groups:
        lines = wrap(group.label, _SPAN - 5, _SIZE, bold=True) if group.label else ()
        for number, words in enumerate(lines):
            y = top + _LINE * (number + 0.5)
            parts.append(text_lines((words,), _TEXT, y, size=_SIZE, anchor="start", bold=True))
        top += _LINE * len(lines)
        for beam in group.beams:
            parts += _beam(beam, top, plot.whole)
            top += _ROW
        top += _GAP
    parts += _marks(plot, first, top)
    for words, x in zip(plot.borders, (_LEFT, _LEFT + _SPAN), strict=True):
        parts.append(text_lines((words,), within(words, x, 12), top + 4, size=12, colour=SOFT))
    return framed(plot.name, (plot.title, plot.summary), (WIDTH, top + _LINE), parts)


def _beam(beam: Beam, top: float, whole: float) -> Iterator[str]:
    words = f"{beam.side}: {beam.words}" if beam.side else beam.words
    yield text_lines((words,), _TEXT, top + _LINE / 2, size=_SIZE - 1, anchor="start")
    middle = top + _LINE + _BAR / 2
    if beam.value > 0:
        yield bar(_LEFT, middle, (_x(beam.value, whole) - _LEFT, _BAR), beam.colour)
    if beam.ends is not None:
        least, most = (_x(each, whole) for each in beam.ends)
        for x1, x2, up in ((least, most, 0.0), (least, least, 5.0), (most, most, 5.0)):
            yield tag("line", x1=x1, x2=x2, y1=middle - up, y2=middle + up, stroke=INK)


def _marks(plot: Beams, top: float, bottom: float) -> Iterator[str]:
    yield upright(_LEFT, top, bottom - _GAP, marked=False)
    for number, (value, words) in enumerate(plot.marks):
        x, y = _x(value, plot.whole), _GAP + _LINE * (number + 0.5)
        yield upright(x, y + _LINE / 2, bottom - _GAP, marked=True)
        yield text_lines((words,), within(words, x, _SIZE - 1), y, size=_SIZE - 1)


def _x(value: float, whole: float) -> float:
    return _LEFT + _SPAN * min(max(value / whole, 0.0), 1.0)


def narrow_stacks(plot: Stacks) -> str:
    """Return *plot* as a narrow SVG, with its parts named below.

    Example:
        >>> from tthc_flow.report.simulation.stacks import Stack, Stacks
        >>> one = Stack(label="A", sizes=(3.0, 1.0), words="4")
        >>> drawn = narrow_stacks(
        ...     Stacks(name="a", title="", summary="", parts=("x", "y"), stacks=(one,))
        ... )
        >>> drawn.count('height="34"')
        2

    Source: see :func:`~tthc_flow.report.simulation.stacks.stacks`.
    """
    whole = max(sum(each.sizes) for each in plot.stacks) or 1.0
    top, parts = _GAP, list[str]()
    for each in plot.stacks:
        words, y = f"{each.label}: {each.words}", top + _LINE / 2
        parts.append(text_lines((words,), _LEFT, y, size=_SIZE, anchor="start", bold=True))
        parts += boxes(each, (_LEFT, _SPAN), top + _LINE + _BOX / 2, whole)
        top += _LINE + _BOX + _GAP
    for number, words in enumerate(plot.parts):
        parts += named(number, words, _LEFT, top + _LINE * 1.2 * (number + 0.5))
    height = top + _LINE * 1.2 * len(plot.parts) + _GAP
    return framed(plot.name, (plot.title, plot.summary), (WIDTH, height), parts)
