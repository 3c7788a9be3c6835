"""Tables beside each other on one sheet, and tables whose steps stand in columns."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tables.office.office_files import Merged, codes, excel, numbers, only, performers, word
from tthc_flow.tables.office.read import read_office
from tthc_flow.units import Duration, TimeUnit

HEADER = ["TT", "Nội dung công việc", "Người thực hiện", "Thời gian"]


def step(number, content, days):
    return [number, content, "Lãnh đạo Sở", f"{days} ngày"]


def test_two_tables_side_by_side_are_two_procedures():
    gap = [None]
    rows = [
        ["Thủ tục: Cấp mới (1.111111)", *[None] * 4, "Thủ tục: Cấp lại (1.222222)"],
        [*HEADER, *gap, *HEADER],
        [*step("1", "Thẩm định mới", 5), *gap, *step("1", "Kiểm tra cũ", 2)],
        [*step("2", "Ký giấy", 1)],
    ]
    first, second = read_office(excel({"Quy trình": rows}))
    assert [(each.table.code, numbers(each)) for each in (first, second)] == [
        ("1.111111", ["1", "2"]),
        ("1.222222", ["1"]),
    ]
    assert second.table.rows[0].content == "Kiểm tra cũ"


def test_a_table_of_its_own_below_two_others_stays_whole():
    rows = [
        [*HEADER, *HEADER],
        [*step("1", "Một", 1), *step("1", "Hai", 2)],
        ["Thủ tục: Cấp đổi (1.333333)"],
        ["TT", "Nội dung công việc", "Đơn vị", "Người thực hiện", "Thời gian"],
        ["1", "Ba", "Sở Y tế", "Giám đốc", "3 ngày"],
    ]
    found = read_office(excel({"Quy trình": rows}))
    assert [each.table.rows[0].content for each in found] == ["Một", "Hai", "Ba"]
    assert performers(found[2]) == ["Giám đốc, Sở Y tế"]


@given(counts=st.lists(st.integers(1, 6), min_size=1, max_size=4))
def test_no_step_of_any_number_of_tables_is_lost(counts):
    rows = [HEADER * len(counts)]
    for at in range(max(counts)):
        rows.append([])
        for nth, count in enumerate(counts):
            here = at < count
            rows[-1] += step(str(at + 1), f"Việc {nth} {at}", 1) if here else [None] * 4
    found = read_office(excel({"Quy trình": rows}))
    assert [len(each.table.rows) for each in found] == counts


def test_steps_in_columns_are_read_as_steps():
    rows = [
        ("Bước", "Bước 1", "Bước 2", "Bước 3"),
        ("Nội dung công việc", "Tiếp nhận", "Thẩm định", "Ký"),
        ("Người thực hiện", "Bộ phận Một cửa", "Chuyên viên", "Lãnh đạo Sở"),
        ("Thời gian", "0,5 ngày", "3 ngày", "3 ngày"),
    ]
    reading = only(word("Thủ tục: Cấp giấy phép", rows))
    assert numbers(reading) == ["1", "2", "3"]
    assert performers(reading) == ["Bộ phận Một cửa", "Chuyên viên", "Lãnh đạo Sở"]
    assert reading.table.rows[1].time.duration == Duration(amount=3, unit=TimeUnit.DAY)
    assert "office-steps-across" in codes(reading)


def test_a_time_over_several_columns_is_the_time_of_no_step():
    rows = [
        ("Nội dung công việc", "Tiếp nhận", "Thẩm định", "Ký"),
        ("Người thực hiện", "Bộ phận Một cửa", "Chuyên viên", "Lãnh đạo Sở"),
        ("Thời gian", "4 ngày", "", "1 ngày"),
    ]
    reading = only(word(Merged(rows, (2, 1, 2, 2))))
    assert [each.time.duration is None for each in reading.table.rows] == [True, True, False]
    assert "office-time-shared" in codes(reading)
