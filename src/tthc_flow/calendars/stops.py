"""Stops of the legal clock, the time that has been worked, and how near the end is.

A clock stops while the applicant supplements the dossier or pays, while another agency is asked.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from tthc_flow.calendars.worked import (
    Standing,
    after,
    back,
    later,
    length,
    minutes_of,
    minutes_of_day,
    passed,
    spans,
)
from tthc_flow.errors import BadQuantity
from tthc_flow.units import MINUTES_OF_HOUR, Duration, TimeUnit, WorkTime

if TYPE_CHECKING:
    from tthc_flow.calendars.calendar import Calendar

MINUTES_OF_DAY: Final = 24 * MINUTES_OF_HOUR
ONE_WORKING_DAY: Final = Duration(amount=1, unit=TimeUnit.WORKING_DAY)


def _not_before_since(stop: Stop, _attribute: object, until: datetime | None) -> None:
    if until is None:
        return
    if _like(until, stop.since) < stop.since:
        raise BadQuantity(
            "TF112",
            f"a stop ends ({until.isoformat()}) before it begins ({stop.since.isoformat()})",
            hint="give the end of the stop after its beginning, or none while it lasts",
        )


@frozen(kw_only=True)
class Stop:
    """A time in which the clock of a period stands still; *until* is ``None`` while it lasts.

    Raises:
        BadQuantity: TF112 for one that ends before it begins; TF113 where only one of the two
            moments has a time zone.

    Example:
        >>> Stop(since=datetime(2025, 3, 3, 9), until=None, reason="chờ bổ sung").until is None
        True

    Source: our derivation of Bộ luật Dân sự 2015 Điều 147-148, see
        :mod:`tthc_flow.calendars.due`.
    """

    since: datetime
    until: datetime | None = field(validator=_not_before_since)
    reason: str


def _like(moment: datetime, other: datetime) -> datetime:
    """Return *moment* in the time zone of *other*."""
    if (moment.tzinfo is None) is not (other.tzinfo is None):
        raise BadQuantity(
            "TF113",
            f"only one of {moment.isoformat()} and {other.isoformat()} has a time zone",
            hint="give all moments with a time zone, or all without",
        )
    return moment if other.tzinfo is None else moment.astimezone(other.tzinfo)


def standing_still(stops: tuple[Stop, ...], start: datetime) -> tuple[Standing, ...]:
    """Return when the clock that starts at *start* stands still: in order, none touching another.

    What lies before *start* is cut off; the moments are in its time zone.

    Raises:
        BadQuantity: TF113 where only some moments have a time zone.

    Example:
        >>> nine, ten, noon = (datetime(2025, 3, 3, hour) for hour in (9, 10, 12))
        >>> one = Stop(since=nine, until=noon, reason="bổ sung")
        >>> standing_still((one, Stop(since=ten, until=noon, reason="nộp phí")), ten)
        ((datetime.datetime(2025, 3, 3, 10, 0), datetime.datetime(2025, 3, 3, 12, 0)),)
    """
    found: list[Standing] = []
    moments = [
        (_like(stop.since, start), None if stop.until is None else _like(stop.until, start))
        for stop in stops
    ]
    for begun, until in sorted(moments, key=lambda each: each[0]):
        since = max(begun, start)
        if until is not None and until <= since:
            continue
        if not found or (found[-1][1] is not None and found[-1][1] < since):
            found.append((since, until))
        elif found[-1][1] is not None and (until is None or until > found[-1][1]):
            found[-1] = (found[-1][0], until)
    return tuple(found)


def worked_minutes(
    start: datetime, end: datetime, calendar: Calendar, stops: tuple[Stop, ...] = ()
) -> Fraction:
    """Return the minutes worked from *start* to *end* without those in *stops*, exact.

    Negative where *end* is before *start*.

    Raises:
        BadQuantity: TF106 for a year without a calendar; TF113 where only some moments have a
            time zone.

    Example:
        >>> from tthc_flow.calendars.calendar import Calendar
        >>> friday, monday = datetime(2025, 3, 7, 16), datetime(2025, 3, 10, 8, 30)
        >>> worked_minutes(friday, monday, Calendar.load(2025))
        Fraction(90, 1)

    Source: office hours of the calendar.
    """
    until = _like(end, start)
    if until < start:
        return -worked_minutes(until, start, calendar, stops)
    standing = standing_still(stops, start)
    found = (close - begin for begin, close in spans(start, calendar, standing, until))
    return minutes_of(sum(found, timedelta(0)))


@frozen(kw_only=True)
class Remaining:
    """What is left until a due date; neither figure is above zero once it is past.

    *days* are the working days after today up to and including that of the due date, as a period
    in days counts them; *work* is the working time between the two moments.
    """

    days: int
    work: WorkTime
    late: bool


def remaining(now: datetime, due_at: datetime, calendar: Calendar) -> Remaining:
    """Return what is left of the time until *due_at*.

    Raises:
        BadQuantity: TF106 for a year without a calendar; TF113 where only one of the moments
            has a time zone.

    Example:
        >>> from tthc_flow.calendars.calendar import Calendar
        >>> left = remaining(datetime(2025, 3, 7, 16), datetime(2025, 3, 11, 17), Calendar.load())
        >>> left.days, left.work, left.late
        (2, WorkTime(minutes=Fraction(1020, 1)), False)

    Source: counted as Bộ luật Dân sự 2015 Điều 147 counts days.
    """
    end = _like(due_at, now)
    first, last = sorted((now.date(), end.date()))
    between = range(1, (last - first).days + 1)
    days = sum(calendar.is_working(first + timedelta(days=each)) for each in between)
    return Remaining(
        days=days if now <= end else -days,
        work=WorkTime(worked_minutes(now, end, calendar)),
        late=end < now,
    )


def near(
    since: datetime,
    due_at: datetime,
    calendar: Calendar,
    before: Duration = ONE_WORKING_DAY,
    bare_day: TimeUnit | None = None,
) -> datetime:
    """Return when to warn that a period from *since* will end at *due_at*.

    That is *before* earlier: working days back to the same time of day (the closing hour where the
    office closes before it), working hours back through the office hours, calendar days and clock
    hours as they pass. A period that is not longer than that is warned of when half of its working
    time is over (half of its time where none of it is worked).

    Raises:
        BadQuantity: TF106 for a year without a calendar; TF107 for a bare day whose meaning is
            not given; TF113 where only one of the moments has a time zone.

    Example:
        >>> from tthc_flow.calendars.calendar import Calendar
        >>> monday, due_at = datetime(2025, 3, 3, 9), datetime(2025, 3, 10, 17)
        >>> near(monday, due_at, Calendar.load(2025)).isoformat()
        '2025-03-07T17:00:00'
        >>> near(monday, datetime(2025, 3, 3, 11), Calendar.load(2025)).isoformat()
        '2025-03-03T10:00:00'

    Source: our rule; no law says when to warn.
    """
    end = _like(due_at, since)
    unit = bare_day if before.unit is TimeUnit.DAY else before.unit
    if unit is None or unit is TimeUnit.DAY:
        raise BadQuantity.bare_day()
    if end <= since:
        return end
    moment = _earlier(end, before.amount, unit, calendar, since)
    return _half(since, end, calendar) if moment is None or moment <= since else moment


def _half(since: datetime, end: datetime, calendar: Calendar) -> datetime:
    worked = worked_minutes(since, end, calendar) / 2
    moment = after(since, length(worked), calendar) if worked else None
    return min(end, moment or later(since, passed(since, end) / 2, calendar))


def _earlier(
    end: datetime, amount: Fraction, unit: TimeUnit, calendar: Calendar, since: datetime
) -> datetime | None:
    """Return the moment *amount* of *unit* before *end*; ``None`` where that is before *since*."""
    match unit:
        case TimeUnit.WORKING_HOUR:
            return back(end, length(amount * MINUTES_OF_HOUR), calendar, since.date())
        case TimeUnit.WORKING_DAY:
            return _working_days_earlier(end, amount, calendar, since.date())
        case TimeUnit.CALENDAR_DAY:
            span = length(ceil(amount) * MINUTES_OF_DAY)
        case _:
            span = length(amount * MINUTES_OF_HOUR)
    return later(end, -span, calendar) if span < passed(since, end) else None


def _working_days_earlier(
    end: datetime, amount: Fraction, calendar: Calendar, first: date
) -> datetime | None:
    whole, rest = divmod(amount, 1)
    share = length(rest * minutes_of_day(calendar))
    day, moment = end.date(), end
    for _ in range(whole):
        day = calendar.day_after(day, -1)
        while day >= first and not calendar.is_working(day):
            day = calendar.day_after(day, -1)
        if day < first:
            return None
        same_time = datetime.combine(day, end.time(), end.tzinfo)
        moment = min(same_time, calendar.closing(day, end))
    return back(moment, share, calendar, first)
