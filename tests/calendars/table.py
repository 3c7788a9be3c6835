"""The table of hand-counted deadlines: its rows, read without the package's own readers."""

from __future__ import annotations

import csv
from datetime import date, datetime, time
from pathlib import Path

from attrs import evolve, frozen

from tthc_flow.calendars.calendar import Calendar
from tthc_flow.calendars.day import CalendarDay
from tthc_flow.calendars.hours import WeekdayHours
from tthc_flow.calendars.stops import Stop
from tthc_flow.units import Duration, TimeUnit

SHIPPED = Calendar.load()
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@frozen(kw_only=True)
class Case:
    """One row: what is asked, the answer counted by hand, and how it was counted."""

    line: int
    start: datetime
    duration: Duration
    bare_day: TimeUnit | None
    stops: tuple[Stop, ...]
    calendar: Calendar
    due: str
    why: str


def cases() -> tuple[Case, ...]:
    with Path(__file__).with_name("deadlines.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(_case(number, row) for number, row in enumerate(csv.DictReader(lines), 2))


def _case(line: int, row: dict[str, str]) -> Case:
    unit, _, means = row["unit"].partition(":")
    return Case(
        line=line,
        start=datetime.fromisoformat(row["start"]),
        duration=Duration(amount=row["amount"], unit=unit),
        bare_day=TimeUnit(means) if means else None,
        stops=tuple(_stop(each) for each in row["stops"].split(";") if each),
        calendar=_calendar(row["calendar"]),
        due=row["due"],
        why=row["why"],
    )


def _stop(text: str) -> Stop:
    since, _, until = text.partition("/")
    return Stop(
        since=datetime.fromisoformat(since),
        until=datetime.fromisoformat(until) if until else None,
        reason="yêu cầu bổ sung",
    )


def _spans(words: list[str]) -> tuple[tuple[time, time], ...]:
    pairs = (word.split("-") for word in words)
    return tuple((time.fromisoformat(opened), time.fromisoformat(close)) for opened, close in pairs)


def _calendar(text: str) -> Calendar:
    """Return the shipped calendar with what the row says of it, e.g. ``sat 08:00-12:00``."""
    first, *words = text.split() or [""]
    if not first:
        return SHIPPED
    if first == "hours":
        return evolve(SHIPPED, hours=_spans(words))
    if first in WEEKDAYS:
        own = WeekdayHours(weekday=WEEKDAYS.index(first), hours=_spans(words))
        return evolve(SHIPPED, weekly=(own,))
    kind, *spans = words
    day = CalendarDay(
        date=date.fromisoformat(first),
        kind=kind,
        name="",
        status="announced",
        hours=_spans(spans),
    )
    return SHIPPED.with_days([day])
