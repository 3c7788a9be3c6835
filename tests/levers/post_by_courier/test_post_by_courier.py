"""post_by_courier: what a counter receives, digitises or hands back, the public post may."""

from __future__ import annotations

from attrs import evolve

from levers.office import (
    AGENCY,
    ONE_STOP,
    case,
    done_by,
    found,
    length,
    passed,
    picture,
    step,
    the_one,
)
from tthc_flow.levers.post_by_courier import COURIER, LEVER
from tthc_flow.measures.size import visits
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import ProcedureKind
from tthc_flow.model.step import StepKind, TaskType

DOOR = step("door", "receive", ONE_STOP, 0.5, applicant_visit=True)
SIGN = step("sign", "sign", AGENCY["head"], 1)
RETURN = step("return", "return", ONE_STOP, 0.5, applicant_visit=True)
SCAN = step("scan", "other", ONE_STOP, 0.25, name="Số hóa thành phần hồ sơ")
FREE = "identity-checked-in-person=no"

FINDS = {
    "receipt-and-return": case(DOOR, SIGN, RETURN, answers=FREE),
    "return-only": case(SIGN, RETURN, answers=FREE),
    "digitising": case(evolve(DOOR, performer=AGENCY["clerk"]), SCAN, SIGN, answers=FREE),
    "digitising-of-no-kind": case(evolve(SCAN, kinds=()), SIGN, answers=FREE),
    "return-on-one-branch": picture(
        "s > sign > xor1 > return > e; xor1 > e2", SIGN, RETURN, answers=FREE
    ),
    "receipt-with-transfer": case(
        evolve(DOOR, kinds=(StepKind.RECEIVE, StepKind.TRANSFER)), SIGN, answers=FREE
    ),
}
BARRED = {
    "nobody-asked": (case(DOOR, SIGN), "identity-checked-in-person", Verdict.UNKNOWN),
    "identity-is-checked": (
        case(SIGN, RETURN, answers="identity-checked-in-person=yes"),
        "identity-checked-in-person",
        Verdict.FAIL,
    ),
    "identity-is-checked-at-this-step": (
        case(SIGN, RETURN, answers=f"{FREE} identity-checked-in-person@return=yes"),
        "identity-checked-in-person",
        Verdict.FAIL,
    ),
    "the-receipt-decides-who-comes-in": (
        picture("s > door > xor1 > sign > e; xor1 > e_no", DOOR, SIGN, answers=FREE),
        "decides-no-branch",
        Verdict.FAIL,
    ),
    "the-counter-turns-many-away": (
        case(evolve(DOOR, checked=200, rejected=30), SIGN, answers=FREE),
        "rejects-almost-nothing",
        Verdict.FAIL,
    ),
    "the-counter-also-examines": (
        case(evolve(DOOR, kinds=(StepKind.RECEIVE, StepKind.EXAMINE)), SIGN, answers=FREE),
        "does-nothing-else",
        Verdict.FAIL,
    ),
}
ALONE = {
    "by-the-post-already": case(evolve(DOOR, performer=COURIER), SIGN, answers=FREE),
    "the-agency-receives": case(evolve(DOOR, performer=AGENCY["clerk"]), SIGN, answers=FREE),
    "a-machine-receives": case(evolve(DOOR, task=TaskType.SERVICE), SIGN, answers=FREE),
    "within-an-agency": case(DOOR, SIGN, answers=FREE, kind=ProcedureKind.WITHIN_AGENCY),
    "the-counter-does-something-else": case(
        evolve(SCAN, name="Hướng dẫn người dân"), SIGN, answers=FREE
    ),
    "nobody-known": case(evolve(RETURN, performer=None), answers=FREE),
}


def test_the_post_takes_over_and_the_known_visit_is_saved():
    given = FINDS["receipt-and-return"]
    receipt, handing_over = found(LEVER, given)
    assert passed(receipt) == [
        "does-nothing-else",
        "decides-no-branch",
        "identity-checked-in-person",
    ]
    after = LEVER.apply(given, receipt)
    assert done_by(after, "door") == "Nhân viên bưu chính công ích"
    assert done_by(after, "return") == ONE_STOP.name
    assert (visits(given.flow), visits(after.flow)) == (2, 1)
    assert visits(LEVER.apply(after, handing_over).flow) == 0


def test_its_time_stays_and_a_visit_nobody_spoke_of_is_not_claimed():
    given = case(evolve(DOOR, applicant_visit=None), SIGN, answers=FREE)
    after = LEVER.apply(given, the_one(LEVER, given))
    assert length(given) == length(after) == 1.5
    assert after.flow.by_id["door"].applicant_visit is None


def test_words_that_only_look_like_it_are_no_digitising():
    for name in ("Chuẩn hóa số liệu", "Ghi số hóa đơn", "Tổng số hóabc"):
        assert found(LEVER, case(evolve(SCAN, name=name), SIGN, answers=FREE)) == ()
