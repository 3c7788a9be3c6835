"""When a period ends: the counting rules of the Civil Code over a working calendar.

A period in hours starts at once. Of a period in days the day it starts on is not counted. A
period that ends on a day off ends at the end of the next working day. "End of a day" here is the
closing hour of the office: the Code says 24:00, but nobody hands out a result after closing.

Source: Bộ luật Dân sự 2015 Điều 147-148.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from tthc_flow.errors import BadQuantity
from tthc_flow.units import MINUTES_OF_HOUR, Duration, TimeUnit

if TYPE_CHECKING:
    from tthc_flow.calendars.calendar import Calendar


def due(
    start: datetime, duration: Duration, calendar: Calendar, bare_day: TimeUnit | None = None
) -> datetime:
    """Return the moment at which *duration* from *start* ends.

    The fraction of a working day ("0,5 ngày") is working time of the day after the whole days,
    or at once where there are none; a started calendar day counts whole.

    Args:
        start: When the period starts; a time zone is kept.
        duration: Amount and unit as printed.
        calendar: Must cover every year that is counted through.
        bare_day: What a bare "ngày" means here: ``WORKING_DAY`` or ``CALENDAR_DAY``.

    Raises:
        BadQuantity: TF106 for a year without a calendar; TF107 for a bare day whose meaning
            is not given.

    Example:
        >>> from tthc_flow.calendars.calendar import Calendar
        >>> three = Duration(amount=3, unit="working_day")
        >>> due(datetime(2025, 8, 28, 9), three, Calendar.load(2025)).isoformat()
        '2025-09-04T17:00:00'

    Source: Bộ luật Dân sự 2015 Điều 147-148.
    """
    unit = bare_day if duration.unit is TimeUnit.DAY else duration.unit
    match unit:
        case TimeUnit.WORKING_DAY:
            return _working_days(start, duration.amount, calendar)
        case TimeUnit.WORKING_HOUR:
            return _working_minutes(start, duration.amount * MINUTES_OF_HOUR, calendar)
        case TimeUnit.CALENDAR_DAY:
            last = start.date() + timedelta(days=ceil(duration.amount))
            return _closing(start, calendar.next_working(last), calendar)
        case TimeUnit.HOUR:
            end = start + timedelta(minutes=float(duration.amount * MINUTES_OF_HOUR))
            day = calendar.next_working(end.date())
            return end if day == end.date() else _closing(start, day, calendar)
        case _:
            raise BadQuantity.bare_day()


def _closing(start: datetime, day: date, calendar: Calendar) -> datetime:
    return datetime.combine(day, calendar.hours[-1][1], start.tzinfo)


def _working_days(start: datetime, amount: Fraction, calendar: Calendar) -> datetime:
    whole, rest = divmod(amount, 1)
    share = rest * _minutes_of_day(calendar)
    if not whole:
        return _working_minutes(start, share, calendar)
    day = start.date()
    for _ in range(int(whole)):
        day = calendar.next_working(day + timedelta(days=1))
    end = _closing(start, day, calendar)
    return end if not rest else _working_minutes(end, share, calendar)


def _minutes_of_day(calendar: Calendar) -> Fraction:
    return Fraction(sum(_minute(close) - _minute(opened) for opened, close in calendar.hours))


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _working_minutes(start: datetime, minutes: Fraction, calendar: Calendar) -> datetime:
    """Return *start* plus working time, counted through the office hours only."""
    moment, left = start, timedelta(minutes=float(minutes))
    if not left:
        return start
    while True:
        if calendar.is_working(moment.date()):
            for opened, close in calendar.hours:
                begin = max(moment, datetime.combine(moment.date(), opened, start.tzinfo))
                room = datetime.combine(moment.date(), close, start.tzinfo) - begin
                if room >= left:
                    return begin + left
                left -= max(room, timedelta(0))
        moment = datetime.combine(moment.date() + timedelta(days=1), time(0), start.tzinfo)
