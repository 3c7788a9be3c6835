"""How wide a text is and where its lines break, without asking a font.

Widths are the larger of DejaVu Sans and Liberation Sans (metric twin of Arial), in thousandths
of the font size, rounded up to 20: what fits here fits in both. A Vietnamese letter is as wide as
its letter without the tone mark.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

LINE_HEIGHT: Final = 1.25

_WIDTHS: Final = {
    280: "'ijl",
    300: "I",
    320: " ,.’",
    340: "/:;\\|",
    360: "f",
    380: "-",
    400: "()[]t",
    420: "!r",
    460: '"',
    500: "*J`",
    520: "“”",
    540: "sz",
    560: "?L_c–",
    580: "k",
    600: "vxy•",
    620: "FTaeoơ",
    640: "$0123456789bdghnpqu{}đư",
    680: "EKPSY",
    700: "ABVXZ",
    740: "CRU",
    760: "HN",
    780: "&DGĐ",
    800: "OQ",
    820: "w",
    840: "#+<=>^~×≤≥",
    860: "Ư",
    880: "M",
    920: "Ơ",
    960: "%",
    980: "m½",
    1000: "W—…→",
    1020: "@",
}
_HORNED: Final = {"o": "ơ", "O": "Ơ", "u": "ư", "U": "Ư"}
_HORN: Final = "\u031b"
_OTHER_WIDTH: Final = 700
_WIDE_WIDTH: Final = 1000
_BOLD: Final = 1.16
_TWO_LINES: Final = 2
_BISECTIONS: Final = 5
_GLYPHS: Final = {letter: width for width, letters in _WIDTHS.items() for letter in letters}


@lru_cache(maxsize=4096)
def _glyph(letter: str) -> int:
    known = _GLYPHS.get(letter)
    if known is not None:
        return known
    parts = unicodedata.normalize("NFD", letter)
    base = _HORNED.get(parts[0], parts[0]) if _HORN in parts else parts[0]
    if unicodedata.combining(base):
        return 0
    if base in _GLYPHS:
        return _GLYPHS[base]
    return _WIDE_WIDTH if unicodedata.east_asian_width(base) in "WF" else _OTHER_WIDTH


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of *text* on one line, in pixels.

    Example:
        >>> text_width("Sở", 10) == text_width("Sơ", 10)
        True

    Source: advance widths of DejaVu Sans 2.37 and Liberation Sans 2.1.
    """
    width = sum(map(_glyph, text)) * size / 1000
    return width * _BOLD if bold else width


def wrap(text: str, width: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """Return *text* broken at blanks into lines of at most *width* pixels.

    A word that is wider than a line is broken inside; nothing is dropped.

    Example:
        >>> wrap("Tiếp nhận hồ sơ", 60, 10)
        ('Tiếp nhận', 'hồ sơ')

    Source: greedy line breaking.
    """
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if text_width(longer, size, bold=bold) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *whole, line = _pieces(word, width, size, bold=bold)
        lines.extend(whole)
    return (*lines, line) if line else tuple(lines)


def wrap_evenly(text: str, width: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """Return the lines of ``wrap``, as few, but of about equal length.

    Example:
        >>> wrap("Giao người thụ lý", 90, 12), wrap_evenly("Giao người thụ lý", 90, 12)
        (('Giao người thụ', 'lý'), ('Giao người', 'thụ lý'))

    Source: bisection for the narrowest width that needs no more lines.
    """
    lines = wrap(text, width, size, bold=bold)
    if len(lines) < _TWO_LINES:
        return lines
    low, high, even = width / 2, width, lines
    longest = max(text_width(word, size, bold=bold) for word in text.split())
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        tried = wrap(text, middle, size, bold=bold) if middle >= longest else ()
        if len(tried) == len(lines):
            even, high = tried, middle
        else:
            low = middle
    gain = widest(lines, size, bold=bold) - widest(even, size, bold=bold)
    return even if gain > size / 2 else lines


def _pieces(word: str, width: float, size: float, *, bold: bool) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and text_width(pieces[-1] + letter, size, bold=bold) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def widest(lines: tuple[str, ...], size: float, *, bold: bool = False) -> float:
    """Return the width of the widest of *lines*.

    Example:
        >>> widest(("Sở", "Nội vụ"), 10) == text_width("Nội vụ", 10)
        True

    Source: maximum of ``text_width``.
    """
    return max((text_width(line, size, bold=bold) for line in lines), default=0.0)
