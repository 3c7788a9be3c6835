"""Exact quantities: times with their printed unit, working time, đồng. Units never mix silently.

Everything is a rational number (``fractions.Fraction``); rounding happens only where a figure
is printed. Source: 8 working hours are one working day (common practice of the published
tables, e.g. QĐ 2811/QĐ-UBND Đồng Nai); Bộ luật Dân sự 2015 Điều 145-148 for day and hour.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import Final, Self, TypeAlias

from attrs import field, frozen

from tthc_flow.errors import BadQuantity

Exact: TypeAlias = int | str | Fraction


class TimeUnit(StrEnum):
    """The unit a source prints; ``DAY`` is the bare "ngày" whose meaning the source leaves open."""

    WORKING_DAY = "working_day"
    WORKING_HOUR = "working_hour"
    CALENDAR_DAY = "calendar_day"
    DAY = "day"
    HOUR = "hour"


def exact(value: Exact | float) -> Fraction:
    """Return *value* as an exact rational; a float is read by its shortest decimal form.

    Raises:
        BadQuantity: TF101 for NaN, infinity, text that is no number, or no number at all.

    Example:
        >>> exact(0.1), exact("1/2"), exact(3)
        (Fraction(1, 10), Fraction(1, 2), Fraction(3, 1))
    """
    if type(value) is Fraction:
        return value
    try:
        return Fraction(repr(value) if isinstance(value, float) else value)
    except (TypeError, ValueError, OverflowError, ZeroDivisionError) as error:
        raise BadQuantity.not_a_number(value) from error


def _not_negative(_instance: object, attribute: object, value: Fraction) -> None:
    if value < 0:
        raise BadQuantity.negative(getattr(attribute, "name", "value"), value)


@frozen(kw_only=True)
class Duration:
    """A length of time as a source prints it: an exact amount of one unit, never converted.

    For a printed range ("10-15 ngày") *amount* is the limit and *at_least* the lower end.

    Example:
        >>> Duration(amount=exact("0.5"), unit=TimeUnit.WORKING_DAY)
        Duration(amount=Fraction(1, 2), unit=<TimeUnit.WORKING_DAY: 'working_day'>, at_least=None)
    """

    amount: Fraction = field(converter=exact, validator=_not_negative)
    unit: TimeUnit = field(converter=TimeUnit)
    at_least: Fraction | None = None


@frozen(order=True)
class WorkTime:
    """Working time in minutes, exact; 480 minutes are one working day.

    Example:
        >>> (WorkTime(480) + WorkTime(240)).days
        Fraction(3, 2)
    """

    minutes: Fraction = field(converter=exact)

    @property
    def days(self) -> Fraction:
        """Return the length in working days of 8 hours."""
        return self.minutes / MINUTES_OF_WORKING_DAY

    def __add__(self, other: WorkTime) -> WorkTime:
        """Return the sum of two lengths."""
        return WorkTime(self.minutes + other.minutes)

    def __sub__(self, other: WorkTime) -> WorkTime:
        """Return the difference, which may be negative."""
        return WorkTime(self.minutes - other.minutes)


@frozen(order=True)
class Dong:
    """An amount of Vietnamese đồng, exact; printed as whole đồng.

    Example:
        >>> Dong(40_000) * 8 - Dong(20_000)
        Dong(amount=Fraction(300000, 1))
    """

    amount: Fraction = field(converter=exact)

    def __add__(self, other: Dong) -> Dong:
        """Return the sum."""
        return Dong(self.amount + other.amount)

    def __sub__(self, other: Dong) -> Dong:
        """Return the difference, which may be negative."""
        return Dong(self.amount - other.amount)

    def __mul__(self, times: Exact) -> Dong:
        """Return the amount *times* a number."""
        return Dong(self.amount * exact(times))


MINUTES_OF_WORKING_DAY: Final = Fraction(480)
MINUTES_OF_HOUR: Final = Fraction(60)


@frozen(kw_only=True)
class Convention:
    """A named, printed rule that turns a printed duration into working minutes.

    A unit whose minutes are ``None`` stays unknown: the convention refuses to guess it.

    Example:
        >>> Convention.named("bare-day-is-working-day").minutes(Duration(amount=2, unit="day"))
        Fraction(960, 1)
        >>> Convention.named("strict").minutes(Duration(amount=2, unit="day")) is None
        True
    """

    name: str
    bare_day: Fraction | None
    calendar_day: Fraction | None
    hour: Fraction | None

    def minutes(self, duration: Duration) -> Fraction | None:
        """Return *duration* in working minutes, or ``None`` where this convention does not say."""
        match duration.unit:
            case TimeUnit.WORKING_DAY:
                factor: Fraction | None = MINUTES_OF_WORKING_DAY
            case TimeUnit.WORKING_HOUR:
                factor = MINUTES_OF_HOUR
            case TimeUnit.CALENDAR_DAY:
                factor = self.calendar_day
            case TimeUnit.DAY:
                factor = self.bare_day
            case TimeUnit.HOUR:
                factor = self.hour
        return None if factor is None else duration.amount * factor

    @classmethod
    def named(cls, name: str) -> Self:
        """Return the shipped convention called *name*; raises ``BadQuantity`` TF103 otherwise."""
        for convention in CONVENTIONS:
            if convention.name == name and isinstance(convention, cls):
                return convention
        raise BadQuantity.unknown_convention(name, tuple(each.name for each in CONVENTIONS))


CALENDAR_DAY_SHARE: Final = Fraction(5, 7)

CONVENTIONS: Final = (
    Convention(
        name="bare-day-is-working-day",
        bare_day=MINUTES_OF_WORKING_DAY,
        calendar_day=MINUTES_OF_WORKING_DAY * CALENDAR_DAY_SHARE,
        hour=MINUTES_OF_HOUR,
    ),
    Convention(
        name="bare-day-is-calendar-day",
        bare_day=MINUTES_OF_WORKING_DAY * CALENDAR_DAY_SHARE,
        calendar_day=MINUTES_OF_WORKING_DAY * CALENDAR_DAY_SHARE,
        hour=MINUTES_OF_HOUR,
    ),
    Convention(name="strict", bare_day=None, calendar_day=None, hour=None),
)
"""The shipped conventions, the default first; calendar days count 5 working days in 7."""

DEFAULT_CONVENTION: Final = CONVENTIONS[0]
