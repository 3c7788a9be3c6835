"""Facts about paper and coming in person are told as an officer says them."""

from __future__ import annotations

import pytest

from tthc_flow.measures.differences import differences
from tthc_flow.model.flow import Flow
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step
from tthc_flow.report.sentences import change


def told(before, after):
    sides = (Procedure(flow=Flow(id="p", nodes=(step,))) for step in (before, after))
    (made,) = differences(*sides)
    return made.code, change(made), change(made, "en")


@pytest.mark.parametrize(
    ("fact", "code", "vi", "en"),
    [
        (
            "paper",
            "change-without-paper",
            "Không dùng hồ sơ giấy ở bước 7 “Trả kết quả” (hiện hành: chưa rõ).",
            "No paper any more at step 7 “Trả kết quả” (now: unknown).",
        ),
        (
            "applicant_visit",
            "change-without-visit",
            "Người nộp hồ sơ không phải đến nơi ở bước 7 “Trả kết quả” (hiện hành: chưa rõ).",
            "The applicant need not come for step 7 “Trả kết quả” (now: unknown).",
        ),
    ],
)
def test_what_is_no_longer_asked_of_the_applicant_is_said_plainly(fact, code, vi, en):
    step = {"id": "a", "name": "Trả kết quả", "number": "7"}
    assert told(Step(**step), Step(**step, **{fact: False})) == (code, vi, en)
    back = told(Step(**step, **{fact: False}), Step(**step, **{fact: True}))
    assert back[0] == "change-restated"
