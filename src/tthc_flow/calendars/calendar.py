"""A working calendar: days off, swapped Saturdays and office hours, as data by year.

Every year is one file ``years/<year>.csv`` with columns ``date,kind,name,status,source`` and, if
days are worked for a part, ``hours``. The status says how sure a day is: ``law`` (its date follows
from the Labour Code, lunar days are shipped and not computed), ``announced`` (the yearly notice as
generally known; the text itself was not read for this file), ``expected`` (no notice yet, by the
pattern of earlier years) and ``unconfirmed`` (listed so that nobody misses it, but counted as a
working day).

Source: Bộ luật Lao động 2019 Điều 111-112; yearly notices named in the files.
"""

from __future__ import annotations

from datetime import MAXYEAR, date, datetime, timedelta
from functools import cached_property
from os import PathLike, fspath
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Self

from attrs import evolve, field, frozen

from tthc_flow.calendars.day import CalendarDay, DayKind, DayStatus
from tthc_flow.calendars.files import parsed_days, read_days, shipped_years
from tthc_flow.calendars.hours import (
    OFFICE_HOURS,
    Hours,
    WeekdayHours,
    bad_hours,
    worked_hours,
)
from tthc_flow.errors import BadQuantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

WEEKEND: Final = frozenset({5, 6})
"""Saturday and Sunday, as :meth:`datetime.date.weekday` numbers them."""


def _each_once(_instance: object, _attribute: object, weekly: tuple[WeekdayHours, ...]) -> None:
    if len({each.weekday for each in weekly}) < len(weekly):
        raise bad_hours("a day of the week has two lines of hours")


@frozen(kw_only=True)
class Calendar:
    """Days that differ from their week day in *years*, and the office hours of a working day.

    What an entry says goes before *weekly*, the hours of whole week days (every Saturday morning),
    and that goes before *weekend*. *hours* are those of any other working day and of a swapped one.

    Raises:
        BadQuantity: TF111 for hours that cannot be.
    """

    years: frozenset[int]
    days: tuple[CalendarDay, ...]
    hours: Hours = field(default=OFFICE_HOURS, validator=worked_hours)
    weekend: frozenset[int] = WEEKEND
    weekly: tuple[WeekdayHours, ...] = field(default=(), validator=_each_once)

    @classmethod
    def load(
        cls,
        *years: int,
        more: str | PathLike[str] | None = None,
        weekly: tuple[WeekdayHours, ...] = (),
    ) -> Self:
        """Return the shipped calendar of *years* (all that are shipped where none is named).

        Args:
            years: The years wanted.
            more: A file of the same columns whose entries go before the shipped ones; it may
                cover further years.
            weekly: Week days with hours of their own, e.g. each Saturday 08:00-12:00.

        Raises:
            BadQuantity: TF106 for a year that neither the package nor *more* covers; TF111 for a
                week day that is given twice.
            UnreadableInput: TF291 or TF292 where *more* cannot be read.

        Example:
            >>> Calendar.load(2025).is_working(date(2025, 9, 2))
            False
            >>> from tthc_flow.calendars.hours import hours
            >>> saturdays = WeekdayHours(weekday=5, hours=hours("08:00-12:00"))
            >>> Calendar.load(2025, weekly=(saturdays,)).is_working(date(2025, 3, 8))
            True

        Source: see the module.
        """
        shipped = shipped_years()
        own = read_days(fspath(more)) if more is not None else ()
        covered = frozenset(shipped) | {day.date.year for day in own}
        wanted = frozenset(years) or covered
        if missing := wanted - covered:
            raise BadQuantity.year_not_covered(min(missing), tuple(sorted(covered)))
        found = [
            day
            for year in sorted(wanted & shipped.keys())
            for day in parsed_days(shipped[year], f"{year}.csv")
        ]
        return cls(years=wanted, days=tuple(found), weekly=weekly).with_days(own)

    def with_days(self, days: Iterable[CalendarDay]) -> Self:
        """Return this calendar in which *days* go before what it says of the same dates.

        Example:
            >>> day = CalendarDay(date=date(2026, 11, 24), kind="off", name="", status="announced")
            >>> Calendar.load(2026).with_days([day]).is_working(day.date)
            False

        Source: a province or a later notice may set a day.
        """
        given = {day.date: day for day in days}
        kept = tuple(day for day in self.days if day.date not in given)
        return evolve(self, days=tuple(sorted((*kept, *given.values()), key=lambda day: day.date)))

    @cached_property
    def by_date(self) -> Mapping[date, CalendarDay]:
        """Return the entries that count, by their date."""
        counting = (day for day in self.days if day.status != DayStatus.UNCONFIRMED)
        return MappingProxyType({day.date: day for day in counting})

    @cached_property
    def by_weekday(self) -> tuple[Hours, ...]:
        """Return the hours of the seven week days, Monday first; none of one that is off."""
        own = {each.weekday: each.hours for each in self.weekly}
        return tuple(
            own.get(weekday, () if weekday in self.weekend else self.hours) for weekday in range(7)
        )

    def hours_of(self, day: date) -> Hours:
        """Return the office hours of *day*, in order; none where it is off.

        Raises:
            BadQuantity: TF106 where the calendar does not cover the year.

        Example:
            >>> Calendar.load(2025).hours_of(date(2025, 9, 2))
            ()

        Source: see the module.
        """
        if day.year not in self.years:
            raise BadQuantity.year_not_covered(day.year, tuple(sorted(self.years)))
        entry = self.by_date.get(day)
        if entry is None:
            return self.by_weekday[day.weekday()]
        match entry.kind:
            case DayKind.WORKING:
                return self.hours
            case DayKind.HALF:
                return entry.hours
            case _:
                return ()

    def is_working(self, day: date) -> bool:
        """Return whether offices work on *day*, be it for a part of it.

        Raises:
            BadQuantity: TF106 where the calendar does not cover the year.

        Example:
            >>> Calendar.load(2025).is_working(date(2025, 4, 26))  # a Saturday worked for 2 May
            True

        Source: see the module.
        """
        return bool(self.hours_of(day))

    def day_after(self, day: date, days: int = 1) -> date:
        """Return the date that many *days* after *day* (before it, where they are negative).

        Raises:
            BadQuantity: TF106 where there is no such date: no calendar covers its year.

        Example:
            >>> Calendar.load(2025).day_after(date(2025, 12, 31))
            datetime.date(2026, 1, 1)
        """
        try:
            return day + timedelta(days=days)
        except OverflowError as error:
            year = MAXYEAR + 1 if days > 0 else 0
            raise BadQuantity.year_not_covered(year, tuple(sorted(self.years))) from error

    def next_working(self, day: date) -> date:
        """Return *day* if it is worked, else the first working day after it.

        Example:
            >>> Calendar.load(2025).next_working(date(2025, 8, 30))
            datetime.date(2025, 9, 3)

        Source: Bộ luật Dân sự 2015 Điều 148.
        """
        while not self.is_working(day):
            day = self.day_after(day)
        return day

    def closing(self, day: date, like: datetime) -> datetime:
        """Return when the office closes on the working *day*, in the time zone of *like*.

        Example:
            >>> Calendar.load(2025).closing(date(2025, 9, 3), datetime(2025, 9, 1)).isoformat()
            '2025-09-03T17:00:00'

        Source: see :mod:`tthc_flow.calendars.due` on the end of a day.
        """
        return datetime.combine(day, self.hours_of(day)[-1][1], like.tzinfo)

    def doubtful(self, first: date, last: date) -> tuple[CalendarDay, ...]:
        """Return the entries of a period that are expected or unconfirmed, to be told with it.

        Example:
            >>> november = date(2026, 11, 1), date(2026, 11, 30)
            >>> [day.name for day in Calendar.load(2026).doubtful(*november)]
            ['Ngày Văn hóa Việt Nam']

        Source: see the module.
        """
        doubt = {DayStatus.EXPECTED, DayStatus.UNCONFIRMED}
        return tuple(day for day in self.days if first <= day.date <= last and day.status in doubt)
