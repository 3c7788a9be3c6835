"""A diagram on paper: whole where its letters can be read, else also in parts that overlap."""

from __future__ import annotations

import re
from math import ceil
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.picture.style import LANE_HEADER, PAPER, POOL_FILL
from tthc_flow.report.word.page import text_height, text_width

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST: Final = 0.15
"""Millimetres a unit; a step's name (12 units) is then 5 points high, the least to be read."""

_OVERLAP: Final = 130.0  # units: a step is wholly in one part or the other
_ROOT: Final = re.compile(r'<svg[^>]* viewBox="([-\d.]+) ([-\d.]+) ([\d.]+) ([\d.]+)"[^>]*>')
_NAME: Final = re.compile(
    r'<rect x="(?P<x>[-\d.]+)" y="[-\d.]+" width="(?P<width>[\d.]+)" height="(?P<height>[\d.]+)"'
    f' fill="(?:{POOL_FILL}|{LANE_HEADER})"[^>]*/>(?:<text[^>]*>.*?</text>)?',
    re.DOTALL,
)
_SIZE: Final = re.compile(r' viewBox="[^"]*" width="[^"]*" height="[^"]*"')
_TITLE: Final = re.compile(r'<text[^>]* font-size="18"')
_TITLE_HEIGHT: Final = 50.0  # units, with what hangs below its line
_FINE: Final = 4.0  # units of the PNG (two pixels each) a millimetre: 203 dots an inch
_WIDEST_SIDE: Final = 200.0
_MOST: Final = 0.26  # a small diagram is not blown up


@frozen(kw_only=True)
class Part:
    """A picture that fits a page: its SVG and how wide it is printed in mm."""

    svg: str
    width: float


@frozen(kw_only=True)
class _Box:
    x: float
    y: float
    width: float
    height: float


@frozen(kw_only=True)
class _Side:
    left: float
    width: float
    names: str


def fits(svg: str, *, wide: bool, spare: float) -> float:
    """Return the millimetres a unit at which *svg* fits a page that keeps *spare* mm of height."""
    return _scale(_below_title(svg), wide=wide, spare=spare)


def whole(svg: str, *, wide: bool, spare: float) -> Part:
    """Return *svg* as one picture of a page, without the title, which the paper prints itself."""
    return _framed(svg, _below_title(svg), (wide, spare))


def parts(svg: str, *, wide: bool, spare: float) -> tuple[Part, ...]:
    """Return *svg* in parts, from left to right and from top to bottom, each to be read.

    The names of pools and lanes stand at the left of every part.

    Example:
        >>> long = '<svg viewBox="0 0 4000 400" width="4000" height="400"><g/></svg>'
        >>> len(parts(long, wide=True, spare=20))
        3

    Source: own reading of "legible at print size": letters of at least 5 points.
    """
    box, side = _below_title(svg), _side(svg)
    across, down = text_width(wide=wide) / LEAST, (text_height(wide=wide) - spare) / LEAST
    return tuple(
        _part(svg, _Box(x=x, y=y, width=width, height=height), side, (wide, spare))
        for y, height in _stretches(box.y, box.height, down)
        for x, width in _stretches(box.x + side.width, box.width - side.width, across - side.width)
    )


def _scale(box: _Box, *, wide: bool, spare: float) -> float:
    room = text_height(wide=wide) - spare
    return min(text_width(wide=wide) / box.width, room / box.height, _MOST)


def _part(svg: str, cut: _Box, side: _Side, page: tuple[bool, float]) -> Part:
    """Return what lies in *cut*, and at its left what the lanes are called."""
    left, names = cut.x - side.width, ""
    if left > side.left:
        names = (
            f'<rect x="{left:.2f}" y="{cut.y:.2f}" width="{side.width:.2f}"'
            f' height="{cut.height:.2f}" fill="{PAPER}"/>'
            f'<g transform="translate({left - side.left:.2f} 0)">{side.names}</g>'
        )
    box = _Box(x=left, y=cut.y, width=cut.width + side.width, height=cut.height)
    return _framed(svg, box, page, names)


def _framed(svg: str, box: _Box, page: tuple[bool, float], over: str = "") -> Part:
    """Return what lies in *box* of *svg*, with *over* drawn over it, as large as *page* takes it.

    It is as many units wide as ink needs, so that a wide diagram is not drawn finer than printed.
    """
    wide, spare = page
    width = _scale(box, wide=wide, spare=spare) * box.width
    head, inner = svg[: svg.index(">") + 1], svg[svg.index(">") + 1 : svg.rindex("</svg>")]
    size = (
        f' viewBox="{box.x:.2f} {box.y:.2f} {box.width:.2f} {box.height:.2f}"'
        f' width="{width * _FINE:.2f}" height="{width * _FINE * box.height / box.width:.2f}"'
    )
    return Part(svg=f"{_SIZE.sub(size, head, count=1)}{inner}{over}</svg>", width=width)


def _stretches(start: float, length: float, room: float) -> Iterator[tuple[float, float]]:
    """Yield equal stretches of at most *room* that overlap where there are several."""
    if length <= room:
        yield start, length
        return
    count = ceil((length - _OVERLAP) / (room - _OVERLAP))
    each = (length + (count - 1) * _OVERLAP) / count
    for number in range(count):
        yield start + number * (each - _OVERLAP), each


def _box(svg: str) -> _Box:
    found = _ROOT.match(svg)
    x, y, width, height = map(float, found.groups()) if found else (0.0, 0.0, 1.0, 1.0)
    return _Box(x=x, y=y, width=max(width, 1.0), height=max(height, 1.0))


def _below_title(svg: str) -> _Box:
    """Return the box without the title, which the paper prints itself."""
    box = _box(svg)
    if not _TITLE.search(svg) or box.height <= _TITLE_HEIGHT:
        return box
    return _Box(
        x=box.x, y=box.y + _TITLE_HEIGHT, width=box.width, height=box.height - _TITLE_HEIGHT
    )


def _side(svg: str) -> _Side:
    """Return the names of pools and lanes at the left; no width where they stand elsewhere.

    They are written upright: their boxes are higher than wide.
    """
    box, right, names = _box(svg), 0.0, list[str]()
    for found in _NAME.finditer(svg):
        x, width, height = (float(found[part]) for part in ("x", "width", "height"))
        if height > width and x + width - box.x <= _WIDEST_SIDE:
            right, names = max(right, x + width - box.x), [*names, found[0]]
    return _Side(left=box.x, width=right, names="".join(names))
