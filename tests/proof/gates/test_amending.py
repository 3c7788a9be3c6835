"""Who may amend what stands behind a step: never the province by silence."""

from __future__ import annotations

import pytest
from attrs import evolve

from levers.office import AGENCY, ANSWERED, LAW, PROVINCIAL, case, step
from tthc_flow.levers import ALL
from tthc_flow.model.law import Answer, Authority, Body, LegalBasis, LegalRank, Reply
from tthc_flow.model.lever import Candidate
from tthc_flow.model.source import Source
from tthc_flow.proof.gates.amending import QUESTION, rank_of, rank_told, who_may_amend

A = step("a", "examine", AGENCY["officer"])
B = step("b", "sign", AGENCY["head"])
WORKFLOW = Source(document="QĐ 1/QĐ-UBND")


def told(*steps, answers="", source=WORKFLOW):
    """Return title and authority of every text, for a change of *steps*."""
    found = who_may_amend(case(*steps, answers=answers, source=source), *steps)
    return [(each.title, each.authority.value) for each in found]


def test_every_basis_of_every_step_is_to_be_amended_the_highest_first():
    found = told(evolve(A, legal_basis=PROVINCIAL), evolve(B, legal_basis=(*PROVINCIAL, *LAW)))
    assert found == [("Điều 94 Luật Xây dựng", "outside"), ("QĐ 12/2025/QĐ-UBND", "within")]


def test_a_step_without_a_basis_is_not_the_provinces_until_somebody_says_so():
    assert told(A, B) == [("QĐ 1/QĐ-UBND", "unknown")]
    assert told(A, B, answers=f"{QUESTION}=no") == [("QĐ 1/QĐ-UBND", "within")]
    assert told(A, B, answers=f"{QUESTION}@a=no") == [("QĐ 1/QĐ-UBND", "unknown")]
    assert told(A, B, answers=f"{QUESTION}@a=no {QUESTION}@b=no") == [("QĐ 1/QĐ-UBND", "within")]
    free = [evolve(each, mandatory=False) for each in (A, B)]
    assert told(*free) == [("QĐ 1/QĐ-UBND", "within")]
    assert told(evolve(A, mandatory=True), free[1]) == [("QĐ 1/QĐ-UBND", "unknown")]


def test_an_answer_without_a_source_does_not_give_the_province_anything():
    loose = Answer(question=QUESTION, reply=Reply.NO)
    given = evolve(case(A, source=WORKFLOW), answers=(loose,))
    assert who_may_amend(given, A)[0].authority is Authority.UNKNOWN


def test_the_text_that_an_answer_names_lies_outside():
    source = Source(document="Nghị định 61/2018/NĐ-CP", place="Điều 5")
    answer = Answer(question=QUESTION, reply=Reply.YES, step="a", source=source)
    named, workflow = who_may_amend(evolve(case(A, source=WORKFLOW), answers=(answer,)), A)
    assert (named.title, named.authority) == ("Điều 5 Nghị định 61/2018/NĐ-CP", Authority.OUTSIDE)
    assert (named.body, named.amends.rank) == (Body.GOVERNMENT, LegalRank.DECREE)
    assert workflow.authority is Authority.WITHIN
    letter = evolve(answer, source=ANSWERED)
    first = who_may_amend(evolve(case(A), answers=(letter,)), A)[0]
    assert (first.authority, first.body, first.amends) == (Authority.OUTSIDE, None, None)


def test_a_basis_of_one_step_does_not_speak_for_another():
    assert told(evolve(A, legal_basis=PROVINCIAL), B) == [
        ("QĐ 12/2025/QĐ-UBND", "within"),
        ("QĐ 1/QĐ-UBND", "unknown"),
    ]


def test_an_unknown_authority_says_how_many_steps_have_a_basis_and_what_to_ask():
    given = case(evolve(A, legal_basis=LAW), B, evolve(B, id="c"), source=WORKFLOW)
    (found,) = who_may_amend(given, given.flow.by_id["c"])
    assert found.because == (("steps-with-a-basis", "1/3"),)
    assert found.question == QUESTION


def test_without_a_cited_workflow_it_is_still_not_known():
    assert told(A, source=None) == [("quy trình nội bộ", "unknown")]
    based = evolve(A, legal_basis=PROVINCIAL)
    found = who_may_amend(case(based, B), based, B)
    assert Candidate(lever="x", targets=("a",), amends=found).authority is Authority.UNKNOWN


@pytest.mark.parametrize(
    ("rank", "body", "authority"),
    [
        (LegalRank.TREATY, Body.NATIONAL_ASSEMBLY, "outside"),
        (LegalRank.LAW, Body.NATIONAL_ASSEMBLY, "outside"),
        (LegalRank.DECREE, Body.GOVERNMENT, "outside"),
        (LegalRank.CIRCULAR, Body.MINISTRY, "outside"),
        (LegalRank.PROVINCIAL, Body.PROVINCE, "within"),
        (LegalRank.AGENCY, Body.AGENCY, "within"),
    ],
)
def test_the_body_that_amends_follows_from_the_rank(rank, body, authority):
    based = evolve(A, legal_basis=(LegalBasis(document="Văn bản", rank=rank),))
    (found,) = who_may_amend(case(based), based)
    assert (found.body, found.authority.value) == (body, authority)


@pytest.mark.parametrize(
    ("document", "rank"),
    [
        ("Luật 72/2025/QH15", LegalRank.LAW),
        ("Pháp lệnh 02/2022/UBTVQH15", LegalRank.LAW),
        ("NĐ 118/2025/NĐ-CP", LegalRank.DECREE),
        ("QĐ 468/QĐ-TTg", LegalRank.DECREE),
        ("TT 02/2017/TT-VPCP", LegalRank.CIRCULAR),
        ("QĐ 2811/QĐ-UBND", LegalRank.PROVINCIAL),
        ("Nghị quyết 5/NQ-HĐND", LegalRank.PROVINCIAL),
        ("QĐ 12/2025/QĐ-UBND quy định chi tiết Luật Đất đai", LegalRank.PROVINCIAL),
        ("CV 12/STP-VB", None),
        ("Báo cáo pháp luật", None),
        ("NQ 68-NQ/TW", None),
    ],
)
def test_the_number_of_a_text_tells_its_rank(document, rank):
    assert rank_told(document) is rank


def test_the_higher_of_what_was_typed_and_what_the_number_tells_counts():
    low = LegalBasis(document="NĐ 61/2018/NĐ-CP", rank=LegalRank.AGENCY)
    high = LegalBasis(document="QĐ 1/QĐ-UBND", rank=LegalRank.LAW)
    assert (rank_of(low), rank_of(high)) == (LegalRank.DECREE, LegalRank.LAW)


def test_no_lever_calls_the_province_competent_where_nobody_said_anything():
    steps = (
        step("r", "receive", AGENCY["clerk"]),
        step("t", "transfer", AGENCY["clerk"]),
        A,
        step("n", "number_and_stamp", AGENCY["clerk"]),
        B,
    )
    given = case(*steps, source=WORKFLOW)
    found = [each for lever in ALL for each in lever.find(given)]
    assert found
    assert {each.authority for each in found} == {Authority.UNKNOWN}
