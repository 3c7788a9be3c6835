"""drop_idle_consultation: an opinion that changes nothing goes, with its request."""

from __future__ import annotations

from attrs import evolve

from levers.office import (
    AGENCY,
    CONSULTED,
    LAW,
    case,
    found,
    length,
    papers,
    passed,
    picture,
    step,
    the_one,
    told_by,
    way,
)
from tthc_flow.levers.drop_idle_consultation import LEVER
from tthc_flow.model.lever import Verdict

EXAMINE = step("examine", "examine", AGENCY["officer"], 2)
ASK = step("ask", "consult", AGENCY["officer"], 1, mandatory=False)
LETTER = step("letter", "sign", AGENCY["head"], "0.5", mandatory=False)
OPINION = step("opinion", "opinion", CONSULTED[0], 7, mandatory=False)
SIGN = step("sign", "sign", AGENCY["head"], 1)

DRAFT = step("draft", "draft", AGENCY["officer"], 1)

FINDS = {
    "a-later-row-asks-for-another-opinion": case(
        EXAMINE,
        ASK,
        OPINION,
        step("more", "ask_superior", AGENCY["head"], 1, name="Xin ý kiến Chủ tịch UBND tỉnh"),
        SIGN,
    ),
    "request-letter-and-answer": case(EXAMINE, ASK, LETTER, OPINION, SIGN),
    "one-row": case(EXAMINE, evolve(ASK, time=OPINION.time), SIGN, answers="answer-is-used=no"),
}
BARRED = {
    "law-names-the-body": (
        case(EXAMINE, ASK, evolve(OPINION, legal_basis=LAW), SIGN),
        "consulted-body-named-by-law",
        Verdict.FAIL,
    ),
    "no-basis-and-no-answer": (
        case(EXAMINE, evolve(ASK, mandatory=None), OPINION, SIGN),
        "consulted-body-named-by-law",
        Verdict.UNKNOWN,
    ),
    "somebody-reads-the-answer": (
        case(
            EXAMINE,
            ASK,
            evolve(OPINION, writes=papers("Văn bản góp ý")),
            evolve(SIGN, reads=papers("Văn bản góp ý")),
        ),
        "nobody-reads-its-result",
        Verdict.FAIL,
    ),
    "somebody-reads-the-request": (
        case(
            EXAMINE,
            evolve(ASK, writes=papers("Tờ trình")),
            OPINION,
            evolve(SIGN, reads=papers("Tờ trình")),
        ),
        "nobody-reads-its-result",
        Verdict.FAIL,
    ),
    "said-to-be-used": (
        case(EXAMINE, ASK, OPINION, SIGN, answers="answer-is-used=yes"),
        "answer-is-used",
        Verdict.FAIL,
    ),
    "nobody-knows-who-reads": (
        case(EXAMINE, ASK, evolve(OPINION, writes=None), SIGN),
        "answer-is-used",
        Verdict.UNKNOWN,
    ),
    "a-later-row-puts-the-opinions-together": (
        case(EXAMINE, ASK, OPINION, evolve(DRAFT, name="Tổng hợp ý kiến, dự thảo tờ trình"), SIGN),
        "answer-is-used",
        Verdict.FAIL,
    ),
    "the-full-text-of-a-later-row-speaks-of-them": (
        case(
            EXAMINE,
            ASK,
            OPINION,
            evolve(DRAFT, documentation="Căn cứ ý kiến của các Sở, dự thảo tờ trình"),
            SIGN,
            answers="answer-is-used=no",
        ),
        "answer-is-used",
        Verdict.FAIL,
    ),
    "a-row-that-asks-again-rests-on-the-first-answer": (
        case(
            EXAMINE,
            ASK,
            OPINION,
            step("more", "consult", AGENCY["officer"], 1, name="Tổng hợp ý kiến, hỏi tiếp Bộ"),
            SIGN,
        ),
        "answer-is-used",
        Verdict.FAIL,
    ),
    "refused-five-of-fifty": (
        case(EXAMINE, ASK, evolve(OPINION, checked=50, rejected=5), SIGN),
        "rejects-almost-nothing",
        Verdict.FAIL,
    ),
    "a-branch-stands-on-it": (
        picture(
            "s > examine > ask > opinion > xor1 > sign > e; xor1 > e_no",
            EXAMINE,
            ASK,
            OPINION,
            SIGN,
        ),
        "decides-no-branch",
        Verdict.FAIL,
    ),
    "a-message-is-waited-for": (
        picture("s > examine > ask > catch > sign > e", EXAMINE, ASK, SIGN),
        "no-answer-awaited",
        Verdict.FAIL,
    ),
    "a-step-receives-the-answer": (
        case(
            EXAMINE,
            ASK,
            step("got", "receive", AGENCY["clerk"], 1, name="Tiếp nhận văn bản trả lời"),
            SIGN,
        ),
        "no-answer-awaited",
        Verdict.FAIL,
    ),
    "the-row-also-examines": (
        case(EXAMINE, ASK, evolve(OPINION, kinds=(*OPINION.kinds, *EXAMINE.kinds)), SIGN),
        "does-nothing-else",
        Verdict.FAIL,
    ),
    "its-long-name-also-examines": (
        case(
            EXAMINE,
            evolve(ASK, name="Tổ chức thẩm định hồ sơ, dự thảo văn bản lấy ý kiến"),
            OPINION,
            SIGN,
        ),
        "does-nothing-else",
        Verdict.UNKNOWN,
    ),
    "the-applicant-is-told": (
        told_by(case(EXAMINE, ASK, OPINION, SIGN), "ask"),
        "does-nothing-else",
        Verdict.FAIL,
    ),
}
ALONE = {
    "the-request-has-an-answer-in-its-own-row": picture(
        "s > ask > xor1 > examine > opinion > e; xor1 > opinion",
        ASK,
        EXAMINE,
        evolve(OPINION, kinds=(*EXAMINE.kinds, *OPINION.kinds)),
    ),
    "no-consultation": case(EXAMINE, SIGN),
}


def test_request_letter_and_wait_go_together():
    given = FINDS["request-letter-and-answer"]
    candidate = the_one(LEVER, given)
    assert candidate.targets == ("ask", "letter", "opinion")
    assert passed(candidate) == [
        "consulted-body-named-by-law",
        "does-nothing-else",
        "decides-no-branch",
        "no-answer-awaited",
        "nobody-reads-its-result",
        "no-separate-duty",
    ]
    after = LEVER.apply(given, candidate)
    assert float(length(given)) == 2 + 1 + 0.5 + 7 + 1
    assert length(after) == 3
    assert way(after) == ["start", "examine", "sign", "end"]


def test_advice_on_an_appraisal_is_still_advice():
    opinion = evolve(OPINION, name="Các Sở có ý kiến thẩm định về hồ sơ")
    assert the_one(LEVER, case(EXAMINE, ASK, opinion, SIGN)).verdict is Verdict.PASS


def test_a_return_of_a_result_never_goes_with_a_request():
    handed = step("handed", "return", AGENCY["clerk"], 1, mandatory=False)
    given = case(EXAMINE, ASK, handed, OPINION, SIGN)
    assert all("handed" not in each.targets for each in found(LEVER, given))


def test_one_of_two_parallel_opinions_goes_and_the_block_with_it():
    other = evolve(OPINION, id="other", performer=CONSULTED[1], writes=papers("B"))
    reads = evolve(SIGN, reads=papers("B"))
    given = picture(
        "s > ask > and1 > opinion > and2 > sign > e; and1 > other > and2",
        ASK,
        OPINION,
        other,
        reads,
    )
    passing = [each for each in found(LEVER, given) if each.verdict is Verdict.PASS]
    assert [each.targets for each in passing] == [("opinion",)]
    assert way(LEVER.apply(given, passing[0])) == ["s", "ask", "other", "sign", "e"]
