"""How one node looks: the colours of the file, of heat or of a difference, and a badge."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from tthc_flow.picture.style import INK, PAPER, STROKE, Mark

if TYPE_CHECKING:
    from tthc_flow.model.drawing import Colours

_HEX: Final = re.compile(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", re.IGNORECASE)
_SHORT: Final = re.compile(r"#([0-9a-f])([0-9a-f])([0-9a-f])", re.IGNORECASE)
_DARK: Final = 110.0
_WEIGHTS: Final = (0.299, 0.587, 0.114)


@frozen(kw_only=True)
class Look:
    """How one node is coloured: fill, line and letters, the mark of a difference.

    *number* is that of the step, *badge* what is said of it; they stand in one pill. *covered* is
    how much of the lower edge is under events that stand on it.
    """

    fill: str = PAPER
    stroke: str = STROKE
    ink: str = INK
    mark: Mark | None = None
    number: str = ""
    badge: str = ""
    covered: float = 0.0

    @property
    def line(self) -> str:
        """Return the colour of the node's border."""
        return self.mark.line if self.mark else self.stroke

    @property
    def thick(self) -> float:
        """Return the width of the node's border."""
        return 2.6 if self.mark else 1.5

    @property
    def dash(self) -> str | None:
        """Return the dashes of the node's border."""
        return self.mark.dash if self.mark else None

    def painted(self, colours: Colours) -> Look:
        """Return this look in the colours that the file gives; letters stay legible on them.

        Example:
            >>> from tthc_flow.model.drawing import Colours
            >>> Look().painted(Colours(fill="#000000")).ink
            '#ffffff'
        """
        fill, stroke = colours.fill or self.fill, colours.stroke or self.stroke
        return evolve(self, fill=fill, stroke=stroke, ink=PAPER if _is_dark(fill) else INK)


def _is_dark(colour: str) -> bool:
    parts: tuple[str, ...] = ()
    if found := _HEX.fullmatch(colour):
        parts = found.groups()
    elif found := _SHORT.fullmatch(colour):
        parts = tuple(each * 2 for each in found.groups())
    if not parts:
        return colour.lower() in _DARK_NAMES
    light = sum(int(each, 16) * weight for each, weight in zip(parts, _WEIGHTS, strict=True))
    return light < _DARK


_DARK_NAMES: Final = frozenset(
    ("black", "navy", "blue", "darkblue", "green", "darkgreen", "maroon", "purple", "indigo")
)
"""Colours by name that need light letters."""
