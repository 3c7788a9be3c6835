"""When a period ends: hand-checked dates, and a naive counter beside them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from tthc_flow.calendars.calendar import Calendar
from tthc_flow.calendars.due import due
from tthc_flow.errors import BadQuantity
from tthc_flow.units import Duration, TimeUnit

CALENDAR = Calendar.load()
WD, WH, CD, H = (
    TimeUnit.WORKING_DAY,
    TimeUnit.WORKING_HOUR,
    TimeUnit.CALENDAR_DAY,
    TimeUnit.HOUR,
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "end"),
    [
        # The first day is not counted: Monday + 1 working day is Tuesday.
        ("2025-03-03T09:00", 1, WD, "2025-03-04T17:00"),
        ("2025-03-03T16:59", 1, WD, "2025-03-04T17:00"),
        # Over a week-end.
        ("2025-03-07T09:00", 1, WD, "2025-03-10T17:00"),
        # Over the National Day of 2025 (30/8 to 2/9 off).
        ("2025-08-28T09:00", 3, WD, "2025-09-04T17:00"),
        # A swapped Saturday (26/4/2025) counts, the Friday it stands for (2/5) does not.
        ("2025-04-25T09:00", 1, WD, "2025-04-26T17:00"),
        ("2025-04-25T09:00", 4, WD, "2025-05-05T17:00"),
        # Over Tết 2026 (14 to 22/2 off).
        ("2026-02-13T09:00", 1, WD, "2026-02-23T17:00"),
        # Over the turn of a year, with the swap of 2/1/2026.
        ("2025-12-31T09:00", 1, WD, "2026-01-05T17:00"),
        # Received on a day off: the next working day is the first one counted.
        ("2025-03-08T09:00", 1, WD, "2025-03-10T17:00"),
        # Half days are working time.
        ("2025-03-03T09:00", "0.5", WD, "2025-03-03T14:00"),
        ("2025-03-03T09:00", "1.5", WD, "2025-03-05T12:00"),
        # Hours start at once, and run through office hours only.
        ("2025-03-03T09:00", 4, WH, "2025-03-03T14:00"),
        ("2025-03-03T15:00", 4, WH, "2025-03-04T10:00"),
        ("2025-03-07T16:00", 2, WH, "2025-03-10T09:00"),
        ("2025-03-03T18:00", 1, WH, "2025-03-04T09:00"),
        ("2025-03-03T06:00", 8, WH, "2025-03-03T17:00"),
        ("2025-03-03T12:30", 1, WH, "2025-03-03T14:00"),
        # Clock hours, ending on a working day or on a day off.
        ("2025-03-03T09:00", 24, H, "2025-03-04T09:00"),
        ("2025-03-07T09:00", 24, H, "2025-03-10T17:00"),
        # Calendar days; the end on a day off moves to the next working day.
        ("2025-03-03T09:00", 7, CD, "2025-03-10T17:00"),
        ("2025-03-03T09:00", 5, CD, "2025-03-10T17:00"),
        ("2025-08-20T09:00", 10, CD, "2025-09-03T17:00"),
        ("2025-03-03T09:00", "1.5", CD, "2025-03-05T17:00"),
        # Nothing to count.
        ("2025-03-03T09:00", 0, WD, "2025-03-03T09:00"),
    ],
)
def test_hand_checked_ends(start, amount, unit, end):
    assert due(at(start), Duration(amount=amount, unit=unit), CALENDAR) == at(end)


@pytest.mark.parametrize(("means", "end"), [(WD, "2025-03-17T17:00"), (CD, "2025-03-13T17:00")])
def test_a_bare_day_ends_by_what_it_is_said_to_mean(means, end):
    ten = Duration(amount=10, unit=TimeUnit.DAY)
    assert due(at("2025-03-03T09:00"), ten, CALENDAR, bare_day=means) == at(end)


def test_a_bare_day_is_never_guessed():
    with pytest.raises(BadQuantity, match="TF107"):
        due(at("2025-03-03T09:00"), Duration(amount=10, unit=TimeUnit.DAY), CALENDAR)


def test_counting_beyond_the_covered_years_names_the_year():
    with pytest.raises(BadQuantity, match="TF106 no working calendar for 2028"):
        due(at("2027-12-31T09:00"), Duration(amount=1, unit=WD), CALENDAR)


def test_the_office_hours_of_the_calendar_count():
    early = evolve(CALENDAR, hours=((time(7), time(11)), (time(13), time(17))))
    half = Duration(amount="0.5", unit=WD)
    assert due(at("2025-03-03T06:00"), half, early) == at("2025-03-03T11:00")


def test_a_time_zone_is_kept():
    start = at("2025-03-03T09:00").replace(tzinfo=UTC)
    assert due(start, Duration(amount=1, unit=WD), CALENDAR).tzinfo is UTC


def naive(start: datetime, minutes: int) -> datetime:
    """Count working minutes one by one, as slowly and plainly as can be."""
    moment = start
    while minutes:
        inside = any(opened <= moment.time() < close for opened, close in CALENDAR.hours)
        if inside and CALENDAR.is_working(moment.date()):
            minutes -= 1
        moment += timedelta(minutes=1)
    return moment


STARTS = st.datetimes(datetime(2024, 1, 1), datetime(2027, 10, 1)).map(  # noqa: DTZ001 - naive
    lambda moment: moment.replace(second=0, microsecond=0)
)


@settings(max_examples=40, deadline=None)
@given(STARTS, st.integers(1, 1000))
def test_working_minutes_agree_with_counting_them_one_by_one(start, minutes):
    hours = Duration(amount=Fraction(minutes, 60), unit=WH)
    assert due(start, hours, CALENDAR) == naive(start, minutes)


@settings(max_examples=100, deadline=None)
@given(STARTS, st.integers(1, 60))
def test_working_days_agree_with_counting_the_days_one_by_one(start, days):
    day: date = start.date()
    left = days
    while left:
        day += timedelta(days=1)
        left -= CALENDAR.is_working(day)
    assert due(start, Duration(amount=days, unit=WD), CALENDAR).date() == day


@settings(max_examples=100, deadline=None)
@given(STARTS, st.integers(1, 40), st.sampled_from([WD, WH, CD]))
def test_more_time_never_ends_earlier(start, quarters, unit):
    # Clock hours are left out: one that ends on a day off is moved past the next day's opening.
    one = due(start, Duration(amount=Fraction(quarters, 4), unit=unit), CALENDAR)
    other = due(start, Duration(amount=Fraction(quarters + 1, 4), unit=unit), CALENDAR)
    assert start <= one <= other
