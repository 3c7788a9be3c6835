"""How columns and procedures are called: more of the words that offices print."""

from __future__ import annotations

import pytest

from tables.office.office_files import excel, only, performers, word
from tthc_flow.tables.office.captions import Says, read_caption
from tthc_flow.tables.office.header import role_of

FIRST = ("1", "Tiếp nhận", "Bộ phận Một cửa", "1 ngày")


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Bộ phận giải quyết", "unit"),
        ("Đơn vị xử lý", "unit"),
        ("Cán bộ xử lý", "person"),
        ("Cán bộ, công chức thụ lý", "person"),
        ("Đơn vị/ Người xử lý", "performer"),
        ("Nội dung xử lý", "content"),
        ("Lưu đồ", "name"),
        ("Thời gian sau cắt giảm (ngày)", "time"),
        ("Biểu mẫu, tài liệu", "result"),
        ("Trình các cấp có thẩm quyền cao hơn", "other"),
    ],
)
def test_a_column_is_known_by_what_offices_call_it(title, role):
    assert role_of(title) == role


@pytest.mark.parametrize(
    ("line", "name", "code"),
    [
        ("7. Thủ tục: Cấp phép. Mã số: 2.000135", "Cấp phép", "2.000135"),
        ("Thủ tục: 2.001283.000.00.00.H56 - Cấp phép", "Cấp phép", "2.001283.000.00.00.H56"),
        ("5.7. Quy trình xử lý công việc: Thủ tục: Cấp phép", "Cấp phép", None),
        ("Quy trình liên thông: Cấp phép", "Cấp phép", None),
    ],
)
def test_a_name_is_free_of_labels_and_codes(line, name, code):
    caption = read_caption(line)
    assert (caption.says, caption.value, caption.code) == (Says.TITLE, name, code)


def test_a_limit_that_names_a_level_is_the_limit_and_a_sum_for_a_level_is_that_of_a_part():
    assert read_caption("Thời gian giải quyết cấp tỉnh 15 ngày").says is Says.TOTAL
    assert read_caption("Tổng thời gian cấp tỉnh 15 ngày").says is Says.SUBTOTAL


def test_a_letterhead_of_two_cells_is_no_label_and_value():
    head = [("QUY TRÌNH\nĐăng ký khai tử", "Mã hiệu: QT-HT-05\nLần ban hành: 02")]
    header = ("TT", "Nội dung công việc", "Người thực hiện", "Thời gian")
    assert only(word(head, [header, FIRST])).table.name == "Đăng ký khai tử"


def test_a_code_may_stand_in_the_title_of_a_sheet():
    header = ("TT", "Nội dung công việc", "Người thực hiện", "Thời gian")
    rows = [("QUY TRÌNH CẤP PHÉP NHẬP KHẨU",), header, FIRST]
    reading = only(excel({"1.007623": rows}))
    assert (reading.table.name, reading.table.code) == ("CẤP PHÉP NHẬP KHẨU", "1.007623")


def test_the_unit_and_its_person_are_both_performers():
    header = ("TT", "Nội dung công việc", "Đơn vị xử lý", "Cán bộ xử lý", "Thời gian")
    reading = only(word([header, ("1", "Ký", "Sở Y tế", "Giám đốc", "1 ngày")]))
    assert performers(reading) == ["Giám đốc, Sở Y tế"]
