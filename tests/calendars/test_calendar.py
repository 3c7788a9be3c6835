"""Working calendars: days off by the yearly notices, swapped Saturdays, missing years."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tthc_flow.calendars.calendar import Calendar, CalendarDay, DayKind, DayStatus
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
    ],
)
def test_a_bad_entry_is_named_with_its_line(tmp_path, text, code):
    file = tmp_path / "own.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableInput, match=code):
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
