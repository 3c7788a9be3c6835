"""Every printed form of a time: its exact length in its own unit, or why it has none."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tthc_flow.units import Duration, TimeUnit
from tthc_flow.words.durations import NoLength, read_duration
from tthc_flow.words.messages import message

LENGTHS = (
    ("0,5 ngày", "1/2", "day"),
    ("0.25 ngày", "1/4", "day"),
    ("1/2 ngày", "1/2", "day"),
    ("1,5 ngày", "3/2", "day"),
    ("02 giờ làm việc", "2", "working_hour"),
    ("05 (năm) ngày làm việc", "5", "working_day"),
    ("05 ngày  làm\u00a0việc", "5", "working_day"),
    ("2 ngày LV", "2", "working_day"),
    ("30 phút", "1/2", "hour"),
    ("01 giờ 30 phút", "3/2", "hour"),
    ("4h", "4", "hour"),
    ("nửa ngày", "1/2", "day"),
    ("ba ngày làm việc", "3", "working_day"),
    ("không quá 17 ngày", "17", "day"),
    ("20 ngày (không kể thời gian bổ sung)", "20", "day"),
    ("- 3 ngày", "3", "day"),
    ("10 ngày theo lịch", "10", "calendar_day"),
    ("02 ngày làm việc kể từ ngày nhận đủ hồ sơ", "2", "working_day"),
    ("05 ngay lam viec", "5", "working_day"),
    ("0 ngày", "0", "day"),
    ("2 ngày/16 giờ", "2", "day"),
    ("3 ngày làm việc/24 giờ", "3", "working_day"),
    ("16 giờ = 2 ngày", "16", "hour"),
    ("05 ngày, trong đó 02 ngày lấy ý kiến", "5", "day"),
    ("01 ngày làm việc, hồ sơ nộp sau 15 giờ thì tính từ ngày sau", "1", "working_day"),
    ("15 ngày¹", "15", "day"),
    ("15 ngày (trường hợp nghỉ lễ không tính 02 ngày)", "15", "day"),
)
RANGES = (
    ("10-15 ngày", "10", "15", "day"),
    ("10 – 15 ngày", "10", "15", "day"),
    ("từ 10 đến 15 ngày làm việc", "10", "15", "working_day"),
    ("10 ngày - 15 ngày", "10", "15", "day"),
)
WITHOUT = (
    ("", NoLength.EMPTY),
    ("10–15", NoLength.NO_UNIT),
    ("5", NoLength.NO_UNIT),
    ("Trong ngày", NoLength.SAME_DAY),
    ("Trong ngày làm việc", NoLength.SAME_DAY),
    ("Không quy định", NoLength.NOT_PRESCRIBED),
    ("Không tính thời gian", NoLength.NOT_COUNTED),
    ("Giờ hành chính", NoLength.OFFICE_HOURS),
    ("Ngay sau khi nhận", NoLength.AT_ONCE),
    ("ngày 15/6 hàng năm", NoLength.ANCHORED),
    ("1 buổi", NoLength.UNKNOWN_UNIT),
    ("1 tháng", NoLength.UNKNOWN_UNIT),
    ("2 tuần", NoLength.UNKNOWN_UNIT),
    ("-3 ngày", NoLength.NEGATIVE),
    ("1.000 ngày", NoLength.AMBIGUOUS_NUMBER),
    ("1/0 ngày", NoLength.AMBIGUOUS_NUMBER),
    ("15-10 ngày", NoLength.AMBIGUOUS_NUMBER),
    ("ít nhất 15 ngày", NoLength.LOWER_BOUND),
    ("10 ngày; xác minh: 30 ngày", NoLength.SEVERAL),
    ("05 ngày làm việc (Sở) + 05 ngày làm việc (UBND)", NoLength.SEVERAL),
    ("15 ngày (trường hợp phức tạp: 20 ngày)", NoLength.SEVERAL),
    ("10⁹ ngày", NoLength.NO_NUMBER),
    ("gộp trong 45 ngày làm việc", NoLength.SHARED),
    ("NaN", NoLength.NO_NUMBER),
    ("theo dõi", NoLength.NO_NUMBER),
    ("9" * 5000 + " ngày", NoLength.NO_NUMBER),
)


@pytest.mark.parametrize(("printed", "amount", "unit"), LENGTHS)
def test_a_printed_length_is_exact_and_keeps_its_unit(printed, amount, unit):
    read = read_duration(printed)
    assert read.duration is not None
    assert (read.duration.amount, read.duration.unit) == (Fraction(amount), TimeUnit(unit))
    assert read.duration.at_least is None
    assert read.counted


@pytest.mark.parametrize(("printed", "least", "most", "unit"), RANGES)
def test_a_range_has_its_upper_end_as_limit(printed, least, most, unit):
    length = read_duration(printed).duration
    assert length is not None
    assert (length.at_least, length.amount, length.unit) == (Fraction(least), Fraction(most), unit)


@pytest.mark.parametrize(("printed", "reason"), WITHOUT)
def test_what_has_no_length_never_becomes_a_number(printed, reason):
    read = read_duration(printed)
    assert read.duration is None
    assert read.reason is reason


def test_the_same_time_said_again_in_brackets_is_kept_beside():
    read = read_duration("3 ngày (24 giờ)")
    assert read.duration is not None
    assert (read.duration.amount, read.duration.unit) == (3, TimeUnit.DAY)
    assert [(words, length.unit) for words, length in read.also] == [("24 giờ", TimeUnit.HOUR)]
    assert read.reason is None


def test_a_restatement_that_does_not_agree_is_a_contradiction():
    assert read_duration("3 ngày (20 giờ)").reason is NoLength.CONTRADICTION


def test_a_figure_in_brackets_about_something_else_is_no_contradiction():
    read = read_duration("02 ngày làm việc (cắt giảm 01 ngày làm việc)")
    assert read.duration is not None
    assert (read.duration.amount, read.reason) == (2, None)


def test_alternatives_are_all_kept_and_none_is_chosen():
    read = read_duration("10 ngày; xác minh: 30 ngày")
    assert [length.amount for _, length in read.also] == [10, 30]


@pytest.mark.parametrize(
    "printed",
    ["Không tính thời gian", "Giờ hành chính", "5 ngày (không tính vào thời gian giải quyết)"],
)
def test_a_time_outside_the_limit_does_not_count(printed):
    assert not read_duration(printed).counted


def test_a_bare_number_takes_the_unit_of_its_column():
    read = read_duration("0,5", unit=TimeUnit.WORKING_DAY)
    assert read.duration is not None
    assert (read.duration.amount, read.duration.unit) == (Fraction(1, 2), TimeUnit.WORKING_DAY)


@pytest.mark.parametrize("printed", [each[0] for each in LENGTHS])
def test_the_deciding_words_are_printed_words(printed):
    words = read_duration(printed).words
    assert words
    assert words in " ".join(printed.split())


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading(printed):
    read = read_duration(printed)
    assert read.duration is None or any(each.isalnum() for each in read.words)


@pytest.mark.parametrize("reason", list(NoLength))
def test_every_reason_has_its_text_for_staff(reason):
    assert message(f"time-{reason.value}", {"text": "x"}).hint


@pytest.mark.parametrize(
    ("printed", "amount", "unit"),
    [
        ("½ ngày", "1/2", TimeUnit.DAY),
        ("1 ½ ngày làm việc", "3/2", TimeUnit.WORKING_DAY),
        ("¼ ngày", "1/4", TimeUnit.DAY),
        ("01 ngày rưỡi", "3/2", TimeUnit.DAY),
        ("1h30", "3/2", TimeUnit.HOUR),
        ("1 giờ 30", "3/2", TimeUnit.HOUR),
        ("Không quá ½ ngày làm việc", "1/2", TimeUnit.WORKING_DAY),
    ],
)
def test_halves_and_minutes_are_part_of_the_number(printed, amount, unit):
    assert read_duration(printed).duration == Duration(amount=Fraction(amount), unit=unit)


@pytest.mark.parametrize(
    ("printed", "reason"),
    [
        ("Sáng từ 7 giờ đến 11 giờ 30", NoLength.OFFICE_HOURS),
        ("07h30 đến 11h30", NoLength.OFFICE_HOURS),
        ("Nằm trong 05 ngày của bước 2", NoLength.SHARED),
        ("Khi có phát sinh", NoLength.ANCHORED),
        ("Thường xuyên", NoLength.ANCHORED),
    ],
)
def test_opening_hours_and_shared_times_are_no_length(printed, reason):
    read = read_duration(printed)
    assert (read.duration, read.reason) == (None, reason)
