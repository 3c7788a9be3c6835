"""Random periods with random stops, against a counter that steps through days and minutes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from fractions import Fraction

from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from calendars.counter import Counter
from calendars.table import Case, cases
from tthc_flow.calendars.calendar import Calendar
from tthc_flow.calendars.day import CalendarDay
from tthc_flow.calendars.due import due, extended
from tthc_flow.calendars.hours import WeekdayHours
from tthc_flow.calendars.stops import Stop, worked_minutes
from tthc_flow.units import Duration, TimeUnit

WD, WH, CD, H = (
    TimeUnit.WORKING_DAY,
    TimeUnit.WORKING_HOUR,
    TimeUnit.CALENDAR_DAY,
    TimeUnit.HOUR,
)
MORNING = ((time(8), time(12)),)
SHIPPED = Calendar.load()
CASES = cases()
VIETNAM = timezone(timedelta(hours=7))

# Around these days the shipped calendars have most to say.
SEASONS = st.sampled_from(
    [
        datetime(2024, 2, 1),  # noqa: DTZ001 - naive as the office's clock
        datetime(2024, 4, 15),  # noqa: DTZ001
        datetime(2025, 1, 20),  # noqa: DTZ001
        datetime(2025, 4, 20),  # noqa: DTZ001
        datetime(2025, 8, 25),  # noqa: DTZ001
        datetime(2025, 12, 26),  # noqa: DTZ001
        datetime(2026, 2, 9),  # noqa: DTZ001
        datetime(2026, 8, 18),  # noqa: DTZ001
        datetime(2027, 4, 12),  # noqa: DTZ001
    ]
)
# Office hours are where a minute matters: their edges are drawn as often as all the others.
MINUTES = st.one_of(
    st.sampled_from([0, 479, 480, 481, 720, 750, 780, 1019, 1020, 1021, 1439]),
    st.integers(0, 1439),
)


@st.composite
def moments(draw, days=14):
    day = draw(st.integers(0, days))
    return draw(SEASONS) + timedelta(days=day, minutes=draw(MINUTES))


@st.composite
def asked(draw):
    """Return a start, stops near it, and one calendar for the library and for the counter."""
    start = draw(moments())
    stops = []
    for _ in range(draw(st.integers(0, 4))):
        since = start + timedelta(days=draw(st.integers(-3, 16)))
        since = since.replace(hour=0, minute=0) + timedelta(minutes=draw(MINUTES))
        until = since.replace(hour=0, minute=0) + timedelta(
            days=draw(st.integers(0, 6)), minutes=draw(MINUTES)
        )
        if until >= since:
            open_end = draw(st.integers(0, 9)) == 0
            stops.append(Stop(since=since, until=None if open_end else until, reason="bổ sung"))
    half = {start.date() + timedelta(days=each) for each in draw(st.sets(st.integers(0, 20)))}
    return start, tuple(stops), *offices(half, saturdays=draw(st.booleans()))


def offices(half: set[date], *, saturdays: bool) -> tuple[Calendar, Counter]:
    days = (
        CalendarDay(date=day, kind="half", name="", status="announced", hours=MORNING)
        for day in half
    )
    weekly = (WeekdayHours(weekday=5, hours=MORNING),) if saturdays else ()
    calendar = evolve(SHIPPED, weekly=weekly).with_days(days)
    return calendar, Counter(half, saturdays=saturdays)


def pairs(stops: tuple[Stop, ...]) -> list[tuple[datetime, datetime | None]]:
    return [(stop.since, stop.until) for stop in stops]


def merged(stops: tuple[Stop, ...]) -> list[tuple[datetime, datetime | None]]:
    """Return stops that overlap or touch as one, each found by growing it until nothing joins."""
    left = [pair for pair in pairs(stops) if pair[0] != pair[1]]
    found = []
    while left:
        since, until = left.pop()
        joined = True
        while joined:
            joined = False
            for other in list(left):
                apart = (until is not None and other[0] > until) or (
                    other[1] is not None and other[1] < since
                )
                if not apart:
                    left.remove(other)
                    since = min(since, other[0])
                    until = None if None in {until, other[1]} else max(until, other[1])
                    joined = True
        found.append((since, until))
    return found


@settings(max_examples=150)
@given(asked(), st.integers(1, 1500))
def test_worked_hours_are_those_counted_minute_by_minute(case, minutes):
    start, stops, calendar, counter = case
    hours = Duration(amount=Fraction(minutes, 60), unit=WH)
    assert due(start, hours, calendar, None, stops) == counter.hours(start, minutes, pairs(stops))


@settings(max_examples=150)
@given(asked(), st.integers(1, 6000))
def test_clock_hours_are_those_counted_minute_by_minute(case, minutes):
    start, stops, calendar, counter = case
    hours = Duration(amount=Fraction(minutes, 60), unit=H)
    assert due(start, hours, calendar, None, stops) == counter.clock(
        start, minutes, clipped(merged(stops), start)
    )


def clipped(stops, start):
    return [(max(since, start), until) for since, until in stops if until is None or until > start]


@settings(max_examples=600)
@given(asked(), st.integers(1, 15), st.booleans())
def test_days_are_those_counted_day_by_day(case, count, worked):
    start, stops, calendar, counter = case
    days = Duration(amount=count, unit=WD if worked else CD)
    by_hand = counter.days(start, count, clipped(merged(stops), start), worked=worked)
    assert due(start, days, calendar, None, stops) == by_hand


def counted(case: Case) -> str | None:
    """Return the counter's answer to a row of the table; ``None`` where it cannot count it."""
    start, amount = case.start, case.duration.amount
    minutes = amount * 60
    with_seconds = any(stop.until and stop.until.second for stop in case.stops)
    if start.tzinfo or with_seconds or case.calendar != SHIPPED or not amount or "TF" in case.due:
        return None
    stops, counter = clipped(merged(case.stops), start), Counter(set(), saturdays=False)
    match case.bare_day or case.duration.unit:
        case TimeUnit.WORKING_DAY | TimeUnit.CALENDAR_DAY as unit if amount.denominator == 1:
            end = counter.days(start, int(amount), stops, worked=unit is WD)
        case TimeUnit.WORKING_HOUR if minutes.denominator == 1:
            end = counter.hours(start, int(minutes), stops)
        case TimeUnit.HOUR if minutes.denominator == 1:
            end = counter.clock(start, int(minutes), stops)
        case _:
            return None
    return "none" if end is None else end.isoformat()


def test_the_counter_agrees_with_the_table_too():
    found = [(counted(case), case) for case in CASES]
    assert sum(answer is not None for answer, _ in found) >= 200
    for answer, case in found:
        assert answer is None or answer.startswith(case.due), case.why


@given(asked(), st.integers(1, 40), st.sampled_from([WD, WH, CD, H]))
def test_a_further_stop_never_ends_a_period_earlier(case, quarters, unit):
    start, stops, calendar, _ = case
    assume(stops)
    period = Duration(amount=Fraction(quarters, 4), unit=unit)
    fewer = due(start, period, calendar, None, stops[1:])
    more = due(start, period, calendar, None, stops)
    assert more is None or (fewer is not None and fewer <= more)


@given(asked(), st.integers(1, 40), st.sampled_from([WD, WH, CD]))
def test_more_time_never_ends_earlier_whatever_the_stops(case, quarters, unit):
    start, stops, calendar, _ = case
    one = due(start, Duration(amount=Fraction(quarters, 4), unit=unit), calendar, None, stops)
    other = Duration(amount=Fraction(quarters + 1, 4), unit=unit)
    later = due(start, other, calendar, None, stops)
    assert later is None or (one is not None and one <= later)


@given(asked(), st.integers(1, 40), st.sampled_from([WD, WH, CD, H]))
def test_no_period_ends_while_its_clock_stands(case, quarters, unit):
    start, stops, calendar, _ = case
    end = due(start, Duration(amount=Fraction(quarters, 4), unit=unit), calendar, None, stops)
    assert end is None or not any(
        since < end and (until is None or end <= until) for since, until in merged(stops)
    )


@given(asked(), st.integers(1, 40), st.sampled_from([WD, WH, CD, H]), st.randoms())
def test_stops_count_the_same_in_any_order_and_cut_in_two(case, quarters, unit, random):
    start, stops, calendar, _ = case
    period = Duration(amount=Fraction(quarters, 4), unit=unit)
    cut = [
        part
        for stop in stops
        for middle in [stop.since + timedelta(hours=7)]
        for part in (
            (evolve(stop, until=middle), evolve(stop, since=middle))
            if stop.until is None or middle < stop.until
            else (stop,)
        )
    ]
    random.shuffle(cut)
    assert due(start, period, calendar, None, tuple(cut)) == due(
        start, period, calendar, None, stops
    )


@given(asked(), st.integers(1, 3000))
def test_the_minutes_worked_until_a_due_hour_are_those_of_the_period(case, minutes):
    start, stops, calendar, _ = case
    end = due(start, Duration(amount=Fraction(minutes, 60), unit=WH), calendar, None, stops)
    assume(end is not None)
    assert worked_minutes(start, end, calendar, stops) == minutes
    middle = start + (end - start) / 2
    parts = [(start, middle), (middle, end)]
    assert sum(worked_minutes(*part, calendar, stops) for part in parts) == minutes
    assert worked_minutes(end, start, calendar, stops) == -minutes


@given(asked(), st.integers(1, 9), st.integers(1, 9))
def test_an_extension_by_whole_days_is_a_period_of_the_sum(case, count, more):
    start, _, calendar, _ = case
    first = due(start, Duration(amount=count, unit=WD), calendar)
    whole = due(start, Duration(amount=count + more, unit=WD), calendar)
    assert extended(first, Duration(amount=more, unit=WD), calendar) == whole


@given(asked(), st.integers(1, 40), st.sampled_from([WD, WH, CD, H]))
def test_a_zone_changes_nothing_but_the_zone(case, quarters, unit):
    start, stops, calendar, _ = case
    period = Duration(amount=Fraction(quarters, 4), unit=unit)
    there = tuple(
        evolve(
            stop,
            since=stop.since.replace(tzinfo=VIETNAM).astimezone(UTC),
            until=stop.until and stop.until.replace(tzinfo=VIETNAM).astimezone(UTC),
        )
        for stop in stops
    )
    naive = due(start, period, calendar, None, stops)
    aware = due(start.replace(tzinfo=VIETNAM), period, calendar, None, there)
    assert aware == (naive and naive.replace(tzinfo=VIETNAM))
    assert aware is None or aware.tzinfo is VIETNAM
