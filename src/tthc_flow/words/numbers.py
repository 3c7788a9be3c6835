"""Numbers as Vietnamese papers print them: ``1.652.000,5``, ``55,15 %``; rounded only here."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from tthc_flow.units import MINUTES_OF_WORKING_DAY

PERCENT_PLACES: Final = 2

MINUS: Final = "−"
"""The sign of what is below zero: longer than a hyphen, and no line ends behind it."""

_SWAP: Final = str.maketrans(".,", ",.")


def number(value: Fraction | int, places: int = 2) -> str:
    """Return *value* with dots between thousands and a decimal comma.

    Rounded half up to *places*; zeros at the end of the decimals are left out.

    Example:
        >>> number(Fraction(3304001, 2)), number(Fraction(-1, 3)), number(12)
        ('1.652.000,5', '−0,33', '12')

    Source: TCVN and the printed annexes of QĐ 2816/QĐ-UBND Đồng Nai.
    """
    scale = 10**places
    scaled = (2 * abs(Fraction(value)) * scale + 1) // 2
    whole, part = divmod(scaled, scale)
    decimals = str(part).rjust(places, "0").rstrip("0") if places else ""
    sign = MINUS if value < 0 and scaled else ""
    thousands = f"{whole:,}".replace(",", ".")
    return f"{sign}{thousands}{',' if decimals else ''}{decimals}"


def in_language(printed: str, lang: str) -> str:
    """Return figures that :func:`number` has *printed* with the separators of *lang*.

    Example:
        >>> in_language("1.652.000,5", "en"), in_language("1.652.000,5", "vi")
        ('1,652,000.5', '1.652.000,5')

    Source: a decimal comma in Vietnamese, a decimal point in English.
    """
    return printed if lang == "vi" else printed.translate(_SWAP)


def percent(share: Fraction) -> str:
    """Return a *share* in percent.

    Example:
        >>> percent(Fraction(650, 975)), percent(Fraction(3, 10))
        ('66,67 %', '30 %')

    Source: see :func:`number`.
    """
    return f"{number(share * 100, PERCENT_PLACES)} %"


def dong(amount: Fraction | int) -> str:
    """Return an *amount* of đồng, in whole đồng.

    Example:
        >>> dong(Fraction(32_000_000))
        '32.000.000 đồng'

    Source: see :func:`number`.
    """
    return f"{number(amount, 0)} đồng"


def days(minutes: Fraction | int) -> str:
    """Return working *minutes* in working days of 8 hours.

    Example:
        >>> days(1200)
        '2,5 ngày làm việc'

    Source: see :func:`number`.
    """
    return f"{number(Fraction(minutes) / MINUTES_OF_WORKING_DAY)} ngày làm việc"
