"""Stops as values, what is left of a period, when to warn, extensions, zones, endless periods."""

from __future__ import annotations

import time as clock
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from calendars.test_counting import asked
from tthc_flow.calendars.calendar import Calendar
from tthc_flow.calendars.due import due, extended
from tthc_flow.calendars.stops import Stop, near, remaining, standing_still, worked_minutes
from tthc_flow.errors import BadQuantity
from tthc_flow.units import Duration, TimeUnit, WorkTime

CALENDAR = Calendar.load()
VIETNAM = timezone(timedelta(hours=7))
WD, WH, CD, H = (
    TimeUnit.WORKING_DAY,
    TimeUnit.WORKING_HOUR,
    TimeUnit.CALENDAR_DAY,
    TimeUnit.HOUR,
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def stop(since: str, until: str | None = None) -> Stop:
    return Stop(since=at(since), until=at(until) if until else None, reason="yêu cầu bổ sung")


NOON = stop("2025-03-03T11:30", "2025-03-03T13:30")


def test_a_stop_that_ends_before_it_begins_is_refused():
    with pytest.raises(BadQuantity, match="TF112"):
        stop("2025-03-04T10:00", "2025-03-04T09:59")
    with pytest.raises(BadQuantity, match="TF112"):
        # 10:00 in Việt Nam is 03:00 UTC.
        stop("2025-03-04T10:00+07:00", "2025-03-04T02:59+00:00")
    assert stop("2025-03-04T10:00+07:00", "2025-03-04T03:00+00:00").until is not None


def test_stops_that_overlap_or_touch_are_one_and_begin_with_the_period():
    start = at("2025-03-03T09:00")
    early, late = stop("2025-03-01T09:00", "2025-03-03T10:00"), stop("2025-03-05T09:00")
    touching, inside = stop("2025-03-03T10:00", "2025-03-04T10:00"), stop("2025-03-06T09:00")
    over = stop("2025-02-01T09:00", "2025-03-03T09:00")
    assert standing_still((late, touching, inside, early, over), start) == (
        (start, at("2025-03-04T10:00")),
        (at("2025-03-05T09:00"), None),
    )


def test_moments_with_and_without_a_zone_do_not_mix():
    start, end = at("2025-03-03T09:00"), at("2025-03-05T09:00")
    aware = end.replace(tzinfo=VIETNAM)
    day = Duration(amount=1, unit=WD)
    with pytest.raises(BadQuantity, match="TF113"):
        stop("2025-03-04T10:00", "2025-03-04T11:00+07:00")
    with pytest.raises(BadQuantity, match="TF113"):
        due(start, day, CALENDAR, stops=(stop("2025-03-03T10:00+07:00"),))
    for call in (worked_minutes, remaining, near):
        with pytest.raises(BadQuantity, match="TF113"):
            call(start, aware, CALENDAR)


@pytest.mark.parametrize(
    ("start", "end", "stops", "minutes"),
    [
        ("2025-03-03T09:00", "2025-03-03T14:30", (), 270),
        ("2025-03-03T12:10", "2025-03-03T12:50", (), 0),
        # Friday 60, Monday 30; over the National Day of 2025; over Tết 2026.
        ("2025-03-07T16:00", "2025-03-10T08:30", (), 90),
        ("2025-08-29T16:00", "2025-09-03T09:00", (), 120),
        ("2026-02-13T16:30", "2026-02-23T08:30", (), 60),
        # A swapped Saturday is a whole day.
        ("2025-04-25T17:00", "2025-04-28T08:00", (), 480),
        ("2025-03-03T09:00", "2025-03-03T14:30", (NOON,), 210),
        ("2025-03-03T09:00", "2025-03-03T14:30", (stop("2025-03-03T10:00"),), 60),
        ("2025-03-03T09:00", "2025-03-03T09:00:45", (), Fraction(3, 4)),
        ("2025-03-03T14:30", "2025-03-03T09:00", (), -270),
    ],
)
def test_worked_minutes_are_those_counted_by_hand(start, end, stops, minutes):
    assert worked_minutes(at(start), at(end), CALENDAR, stops) == minutes


@pytest.mark.parametrize(
    ("now", "end", "days", "minutes", "late"),
    [
        ("2025-03-07T16:00", "2025-03-11T17:00", 2, 1020, False),
        ("2025-03-11T09:00", "2025-03-11T17:00", 0, 420, False),
        # Friday 29/8 to Wednesday 3/9: the days between are off.
        ("2025-08-29T09:00", "2025-09-03T17:00", 1, 900, False),
        ("2025-03-11T17:00", "2025-03-11T17:00", 0, 0, False),
        # Late by no working time at all, and by a day.
        ("2025-03-11T18:00", "2025-03-11T17:00", 0, 0, True),
        ("2025-03-12T10:00", "2025-03-11T17:00", -1, -120, True),
    ],
)
def test_what_remains_is_counted_by_hand(now, end, days, minutes, late):
    left = remaining(at(now), at(end), CALENDAR)
    assert (left.days, left.work, left.late) == (days, WorkTime(minutes), late)


@pytest.mark.parametrize(
    ("since", "end", "amount", "unit", "warned"),
    [
        # One working day before, over a week-end and over Tết.
        ("2025-03-03T09:00", "2025-03-10T17:00", 1, WD, "2025-03-07T17:00"),
        ("2026-02-10T09:00", "2026-02-23T17:00", 1, WD, "2026-02-13T17:00"),
        ("2025-03-03T09:00", "2025-03-06T10:15", 1, WD, "2025-03-05T10:15"),
        # A day and a half: to Friday 17:00, then 240 minutes.
        ("2025-03-03T09:00", "2025-03-10T17:00", "1.5", WD, "2025-03-07T13:00"),
        ("2025-03-03T09:00", "2025-03-10T09:00", 3, WH, "2025-03-07T15:00"),
        ("2025-03-03T09:00", "2025-03-10T17:00", 2, CD, "2025-03-08T17:00"),
        ("2025-03-03T09:00", "2025-03-10T17:00", 24, H, "2025-03-09T17:00"),
        # Not longer than a day: half of the working time. Monday 9:00 to Tuesday 17:00 is longer.
        ("2025-03-03T09:00", "2025-03-04T17:00", 1, WD, "2025-03-03T17:00"),
        ("2025-03-03T18:30", "2025-03-04T17:00", 1, WD, "2025-03-04T12:00"),
        ("2025-03-03T09:00", "2025-03-03T11:00", 1, WD, "2025-03-03T10:00"),
        ("2025-03-03T15:00", "2025-03-04T10:00", 1, WD, "2025-03-03T17:00"),
        ("2025-03-07T16:00", "2025-03-10T09:00", 4, WH, "2025-03-07T17:00"),
        # No working time in it: half of the time.
        ("2025-03-03T18:00", "2025-03-03T22:00", 1, WD, "2025-03-03T20:00"),
        # 420 + 4 x 480 + 480 = 2820 minutes; 1410 = 420 + 480 + 480 + 30.
        ("2025-03-03T09:00", "2025-03-10T17:00", 1000000, CD, "2025-03-06T08:30"),
        ("2025-03-03T09:00", "2025-03-10T17:00", 10**15, H, "2025-03-06T08:30"),
        # The first day of the calendar: nothing is asked of the year before.
        ("2024-01-02T09:00", "2024-01-02T17:00", 1, WD, "2024-01-02T13:30"),
        ("2025-03-03T09:00", "2025-03-03T09:00", 1, WD, "2025-03-03T09:00"),
        ("2025-03-03T09:00", "2025-03-10T17:00", 0, WD, "2025-03-10T17:00"),
    ],
)
def test_the_moment_of_a_warning_is_counted_by_hand(since, end, amount, unit, warned):
    moment = near(at(since), at(end), CALENDAR, Duration(amount=amount, unit=unit))
    assert moment == at(warned)


def test_a_warning_before_a_half_day_comes_when_its_office_closes():
    morning = (CALENDAR.hours[0],)
    half = evolve(CALENDAR.days[0], date=at("2025-03-07").date(), kind="half", hours=morning)
    warned = near(at("2025-03-03T09:00"), at("2025-03-10T17:00"), CALENDAR.with_days([half]))
    assert warned == at("2025-03-07T12:00")


def test_a_warning_by_bare_days_is_never_guessed():
    two = Duration(amount=2, unit=TimeUnit.DAY)
    monday, end = at("2025-03-03T09:00"), at("2025-03-10T17:00")
    with pytest.raises(BadQuantity, match="TF107"):
        near(monday, end, CALENDAR, two)
    assert near(monday, end, CALENDAR, two, CD) == at("2025-03-08T17:00")


@given(asked(), st.integers(1, 60), st.sampled_from([WD, WH, CD, H]), st.integers(0, 20))
def test_a_warning_lies_between_the_start_and_the_end(case, quarters, unit, before):
    start, stops, calendar, _ = case
    end = due(start, Duration(amount=Fraction(quarters, 4), unit=unit), calendar, None, stops)
    assume(end is not None)
    for each in (WD, WH, CD, H):
        moment = near(start, end, calendar, Duration(amount=Fraction(before, 4), unit=each))
        assert start < moment <= end


def test_an_extension_counts_on_from_the_end_as_it_stands():
    two = Duration(amount=2, unit=WD)
    end = at("2025-03-06T17:00")
    assert extended(end, two, CALENDAR) == at("2025-03-10T17:00")
    # Saturday 8/3 was moved to Monday 10/3: five more days are counted from there.
    five = Duration(amount=5, unit=CD)
    assert extended(at("2025-03-10T17:00"), five, CALENDAR) == at("2025-03-17T17:00")
    # A stop that was over by then is in the end already; a later one moves it.
    over, later = (
        stop("2025-03-04T10:00", "2025-03-05T10:00"),
        stop("2025-03-07T10:00", "2025-03-10T10:00"),
    )
    assert extended(end, two, CALENDAR, stops=(over, later)) == at("2025-03-11T17:00")
    assert extended(end, two, CALENDAR, stops=(stop("2025-03-07T10:00"),)) is None


class Switching(tzinfo):
    """A zone whose clocks go from 02:00 to 03:00 on 4 March 2025."""

    def utcoffset(self, moment: datetime | None) -> timedelta:
        return timedelta(hours=7) + self.dst(moment)

    def dst(self, moment: datetime | None) -> timedelta:
        summer = moment is not None and moment.replace(tzinfo=None) >= at("2025-03-04T02:00")
        return timedelta(hours=1) if summer else timedelta(0)

    def tzname(self, moment: datetime | None) -> str:  # noqa: ARG002
        return "switching"


def test_clock_hours_pass_as_time_does_where_clocks_are_changed():
    zone = Switching()
    start = at("2025-03-03T09:00").replace(tzinfo=zone)
    end = due(start, Duration(amount=24, unit=H), CALENDAR)
    assert end.isoformat() == "2025-03-04T10:00:00+08:00"
    assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=24)
    work = due(start, Duration(amount=8, unit=WH), CALENDAR)
    assert work.isoformat() == "2025-03-04T09:00:00+08:00"


@pytest.mark.parametrize("unit", [WD, WH, CD, H])
@pytest.mark.parametrize("amount", [10**6, 10**30, Fraction(10**30, 7)])
def test_a_period_beyond_all_calendars_is_refused_at_once(unit, amount):
    began = clock.perf_counter()
    with pytest.raises(BadQuantity, match="TF106"):
        due(at("2025-03-03T09:00"), Duration(amount=amount, unit=unit), CALENDAR)
    with pytest.raises(BadQuantity, match="TF106"):
        due(at("2025-03-03T09:00+07:00"), Duration(amount=amount, unit=unit), CALENDAR)
    assert clock.perf_counter() - began < 1


def test_thousands_of_stops_are_counted_at_once():
    start = at("2024-01-02T09:00")
    hour = timedelta(hours=1)
    stops = tuple(
        Stop(since=start + 5 * each * hour, until=start + (5 * each + 1) * hour, reason="bổ sung")
        for each in range(5000)
    )
    began = clock.perf_counter()
    for unit in (WD, WH, CD, H):
        assert due(start, Duration(amount=100, unit=unit), CALENDAR, stops=stops) is not None
    assert worked_minutes(start, at("2026-10-01T09:00"), CALENDAR, stops) > 0
    assert clock.perf_counter() - began < 2
