"""What misled the reader in real layouts, one trap a test."""

from __future__ import annotations

import pytest

from tables.annexes.word_parts import Cell, Grid, Paragraph, word_file
from tthc_flow.model.actor import Level
from tthc_flow.tables.office.captions import Says, read_caption
from tthc_flow.tables.office.openings import first_of, names_whom, opened_by
from tthc_flow.tables.office.read import read_office

HEADER = ("TT", "Nội dung công việc", "Thời gian")


def grid(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> Grid:
    """Return a table; a row of one text spans it."""
    return Grid([
        [Cell(each) for each in row] if len(row) > 1 else [Cell(row[0], span=len(header))]
        for row in (header, *rows)
    ])  # fmt: skip


def rows_of(*blocks) -> list[tuple[str, str, str]]:
    (reading,) = read_office(word_file(blocks))
    return [(row.number, row.performer.name, row.content) for row in reading.table.rows]


NAME = Paragraph("1. Thủ tục: Cấp giấy phép")


def test_a_heading_of_a_level_names_no_procedure_and_holds_for_all_below():
    heading = Paragraph("B. QUY TRÌNH NỘI BỘ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH CẤP HUYỆN")
    table = grid(("1", "Tiếp nhận hồ sơ", "1 ngày"))
    blocks = (heading, NAME, table, Paragraph("2. Thủ tục: Gia hạn giấy phép"), table)
    readings = read_office(word_file(blocks))
    assert [each.table.name for each in readings] == ["Cấp giấy phép", "Gia hạn giấy phép"]
    assert {each.table.level for each in readings} == {Level.DISTRICT}


def test_a_name_may_have_several_codes_behind_it():
    caption = read_caption("1. Thủ tục: Cấp giấy chứng nhận (Mã số TTHC: 1.014464, 1.014465.H12)")
    assert (caption.value, caption.code) == ("Cấp giấy chứng nhận", "1.014464")


@pytest.mark.parametrize("name", ["Giải quyết mai táng phí", "Thực hiện nghĩa vụ tài chính"])
def test_a_label_ends_at_its_colon(name):
    caption = read_caption(f"3. Quy trình: {name}")
    assert (caption.says, caption.value) == (Says.TITLE, name)


def test_a_row_cut_by_the_page_that_goes_on_with_a_word_of_titles_is_no_title():
    first = "Kiểm tra, tiếp nhận hồ sơ tại Trung tâm và chuyển hồ sơ trên Hệ thống giải quyết"
    header = ("TT", "Nội dung công việc", "Trách nhiệm", "Thời gian")
    table = grid(
        ("1", first, "Bộ phận Một cửa", "1 ngày"),
        ("", "Thủ tục hành chính tỉnh và chuyển hồ sơ giấy đến Phòng chuyên môn", "", ""),
        ("2", "Ký giấy phép", "Lãnh đạo Sở", "1 ngày"),
        header=header,
    )
    assert [number for number, _, _ in rows_of(NAME, table)] == ["1", "2"]


def test_a_row_that_begins_like_a_remark_does_not_end_the_steps():
    table = grid(
        ("1", "Nhận tin báo", "1 giờ"),
        ("Nơi tiếp nhận thông tin",),
        ("2", "Ghi chép, giao người thụ lý", "1 giờ"),
        ("3", "Xác minh", "4 giờ"),
    )
    assert [number for number, _, _ in rows_of(NAME, table)] == ["1", "2", "3"]


def test_a_timed_row_under_its_performer_is_a_step_though_the_next_is_a_part_of_it():
    table = grid(
        ("Chuyên viên Phòng Văn hóa",),
        ("3", "Thẩm định, trình lãnh đạo phòng", "1 ngày"),
        ("Lãnh đạo Phòng Văn hóa",),
        ("3.1", "Xem xét trước khi trình", "1 ngày"),
    )
    assert rows_of(NAME, table) == [
        ("3", "Chuyên viên Phòng Văn hóa", "Thẩm định, trình lãnh đạo phòng"),
        ("3.1", "Lãnh đạo Phòng Văn hóa", "Xem xét trước khi trình"),
    ]


@pytest.mark.parametrize(
    ("content", "who"),
    [
        ("Phòng Tư pháp:\nThẩm định hồ sơ", "Phòng Tư pháp"),
        ("Hội đồng thẩm định tỉnh:\nHọp thẩm định", "Hội đồng thẩm định tỉnh"),
        ("Chuyên viên phòng: thẩm định hồ sơ", "Chuyên viên phòng"),
        ("Tiếp nhận hồ sơ:\n- Kiểm tra", ""),
        ("Ban hành văn bản:\n- Ký số", ""),
        ("Chuyên viên kiểm tra các nội dung sau:\n- Đơn", ""),
        ("Chuyên viên xem xét; trường hợp hồ sơ đủ: dự thảo văn bản", ""),
        ("Trường hợp hồ sơ chưa đủ:\nTrả lại", ""),
    ],
)
def test_who_stands_before_a_colon(content, who):
    assert opened_by(content)[0] == who
    assert who or opened_by(content)[1] == content


def test_a_verb_that_begins_like_a_body_is_nobody():
    assert first_of("Ban hành văn bản lấy ý kiến", "") == ""
    assert not names_whom("Ban hành văn bản lấy ý kiến")


def test_a_number_with_the_mark_of_a_footnote_is_one_and_the_row_keeps_its_words():
    rows = grid(("1", "Tiếp nhận", "1 ngày"), ("2 (*)", "Giao việc", "1 ngày"), ("3**", "Ký", "–"))
    told = rows_of(NAME, rows)
    assert [(number, content) for number, _, content in told] == [
        ("1", "Tiếp nhận"),
        ("2", "Giao việc"),
        ("3", "Ký"),
    ]


@pytest.mark.parametrize(
    ("who", "name", "automatic"),
    [
        ("Hệ thống thông tin", "Hệ thống thông tin", True),
        ("Văn thư Sở (thực hiện trên hệ thống)", "Văn thư Sở", True),
        ("Văn thư Sở (tự động)", "Văn thư Sở", True),
        ("Bộ phận quản trị hệ thống", "Bộ phận quản trị hệ thống", False),
        ("Văn thư Sở (ký số)", "Văn thư Sở (ký số)", False),
    ],
)
def test_a_machine_is_told_by_its_words(who, name, automatic):
    header = ("TT", "Nội dung công việc", "Trách nhiệm", "Thời gian")
    rows = grid(
        ("1", "Tiếp nhận", "Một cửa", "1 ngày"), ("2", "Gửi tin", who, "0 ngày"), header=header
    )
    (reading,) = read_office(word_file([NAME, rows]))
    row = reading.table.rows[1]
    assert (row.performer.name, row.automatic) == (name, automatic)
    told = [each.code for each in reading.findings]
    assert ("office-automatic-by-words" in told) is automatic
