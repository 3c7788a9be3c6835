"""skip_district: a level that is no more gives its work to the commune, once that is confirmed."""

from __future__ import annotations

import pytest
from attrs import evolve

from levers.office import (
    AGENCY,
    case,
    done_by,
    length,
    passed,
    picture,
    step,
    the_one,
    way,
    within,
)
from tthc_flow.levers.skip_district import LEVER
from tthc_flow.model.actor import Level, Performer, Role
from tthc_flow.model.law import Authority
from tthc_flow.model.lever import Necessity, Verdict
from tthc_flow.model.source import Source

DISTRICT = Performer(
    name="Chủ tịch UBND huyện",
    role=Role.CHAIRPERSON,
    levels=frozenset({Level.DISTRICT}),
    office="UBND cấp huyện",
)
EXAMINE = step("examine", "examine", AGENCY["officer"], 2)
CONFIRM = step("confirm", "opinion", DISTRICT, 3, name="UBND cấp huyện xác nhận")
FREE = "commune-receives-the-work=yes receiver-has-capacity=yes"
MIXED = evolve(DISTRICT, levels=frozenset({Level.DISTRICT, Level.COMMUNE}))

FINDS = {
    "confirmed": case(EXAMINE, CONFIRM, answers=FREE),
    "an-office-of-the-district": case(
        step("receive", "receive", evolve(DISTRICT, name="Phòng Nội vụ huyện", role=Role.UNIT), 1),
        EXAMINE,
        answers=FREE,
    ),
    "gone-to-the-province": case(
        EXAMINE, CONFIRM, answers=f"{FREE} commune-receives-the-work@confirm=no"
    ),
    "in-a-baseline": case(EXAMINE, CONFIRM, answers=FREE, baseline=True),
    "in-a-branch": picture(
        "s > examine > xor1 > confirm > xor2 > e; xor1 > xor2", EXAMINE, CONFIRM, answers=FREE
    ),
    "in-a-sub-process": within(
        "s > examine > box > e", "s2 > confirm > e2", EXAMINE, CONFIRM, answers=FREE
    ),
}
BARRED = {
    "two-answers-contradict": (
        case(
            EXAMINE,
            CONFIRM,
            answers=f"{FREE} commune-receives-the-work=no",
        ),
        "commune-receives-the-work",
        Verdict.FAIL,
    ),
    "nobody-asked": (case(EXAMINE, CONFIRM), "commune-receives-the-work", Verdict.UNKNOWN),
    "too-few-people": (
        case(EXAMINE, CONFIRM, answers="commune-receives-the-work=yes receiver-has-capacity=no"),
        "receiver-has-capacity",
        Verdict.FAIL,
    ),
}
BRANCHES = ("Chi cục Thuế huyện", "Công an huyện", "Văn phòng đăng ký quyền sử dụng đất")
BARRED |= {
    f"a-branch-of-its-own-{number}": (
        case(
            EXAMINE,
            evolve(CONFIRM, performer=evolve(DISTRICT, name=name, role=Role.UNIT, office=name)),
            answers=FREE,
        ),
        "under-the-district-committee",
        Verdict.FAIL,
    )
    for number, name in enumerate(BRANCHES, 1)
}
ALONE = {
    "nobody-is-known": case(EXAMINE, evolve(CONFIRM, performer=None), answers=FREE),
    "the-commune-may-do-it-already": case(EXAMINE, evolve(CONFIRM, performer=MIXED), answers=FREE),
    "no-district": case(EXAMINE),
}


def test_the_commune_confirms_in_the_same_time():
    given = FINDS["confirmed"]
    candidate = the_one(LEVER, given)
    assert passed(candidate) == [
        "under-the-district-committee",
        "commune-receives-the-work",
        "receiver-has-capacity",
    ]
    after = LEVER.apply(given, candidate)
    assert length(after) == length(given) == 5
    assert way(after) == way(given)
    step_after = after.flow.by_id["confirm"]
    assert step_after.name == "UBND cấp xã xác nhận"
    assert step_after.performer == Performer(
        name="Chủ tịch UBND cấp xã",
        role=Role.CHAIRPERSON,
        levels=frozenset({Level.COMMUNE}),
        office="UBND cấp xã",
    )


def test_a_body_without_a_title_becomes_the_committee():
    given = FINDS["an-office-of-the-district"]
    assert done_by(LEVER.apply(given, the_one(LEVER, given)), "receive") == "UBND cấp xã"


def test_the_own_decision_is_amended_and_the_law_is_the_ground():
    given = evolve(
        case(EXAMINE, CONFIRM, answers=f"{FREE} rule-names-the-step=no"),
        source=Source(document="QĐ 77/QĐ-UBND"),
    )
    candidate = the_one(LEVER, given)
    assert (candidate.authority, candidate.instrument) == (Authority.WITHIN, "QĐ 77/QĐ-UBND")
    (ground,) = (each for each in candidate.evidence if each.name == "level-abolished")
    assert ground.source == Source(document="Luật 72/2025/QH15", place="Điều 1")


def test_the_province_takes_what_did_not_go_to_the_commune():
    given = FINDS["gone-to-the-province"]
    candidate = the_one(LEVER, given)
    assert passed(candidate) == [
        "under-the-district-committee",
        "province-receives-the-work",
        "receiver-has-capacity",
    ]
    after = LEVER.apply(given, candidate).flow.by_id["confirm"]
    assert after.name == "UBND tỉnh xác nhận"
    assert after.performer == Performer(
        name="Chủ tịch UBND tỉnh",
        role=Role.CHAIRPERSON,
        levels=frozenset({Level.PROVINCE}),
        office="UBND tỉnh",
    )


@pytest.mark.parametrize("name", FINDS)
def test_what_has_no_lawful_performer_is_obliged_to_go_and_risks_nothing(name):
    candidate = the_one(LEVER, FINDS[name])
    assert (candidate.necessity, candidate.risk) == (Necessity.OBLIGED, 0)
