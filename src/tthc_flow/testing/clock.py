"""A clock that moves only when it is told to."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tthc_flow.calendars.due import due
from tthc_flow.errors import BadQuantity
from tthc_flow.moments import in_vietnam
from tthc_flow.units import Duration
from tthc_flow.words.durations import read_duration

if TYPE_CHECKING:
    from tthc_flow.calendars.calendar import Calendar
    from tthc_flow.units import TimeUnit


class Clock:
    """A clock for an engine to ask as its *now*; it goes on only when it is told to.

    Moments are Vietnamese time; one without a zone is taken for it.

    Example:
        >>> clock = Clock(datetime(2026, 3, 2, 8))
        >>> clock.tick(minutes=90).isoformat()
        '2026-03-02T09:30:00+07:00'
        >>> clock().isoformat()
        '2026-03-02T09:30:00+07:00'
    """

    def __init__(self, at: datetime) -> None:
        """Stand at the moment *at*."""
        self._at = in_vietnam(at)

    def __call__(self) -> datetime:
        """Return the moment it stands at."""
        return self._at

    def __repr__(self) -> str:
        """Return how it was made, at its present moment."""
        return f"Clock({self._at.isoformat()})"

    def tick(
        self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0
    ) -> datetime:
        """Go on by so much as time passes, working or not; return the moment then.

        Raises:
            BadQuantity: TF122 where that is before now, or no moment at all.
        """
        return self.to(_sum(self._at, 1, days=days, hours=hours, minutes=minutes, seconds=seconds))

    def to(self, moment: datetime) -> datetime:
        """Go on to *moment*; return it.

        Raises:
            BadQuantity: TF122 where it is before now.

        Example:
            >>> Clock(datetime(2026, 3, 2, 8)).to(datetime(2026, 3, 1))
            Traceback (most recent call last):
            tthc_flow.errors.BadQuantity: TF122 the clock stands at 2026-03-02 08:00:00, ...
              → clock.back(...) puts it back on purpose
        """
        there = in_vietnam(moment)
        if there < self._at:
            now, then = (each.replace(tzinfo=None) for each in (self._at, there))
            fact = f"the clock stands at {now}, which is after {then}"
            raise BadQuantity("TF122", fact, hint="clock.back(...) puts it back on purpose")
        self._at = there
        return there

    def forward(
        self, by: Duration | str, calendar: Calendar, bare_day: TimeUnit | None = None
    ) -> datetime:
        """Go on to where a period of *by* that begins now ends; return that moment.

        Args:
            by: A duration, or a text as tables print it: "3 ngày làm việc".
            calendar: Which days are worked, and until when.
            bare_day: What a bare "ngày" means here: ``WORKING_DAY`` or ``CALENDAR_DAY``.

        Raises:
            BadQuantity: TF121 for a text that says no length, TF106 for a year without a
                calendar, TF107 for a bare day whose meaning is not given.

        Example:
            >>> from tthc_flow.calendars.calendar import Calendar
            >>> clock = Clock(datetime(2026, 3, 6, 9))  # a Friday
            >>> clock.forward("2 ngày làm việc", Calendar.load(2026)).isoformat()
            '2026-03-10T17:00:00+07:00'

        Source: Bộ luật Dân sự 2015 Điều 147-148, by :mod:`tthc_flow.calendars.due`.
        """
        return self.to(ending(self._at, length(by), calendar, bare_day))

    def back(
        self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0
    ) -> datetime:
        """Put the clock back by so much, as a faulty machine might; return the moment then.

        An engine whose clock was put back refuses the next step (``StoreFault`` TF711).

        Raises:
            BadQuantity: TF122 where that is no moment at all.

        Example:
            >>> Clock(datetime(2026, 3, 2, 8)).back(hours=1).isoformat()
            '2026-03-02T07:00:00+07:00'
        """
        self._at = _sum(self._at, -1, days=days, hours=hours, minutes=minutes, seconds=seconds)
        return self._at


def length(by: Duration | str) -> Duration:
    """Return *by* as a duration.

    Raises:
        BadQuantity: TF121 for a text that says no length, or more than one.

    Example:
        >>> length("4 giờ làm việc")
        Duration(amount=Fraction(4, 1), unit=<TimeUnit.WORKING_HOUR: 'working_hour'>, at_least=None)
    """
    if isinstance(by, Duration):
        return by
    found = read_duration(by)
    if found.duration is None or found.reason is not None:
        fact = f"{by!r} says no length of time"
        raise BadQuantity("TF121", fact, hint="write e.g. '3 ngày làm việc' or '4 giờ làm việc'")
    return found.duration


def ending(
    since: datetime, by: Duration, calendar: Calendar, bare_day: TimeUnit | None = None
) -> datetime:
    """Return where a period of *by* from *since* ends, whose clock never stands.

    Raises:
        BadQuantity: TF106, TF107.

    Source: Bộ luật Dân sự 2015 Điều 147-148.
    """
    return due(since, by, calendar, bare_day) or since


def _sum(at: datetime, sign: int, **parts: float) -> datetime:
    try:
        return at + sign * timedelta(**parts)
    except (OverflowError, ValueError) as error:
        said = ", ".join(f"{name}={value}" for name, value in parts.items() if value)
        fact = f"from {at.isoformat()} the clock cannot be moved by {said}"
        raise BadQuantity("TF122", fact, hint="stay within the years 1 to 9999") from error
