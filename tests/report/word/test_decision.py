"""The draft decision: blanks where somebody signs, and nothing that it may not decide."""

from __future__ import annotations

import re

import pytest

from report.word.cases_of import costed, council, handed_by, press, unchanged
from report.word.paper import Read
from tthc_flow.report.word.papers import decision_document


def draft(*reviewed):
    made = decision_document(reviewed)
    assert made is not None
    return Read(made)


def decided(read):
    """Return the articles alone."""
    return read.words.split("QUYẾT ĐỊNH:")[1]


def test_number_date_and_signature_are_blank():
    words = draft(press()).words
    assert "Số: ……/QĐ-UBND" in words
    assert "Sơn La, ngày …… tháng …… năm ……" in words
    assert words.rstrip().endswith("CHỦ TỊCH")
    assert "ỦY BAN NHÂN DÂN TỈNH SƠN LA" in words
    assert "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH SƠN LA" in words


def test_every_legal_ground_is_in_italics_and_ends_with_a_semicolon():
    grounds = [
        each for each in draft(press()).document.paragraphs if each.text.startswith("Căn cứ")
    ]
    assert len(grounds) == 6
    assert all(each.text.endswith(";") for each in grounds)
    assert all(run.italic for each in grounds for run in each.runs)
    assert grounds[-1].text == "Căn cứ Quyết định số 2969/QĐ-UBND tỉnh Sơn La ngày 21/11/2025;"


def test_there_are_three_articles_and_the_sign_of_the_end():
    words = draft(press()).words
    assert re.findall(r"^Điều \d\.", words, re.MULTILINE) == ["Điều 1.", "Điều 2.", "Điều 3."]
    assert words.count("./.") == 1
    assert "Nơi nhận:" in words


def test_who_receives_it_stands_in_the_letters_of_the_rule():
    table = draft(press()).document.tables[-1]
    first, second = table.rows[0].cells[0].paragraphs[:2]
    assert (first.runs[0].font.size.pt, first.runs[0].bold, first.runs[0].italic) == (
        12,
        True,
        True,
    )
    assert (second.runs[0].font.size.pt, second.runs[0].bold) == (11, False)


def test_what_nobody_knows_who_may_do_is_not_decided():
    read = draft(press())
    assert "Chuyển hồ sơ liên thông lên UBND tỉnh" in decided(read)
    assert "Giao người thụ lý" not in decided(read)
    assert "chưa trình phê duyệt các nội dung chưa rõ thẩm quyền" in read.words


def test_a_phan_cap_is_never_decided_by_it():
    one = council()
    handed = handed_by(one, "decentralisation")
    read = draft(one)
    assert "Quyết định lập hội đồng" not in decided(read)
    assert "phân cấp" not in decided(read)
    assert "văn bản ủy quyền" not in decided(read)
    assert "phải thực hiện bằng văn bản quy phạm pháp luật" in read.words
    for stage in one.record["plan"]["roadmap"]:
        stage["candidates"] = [
            each for each in stage["candidates"] if each.startswith(handed["lever"])
        ]
    assert decision_document((one,)) is None


def test_a_delegation_is_decided_with_a_note_that_it_needs_its_own_text():
    read = draft(council())
    assert "ủy quyền ký (bước 7 “Quyết định lập hội đồng”)" in decided(read)
    assert "bằng văn bản ủy quyền riêng" in read.words


@pytest.mark.parametrize("one", [unchanged()], ids=["unchanged"])
def test_where_nothing_is_proposed_there_is_no_decision(one):
    assert decision_document((one,)) is None


def test_an_agency_decides_for_itself_about_what_is_inside_it():
    one = costed()
    one.record["procedure"] |= {"kind": "within_agency", "agency": "Sở Nội vụ"}
    words = draft(one).words
    assert "SỞ NỘI VỤ" in words
    assert "THỦ TRƯỞNG SỞ NỘI VỤ" in words
    assert "1085/QĐ-TTg" in words
    assert "66/NQ-CP" not in words


def test_the_committee_tells_nobody_to_be_the_committee():
    assert "Giao UBND" not in draft(press()).words
    one = press()
    one.record["procedure"]["agency"] = "Sở Văn hóa, Thể thao và Du lịch"
    assert "Giao Sở Văn hóa, Thể thao và Du lịch chủ trì" in draft(one).words


def test_a_city_is_no_province():
    one = press()
    one.record["procedure"]["locality"] = "Đà Nẵng"
    assert "ỦY BAN NHÂN DÂN THÀNH PHỐ ĐÀ NẴNG" in draft(one).words
