"""Worked time on the clock: the spans an office works in, forwards and backwards.

Everything is added and taken off in whole microseconds, never in floats. Office hours are read on
the clock of the moment's own time zone: give Vietnamese time where Vietnamese offices are meant.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Final, TypeAlias

from tthc_flow.errors import BadQuantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.calendars.calendar import Calendar

Standing: TypeAlias = tuple[datetime, datetime | None]
"""From when to when a clock stands still; ``None`` where it has not gone on."""

_MINUTE: Final = timedelta(minutes=1)
_MICROSECOND: Final = timedelta(microseconds=1)
_MORE_THAN_ALL: Final = 60 * 24 * 366 * 10_000


def length(minutes: Fraction) -> timedelta:
    """Return *minutes* as a length; a started minute counts whole, as the Code knows no less.

    What is longer than all years there are is cut to that: no calendar covers it anyway.

    Example:
        >>> length(Fraction(480, 7))
        datetime.timedelta(seconds=4140)

    Source: Bộ luật Dân sự 2015 Điều 146-147 (the minute is the smallest unit of a period).
    """
    return timedelta(minutes=min(ceil(minutes), _MORE_THAN_ALL))


def minutes_of(span: timedelta) -> Fraction:
    """Return the length of *span* in minutes, exact.

    Example:
        >>> minutes_of(timedelta(seconds=90))
        Fraction(3, 2)
    """
    return Fraction(span // _MICROSECOND, _MINUTE // _MICROSECOND)


def minutes_of_day(calendar: Calendar) -> Fraction:
    """Return the minutes of an ordinary working day, which a fraction of a day is taken of.

    Example:
        >>> from tthc_flow.calendars.calendar import Calendar
        >>> minutes_of_day(Calendar.load())
        Fraction(480, 1)

    Source: the office hours of the calendar, 8 hours where none are given.
    """
    day = date(1, 1, 1)
    return sum(
        (
            minutes_of(datetime.combine(day, close) - datetime.combine(day, opened))
            for opened, close in calendar.hours
        ),
        Fraction(0),
    )


def later(moment: datetime, span: timedelta, calendar: Calendar) -> datetime:
    """Return *moment* plus *span* as time passes, whatever the clocks of its zone do meanwhile.

    Raises:
        BadQuantity: TF106 where there is no such date.

    Example:
        >>> from tthc_flow.calendars.calendar import Calendar
        >>> later(datetime(2025, 3, 3, 23), timedelta(hours=2), Calendar.load()).isoformat()
        '2025-03-04T01:00:00'
    """
    try:
        if moment.tzinfo is None:
            return moment + span
        return (moment.astimezone(UTC) + span).astimezone(moment.tzinfo)
    except OverflowError as error:
        covered = tuple(sorted(calendar.years))
        raise BadQuantity.year_not_covered(covered[-1] + 1 if covered else 1, covered) from error


def passed(since: datetime, until: datetime) -> timedelta:
    """Return how much time passes between two moments of one zone.

    Example:
        >>> passed(datetime(2025, 3, 3, 9), datetime(2025, 3, 4, 8))
        datetime.timedelta(seconds=82800)
    """
    if since.tzinfo is None:
        return until - since
    return until.astimezone(UTC) - since.astimezone(UTC)


def spans(
    start: datetime,
    calendar: Calendar,
    standing: tuple[Standing, ...] = (),
    end: datetime | None = None,
) -> Iterator[tuple[datetime, datetime]]:
    """Yield the worked time from *start* on, span by span, without what the clock stands still.

    It ends at *end*, or where the clock stands for good; else only with the calendar.

    Args:
        start: The first moment that counts.
        calendar: Whose hours are worked.
        standing: In order, parted, none of them before *start*.
        end: The first moment that no longer counts.

    Raises:
        BadQuantity: TF106 where the calendar ends before it.

    Example:
        >>> from tthc_flow.calendars.calendar import Calendar
        >>> first, *_ = spans(datetime(2025, 3, 3, 9), Calendar.load(), (), datetime(2025, 3, 4))
        >>> first[1].isoformat()
        '2025-03-03T12:00:00'
    """
    if standing and standing[-1][1] is None:
        since = standing[-1][0]
        end = since if end is None else min(end, since)
    number = 0
    for opened, close in _open(start, calendar, end):
        begin = opened
        while number < len(standing) and standing[number][0] < close:
            since, until = standing[number]
            if begin < since:
                yield begin, since
            begin = close if until is None else max(begin, until)
            if begin >= close:
                break
            number += 1
        if begin < close:
            yield begin, close


def _open(
    start: datetime, calendar: Calendar, end: datetime | None
) -> Iterator[tuple[datetime, datetime]]:
    day = start.date()
    while end is None or day <= end.date():
        for opened, close in calendar.hours_of(day):
            begin = max(start, datetime.combine(day, opened, start.tzinfo))
            finish = datetime.combine(day, close, start.tzinfo)
            finish = finish if end is None else min(finish, end)
            if begin < finish:
                yield begin, finish
        day = calendar.day_after(day)


def after(
    start: datetime, span: timedelta, calendar: Calendar, standing: tuple[Standing, ...] = ()
) -> datetime | None:
    """Return when *span* of worked time from *start* is over; ``None`` where the clock stands.

    Raises:
        BadQuantity: TF106 where the calendar ends before it.

    Example:
        >>> from tthc_flow.calendars.calendar import Calendar
        >>> after(datetime(2025, 3, 7, 16), timedelta(hours=2), Calendar.load()).isoformat()
        '2025-03-10T09:00:00'
    """
    if not span:
        return start
    left = span
    for begin, end in spans(start, calendar, standing):
        if end - begin >= left:
            return begin + left
        left -= end - begin
    return None


def back(
    end: datetime, span: timedelta, calendar: Calendar, first: date | None = None
) -> datetime | None:
    """Return the last moment from which *span* of worked time fits before *end*.

    ``None`` where it does not fit from the day *first* on.

    Raises:
        BadQuantity: TF106 where the calendar begins after it.

    Example:
        >>> from tthc_flow.calendars.calendar import Calendar
        >>> back(datetime(2025, 3, 10, 9), timedelta(hours=2), Calendar.load()).isoformat()
        '2025-03-07T16:00:00'
    """
    left, day = span, end.date()
    if not left:
        return end
    while first is None or day >= first:
        for opened, close in reversed(calendar.hours_of(day)):
            begin = datetime.combine(day, opened, end.tzinfo)
            room = min(end, datetime.combine(day, close, end.tzinfo)) - begin
            if room >= left:
                return begin + room - left
            left -= max(room, timedelta(0))
        day = calendar.day_after(day, -1)
    return None
