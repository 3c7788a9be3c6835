"""consult_in_parallel: bodies that do not need each other are asked at once."""

from __future__ import annotations

from attrs import evolve

from levers.office import (
    AGENCY,
    CONSULTED,
    arrows,
    case,
    length,
    papers,
    passed,
    picture,
    step,
    the_one,
)
from tthc_flow.levers.consult_in_parallel import LEVER
from tthc_flow.model.lever import Verdict

EXAMINE = step("examine", "examine", AGENCY["officer"], 1)
ONE = step("one", "opinion", CONSULTED[0], 7)
TWO = step("two", "opinion consult", CONSULTED[1], 5)
THREE = step("three", "opinion", CONSULTED[2], 3)
SIGN = step("sign", "sign", AGENCY["head"], 1)
FREE = "legally-ordered=no"

FINDS = {
    "two-bodies": case(EXAMINE, ONE, TWO, SIGN, answers=FREE),
    "three-bodies": case(ONE, TWO, THREE, SIGN, answers=FREE),
}
BARRED = {
    "a-rule-orders-them": (
        case(ONE, TWO, SIGN, answers="legally-ordered=yes"),
        "legally-ordered",
        Verdict.FAIL,
    ),
    "a-rule-orders-the-second-after-the-first": (
        case(ONE, TWO, SIGN, answers="legally-ordered=no legally-ordered@two=yes"),
        "legally-ordered",
        Verdict.FAIL,
    ),
    "nobody-asked": (case(ONE, TWO, SIGN), "legally-ordered", Verdict.UNKNOWN),
    "the-second-reads-the-first": (
        case(
            evolve(ONE, writes=papers("Góp ý")),
            evolve(TWO, reads=papers("Góp ý")),
            SIGN,
            answers=FREE,
        ),
        "one-opinion-needs-the-other",
        Verdict.FAIL,
    ),
    "nobody-knows-what-they-read": (
        case(ONE, evolve(TWO, reads=None), SIGN, answers=FREE),
        "one-opinion-needs-the-other",
        Verdict.UNKNOWN,
    ),
    "the-first-often-refuses": (
        case(evolve(ONE, checked=40, rejected=10), TWO, SIGN, answers=FREE),
        "rejects-almost-nothing",
        Verdict.FAIL,
    ),
    "a-branch-stands-on-the-last": (
        picture("s > one > two > xor1 > sign > e; xor1 > e_no", ONE, TWO, SIGN, answers=FREE),
        "decides-no-branch",
        Verdict.FAIL,
    ),
}
ALONE = {
    "one-body-twice": case(ONE, evolve(TWO, performer=CONSULTED[0]), SIGN, answers=FREE),
    "somebody-unknown": case(ONE, evolve(TWO, performer=None), SIGN, answers=FREE),
    "one-opinion": case(ONE, SIGN),
    "side-by-side-already": picture(
        "s > and1 > one > and2 > sign > e; and1 > two > and2", ONE, TWO, SIGN, answers=FREE
    ),
}


def test_the_wait_is_the_longest_and_not_the_sum():
    given = FINDS["two-bodies"]
    candidate = the_one(LEVER, given)
    assert candidate.targets == ("one", "two")
    assert passed(candidate) == [
        "legally-ordered",
        "one-opinion-needs-the-other",
        "decides-no-branch",
    ]
    after = LEVER.apply(given, candidate)
    assert (length(given), length(after)) == (1 + 7 + 5 + 1, 1 + 7 + 1)
    assert set(arrows(after)) == {
        "start>examine",
        "examine>Split_one",
        "Split_one>one",
        "Split_one>two",
        "one>Join_two",
        "two>Join_two",
        "Join_two>sign",
        "sign>end",
    }


def test_three_are_asked_at_once():
    given = FINDS["three-bodies"]
    after = LEVER.apply(given, the_one(LEVER, given))
    assert (length(given), length(after)) == (16, 8)
