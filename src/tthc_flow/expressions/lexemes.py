"""The words of a condition: the only characters and literals the expression language knows.

A name may have several words (``số ngày chờ``): words that follow each other are one name, its
words parted by single spaces. The reserved words end it: và, hoặc, không, thuộc, đúng, sai, and,
or, not, in, true, false. A cell of a decision table has the brackets of intervals on top of that.

A number has a decimal point. What looks like Vietnamese thousands (``500.000``) is refused: it
would be read as 500. Source: Luật Kế toán 88/2015/QH13, Điều 11 (a point after the thousands).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Final, NoReturn, TypeAlias

from attrs import frozen

from tthc_flow.errors import BadExpression
from tthc_flow.units import Duration, TimeUnit

Literal: TypeAlias = bool | Fraction | str | date | Duration

LONGEST_TEXT: Final = 1000
LONGEST_NUMBER: Final = 30
LONGEST_NAME: Final = 80
MOST_TOKENS: Final = 250


class Sort(Enum):
    """What a token is."""

    LITERAL = "a value"
    NAME = "a name"
    SIGN = "a sign"
    END = "the end"


@frozen
class Token:
    """A token, where it stands (counted from 1), and its value where it is a literal."""

    sort: Sort
    text: str
    at: int
    value: Literal = ""


SIGNS: Final = {
    "và": "and",
    "hoặc": "or",
    "không": "not",
    "thuộc": "in",
    "=": "==",
    "<>": "!=",
    "≠": "!=",
    "≤": "<=",
    "≥": ">=",
}
"""Signs with a second spelling; the right one is what the parser knows."""

_WORD_SIGNS: Final = frozenset({"and", "or", "not", "in"})
_TRUTHS: Final = {"true": True, "đúng": True, "false": False, "sai": False}
_UNITS: Final = tuple(
    (words, re.compile(r"\s+".join(["", *words.split()]) + r"(?!\w)", re.IGNORECASE), unit)
    for words, unit in (
        ("ngày làm việc", TimeUnit.WORKING_DAY),
        ("giờ làm việc", TimeUnit.WORKING_HOUR),
        ("giờ hành chính", TimeUnit.WORKING_HOUR),
        ("ngày lịch", TimeUnit.CALENDAR_DAY),
        ("ngày theo lịch", TimeUnit.CALENDAR_DAY),
        ("ngày dương lịch", TimeUnit.CALENDAR_DAY),
        ("ngày tự nhiên", TimeUnit.CALENDAR_DAY),
        ("ngày", TimeUnit.DAY),
        ("giờ", TimeUnit.HOUR),
    )
)
"""Units as people write them, the longer wording of two first."""

_WORDS: Final = r"""(?P<space>[ \t\r\n]+)
    |(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2}(?![\w-]))
    |(?P<day>[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}(?![\w/]))
    |(?P<number>-?(?:[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[0-9]+(?:\.[0-9]+)?)(?!\w|\.(?!\.)))
    |(?P<string>"[^"\\\r\n]*"|'[^'\\\r\n]*')
    |(?P<name>[^\W\d_]\w*)
    |(?P<sign>==|!=|<>|<=|>=|[=<>≠≤≥(),]"""
_THOUSANDS: Final = re.compile(r"-?[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
CONDITION: Final = re.compile(_WORDS + ")", re.VERBOSE)
"""The tokens of a condition."""

CELL: Final = re.compile(_WORDS + r"|\.\.|[\[\]])", re.VERBOSE)
"""The tokens of a cell of a decision table."""


def wrong(code: str, fact: str, place: str, at: int, hint: str) -> NoReturn:
    """Raise ``BadExpression`` *code* at character *at* of the condition of *place*."""
    raise BadExpression(code, f"{fact}, at character {at}", place=place, hint=hint)


def one_name(text: str) -> str:
    """Return *text* as a name is compared: in NFC, its words parted by single spaces.

    Example:
        >>> one_name("  số   ngày chờ ")
        'số ngày chờ'
    """
    return " ".join(unicodedata.normalize("NFC", text).split())


def tokens(text: str, place: str, grammar: re.Pattern[str] = CONDITION) -> Iterator[Token]:
    """Yield the tokens of *text*, which is in NFC, then an end token.

    Names of several words come as one token. Linear in the text.

    Raises:
        BadExpression: TF501 too long or empty, TF502 a character outside the language, TF504
            too many parts, TF505 an impossible value.
    """
    name: Token | None = None
    for token in _words(text, place, grammar):
        if token.sort is Sort.NAME:
            name = token if name is None else _longer(name, token, place)
            continue
        if name is not None:
            yield name
            name = None
        yield token


def _longer(name: Token, more: Token, place: str) -> Token:
    """Return *name* with another word; what is too long is refused before it grows."""
    text = f"{name.text} {more.text}"
    if len(text) > LONGEST_NAME:
        hint = f"use names of at most {LONGEST_NAME} characters, and quotes around text"
        wrong("TF502", f"{text[:LONGEST_NAME]!r} is no name", place, name.at, hint)
    return Token(Sort.NAME, text, name.at)


def _words(text: str, place: str, grammar: re.Pattern[str]) -> Iterator[Token]:
    """Yield the tokens of *text*, each word of a name by itself."""
    if not text.strip() or len(text) > LONGEST_TEXT:
        hint = f"write a condition of 1 to {LONGEST_TEXT} characters"
        wrong("TF501", f"the condition has {len(text.strip())} characters", place, 1, hint)
    at = count = 0
    while at < len(text):
        match = grammar.match(text, at)
        if match is None:
            hint = "use names, numbers, quoted text, comparisons, và, hoặc, không, thuộc, ( )"
            wrong("TF502", f"{text[at]!r} has no meaning here", place, at + 1, hint)
        start, at = at, match.end()
        if match.lastgroup == "space":
            continue
        token, at = _token(match, text, start + 1, place)
        count += 1
        if count > MOST_TOKENS:
            hint = "split the decision into several gateways"
            wrong("TF504", f"the condition has more than {MOST_TOKENS} parts", place, at, hint)
        yield token
    yield Token(Sort.END, "", len(text) + 1)


def _token(match: re.Match[str], text: str, at: int, place: str) -> tuple[Token, int]:
    """Return the token of *match* and where to go on; a unit after a number is taken along."""
    found, end = match.group(), match.end()
    match match.lastgroup:
        case "iso":
            year, month, day = map(int, found.split("-"))
            return Token(Sort.LITERAL, found, at, _date(year, month, day, place, at)), end
        case "day":
            day, month, year = map(int, found.split("/"))
            return Token(Sort.LITERAL, found, at, _date(year, month, day, place, at)), end
        case "number":
            return _number(found, text, end, place, at)
        case "string":
            return Token(Sort.LITERAL, found, at, found[1:-1]), end
        case "name":
            return _name(found, place, at), end
        case _:
            return Token(Sort.SIGN, SIGNS.get(found, found), at), end


def _name(found: str, place: str, at: int) -> Token:
    if found.lower() in _TRUTHS:
        return Token(Sort.LITERAL, found, at, _TRUTHS[found.lower()])
    sign = SIGNS.get(found.lower(), found.lower())
    if sign in _WORD_SIGNS:
        return Token(Sort.SIGN, sign, at)
    strange = next((letter for letter in found if not _plain(letter)), None)
    if strange is not None or "__" in found or len(found) > LONGEST_NAME:
        hint = f"use Latin letters, digits and single _, at most {LONGEST_NAME} characters"
        wrong("TF502", f"{found[:LONGEST_NAME]!r} is no name", place, at, hint)
    return Token(Sort.NAME, found, at)


def _plain(letter: str) -> bool:
    """Return whether *letter* cannot be taken for another one: no Cyrillic а, no full-width ａ."""
    if letter in "_0123456789":
        return True
    name = unicodedata.name(letter, "")
    return name.startswith(("LATIN SMALL LETTER", "LATIN CAPITAL LETTER"))


def _date(year: int, month: int, day: int, place: str, at: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        wrong("TF505", f"{day}/{month}/{year} is no day", place, at, "write 31/12/2025")


def _refuse_thousands(found: str, place: str, at: int) -> NoReturn:
    """Refuse a number that Vietnamese read as thousands, with what to write for each meaning."""
    whole = found.replace(".", "")
    point = f", or {found}0 with a decimal point" if found.count(".") == 1 else ""
    wrong("TF505", f"{found} may be meant as {whole}", place, at, f"write {whole}{point}")


def _number(found: str, text: str, end: int, place: str, at: int) -> tuple[Token, int]:
    if len(found) > LONGEST_NUMBER:
        hint = f"write at most {LONGEST_NUMBER} digits"
        wrong("TF505", f"a number of {len(found)} characters", place, at, hint)
    if _THOUSANDS.fullmatch(found):
        _refuse_thousands(found, place, at)
    value = Fraction(found)
    for words, pattern, unit in _UNITS:
        match = pattern.match(text, end)
        if match is not None:
            if value < 0:
                wrong("TF505", f"{found} {words} is negative", place, at, "write 0 or more")
            return Token(Sort.LITERAL, found, at, Duration(amount=value, unit=unit)), match.end()
    return Token(Sort.LITERAL, found, at, value), end
