"""What stands in a cell of the workbook: words, a number, a formula of ours, or room for staff."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Final

from attrs import frozen

from tthc_flow.units import MINUTES_OF_WORKING_DAY
from tthc_flow.words.messages import message

FORMATS: Final = {
    "text": "@",
    "days": "#,##0.00",
    "hours": "#,##0.00",
    "money": "#,##0",
    "count": "#,##0",
    "share": "0.00%",
}
"""A number stays a number: how it is parted by points and commas is the reader's own setting."""

_PLACES: Final = 10**9
"""A figure of the record is a float; the exact number behind it has a denominator below this."""


@frozen(kw_only=True)
class Cell:
    """A cell: its *value*, how it is printed, whether it is a *formula*, and whose it is.

    *entry* marks what staff fill in or correct; only text that was written here is a formula.
    """

    value: str | float | None = None
    kind: str = "text"
    formula: bool = False
    entry: bool = False
    strong: bool = False


def say(code: str, lang: str, /, **values: str) -> str:
    """Return the words of ``excel-<code>``.

    Example:
        >>> say("few", "vi")
        'chưa đủ dữ liệu'
    """
    return message(f"excel-{code}", values, lang).text


def words(text: str | None, *, strong: bool = False) -> Cell:
    """Return *text* as a cell; it stays text, whatever it begins with."""
    return Cell(value=text or None, strong=strong)


def number(value: float | None, kind: str, *, entry: bool = False) -> Cell:
    """Return a figure, empty where it is unknown."""
    return Cell(value=value, kind=kind, entry=entry)


def days(minutes: float | None) -> Cell:
    """Return working minutes in working days.

    Example:
        >>> days(360).value
        0.75
    """
    if minutes is None:
        return Cell(kind="days")
    exact = Fraction(minutes).limit_denominator(_PLACES) / MINUTES_OF_WORKING_DAY
    return Cell(value=float(exact), kind="days")


def formula(text: str, kind: str, *, strong: bool = False) -> Cell:
    """Return a formula of ours."""
    return Cell(value=f"={text}", kind=kind, formula=True, strong=strong)


def literal(text: str) -> str:
    """Return *text* as a text inside a formula.

    Example:
        >>> literal('"a"')
        '\"\"\"a\"\"\"'
    """
    return '"' + text.replace('"', '""') + '"'


def guarded(condition: str, then: str, lang: str) -> str:
    """Return a formula that says "not enough data" unless *condition* holds.

    Example:
        >>> guarded("A1>0", "B1/A1", "en")
        'IF(A1>0,B1/A1,"not enough data")'
    """
    return f"IF({condition},{then},{_few(lang)})"


@cache
def _few(lang: str) -> str:
    return literal(say("few", lang))


def saved(before: str, after: str, lang: str) -> str:
    """Return before minus after, where both are numbers."""
    return guarded(f"AND(ISNUMBER({before}),ISNUMBER({after}))", f"{before}-{after}", lang)


def rate(saving: str, before: str, lang: str) -> str:
    """Return the saving as a share of before; a dash where there was nothing to cut."""
    share = f'IF({before}=0,"–",{saving}/{before})'
    return guarded(f"AND(ISNUMBER({saving}),ISNUMBER({before}))", share, lang)
