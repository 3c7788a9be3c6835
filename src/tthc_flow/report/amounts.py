"""Numbers of the record as people read them: ``41,67 %`` in Vietnamese, ``41.67 %`` in English."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from tthc_flow.report.texts import text
from tthc_flow.units import MINUTES_OF_WORKING_DAY
from tthc_flow.words.numbers import in_language, number

_HOUR: Final = 60
_PLACES: Final = 10**9
"""A share in the record is a float; the exact number behind it has a denominator below this."""


def amount(value: float | Fraction, lang: str) -> str:
    """Return a number with the separators of *lang*.

    Example:
        >>> amount(1652000.5, "vi"), amount(1652000.5, "en")
        ('1.652.000,5', '1,652,000.5')
    """
    return in_language(number(Fraction(value).limit_denominator(_PLACES)), lang)


def share(value: float | None, lang: str) -> str:
    """Return a share in percent; ``None`` is unknown."""
    if value is None:
        return text("unknown", lang)
    return f"{amount(Fraction(value).limit_denominator(_PLACES) * 100, lang)} %"


def days(minutes: float | None, lang: str) -> str:
    """Return working minutes in working days, or in hours where days would be rounded.

    ``None`` is unknown.

    Example:
        >>> days(360, "vi"), days(480, "en"), days(180, "vi"), days(None, "vi")
        ('0,75 ngày làm việc', '1 working day', '3 giờ làm việc', 'chưa rõ')
    """
    if minutes is None:
        return text("unknown", lang)
    worked = Fraction(minutes).limit_denominator(_PLACES)
    exact, code = worked / MINUTES_OF_WORKING_DAY, "working-days"
    if not _is_printed_exactly(exact) and _is_printed_exactly(worked / _HOUR):
        exact, code = worked / _HOUR, "working-hours"
    return of_one(text(code, lang, value=amount(exact, lang)), lang)


def of_one(printed: str, lang: str) -> str:
    """Return a number with its unit, the unit in the singular where English wants it.

    Example:
        >>> of_one("1 working days", "en"), of_one("1.5 hours", "en"), of_one("1 ngày", "vi")
        ('1 working day', '1.5 hours', '1 ngày')
    """
    return printed.removesuffix("s") if lang == "en" and printed.startswith("1 ") else printed


def _is_printed_exactly(value: Fraction) -> bool:
    return (value * 100).denominator == 1  # two places are printed


def money(value: float | None, lang: str) -> str:
    """Return whole đồng; ``None`` is unknown."""
    if value is None:
        return text("unknown", lang)
    return text("dong", lang, value=amount(round(Fraction(value)), lang))


def count(value: int | None, lang: str) -> str:
    """Return a count; ``None`` is unknown."""
    return text("unknown", lang) if value is None else amount(value, lang)


def cut(before: float | None, after: float | None, lang: str) -> str:
    """Return what was cut as a share of before, or how it grew; a dash where there is neither.

    Example:
        >>> cut(8, 5, "vi"), cut(5, 5, "vi"), cut(None, 5, "vi"), cut(0, 2, "vi"), cut(4, 5, "vi")
        ('37,5 %', '–', '–', '–', 'tăng 25 %')
    """
    if before is None or after is None or not before or before == after:
        return "–"
    one = Fraction(before).limit_denominator(_PLACES)
    return cut_words(float((one - Fraction(after).limit_denominator(_PLACES)) / one), lang)


def cut_words(value: float | None, lang: str) -> str:
    """Return a cut that is a share already; a negative one is growth, none at all a dash.

    Example:
        >>> cut_words(0.25, "vi"), cut_words(-0.1, "vi"), cut_words(0, "vi"), cut_words(None, "vi")
        ('25 %', 'tăng 10 %', '–', 'chưa rõ')
    """
    if value is not None and value < 0:
        return text("grew", lang, share=share(-value, lang))
    return "–" if value == 0 else share(value, lang)
