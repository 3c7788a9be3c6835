"""The report of the results: totals by their named ways, targets by the kind of procedure."""

from __future__ import annotations

from report.word.cases_of import costed, council, press, unchanged
from report.word.paper import Read
from tthc_flow.report.word.papers import results_document


def test_one_procedure_is_held_against_both_targets():
    rows = Read(results_document((press(),))).rows("Chỉ tiêu")
    assert rows[0] == ["Chỉ tiêu", "Trước", "Sau", "Cắt giảm", "Mục tiêu 30 %", "Mục tiêu 50 %"]
    assert rows[1] == [
        *("Thời gian giải quyết", "3 ngày làm việc", "2,25 ngày làm việc", "25 %"),
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
    assert "Chi phí tuân thủ, Thông tư 02/2017/TT-VPCP: chưa đủ dữ liệu để tính “Cấp giấy" in words


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
