"""What a Word file prints is what is read: spans, revisions, controls, numbers made by Word."""

from __future__ import annotations

import pytest

from tables.office.office_files import (
    HEADER,
    NS,
    cell,
    codes,
    numbers,
    only,
    paragraph,
    performers,
    raw_word,
    row,
    table,
    word,
)
from tthc_flow.errors import UnreadableInput
from tthc_flow.tables.office.read import read_office

TITLES = row(*HEADER[:4])
STEPS = row("1", "Tiếp nhận hồ sơ", "Một cửa", "1 giờ") + row("2", "Ký", "Lãnh đạo Sở", "2 giờ")


def test_a_cell_merged_downwards_stands_in_each_of_its_rows():
    first = row("1", "Phân công", cell("Phòng A", '<w:vMerge w:val="restart"/>'), "1 giờ")
    second = row("2", "Xử lý", cell("", "<w:vMerge/>"), "2 giờ")
    reading = only(raw_word(table(TITLES, first, second)))
    assert performers(reading) == ["Phòng A", "Phòng A"]
    assert "office-performer-merged" in codes(reading)


def test_a_merged_time_is_the_time_of_no_step():
    first = row("1", "Phân công", "Phòng A", cell("3 ngày", '<w:vMerge w:val="restart"/>'))
    second = row("2", "Xử lý", "Phòng B", cell("", "<w:vMerge/>"))
    reading = only(raw_word(table(TITLES, first, second)))
    assert [each.time.duration for each in reading.table.rows] == [None, None]
    assert "3 ngày" in reading.table.rows[0].time.printed
    assert "office-time-shared" in codes(reading)


def test_columns_are_told_by_what_lies_above_them_where_spans_differ():
    wide = row(cell("1"), cell("Ký", '<w:gridSpan w:val="2"/>'), cell("Lãnh đạo Sở"), cell("1 giờ"))
    grid = "<w:tblGrid>" + '<w:gridCol w:w="1000"/>' * 5 + "</w:tblGrid>"
    split = '<w:gridSpan w:val="2"/>'
    titles = row("TT", cell("Nội dung công việc", split), "Người thực hiện", "Thời gian")
    short = row("2", "Trả", "kết quả", "Một cửa", "2 giờ")
    reading = only(raw_word(f"<w:tbl>{grid}{titles}{wide}{short}</w:tbl>"))
    assert performers(reading) == ["Lãnh đạo Sở", "Một cửa"]
    assert reading.table.rows[1].content == "Trả: kết quả"


def test_deleted_and_hidden_text_is_not_read_and_inserted_text_is():
    title = (
        "<w:p><w:r><w:t>Thủ tục: </w:t></w:r><w:ins><w:r><w:t>Mới</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>Cũ</w:delText><w:t>Cũ</w:t></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Ẩn</w:t></w:r></w:p>"
    )
    gone = (
        f"<w:tr><w:trPr><w:del/></w:trPr>{cell('9')}{cell('Bỏ')}{cell('B')}{cell('1 giờ')}</w:tr>"
    )
    reading = only(raw_word(title + table(TITLES, gone, STEPS)))
    assert reading.table.name == "Mới"
    assert numbers(reading) == ["1", "2"]


def test_content_controls_are_read_through():
    kept = (
        f"<w:sdt><w:sdtContent>{row('1', 'Nhận hồ sơ', 'Một cửa', '1 giờ')}</w:sdtContent></w:sdt>"
    )
    inner = f"<w:tc><w:sdt><w:sdtContent>{paragraph('Lãnh đạo Sở')}</w:sdtContent></w:sdt></w:tc>"
    reading = only(raw_word(table(TITLES, kept, row("2", "Ký", inner, "1 giờ"))))
    assert performers(reading) == ["Một cửa", "Lãnh đạo Sở"]


def test_a_number_that_word_makes_itself_is_the_number_of_the_step():
    listed = (
        '<w:tc><w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr></w:pPr>'
        "</w:p></w:tc>"
    )
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl>'
    )
    lists = (
        f'<w:numbering {NS}><w:abstractNum w:abstractNumId="3">{level}</w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num></w:numbering>'
    )
    rows = [row(listed, said, "Một cửa", "1 giờ") for said in ("Nhận hồ sơ", "Trả kết quả")]
    data = raw_word(table(TITLES, *rows), **{"word/numbering.xml": lists})
    assert numbers(only(data)) == ["1", "2"]


def test_a_table_inside_a_frame_is_found_and_the_frame_names_it():
    frame = f"<w:tc>{paragraph('Thủ tục: Cấp phép')}{table(TITLES, STEPS)}{paragraph('')}</w:tc>"
    reading = only(raw_word(f"<w:tbl><w:tr>{frame}</w:tr></w:tbl>"))
    assert (reading.table.name, numbers(reading), reading.part) == (
        "Cấp phép",
        ["1", "2"],
        "bảng 2",
    )


@pytest.mark.parametrize(
    "odd",
    [
        "<w:tbl></w:tbl>",
        "<w:tbl><w:tr></w:tr></w:tbl>",
        table(row(cell("1", '<w:gridSpan w:val="999999999"/>'), "x")),
        table("<w:tr><w:trPr><w:gridBefore w:val='999999999'/></w:trPr></w:tr>"),
        table(row(cell("x", "<w:vMerge/>"))),
        table("<w:tr>" + cell("Nội dung") * 10_000 + "</w:tr>"),
        "<w:sdt><w:sdtContent>" * 3_000 + "</w:sdtContent></w:sdt>" * 3_000,
        "<w:p>" + "<w:ins>" * 3_000 + "</w:ins>" * 3_000 + "</w:p>",
    ],
)
def test_odd_tables_do_no_harm_to_those_after_them(odd):
    assert numbers(only(raw_word(odd + table(TITLES, STEPS)))) == ["1", "2"]


def test_tables_nested_without_end_are_refused():
    deep = "<w:tbl><w:tr><w:tc>" * 1_000 + paragraph("x") + "</w:tc></w:tr></w:tbl>" * 1_000
    with pytest.raises(UnreadableInput, match="TF225"):
        read_office(raw_word(deep))


def test_a_finding_names_the_table_and_the_row():
    reading = read_office(word([HEADER, ("1", "Nhận", "Một cửa", "")], "Thủ tục: B", [
        HEADER, ("1", "Nhận", "Một cửa", "1 giờ"), ("2", "Trả", "", "1 giờ"),
    ]))[1]  # fmt: skip
    (missing,) = (each for each in reading.findings if each.code == "table-performer-missing")
    assert (missing.name, missing.line) == ("bảng 2", 3)
