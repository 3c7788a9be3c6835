"""Values of a case as JSON and back: nothing changes its type on the way."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from math import isfinite
from typing import TYPE_CHECKING, Final, TypeAlias

from tthc_flow.errors import NotRunnable
from tthc_flow.units import Duration, TimeUnit

if TYPE_CHECKING:
    from tthc_flow.expressions.expression import Value

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None

_KIND: Final = "$"
LONGEST_NUMBER: Final = 1000
"""A number of more digits is none that people count by; Python refuses to write 4,300."""


def encode(value: Value) -> Json:
    """Return *value* as JSON; what JSON does not know is an object with its kind under ``$``.

    Raises:
        NotRunnable: TF407 for a value of another type, a date with its time of day too, and for a
            number that is none or has too many digits.

    Example:
        >>> encode(Fraction(1, 3)), encode((date(2026, 1, 2), "A"))
        ({'$': 'exact', 'is': '1/3'}, {'$': 'row', 'is': [{'$': 'day', 'is': '2026-01-02'}, 'A']})
    """
    match value:
        case float() if not isfinite(value):
            raise _not_kept(f"{value}, which is no number")
        case int() | Fraction() if _is_too_long(value):
            raise _not_kept(f"a number of more than {LONGEST_NUMBER} digits")
        case Duration() if _is_too_long(value.amount):
            raise _not_kept(f"a time of more than {LONGEST_NUMBER} digits")
        case bool() | int() | float() | str():
            return value
        case Fraction():
            return {_KIND: "exact", "is": str(value)}
        case date() if not isinstance(value, datetime):
            return {_KIND: "day", "is": value.isoformat()}
        case Duration():
            return {_KIND: "time", "is": str(value.amount), "unit": value.unit.value}
        case tuple():
            return {_KIND: "row", "is": [encode(each) for each in value]}
        case frozenset():
            return {_KIND: "set", "is": sorted((encode(each) for each in value), key=repr)}
        case _:
            raise _not_kept(f"a value of type {type(value).__name__}")


def _is_too_long(number: int | Fraction) -> bool:
    most: int = 10**LONGEST_NUMBER
    return max(abs(number.numerator), number.denominator) >= most


def _not_kept(fact: str) -> NotRunnable:
    hint = "give text, numbers, true or false, dates, durations, or tuples of these"
    return NotRunnable("TF407", fact, hint=hint)


def decode(value: Json) -> Value:
    """Return the value that :func:`encode` made *value* of.

    Raises:
        NotRunnable: TF408 for what it never makes.

    Example:
        >>> decode(encode(Duration(amount=5, unit=TimeUnit.WORKING_DAY))).unit.value
        'working_day'
    """
    match value:
        case bool() | int() | float() | str():
            return value
        case {"$": "exact", "is": str(text)}:
            return Fraction(text)
        case {"$": "day", "is": str(text)}:
            return date.fromisoformat(text)
        case {"$": "time", "is": str(amount), "unit": str(unit)}:
            return Duration(amount=Fraction(amount), unit=TimeUnit(unit))
        case {"$": "row", "is": list(items)}:
            return tuple(decode(each) for each in items)
        case {"$": "set", "is": list(items)}:
            return frozenset(decode(each) for each in items)
        case _:
            raise NotRunnable("TF408", f"{value!r} is no value of a case")
