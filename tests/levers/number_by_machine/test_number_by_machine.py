"""number_by_machine: numbering and stamping take no time of their own."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from levers.office import (
    AGENCY,
    LAW,
    ONE_STOP,
    case,
    length,
    passed,
    picture,
    step,
    the_one,
    way,
    within,
)
from tthc_flow.levers.number_by_machine import CLAUSE, LEVER
from tthc_flow.model.law import Authority
from tthc_flow.model.lever import Verdict
from tthc_flow.model.step import TaskType
from tthc_flow.units import Duration

CLERK = AGENCY["clerk"]
SIGN = step("sign", "sign", AGENCY["head"], 1)
RETURN = step("return", "return", ONE_STOP, "0.5")
STAMP = step("stamp", "number_and_stamp", CLERK, "0.5", paper=False)

FINDS = {
    "stamp": case(SIGN, STAMP, RETURN),
    "stamp-and-issue-on-paper": case(
        SIGN,
        step("stamp", "number_and_stamp issue transfer", CLERK, 1, paper=True),
        RETURN,
        answers="paper-original-required@stamp=no",
    ),
    "in-one-arm": picture(
        "s > sign > and1 > stamp > and2 > e; and1 > return > and2", SIGN, STAMP, RETURN
    ),
    "in-a-loop": picture(
        "s > xor1 > sign > stamp > xor2 > return > e; xor2 > xor1", SIGN, STAMP, RETURN
    ),
    "in-a-sub-process": within(
        "s > box > return > e", "s2 > sign > stamp > e2", SIGN, STAMP, RETURN
    ),
}
BARRED = {
    "paper-unanswered": (
        case(SIGN, evolve(STAMP, paper=None), RETURN),
        "paper-original-required",
        Verdict.UNKNOWN,
    ),
    "paper-demanded": (
        case(SIGN, STAMP, RETURN, answers="paper-original-required=yes"),
        "paper-original-required",
        Verdict.FAIL,
    ),
    "paper-answered-unknown-for-the-step": (
        case(
            SIGN,
            evolve(STAMP, paper=True),
            RETURN,
            answers="paper-original-required=no paper-original-required@stamp=unknown",
        ),
        "paper-original-required",
        Verdict.UNKNOWN,
    ),
    "also-signs": (
        case(step("stamp", "number_and_stamp sign", CLERK, paper=False), RETURN),
        "does-nothing-else",
        Verdict.FAIL,
    ),
}
ALONE = {
    "a-machine-already": case(SIGN, evolve(STAMP, task=TaskType.SERVICE), RETURN),
    "no-stamp": case(SIGN, RETURN),
}


def test_half_a_day_goes_and_the_step_stays():
    given = FINDS["stamp"]
    candidate = the_one(LEVER, given)
    assert passed(candidate) == ["does-nothing-else", "paper-original-required"]
    after = LEVER.apply(given, candidate)
    assert (length(given), length(after)) == (2, Fraction(3, 2))
    assert way(after) == ["start", "sign", "stamp", "return", "end"]
    assert after.flow.by_id["stamp"].automatic


def test_the_clerk_still_signs_for_the_agency_and_name_text_and_evidence_say_so():
    given = FINDS["stamp"]
    candidate = the_one(LEVER, given)
    (sealed,) = (each for each in candidate.evidence if each.name == "sealed-by-hand")
    assert (sealed.element, sealed.source) == ("stamp", CLAUSE)
    stamp = LEVER.apply(given, candidate).flow.by_id["stamp"]
    assert stamp.name == "Lấy số, phát hành trên hệ thống (văn thư ký số)"
    assert stamp.documentation == (
        "Lấy số, đóng dấu\nVăn thư vẫn trực tiếp ký số của cơ quan, không tính thời gian riêng "
        "(Điều 32 khoản 2 điểm c NĐ 30/2020/NĐ-CP)."
    )
    assert stamp.performer == CLERK


def test_no_paper_is_left_where_none_is_required():
    given = FINDS["stamp-and-issue-on-paper"]
    after = LEVER.apply(given, the_one(LEVER, given))
    assert after.flow.by_id["stamp"].paper is False
    assert length(after) == Fraction(3, 2)


def test_the_officers_work_goes_with_the_time():
    worked = evolve(STAMP, work=Duration(amount=2, unit="working_hour"))
    given = case(SIGN, worked, RETURN)
    after = LEVER.apply(given, the_one(LEVER, given))
    assert after.flow.by_id["stamp"].work.amount == 0


def test_a_stamp_by_law_is_for_the_ministry_to_change():
    given = case(SIGN, evolve(STAMP, legal_basis=LAW), RETURN)
    candidate = the_one(LEVER, given)
    assert (candidate.authority, candidate.instrument) == (
        Authority.OUTSIDE,
        "Điều 94 Luật Xây dựng",
    )
