"""The files of working calendars: one a year with the package, and a user's own."""

from __future__ import annotations

import csv
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Final

from tthc_flow.calendars.day import CalendarDay, DayKind, DayStatus
from tthc_flow.calendars.hours import hours
from tthc_flow.errors import BadQuantity, UnreadableInput

COLUMNS: Final = "date,kind,name,status,source,hours"


def shipped_years() -> dict[int, str]:
    """Return the text of the shipped files by their year.

    Example:
        >>> sorted(shipped_years())
        [2024, 2025, 2026, 2027]

    Source: the yearly notices named in the files.
    """
    folder = resources.files("tthc_flow.calendars").joinpath("years")
    return {
        int(file.name.removesuffix(".csv")): file.read_text(encoding="utf-8")
        for file in folder.iterdir()
        if file.name.endswith(".csv")
    }


def read_days(path: str) -> tuple[CalendarDay, ...]:
    """Return the entries of the calendar file at *path*.

    Raises:
        UnreadableInput: TF291 where there is no such file of text, TF292 as :func:`parsed_days`.

    Example:
        >>> read_days("no such file")
        Traceback (most recent call last):
        tthc_flow.errors.UnreadableInput: TF291 no such file: calendar cannot be read ...
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise UnreadableInput(
            "TF291",
            f"calendar cannot be read ({error})",
            place=path,
            hint=f"give a UTF-8 CSV file with columns {COLUMNS}",
            fact_vi=getattr(error, "strerror", None) or str(error),
        ) from error
    return parsed_days(text, path)


def parsed_days(text: str, place: str) -> tuple[CalendarDay, ...]:
    r"""Return the entries of a calendar's *text*, which came from *place*.

    The columns *name*, *status* (announced), *source* and *hours* may be left out; *hours* are
    those of a ``half`` day, as ``08:00-12:00 13:00-15:00``.

    Raises:
        UnreadableInput: TF292 with the line of the first entry that is not understood, or that
            says of a date something else than an entry before it.

    Example:
        >>> parsed_days("date,kind,hours\n2026-12-31,half,08:00-12:00\n", "own.csv")[0].hours
        ((datetime.time(8, 0), datetime.time(12, 0)),)
    """
    rows = csv.DictReader(text.splitlines())
    days: dict[date, CalendarDay] = {}
    try:
        for day in map(_day, rows):
            _add(days, day)
    except (KeyError, TypeError, ValueError, csv.Error, BadQuantity) as error:
        reason = error.fact if isinstance(error, BadQuantity) else error
        raise UnreadableInput(
            "TF292",
            f"calendar entry is not understood ({reason})",
            place=f"{place}:{rows.line_num}",
            hint="write e.g. 2026-11-24,off,Ngày Văn hóa Việt Nam,announced,<văn bản>,"
            " and hours 08:00-12:00 at the end for kind half",
            fact_vi=str(reason),
        ) from error
    return tuple(days.values())


def _add(days: dict[date, CalendarDay], day: CalendarDay) -> None:
    if days.setdefault(day.date, day) != day:
        said = days[day.date]
        raise ValueError(f"{day.date} is {said.kind!s} “{said.name}” already")


def _day(row: dict[str, str]) -> CalendarDay:
    return CalendarDay(
        date=date.fromisoformat(row["date"]),
        kind=DayKind(row["kind"]),
        name=row.get("name") or "",
        status=DayStatus(row.get("status") or DayStatus.ANNOUNCED),
        source=row.get("source") or "",
        hours=hours(row.get("hours") or ""),
    )
