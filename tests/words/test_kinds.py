"""What is done in a step: the traps that a single word would fall into."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tthc_flow.model.step import StepKind
from tthc_flow.words.actors import read_performer
from tthc_flow.words.kinds import read_kinds


def kind(content: str, performer: str) -> StepKind | None:
    found = read_kinds(content, read_performer(performer).performer).kinds
    return found[0] if found else None


@pytest.mark.parametrize(
    ("performer", "content", "expected"),
    [
        ("Bộ phận Một cửa", "Lập Giấy tiếp nhận hồ sơ và hẹn trả kết quả", StepKind.RECEIVE),
        ("Văn thư", "Chuyển Bộ phận tiếp nhận và trả kết quả", StepKind.TRANSFER),
        ("Chuyên viên", "Lập tờ trình", StepKind.DRAFT),
        ("Lãnh đạo Sở", "Ký tờ trình", StepKind.SIGN),
        ("Chuyên viên", "Thẩm định, trình lãnh đạo ký duyệt", StepKind.EXAMINE),
        ("Lãnh đạo phòng", "Trình Lãnh đạo Sở phê duyệt", StepKind.REVIEW),
        ("Chuyên viên", "Sau khi có ý kiến của các sở, thẩm định hồ sơ", StepKind.EXAMINE),
        ("Chuyên viên", "Thẩm định; nếu đạt thì ký số và trả kết quả", StepKind.EXAMINE),
        ("Văn phòng đăng ký đất đai", "Kiểm tra hồ sơ", StepKind.EXAMINE),
        ("Hội đồng nhân dân tỉnh", "Ban hành nghị quyết", StepKind.SIGN),
    ],
)
def test_the_main_clause_and_the_performer_decide(performer, content, expected):
    assert kind(content, performer) is expected


def test_the_same_words_are_another_deed_by_another_performer():
    assert kind("Xem xét hồ sơ", "Lãnh đạo phòng") is StepKind.REVIEW
    assert kind("Xem xét hồ sơ", "Chuyên viên") is StepKind.EXAMINE


def test_an_examination_in_the_provincial_office_is_a_second_one():
    assert kind("Thẩm tra", "Văn phòng UBND tỉnh") is StepKind.REEXAMINE
    assert kind("Thẩm tra", "Văn phòng HĐND và UBND xã") is StepKind.EXAMINE


def test_what_no_word_tells_stays_unknown():
    assert read_kinds("Bảo đảm an toàn").kinds == ()
    assert read_kinds("").kinds == ()


def test_a_role_alone_decides_where_the_text_is_empty_and_says_so():
    leader = read_performer("Lãnh đạo Sở").performer
    assert read_kinds("", leader).words == ("Lãnh đạo Sở",)


def test_further_deeds_of_a_row_are_told_beside_its_kind():
    read = read_kinds("Ký duyệt, đóng dấu", read_performer("Lãnh đạo Sở").performer)
    assert read.kinds == (StepKind.SIGN,)
    assert (StepKind.NUMBER_AND_STAMP, "đóng dấu") in read.also


def test_the_deciding_words_are_printed_words():
    read = read_kinds("Sau đó THẨM  ĐỊNH hồ sơ", read_performer("Chuyên viên").performer)
    assert read.words == ("THẨM  ĐỊNH hồ sơ",)


@given(st.text(max_size=40), st.text(max_size=80))
def test_no_text_breaks_the_reading(performer, content):
    said = read_performer(performer, agency=content)
    found = read_kinds(content, said.performer)
    assert len(found.kinds) == len(found.words) <= 1


@pytest.mark.parametrize(
    ("performer", "content", "expected"),
    [
        ("Lãnh đạo phòng", "Phân công chuyên viên thẩm định hồ sơ", StepKind.ASSIGN),
        ("Chuyên viên", "Hoàn thiện tờ trình, chuyển Lãnh đạo Sở ký", StepKind.DRAFT),
        ("Chuyên viên", "Gửi văn bản cho Trưởng phòng duyệt", StepKind.TRANSFER),
    ],
)
def test_what_is_asked_of_somebody_else_is_not_done_here(performer, content, expected):
    assert kind(content, performer) is expected


def test_a_deed_that_says_which_paper_is_meant_is_not_the_deed():
    assert kind("Lập báo cáo thẩm định", "Chuyên viên") is StepKind.DRAFT
    assert kind("Soạn quyết định phê duyệt", "Chuyên viên") is StepKind.DRAFT


def test_a_row_that_repeats_its_performer_is_read_after_the_name():
    assert kind("Tổ tổng hợp kiểm tra hồ sơ", "Tổ tổng hợp") is StepKind.EXAMINE


def test_the_deed_named_first_wins_between_equal_ones():
    assert read_kinds("Tra cứu thông tin, lấy ý kiến").kinds == (StepKind.LOOK_UP,)
    assert read_kinds("Lấy ý kiến, tra cứu thông tin").kinds == (StepKind.CONSULT,)


@pytest.mark.parametrize(
    "content",
    ["Check in", "Hand in form", "Copy, sign, and scan documents", "File documents in a folder"],
)
def test_what_is_written_in_another_language_says_nothing(content):
    assert read_kinds(content).kinds == ()


@pytest.mark.parametrize(
    ("content", "kind"),
    [("Ky duyet", StepKind.SIGN), ("Dong dau, vao so", StepKind.NUMBER_AND_STAMP)],
)
def test_vietnamese_typed_without_accents_is_no_other_language(content, kind):
    assert read_kinds(content).kinds[0] is kind
