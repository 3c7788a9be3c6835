"""When a period ends: the counting rules of the Civil Code over a working calendar.

A period in hours starts at once. Of a period in days the day it starts on is not counted. A
period that ends on a day off ends at the end of the next working day. "End of a day" here is the
closing hour of the office: the Code says 24:00, but nobody hands out a result after closing.

The Code counts days and knows no half of one: a day on which the office works only in the morning
is one day of a period in days, which then ends at its closing hour, and counts its minutes where
a period is in hours. Clock hours that end exactly at midnight end with the day before.

Where the clock stands still (a stop), the rules are derived from the same articles, none of which
speaks of stops:

- Days: the day of an event is not counted (Điều 147), so the day of the stop still belongs to the
  period and the day of resuming does not yet; the end moves by the days after the former up to and
  including the latter. A stop within one day moves nothing.
- Hours: the minutes in a stop do not count, worked ones or all, as the period counts.
- A period cannot end while its clock stands: it then ends with the first working day whose closing
  hour comes after the resuming.
- A stop that begins when the period is over changes nothing; one that has not ended leaves a
  period that was not over without a due date.

Source: Bộ luật Dân sự 2015 Điều 146-148; the decision note 0012 for the derivation.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Final

from tthc_flow.calendars.stops import Stop, standing_still
from tthc_flow.calendars.worked import Standing, after, later, length, minutes_of_day, passed
from tthc_flow.errors import BadQuantity
from tthc_flow.units import MINUTES_OF_HOUR, Duration, TimeUnit

if TYPE_CHECKING:
    from tthc_flow.calendars.calendar import Calendar

_INSTANT: Final = timedelta(microseconds=1)


def due(
    start: datetime,
    duration: Duration,
    calendar: Calendar,
    bare_day: TimeUnit | None = None,
    stops: tuple[Stop, ...] = (),
) -> datetime | None:
    """Return the moment at which *duration* from *start* ends; ``None`` while its clock stands.

    The fraction of a working day ("0,5 ngày") is working time after the whole days, or at once
    where there are none, and never ends later than the whole day would; a started calendar day and
    a started minute count whole. A period of nothing ends where it starts.

    Args:
        start: When the period starts; its time zone is kept, and office hours are read in it.
        duration: Amount and unit as printed.
        calendar: Must cover every year that is counted through.
        bare_day: What a bare "ngày" means here: ``WORKING_DAY`` or ``CALENDAR_DAY``.
        stops: When the clock stood still, in any order; they may overlap.

    Raises:
        BadQuantity: TF106 for a year without a calendar; TF107 for a bare day whose meaning
            is not given; TF113 where only some moments have a time zone.

    Example:
        >>> from tthc_flow.calendars.calendar import Calendar
        >>> three = Duration(amount=3, unit="working_day")
        >>> due(datetime(2025, 8, 28, 9), three, Calendar.load(2025)).isoformat()
        '2025-09-04T17:00:00'
        >>> from tthc_flow.calendars.stops import Stop
        >>> more = Stop(
        ...     since=datetime(2025, 8, 29, 9), until=datetime(2025, 9, 3, 9), reason="bổ sung"
        ... )
        >>> due(datetime(2025, 8, 28, 9), three, Calendar.load(2025), stops=(more,)).isoformat()
        '2025-09-05T17:00:00'

    Source: Bộ luật Dân sự 2015 Điều 147-148.
    """
    unit = bare_day if duration.unit is TimeUnit.DAY else duration.unit
    if unit is None or unit is TimeUnit.DAY:
        raise BadQuantity.bare_day()
    standing = standing_still(stops, start)
    amount = duration.amount
    if not amount:
        return start
    match unit:
        case TimeUnit.WORKING_DAY:
            return _working_days(start, amount, calendar, standing)
        case TimeUnit.WORKING_HOUR:
            return after(start, length(amount * MINUTES_OF_HOUR), calendar, standing)
        case TimeUnit.CALENDAR_DAY:
            return _days(start, ceil(amount), calendar, standing, unit)
        case TimeUnit.HOUR:
            return _clock(start, length(amount * MINUTES_OF_HOUR), calendar, standing)


def extended(
    due_at: datetime,
    by: Duration,
    calendar: Calendar,
    bare_day: TimeUnit | None = None,
    stops: tuple[Stop, ...] = (),
) -> datetime | None:
    """Return when a period that ends at *due_at* ends if it is extended (gia hạn) *by* that much.

    The further time follows the end as it stands, also where that was moved from a day off: of
    further days the day of *due_at* is not counted. Stops that were over by then are in *due_at*
    already and are not counted again. ``None`` while the clock stands.

    Raises:
        BadQuantity: as :func:`due`.

    Example:
        >>> from tthc_flow.calendars.calendar import Calendar
        >>> by = Duration(amount=2, unit="working_day")
        >>> extended(datetime(2025, 3, 6, 17), by, Calendar.load(2025)).isoformat()
        '2025-03-10T17:00:00'

    Source: derived from Bộ luật Dân sự 2015 Điều 147, which does not speak of extensions.
    """
    return due(due_at, by, calendar, bare_day, stops)


def _working_days(
    start: datetime, amount: Fraction, calendar: Calendar, standing: tuple[Standing, ...]
) -> datetime | None:
    whole, rest = divmod(amount, 1)
    unit = TimeUnit.WORKING_DAY
    first = _days(start, whole, calendar, standing, unit) if whole else start
    if first is None or not rest:
        return first
    left = tuple(each for each in standing if each[0] >= first)
    end = after(first, length(rest * minutes_of_day(calendar)), calendar, left)
    if end is not None and end.date() == first.date():
        return end
    # Over half days and stops within a day, minutes can run past the day that would count whole.
    last = _days(start, whole + 1, calendar, standing, unit)
    return end if last is None or (end is not None and end < last) else last


def _days(
    start: datetime,
    count: int,
    calendar: Calendar,
    standing: tuple[Standing, ...],
    unit: TimeUnit,
) -> datetime | None:
    """Return the end of *count* days of *unit*, the day of *start* not counted."""
    last = _day_after(start.date(), count, calendar, unit)
    resumed: datetime | None = None
    end = _end_of(last, resumed, calendar, start)
    for since, until in standing:
        if since >= end:
            break
        if until is None:
            return None
        moved = _days_between(since.date(), until.date(), calendar, unit)
        last, resumed = _day_after(last, moved, calendar, unit), until
        end = _end_of(last, resumed, calendar, start)
    return end


def _end_of(last: date, resumed: datetime | None, calendar: Calendar, like: datetime) -> datetime:
    """Return the end of the day *last*, or of the first working day that ends after *resumed*."""
    end = calendar.closing(calendar.next_working(last), like)
    return end if resumed is None or end > resumed else _end_after(resumed, calendar)


def _end_after(moment: datetime, calendar: Calendar) -> datetime:
    end = calendar.closing(calendar.next_working(moment.date()), moment)
    if end > moment:
        return end
    return calendar.closing(calendar.next_working(calendar.day_after(moment.date())), moment)


def _day_after(day: date, count: int, calendar: Calendar, unit: TimeUnit) -> date:
    if unit is TimeUnit.CALENDAR_DAY:
        return calendar.day_after(day, count)
    while count:
        day = calendar.next_working(calendar.day_after(day))
        count -= 1
    return day


def _days_between(first: date, last: date, calendar: Calendar, unit: TimeUnit) -> int:
    """Return how many days of *unit* there are after *first* up to and including *last*."""
    count = (last - first).days
    if unit is TimeUnit.CALENDAR_DAY:
        return count
    return sum(calendar.is_working(first + timedelta(days=each)) for each in range(1, count + 1))


def _clock(
    start: datetime, span: timedelta, calendar: Calendar, standing: tuple[Standing, ...]
) -> datetime | None:
    """Return the end of clock hours: as time passes, also at night and on days off."""
    last = later(start, span, calendar)
    end = _on_a_working_day(last, calendar)
    for since, until in standing:
        if since >= end:
            break
        if until is None:
            return None
        last = later(last, passed(since, until), calendar)
        end = _on_a_working_day(last, calendar)
        end = end if end > until else _end_after(until, calendar)
    return end


def _on_a_working_day(end: datetime, calendar: Calendar) -> datetime:
    """Return *end*, or the end of the next working day; midnight ends the day before it."""
    last = (end - _INSTANT).date()
    day = calendar.next_working(last)
    return end if day == last else calendar.closing(day, end)
