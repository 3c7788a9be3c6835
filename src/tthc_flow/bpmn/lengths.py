"""Lengths of time as dialects write them: ISO 8601, a number with a unit, ADONIS's colons.

No dialect has a working day. ``PT8H`` is eight hours and ``P1D`` a calendar day; a length that
mixes the two has no unit of its own and stays unknown, as do months and years.

Source: W3C XML Schema 1.1 part 2, 3.3.6 (duration); BPSim 1.0 and 2.0, table of time units.
"""

from __future__ import annotations

import re
from enum import StrEnum
from fractions import Fraction
from typing import Final

from attrs import frozen

from tthc_flow.errors import BadQuantity
from tthc_flow.units import Duration, TimeUnit, exact
from tthc_flow.words.durations import read_duration


class Doubt(StrEnum):
    """Why a written length is not taken."""

    NO_LENGTH = "no_length"
    MIXED = "mixed"
    NO_UNIT = "no_unit"
    UNCERTAIN = "uncertain"
    ZERO = "zero"
    NOT_FIXED = "not_fixed"


@frozen
class Length:
    """A length, or the doubt for which there is none."""

    duration: Duration | None = None
    doubt: Doubt | None = None


_N: Final = r"\d{1,9}(?:\.\d{1,9})?"
_ISO: Final = re.compile(
    rf"P(?:(?P<years>{_N})Y)?(?:(?P<months>{_N})M)?(?:(?P<weeks>{_N})W)?(?:(?P<days>{_N})D)?"
    rf"(?:T(?=\d)(?:(?P<hours>{_N})H)?(?:(?P<minutes>{_N})M)?(?:(?P<seconds>{_N})S)?)?"
)
_COLONS: Final = re.compile(r"(\d{1,4}):(\d{1,3}):(\d{1,2}):(\d{1,2}):(\d{1,2})")
_IN_HOUR: Final = {
    1: ("h", "hr", "hrs", "hour", "hours"),
    60: ("min", "mins", "minute", "minutes"),
    3600: ("s", "sec", "secs", "second", "seconds"),
    3_600_000: ("ms", "milliseconds"),
}
"""How many of a unit make an hour, by the names that tools give it."""

_HOUR: Final = {name: Fraction(1, many) for many, names in _IN_HOUR.items() for name in names}
_DAY: Final = frozenset({"day", "days", "d"})
_WEEK: Final = 7


def of_iso(text: str) -> Length:
    """Return the length of an ISO 8601 duration.

    Example:
        >>> of_iso("PT8H").duration
        Duration(amount=Fraction(8, 1), unit=<TimeUnit.HOUR: 'hour'>, at_least=None)
        >>> of_iso("P1D").duration.unit, of_iso("P1DT4H").doubt
        (<TimeUnit.CALENDAR_DAY: 'calendar_day'>, <Doubt.MIXED: 'mixed'>)
    """
    found = _ISO.fullmatch(text.strip())
    if found is None or not any(found.groups()):
        return Length(doubt=Doubt.NO_LENGTH)
    part = {name: Fraction(value or 0) for name, value in found.groupdict().items()}
    if part["years"] or part["months"]:
        return Length(doubt=Doubt.UNCERTAIN)
    hours = part["hours"] + part["minutes"] / 60 + part["seconds"] / 3600
    return _of(part["weeks"] * _WEEK + part["days"], hours, TimeUnit.CALENDAR_DAY)


def of_number(text: str, unit: str) -> Length:
    """Return the length of a number in one of BPSim's and QBP's units.

    Example:
        >>> of_number("90", "min").duration
        Duration(amount=Fraction(3, 2), unit=<TimeUnit.HOUR: 'hour'>, at_least=None)
        >>> of_number("90", "year").doubt
        <Doubt.UNCERTAIN: 'uncertain'>
    """
    amount = number(text)
    if amount is None or amount < 0:
        return Length(doubt=Doubt.NO_LENGTH)
    name = unit.strip().lower()
    if name in _HOUR:
        return _of(Fraction(0), amount * _HOUR[name], TimeUnit.CALENDAR_DAY)
    if name in _DAY:
        return _of(amount, Fraction(0), TimeUnit.CALENDAR_DAY)
    return Length(doubt=Doubt.UNCERTAIN if name else Doubt.NO_UNIT)


def of_colons(text: str) -> Length:
    """Return the length of ADONIS's ``YY:DDD:HH:MM:SS``; its days leave open what they mean.

    Example:
        >>> of_colons("00:000:01:30:00").duration.amount, of_colons("00:002:00:00:00").duration.unit
        (Fraction(3, 2), <TimeUnit.DAY: 'day'>)
    """
    found = _COLONS.fullmatch(text.strip())
    if found is None:
        return Length(doubt=Doubt.NO_LENGTH)
    years, days, hours, minutes, seconds = (Fraction(each) for each in found.groups())
    if years:
        return Length(doubt=Doubt.UNCERTAIN)
    return _of(days, hours + minutes / 60 + seconds / 3600, TimeUnit.DAY)


def of_words(text: str) -> Length:
    """Return the length that a person typed: in words, or as an ISO 8601 duration.

    Example:
        >>> of_words("4 giờ làm việc").duration.unit, of_words("PT4H").duration.unit
        (<TimeUnit.WORKING_HOUR: 'working_hour'>, <TimeUnit.HOUR: 'hour'>)
        >>> of_words("4").doubt
        <Doubt.NO_UNIT: 'no_unit'>
    """
    if text.strip().startswith("P"):
        return of_iso(text)
    found = read_duration(text).duration
    if found is not None:
        return Length(duration=found)
    return Length(doubt=Doubt.NO_UNIT if number(text) is not None else Doubt.NO_LENGTH)


def number(text: str) -> Fraction | None:
    """Return *text* as an exact number; ``NaN`` and words are none."""
    written = text.strip()
    if len(written) > _LONGEST or not _NUMBER.fullmatch(written):
        return None
    try:
        return exact(written)
    except BadQuantity:
        return None


_LONGEST: Final = 40
_NUMBER: Final = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?", re.ASCII)


def _of(days: Fraction, hours: Fraction, unit: TimeUnit) -> Length:
    if days and hours:
        return Length(doubt=Doubt.MIXED)
    if days:
        return Length(duration=Duration(amount=days, unit=unit))
    return Length(duration=Duration(amount=hours, unit=TimeUnit.HOUR))


def total(lengths: list[Length]) -> Length:
    """Return the sum of parts of one time; one part unknown makes the sum unknown.

    Parts of zero add nothing; where all are zero nothing was stated, because zero is what tools
    fill in themselves.

    Example:
        >>> total([of_iso("PT2H"), of_iso("PT30M")]).duration.amount
        Fraction(5, 2)
        >>> total([of_iso("PT2H"), of_iso("P1D")]).doubt, total([of_iso("PT0S")]).doubt
        (<Doubt.MIXED: 'mixed'>, <Doubt.ZERO: 'zero'>)
    """
    doubt = next((each.doubt for each in lengths if each.doubt is not None), None)
    if doubt is not None:
        return Length(doubt=doubt)
    parts = [each.duration for each in lengths if each.duration and each.duration.amount]
    if not parts:
        return Length(doubt=Doubt.ZERO)
    units = {each.unit for each in parts}
    if len(units) > 1:
        return Length(doubt=Doubt.MIXED)
    amount = sum((each.amount for each in parts), Fraction(0))
    return Length(duration=Duration(amount=amount, unit=parts[0].unit))
