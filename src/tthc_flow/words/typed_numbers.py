"""Numbers as people type them: marks between thousands, and what can be read in two ways.

In Vietnam 60.000 is sixty thousand and 0,5 a half; elsewhere it is the other way round.
"""

from __future__ import annotations

import re
from typing import Final

_THOUSANDS: Final = re.compile(
    r"[1-9]\d{0,2}(?:(\.)\d{3}(?:\.\d{3})*(?:,\d+|(?<=\.\d{3}\.\d{3}))"
    r"|(,)\d{3}(?:,\d{3})*(?:\.\d+|(?<=,\d{3},\d{3})))"
)
"""Thousands with marks between them: two marks at least, or one and another for the decimals."""
_EITHER: Final = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")


def is_read_two_ways(text: str) -> bool:
    """Return whether one reads *text* as thousands and another as decimals.

    Example:
        >>> [is_read_two_ways(text) for text in ("60.000", "1,125", "0,125", "60.0", "1.200.000")]
        [True, True, False, False, False]

    Source: decimal commas and dots between thousands, as Vietnamese papers print them.
    """
    return _EITHER.fullmatch(text.strip()) is not None


def as_decimals(text: str) -> str:
    """Return a number with a decimal point so that it is read in no other way.

    Example:
        >>> as_decimals("1.125"), as_decimals("0.5"), as_decimals("12345")
        ('1.1250', '0.5', '12345')

    Source: see :func:`is_read_two_ways`.
    """
    return f"{text}0" if is_read_two_ways(text) else text


def plain_number(text: str) -> str:
    """Return *text* without marks between its thousands, its decimals behind a point.

    Example:
        >>> plain_number("1.200.000"), plain_number("1.200,5"), plain_number("1,200.5")
        ('1200000', '1200.5', '1200.5')
        >>> plain_number("0,5"), plain_number("nửa ngày")
        ('0.5', 'nửa ngày')

    Source: see :func:`is_read_two_ways`.
    """
    found = _THOUSANDS.fullmatch(text.strip())
    if found is not None:
        text = text.replace(found[1] or found[2], "")
    return text.replace(",", ".")
