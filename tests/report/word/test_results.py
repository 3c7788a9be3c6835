"""The report of the results: totals by their named ways, targets by the kind of procedure."""

from __future__ import annotations

from report.word.cases_of import costed, council, press, unchanged
from report.word.paper import Read
from tthc_flow.report.word.papers import results_document


def test_one_procedure_is_held_against_both_targets():
    rows = Read(results_document((press(),))).rows("Chỉ tiêu")
    assert rows[0] == ["Chỉ tiêu", "Trước", "Sau", "Cắt giảm", "Mục tiêu 30 %", "Mục tiêu 50 %"]
    assert rows[1] == [
        *("Thời gian giải quyết", "03 ngày làm việc", "2,25 ngày làm việc", "25 %"),
        *("chưa đạt", "chưa đạt"),
    ]
    assert rows[2][3:] == ["chưa đủ dữ liệu"] * 3


def test_many_procedures_are_added_up_by_two_named_ways():
    rows = Read(results_document((press(), council(), costed()))).rows("Chỉ tiêu")
    pooled, mean = rows[1:3]
    # 3 → 2.25, 27 → 20, 10 → 9.125 days: 8.625 of 40, and the mean of 25, 25.93 and 8.75 %
    assert pooled[1:6] == [
        *("tổng cắt giảm trên tổng trước", "3", "40 ngày làm việc"),
        *("251 giờ làm việc", "21,56 %"),
    ]
    assert mean[1] == "trung bình các tỷ lệ"
    assert mean[5] == "19,89 %"


def test_what_is_left_out_of_a_total_is_named():
    words = Read(results_document((press(), costed()))).words
    law = "Thông tư số 02/2017/TT-VPCP"
    assert f"Chi phí tuân thủ theo {law}: chưa đủ dữ liệu để tính “Cấp giấy" in words


def test_internal_procedures_have_a_target_of_their_own_and_none_for_time():
    read = Read(results_document((unchanged(),)))
    rows = read.rows("Chỉ tiêu")
    assert rows[0][4:] == ["Mục tiêu 20 %"]
    assert rows[1][4] == "–"
    assert "1085/QĐ-TTg" in read.words
    assert "66/NQ-CP" not in read.words


def test_the_kinds_are_never_added_up():
    words = Read(results_document((press(), unchanged()))).words
    assert "1. TTHC giải quyết cho tổ chức, cá nhân" in words
    assert "2. TTHC nội bộ giữa các cơ quan" in words


def test_proposals_are_split_by_authority():
    words = Read(results_document((press(),))).words
    within, rest = words.split("2. Ngoài thẩm quyền")
    outside, unknown = rest.split("3. Chưa rõ thẩm quyền")
    assert "bỏ bước trung chuyển (bước 4" in within
    assert "Không có." in outside
    assert "phân công tự động (bước 2" in unknown


def test_no_cut_is_a_number_and_no_dash():
    one = costed()
    rows = Read(results_document((one,))).rows("Chỉ tiêu")
    assert rows[2][:4] == [
        *("Chi phí tuân thủ theo Thông tư số 02/2017/TT-VPCP", "1.800.000 đồng/năm"),
        *("1.800.000 đồng/năm", "0 %"),
    ]


def test_the_report_numbers_as_the_annex_does_and_unchanged_ones_last():
    read = Read(results_document((unchanged(), costed(), press())))
    names = [row[2] for row in read.rows("STT")[1:]]
    assert names == [press().name, costed().name, unchanged().name]


def test_what_would_cut_more_stands_in_a_table_like_ones_together():
    tables = Read(results_document((press(),))).document.tables
    (table,) = [each for each in tables if each.rows[0].cells[1].text == "Nội dung"]
    rows = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    (courier,) = [row for row in rows if row[1].startswith("Bưu chính công ích")]
    assert courier[1].endswith(": bước 1 “Nhận và bàn giao hồ sơ”, bước 7 “Trả kết quả”")
    assert courier[2] == "Cần xác nhận: không phải gặp trực tiếp để xác minh nhân thân"
    assert sum(each["candidate"].startswith("post_by_courier")
               for each in press().record["plan"]["binding"]) == 2  # fmt: skip
    barred = press()
    barred.record["plan"]["binding"][0]["conditions"][0]["verdict"] = "fail"
    words = Read(results_document((barred,))).words
    assert "Chưa đạt điều kiện: thẩm quyền là của chính người giao\n–" in words
