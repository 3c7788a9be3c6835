"""The layouts that offices print: titles, stages, cut rows, split columns, totals, sheets."""

from __future__ import annotations

import datetime as dt

import pytest

from tables.office.office_files import (
    HEADER,
    Merged,
    codes,
    excel,
    numbers,
    only,
    performers,
    word,
)
from tthc_flow.errors import UnreadableInput
from tthc_flow.model.actor import Level
from tthc_flow.tables.office.read import read_office
from tthc_flow.units import Duration, TimeUnit

RECEIVE = ("1", "Tiếp nhận hồ sơ", "Bộ phận Một cửa", "1 giờ", "")
SIGN = ("2", "Ký giấy phép", "Lãnh đạo Sở", "2 giờ", "Giấy phép")
STEPS = [HEADER, RECEIVE, SIGN]


def test_headings_above_a_table_name_the_procedure_and_what_holds_for_all():
    first, second = read_office(
        word(
            "QUY TRÌNH NỘI BỘ GIẢI QUYẾT TTHC LĨNH VỰC BÁO CHÍ THUỘC THẨM QUYỀN CỦA SỞ VĂN HÓA",
            "(Kèm theo Quyết định số 12/QĐ-UBND ngày 03/02/2025 của Chủ tịch UBND tỉnh Sơn La)",
            "A. CẤP TỈNH",
            "1. Tên thủ tục: Cấp giấy phép (Mã TTHC: 1.014464.000.00.00.H52)",
            "Thời hạn giải quyết: 05 ngày làm việc",
            STEPS,
            "2. Thu hồi giấy phép - 2.001173",
            STEPS,
        )
    )
    table = first.table
    assert (table.name, table.code) == ("Cấp giấy phép", "1.014464.000.00.00.H52")
    assert (table.field, table.locality, table.level) == ("BÁO CHÍ", "Sơn La", Level.PROVINCE)
    assert table.total_time.duration == Duration(amount=5, unit=TimeUnit.WORKING_DAY)
    assert (table.source.document, table.source.date) == ("Quyết định số 12/QĐ-UBND", "2025-02-03")
    assert (second.table.name, second.table.code) == ("Thu hồi giấy phép", "2.001173")
    assert second.table.total_time.duration is None


def test_titles_and_totals_may_be_rows_of_one_table():
    rows = [
        HEADER,
        ("(1)", "(2)", "(3)", "(4)", "(5)"),
        ("I. LĨNH VỰC HỘ TỊCH", "", "", "", ""),
        ("1. Thủ tục đăng ký khai sinh (1.001193)", "", "", "", ""),
        RECEIVE,
        SIGN,
        ("Tổng thời gian", "", "", "3 giờ", ""),
        ("2. Thủ tục đăng ký kết hôn (1.000894)", "", "", "", ""),
        RECEIVE,
    ]
    spans = [(at, 0, at, 4) for at in (2, 3, 7)] + [(6, 0, 6, 2)]
    first, second = read_office(word(Merged(rows, *spans)))
    assert [each.table.code for each in (first, second)] == ["1.001193", "1.000894"]
    assert [len(each.table.rows) for each in (first, second)] == [2, 1]
    assert first.table.field == "HỘ TỊCH"
    assert first.table.total_time.duration == Duration(amount=3, unit=TimeUnit.HOUR)


def test_one_table_may_name_its_procedures_in_a_column():
    rows = [
        ("STT", "Tên TTHC", "Mã TTHC", "Bước", "Nội dung", "Người thực hiện", "Thời gian (ngày)"),
        ("1", "Cấp thẻ", "1.000001", "1", "Nhận hồ sơ", "Bộ phận Một cửa", "0,5"),
        ("", "", "", "2", "Ký", "Lãnh đạo Sở", "½"),
        ("2", "Đổi thẻ", "1.000002", "1", "Nhận hồ sơ", "Bộ phận Một cửa", "1"),
    ]
    spans = [(1, column, 2, column) for column in range(3)]
    first, second = read_office(word(Merged(rows, *spans)))
    assert (first.table.code, numbers(first)) == ("1.000001", ["1", "2"])
    assert (second.table.name, numbers(second)) == ("Đổi thẻ", ["1"])
    half = Duration(amount="1/2", unit=TimeUnit.DAY)
    assert [each.time.duration for each in first.table.rows] == [half, half]


def test_a_header_of_two_rows_splits_performers_and_times():
    rows = [
        ("Bước", "Nội dung", "Thực hiện", "", "Thời gian", ""),
        ("", "", "Đơn vị", "Người", "Theo quy định", "Thực hiện"),
        ("1", "Nhận hồ sơ", "Sở Tư pháp", "Công chức một cửa", "1 ngày", "4 giờ"),
    ]
    spans = ((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 0, 5))
    reading = only(word("Thủ tục: A", Merged(rows, *spans)))
    assert performers(reading) == ["Công chức một cửa, Sở Tư pháp"]
    assert reading.table.rows[0].time.duration == Duration(amount=4, unit=TimeUnit.HOUR)
    assert "office-two-times" in codes(reading)


def test_headers_are_known_in_capitals_and_without_marks():
    header = ("SO TT", "TRINH TU THUC HIEN", "TRÁCH NHIỆM", "THOI GIAN (gio lam viec)")
    reading = only(word([header, ("B1", "Nhận", "Một cửa", "2"), ("B2", "Ký", "Sở", "1-3")]))
    assert numbers(reading) == ["1", "2"]
    hours = [each.time.duration for each in reading.table.rows]
    assert hours == [
        Duration(amount=2, unit=TimeUnit.WORKING_HOUR),
        Duration(amount=3, unit=TimeUnit.WORKING_HOUR, at_least=1),
    ]


@pytest.mark.parametrize("words", ["Trong ngày", "như bước 1", "Giờ hành chính", "2", "Theo hẹn"])
def test_a_time_without_number_or_unit_is_unknown(words):
    reading = only(word([HEADER, ("1", "Nhận", "Một cửa", words, "")]))
    assert reading.table.rows[0].time.duration is None
    assert reading.table.rows[0].time.printed == words


def test_a_row_that_a_page_break_cut_goes_on_with_its_step():
    reading = only(
        word(
            "Thủ tục: A",
            [HEADER, ("1", "Tiếp nhận hồ sơ và chuyển", "Bộ phận", "1 giờ", "")],
            "2",
            [HEADER, ("", "cho phòng chuyên môn", "Một cửa", "", ""), SIGN],
            "Tổng thời gian: 3 giờ",
        )
    )
    first, second = reading.table.rows
    assert first.content == "Tiếp nhận hồ sơ và chuyển cho phòng chuyên môn"
    assert first.performer.name == "Bộ phận Một cửa"
    assert second.number == "2"
    assert reading.table.total_time.duration == Duration(amount=3, unit=TimeUnit.HOUR)
    assert "office-row-joined" in codes(reading)


def test_stages_tell_equal_numbers_apart_and_branches_stay_in_theirs():
    rows = [
        HEADER,
        ("I", "Tại cấp xã", "", "", ""),
        RECEIVE,
        ("II", "Tại cấp tỉnh", "", "", ""),
        RECEIVE,
        ("2", "Ký. Không đạt: trả lại bước 1", "Lãnh đạo Sở", "1 giờ", ""),
    ]
    reading = only(word("Thủ tục: A", rows))
    assert numbers(reading) == ["I.1", "II.1", "II.2"]
    assert [each.stage for each in reading.table.rows] == ["Tại cấp xã"] + ["Tại cấp tỉnh"] * 2
    (branch,) = reading.table.rows[2].branches
    assert (branch.kind.value, branch.target) == ("rework", "II.1")


def test_a_row_with_parts_below_it_is_a_title_and_not_a_step():
    rows = [HEADER, RECEIVE, ("2", "Thẩm định", "", "", ""), ("2.1", "Giao việc", "Phòng", "1 giờ"),
            ("2.2", "Xử lý", "Phòng", "1 giờ"), ("3", "Ký", "Lãnh đạo Sở", "1 giờ")]  # fmt: skip
    reading = only(word(rows))
    assert numbers(reading) == ["1", "2.1", "2.2", "3"]
    assert [each.stage for each in reading.table.rows] == [None, "Thẩm định", "Thẩm định", None]
    assert "office-row-title" in codes(reading)


def test_cases_of_one_procedure_are_procedures_of_their_own():
    found = read_office(
        word(
            "1. Thủ tục: Cấp phép (1.000001)",
            "a) Trường hợp không lấy ý kiến (10 ngày)",
            STEPS,
            "b) Trường hợp lấy ý kiến (20 ngày)",
            STEPS,
        )
    )
    assert [each.table.code for each in found] == ["1.000001"] * 2
    assert [int(each.table.total_time.duration.amount) for each in found] == [10, 20]
    assert found[1].table.name == "Cấp phép – Trường hợp lấy ý kiến"


def test_other_tables_are_left_out_and_told():
    papers = [("STT", "Tên giấy tờ", "Số lượng"), ("1", "Đơn", "01")]
    reading = only(word(papers, "Thủ tục: A", STEPS))
    assert numbers(reading) == ["1", "2"]
    (skipped,) = (each for each in reading.findings if each.code == "office-table-skipped")
    assert dict(skipped.values)["where"] == "bảng 1"


def test_the_steps_of_a_management_manual_end_where_its_forms_begin():
    rows = [
        ("5.4", "Thời gian xử lý", "", "", ""),
        ("", "25 ngày làm việc", "", "", ""),
        HEADER,
        ("B1", *RECEIVE[1:]),
        ("6", "BIỂU MẪU", "", "", ""),
        ("1", "Mẫu số 01", "", "", ""),
    ]
    reading = only(word("Thủ tục: A", rows))
    assert numbers(reading) == ["1"]
    assert reading.table.total_time.duration == Duration(amount=25, unit=TimeUnit.WORKING_DAY)


def test_several_sheets_are_read_wherever_their_tables_begin():
    far = [(), (), (None, None, *HEADER), (None, None, 1, "Nhận", "Một cửa", "1 giờ", None)]
    found = read_office(excel({"Cấp giấy phép": far, "Sheet2": [("Thủ tục: B",), *STEPS]}))
    assert [(each.table.name, each.part) for each in found] == [
        ("Cấp giấy phép", "Cấp giấy phép"),
        ("B", "Sheet2"),
    ]
    assert found[0].table.rows[0].line == 4
    assert "office-name-guessed" in codes(found[0])


def test_what_excel_made_of_a_time_by_itself_is_no_time():
    rows = [HEADER, ("1", "Nhận", "Một cửa", dt.date(2025, 2, 1), ""), SIGN]
    reading = only(excel({"A": rows}))
    assert reading.table.rows[0].time.duration is None
    assert "dialect-cell-date" in codes(reading)


@pytest.mark.parametrize("blocks", [[], ["chỉ có chữ"], [[("a", "b"), ("c", "d")]]])
def test_a_file_without_steps_says_what_was_looked_for(blocks):
    with pytest.raises(UnreadableInput, match=r"TF245 .*Nội dung công việc"):
        read_office(word(*blocks))


def test_a_total_below_two_columns_of_time_is_no_step():
    rows = [
        ("TT", "Nội dung công việc", "Người thực hiện", "Thời gian", ""),
        ("", "", "", "Quy định", "Thực tế"),
        ("1", "Tiếp nhận hồ sơ", "Bộ phận Một cửa", "1 ngày", "2 ngày"),
        ("2", "Ký giấy phép", "Lãnh đạo Sở", "2 ngày", "3 ngày"),
        ("Tổng cộng", "", "", "3 ngày", "5 ngày"),
    ]
    for spans in ((), ((4, 0, 4, 2),)):
        reading = only(word(Merged(rows, (0, 3, 0, 4), *spans)))
        assert numbers(reading) == ["1", "2"]
        assert reading.table.total_time.duration == Duration(amount=3, unit=TimeUnit.DAY)
