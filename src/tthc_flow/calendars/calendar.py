"""A working calendar: days off, swapped Saturdays and office hours, as data by year.

Every year is one file ``years/<year>.csv`` with columns ``date,kind,name,status,source``. The
status says how sure a day is: ``law`` (its date follows from the Labour Code, lunar days are
shipped and not computed), ``announced`` (the yearly notice as generally known; the text itself was
not read for this file), ``expected`` (no notice yet, by the pattern of earlier years) and
``unconfirmed`` (listed so that nobody misses it, but counted as a working day).

Source: Bộ luật Lao động 2019 Điều 111-112; yearly notices named in the files.
"""

from __future__ import annotations

import csv
from datetime import date, time, timedelta
from enum import StrEnum
from functools import cached_property
from importlib import resources
from os import PathLike, fspath
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Self

from attrs import evolve, frozen

from tthc_flow.errors import BadQuantity, UnreadableInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

OFFICE_HOURS: Final = ((time(8), time(12)), (time(13), time(17)))
"""Eight hours, so that a working day is 480 minutes; provinces differ and may give their own."""

WEEKEND: Final = frozenset({5, 6})
"""Saturday and Sunday, as :meth:`datetime.date.weekday` numbers them."""


class DayKind(StrEnum):
    """What an entry makes of its day: a day off, or a Saturday that is worked instead."""

    OFF = "off"
    WORKING = "working"


class DayStatus(StrEnum):
    """How sure an entry is; ``UNCONFIRMED`` does not count."""

    LAW = "law"
    ANNOUNCED = "announced"
    EXPECTED = "expected"
    UNCONFIRMED = "unconfirmed"


@frozen(kw_only=True)
class CalendarDay:
    """A day that differs from its week day: why, how sure, by which source."""

    date: date
    kind: DayKind
    name: str
    status: DayStatus
    source: str = ""


@frozen(kw_only=True)
class Calendar:
    """Days that differ from their week day in *years*, and the office hours of a working day."""

    years: frozenset[int]
    days: tuple[CalendarDay, ...]
    hours: tuple[tuple[time, time], ...] = OFFICE_HOURS
    weekend: frozenset[int] = WEEKEND

    @classmethod
    def load(cls, *years: int, more: str | PathLike[str] | None = None) -> Self:
        """Return the shipped calendar of *years* (all that are shipped where none is named).

        Args:
            years: The years wanted.
            more: A file of the same columns whose entries go before the shipped ones; it may
                cover further years.

        Raises:
            BadQuantity: TF106 for a year that neither the package nor *more* covers.
            UnreadableInput: TF291 or TF292 where *more* cannot be read.

        Example:
            >>> Calendar.load(2025).is_working(date(2025, 9, 2))
            False

        Source: see the module.
        """
        shipped = _shipped()
        own = _read(fspath(more)) if more is not None else ()
        covered = frozenset(shipped) | {day.date.year for day in own}
        wanted = frozenset(years) or covered
        if missing := wanted - covered:
            raise BadQuantity.year_not_covered(min(missing), tuple(sorted(covered)))
        found = [
            day for year in sorted(wanted & shipped.keys()) for day in _parsed(shipped[year], "")
        ]
        return cls(years=wanted, days=tuple(found)).with_days(own)

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

    def is_working(self, day: date) -> bool:
        """Return whether offices work on *day*.

        Raises:
            BadQuantity: TF106 where the calendar does not cover the year.

        Example:
            >>> Calendar.load(2025).is_working(date(2025, 4, 26))  # a Saturday worked for 2 May
            True

        Source: see the module.
        """
        if day.year not in self.years:
            raise BadQuantity.year_not_covered(day.year, tuple(sorted(self.years)))
        entry = self.by_date.get(day)
        return day.weekday() not in self.weekend if entry is None else entry.kind == DayKind.WORKING

    def next_working(self, day: date) -> date:
        """Return *day* if it is worked, else the first working day after it.

        Example:
            >>> Calendar.load(2025).next_working(date(2025, 8, 30))
            datetime.date(2025, 9, 3)

        Source: Bộ luật Dân sự 2015 Điều 148.
        """
        while not self.is_working(day):
            day += timedelta(days=1)
        return day

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


def _shipped() -> dict[int, str]:
    folder = resources.files("tthc_flow.calendars").joinpath("years")
    return {
        int(file.name.removesuffix(".csv")): file.read_text(encoding="utf-8")
        for file in folder.iterdir()
        if file.name.endswith(".csv")
    }


def _read(path: str) -> tuple[CalendarDay, ...]:
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(
            "TF291",
            f"calendar cannot be read ({error})",
            place=path,
            hint="give a UTF-8 CSV file with columns date,kind,name,status,source",
        ) from error
    return _parsed(text, path)


def _parsed(text: str, place: str) -> tuple[CalendarDay, ...]:
    """Return the entries of a calendar file; *status* may be left out (announced)."""
    days: list[CalendarDay] = []
    for number, row in enumerate(csv.DictReader(text.splitlines()), start=2):
        try:
            days.append(
                CalendarDay(
                    date=date.fromisoformat(row["date"]),
                    kind=DayKind(row["kind"]),
                    name=row.get("name") or "",
                    status=DayStatus(row.get("status") or DayStatus.ANNOUNCED),
                    source=row.get("source") or "",
                )
            )
        except (KeyError, TypeError, ValueError) as error:
            raise UnreadableInput(
                "TF292",
                f"calendar entry is not understood ({error})",
                place=f"{place}:{number}",
                hint="write e.g. 2026-11-24,off,Ngày Văn hóa Việt Nam,announced,<văn bản>",
            ) from error
    return tuple(days)
