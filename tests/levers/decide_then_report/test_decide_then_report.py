"""decide_then_report: an agency decides what is its own and tells its superior afterwards."""

from __future__ import annotations

import pytest
from attrs import evolve

from levers.decide_then_report.cases import (
    ALONE,
    ANSWER,
    ASK,
    BARRED,
    DECIDE,
    EXAMINE,
    FINDS,
    RETURN,
)
from levers.office import (
    case,
    done_by,
    length,
    passed,
    the_one,
    way,
)
from tthc_flow.levers.decide_then_report import LEVER
from tthc_flow.model.flow import Outcome
from tthc_flow.model.lever import Verdict
from tthc_flow.model.step import Harm, Severity, TaskType

__all__ = ["ALONE", "BARRED", "FINDS"]


def test_six_days_of_asking_become_a_report_afterwards():
    given = FINDS["question-and-answer"]
    candidate = the_one(LEVER, given)
    assert (candidate.targets, candidate.anchors) == (("ask", "answer"), ("decide",))
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


def test_a_message_that_answers_goes_with_the_question():
    given = FINDS["the-answer-is-a-message"]
    candidate = the_one(LEVER, given)
    assert candidate.targets == ("ask", "catch1")
    assert {e.name: e.value for e in candidate.evidence}["superior"] == "UBND tỉnh"
    after = LEVER.apply(given, candidate)
    assert way(after) == ["s", "examine", "decide", "return", "Report_decide", "e"]
    assert after.messages == ()


@pytest.mark.parametrize("name", ["silence-is-consent", "a-timer-ends-the-asking"])
def test_the_wait_and_its_limit_go_with_the_question(name):
    given = FINDS[name]
    after = LEVER.apply(given, the_one(LEVER, given))
    assert way(after) == ["s", "examine", "decide", "return", "Report_decide", "e"]
    assert len(after.flow.nodes) == 6


def test_where_only_some_cases_were_asked_about_nobody_chooses_any_more():
    given = FINDS["asked-in-special-cases-only"]
    after = LEVER.apply(given, the_one(LEVER, given))
    assert way(after) == ["s", "examine", "decide", "return", "Report_decide", "e"]


def test_another_bodys_later_signature_is_a_bar_that_a_change_may_cure():
    given = BARRED["the-superior-signs-after-all"][0]
    (barring,) = (c for c in the_one(LEVER, given).preconditions if c.verdict is Verdict.FAIL)
    assert (barring.name, barring.curable) == ("decision-is-own", True)


def test_a_question_without_a_drawn_answer_risks_what_nobody_knows():
    assert the_one(LEVER, FINDS["silence-is-consent"]).risk is None
    harm = Harm(severity=Severity.LOW, reversible=True)
    given = case(EXAMINE, ASK, evolve(ANSWER, harm=harm), DECIDE, RETURN)
    assert the_one(LEVER, given).risk == 1
