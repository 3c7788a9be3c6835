"""Text that must fit a given box: smaller letters first, then an ellipsis."""

from __future__ import annotations

from typing import Final

from attrs import frozen

from tthc_flow.layout.text import LINE_HEIGHT, text_width, wrap, wrap_evenly

_SMALLEST: Final = 7.0
_STEP: Final = 0.5


@frozen
class Fitted:
    """Lines of text and the size at which they fit."""

    lines: tuple[str, ...]
    size: float


def fit(text: str, width: float, height: float, size: float, *, bold: bool = False) -> Fitted:
    """Return *text* in lines that fit *width* × *height*, at *size* or the next smaller that fits.

    Below 7 pixels the text is cut and ends with "…"; the picture keeps the whole in its title.

    Example:
        >>> fit("Thẩm định hồ sơ", 60, 40, 12).lines
        ('Thẩm định', 'hồ sơ')

    Source: ``wrap``.
    """
    while True:
        lines = wrap(text, width, size, bold=bold)
        room = max(1, int(height // (size * LINE_HEIGHT)))
        whole = all(text_width(word, size, bold=bold) <= width for word in text.split())
        if len(lines) <= room and (whole or size <= _SMALLEST):
            return Fitted(wrap_evenly(text, width, size, bold=bold), size)
        if size - _STEP < _SMALLEST:
            return Fitted(_cut(lines, room, width, size, bold=bold), size)
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
