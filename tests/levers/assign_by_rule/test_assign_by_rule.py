"""assign_by_rule: an assignment that needs no judgement is made by a rule, in no time."""

from __future__ import annotations

from fractions import Fraction

from levers.office import (
    AGENCY,
    LAW,
    case,
    done_by,
    found,
    length,
    passed,
    picture,
    step,
    the_one,
    way,
    within,
)
from tthc_flow.levers.assign_by_rule import LEVER
from tthc_flow.model.lever import Verdict
from tthc_flow.model.step import TaskType

OFFICER, DIVISION, HEAD = AGENCY["officer"], AGENCY["division"], AGENCY["head"]
EXAMINE = step("examine", "examine", OFFICER, 2)
FREE = "assignment-needs-discretion=no"

FINDS = {
    "two-levels": case(
        step("head", "assign", HEAD, "0.5", discretion=False),
        step("division", "assign transfer", DIVISION, "0.5", discretion=False),
        EXAMINE,
    ),
    "answered-and-untimed": case(step("head", "assign", HEAD, None), EXAMINE, answers=FREE),
    "in-one-arm-and-in-a-loop": picture(
        "s > xor1 > head > examine > xor2 > e; xor2 > xor1",
        step("head", "assign", HEAD, 1, discretion=False),
        EXAMINE,
    ),
    "in-a-sub-process": within(
        "s > box > e",
        "s2 > head > examine > e2",
        step("head", "assign", HEAD, 1, discretion=False),
        EXAMINE,
    ),
}
BARRED = {
    "needs-judgement": (
        case(step("head", "assign", HEAD, discretion=True), EXAMINE, answers=FREE),
        "assignment-needs-discretion",
        Verdict.FAIL,
    ),
    "nobody-answered": (
        case(step("head", "assign", HEAD), EXAMINE),
        "assignment-needs-discretion",
        Verdict.UNKNOWN,
    ),
    "answer-for-another-step": (
        case(
            step("head", "assign", HEAD), EXAMINE, answers="assignment-needs-discretion@examine=no"
        ),
        "assignment-needs-discretion",
        Verdict.UNKNOWN,
    ),
    "answer-against-the-attribute": (
        case(
            step("head", "assign", HEAD, discretion=False),
            EXAMINE,
            answers="assignment-needs-discretion=yes",
        ),
        "assignment-needs-discretion",
        Verdict.FAIL,
    ),
    "answers-against-each-other": (
        case(
            step("head", "assign", HEAD),
            EXAMINE,
            answers="assignment-needs-discretion=no assignment-needs-discretion=yes",
        ),
        "assignment-needs-discretion",
        Verdict.FAIL,
    ),
    "also-examines": (
        case(step("head", "assign examine", HEAD, discretion=False), EXAMINE),
        "does-nothing-else",
        Verdict.FAIL,
    ),
    "its-name-speaks-of-a-receipt": (
        case(
            step("head", "assign", HEAD, discretion=False, name="Hướng dẫn, tiếp nhận hồ sơ"),
            EXAMINE,
        ),
        "does-nothing-else",
        Verdict.UNKNOWN,
    ),
    "its-name-speaks-of-a-request": (
        case(
            step("head", "assign transfer", HEAD, discretion=False, name="Giao việc, xã xác nhận"),
            EXAMINE,
        ),
        "does-nothing-else",
        Verdict.UNKNOWN,
    ),
    "a-decree-has-the-form-that-the-head-fills-in": (
        case(step("head", "assign", HEAD, discretion=False, legal_basis=LAW), EXAMINE),
        "rule-names-the-step",
        Verdict.FAIL,
    ),
    "decides-where-to-go": (
        picture(
            "s > head > xor1 > examine > xor2 > e; xor1 > xor2",
            step("head", "assign", HEAD, discretion=False),
            EXAMINE,
        ),
        "decides-no-branch",
        Verdict.FAIL,
    ),
}
ALONE = {
    "a-machine-already": case(
        step("head", "assign", HEAD, 0, task=TaskType.BUSINESS_RULE), EXAMINE
    ),
    "no-assignment": case(EXAMINE),
}


def test_both_levels_are_found_and_each_saves_its_half_day():
    given = FINDS["two-levels"]
    head, division = found(LEVER, given)
    assert (head.targets, division.targets) == (("head",), ("division",))
    assert passed(head) == ["does-nothing-else", "decides-no-branch", "assignment-needs-discretion"]
    assert length(given) == 3
    once = LEVER.apply(given, head)
    assert length(once) == Fraction(5, 2)
    assert length(LEVER.apply(once, division)) == 2


def test_the_step_stays_where_it_was_done_by_a_rule():
    given = FINDS["two-levels"]
    after = LEVER.apply(given, found(LEVER, given)[0])
    assert way(after) == way(given)
    head = after.flow.by_id["head"]
    assert (head.task, head.name) == (TaskType.BUSINESS_RULE, "Phân công xử lý")
    assert done_by(after, "head") == "Lãnh đạo Sở"


def test_an_untimed_assignment_takes_no_time_afterwards_and_no_work():
    given = FINDS["answered-and-untimed"]
    after = LEVER.apply(given, the_one(LEVER, given))
    assert after.flow.by_id["head"].time.duration.amount == 0
    assert length(after) == 2
