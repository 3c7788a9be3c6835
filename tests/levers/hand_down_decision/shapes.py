"""Signatures that may be handed down, in every shape, and the steps they are made of."""

from __future__ import annotations

from attrs import evolve

from levers.office import (
    AGENCY,
    COMMITTEE,
    ONE_STOP,
    case,
    labelled,
    picture,
    reminded,
    step,
    within,
)
from tthc_flow.model.actor import Level, Performer, Role
from tthc_flow.model.flow import Event, EventPosition, Outcome, Trigger
from tthc_flow.model.step import StepKind

EXAMINE = step("examine", "examine draft", AGENCY["officer"], 5)
LOWER = step("lower", "sign", AGENCY["head"], 1, name="Ký tờ trình")
LOWER_STAMP = step("numbered", "number_and_stamp", AGENCY["clerk"], "0.5")
TAKEN = step("taken", "receive transfer", COMMITTEE["clerk"], "0.5")
SEEN = step("seen", "review", COMMITTEE["head"], 2)
HIGHER = step("higher", "sign", COMMITTEE["chair"], 2, name="Chủ tịch ký quyết định")
HIGHER_STAMP = step("stamped", "number_and_stamp", COMMITTEE["clerk"], "0.5")
RETURN = step("return", "return", ONE_STOP, 1)
FREE = (
    "power-is-own=yes delegation-barred=no receiver-has-capacity=yes superior-rarely-overrules=yes"
)
SHORT = (EXAMINE, LOWER, HIGHER, RETURN)
COMMUNE = frozenset({Level.COMMUNE})
COMMUNE_CHAIR = Performer(
    name="Chủ tịch UBND xã", role=Role.CHAIRPERSON, office="UBND cấp xã", levels=COMMUNE
)
COMMUNE_HEAD = Performer(
    name="Trưởng phòng Kinh tế xã", role=Role.DIVISION_HEAD, office="Phòng Kinh tế", levels=COMMUNE
)
HEAD_OF_NOTHING = evolve(COMMUNE_CHAIR, role=Role.DIVISION_HEAD, office="Ban Tư pháp xã")
COMMUNE_COMMITTEE = Performer(
    name="UBND cấp xã", role=Role.UNIT, office="UBND cấp xã", levels=COMMUNE
)
LATE = Event(
    id="late",
    position=EventPosition.BOUNDARY,
    trigger=Trigger.TIMER,
    attached_to="higher",
)
REMIND = step("remind", "report", COMMITTEE["clerk"], None, name="Nhắc hạn ký")

FINDS = {
    "with-both-registries": case(
        EXAMINE, LOWER, LOWER_STAMP, TAKEN, SEEN, HIGHER, HIGHER_STAMP, RETURN, answers=FREE
    ),
    "examined-and-signed-in-one-row": case(
        EXAMINE,
        LOWER,
        evolve(
            HIGHER,
            name="Thẩm tra và ký tại UBND tỉnh",
            kinds=(StepKind.REEXAMINE, StepKind.SIGN, StepKind.ISSUE),
        ),
        RETURN,
        answers=f"{FREE} rule-names-the-step=no examines-anything-new=no",
    ),
    "in-the-commune": case(
        EXAMINE,
        evolve(LOWER, performer=COMMUNE_HEAD),
        evolve(HIGHER, performer=COMMUNE_CHAIR),
        RETURN,
        answers=FREE,
    ),
    "a-choice-after-the-lower-signature": labelled(
        picture(
            "s > xor0 > examine > lower > xor1 > taken > higher > return > e; "
            "xor1 > e_no; xor1 > xor0",
            EXAMINE,
            LOWER,
            TAKEN,
            HIGHER,
            RETURN,
            answers=FREE,
        ),
        xor1__taken=Outcome.GRANT,
        xor1__e_no=Outcome.REFUSE,
        xor1__xor0=Outcome.REWORK,
    ),
    "a-choice-after-the-look-between": labelled(
        picture(
            "s > xor0 > examine > lower > seen > xor1 > higher > xor2 > return > e; "
            "xor1 > xor0; xor2 > e_no",
            EXAMINE,
            LOWER,
            SEEN,
            HIGHER,
            RETURN,
            answers=FREE,
        ),
        xor1__higher=Outcome.OTHER,
        xor1__xor0=Outcome.REWORK,
        xor2__return=Outcome.GRANT,
        xor2__e_no=Outcome.REFUSE,
    ),
    "handled-side-by-side": picture(
        "s > examine > lower > and1 > taken > and2 > higher > return > e; and1 > seen > and2",
        EXAMINE,
        LOWER,
        TAKEN,
        SEEN,
        HIGHER,
        RETURN,
        answers=FREE,
    ),
    "two-levels-of-handling": case(
        EXAMINE,
        LOWER,
        TAKEN,
        evolve(SEEN, kinds=(StepKind.REVIEW, StepKind.SIGN), name="Lãnh đạo Văn phòng ký trình"),
        HIGHER,
        RETURN,
        answers=FREE,
    ),
    "in-a-sub-process": within(
        "s > box > return > e",
        "s2 > examine > lower > higher > e2",
        EXAMINE,
        LOWER,
        HIGHER,
        RETURN,
        answers=FREE,
    ),
    "out-of-a-sub-process": within(
        "s > box > taken > higher > return > e",
        "s2 > examine > lower > e2",
        EXAMINE,
        LOWER,
        TAKEN,
        HIGHER,
        RETURN,
        answers=FREE,
    ),
    "a-timer-reminds-of-it": reminded(case(*SHORT, answers=FREE), "higher", REMIND),
    "decentralised-to-a-commune": case(
        EXAMINE, evolve(LOWER, performer=COMMUNE_COMMITTEE), HIGHER, RETURN, answers=FREE
    ),
    "from-a-department-to-a-commune": case(
        EXAMINE,
        evolve(LOWER, performer=COMMUNE_CHAIR),
        evolve(HIGHER, performer=AGENCY["head"]),
        RETURN,
        answers=FREE,
    ),
}
