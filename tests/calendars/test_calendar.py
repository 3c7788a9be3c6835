"""Working calendars: days off by the yearly notices, swapped Saturdays, missing years."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from attrs import evolve

from tthc_flow.calendars.calendar import Calendar
from tthc_flow.calendars.day import CalendarDay, DayKind, DayStatus
from tthc_flow.calendars.hours import OFFICE_HOURS, WeekdayHours, hours
from tthc_flow.errors import BadQuantity, UnreadableInput

ALL = Calendar.load()


def test_four_years_are_shipped():
    assert ALL.years == {2024, 2025, 2026, 2027}


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2024, 2, 8), date(2024, 2, 14)),
        (date(2024, 4, 27), date(2024, 5, 1)),
        (date(2024, 8, 31), date(2024, 9, 3)),
        (date(2025, 1, 25), date(2025, 2, 2)),
        (date(2025, 4, 30), date(2025, 5, 4)),
        (date(2025, 8, 30), date(2025, 9, 2)),
        (date(2026, 1, 1), date(2026, 1, 4)),
        (date(2026, 2, 14), date(2026, 2, 22)),
        (date(2026, 4, 25), date(2026, 4, 27)),
        (date(2026, 8, 29), date(2026, 9, 2)),
        (date(2027, 2, 4), date(2027, 2, 10)),
    ],
)
def test_a_holiday_is_as_long_as_announced_and_worked_on_both_sides(first, last):
    length = (last - first).days + 1
    assert not any(ALL.is_working(first + timedelta(days=each)) for each in range(length))
    assert ALL.is_working(first - timedelta(days=1))
    assert ALL.is_working(last + timedelta(days=1))


@pytest.mark.parametrize(
    "day", [date(2024, 4, 18), date(2025, 4, 7), date(2026, 4, 26), date(2027, 4, 16)]
)
def test_the_hung_kings_day_is_shipped(day):
    assert not ALL.is_working(day)


@pytest.mark.parametrize(
    "saturday", [date(2024, 5, 4), date(2025, 4, 26), date(2026, 1, 10), date(2026, 8, 22)]
)
def test_a_swapped_saturday_is_worked(saturday):
    assert saturday.weekday() == 5
    assert ALL.is_working(saturday)


@pytest.mark.parametrize(("year", "days"), [(2024, 251), (2025, 250), (2026, 250), (2027, 250)])
def test_the_working_days_of_a_year_add_up(year, days):
    # Week days, minus those off, plus Saturdays worked: 262 - 12 + 1, 261 - 12 + 1, 261 - 13 + 2,
    # 261 - 11: eleven holidays a year (2027: two of Tết and 1/5 fall on a week-end, all made good).
    first = date(year, 1, 1)
    length = (date(year + 1, 1, 1) - first).days
    worked = sum(ALL.is_working(first + timedelta(days=each)) for each in range(length))
    assert worked == days


def test_an_unconfirmed_day_is_worked_and_told():
    day = date(2026, 11, 24)
    assert ALL.is_working(day)
    assert [each.status for each in ALL.doubtful(day, day)] == [DayStatus.UNCONFIRMED]


def test_a_year_without_a_calendar_is_named():
    with pytest.raises(BadQuantity, match="TF106 no working calendar for 2031"):
        Calendar.load(2031)
    with pytest.raises(BadQuantity, match="no working calendar for 2028"):
        ALL.next_working(date(2028, 1, 1))


def test_a_users_file_goes_before_the_shipped_days_and_adds_years(tmp_path):
    file = tmp_path / "own.csv"
    file.write_text(
        "date,kind,name,status,source\n"
        "2026-11-24,off,Ngày Văn hóa Việt Nam,announced,văn bản của tỉnh\n"
        "2026-08-22,off,không làm bù,announced,\n"
        "2028-01-03,off,nghỉ bù,expected,\n",
        encoding="utf-8",
    )
    own = Calendar.load(2026, 2028, more=file)
    assert not own.is_working(date(2026, 11, 24))
    assert not own.is_working(date(2026, 8, 22))
    assert not own.is_working(date(2028, 1, 3))
    assert own.is_working(date(2028, 1, 4))
    assert not own.is_working(date(2026, 9, 2))


def test_days_can_be_given_as_values():
    storm = CalendarDay(
        date=date(2025, 9, 8), kind=DayKind.OFF, name="bão", status=DayStatus.ANNOUNCED
    )
    assert not Calendar.load(2025).with_days([storm]).is_working(storm.date)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("date,kind\n2026-13-01,off\n", "TF292 .*own.csv:2"),
        ("date,kind\n2026-11-24,maybe\n", "TF292 .*own.csv:2"),
        ("day\n2026-11-24\n", "TF292 .*own.csv:2"),
        ("date,kind,hours\n2026-12-30,off,\n2026-12-31,half,\n", "TF292 .*own.csv:3"),
        ("date,kind,hours\n2026-12-31,half,08:00\n", "TF292 .*own.csv:2.*'08:00'"),
        ("date,kind,hours\n2026-12-31,half,12:00-08:00\n", "TF292 .*own.csv:2.*close before"),
        ("date,kind,hours\n2026-12-31,half,08:00-12:00 11:00-13:00\n", "TF292 .*overlap"),
        ("date,kind,hours\n2026-12-31,half,13:00-17:00 08:00-12:00\n", "TF292 .*out of order"),
        ("date,kind,hours\n2026-12-31,half,08:00:30-12:00\n", "TF292 .*whole minutes"),
        ("date,kind,hours\n2026-12-31,half,22:00-24:30\n", "TF292 .*own.csv:2"),
        ("date,kind,hours\n2026-12-31,off,08:00-12:00\n", "TF292 .*only half does"),
        ("date,kind\n2026-12-31,off\n2026-12-31,working\n", "TF292 .*own.csv:3.*is off .*already"),
        ("date,kind,hours\n2026-08-22,working,08:00-12:00\n", "TF292 .*only half does"),
    ],
)
def test_a_bad_entry_is_named_with_its_line(tmp_path, text, code):
    file = tmp_path / "own.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableInput, match=code):
        Calendar.load(2026, more=file)


def test_an_entry_that_is_written_twice_counts_once(tmp_path):
    file = tmp_path / "own.csv"
    file.write_text("date,kind\n2026-12-31,off\n2026-12-31,off\n", encoding="utf-8")
    assert not Calendar.load(2026, more=file).is_working(date(2026, 12, 31))


def test_a_file_that_is_not_csv_is_an_error_of_ours(tmp_path):
    file = tmp_path / "own.csv"
    file.write_text("date,kind,name\n2026-11-24,off," + "x" * 200_000 + "\n", encoding="utf-8")
    with pytest.raises(UnreadableInput, match="TF292"):
        Calendar.load(2026, more=file)


def test_a_file_that_is_not_there_or_not_text_is_an_error_of_ours(tmp_path):
    with pytest.raises(UnreadableInput, match="TF291"):
        Calendar.load(2026, more=tmp_path / "gone.csv")
    (tmp_path / "bad.csv").write_bytes(b"\xff\xfe\x00\xd8")
    with pytest.raises(UnreadableInput, match="TF291"):
        Calendar.load(2026, more=tmp_path / "bad.csv")


def test_every_shipped_day_says_why_and_by_what():
    assert all(day.name and day.source for day in ALL.days)
    assert len({day.date for day in ALL.days}) == len(ALL.days)
    expected = {day.date.year for day in ALL.days if day.status == DayStatus.EXPECTED}
    assert expected == {2027}


MORNING = ((time(8), time(12)),)
SATURDAYS = WeekdayHours(weekday=5, hours=MORNING)


def test_half_days_come_from_a_users_file_with_their_hours(tmp_path):
    file = tmp_path / "own.csv"
    file.write_text(
        "date,kind,name,status,source,hours\n"
        "2025-12-31,half,nghỉ chiều,announced,văn bản của tỉnh,08:00-12:00\n"
        "2025-12-30,half,họp,announced,,08:00-10:00 14:00-16:00\n"
        "2025-12-29,half,chưa chắc,unconfirmed,,08:00-12:00\n"
        "2025-12-26,off,bão,announced,,\n",
        encoding="utf-8",
    )
    own = Calendar.load(2025, more=file)
    assert own.hours_of(date(2025, 12, 31)) == MORNING
    assert own.hours_of(date(2025, 12, 30)) == ((time(8), time(10)), (time(14), time(16)))
    assert own.hours_of(date(2025, 12, 29)) == OFFICE_HOURS
    assert own.hours_of(date(2025, 12, 26)) == ()
    worked = [own.is_working(date(2025, 12, day)) for day in (26, 29, 30, 31)]
    assert worked == [False, True, True, True]


def test_week_days_have_hours_of_their_own_where_no_entry_says_otherwise():
    own = Calendar.load(weekly=(SATURDAYS,))
    assert own.hours_of(date(2025, 3, 8)) == MORNING
    assert own.hours_of(date(2025, 3, 9)) == ()
    # The first day of Tết 2024 is a Saturday; 26/4/2025 is swapped and worked in full.
    assert own.hours_of(date(2024, 2, 10)) == ()
    assert own.hours_of(date(2025, 4, 26)) == OFFICE_HOURS
    assert evolve(ALL, weekly=(SATURDAYS,)) == own
    assert ALL.hours_of(date(2025, 3, 8)) == ()


def test_a_day_given_as_value_needs_hours_exactly_where_it_is_half():
    given = {"date": date(2025, 12, 31), "name": "", "status": DayStatus.ANNOUNCED}
    assert CalendarDay(kind=DayKind.HALF, hours=MORNING, **given).hours == MORNING
    for kind, spans in (("half", ()), ("off", MORNING), ("working", MORNING)):
        with pytest.raises(BadQuantity, match="TF111"):
            CalendarDay(kind=DayKind(kind), hours=spans, **given)


@pytest.mark.parametrize(
    "spans",
    [
        (),
        ((time(12), time(8)),),
        ((time(8), time(8)),),
        ((time(13), time(17)), (time(8), time(12))),
        ((time(8), time(12)), (time(11), time(17))),
        ((time(8, 0, 1), time(12)),),
        ((time(8, tzinfo=UTC), time(12, tzinfo=UTC)),),
    ],
)
def test_office_hours_that_cannot_be_are_refused(spans):
    with pytest.raises(BadQuantity, match="TF111"):
        evolve(ALL, hours=spans)
    with pytest.raises(BadQuantity, match="TF111"):
        WeekdayHours(weekday=5, hours=spans)


def test_week_days_that_cannot_be_are_refused():
    with pytest.raises(BadQuantity, match="TF111"):
        WeekdayHours(weekday=7, hours=MORNING)
    with pytest.raises(BadQuantity, match="TF111"):
        Calendar.load(2025, weekly=(SATURDAYS, SATURDAYS))


def test_hours_are_read_as_they_are_written():
    assert hours("08:00-12:00 13:00-17:00") == OFFICE_HOURS
    assert hours("") == ()
    with pytest.raises(BadQuantity, match="TF111 '8h-12h'"):
        hours("8h-12h")


def test_the_office_closes_with_the_last_hour_of_the_day():
    own = Calendar.load(weekly=(SATURDAYS,))
    here = datetime(2025, 3, 1, tzinfo=UTC)
    assert own.closing(date(2025, 3, 8), here) == datetime(2025, 3, 8, 12, tzinfo=UTC)
    assert own.closing(date(2025, 3, 10), here) == datetime(2025, 3, 10, 17, tzinfo=UTC)


def test_no_date_beyond_the_last_year_there_can_be():
    with pytest.raises(BadQuantity, match="TF106 no working calendar for 10000"):
        ALL.day_after(date.max)
    with pytest.raises(BadQuantity, match="TF106"):
        ALL.day_after(date(2025, 3, 3), 10**12)
