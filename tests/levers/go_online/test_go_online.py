"""go_online: a visit of the applicant becomes a step done online."""

from __future__ import annotations

from attrs import evolve

from levers.office import (
    AGENCY,
    APPLICANT,
    ONE_STOP,
    case,
    found,
    length,
    passed,
    picture,
    step,
    the_one,
)
from tthc_flow.levers.go_online import LEVER
from tthc_flow.measures.size import visits
from tthc_flow.model.lever import Confidence, Verdict
from tthc_flow.model.procedure import Document
from tthc_flow.model.step import TaskType

SUBMIT = step("submit", "submit", APPLICANT, None, applicant_visit=True, paper=True)
DOOR = step("door", "receive", ONE_STOP, 0.5, applicant_visit=True, paper=True)
SIGN = step("sign", "sign", AGENCY["head"], 1)
PAY = step("pay", "payment", APPLICANT, 1, applicant_visit=True)
ADD = step("add", "supplement", APPLICANT, 3, applicant_visit=True, paper=True)
RETURN = step("return", "return", ONE_STOP, 0.5, applicant_visit=True)
COPIES = (Document(name="Đơn đề nghị", original=False), Document(name="Bản vẽ", original=False))
FREE = "original-handed-in=no paper-original-required=no"

FINDS = {
    "submission": case(SUBMIT, SIGN, answers=FREE),
    "the-whole-way": case(DOOR, PAY, SIGN, RETURN, answers=FREE),
    "copies-will-do": case(DOOR, SIGN, documents=COPIES),
    "a-loop-of-supplements": picture(
        "s > door > xor1 > sign > e; xor1 > add > door", DOOR, SIGN, ADD, answers=FREE
    ),
    "said-that-people-come": case(
        evolve(DOOR, applicant_visit=None), SIGN, answers=f"{FREE} applicant-has-to-come=yes"
    ),
    "the-result-may-be-electronic": case(
        SIGN, evolve(RETURN, paper=False), answers="original-handed-in=yes"
    ),
}
BARRED = {
    "nobody-asked": (case(DOOR, SIGN), "original-handed-in", Verdict.UNKNOWN),
    "an-original-is-handed-in": (
        case(SUBMIT, SIGN, answers="original-handed-in=yes"),
        "original-handed-in",
        Verdict.FAIL,
    ),
    "an-original-after-all": (
        case(DOOR, SIGN, documents=COPIES, answers="original-handed-in=yes"),
        "original-handed-in",
        Verdict.FAIL,
    ),
    "one-document-is-an-original": (
        case(DOOR, SIGN, documents=(*COPIES, Document(name="Sổ hộ khẩu", original=True))),
        "original-handed-in",
        Verdict.UNKNOWN,
    ),
    "nobody-says-of-one-document": (
        case(DOOR, SIGN, documents=(*COPIES, Document(name="Bản đồ"))),
        "original-handed-in",
        Verdict.UNKNOWN,
    ),
    "no-documents-are-known": (
        case(DOOR, SIGN, documents=()),
        "original-handed-in",
        Verdict.UNKNOWN,
    ),
    "the-result-must-be-paper": (
        case(SIGN, RETURN, answers="paper-original-required=yes"),
        "paper-original-required",
        Verdict.FAIL,
    ),
    "nobody-says-whether-people-come": (
        case(evolve(DOOR, applicant_visit=None), SIGN, answers=FREE),
        "applicant-has-to-come",
        Verdict.UNKNOWN,
    ),
    "nobody-comes-as-was-answered": (
        case(evolve(DOOR, applicant_visit=None), SIGN, answers=f"{FREE} applicant-has-to-come=no"),
        "applicant-has-to-come",
        Verdict.FAIL,
    ),
}
ALONE = {
    "nobody-comes": case(evolve(DOOR, applicant_visit=False), SIGN, answers=FREE),
    "online-already": case(evolve(DOOR, applicant_visit=None, paper=False), SIGN, answers=FREE),
    "named-online-already": case(
        evolve(DOOR, applicant_visit=None, name="Tiếp nhận hồ sơ trực tuyến"), SIGN, answers=FREE
    ),
    "takes-in-what-came-online": case(
        step("sent", "submit", APPLICANT, name="Nộp hồ sơ trực tuyến", paper=False),
        evolve(DOOR, applicant_visit=None),
        SIGN,
        answers=FREE,
    ),
    "the-agency-receives": case(
        evolve(DOOR, applicant_visit=None, performer=AGENCY["clerk"]), SIGN, answers=FREE
    ),
    "an-inspection-at-the-applicant-s": case(
        step("look", "inspect", AGENCY["officer"], 1, applicant_visit=True), SIGN, answers=FREE
    ),
    "a-machine-receives": case(evolve(DOOR, task=TaskType.SERVICE), SIGN, answers=FREE),
}


def test_each_visit_is_an_offer_of_its_own_and_all_of_them_leave_none():
    given = FINDS["the-whole-way"]
    candidates = found(LEVER, given)
    assert [each.targets for each in candidates] == [("door",), ("pay",), ("return",)]
    assert [passed(each)[-1] for each in candidates] == [
        "original-handed-in",
        "paper-original-required",
        "paper-original-required",
    ]
    after = given
    for candidate in candidates:
        after = LEVER.apply(after, candidate)
    assert (visits(given.flow), visits(after.flow)) == (3, 0)
    assert {after.flow.by_id[each].paper for each in ("door", "pay", "return")} == {False}


def test_the_name_says_it_once_and_no_time_is_claimed():
    given = FINDS["submission"]
    after = LEVER.apply(given, the_one(LEVER, given))
    assert after.flow.by_id["submit"].name == "submit (trực tuyến)"
    again = LEVER.apply(after, the_one(LEVER, given))
    assert again.flow.by_id["submit"].name == "submit (trực tuyến)"
    assert length(FINDS["copies-will-do"]) == 1.5
    copies = FINDS["copies-will-do"]
    assert length(LEVER.apply(copies, the_one(LEVER, copies))) == 1.5


def test_a_stated_visit_is_sure_and_one_that_was_only_answered_is_read():
    assert the_one(LEVER, FINDS["submission"]).confidence is Confidence.STATED
    assert the_one(LEVER, FINDS["said-that-people-come"]).confidence is Confidence.READ


def test_the_originals_are_named():
    given, _, _ = BARRED["one-document-is-an-original"]
    shown = {each.name: each.value for each in the_one(LEVER, given).evidence}
    assert shown["originals"] == "Sổ hộ khẩu"
