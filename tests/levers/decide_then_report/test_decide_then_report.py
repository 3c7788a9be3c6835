"""decide_then_report: an agency decides what is its own and tells its superior afterwards."""

from __future__ import annotations

from attrs import evolve

from levers.office import (
    AGENCY,
    COMMITTEE,
    CONSULTED,
    LAW,
    ONE_STOP,
    case,
    done_by,
    labelled,
    length,
    passed,
    picture,
    step,
    the_one,
    way,
    within,
)
from tthc_flow.levers.decide_then_report import LEVER
from tthc_flow.model.actor import Performer
from tthc_flow.model.flow import Outcome
from tthc_flow.model.lever import Verdict
from tthc_flow.model.step import StepKind, TaskType

EXAMINE = step("examine", "examine", AGENCY["officer"], 3)
ASK = step("ask", "ask_superior", AGENCY["head"], 1, mandatory=False)
ANSWER = step("answer", "opinion", COMMITTEE["chair"], 5, mandatory=False)
DECIDE = step("decide", "sign", AGENCY["head"], 1)
RETURN = step("return", "return", ONE_STOP, 1)

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
}
BARRED = {
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


def test_six_days_of_asking_become_a_report_afterwards():
    given = FINDS["question-and-answer"]
    candidate = the_one(LEVER, given)
    assert (candidate.targets, candidate.anchor) == (("ask", "answer"), "decide")
    assert passed(candidate) == [
        "superior-named-by-law",
        "does-nothing-else",
        "decides-no-branch",
        "decision-is-own",
        "no-separate-duty",
    ]
    after = LEVER.apply(given, candidate)
    assert (length(given), length(after)) == (11, 5)
    assert way(after) == ["start", "examine", "decide", "return", "Report_decide", "end"]


def test_the_report_is_sent_by_the_agency_outside_the_applicants_time():
    given = FINDS["question-and-answer"]
    after = LEVER.apply(given, the_one(LEVER, given))
    report = after.flow.by_id["Report_decide"]
    assert (report.name, report.task) == ("Báo cáo cấp trên sau khi quyết định", TaskType.SEND)
    assert (done_by(after, report.id), report.time.counted) == ("Lãnh đạo Sở", False)


def test_a_gateway_still_follows_its_decision_and_the_report_the_grant():
    given = FINDS["a-decision-with-two-ways-out"]
    after = LEVER.apply(given, the_one(LEVER, given))
    assert way(after) == ["s", "examine", "decide", "xor1"]
    granted = {e.outcome: e.target for e in after.flow.outgoing["xor1"]}
    assert granted == {Outcome.GRANT: "return", Outcome.REFUSE: "e_no"}
