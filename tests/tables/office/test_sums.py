"""Rows that add up are no steps: the total of a procedure, and the sums of its parts."""

from __future__ import annotations

import pytest

from tables.office.office_files import Merged, codes, excel, numbers, only, word
from tthc_flow.units import Duration, TimeUnit

HEADER = ("Bước", "Nội dung công việc", "Trách nhiệm", "Thời gian (ngày)")
FIRST = ("1", "Tiếp nhận hồ sơ", "Bộ phận Một cửa", "1")
SECOND = ("2", "Thẩm định", "Sở Y tế", "4")


def days(amount, unit=TimeUnit.DAY):
    return Duration(amount=amount, unit=unit)


def test_a_bare_total_has_the_unit_of_its_column():
    reading = only(word([HEADER, FIRST, SECOND, ("Tổng cộng", "", "", "5")]))
    assert numbers(reading) == ["1", "2"]
    assert (reading.table.total_time.duration, reading.table.total_time.printed) == (days(5), "5")


@pytest.mark.parametrize(
    "label", ["Cộng thời gian tại xã", "Tổng thời gian của Sở", "Cộng (I)", "Tổng thời gian cấp xã"]
)
def test_the_sum_of_a_part_is_no_step_and_no_total(label):
    rows = [HEADER, FIRST, (label, "", "", "1"), SECOND, ("Tổng cộng (I+II)", "", "", "5")]
    for spans in ((), ((2, 0, 2, 2), (4, 0, 4, 2))):
        reading = only(word(Merged(rows, *spans)))
        assert numbers(reading) == ["1", "2"]
        assert reading.table.total_time.duration == days(5)
        assert "office-subtotal" in codes(reading)


def test_a_sum_with_steps_after_it_is_that_of_a_part():
    rows = [HEADER, FIRST, ("", "Cộng", "", "1"), SECOND, ("", "Cộng", "", "4")]
    total = only(word([*rows, ("", "Tổng cộng", "", "5")])).table.total_time
    assert total.duration == days(5)
    open_ = only(word(rows[:4]))
    assert open_.table.total_time.duration is None
    assert {"office-subtotal", "table-total-missing"} <= set(codes(open_))


def test_a_total_above_the_steps_is_the_total():
    reading = only(word([HEADER, ("Tổng thời gian", "", "", "5"), FIRST, SECOND]))
    assert reading.table.total_time.duration == days(5)


@pytest.mark.parametrize(
    "content", ["Tổng hợp ý kiến", "Tổng cục Hải quan xem 02 hồ sơ", "Cộng đồng dân cư họp"]
)
def test_a_numbered_row_that_only_begins_like_a_sum_is_a_step(content):
    reading = only(word([HEADER, FIRST, ("2", content, "", "4")]))
    assert numbers(reading) == ["1", "2"]


def test_the_total_that_is_not_taken_is_told():
    header = ("Bước", "Nội dung", "Trách nhiệm", "Thời gian theo quy định", "Sau cắt giảm")
    rows = [
        header,
        ("1", "Ký", "Sở Y tế", "3 ngày", "2 ngày"),
        ("Tổng", "", "", "3 ngày", "2 ngày"),
    ]
    reading = only(word(rows))
    assert reading.table.total_time.duration == days(2)
    assert codes(reading).count("office-two-times") == 2


def test_the_time_that_is_carried_out_is_not_the_one_that_the_law_gives():
    law, own = "Thời gian thực hiện theo quy định", "Thời gian thực hiện thực tế"
    step = ("1", "Ký", "Sở Y tế", "3 ngày", "2 ngày")
    reading = only(word([("TT", "Nội dung", "Trách nhiệm", law, own), step]))
    assert reading.table.rows[0].time.duration == days(2)


def test_times_of_two_levels_are_no_time_of_the_whole_step():
    header = [
        ("TT", "Nội dung", "Trách nhiệm", "Thời gian (ngày)", ""),
        ("", "", "", "Cấp xã", "Cấp tỉnh"),
    ]
    rows = [
        *header,
        ("1", "Tiếp nhận", "UBND xã", "1", ""),
        ("2", "Họp", "UBND xã, Sở Y tế", "2", "3"),
        ("Cộng", "", "", "3", "3"),
    ]
    spans = [(0, column, 1, column) for column in range(3)]
    reading = only(word(Merged(rows, (0, 3, 0, 4), *spans)))
    first, second = (each.time for each in reading.table.rows)
    assert (first.duration, second.duration) == (days(1), None)
    assert reading.table.total_time.duration is None


def test_the_column_that_says_by_how_much_a_time_was_cut_is_not_taken_for_the_time():
    law, cut, own = "Thời gian theo quy định", "Thời gian cắt giảm", "Thời gian thực hiện"
    step = ("1", "Ký", "Sở Y tế", "3 ngày", "1 ngày", "2 ngày")
    reading = only(word([("TT", "Nội dung", "Trách nhiệm", law, cut, own), step]))
    assert reading.table.rows[0].time.duration == days(2)
    reading = only(word([("TT", "Nội dung", "Trách nhiệm", law, cut), step[:5]]))
    assert reading.table.rows[0].time.duration is None
    assert "office-time-doubtful" in codes(reading)


def test_a_column_of_units_gives_bare_times_their_unit():
    rows = [
        ("STT", "Tên bước", "Người xử lý", "Thời gian", "Đơn vị tính"),
        (1, "Tiếp nhận", "Bộ phận Một cửa", 4, "giờ làm việc"),
        (2, "Ký", "Lãnh đạo Sở", "2 ngày", "giờ"),
    ]
    reading = only(excel({"Quy trình": rows}))
    lengths = [each.time.duration for each in reading.table.rows]
    assert lengths == [days(4, TimeUnit.WORKING_HOUR), days(2)]
    assert "office-cells-unread" in codes(reading)
