"""A slow and plain counter of deadlines: minute by minute, day by day, from the files themselves.

It shares no code with the package: the calendar files are read here, moments are stepped through,
and stops are sets of days and minutes that are left out instead of days by which an end moves. Give
it stops merged and cut off at the start, and moments of whole minutes.
"""

from __future__ import annotations

import csv
from datetime import date, datetime, time, timedelta
from pathlib import Path

import tthc_flow.calendars

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
FULL = ((8 * 60, 12 * 60), (13 * 60, 17 * 60))
MORNING = ((8 * 60, 12 * 60),)
Stops = list[tuple[datetime, datetime | None]]


def _files() -> dict[date, str]:
    kinds = {}
    for path in Path(tthc_flow.calendars.__file__).with_name("years").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                if row["status"] != "unconfirmed":
                    kinds[date.fromisoformat(row["date"])] = row["kind"]
    return kinds


class Counter:
    """Counts in one calendar: the shipped days, mornings on *half* days, and on Saturdays if so."""

    def __init__(self, half: set[date], *, saturdays: bool) -> None:
        self.kinds = _files() | dict.fromkeys(half, "half")
        self.saturdays = saturdays

    def opened(self, day: date) -> tuple[tuple[int, int], ...]:
        kind = self.kinds.get(day)
        if kind is not None:
            return {"off": (), "working": FULL, "half": MORNING}[kind]
        if day.weekday() == 5:
            return MORNING if self.saturdays else ()
        return () if day.weekday() == 6 else FULL

    def at_work(self, moment: datetime) -> bool:
        minute = moment.hour * 60 + moment.minute
        return any(first <= minute < last for first, last in self.opened(moment.date()))

    def closing_from(self, day: date) -> datetime:
        """Return the closing hour of *day* or of the first day after it that is worked."""
        while not self.opened(day):
            day += DAY
        return datetime.combine(day, time(0)) + MINUTE * self.opened(day)[-1][1]

    def hours(self, start: datetime, minutes: int, stops: Stops) -> datetime | None:
        """Count worked minutes one by one."""
        moment = start
        while minutes:
            if any(until is None and since <= moment for since, until in stops):
                return None
            minutes -= self.at_work(moment) and not _in_a_stop(moment, stops)
            moment += MINUTE
        return moment

    def clock(self, start: datetime, minutes: int, stops: Stops) -> datetime | None:
        """Count every minute, then leave the days off and the stops that the end lies in."""
        counted: Stops = []
        while True:
            moment, left = start, minutes
            while left:
                left -= not _in_a_stop(moment, counted)
                moment += MINUTE
            # The last minute says on which day the period ends.
            last = (moment - MINUTE).date()
            end = moment if self.opened(last) else self.closing_from(last)
            end = self._past_the_stops(end, counted)
            further = [stop for stop in stops if stop not in counted and stop[0] < end]
            if not further:
                return end
            if any(until is None for _, until in further):
                return None
            counted.append(min(further))

    def days(self, start: datetime, count: int, stops: Stops, *, worked: bool) -> datetime | None:
        """Count days one by one, without those after the day of a stop up to that of resuming."""
        counted: Stops = []
        while True:
            end = self._past_the_stops(self._last_day(start, count, counted, worked), counted)
            further = [stop for stop in stops if stop not in counted and stop[0] < end]
            if not further:
                return end
            if any(until is None for _, until in further):
                return None
            counted.append(min(further))

    def _last_day(self, start: datetime, count: int, stops: Stops, worked: bool) -> datetime:  # noqa: FBT001
        left_out = set()
        for since, until in stops:
            day = since.date()
            while day < until.date():
                day += DAY
                left_out.add(day)
        day = start.date()
        while count:
            day += DAY
            count -= day not in left_out and (not worked or bool(self.opened(day)))
        return self.closing_from(day)

    def _past_the_stops(self, end: datetime, stops: Stops) -> datetime:
        resumed = max((until for _, until in stops), default=None)
        if resumed is None or end > resumed:
            return end
        end = self.closing_from(resumed.date())
        return end if end > resumed else self.closing_from(resumed.date() + DAY)


def _in_a_stop(moment: datetime, stops: Stops) -> bool:
    return any(since <= moment and (until is None or moment < until) for since, until in stops)
