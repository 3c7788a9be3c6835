"""knock_out_first: what rejects much for little effort stands first."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from levers.office import (
    AGENCY,
    ONE_STOP,
    case,
    papers,
    picture,
    step,
)
from tthc_flow.model.lever import Verdict
from tthc_flow.model.step import StepKind
from tthc_flow.units import Duration, TimeUnit


def hours(amount):
    """Return hours of work."""
    return Duration(amount=amount, unit=TimeUnit.WORKING_HOUR)


DOOR = step("door", "receive", ONE_STOP, 0.5)
SITE = step("site", "inspect", AGENCY["officer"], 5, work=hours(16), checked=200, rejected=20)
FORM = step("form", "examine", AGENCY["officer"], 1, work=hours(1), checked=300, rejected=60)
LOOK = step("look", "look_up", AGENCY["officer"], 0.5, work=hours(2), checked=100, rejected=5)
SIGN = step("sign", "sign", AGENCY["head"], 1)
FREE = "checks-legally-ordered=no"
TWO = "s > door > site > xor1 > form > xor2 > sign > e; xor1 > e_no; xor2 > e_no"
THREE = (
    "s > site > xor1 > look > xor2 > form > xor3 > sign > e; xor1 > e_no; xor2 > e_no; xor3 > e_no"
)


def shared(picture_of: str, shares: dict[str, Fraction], *steps):
    """Return the procedure whose arrows have known shares: ``xor1>e_no``."""
    given = picture(picture_of, DOOR, *steps, SIGN, answers=FREE)
    edges = tuple(
        evolve(edge, share=shares.get(f"{edge.source}>{edge.target}")) for edge in given.flow.edges
    )
    return evolve(given, flow=evolve(given.flow, edges=edges))


UNCOUNTED = [evolve(each, checked=None, rejected=None) for each in (SITE, FORM)]

FINDS = {
    "a-site-visit-before-a-form": picture(TWO, DOOR, SITE, FORM, SIGN, answers=FREE),
    "three-checks": picture(THREE, SITE, LOOK, FORM, SIGN, answers=FREE),
    "idle-gateways-between": picture(
        "s > site > xor1 > xor4 > form > xor2 > xor5 > sign > e; xor1 > e_no; xor2 > e_no",
        SITE,
        FORM,
        SIGN,
        answers=FREE,
    ),
    "the-refusal-is-told-first": picture(
        "s > site > xor1 > form > xor2 > sign > e; xor1 > tell > e_no; xor2 > tell",
        SITE,
        FORM,
        SIGN,
        answers=FREE,
    ),
    "a-review-goes-with-its-check": picture(
        "s > site > view > xor1 > form > xor2 > sign > e; xor1 > e_no; xor2 > e_no",
        SITE,
        step("view", "review", AGENCY["division"], 1, work=hours(1)),
        FORM,
        SIGN,
        answers=FREE,
    ),
    "shares-of-the-ways-out": shared(
        TWO, {"xor1>e_no": Fraction(1, 10), "xor2>e_no": Fraction(1, 5)}, *UNCOUNTED
    ),
    "by-norm-time": picture(
        TWO, DOOR, evolve(SITE, work=None), evolve(FORM, work=None), SIGN, answers=FREE
    ),
    "a-check-of-two-people-side-by-side": picture(
        "s > and1 > site > and2 > xor1 > form > xor2 > sign > e; and1 > look > and2;"
        " xor1 > e_no; xor2 > e_no",
        SITE,
        evolve(LOOK, checked=None, rejected=None),
        FORM,
        SIGN,
        answers=FREE,
    ),
}
BARRED = {
    "nobody-asked": (
        picture(TWO, DOOR, SITE, FORM, SIGN),
        "checks-legally-ordered",
        Verdict.UNKNOWN,
    ),
    "a-rule-orders-them": (
        picture(TWO, DOOR, SITE, FORM, SIGN, answers="checks-legally-ordered=yes"),
        "checks-legally-ordered",
        Verdict.FAIL,
    ),
    "a-rule-orders-the-second": (
        picture(TWO, DOOR, SITE, FORM, SIGN, answers=f"{FREE} checks-legally-ordered@form=yes"),
        "checks-legally-ordered",
        Verdict.FAIL,
    ),
    "nobody-counted-the-first": (
        picture(TWO, DOOR, UNCOUNTED[0], FORM, SIGN, answers=FREE),
        "efforts-and-rejections-known",
        Verdict.UNKNOWN,
    ),
    "two-counts-in-one-check": (
        picture(
            "s > site > look > xor1 > form > xor2 > sign > e; xor1 > e_no; xor2 > e_no",
            SITE,
            LOOK,
            FORM,
            SIGN,
            answers=FREE,
        ),
        "efforts-and-rejections-known",
        Verdict.UNKNOWN,
    ),
    "nobody-knows-how-long-it-takes": (
        picture(
            TWO,
            DOOR,
            evolve(SITE, work=None, time=step("x", "sign", None, None).time),
            FORM,
            SIGN,
            answers=FREE,
        ),
        "efforts-and-rejections-known",
        Verdict.UNKNOWN,
    ),
    "nobody-knows-what-it-reads": (
        picture(TWO, DOOR, SITE, evolve(FORM, reads=None), SIGN, answers=FREE),
        "one-check-needs-the-other",
        Verdict.UNKNOWN,
    ),
    "said-to-need-the-other": (
        picture(TWO, DOOR, SITE, FORM, SIGN, answers=f"{FREE} one-check-needs-the-other=yes"),
        "one-check-needs-the-other",
        Verdict.FAIL,
    ),
    "a-branch-inside-leaves-the-effort-open": (
        picture(
            "s > site > xor1 > xor4 > form > xor5 > xor2 > sign > e; xor4 > look > xor5;"
            " xor1 > e_no; xor2 > e_no",
            SITE,
            FORM,
            evolve(LOOK, checked=None, rejected=None),
            SIGN,
            answers=FREE,
        ),
        "efforts-and-rejections-known",
        Verdict.UNKNOWN,
    ),
}
ALONE = {
    "in-the-best-order": picture(
        "s > form > xor1 > site > xor2 > sign > e; xor1 > e_no; xor2 > e_no",
        FORM,
        SITE,
        SIGN,
        answers=FREE,
    ),
    "one-check": picture("s > site > xor1 > sign > e; xor1 > e_no", SITE, SIGN, answers=FREE),
    "the-second-reads-the-first": picture(
        TWO,
        DOOR,
        evolve(SITE, writes=papers("Biên bản")),
        evolve(FORM, reads=papers("Biên bản")),
        SIGN,
        answers=FREE,
    ),
    "the-first-reads-what-the-second-writes-anew": picture(
        TWO,
        DOOR,
        evolve(SITE, reads=papers("Phiếu")),
        evolve(FORM, writes=papers("Phiếu")),
        SIGN,
        answers=FREE,
    ),
    "the-second-cannot-end-the-case": picture(
        "s > site > xor1 > form > sign > e; xor1 > e_no", SITE, FORM, SIGN, answers=FREE
    ),
    "both-ways-may-be-granted": picture(
        "s > site > xor1 > form > xor2 > sign > e; xor1 > look > xor2",
        SITE,
        FORM,
        LOOK,
        SIGN,
        answers=FREE,
    ),
    "a-signature-between": picture(
        "s > site > xor1 > sign > form > xor2 > look > e; xor1 > e_no; xor2 > e_no",
        SITE,
        evolve(SIGN, kinds=(StepKind.SIGN,)),
        evolve(FORM, kinds=(StepKind.DRAFT,)),
        LOOK,
        answers=FREE,
    ),
    "two-ways-on": picture(
        "s > site > xor1 > form > xor2 > sign > e; xor1 > look > sign; xor1 > e_no; xor2 > e_no",
        SITE,
        FORM,
        LOOK,
        SIGN,
        answers=FREE,
    ),
    "a-row-without-gateways": case(SITE, FORM, SIGN, answers=FREE),
    "equal-effort-for-each-rejection": picture(
        TWO, DOOR, evolve(FORM, id="site"), FORM, SIGN, answers=FREE
    ),
}
