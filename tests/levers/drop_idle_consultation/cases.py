"""Cases of drop_idle_consultation: what it finds, what bars it, what it leaves alone."""

from __future__ import annotations

from attrs import evolve

from levers.office import (
    AGENCY,
    CONSULTED,
    LAW,
    case,
    days,
    papers,
    picture,
    step,
    told_by,
    within,
)
from tthc_flow.model.flow import Event, EventPosition, Trigger
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import MessageFlow, Pool
from tthc_flow.model.step import Loop

EXAMINE = step("examine", "examine", AGENCY["officer"], 2)
ASK = step("ask", "consult", AGENCY["officer"], 1, mandatory=False)
LETTER = step("letter", "sign", AGENCY["head"], "0.5", mandatory=False)
OPINION = step("opinion", "opinion", CONSULTED[0], 7, mandatory=False)
SIGN = step("sign", "sign", AGENCY["head"], 1)

DRAFT = step("draft", "draft", AGENCY["officer"], 1)

OTHER = evolve(OPINION, id="other", performer=CONSULTED[1], time=days(5))
CATCH = Event(
    id="catch1",
    position=EventPosition.CATCH,
    trigger=Trigger.MESSAGE,
    name="Nhận văn bản trả lời",
)
EACH = evolve(OPINION, loop=Loop(multi_instance=True))


def sent_by(procedure, pool):
    """The procedure in which a pool sends the message that is waited for."""
    return evolve(
        procedure,
        pools=(Pool(id="Pool_1", name=pool), Pool(id="Pool_2", name="Sở", process="flow")),
        messages=(MessageFlow(id="Message_1", source="Pool_1", target="catch1"),),
    )


def silent(*inside, **facts):
    """The procedure that consults in a sub-process with other facts."""
    given = within(
        "s > examine > box > sign > e",
        f"s_in > {' > '.join(inside)} > e_in",
        EXAMINE,
        ASK,
        LETTER,
        OPINION,
        DRAFT,
        SIGN,
    )
    facts = {"name": "Lấy ý kiến từng cơ quan"} | facts
    ids = {"s", "e", "s_in", "e_in", "examine", "box", "sign", *inside}
    nodes = tuple(
        evolve(n, **facts) if n.id == "box" else n for n in given.flow.nodes if n.id in ids
    )
    return evolve(given, flow=evolve(given.flow, nodes=nodes))


FINDS = {
    "the-wait-is-a-message-event": picture(
        "s > examine > ask > letter > catch1 > sign > e", EXAMINE, ASK, LETTER, CATCH, SIGN
    ),
    "another-body-sends-the-message": sent_by(
        picture(
            "s > examine > ask > catch1 > sign > e", EXAMINE, ASK, evolve(CATCH, name=""), SIGN
        ),
        "Sở Tài chính",
    ),
    "every-body-is-asked-at-once": case(EXAMINE, ASK, EACH, SIGN),
    "one-request-and-parallel-answers": picture(
        "s > examine > ask > and1 > opinion > and2 > sign > e; and1 > other > and2",
        EXAMINE,
        ASK,
        OPINION,
        OTHER,
        SIGN,
    ),
    "a-sub-process-for-each-body": silent(
        "ask", "letter", "opinion", loop=Loop(multi_instance=True)
    ),
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
    "the-applicant-sends-the-message": (
        sent_by(
            picture("s > examine > ask > catch1 > sign > e", EXAMINE, ASK, CATCH, SIGN),
            "Tổ chức, cá nhân",
        ),
        "no-answer-awaited",
        Verdict.FAIL,
    ),
    "a-branch-after-the-event-stands-on-it": (
        picture("s > ask > catch1 > xor1 > sign > e; xor1 > e_no", ASK, CATCH, SIGN),
        "decides-no-branch",
        Verdict.FAIL,
    ),
    "a-branch-after-the-join-stands-on-them": (
        picture(
            "s > ask > and1 > opinion > and2 > xor1 > sign > e; and1 > other > and2; xor1 > e_no",
            ASK,
            OPINION,
            OTHER,
            SIGN,
        ),
        "decides-no-branch",
        Verdict.FAIL,
    ),
    "one-of-the-parallel-answers-is-read": (
        picture(
            "s > ask > and1 > opinion > and2 > sign > e; and1 > other > and2",
            ASK,
            evolve(OPINION, mandatory=None, writes=papers("Góp ý")),
            evolve(OTHER, mandatory=None),
            evolve(SIGN, reads=papers("Góp ý")),
        ),
        "nobody-reads-its-result",
        Verdict.FAIL,
    ),
    "the-answer-to-the-sub-process-is-used": (
        evolve(
            silent("ask", "opinion", loop=Loop(multi_instance=True)),
            answers=case(SIGN, answers="answer-is-used=yes").answers,
        ),
        "answer-is-used",
        Verdict.FAIL,
    ),
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
    "a-message-that-nobody-asked-for": picture(
        "s > examine > catch1 > sign > e", EXAMINE, CATCH, SIGN
    ),
    "the-answer-of-a-superior": case(
        EXAMINE,
        step("up", "ask_superior", AGENCY["head"], 1),
        step("look", "review", AGENCY["clerk"], 1),
        OPINION,
        SIGN,
    ),
    "no-consultation": case(EXAMINE, SIGN),
}
