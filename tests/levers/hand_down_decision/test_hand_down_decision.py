"""hand_down_decision: who answers for the content signs; the law says to whom it may go."""

from __future__ import annotations

from attrs import evolve

from levers.office import (
    AGENCY,
    COMMITTEE,
    LAW,
    ONE_STOP,
    case,
    done_by,
    labelled,
    length,
    not_passed,
    papers,
    passed,
    picture,
    step,
    the_one,
    way,
)
from tthc_flow.levers.hand_down_decision import LEVER
from tthc_flow.model.actor import Level, Performer, Role
from tthc_flow.model.flow import Outcome
from tthc_flow.model.lever import Verdict
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
        answers=f"{FREE} rule-names-the-step=no",
    ),
    "in-the-commune": case(
        EXAMINE,
        evolve(LOWER, performer=COMMUNE_HEAD),
        evolve(HIGHER, performer=COMMUNE_CHAIR),
        RETURN,
        answers=FREE,
    ),
}
BARRED = {
    "the-power-is-not-own": (
        case(*SHORT, answers=FREE.replace("power-is-own=yes", "power-is-own=no")),
        "power-is-own",
        Verdict.FAIL,
    ),
    "answered-for-another-step": (
        case(*SHORT, answers=FREE.replace("power-is-own=", "power-is-own@lower=")),
        "power-is-own",
        Verdict.UNKNOWN,
    ),
    "law-names-the-signatory": (
        case(EXAMINE, LOWER, evolve(HIGHER, legal_basis=LAW), RETURN, answers=FREE),
        "delegation-barred",
        Verdict.FAIL,
    ),
    "a-mandatory-look-between": (
        case(EXAMINE, LOWER, evolve(SEEN, mandatory=True), HIGHER, RETURN, answers=FREE),
        "delegation-barred",
        Verdict.FAIL,
    ),
    "a-special-law-bars-it": (
        case(*SHORT, answers=FREE.replace("barred=no", "barred=yes")),
        "delegation-barred",
        Verdict.FAIL,
    ),
    "no-capacity-known": (
        case(*SHORT, answers=FREE.replace("receiver-has-capacity=yes", "")),
        "receiver-has-capacity",
        Verdict.UNKNOWN,
    ),
    "delegated-already": (
        case(
            EXAMINE,
            LOWER,
            evolve(HIGHER, name="Chủ tịch ký theo ủy quyền của Bộ trưởng"),
            answers=FREE,
        ),
        "delegation-pair",
        Verdict.FAIL,
    ),
    "to-a-district": (
        case(
            EXAMINE,
            evolve(LOWER, performer=evolve(AGENCY["head"], levels=frozenset({Level.DISTRICT}))),
            HIGHER,
            answers=FREE,
        ),
        "delegation-pair",
        Verdict.FAIL,
    ),
    "level-unknown": (
        case(
            EXAMINE,
            evolve(LOWER, performer=evolve(AGENCY["head"], levels=frozenset())),
            HIGHER,
            answers=FREE,
        ),
        "delegation-pair",
        Verdict.UNKNOWN,
    ),
    "the-chair-overrules": (
        case(EXAMINE, LOWER, evolve(HIGHER, checked=100, rejected=6), RETURN, answers=FREE),
        "superior-rarely-overrules",
        Verdict.FAIL,
    ),
    "the-chair-amends": (
        case(
            EXAMINE,
            LOWER,
            evolve(HIGHER, checked=100, rejected=0, amended=9),
            RETURN,
            answers=FREE,
        ),
        "superior-rarely-overrules",
        Verdict.FAIL,
    ),
    "nobody-counted-what-the-chair-changes": (
        case(*SHORT, answers=FREE.replace("superior-rarely-overrules=yes", "")),
        "superior-rarely-overrules",
        Verdict.UNKNOWN,
    ),
    "too-few-to-tell": (
        case(
            EXAMINE,
            LOWER,
            evolve(HIGHER, checked=20, rejected=0),
            RETURN,
            answers=FREE.replace("superior-rarely-overrules=yes", ""),
        ),
        "superior-rarely-overrules",
        Verdict.UNKNOWN,
    ),
    "the-chair-is-said-to-overrule": (
        case(
            EXAMINE,
            LOWER,
            evolve(HIGHER, checked=1000, rejected=0),
            RETURN,
            answers=FREE.replace("overrules=yes", "overrules=no"),
        ),
        "superior-rarely-overrules",
        Verdict.FAIL,
    ),
    "the-signer-examined": (
        case(evolve(EXAMINE, performer=AGENCY["head"]), LOWER, HIGHER, RETURN, answers=FREE),
        "preparer-is-not-signer",
        Verdict.FAIL,
    ),
    "nobody-knows-who-examined": (
        case(evolve(EXAMINE, performer=None), LOWER, HIGHER, RETURN, answers=FREE),
        "preparer-is-not-signer",
        Verdict.UNKNOWN,
    ),
    "two-must-sign": (
        case(EXAMINE, LOWER, evolve(HIGHER, separate_from=papers("lower")), answers=FREE),
        "no-separate-duty",
        Verdict.FAIL,
    ),
    "a-rule-names-the-second-look": (
        case(
            EXAMINE,
            LOWER,
            evolve(HIGHER, kinds=(StepKind.REEXAMINE, StepKind.SIGN)),
            answers=f"{FREE} rule-names-the-step=yes",
        ),
        "rule-names-the-step",
        Verdict.FAIL,
    ),
}
ALONE = {
    "something-is-examined-between": case(
        EXAMINE, LOWER, step("again", "examine", COMMITTEE["officer"], 2), HIGHER, answers=FREE
    ),
    "nobody-recommends": case(EXAMINE, HIGHER, RETURN, answers=FREE),
    "the-row-also-drafts": case(
        EXAMINE, LOWER, evolve(HIGHER, kinds=(StepKind.SIGN, StepKind.DRAFT)), answers=FREE
    ),
    "a-return-between": case(
        EXAMINE, LOWER, step("handed", "return", ONE_STOP, 1), HIGHER, answers=FREE
    ),
    "a-head-of-a-department": case(
        EXAMINE, LOWER, evolve(HIGHER, performer=AGENCY["head"]), answers=FREE
    ),
}


def test_the_way_up_and_down_goes():
    given = FINDS["with-both-registries"]
    candidate = the_one(LEVER, given)
    assert candidate.targets == ("taken", "seen", "higher", "stamped")
    assert candidate.anchor == "lower"
    assert passed(candidate) == [
        "delegation-pair",
        "power-is-own",
        "delegation-barred",
        "does-nothing-else",
        "superior-rarely-overrules",
        "preparer-is-not-signer",
        "no-separate-duty",
        "receiver-has-capacity",
    ]
    after = LEVER.apply(given, candidate)
    assert float(length(given)) == 5 + 1 + 0.5 + 0.5 + 2 + 2 + 0.5 + 1
    assert float(length(after)) == 5 + 1 + 0.5 + 1
    assert way(after) == [
        "start",
        "examine",
        "lower",
        "numbered",
        "return",
        "Report_lower",
        "end",
    ]


def test_the_only_stamp_moves_to_the_lower_registry():
    given = case(EXAMINE, LOWER, HIGHER, HIGHER_STAMP, RETURN, answers=FREE)
    candidate = the_one(LEVER, given)
    assert candidate.targets == ("higher",)
    after = LEVER.apply(given, candidate)
    assert way(after) == ["start", "examine", "lower", "stamped", "return", "Report_lower", "end"]
    assert done_by(after, "stamped") == "Văn thư Sở Xây dựng"
    assert float(length(after)) == 5 + 1 + 0.5 + 1


def test_issuing_goes_down_with_the_signature():
    given = FINDS["examined-and-signed-in-one-row"]
    candidate = the_one(LEVER, given)
    assert "rule-names-the-step" in passed(candidate)
    decision = LEVER.apply(given, candidate).flow.by_id["lower"]
    assert decision.kinds == (StepKind.SIGN, StepKind.ISSUE)


def test_nobody_asked_about_the_second_look_leaves_it_open():
    kinds = (StepKind.REEXAMINE, StepKind.SIGN)
    given = case(EXAMINE, LOWER, evolve(HIGHER, kinds=kinds), RETURN, answers=FREE)
    assert not_passed(the_one(LEVER, given)) == {"rule-names-the-step": Verdict.UNKNOWN}


def test_the_commune_chair_may_hand_down_to_a_division():
    given = FINDS["in-the-commune"]
    after = LEVER.apply(given, the_one(LEVER, given))
    assert (length(given), length(after)) == (9, 7)


def test_a_refusal_stays_possible_and_the_report_follows_the_grant():
    given = labelled(
        picture(
            "s > examine > lower > higher > xor1 > return > e; xor1 > e_no",
            EXAMINE,
            LOWER,
            HIGHER,
            RETURN,
            answers=FREE,
        ),
        xor1__return=Outcome.GRANT,
        xor1__e_no=Outcome.REFUSE,
    )
    after = LEVER.apply(given, the_one(LEVER, given))
    assert way(after) == ["s", "examine", "lower", "xor1"]
    assert {e.target for e in after.flow.outgoing["xor1"]} == {"return", "e_no"}
    assert [e.source for e in after.flow.incoming["Report_lower"]] == ["return"]
