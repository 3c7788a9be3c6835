"""Figures as bars from the left, one below the other, each with how sure it is, against marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.picture.markup import tag, text_lines
from tthc_flow.picture.style import INK, SOFT
from tthc_flow.report.framed import framed
from tthc_flow.report.plots.bar_parts import bar, label_lines, upright

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTH: Final = 720.0
_LABELS: Final = 230.0
_RIGHT: Final = 150.0
_SPAN: Final = WIDTH - _LABELS - _RIGHT
_TOP: Final = 34.0
_SIZE: Final = 14.0
_BAR: Final = 18.0
_ROW: Final = 24.0
_BETWEEN: Final = 16.0
_GAP: Final = 8.0


@frozen(kw_only=True)
class Beam:
    """One bar: which side it is of, its value, what is written beside it, its colour.

    *ends* are those of its interval, ``None`` where nobody knows.
    """

    side: str
    value: float
    words: str
    colour: str
    ends: tuple[float, float] | None = None


@frozen(kw_only=True)
class Group:
    """What has a bar on each side: its label (may be empty), and its bars."""

    label: str
    beams: tuple[Beam, ...]


@frozen(kw_only=True)
class Beams:
    """Groups from the top down on one scale from 0 to *whole*; *marks* are (value, words).

    *borders* is what is written below both ends of the scale.
    """

    name: str
    title: str
    summary: str
    groups: tuple[Group, ...]
    whole: float
    borders: tuple[str, str] = ("", "")
    marks: tuple[tuple[float, str], ...] = ()


def beams(plot: Beams) -> str:
    """Return *plot* as SVG; no bar is longer than the scale.

    Example:
        >>> bar = Beam(side="", value=2.0, words="", colour="#000000")
        >>> one = Group(label="Lãnh đạo", beams=(bar,))
        >>> drawn = beams(Beams(name="a", title="A", summary="", groups=(one,), whole=1.0))
        >>> 'width="340"' in drawn
        True

    Source: W. Cleveland, The Elements of Graphing Data (1994): one scale, read by length.
    """
    parts: list[str] = []
    top = _TOP
    for group in plot.groups:
        parts += _group(group, top, plot.whole)
        top += _tall(group) + _BETWEEN
    height = top + _SIZE
    parts += _marks(plot, top)
    for number, words in enumerate(plot.borders):
        x = _LABELS + _SPAN * number
        parts.append(text_lines((words,), x, top + 2, size=12, colour=SOFT))
    return framed(plot.name, (plot.title, plot.summary), (WIDTH, height), parts)


def _label(group: Group) -> tuple[str, ...]:
    return label_lines(group.label, _LABELS - 90, _SIZE)


def _tall(group: Group) -> float:
    return max(_ROW * len(group.beams), _ROW * len(_label(group)) * 0.8)


def _x(value: float, whole: float) -> float:
    return _LABELS + _SPAN * min(max(value / whole, 0.0), 1.0)


def _group(group: Group, top: float, whole: float) -> Iterator[str]:
    middle = top + _tall(group) / 2
    yield text_lines(_label(group), _GAP, middle, size=_SIZE, anchor="start", bold=True)
    first = middle - _ROW * (len(group.beams) - 1) / 2
    for number, beam in enumerate(group.beams):
        yield from _beam(beam, first + _ROW * number, whole)


def _beam(beam: Beam, middle: float, whole: float) -> Iterator[str]:
    yield text_lines(
        (beam.side,), _LABELS - _GAP, middle, size=_SIZE - 1, anchor="end", colour=SOFT
    )
    end = _x(beam.value, whole)
    if end > _LABELS:
        yield bar(_LABELS, middle, (end - _LABELS, _BAR), beam.colour)
    if beam.ends is not None:
        least, most = (_x(each, whole) for each in beam.ends)
        for x1, x2, up in ((least, most, 0.0), (least, least, 5.0), (most, most, 5.0)):
            yield tag("line", x1=x1, x2=x2, y1=middle - up, y2=middle + up, stroke=INK)
    x = _LABELS + _SPAN + _GAP
    yield text_lines((beam.words,), x, middle, size=_SIZE - 1, anchor="start")


def _marks(plot: Beams, height: float) -> Iterator[str]:
    """Yield the line of nought, and the marks with their words above."""
    for value, words in ((0.0, ""), *plot.marks):
        x = _x(value, plot.whole)
        yield upright(x, _TOP - 8, height - _GAP, marked=bool(words))
        if words:
            yield text_lines((words,), x, _TOP - 20, size=_SIZE - 1)
