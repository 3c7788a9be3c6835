"""The draft decision: blanks where somebody signs, and nothing that it may not decide."""

from __future__ import annotations

import re

import pytest

from report.word.cases_of import costed, council, handed_by, press, unchanged
from report.word.paper import Read, W
from tthc_flow.report.word.papers import decision_document


def draft(*reviewed):
    made = decision_document(reviewed)
    assert made is not None
    return Read(made)


def decided(read):
    """Return the articles alone."""
    return read.words.split("QUYẾT ĐỊNH:")[1].split("Nơi nhận:")[0]


def test_number_date_and_signature_are_blank():
    words = draft(press()).words
    assert "Số: ……/QĐ-UBND" in words
    assert "Sơn La, ngày …… tháng …… năm ……" in words
    assert words.split("Ghi chú của dự thảo")[0].rstrip().endswith("CHỦ TỊCH")
    assert "ỦY BAN NHÂN DÂN TỈNH SƠN LA" in words
    assert "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH SƠN LA" in words


def test_every_legal_ground_is_in_italics_and_ends_with_a_semicolon():
    grounds = [
        each for each in draft(press()).document.paragraphs if each.text.startswith("Căn cứ")
    ]
    assert len(grounds) == 6
    assert all(each.text.endswith(";") for each in grounds)
    assert all(run.italic for each in grounds for run in each.runs)
    text = "Căn cứ Quyết định số 2969/QĐ-UBND tỉnh Sơn La ngày 21 tháng 11 năm 2025 về ……;"
    assert grounds[-1].text == text


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
    assert "Chưa trình phê duyệt các nội dung chưa rõ thẩm quyền" in read.words


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


def test_each_of_several_procedures_has_a_line_of_its_own():
    """What is called alike in two procedures is told twice: nothing melts into one."""
    articles = decided(draft(council(), costed()))
    lines = [line for line in articles.splitlines() if line.startswith("- Thủ tục “")]
    assert len(lines) == 2
    assert all("phân công tự động (bước 2 “Giao người xử lý”)" in line for line in lines)
    assert "2487/QĐ-UBND" in lines[0]
    assert "2487/QĐ-UBND" not in lines[1]
    assert "phương án đơn giản hóa 02 thủ tục" in articles


def test_what_is_only_annexed_is_said_not_to_be_approved():
    scope = "Phạm vi phê duyệt là các nội dung nêu tại Điều 2"
    assert scope in decided(draft(press()))
    assert scope not in decided(draft(council()))
    one = council()
    handed_by(one, "decentralisation")
    assert scope in decided(draft(one))


def test_the_draft_asks_for_the_grounds_to_be_checked():
    notes = draft(press()).words.split("Ghi chú của dự thảo")[1]
    assert "Đối chiếu hiệu lực của các văn bản" in notes
    assert "Chỉ giữ căn cứ Nghị quyết số 66/NQ-CP nếu" in notes
    one = costed()
    one.record["procedure"] |= {"kind": "within_agency", "agency": "Sở Nội vụ"}
    notes = draft(one).words.split("Ghi chú của dự thảo")[1]
    assert "của giai đoạn 2022 - 2025" in notes
    assert "66/NQ-CP" not in notes


def test_the_agency_that_advises_the_committee_is_told_to_do_it():
    words = draft(press()).words
    assert "1. Giao Sở Văn hóa, Thể thao và Du lịch chủ trì" in words
    assert "Giám đốc Sở Văn hóa, Thể thao và Du lịch" in words
    assert "tham mưu" not in words


def test_a_committee_called_by_its_level_alone_is_a_blank():
    one = costed()
    agency = "UBND cấp xã (cơ quan chuyên môn về tổ chức bộ máy)"
    one.record["procedure"] |= {"kind": "within_agency", "agency": agency}
    words = draft(one).words
    assert "CHỦ TỊCH ỦY BAN NHÂN DÂN ……" in words
    assert "THỦ TRƯỞNG UBND" not in words
    assert "cơ quan chuyên môn về tổ chức bộ máy" not in words


def test_a_line_stands_under_what_it_is_about():
    body = draft(press()).document.paragraphs
    place = next(number for number, each in enumerate(body) if each.text.startswith("Về việc"))
    under = body[place + 1]
    assert under._p.find(f"{W}pPr/{W}pBdr/{W}top") is not None
    assert round(under.paragraph_format.left_indent.mm) == 57  # 165 − 2 × 57: a third
