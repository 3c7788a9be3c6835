"""one_inspector: several inspections of one object become one, with a lead."""

from __future__ import annotations

from attrs import evolve

from levers.office import (
    AGENCY,
    CONSULTED,
    LAW,
    arrows,
    case,
    days,
    done_by,
    found,
    length,
    papers,
    passed,
    picture,
    step,
    the_one,
    told_by,
)
from tthc_flow.levers.one_inspector import LEVER
from tthc_flow.model.lever import Verdict
from tthc_flow.model.step import FormField, Loop, StepKind, TaskType
from tthc_flow.units import TimeUnit

FINANCE, POLICE, COMMUNE = CONSULTED
OWN = step("own", "inspect", AGENCY["officer"], 2, inspects="Cơ sở sản xuất", applicant_visit=True)
FIRE = step("fire", "inspect", POLICE, 3, inspects="cơ sở SẢN XUẤT", applicant_visit=True)
THIRD = step("third", "inspect", FINANCE, 1, inspects="Cơ sở sản xuất")
DRAFT = step("draft", "draft", AGENCY["officer"], 1)
SIGN = step("sign", "sign", AGENCY["head"], 1)
LED = "lead-body-in-law=yes"

FINDS = {
    "two-after-one-another": case(OWN, FIRE, SIGN, answers=LED),
    "three-bodies": case(OWN, FIRE, THIRD, SIGN, answers=LED),
    "a-step-between": case(OWN, DRAFT, FIRE, SIGN, answers=LED),
    "side-by-side": picture(
        "s > and1 > own > and2 > sign > e; and1 > fire > and2", OWN, FIRE, SIGN, answers=LED
    ),
    "a-block-of-branches-between": picture(
        "s > own > xor1 > draft > xor2 > fire > sign > e; xor1 > xor2",
        OWN,
        DRAFT,
        FIRE,
        SIGN,
        answers=LED,
    ),
    "said-to-be-one-object": case(
        evolve(OWN, inspects=None), FIRE, SIGN, answers=f"{LED} inspects-one-object=yes"
    ),
    "each-demanded-by-law": case(
        evolve(OWN, legal_basis=LAW, mandatory=True),
        evolve(FIRE, mandatory=True),
        SIGN,
        answers=LED,
    ),
}
BARRED = {
    "nobody-asked": (case(OWN, FIRE, SIGN), "lead-body-in-law", Verdict.UNKNOWN),
    "no-lead-in-law": (
        case(OWN, FIRE, SIGN, answers="lead-body-in-law=no"),
        "lead-body-in-law",
        Verdict.FAIL,
    ),
    "must-be-two": (
        case(OWN, evolve(FIRE, separate_from=frozenset({"own"})), SIGN, answers=LED),
        "no-separate-duty",
        Verdict.FAIL,
    ),
    "the-second-reads-the-first": (
        case(
            evolve(OWN, writes=papers("Biên bản")),
            evolve(FIRE, reads=papers("Biên bản")),
            SIGN,
            answers=LED,
        ),
        "one-inspection-needs-the-other",
        Verdict.FAIL,
    ),
    "the-second-reads-what-is-written-between": (
        case(
            OWN,
            evolve(DRAFT, writes=papers("Phương án")),
            evolve(FIRE, reads=papers("Phương án")),
            SIGN,
            answers=LED,
        ),
        "one-inspection-needs-the-other",
        Verdict.FAIL,
    ),
    "nobody-knows-what-is-read": (
        case(OWN, evolve(FIRE, reads=None), SIGN, answers=LED),
        "one-inspection-needs-the-other",
        Verdict.UNKNOWN,
    ),
    "said-to-need-the-other": (
        case(OWN, FIRE, SIGN, answers=f"{LED} one-inspection-needs-the-other=yes"),
        "one-inspection-needs-the-other",
        Verdict.FAIL,
    ),
    "nobody-says-what-is-inspected": (
        case(evolve(OWN, inspects=None), evolve(FIRE, inspects=None), SIGN, answers=LED),
        "inspects-one-object",
        Verdict.UNKNOWN,
    ),
    "the-row-also-drafts": (
        case(OWN, evolve(FIRE, kinds=(StepKind.INSPECT, StepKind.DRAFT)), SIGN, answers=LED),
        "does-nothing-else",
        Verdict.FAIL,
    ),
}
ALONE = {
    "two-objects": case(OWN, evolve(FIRE, inspects="Kho hàng"), SIGN, answers=LED),
    "one-body-twice": case(OWN, evolve(FIRE, performer=AGENCY["division"]), SIGN, answers=LED),
    "one-inspection": case(OWN, SIGN, answers=LED),
    "the-first-may-end-the-case": picture(
        "s > own > xor1 > fire > sign > e; xor1 > e_no", OWN, FIRE, SIGN, answers=LED
    ),
    "on-two-branches": picture(
        "s > xor1 > own > xor2 > sign > e; xor1 > fire > xor2", OWN, FIRE, SIGN, answers=LED
    ),
    "nobody-known": case(OWN, evolve(FIRE, performer=None), SIGN, answers=LED),
    "a-machine-looks": case(OWN, evolve(FIRE, task=TaskType.SERVICE), SIGN, answers=LED),
    "once-for-each-site": case(
        OWN, evolve(FIRE, loop=Loop(multi_instance=True)), SIGN, answers=LED
    ),
    "two-forms-of-one-name": case(
        evolve(OWN, fields=(FormField(name="đạt"),)),
        evolve(FIRE, fields=(FormField(name="đạt", required=True),)),
        SIGN,
        answers=LED,
    ),
    "a-form-and-none": case(OWN, evolve(FIRE, fields=()), SIGN, answers=LED),
    "unknown-ones-apart": case(
        evolve(OWN, inspects=None), DRAFT, evolve(FIRE, inspects=None), SIGN, answers=LED
    ),
}


def test_one_inspection_with_a_lead_takes_the_longest_time_and_one_visit():
    given = FINDS["three-bodies"]
    candidate = the_one(LEVER, given)
    assert candidate.targets == ("own", "fire", "third")
    assert passed(candidate) == [
        "does-nothing-else",
        "inspects-one-object",
        "one-inspection-needs-the-other",
        "no-separate-duty",
        "lead-body-in-law",
    ]
    after = LEVER.apply(given, candidate)
    assert set(arrows(after)) == {"start>own", "own>sign", "sign>end"}
    assert after.flow.by_id["own"].name == (
        "Kiểm tra một lần: Cơ sở sản xuất"
        " (chủ trì: Chuyên viên; phối hợp: Công an tỉnh, Sở Tài chính)"
    )
    assert (length(given), length(after)) == (7, 4)
    assert after.flow.by_id["own"].applicant_visit is True
    assert found(LEVER, after) == ()


def test_the_procedures_own_agency_leads_where_it_is_one_of_them():
    given = evolve(case(FIRE, OWN, SIGN, answers=LED), agency="Sở Xây dựng")
    after = LEVER.apply(given, the_one(LEVER, given))
    assert done_by(after, "fire") == AGENCY["officer"].name
    assert done_by(LEVER.apply(evolve(given, agency=None), the_one(LEVER, given)), "fire") == (
        POLICE.name
    )


def test_arms_that_go_leave_no_empty_block_behind():
    given = FINDS["side-by-side"]
    after = LEVER.apply(given, the_one(LEVER, given))
    assert set(arrows(after)) == {"s>own", "own>sign", "sign>e"}
    assert (length(given), length(after)) == (4, 4)


def test_a_third_arm_of_other_work_keeps_the_block():
    given = picture(
        "s > and1 > own > and2 > sign > e; and1 > fire > and2; and1 > draft > and2",
        OWN,
        FIRE,
        DRAFT,
        SIGN,
        answers=LED,
    )
    after = LEVER.apply(given, the_one(LEVER, given))
    assert {"and1>own", "and1>draft"} <= set(arrows(after))
    assert "fire" not in after.flow.by_id


def test_what_law_demands_of_each_stays_in_the_one():
    given = FINDS["each-demanded-by-law"]
    joint = LEVER.apply(given, the_one(LEVER, given)).flow.by_id["own"]
    assert joint.mandatory is True
    assert joint.legal_basis == LAW


def test_a_time_that_is_unknown_stays_unknown_and_the_longest_stays_as_printed():
    for other, longest in ((days(None), None), (days(3, TimeUnit.HOUR), OWN.time.duration)):
        given = case(OWN, evolve(FIRE, time=other), SIGN, answers=LED)
        joint = LEVER.apply(given, the_one(LEVER, given)).flow.by_id["own"]
        assert joint.time.duration == longest


def test_one_form_asks_for_what_all_of_them_asked_for():
    asked = [
        evolve(each, fields=(FormField(name=name),)) for each, name in ((OWN, "a"), (FIRE, "b"))
    ]
    given = case(*asked, SIGN, answers=LED)
    joint = LEVER.apply(given, the_one(LEVER, given)).flow.by_id["own"]
    assert [field.name for field in joint.fields] == ["a", "b"]


def test_the_work_of_all_is_added_where_it_is_known():
    worked = [evolve(each, work=days(2).duration) for each in (OWN, FIRE)]
    given = case(*worked, SIGN, answers=LED)
    joint = LEVER.apply(given, the_one(LEVER, given)).flow.by_id["own"]
    assert joint.work.amount == 4
    least = evolve(days(2).duration, at_least=1)
    some = case(evolve(OWN, work=least), evolve(FIRE, work=days(2).duration), SIGN, answers=LED)
    joint = LEVER.apply(some, the_one(LEVER, some)).flow.by_id["own"]
    assert (joint.work.at_least, joint.work.amount) == (3, 4)
    assert joint.checked is joint.rejected is None


def test_a_message_to_the_applicant_comes_from_the_one_inspection():
    given = told_by(FINDS["two-after-one-another"], "fire")
    after = LEVER.apply(given, the_one(LEVER, given))
    assert [message.source for message in after.messages] == ["own"]
