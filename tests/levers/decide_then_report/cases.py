"""Questions to a superior that may become reports, and those that may not."""

from __future__ import annotations

from attrs import evolve

from levers.office import (
    AGENCY,
    COMMITTEE,
    CONSULTED,
    LAW,
    ONE_STOP,
    case,
    heard_from,
    labelled,
    picture,
    reminded,
    step,
    told_by,
    within,
)
from tthc_flow.model.actor import Performer
from tthc_flow.model.flow import Event, EventPosition, Outcome, Trigger
from tthc_flow.model.lever import Verdict
from tthc_flow.model.step import StepKind

EXAMINE = step("examine", "examine", AGENCY["officer"], 3)
ASK = step("ask", "ask_superior", AGENCY["head"], 1, mandatory=False)
ANSWER = step("answer", "opinion", COMMITTEE["chair"], 5, mandatory=False)
DRAFT = step("draft", "draft", AGENCY["officer"], 1)
DECIDE = step("decide", "sign", AGENCY["head"], 1)
RETURN = step("return", "return", ONE_STOP, 1)
ALONE_ASKING = (EXAMINE, evolve(ASK, time=ANSWER.time), DECIDE, RETURN)
HEARD = Event(id="catch1", position=EventPosition.CATCH, trigger=Trigger.MESSAGE)
PASSED = Event(id="catch2", position=EventPosition.CATCH, trigger=Trigger.TIMER)

FINDS = {
    "question-and-answer": case(EXAMINE, ASK, ANSWER, DECIDE, RETURN),
    "the-answer-in-the-same-row": case(
        EXAMINE,
        evolve(ASK, time=ANSWER.time, mandatory=None),
        DECIDE,
        RETURN,
        answers="superior-named-by-law@ask=no",
    ),
    "a-decision-with-two-ways-out": labelled(
        picture(
            "s > examine > ask > answer > decide > xor1 > return > e; xor1 > e_no",
            EXAMINE,
            ASK,
            ANSWER,
            DECIDE,
            RETURN,
        ),
        xor1__return=Outcome.GRANT,
        xor1__e_no=Outcome.REFUSE,
    ),
    "asked-in-special-cases-only": picture(
        "s > examine > xor1 > ask > answer > xor2 > decide > return > e; xor1 > xor2",
        EXAMINE,
        ASK,
        ANSWER,
        DECIDE,
        RETURN,
    ),
    "the-answer-is-a-message": told_by(
        picture("s > examine > ask > catch1 > decide > return > e", *ALONE_ASKING, HEARD),
        "ask",
        "UBND tỉnh",
    ),
    "silence-is-consent": picture(
        "s > examine > ask > wait1 > catch1 > xor1 > decide > return > e; wait1 > catch2 > xor1",
        *ALONE_ASKING,
        HEARD,
        PASSED,
    ),
    "a-timer-ends-the-asking": picture(
        "s > examine > ask > answer > xor1 > decide > return > e; late > xor1",
        EXAMINE,
        ASK,
        ANSWER,
        DECIDE,
        RETURN,
        evolve(PASSED, id="late", position=EventPosition.BOUNDARY, attached_to="answer"),
    ),
    "a-choice-before-the-decision": labelled(
        picture(
            "s > examine > ask > answer > draft > xor1 > decide > return > e; xor1 > e_no",
            EXAMINE,
            ASK,
            ANSWER,
            DRAFT,
            DECIDE,
            RETURN,
        ),
        xor1__decide=Outcome.GRANT,
        xor1__e_no=Outcome.REFUSE,
    ),
    "in-a-sub-process": within(
        "s > box > return > e", "s2 > ask > answer > decide > e2", ASK, ANSWER, DECIDE, RETURN
    ),
    "the-answer-is-taken-in-by-the-asker": case(
        EXAMINE,
        ASK,
        ANSWER,
        step("taken", "receive", AGENCY["clerk"], 1, name="Nhận văn bản trả lời"),
        DECIDE,
        RETURN,
    ),
    "a-reminder-hangs-on-the-answer": reminded(
        case(EXAMINE, ASK, ANSWER, DECIDE, RETURN),
        "answer",
        step("remind", "report", AGENCY["clerk"], None),
    ),
}
BARRED = {
    "a-branch-stands-on-the-message": (
        labelled(
            picture(
                "s > examine > ask > catch1 > xor1 > decide > return > e; xor1 > e_no",
                *ALONE_ASKING,
                HEARD,
            ),
            xor1__decide=Outcome.GRANT,
            xor1__e_no=Outcome.REFUSE,
        ),
        "decides-no-branch",
        Verdict.FAIL,
    ),
    "two-ways-lead-to-the-decision": (
        picture(
            "s > examine > ask > answer > draft > xor1 > more > xor2 > decide > return > e;"
            " xor1 > xor2",
            EXAMINE,
            ASK,
            ANSWER,
            DRAFT,
            evolve(DRAFT, id="more"),
            DECIDE,
            RETURN,
        ),
        "decides-no-branch",
        Verdict.FAIL,
    ),
    "the-applicant-is-told-to-wait": (
        told_by(
            picture("s > examine > ask > catch1 > decide > return > e", *ALONE_ASKING, HEARD),
            "ask",
        ),
        "does-nothing-else",
        Verdict.FAIL,
    ),
    "the-applicant-is-waited-for": (
        heard_from(
            picture("s > examine > ask > catch1 > decide > return > e", *ALONE_ASKING, HEARD),
            "catch1",
        ),
        "does-nothing-else",
        Verdict.FAIL,
    ),
    "law-names-the-superior": (
        case(EXAMINE, ASK, evolve(ANSWER, legal_basis=LAW), DECIDE, RETURN),
        "superior-named-by-law",
        Verdict.FAIL,
    ),
    "nobody-asked": (
        case(EXAMINE, evolve(ASK, mandatory=None), ANSWER, DECIDE, RETURN),
        "superior-named-by-law",
        Verdict.UNKNOWN,
    ),
    "the-superior-signs-after-all": (
        case(EXAMINE, ASK, ANSWER, DECIDE, step("sign", "sign", COMMITTEE["chair"], 1), RETURN),
        "decision-is-own",
        Verdict.FAIL,
    ),
    "the-superior-signs-after-the-sub-process": (
        within(
            "s > box > sign > e",
            "s_in > ask > answer > decide > e_in",
            ASK,
            ANSWER,
            DECIDE,
            step("sign", "sign", COMMITTEE["chair"], 1),
        ),
        "decision-is-own",
        Verdict.FAIL,
    ),
    "the-superior-often-refuses": (
        case(EXAMINE, ASK, evolve(ANSWER, checked=40, rejected=8), DECIDE, RETURN),
        "rejects-almost-nothing",
        Verdict.FAIL,
    ),
    "two-must-agree": (
        case(EXAMINE, ASK, evolve(ANSWER, separate_from=frozenset({"decide"})), DECIDE, RETURN),
        "no-separate-duty",
        Verdict.FAIL,
    ),
}
ALONE = {
    "no-answer-in-time-ends-the-case": picture(
        "s > examine > ask > answer > decide > return > e; late > e_no",
        EXAMINE,
        ASK,
        ANSWER,
        DECIDE,
        RETURN,
        evolve(PASSED, id="late", position=EventPosition.BOUNDARY, attached_to="answer"),
    ),
    "silence-is-a-refusal": picture(
        "s > examine > ask > wait1 > catch1 > decide > return > e; wait1 > catch2 > e_no",
        *ALONE_ASKING,
        HEARD,
        PASSED,
    ),
    "granted-without-the-own-signature": picture(
        "s > examine > ask > answer > draft > xor1 > decide > return > e; xor1 > e_yes",
        EXAMINE,
        ASK,
        ANSWER,
        step("draft", "draft", AGENCY["officer"], 1),
        DECIDE,
        RETURN,
    ),
    "the-answer-is-also-waited-for-elsewhere": picture(
        "s > xor1 > examine > ask > xor2 > catch1 > decide > return > e; xor1 > xor2",
        *ALONE_ASKING,
        HEARD,
    ),
    "two-bodies-answer": case(
        EXAMINE, ASK, ANSWER, step("other", "opinion", CONSULTED[0], 2), DECIDE, RETURN
    ),
    "the-superior-decides": case(
        EXAMINE, ASK, ANSWER, evolve(DECIDE, performer=COMMITTEE["chair"]), RETURN
    ),
    "nobody-knows-whose-decision": case(
        EXAMINE,
        evolve(ASK, performer=Performer(name="Đơn vị A")),
        ANSWER,
        evolve(DECIDE, performer=Performer(name="Đơn vị B")),
    ),
    "also-drafts": case(EXAMINE, evolve(ASK, kinds=(*ASK.kinds, StepKind.DRAFT)), ANSWER, DECIDE),
}
