"""How many cases take how long: one panel a side on one scale, with marks and the limit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.picture.markup import tag, text_lines
from tthc_flow.picture.style import FRAME, INK, PAPER, SOFT
from tthc_flow.report.framed import framed
from tthc_flow.report.simulation.beams import WIDTH
from tthc_flow.report.simulation.narrow import within

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOP: Final = 30.0
_ABOVE: Final = 44.0
_TALL: Final = 110.0
_BETWEEN: Final = 14.0
_FOOT: Final = 60.0
_SIZE: Final = 14.0
_STEPS: Final = (1, 2, 4, 5, 8, 10, 12)
_APART: Final = 56.0
_LIMIT: Final = "#a3231b"


@frozen(kw_only=True)
class Place:
    """How a histogram is laid out: how wide it is, what is left free of bars, how many figures.

    *above* is what is free over the bars of a panel; with *label_above* its label stands there,
    else to the left of them.
    """

    width: float
    left: float
    right: float
    ticks: int
    above: float
    label_above: bool

    @property
    def span(self) -> float:
        """Return how much of the width the bars have."""
        return self.width - self.left - self.right

    @property
    def panel(self) -> float:
        """Return how tall a panel is."""
        return self.above + _TALL + _BETWEEN


WIDE: Final = Place(width=WIDTH, left=90.0, right=30.0, ticks=9, above=_ABOVE, label_above=False)
NARROW: Final = Place(
    width=360.0, left=16.0, right=16.0, ticks=5, above=_ABOVE + 22, label_above=True
)
"""For a telephone, on which the letters of the wide one would be too small, or lie beside it."""


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
    place: Place = WIDE


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
    highest = max(max(each.shares) for each in plot.panels) or 1.0
    scale, place = _Scale(plot.axis.width, bars, highest, plot.place), plot.place
    drawn: list[str] = []
    foot = _TOP + place.panel * len(plot.panels)
    tops = [_TOP + place.panel * number for number in range(len(plot.panels))]
    for panel, top in zip(plot.panels, tops, strict=True):
        drawn += _bars(panel, scale, top)
    if plot.limit is not None:
        drawn += _limit(*plot.limit, scale, foot)
    for panel, top in zip(plot.panels, tops, strict=True):
        drawn += _words(panel, scale, top)
    drawn += _axis(plot.axis, scale, foot)
    right = place.width - 10
    drawn.append(text_lines((plot.highest,), right, foot + 48, size=12, anchor="end", colour=SOFT))
    return framed(plot.name, (plot.title, plot.summary), (place.width, foot + _FOOT), drawn)


@frozen
class _Scale:
    """Where minutes and shares lie."""

    width: float
    bars: int
    highest: float
    place: Place

    @property
    def bar(self) -> float:
        return self.place.span / self.bars

    def x(self, minutes: float) -> float:
        """Return the place of *minutes*; what is longer than the axis lies over the last bar."""
        return self.place.left + self.bar * min(minutes / self.width, self.bars - 0.5)


def _bars(panel: Panel, scale: _Scale, top: float) -> Iterator[str]:
    ground, left = top + scale.place.above + _TALL, scale.place.left
    for number, share in enumerate(panel.shares):
        height = _TALL * share / scale.highest
        if height > 0:
            corner = {"x": left + scale.bar * number + 1, "y": ground - height}
            yield tag("rect", **corner, width=scale.bar - 2, height=height, fill=panel.colour)
    ends = {"x1": left, "x2": left + scale.place.span}
    yield tag("line", **ends, y1=ground, y2=ground, stroke=FRAME)


def _words(panel: Panel, scale: _Scale, top: float) -> Iterator[str]:
    """Yield the label of a side and its marks, over every line that crosses them."""
    place, above = scale.place, scale.place.above
    ground, left = top + above + _TALL, place.left
    x, y, anchor = (
        (left, top + 8, "start") if place.label_above else (left - 10, ground - _TALL / 2, "end")
    )
    yield text_lines((panel.label,), x, y, size=_SIZE, anchor=anchor, bold=True, halo=PAPER)
    rows = [-_APART] * 3
    for minutes, words in panel.marks:
        x = scale.x(minutes)
        row = next((n for n, last in enumerate(rows) if x - last >= _APART), len(rows) - 1)
        rows[row] = x
        y = top + above - 8 - 13 * row
        yield tag("line", x1=x, x2=x, y1=y + 7, y2=ground, stroke=INK, stroke_width=1.2)
        at = within(words, x, 12, width=place.width)
        yield text_lines((words,), at, y, size=12, halo=PAPER)


def _axis(axis: Axis, scale: _Scale, foot: float) -> Iterator[str]:
    """Yield figures at some of the borders between bars; the last bar has no end."""
    left = scale.place.left
    step = next((each for each in _STEPS if scale.bars <= each * scale.place.ticks), _STEPS[-1])
    for number in range(0, scale.bars, step):
        x = left + scale.bar * number
        yield tag("line", x1=x, x2=x, y1=foot - 14, y2=foot - 9, stroke=SOFT)
        yield text_lines((axis.borders[number],), x, foot, size=12, colour=SOFT)
    last = left + scale.bar * (scale.bars - 0.5)
    at = within(axis.longer, last, 12, width=scale.place.width)
    yield text_lines((axis.longer,), at, foot + 16, size=12, colour=SOFT)
    middle = left + scale.place.span / 2
    yield text_lines((axis.words,), middle, foot + 30, size=_SIZE - 1)


def _limit(minutes: float, words: str, scale: _Scale, foot: float) -> Iterator[str]:
    """Yield the line of the limit; one beyond the axis has its words and an arrow alone."""
    beyond = minutes > scale.width * (scale.bars - 1)
    x = scale.x(minutes)
    told = f"{words} →" if beyond else words
    at = within(told, x, 13, width=scale.place.width, bold=True)
    if not beyond:
        ends = {"x1": x, "x2": x, "y1": _TOP - 6, "y2": foot - 14}
        yield tag("line", **ends, stroke=_LIMIT, stroke_width=2, stroke_dasharray="6 4")
    yield text_lines((told,), at, 16, size=13, colour=_LIMIT, bold=True, halo=PAPER)
