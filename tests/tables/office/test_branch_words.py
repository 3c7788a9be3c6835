"""The branches that the words of a step tell, as an officer would label them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tthc_flow.tables.office.branch_words import branches_said

SAID = [
    ("Nếu hồ sơ chưa đầy đủ thì hướng dẫn bổ sung, hoàn thiện", [("supplement", None)]),
    ("Hồ sơ chưa hợp lệ: yêu cầu bổ sung và quay lại bước 2", [("supplement", "2")]),
    ("Trường hợp từ chối thì trả lời bằng văn bản", [("refuse", None)]),
    ("Thẩm định (trường hợp từ chối phải nêu rõ lý do)", [("refuse", None)]),
    ("Nếu không bổ sung được thì từ chối tiếp nhận", [("refuse", None)]),
    ("Trường hợp hồ sơ không đủ điều kiện thì dự thảo thông báo", [("reject_or_return", None)]),
    ("Ký duyệt. Không đồng ý: chuyển lại bước 3", [("rework", "3")]),
    ("Nếu đạt thì chuyển sang bước 5; nếu không đạt thì trả lại B2", [("pass", "5")]),
    ("Trường hợp hồ sơ đủ điều kiện, dự thảo báo cáo", [("pass", None)]),
    ("Trường hợp người dân xin rút hồ sơ thì dừng giải quyết", [("withdraw", None)]),
    ("Chuyển hồ sơ đến bước 4", [("pass", "4")]),
    ("Từ chối nếu không bổ sung được", [("refuse", None)]),
    ("Trả lại hồ sơ nếu thiếu thành phần", [("reject_or_return", None)]),
]
SILENT = [
    "Kiểm tra tính đầy đủ, hợp lệ của hồ sơ",
    "Ký kết quả thực hiện tại bước 5",
    "Lập biên bản từng trường hợp đủ điều kiện",
    "Thu phí (nếu có)",
    "Yêu cầu bổ sung nếu cần",
    "Trình ký, đóng dấu, trả kết quả",
]


@pytest.mark.parametrize(("content", "expected"), SAID)
def test_a_branch_is_read_by_its_words(content, expected):
    found = [(each.kind.value, each.target) for each in branches_said(content)]
    assert found[: len(expected)] == expected


@pytest.mark.parametrize("content", SILENT)
def test_words_that_part_no_ways_are_no_branch(content):
    assert branches_said(content) == ()


def test_a_condition_whose_deeds_are_listed_below_it_is_one_branch():
    said = "Nếu hồ sơ chưa đầy đủ:\n- Lập phiếu yêu cầu bổ sung.\n- Gửi người nộp.\nChuyển phòng."
    (branch,) = branches_said(said)
    assert (branch.kind.value, "Lập phiếu" in branch.text) == ("supplement", True)


PIECES = st.sampled_from(("nếu ", "trường hợp ", "không ", "bước 2", "từ chối", ":", ";", "(", ")"))


@given(pieces=st.lists(PIECES, max_size=40))
def test_any_mixture_of_such_words_gives_branches_of_printed_words(pieces):
    content = "".join(pieces)
    for each in branches_said(content):
        assert each.text
        assert all(word in content for word in each.text.split())
