"""The number of a step as tables print it: "Bước 1", "B2", "2.2", "1a", "a)", "(3)"."""

from __future__ import annotations

import re
from typing import Final

_PREFIX: Final = r"(?:bước|buoc|b|bc)[\s.:]*(?:số|thứ)?\s*"
_DIGITS: Final = r"\d{1,3}(?:\s?[.,]\s?\d{1,3})*\s?[a-zđ]?"
_NUMBER: Final = re.compile(
    rf"\(?\s*(?:{_PREFIX})?(?P<number>{_DIGITS}|[ivx]{{1,5}}\.\d{{1,3}}[a-zđ]?)\s*[.):/-]*\s*\)?",
    re.IGNORECASE,
)
_FOOTNOTE: Final = re.compile(r"\s*(?:\(\*+\)|\*+)\Z")
_LETTER: Final = re.compile(r"\(?\s*(?P<number>[a-zđ])\s*[.):]*\s*\)?", re.IGNORECASE)
_ROMAN: Final = re.compile(r"(?P<number>[IVX]{1,5})\s*[.):/-]*")
_OWN: Final = re.compile(r"(?P<number>[A-ZĐ]{1,2}\d{1,2}(?:\.\d{1,2})*)\s*[.):]*")
_AHEAD: Final = re.compile(
    rf"(?P<mark>{_PREFIX}(?:{_DIGITS})\s*[.):/–-]+|\d{{1,2}}(?:\.\d{{1,2}})*\s*[.):/]+(?!\d)"
    r"|[a-zđ]\s*\)|\d{1,2}\.\d{1,2}(?:\.\d{1,2})*(?=\s))\s*(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_BARE_STEP: Final = re.compile(
    rf"(?P<mark>{_PREFIX.replace('|b|bc', '')}(?:{_DIGITS}))\s+(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)


def step_number(text: str) -> str | None:
    """Return the number in *text*, where *text* is nothing else; ``None`` for other words.

    Example:
        >>> [step_number(each) for each in ("Bước 1:", "02", "2.2.", "1a", "a)", "(3)", "Một")]
        ['1', '2', '2.2', '1a', 'a', '3', None]
        >>> [step_number(each) for each in ("B1", "X1", "II.3", "III", "7 (*)", "")]
        ['1', 'X1', 'II.3', 'III', '7', None]

    Source: the number columns of published quy trình nội bộ.
    """
    said = _FOOTNOTE.sub("", " ".join(text.split()))
    for form in (_NUMBER, _ROMAN, _LETTER, _OWN):
        found = form.fullmatch(said)
        if found is not None:
            return _plain(found["number"])
    return None


def number_ahead(text: str) -> tuple[str | None, str]:
    """Return the number that *text* begins with, and what follows it.

    Example:
        >>> number_ahead("Bước 2: Thẩm định"), number_ahead("a) Nhận"), number_ahead("05 ngày")
        (('2', 'Thẩm định'), ('a', 'Nhận'), (None, '05 ngày'))

    Source: see :func:`step_number`.
    """
    for form in (_AHEAD, _BARE_STEP):
        found = form.match(text)
        if found is not None:
            return step_number(found["mark"].rstrip(" –-/")), found["rest"].strip()
    return None, text


def is_below(number: str, parent: str) -> bool:
    """Return whether *number* is a part of *parent*: "2.1" and "2a" of "2".

    Example:
        >>> is_below("2.1", "2"), is_below("2a", "2"), is_below("21", "2")
        (True, True, False)

    Source: see :func:`step_number`.
    """
    rest = number.removeprefix(parent)
    return rest != number and bool(re.fullmatch(r"\.\d.*|[a-zđ]", rest))


def first_part(number: str) -> int | None:
    """Return the leading whole number of *number*, where it has one.

    Example:
        >>> first_part("12.3"), first_part("X1")
        (12, None)

    Source: see :func:`step_number`.
    """
    found = re.match(r"\d+", number)
    return int(found.group()) if found else None


def _plain(number: str) -> str:
    """Return *number* without blanks and leading zeros."""
    joined = number.replace(" ", "").replace(",", ".")
    return ".".join(
        re.sub(r"^0+(?=\d)", "", part) if part[:1].isdigit() else part for part in joined.split(".")
    )
