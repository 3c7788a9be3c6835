"""Office hours: when an office is open on a day, in spans that follow each other.

Hours are whole minutes of one day and are read on the clock of the office; a span over midnight
is two spans of two days.
"""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import field, frozen

from tthc_flow.errors import BadQuantity

if TYPE_CHECKING:
    from attrs import Attribute

Hours: TypeAlias = tuple[tuple[time, time], ...]

OFFICE_HOURS: Final[Hours] = ((time(8), time(12)), (time(13), time(17)))
"""Eight hours, so that a working day is 480 minutes; provinces differ and may give their own."""

DAYS_OF_WEEK: Final = 7


def bad_hours(fact: str) -> BadQuantity:
    """Return TF111: office hours that cannot be.

    Example:
        >>> print(bad_hours("'8-12' is no span").code)
        TF111
    """
    return BadQuantity("TF111", fact, hint="write e.g. 08:00-12:00 13:00-17:00, in order")


def hours(text: str) -> Hours:
    """Return the hours that *text* writes: spans parted by spaces, none where it is empty.

    Raises:
        BadQuantity: TF111 for anything else, or for spans that overlap or run backwards.

    Example:
        >>> hours("08:00-12:00")
        ((datetime.time(8, 0), datetime.time(12, 0)),)
    """
    spans: list[tuple[time, time]] = []
    for each in text.split():
        opened, _, close = each.partition("-")
        try:
            spans.append((time.fromisoformat(opened), time.fromisoformat(close)))
        except ValueError as error:
            raise bad_hours(f"{each!r} is no span of office hours") from error
    _in_order(tuple(spans))
    return tuple(spans)


def _in_order(spans: Hours) -> None:
    moments = [moment for span in spans for moment in span]
    if any(moment.second or moment.microsecond or moment.tzinfo for moment in moments):
        raise bad_hours("office hours are whole minutes without a time zone")
    if any(not opened < close for opened, close in spans):
        raise bad_hours("office hours close before they open")
    if moments != sorted(moments):
        raise bad_hours("office hours overlap or are out of order")


def worked_hours(_instance: object, attribute: Attribute[Hours], spans: Hours) -> None:
    """Hold a field to at least one span, in order; the attrs validator of office hours.

    Raises:
        BadQuantity: TF111 otherwise.

    Example:
        >>> WeekdayHours(weekday=5, hours=())
        Traceback (most recent call last):
        tthc_flow.errors.BadQuantity: TF111 hours: no office hours ...
    """
    if not spans:
        raise bad_hours(f"{attribute.name}: no office hours (leave a day that is off out)")
    _in_order(spans)


def _a_weekday(_instance: object, _attribute: object, weekday: int) -> None:
    if weekday not in range(DAYS_OF_WEEK):
        raise bad_hours(f"{weekday} is no day of the week (0 is Monday, 6 Sunday)")


@frozen(kw_only=True)
class WeekdayHours:
    """The hours of every such week day, e.g. each Saturday morning; 0 is Monday, 6 is Sunday.

    Raises:
        BadQuantity: TF111 for another number, or for hours that cannot be.

    Example:
        >>> WeekdayHours(weekday=5, hours=hours("08:00-12:00")).weekday
        5
    """

    weekday: int = field(validator=_a_weekday)
    hours: Hours = field(validator=worked_hours)
