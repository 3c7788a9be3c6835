"""Office hours between two moments of a log, counted without walking through the days.

For millions of pairs: what :func:`.stops.worked_minutes` counts for one.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import Factory, define

from tthc_flow.errors import BadQuantity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.calendars.calendar import Calendar

_MICROSECONDS: Final = 60_000_000
_Day: TypeAlias = tuple[int, tuple[tuple[int, int], ...]]


def minutes(micros: int) -> Fraction:
    """Return that many microseconds in minutes, exact.

    Example:
        >>> minutes(90_000_000)
        Fraction(3, 2)
    """
    return Fraction(micros, _MICROSECONDS)


@define
class WorkedClock:
    """Counts worked time by *calendar*, in whole microseconds, for moments in Vietnamese time.

    Example:
        >>> from tthc_flow.calendars.calendar import Calendar
        >>> clock = WorkedClock(Calendar.load(2025))
        >>> clock.between(datetime(2025, 3, 7, 16), datetime(2025, 3, 10, 8, 30)) // 60_000_000
        90

    Source: office hours of the calendar.
    """

    calendar: Calendar
    _years: dict[int, Mapping[date, _Day]] = Factory(dict)
    _before: dict[int, int] = Factory(dict)

    def between(self, start: datetime, end: datetime) -> int:
        """Return the worked microseconds from *start* to *end*; negative if *end* is earlier.

        Raises:
            BadQuantity: TF106 where a year from one to the other has no calendar.
        """
        for year in range(min(start.year, end.year), max(start.year, end.year) + 1):
            if year not in self.calendar.years:
                raise BadQuantity.year_not_covered(year, tuple(sorted(self.calendar.years)))
        return self._at(end) - self._at(start)

    def is_open(self, moment: datetime) -> bool:
        """Return whether the office is open at *moment*; the closing minute still counts."""
        now = _micros(moment)
        return any(opened <= now <= close for opened, close in self._day(moment)[1])

    def covers(self, moment: datetime) -> bool:
        """Return whether the calendar knows the year of *moment*."""
        return moment.year in self.calendar.years

    def _at(self, moment: datetime) -> int:
        """Return what is worked from the beginning of the covered years until *moment*."""
        total, spans = self._day(moment)
        total += self._before[moment.year]
        now = _micros(moment)
        for opened, close in spans:
            total += max(min(now, close) - opened, 0)
        return total

    def _day(self, moment: datetime) -> _Day:
        year = moment.year
        if year not in self._years:
            self._fill(year)
        return self._years[year][moment.date()]

    def _fill(self, year: int) -> None:
        """Count the days of *year*, and what is worked in the covered years right before it."""
        if year - 1 in self.calendar.years and year - 1 not in self._years:
            self._fill(year - 1)
        days: dict[date, _Day] = {}
        total, first = 0, date(year, 1, 1)
        for number in range((date(year, 12, 31) - first).days + 1):
            day = first + timedelta(days=number)
            spans = tuple(
                (_micros(datetime.combine(day, opened)), _micros(datetime.combine(day, close)))
                for opened, close in self.calendar.hours_of(day)
            )
            days[day] = total, spans
            total += sum(close - opened for opened, close in spans)
        self._years[year] = days
        before = self._before.get(year - 1, 0)
        if year - 1 in self._years:
            last, spans = self._years[year - 1][date(year - 1, 12, 31)]
            before += last + sum(close - opened for opened, close in spans)
        self._before[year] = before


def _micros(moment: datetime) -> int:
    seconds = (moment.hour * 60 + moment.minute) * 60 + moment.second
    return seconds * 1_000_000 + moment.microsecond
