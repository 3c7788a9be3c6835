"""What a signature that was handed down is called, gives and decides; what check says of it."""

from __future__ import annotations

import pytest
from attrs import evolve

from levers.hand_down_decision.test_hand_down_decision import (
    EXAMINE,
    FINDS,
    FREE,
    HIGHER,
    HIGHER_STAMP,
    LOWER,
    LOWER_STAMP,
    RETURN,
)
from levers.office import PROVINCIAL, case, done_by, papers, the_one
from tthc_flow.checks import check
from tthc_flow.levers.hand_down_decision import LEVER
from tthc_flow.model.lever import Verdict
from tthc_flow.model.step import TaskType
from tthc_flow.plan.offers import offers
from tthc_flow.units import DEFAULT_CONVENTION


def test_the_head_of_the_department_decides_and_reports():
    given = FINDS["with-both-registries"]
    after = LEVER.apply(given, the_one(LEVER, given))
    decision, report = after.flow.by_id["lower"], after.flow.by_id["Report_lower"]
    assert decision.name == "Chủ tịch ký quyết định (theo ủy quyền)"
    assert decision.documentation == "Ký tờ trình"
    assert (done_by(after, "lower"), done_by(after, report.id)) == ("Lãnh đạo Sở", "Lãnh đạo Sở")
    assert decision.time == given.flow.by_id["lower"].time
    assert (report.name, report.task) == ("Báo cáo việc thực hiện ủy quyền", TaskType.SEND)
    assert report.time.counted is False


def test_what_numbered_the_submission_numbers_the_result():
    given = FINDS["with-both-registries"]
    stamp = LEVER.apply(given, the_one(LEVER, given)).flow.by_id["numbered"]
    assert (stamp.name, stamp.documentation) == ("Lấy số, phát hành kết quả", "Lấy số, đóng dấu")
    machine = evolve(LOWER_STAMP, task=TaskType.SERVICE)
    given = case(EXAMINE, LOWER, machine, HIGHER, HIGHER_STAMP, RETURN, answers=FREE)
    assert LEVER.apply(given, the_one(LEVER, given)).flow.by_id["numbered"] == machine


@pytest.mark.parametrize("decides", [None, True])
def test_the_decision_decides_what_the_higher_signature_decided(decides):
    given = case(EXAMINE, LOWER, evolve(HIGHER, decides=decides), RETURN, answers=FREE)
    after = LEVER.apply(given, the_one(LEVER, given))
    assert after.flow.by_id["lower"].decides is decides


def test_check_says_nothing_of_the_rewritten_flow_that_it_did_not_say_before():
    given = FINDS["with-both-registries"]
    assert new_findings(given, LEVER.apply(given, the_one(LEVER, given))) == set()


def new_findings(before, after):
    """Return what ``check`` says of *after* and not of *before*, by code and element."""
    was, now = (check(each, DEFAULT_CONVENTION) for each in (before, after))
    return {(f.code, f.element) for f in now} - {(f.code, f.element) for f in was}


def test_the_decision_gives_the_result_of_the_higher_signature():
    given = case(
        EXAMINE,
        evolve(LOWER, result="Tờ trình"),
        evolve(HIGHER, result="Giấy phép"),
        RETURN,
        answers=FREE,
    )
    decision = LEVER.apply(given, the_one(LEVER, given)).flow.by_id["lower"]
    assert decision.result == "Giấy phép"


def test_the_result_is_made_by_the_decision_and_found_by_who_returns_it():
    paper = papers("Giấy phép")
    given = case(
        EXAMINE,
        evolve(LOWER, writes=papers("Tờ trình")),
        evolve(HIGHER, writes=paper, legal_basis=PROVINCIAL),
        evolve(RETURN, reads=paper),
        answers=FREE,
    )
    (offer,) = offers(given, (LEVER,), DEFAULT_CONVENTION)
    assert offer.candidate.verdict is Verdict.PASS
    decision = LEVER.apply(given, offer.candidate).flow.by_id["lower"]
    assert decision.writes == papers("Giấy phép", "Tờ trình")
    assert decision.legal_basis == PROVINCIAL
