"""What is not read is told: other columns, notes, hidden and crossed-out text, tracked changes."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
from openpyxl.styles import Font

from tables.office.office_files import (
    cell,
    codes,
    excel,
    numbers,
    only,
    paragraph,
    raw_word,
    row,
    table,
    word,
)
from tthc_flow.errors import UnreadableInput
from tthc_flow.tables.office.read import read_office
from tthc_flow.units import Duration, TimeUnit
from tthc_flow.words.messages import message

HEADER = ("TT", "Nội dung công việc", "Người thực hiện", "Thời gian")
FIRST = ("1", "Tiếp nhận", "Bộ phận Một cửa", "1 ngày")
SECOND = ("2", "Ký", "Lãnh đạo Sở", "2 ngày")


def told(reading, code):
    return [(each.line, dict(each.values)) for each in reading.findings if each.code == code]


def changed(rows, change):
    """Return an .xlsx with *rows*, changed by hand."""
    book = openpyxl.load_workbook(io.BytesIO(excel({"Quy trình": rows})))
    change(book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_column_of_another_kind_is_told_with_its_row():
    rows = [(*HEADER, "Cơ quan phối hợp"), (*FIRST, ""), (*SECOND, "Công an tỉnh")]
    ((line, values),) = told(only(word(rows)), "office-cells-unread")
    assert (line, values["text"]) == (3, "Cơ quan phối hợp: Công an tỉnh")


def test_a_remark_at_the_side_of_a_sheet_is_told_and_joins_no_column():
    rows = [HEADER, FIRST, (*SECOND, None, None, "Anh Nam xem lại")]
    reading = only(excel({"Quy trình": rows}))
    assert reading.table.rows[1].time.duration == Duration(amount=2, unit=TimeUnit.DAY)
    assert [values["text"] for _, values in told(reading, "office-cells-unread")] == [
        "Anh Nam xem lại"
    ]


def test_a_note_below_the_table_is_a_remark_of_its_procedure():
    below = ["Ghi chú: không kể ngày nghỉ", "Nơi nhận: như trên", "Thủ tục: Cấp lại"]
    first, second = read_office(word([HEADER, FIRST], *below, [HEADER, SECOND]))
    assert [values["text"] for _, values in told(first, "office-remark")] == [below[0]]
    assert not told(second, "office-remark")


def test_hidden_rows_and_columns_are_not_read_and_told():
    def hide(sheet):
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["E"].hidden = True

    rows = [(*HEADER, "Mã"), (dt.date(2025, 1, 1), *FIRST[1:], "a"), (*SECOND, "b")]
    reading = only(changed(rows, hide))
    assert numbers(reading) == ["2"]
    assert {"office-rows-hidden", "office-columns-hidden"} <= set(codes(reading))
    assert not {"office-cells-unread", "dialect-cell-date"} & set(codes(reading))


def test_a_sheet_of_which_nothing_is_seen_is_refused_with_the_reason():
    def hide(sheet):
        for letter in "ABCD":
            sheet.column_dimensions[letter].hidden = True

    with pytest.raises(UnreadableInput, match=r"TF245 .*hidden"):
        read_office(changed([HEADER, FIRST], hide))


def test_crossed_out_text_is_not_read_and_told():
    struck = "<w:r><w:rPr><w:strike/></w:rPr><w:t>05 ngày</w:t></w:r>"
    kept = "<w:r><w:rPr><w:strike w:val='0'/></w:rPr><w:t>02 ngày</w:t></w:r>"
    time = f"<w:tc><w:p>{struck}{kept}</w:p></w:tc>"
    reading = only(raw_word(table(row(*HEADER), row(*FIRST[:3], time))))
    assert reading.table.rows[0].time.duration == Duration(amount=2, unit=TimeUnit.DAY)
    ((line, values),) = told(reading, "office-text-struck")
    assert (line, values["text"]) == (2, "05 ngày")


def test_a_crossed_out_row_is_no_step():
    def cross(sheet):
        for each in sheet[2]:
            each.font = Font(strike=True)

    reading = only(changed([HEADER, FIRST, SECOND], cross))
    assert numbers(reading) == ["2"]
    assert "Tiếp nhận" in told(reading, "office-text-struck")[0][1]["text"]


def test_a_crossed_out_line_outside_of_tables_is_told():
    line = "<w:p><w:r><w:rPr><w:dstrike/></w:rPr><w:t>Thủ tục: Cũ</w:t></w:r></w:p>"
    body = line + paragraph("Thủ tục: Mới") + table(row(*HEADER), row(*FIRST))
    reading = only(raw_word(body))
    assert reading.table.name == "Mới"
    assert told(reading, "office-text-struck")[0][1]["text"] == "Thủ tục: Cũ"


@pytest.mark.parametrize(
    "odd",
    [
        row(*HEADER).replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>"),
        row(cell("1", "<w:cellIns/>"), *FIRST[1:]),
        row(*FIRST).replace("<w:r><w:t>1 ", "<w:ins><w:r><w:t>1 ").replace("ngày</w:t></w:r>",
            "ngày</w:t></w:r></w:ins>"),
    ],
)  # fmt: skip
def test_tracked_changes_are_told_with_their_table(odd):
    reading = only(raw_word(table(row(*HEADER), row(*FIRST), odd)))
    ((_, values),) = told(reading, "office-revised")
    assert values["where"] == "bảng 1"
    assert "office-revised" not in codes(only(word([HEADER, FIRST])))


def test_a_raised_number_after_a_time_points_to_a_note():
    raised = "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>1</w:t></w:r>"
    time = f"<w:tc><w:p><w:r><w:t>15 ngày</w:t></w:r>{raised}</w:p></w:tc>"
    reading = only(raw_word(table(row(*HEADER), row(*FIRST[:3], time))))
    length = reading.table.rows[0].time
    assert (length.duration, length.printed) == (Duration(amount=15, unit=TimeUnit.DAY), "15 ngày¹")


def test_a_step_that_only_has_a_number_and_a_result_is_called_by_its_result():
    header = ("Bước thực hiện", "Người thực hiện", "Kết quả", "Thời gian")
    reading = only(word([header, ("Bước 1", "Bộ phận Một cửa", "Phiếu hẹn", "1 ngày")]))
    (step,) = reading.table.rows
    assert (step.number, step.content) == ("1", "Phiếu hẹn")
    assert "office-content-of-result" in codes(reading)


def test_places_are_english_in_english():
    values = {"where": "bảng 2, dòng 3", "text": "x"}
    assert message("office-text-struck", values, "en").text.startswith("table 2, row 3:")
    assert message("office-text-struck", values, "vi").text.startswith("bảng 2, dòng 3:")
