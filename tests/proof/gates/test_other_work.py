"""What else a row does: by kinds, name, full text and messages; what only words say is asked."""

from __future__ import annotations

import pytest
from attrs import evolve

from levers.office import AGENCY, case, step, told_by
from tthc_flow.model.lever import Verdict
from tthc_flow.model.step import StepKind
from tthc_flow.proof.gates.other_work import does_nothing_else, takes_nothing_else
from tthc_flow.words import kinds

A = step("a", "examine", AGENCY["officer"])
B = step("b", "sign", AGENCY["head"])
ELSE = "step-does-nothing-else"


def test_other_kinds_fail_and_other_words_are_asked_about():
    assert does_nothing_else(case(A), A, StepKind.EXAMINE).verdict is Verdict.PASS
    assert does_nothing_else(case(A), A, StepKind.SIGN).because == (("also", "examine"),)
    named = evolve(A, name="Tiếp nhận hồ sơ", kinds=(StepKind.ASSIGN,))
    found = does_nothing_else(case(named), named, StepKind.ASSIGN)
    assert (found.verdict, found.question) == (Verdict.UNKNOWN, ELSE)


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [("", Verdict.UNKNOWN), (f"{ELSE}=yes", Verdict.PASS), (f"{ELSE}=no", Verdict.FAIL)],
)
@pytest.mark.parametrize(
    "text", ["Dự thảo văn bản trả lời, lấy số", "Lấy số\nThẩm định hồ sơ", "Gửi lấy ý kiến; lấy số"]
)
def test_what_only_the_full_printed_text_says_is_asked_about(text, answers, verdict):
    stamp = step("a", "number_and_stamp", AGENCY["clerk"], documentation=text)
    given = case(stamp, answers=answers)
    assert does_nothing_else(given, stamp, StepKind.NUMBER_AND_STAMP).verdict is verdict
    allowed = frozenset({StepKind.NUMBER_AND_STAMP})
    assert takes_nothing_else(given, stamp, allowed=allowed).verdict is verdict


@pytest.mark.parametrize(
    "text",
    [
        "Lấy số, đóng dấu, chuyển kết quả",
        "Lấy số, đóng dấu\nGiai đoạn: Thẩm định hồ sơ\nNhánh (refuse): từ chối tiếp nhận hồ sơ",
    ],
)
def test_a_full_text_that_says_the_same_again_is_no_other_work(text):
    stamp = step("a", "number_and_stamp", AGENCY["clerk"], documentation=text)
    allowed = (StepKind.NUMBER_AND_STAMP, StepKind.TRANSFER)
    assert does_nothing_else(case(stamp), stamp, *allowed).verdict is Verdict.PASS


def test_a_message_to_the_applicant_is_other_work_and_one_to_an_agency_is_not():
    allowed = frozenset({StepKind.EXAMINE})
    given = case(A, B)
    assert takes_nothing_else(told_by(given, "a"), A, allowed=allowed).verdict is Verdict.FAIL
    agency = told_by(given, "a", pool="Sở Tài chính")
    assert takes_nothing_else(agency, A, allowed=allowed).verdict is Verdict.PASS


def test_a_text_is_read_once_however_often_it_is_asked_about(monkeypatch):
    said = []
    step_ = evolve(A, name="Thẩm định hồ sơ một lần", documentation="Thẩm định hồ sơ một lần nữa")
    voices = kinds._voices
    monkeypatch.setattr(kinds, "_voices", lambda *told: said.append(told) or voices(*told))
    for _ in range(2):
        assert does_nothing_else(case(step_), step_, StepKind.EXAMINE).verdict is Verdict.PASS
    assert len(said) == len(set(said)) == 4  # name and line, with and without who does it


@pytest.mark.parametrize(
    ("name", "holds"),
    [
        ("Thẩm định lại, trình UBND tỉnh", True),
        ("Xem xét, trình lãnh đạo Sở", True),
        ("Thẩm định tờ trình của Sở", False),
        ("Thẩm định theo quy trình của UBND tỉnh", False),
    ],
)
def test_a_row_that_hands_a_draft_up_holds_the_signature_where_nobody_signs_later(name, holds):
    again = step("a", "reexamine", AGENCY["officer"], name=name)
    allowed = frozenset({StepKind.REEXAMINE})
    found = takes_nothing_else(case(again), again, allowed=allowed)
    assert (found.verdict is Verdict.UNKNOWN) is holds
    assert (("named", "sign") in found.because) is holds
    signed_later = takes_nothing_else(case(again, B), again, allowed=allowed)
    assert signed_later.verdict is Verdict.PASS
