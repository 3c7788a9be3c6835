"""A plot of shares as bars against the marks of the targets: one SVG, with its words inside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.layout.text import wrap
from tthc_flow.picture.markup import text_lines
from tthc_flow.picture.style import INK, PAPER, SOFT
from tthc_flow.report.blocks import NARROWED
from tthc_flow.report.framed import framed
from tthc_flow.report.plots import bar_parts
from tthc_flow.report.plots.bar_parts import label_lines, upright
from tthc_flow.report.progress.printed import reaches
from tthc_flow.report.simulation.beams import Beam, Beams, Group
from tthc_flow.report.simulation.narrow import narrow_beams

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WIDTH: Final = 760.0
_LABELS: Final = 250.0
_RIGHT: Final = 160.0
_SPAN: Final = _WIDTH - _LABELS - _RIGHT
_TOP: Final = 44.0
_ROW: Final = 40.0
_BAR: Final = 20.0
_SIZE: Final = 13.0
_GAP: Final = 10.0
_NONE, _SOME, _ALL = "#b45309", "#0b4a80", "#176b40"


@frozen(kw_only=True)
class Bar:
    """One bar: whose it is, its share (``None`` is unknown), and what is written beside it."""

    label: str
    share: float | None
    words: str


@frozen(kw_only=True)
class Plot:
    """Bars from the top down, and the marks (share, words) that they are held against.

    *title* and *summary* say to those who do not see it what it shows.
    """

    name: str
    title: str
    summary: str
    bars: tuple[Bar, ...]
    marks: tuple[tuple[float, str], ...]


def bars(plot: Plot) -> str:
    """Return *plot* as SVG; a bar that is unknown has words in its place and no length.

    Example:
        >>> one = Bar(label="Sở Y tế", share=None, words="chưa đủ dữ liệu")
        >>> drawn = bars(Plot(name="a", title="A < B", summary="", bars=(one,), marks=()))
        >>> "A &lt; B" in drawn, "chưa đủ dữ liệu" in drawn, drawn.count("<rect")
        (True, True, 1)

    Source: SVG 1.1, 5.4 (title and desc); WCAG 2.2, 1.1.1 and 1.4.1.
    """
    height = _TOP + _ROW * max(1, len(plot.bars)) + _GAP
    parts = list(_axis(plot, height))
    for number, bar in enumerate(plot.bars):
        parts += _bar(bar, _TOP + _ROW * (number + 0.5), plot.marks)
    return framed(plot.name, (plot.title, plot.summary), (_WIDTH, height), parts)


def for_screens(plot: Plot) -> dict[str, str]:
    """Return *plot* as a page shows it: wide, and for a telephone, each by its name.

    Example:
        >>> one = Bar(label="Sở Y tế", share=0.5, words="50 %")
        >>> sorted(for_screens(Plot(name="a", title="A", summary="", bars=(one,), marks=())))
        ['a', 'a_narrow']

    Source: WCAG 2.2, 1.4.4: letters that can be read on a small screen.
    """
    narrow = Beams(
        name=f"{plot.name}{NARROWED}",
        title=plot.title,
        summary=plot.summary,
        groups=tuple(_group(each, plot.marks) for each in plot.bars),
        whole=1.0,
        marks=plot.marks,
    )
    return {plot.name: bars(plot), narrow.name: narrow_beams(narrow)}


def _group(bar: Bar, marks: Sequence[tuple[float, str]]) -> Group:
    beam = Beam(side="", value=bar.share or 0.0, words=bar.words, colour=_colour(bar, marks))
    return Group(label=bar.label, beams=(beam,))


def _colour(bar: Bar, marks: Sequence[tuple[float, str]]) -> str:
    passed = sum(reaches(bar.share or 0.0, share) for share, _ in marks)
    return _ALL if passed == len(marks) else _SOME if passed else _NONE


def _axis(plot: Plot, height: float) -> Iterator[str]:
    """Yield the line of nought and the marks, each with its words above."""
    for share, words in ((0.0, ""), *plot.marks):
        x = _LABELS + _SPAN * share
        yield upright(x, _TOP - 6, height - _GAP, marked=bool(words))
        if words:
            yield text_lines(wrap(words, 64, 12), x, _TOP - 25, size=12, colour=INK)


def _bar(bar: Bar, middle: float, marks: Sequence[tuple[float, str]]) -> Iterator[str]:
    label = label_lines(bar.label, _LABELS - 2 * _GAP, _SIZE)
    yield text_lines(label, _LABELS - _GAP, middle, size=_SIZE, anchor="end")
    length = _SPAN * min(max(bar.share or 0.0, 0.0), 1.0)
    if length:
        yield bar_parts.bar(_LABELS, middle, (length, _BAR), _colour(bar, marks))
    colour = SOFT if bar.share is None else INK
    at = _LABELS + _SPAN + _GAP
    yield text_lines(
        (bar.words,), at, middle, size=_SIZE, anchor="start", colour=colour, halo=PAPER
    )
