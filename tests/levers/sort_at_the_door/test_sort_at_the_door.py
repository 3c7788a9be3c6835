"""sort_at_the_door: a class known at entry goes by the steps that only the others need."""

from __future__ import annotations

from attrs import evolve

from levers.office import (
    AGENCY,
    CONSULTED,
    LAW,
    ONE_STOP,
    case,
    papers,
    picture,
    step,
)
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import TotalTime
from tthc_flow.model.step import FormField
from tthc_flow.units import Duration, TimeUnit


def day(amount):
    """Return a bare day as the tables print it."""
    return Duration(amount=amount, unit=TimeUnit.DAY)


BY_CASE = TotalTime(
    alternatives=(("hồ sơ đầy đủ thông tin", day(10)), ("cần phải xác minh", day(30)))
)
DOOR = step("door", "receive", ONE_STOP, 0.5, fields=(FormField(name="diện"),))
VERIFY = step(
    "verify",
    "examine",
    AGENCY["officer"],
    20,
    name="Xác minh tại nơi cư trú",
    mandatory=False,
    fields=(),
)
LOOK = step("look", "examine", AGENCY["officer"], 2, mandatory=False, fields=())
SITE = step("site", "inspect", AGENCY["officer"], 5, mandatory=False, fields=())
ASK = step("ask", "opinion", CONSULTED[0], 7, mandatory=False, fields=())
DRAFT = step("draft", "draft", AGENCY["officer"], 1, fields=())
SIGN = step("sign", "sign", AGENCY["head"], 1, fields=())
FREE = "class-known-at-entry=yes class-needs-the-steps=no equal-treatment-rule=no"
LATE = "s > door > site > xor1 > ask > xor2 > sign > e; xor1 > xor2"


def drawn(text, *steps, answers=FREE, **conditions):
    """Return the procedure with conditions on its arrows: ``xor1__xor2="ít_rủi_ro"``."""
    given = picture(text, *steps, answers=answers)
    edges = tuple(
        evolve(edge, condition=conditions.get(f"{edge.source}__{edge.target}"))
        for edge in given.flow.edges
    )
    return evolve(given, flow=evolve(given.flow, edges=edges))


EASY = {"xor1__xor2": "mức == 'thấp'", "xor1__ask": "mức != 'thấp'"}
ALL_FILLED = (DOOR, SITE, ASK, SIGN)

FINDS = {
    "declared-and-named": case(DOOR, LOOK, VERIFY, SIGN, answers=FREE, total_time=BY_CASE),
    "declared-and-not-named": case(
        DOOR,
        LOOK,
        SITE,
        ASK,
        SIGN,
        answers=FREE,
        total_time=TotalTime(alternatives=(("đơn giản", day(3)), ("phức tạp", day(20)))),
    ),
    "a-gateway-too-late": drawn(LATE, *ALL_FILLED, **EASY),
    "nobody-fills-it-in": drawn(
        LATE, *ALL_FILLED, answers="class-needs-the-steps=no equal-treatment-rule=no", **EASY
    ),
    "two-steps-before-the-gateway": drawn(
        "s > door > look > site > xor1 > ask > xor2 > verify > sign > e; xor1 > xor2",
        LOOK,
        VERIFY,
        *ALL_FILLED,
        **EASY,
    ),
}
BARRED = {
    "nobody-asked": (
        case(DOOR, LOOK, VERIFY, SIGN, total_time=BY_CASE),
        "class-needs-the-steps",
        Verdict.UNKNOWN,
    ),
    "all-must-be-treated-alike": (
        case(
            DOOR,
            LOOK,
            VERIFY,
            SIGN,
            answers=f"{FREE} equal-treatment-rule@verify=yes",
            total_time=BY_CASE,
        ),
        "equal-treatment-rule",
        Verdict.FAIL,
    ),
    "not-known-at-entry": (
        case(
            DOOR,
            LOOK,
            VERIFY,
            SIGN,
            answers=f"{FREE} class-known-at-entry@verify=no",
            total_time=BY_CASE,
        ),
        "class-known-at-entry",
        Verdict.FAIL,
    ),
    "somebody-may-fill-it-in": (
        drawn(
            LATE,
            DOOR,
            evolve(SITE, fields=None),
            ASK,
            SIGN,
            answers="class-needs-the-steps=no equal-treatment-rule=no",
            **EASY,
        ),
        "class-known-at-entry",
        Verdict.UNKNOWN,
    ),
    "the-class-needs-them": (
        drawn(LATE, *ALL_FILLED, answers=f"{FREE} class-needs-the-steps@site=yes", **EASY),
        "class-needs-the-steps",
        Verdict.FAIL,
    ),
    "law-names-the-step": (
        case(DOOR, LOOK, evolve(VERIFY, legal_basis=LAW), SIGN, answers=FREE, total_time=BY_CASE),
        "rule-names-the-step",
        Verdict.FAIL,
    ),
    "its-result-is-read": (
        case(
            DOOR,
            LOOK,
            evolve(VERIFY, writes=papers("Biên bản")),
            evolve(SIGN, reads=papers("Biên bản")),
            answers=FREE,
            total_time=BY_CASE,
        ),
        "nobody-reads-its-result",
        Verdict.FAIL,
    ),
    "the-short-lane-reads-it": (
        drawn(
            LATE,
            DOOR,
            evolve(SITE, writes=papers("Biên bản")),
            ASK,
            evolve(SIGN, reads=papers("Biên bản")),
            **EASY,
        ),
        "nobody-reads-its-result",
        Verdict.FAIL,
    ),
    "nobody-else-examines": (
        drawn(
            "s > door > look > xor1 > ask > xor2 > sign > e; xor1 > xor2",
            DOOR,
            LOOK,
            ASK,
            SIGN,
            **EASY,
        ),
        "still-examined",
        Verdict.FAIL,
    ),
    "examined-on-one-way-only": (
        drawn(
            "s > door > look > xor1 > verify > xor2 > sign > e; xor1 > xor2",
            DOOR,
            LOOK,
            VERIFY,
            SIGN,
            xor1__xor2="mức == 'thấp'",
        ),
        "still-examined",
        Verdict.FAIL,
    ),
    "it-rejects": (
        drawn(LATE, DOOR, evolve(SITE, checked=100, rejected=9), ASK, SIGN, **EASY),
        "decides-no-branch",
        Verdict.FAIL,
    ),
    "it-decides": (
        drawn(LATE, DOOR, evolve(SITE, decides=True), ASK, SIGN, **EASY),
        "decides-no-branch",
        Verdict.FAIL,
    ),
    "two-people-must": (
        drawn(LATE, DOOR, SITE, ASK, evolve(SIGN, separate_from=frozenset({"site"})), **EASY),
        "no-separate-duty",
        Verdict.FAIL,
    ),
}
ALONE = {
    "one-declared-time": case(
        DOOR, LOOK, VERIFY, SIGN, answers=FREE, total_time=TotalTime(duration=day(30))
    ),
    "hardly-shorter": case(
        DOOR,
        LOOK,
        VERIFY,
        SIGN,
        answers=FREE,
        total_time=TotalTime(alternatives=(("đầy đủ", day(20)), ("cần xác minh", day(30)))),
    ),
    "sorted-already": picture(
        "s > door > xor1 > verify > xor2 > sign > e; xor1 > xor2",
        DOOR,
        VERIFY,
        SIGN,
        answers=FREE,
        total_time=BY_CASE,
    ),
    "the-gateway-is-at-the-door": drawn(
        "s > door > xor1 > ask > xor2 > sign > e; xor1 > xor2", DOOR, ASK, SIGN, **EASY
    ),
    "the-data-are-filled-in-on-the-way": drawn(
        LATE, DOOR, evolve(SITE, fields=(FormField(name="mức"),)), ASK, SIGN, **EASY
    ),
    "no-condition-is-known": picture(LATE, *ALL_FILLED, answers=FREE),
    "a-condition-nobody-understands": drawn(LATE, *ALL_FILLED, xor1__ask="${mức > }"),
    "one-way-refuses": drawn(
        "s > door > site > xor1 > sign > e; xor1 > e_no", DOOR, SITE, SIGN, xor1__e_no="mức > 3"
    ),
    "no-way-is-much-shorter": drawn(
        "s > door > site > xor1 > ask > xor2 > sign > e; xor1 > verify > xor2",
        DOOR,
        SITE,
        evolve(ASK, time=VERIFY.time),
        VERIFY,
        SIGN,
        xor1__ask="mức > 3",
    ),
    "a-draft-before-the-gateway": drawn(
        "s > door > draft > xor1 > ask > xor2 > sign > e; xor1 > xor2",
        DOOR,
        DRAFT,
        ASK,
        SIGN,
        **EASY,
    ),
    "a-signature-before-the-gateway": drawn(
        "s > door > sign > xor1 > ask > xor2 > draft > e; xor1 > xor2",
        DOOR,
        SIGN,
        ASK,
        DRAFT,
        **EASY,
    ),
    "no-door": drawn(
        "s > site > xor1 > ask > xor2 > sign > e; xor1 > xor2", SITE, ASK, SIGN, **EASY
    ),
}
