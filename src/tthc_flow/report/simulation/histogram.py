"""How many cases take how long: one panel a side on one scale, with marks and the limit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.picture.markup import tag, text_lines
from tthc_flow.picture.style import FRAME, INK, PAPER, SOFT
from tthc_flow.report.framed import framed
from tthc_flow.report.simulation.beams import WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEFT: Final = 90.0
_RIGHT: Final = 30.0
_SPAN: Final = WIDTH - _LEFT - _RIGHT
_TOP: Final = 30.0
_ABOVE: Final = 44.0
_TALL: Final = 110.0
_PANEL: Final = _ABOVE + _TALL + 14.0
_FOOT: Final = 60.0
_SIZE: Final = 14.0
_TICKS: Final = 9
_STEPS: Final = (1, 2, 4, 5, 8, 10, 12)
_APART: Final = 56.0
_LIMIT: Final = "#a3231b"


@frozen(kw_only=True)
class Panel:
    """One side: its label, the share of cases a bar, its colour, and marks (minutes, words)."""

    label: str
    shares: tuple[float, ...]
    colour: str
    marks: tuple[tuple[float, str], ...]


@frozen(kw_only=True)
class Axis:
    """What is below: how many minutes a bar is wide, its figures at each border, its words.

    *longer* is written under the last bar, which is open.
    """

    width: float
    borders: tuple[str, ...]
    words: str
    longer: str


@frozen(kw_only=True)
class Histogram:
    """Panels from the top down over one axis; *limit* is (minutes, words) of the time allowed.

    *highest* says how many cases the highest bar stands for.
    """

    name: str
    title: str
    summary: str
    panels: tuple[Panel, ...]
    axis: Axis
    highest: str
    limit: tuple[float, str] | None = None


def histogram(plot: Histogram) -> str:
    """Return *plot* as SVG; what is longer than the axis is marked over its last bar.

    Example:
        >>> axis = Axis(width=60, borders=("0", "1", "2"), words="hours", longer="longer")
        >>> one = Panel(label="A", shares=(0.75, 0.25), colour="#000000", marks=())
        >>> drawn = histogram(Histogram(name="a", title="", summary="", panels=(one,), axis=axis,
        ...                             highest="75 %"))
        >>> drawn.count('fill="#000000"')
        2

    Source: one scale for both sides, so that areas compare.
    """
    bars = len(plot.panels[0].shares)
    scale = _Scale(plot.axis.width, bars, max(max(each.shares) for each in plot.panels) or 1.0)
    drawn: list[str] = []
    for number, panel in enumerate(plot.panels):
        drawn += _panel(panel, scale, _TOP + _PANEL * number)
    foot = _TOP + _PANEL * len(plot.panels)
    drawn += _axis(plot.axis, scale, foot)
    drawn.append(
        text_lines((plot.highest,), WIDTH - 10, foot + 48, size=12, anchor="end", colour=SOFT)
    )
    if plot.limit is not None:
        drawn += _limit(*plot.limit, scale, foot)
    return framed(plot.name, (plot.title, plot.summary), (WIDTH, foot + _FOOT), drawn)


@frozen
class _Scale:
    """Where minutes and shares lie."""

    width: float
    bars: int
    highest: float

    @property
    def bar(self) -> float:
        return _SPAN / self.bars

    def x(self, minutes: float) -> float:
        """Return the place of *minutes*; what is longer than the axis lies over the last bar."""
        return _LEFT + self.bar * min(minutes / self.width, self.bars - 0.5)


def _panel(panel: Panel, scale: _Scale, top: float) -> Iterator[str]:
    ground = top + _ABOVE + _TALL
    for number, share in enumerate(panel.shares):
        height = _TALL * share / scale.highest
        if height > 0:
            place = {"x": _LEFT + scale.bar * number + 1, "y": ground - height}
            yield tag("rect", **place, width=scale.bar - 2, height=height, fill=panel.colour)
    yield tag("line", x1=_LEFT, x2=_LEFT + _SPAN, y1=ground, y2=ground, stroke=FRAME)
    yield text_lines(
        (panel.label,), _LEFT - 10, ground - _TALL / 2, size=_SIZE, anchor="end", bold=True
    )
    rows = [-_APART] * 3
    for minutes, words in panel.marks:
        x = scale.x(minutes)
        row = next((n for n, last in enumerate(rows) if x - last >= _APART), len(rows) - 1)
        rows[row] = x
        y = top + _ABOVE - 8 - 13 * row
        yield tag("line", x1=x, x2=x, y1=y + 7, y2=ground, stroke=INK, stroke_width=1.2)
        yield text_lines((words,), x, y, size=12, halo=PAPER)


def _axis(axis: Axis, scale: _Scale, foot: float) -> Iterator[str]:
    """Yield figures at some of the borders between bars; the last bar has no end."""
    step = next((each for each in _STEPS if scale.bars <= each * _TICKS), _STEPS[-1])
    for number in range(0, scale.bars, step):
        x = _LEFT + scale.bar * number
        yield tag("line", x1=x, x2=x, y1=foot - 14, y2=foot - 9, stroke=SOFT)
        yield text_lines((axis.borders[number],), x, foot, size=12, colour=SOFT)
    last = _LEFT + scale.bar * (scale.bars - 0.5)
    yield text_lines((axis.longer,), last, foot + 16, size=12, colour=SOFT)
    yield text_lines((axis.words,), _LEFT + _SPAN / 2, foot + 30, size=_SIZE - 1)


def _limit(minutes: float, words: str, scale: _Scale, foot: float) -> Iterator[str]:
    """Yield the line of the limit; one beyond the axis has its words and an arrow alone."""
    beyond = minutes > scale.width * (scale.bars - 1)
    x = scale.x(minutes)
    late = beyond or x > _LEFT + _SPAN * 0.6
    at, anchor = (x + 6, "end") if late else (x - 6, "start")
    told = f"{words} →" if beyond else words
    if not beyond:
        ends = {"x1": x, "x2": x, "y1": _TOP - 6, "y2": foot - 14}
        yield tag("line", **ends, stroke=_LIMIT, stroke_width=2, stroke_dasharray="6 4")
    yield text_lines((told,), at, 16, size=13, anchor=anchor, colour=_LIMIT, bold=True, halo=PAPER)
