"""What a whole is made of, as one bar a side; parts are told by number as well as by colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.picture.markup import tag, text_lines
from tthc_flow.picture.style import INK, PAPER
from tthc_flow.report.framed import framed
from tthc_flow.report.plots.bar_parts import bar
from tthc_flow.report.simulation.beams import WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterator

_LABELS: Final = 90.0
_RIGHT: Final = 190.0
_SPAN: Final = WIDTH - _LABELS - _RIGHT
_TOP: Final = 12.0
_BAR: Final = 34.0
_ROW: Final = 46.0
_LINE: Final = 24.0
_SIZE: Final = 14.0
_GAP: Final = 8.0
_NARROW: Final = 16.0
COLOURS: Final = ("#176b40", "#0b4a80", "#6d28d9", "#b45309", "#536475", "#0e7490", "#9d174d")
"""One a part; dark enough for a white number."""


@frozen(kw_only=True)
class Stack:
    """One side: its label, the size of each part, and what is written beside the whole."""

    label: str
    sizes: tuple[float, ...]
    words: str


@frozen(kw_only=True)
class Stacks:
    """Sides from the top down on one scale; *parts* name what each part is."""

    name: str
    title: str
    summary: str
    parts: tuple[str, ...]
    stacks: tuple[Stack, ...]


def stacks(plot: Stacks) -> str:
    """Return *plot* as SVG, with its parts named below; the longest side fills the width.

    Example:
        >>> one = Stack(label="A", sizes=(3.0, 1.0), words="4")
        >>> drawn = stacks(Stacks(name="a", title="", summary="", parts=("x", "y"), stacks=(one,)))
        >>> drawn.count('height="34"')
        2

    Source: WCAG 2.2, 1.4.1: colour is not the only means.
    """
    whole = max(sum(each.sizes) for each in plot.stacks) or 1.0
    drawn: list[str] = []
    for number, each in enumerate(plot.stacks):
        drawn += _stack(each, _TOP + _ROW * number + _BAR / 2, whole)
    top = _TOP + _ROW * len(plot.stacks)
    for number, words in enumerate(plot.parts):
        drawn += named(number, words, _LABELS, top + _LINE * (number + 0.5))
    height = top + _LINE * len(plot.parts) + _GAP
    return framed(plot.name, (plot.title, plot.summary), (WIDTH, height), drawn)


def _stack(stack: Stack, middle: float, whole: float) -> Iterator[str]:
    yield text_lines((stack.label,), _LABELS - _GAP, middle, size=_SIZE, anchor="end", bold=True)
    yield from boxes(stack, (_LABELS, _SPAN), middle, whole)
    end = _LABELS + _SPAN * sum(stack.sizes) / whole
    yield text_lines((stack.words,), end + _GAP, middle, size=_SIZE, anchor="start")


def boxes(stack: Stack, place: tuple[float, float], middle: float, whole: float) -> Iterator[str]:
    """Yield the parts of *stack*, one beside the other, each with its number where it has room.

    Args:
        stack: One side.
        place: Where it begins, and how long *whole* is.
        middle: How far down its middle is.
        whole: What fills the length.

    Example:
        >>> len(list(boxes(Stack(label="", sizes=(1.0, 0.0), words=""), (0, 90), 20, 1.0)))
        2

    Source: WCAG 2.2, 1.4.1: colour is not the only means.
    """
    x, span = place
    for number, size in enumerate(stack.sizes):
        length = span * size / whole
        if length > 0:
            yield _box(number, x, middle, length)
            if length >= _NARROW:
                yield _number(number, x + length / 2, middle)
        x += length


def _box(number: int, x: float, middle: float, length: float) -> str:
    place = {"x": x, "y": middle - _BAR / 2, "width": length, "height": _BAR}
    return tag("rect", **place, fill=COLOURS[number % len(COLOURS)], stroke=PAPER)


def _number(number: int, x: float, middle: float) -> str:
    return text_lines((str(number + 1),), x, middle, size=_SIZE - 1, colour=PAPER, bold=True)


def named(number: int, words: str, left: float, middle: float) -> Iterator[str]:
    """Yield the colour and the number of a part with its *words*, from *left* on.

    Example:
        >>> "Chờ" in list(named(0, "Chờ", 0, 10))[2]
        True

    Source: see :func:`boxes`.
    """
    colour = COLOURS[number % len(COLOURS)]
    yield bar(left, middle, (18, 18), colour)
    yield _number(number, left + 9, middle)
    yield text_lines((words,), left + 26, middle, size=_SIZE, anchor="start", colour=INK)
