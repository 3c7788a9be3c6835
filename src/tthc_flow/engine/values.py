"""Values of a case as JSON and back: nothing changes its type on the way."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeAlias

from tthc_flow.errors import NotRunnable
from tthc_flow.units import Duration, TimeUnit

if TYPE_CHECKING:
    from tthc_flow.expressions.expression import Value

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None

_KIND: Final = "$"


def encode(value: Value) -> Json:
    """Return *value* as JSON; what JSON does not know is an object with its kind under ``$``.

    Raises:
        NotRunnable: TF407 for a value of another type.

    Example:
        >>> encode(Fraction(1, 3)), encode((date(2026, 1, 2), "A"))
        ({'$': 'exact', 'is': '1/3'}, {'$': 'row', 'is': [{'$': 'day', 'is': '2026-01-02'}, 'A']})
    """
    match value:
        case bool() | int() | float() | str():
            return value
        case Fraction():
            return {_KIND: "exact", "is": str(value)}
        case date():
            return {_KIND: "day", "is": value.isoformat()}
        case Duration():
            return {_KIND: "time", "is": str(value.amount), "unit": value.unit.value}
        case tuple():
            return {_KIND: "row", "is": [encode(each) for each in value]}
        case frozenset():
            return {_KIND: "set", "is": sorted((encode(each) for each in value), key=repr)}
        case _:
            raise NotRunnable(
                "TF407",
                f"a value of type {type(value).__name__}",
                hint="give text, numbers, true or false, dates, durations, or tuples of these",
            )


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
