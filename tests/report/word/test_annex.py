"""The annex is built as the published ones are, and says what the record says."""

from __future__ import annotations

import re

from attrs import evolve

from report.word.cases_of import costed, council, handed_by, press, unchanged
from report.word.paper import Read, annex_words
from tthc_flow.report.word.counting import counted
from tthc_flow.report.word.papers import annex_document


def in_this_order(text, *parts):
    place = 0
    for part in parts:
        found = text.find(part, place)
        assert found >= 0, part
        place = found + len(part)


def test_a_block_has_the_four_parts_of_the_published_annex():
    read = annex_words(press())
    in_this_order(
        read.words,
        "Phụ lục",
        "PHƯƠNG ÁN ĐƠN GIẢN HÓA THỦ TỤC HÀNH CHÍNH",
        "PHẦN I\n",
        "A. THỦ TỤC HÀNH CHÍNH CẤP TỈNH",
        "I. Lĩnh vực Báo chí, xuất bản",
        "PHẦN II\n",
        "1. Thủ tục: Cấp giấy chứng nhận lưu hành tự do",
        "(mã số TTHC: 1.014464)",
        "1.1. Nội dung đơn giản hóa",
        "Giảm thời gian giải quyết từ 03 ngày làm việc xuống còn 2,25 ngày làm việc",
        "Bỏ bước trung chuyển: bỏ bước 4 “Chuyển hồ sơ liên thông lên UBND tỉnh”",
        "Lý do: bước chỉ nhận và chuyển tiếp hồ sơ",
        "giảm 0,25 ngày làm việc; bớt 01 bước; bớt 01 lần chuyển giao",
        "xem Biểu 1c.",
        "1.2. Kiến nghị thực thi",
        "a) Trong thẩm quyền của địa phương",
        "Sửa đổi, bổ sung Quyết định số 2969/QĐ-UBND tỉnh Sơn La",
        "b) Chưa rõ thẩm quyền, phải xác định trước khi trình",
        "1.3. Lợi ích phương án",
        "Theo Thông tư 02/2017/TT-VPCP: chưa đủ dữ liệu để tính chi phí trước, sau",
        "Còn thiếu: các việc đối tượng tuân thủ phải làm",
        "Thời gian giải quyết trước khi đơn giản hóa: 03 ngày làm việc",
        "Thời gian giải quyết sau khi đơn giản hóa: 2,25 ngày làm việc",
        "Thời gian tiết kiệm: 0,75 ngày làm việc",
        "Tỷ lệ cắt giảm thời gian: 25 %",
        "1.4. Lộ trình thực hiện",
        "PHẦN III\n",
        "Biểu 1a. Cắt giảm theo vai trò",
        "Biểu 1b. Tính chi phí tuân thủ thủ tục hành chính",
        "Biểu 1c. Hiện trạng và căn cứ của từng nội dung",
        "Sơ đồ 1a. Quy trình trước khi đơn giản hóa",
        "Sơ đồ 1b. Quy trình sau khi đơn giản hóa",
    )


def test_the_list_has_the_columns_of_the_published_annex():
    assert annex_words(press()).rows("STT")[0] == [
        *("STT", "Mã số TTHC", "Tên thủ tục hành chính"),
        *("Văn bản, quy định kiến nghị đơn giản hóa", "Nội dung đề xuất"),
    ]


def test_costs_are_told_by_both_methods_before_after_saved_and_rate():
    words = annex_words(costed()).words
    in_this_order(
        words,
        "Theo Thông tư 02/2017/TT-VPCP:",
        "trước khi đơn giản hóa: 1.800.000 đồng/năm",  # (2 × 40,000 + 100,000) × 10
        "sau khi đơn giản hóa: 1.800.000 đồng/năm",
        "Chi phí tiết kiệm: 0 đồng/năm",
        "Theo thời gian giải quyết",
        "trước khi đơn giản hóa: 32.000.000 đồng/năm",  # 10 × 8 × 40,000 × 10
        "sau khi đơn giản hóa: 29.200.000 đồng/năm",  # 73 hours × 40,000 × 10
        "Chi phí tiết kiệm: 2.800.000 đồng/năm",
        "Tỷ lệ cắt giảm chi phí: 8,75 %",
    )


def test_what_grew_is_not_told_as_saved():
    one = costed()
    benefit = one.record["plan"]["benefits"][1]
    benefit |= {"saved": -benefit["saved"], "rate": -benefit["rate"]}
    one.record["plan"]["cut"] |= {"time": -0.5, "minutes": -2400}
    words = annex_words(one).words
    assert "Chi phí tăng thêm: 2.800.000 đồng/năm" in words
    assert "Tỷ lệ chi phí tăng thêm: 8,75 %" in words
    assert "Thời gian tăng thêm: 05 ngày làm việc" in words
    assert "Tỷ lệ cắt giảm thời gian: tăng 50 %" in words


def test_an_unknown_time_is_no_number():
    one = press()
    plan = one.record["plan"]
    for side in ("before", "after"):
        plan[side]["norm_time"]["complete"] = False
        plan[side]["unknown_times"] = ["Step_3"]
    plan["cut"] |= {"time": None, "minutes": None}
    words = annex_words(one).words
    assert "Thời gian tiết kiệm: chưa đủ dữ liệu" in words
    assert "Tỷ lệ cắt giảm thời gian: chưa đủ dữ liệu" in words
    assert "Còn thiếu: thời gian của bước 3 “Ký trình”." in words
    assert "trước khi đơn giản hóa: ít nhất 03 ngày làm việc" in words


def test_procedures_are_grouped_by_level_then_field_and_numbered_through():
    rows = annex_words(unchanged(), costed(), press(), council()).rows("STT")[1:]
    assert [row[0] for row in rows] == [
        *("A. THỦ TỤC HÀNH CHÍNH CẤP TỈNH", "I. Lĩnh vực Báo chí, xuất bản", "1"),
        *("II. Lĩnh vực Hoạt động khoa học và công nghệ", "2"),
        *("B. THỦ TỤC HÀNH CHÍNH CẤP XÃ", "I. Lĩnh vực Giáo dục và đào tạo", "3"),
        *("C. THỦ TỤC HÀNH CHÍNH CẤP TRUNG ƯƠNG", "I. Lĩnh vực Công tác dân tộc", "4"),
    ]
    assert rows[-1][-1] == "Chưa đề xuất thay đổi"


def test_a_procedure_without_changes_says_so_and_has_one_diagram():
    read = annex_words(unchanged())
    assert "Chưa đề xuất thay đổi quy trình hiện hành" in read.words
    assert "Sơ đồ 1. Quy trình hiện hành" in read.words
    assert "Sơ đồ 1b" not in read.words


def test_the_cut_by_role_prints_the_eight_categories_and_the_total_of_the_record():
    rows = annex_words(press()).rows("Vai trò")
    assert [row[0] for row in rows[1:9]] == [
        *("Một cửa", "Chuyên viên", "Lãnh đạo phòng", "Lãnh đạo cơ quan"),
        *("Lấy ý kiến", "Kiểm tra thực địa", "Văn phòng UBND tỉnh", "Văn thư"),
    ]
    assert rows[1][1:] == [
        *("3", "2", "0,75 ngày làm việc", "0,5 ngày làm việc", "0,25 ngày làm việc", "33,33 %")
    ]
    assert rows[-1] == [
        *("Cộng", "9", "8", "03 ngày làm việc", "2,25 ngày làm việc", "0,75 ngày làm việc"),
        "25 %",
    ]


def test_every_missing_input_of_the_cost_sheet_is_a_marked_blank():
    rows = annex_words(press()).rows("Khoản mục")[1:]
    names = [row[0] for row in rows]
    assert names[:2] == ["Chuẩn bị hồ sơ: giờ công và chi phí", "Nộp hồ sơ: giờ công và chi phí"]
    assert names[-2:] == ["Số đối tượng tuân thủ một năm", "Số lần thực hiện một năm"]
    assert all(row[1:] == ["……", "……", "(*) cần bổ sung", "……"] for row in rows)


def test_every_known_input_stands_with_its_source():
    rows = annex_words(costed()).rows("Khoản mục")[1:]
    assert {row[4] for row in rows} == {"QĐ 2816/QĐ-UBND tỉnh Đồng Nai, ngày 20/11/2025"}
    assert "cần bổ sung" not in " ".join(cell for row in rows for cell in row)


def test_a_delegation_is_told_once_with_all_its_steps_and_its_terms():
    words = annex_words(council()).words
    (told,) = re.findall(r"Việc ủy quyền ký tại .*", words)
    assert "“Quyết định lập hội đồng”" in told
    assert "“Ký quyết định công nhận hoặc công văn thông báo”" in told
    assert "Thời hạn ủy quyền: ……" in told
    assert "người nhận không được ủy quyền tiếp" in told


def test_a_phan_cap_is_said_to_need_a_legal_normative_text():
    one = council()
    handed_by(one, "decentralisation")
    words = annex_words(one).words
    assert "bằng văn bản quy phạm pháp luật" in words
    assert "Việc ủy quyền" not in words


def test_both_diagrams_are_pictures_signed_by_the_head_of_the_agency():
    read = Read(annex_document((press(),)))
    shapes = read.document.inline_shapes
    pages = read.words.count("(trích phóng to")
    assert len(shapes) == 2 + pages
    assert read.words.count("THỦ TRƯỞNG CƠ QUAN") == 2
    for shape in shapes:
        assert shape.width / 36_000 <= 252.1
        assert shape._inline.docPr.get("descr").startswith("Sơ đồ 1")
    assert any(section.orientation == 1 for section in read.document.sections)


def test_a_decision_that_is_handed_down_is_not_told_as_dropped():
    words = annex_words(council()).words
    assert "Không thực hiện bước 7 “Quyết định lập hội đồng” tại UBND tỉnh" in words
    assert "ký kết quả theo hình thức ủy quyền" in words
    assert "Bỏ bước 7" not in words


def test_every_change_of_the_record_is_told_and_what_is_said_twice_once():
    one = council()
    words = annex_words(one).words
    gone = {"Step_7", "Step_18"}  # told as handed down
    for change in one.record["plan"]["changes"]:
        if change["kind"] in {"renamed", "restated", "added"} and change["element"] not in gone:
            assert counted(change["sentence"].removesuffix(".")) in words
    (report,) = [line for line in words.splitlines() if "Báo cáo việc thực hiện ủy quyền" in line]
    assert "(02 bước như nhau)" in report


def rests_on(one):
    """Return the cells of the table of what each proposal rests on."""
    (table,) = [
        each
        for each in annex_words(one).document.tables
        if len(each.rows[0].cells) > 2 and each.rows[0].cells[2].text == "Hiện trạng"
    ]
    return [[cell.text for cell in row.cells] for row in table.rows[1:]]


def test_what_a_proposal_rests_on_stands_in_its_table_with_each_source_once():
    cells = rests_on(press())[0]
    assert cells[1] == "Bỏ bước trung chuyển (bước 4 “Chuyển hồ sơ liên thông lên UBND tỉnh”)"
    assert "0,25 ngày (Quyết định số 2969/QĐ-UBND tỉnh Sơn La, ngày 21/11/2025)" in cells[2]
    assert "Quyết định số 2811/QĐ-UBND tỉnh Đồng Nai" in cells[3]
    confirmed = rests_on(council())[0][3].splitlines()
    sources = [line.rpartition(" (")[2] for line in confirmed]
    assert len(sources) == len(set(sources)) == 2  # the law itself, and the answers


def test_figures_of_what_may_not_be_done_at_once_are_said_to_be_of_the_whole():
    note = "Số liệu tính khi thực hiện toàn bộ nội dung đề xuất"
    assert note in annex_words(press()).words
    assert note not in annex_words(costed()).words


def test_procedures_without_a_proposal_are_no_part_of_the_annex_of_a_decision():
    words = Read(annex_document((evolve(press(), before="", after=""), unchanged()))).words
    assert unchanged().name not in words
    assert "Kèm theo Quyết định số" in words
    alone = Read(annex_document((evolve(unchanged(), before=""),))).words
    assert unchanged().name in alone
    assert "Kèm theo Báo cáo số ……/BC-……" in alone
    assert "Kèm theo Quyết định" not in alone


def test_a_lower_bound_of_nothing_is_unknown():
    one = unchanged()
    one.record["plan"]["cut_by_role"]["total"]["before"] |= {"minutes": 0, "unknown": 5}
    assert annex_words(one).rows("Vai trò")[-1][3] == "chưa rõ"
