"""Text that must fit a given box: smaller letters first, then an ellipsis."""

from __future__ import annotations

from typing import Final
from unicodedata import normalize

from attrs import frozen

from tthc_flow.layout.text import LINE_HEIGHT, text_width, wrap, wrap_evenly

_SMALLEST: Final = 7.0
_STEP: Final = 0.5
_NARROWEST: Final = 8.0


@frozen
class Fitted:
    """Lines of text and the size at which they fit."""

    lines: tuple[str, ...]
    size: float


def fit(text: str, width: float, height: float, size: float, *, bold: bool = False) -> Fitted:
    """Return *text* in lines that fit *width* × *height*, at *size* or the next smaller that fits.

    Below 7 pixels the text is cut and ends with "…"; where not even that fits there are no lines.
    The picture keeps the whole text as the title that shows on hovering.

    Example:
        >>> fit("Thẩm định hồ sơ", 60, 40, 12).lines
        ('Thẩm định', 'hồ sơ')

    Source: ``wrap``.
    """
    text = normalize("NFC", text)
    words = text.split()
    if not words or width < _NARROWEST or height < _SMALLEST * LINE_HEIGHT:
        return Fitted((), size)
    ink = sum(text_width(word, 1.0, bold=bold) for word in words)
    longest = max(text_width(word, 1.0, bold=bold) for word in words)
    while True:
        last = size - _STEP < _SMALLEST
        room = int(height // (size * LINE_HEIGHT))
        # What cannot fit even without blanks need not be broken into lines first.
        if ink * size <= room * width and longest * size <= width:
            lines = wrap(text, width, size, bold=bold)
            if len(lines) <= room:
                return Fitted(wrap_evenly(text, width, size, bold=bold), size)
        if last:
            lines = wrap(text, width, size, bold=bold)
            return Fitted(_cut(lines, max(room, 1), width, size, bold=bold), size)
        size -= _STEP


def _cut(
    lines: tuple[str, ...], room: int, width: float, size: float, *, bold: bool
) -> tuple[str, ...]:
    if len(lines) <= room:
        return lines
    last = lines[room - 1]
    while last and text_width(f"{last}…", size, bold=bold) > width:
        last = last[:-1]
    return (*lines[: room - 1], f"{last.rstrip()}…")
