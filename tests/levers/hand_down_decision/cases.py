"""Signatures that may not be handed down, and what is no such signature."""

from __future__ import annotations

from attrs import evolve

from levers.hand_down_decision.shapes import (
    EXAMINE,
    FREE,
    HEAD_OF_NOTHING,
    HIGHER,
    LATE,
    LOWER,
    REMIND,
    RETURN,
    SEEN,
    SHORT,
)
from levers.office import (
    AGENCY,
    COMMITTEE,
    LAW,
    ONE_STOP,
    case,
    papers,
    picture,
    reminded,
    step,
)
from tthc_flow.model.actor import Level
from tthc_flow.model.lever import Verdict
from tthc_flow.model.step import StepKind

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
    "to-who-is-in-no-table": (
        case(EXAMINE, evolve(LOWER, performer=HEAD_OF_NOTHING), HIGHER, answers=FREE),
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
    "sent-back-to-the-look-between": picture(
        "s > examine > lower > xor1 > seen > higher > xor2 > return > e; xor2 > xor1",
        EXAMINE,
        LOWER,
        SEEN,
        HIGHER,
        RETURN,
        answers=FREE,
    ),
    "two-heads-sign-one-each": picture(
        "s > examine > xor1 > lower > xor2 > higher > return > e; xor1 > other > xor2",
        EXAMINE,
        LOWER,
        evolve(LOWER, id="other"),
        HIGHER,
        RETURN,
        answers=FREE,
    ),
    "signed-below-on-one-way-only": picture(
        "s > examine > xor1 > lower > xor2 > higher > return > e; xor1 > xor2",
        EXAMINE,
        LOWER,
        HIGHER,
        RETURN,
        answers=FREE,
    ),
    "a-timer-takes-the-case-away": picture(
        "s > examine > lower > higher > return > e; late > remind > e_no",
        EXAMINE,
        LOWER,
        HIGHER,
        RETURN,
        LATE,
        REMIND,
        answers=FREE,
    ),
    "a-timer-sets-other-work-going": reminded(
        case(*SHORT, answers=FREE), "higher", evolve(REMIND, kinds=(StepKind.EXAMINE,))
    ),
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
