"""Colours and fonts of the pictures; marks are told by a sign as well as by colour."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from attrs import frozen

from tthc_flow.measures.heat import Heat, end_of_scale

FONT: Final = "'DejaVu Sans', 'Segoe UI', Arial, sans-serif"
INK: Final = "#1f2933"
STROKE: Final = "#334155"
SOFT: Final = "#64748b"
PAPER: Final = "#ffffff"
POOL_FILL: Final = "#e8eef5"
BLACK_BOX_FILL: Final = "#f1f5f9"
LANE_FILLS: Final = ("#ffffff", "#f8fafc")
LANE_HEADER: Final = "#f1f5f9"
FRAME: Final = "#94a3b8"
UNKNOWN_FILL: Final = "#eceff3"
SHADED: Final = "#cbd5e1"


@frozen(kw_only=True)
class Mark:
    """How a difference is shown: its word in both languages, sign, line and fill colour."""

    word: str
    english: str
    sign: str
    line: str
    fill: str
    dash: str | None = None


MARKS: Final = {
    "added": Mark(word="thêm", english="added", sign="+", line="#15803d", fill="#dcfce7"),
    "removed": Mark(
        word="bỏ", english="removed", sign="−", line="#b91c1c", fill="#fee2e2", dash="6 3"
    ),
    "changed": Mark(word="sửa", english="changed", sign="≠", line="#b45309", fill="#fef3c7"),
    "moved": Mark(word="chuyển", english="moved", sign="→", line="#6d28d9", fill="#ede9fe"),
}
"""The marks by the name that callers pass, in the order of the legend."""

_SCALE: Final = ((255, 251, 235), (253, 224, 150), (250, 178, 92), (240, 128, 98))


def heat_colour(value: Fraction, highest: Fraction) -> str:
    """Return the fill for *value* on a scale from zero to *highest*: pale yellow to red.

    The darkest still carries black letters.

    Example:
        >>> heat_colour(Fraction(0), Fraction(5)), heat_colour(Fraction(5), Fraction(5))
        ('#fffbeb', '#f08062')

    Source: own sequential scale; lightness falls steadily, so it reads in grey as well.
    """
    share = float(min(max(value / highest, Fraction(0)), Fraction(1))) if highest else 0.0
    place = share * (len(_SCALE) - 1)
    index = min(int(place), len(_SCALE) - 2)
    part = place - index
    mixed = (
        round(a + (b - a) * part) for a, b in zip(_SCALE[index], _SCALE[index + 1], strict=True)
    )
    return "#" + "".join(f"{each:02x}" for each in mixed)


def heat_fills(heat: Heat) -> dict[str, str]:
    """Return the fill of every element that *heat* colours, by its id; unknown ones are grey.

    Example:
        >>> heat_fills(Heat(unknown=frozenset(("a",))))
        {'a': '#eceff3'}

    Source: ``heat_colour``.
    """
    unknown = dict.fromkeys(sorted(heat.unknown), UNKNOWN_FILL)
    top = end_of_scale(heat)
    return unknown | {each: heat_colour(value, top) for each, value in heat.values.items()}
