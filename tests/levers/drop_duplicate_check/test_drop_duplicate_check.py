"""drop_duplicate_check: the same documents, the same criteria, always checked before."""

from __future__ import annotations

from attrs import evolve

from levers.office import (
    AGENCY,
    COMMITTEE,
    LAW,
    ONE_STOP,
    case,
    labelled,
    length,
    papers,
    passed,
    picture,
    step,
    the_one,
    way,
    within,
)
from tthc_flow.levers.drop_duplicate_check import LEVER
from tthc_flow.model.flow import Outcome
from tthc_flow.model.lever import Verdict

FACTS = {"reads": papers("Đơn", "Căn cước"), "criteria": papers("Đủ điều kiện")}
FIRST = step("first", "examine", AGENCY["officer"], 2, **FACTS)
AGAIN = step(
    "again", "examine", AGENCY["division"], 1, **(FACTS | {"reads": papers("Đơn")}), mandatory=False
)
SIGN = step("sign", "sign", AGENCY["head"], 1)
FREE = "second-pair-of-eyes=no"

FINDS = {
    "fewer-documents": case(FIRST, AGAIN, SIGN, answers=FREE),
    "two-inspections": case(
        evolve(FIRST, kinds=step("x", "inspect", None).kinds),
        evolve(AGAIN, kinds=step("x", "inspect", None).kinds),
        SIGN,
        answers=f"{FREE} result-is-used=no",
    ),
    "two-checks-cover-it-together": case(
        evolve(FIRST, id="form", reads=papers("Đơn")),
        evolve(FIRST, id="card", reads=papers("Căn cước")),
        evolve(AGAIN, reads=papers("Đơn", "Căn cước")),
        SIGN,
        answers=FREE,
    ),
    "two-checks-side-by-side-cover-it": picture(
        "s > and1 > form > and2 > again > sign > e; and1 > card > and2",
        evolve(FIRST, id="form", reads=papers("Đơn")),
        evolve(FIRST, id="card", reads=papers("Căn cước")),
        evolve(AGAIN, reads=papers("Đơn", "Căn cước")),
        SIGN,
        answers=FREE,
    ),
    "in-a-sub-process": within(
        "s > first > box > sign > e", "s2 > again > e2", FIRST, AGAIN, SIGN, answers=FREE
    ),
    "both-in-a-loop": labelled(
        picture(
            "s > xor1 > first > again > sign > xor2 > e; xor2 > xor1",
            FIRST,
            AGAIN,
            SIGN,
            answers=FREE,
        ),
        xor2__xor1=Outcome.REWORK,
    ),
}
BARRED = {
    "two-pairs-of-eyes": (
        case(FIRST, AGAIN, SIGN, answers="second-pair-of-eyes=yes"),
        "second-pair-of-eyes",
        Verdict.FAIL,
    ),
    "nobody-asked": (case(FIRST, AGAIN, SIGN), "second-pair-of-eyes", Verdict.UNKNOWN),
    "law-names-it": (
        case(FIRST, evolve(AGAIN, legal_basis=LAW), SIGN, answers=FREE),
        "rule-names-the-step",
        Verdict.FAIL,
    ),
    "written-anew-since": (
        case(
            FIRST,
            step("change", "draft", AGENCY["officer"], 1, writes=papers("Đơn")),
            AGAIN,
            SIGN,
            answers=FREE,
        ),
        "examines-anything-new",
        Verdict.FAIL,
    ),
    "one-of-two-was-written-anew-between-them": (
        case(
            evolve(FIRST, id="form", reads=papers("Đơn"), writes=papers("Căn cước")),
            evolve(FIRST, id="card", reads=papers("Căn cước"), writes=papers("Đơn")),
            evolve(AGAIN, reads=papers("Đơn", "Căn cước")),
            SIGN,
            answers=FREE,
        ),
        "examines-anything-new",
        Verdict.FAIL,
    ),
    "checks-what-the-first-wrote": (
        case(evolve(FIRST, writes=papers("Đơn")), AGAIN, SIGN, answers=FREE),
        "examines-anything-new",
        Verdict.FAIL,
    ),
    "answered-that-it-looks-at-more": (
        case(FIRST, AGAIN, SIGN, answers=f"{FREE} examines-anything-new=yes"),
        "examines-anything-new",
        Verdict.FAIL,
    ),
    "its-minutes-are-read": (
        case(
            FIRST,
            evolve(AGAIN, writes=papers("Biên bản")),
            evolve(SIGN, reads=papers("Biên bản")),
            answers=FREE,
        ),
        "nobody-reads-its-result",
        Verdict.FAIL,
    ),
    "a-branch-follows": (
        picture(
            "s > first > again > xor1 > sign > e; xor1 > e_no", FIRST, AGAIN, SIGN, answers=FREE
        ),
        "decides-no-branch",
        Verdict.FAIL,
    ),
}
ALONE = {
    "each-criterion-but-not-for-each-document": case(
        evolve(FIRST, id="form", reads=papers("Đơn"), criteria=papers("Đủ")),
        evolve(FIRST, id="card", reads=papers("Căn cước"), criteria=papers("Đúng")),
        evolve(AGAIN, reads=papers("Đơn", "Căn cước"), criteria=papers("Đủ", "Đúng")),
        SIGN,
        answers=FREE,
    ),
    "another-criterion": case(FIRST, evolve(AGAIN, criteria=papers("Quy hoạch")), SIGN),
    "a-site-is-no-paper": case(
        FIRST, evolve(AGAIN, kinds=step("x", "inspect", None).kinds), SIGN, answers=FREE
    ),
    "nobody-says-what-it-reads": case(FIRST, evolve(AGAIN, reads=None), SIGN),
    "first-check-on-one-way-only": picture(
        "s > xor1 > first > xor2 > again > sign > e; xor1 > xor2", FIRST, AGAIN, SIGN, answers=FREE
    ),
}


def test_the_second_check_goes_with_its_day():
    given = FINDS["fewer-documents"]
    candidate = the_one(LEVER, given)
    assert (candidate.targets, candidate.anchors) == (("again",), ("first",))
    assert passed(candidate) == [
        "does-nothing-else",
        "rule-names-the-step",
        "examines-anything-new",
        "second-pair-of-eyes",
        "nobody-reads-its-result",
        "decides-no-branch",
        "nobody-sends-back-to-it",
        "no-separate-duty",
    ]
    after = LEVER.apply(given, candidate)
    assert (length(given), length(after)) == (4, 3)
    assert way(after) == ["start", "first", "sign", "end"]


def test_what_was_written_before_the_first_check_is_nothing_new():
    receive = step("receive", "receive", ONE_STOP, 1, writes=papers("Đơn"))
    given = case(receive, FIRST, AGAIN, SIGN, answers=FREE)
    assert the_one(LEVER, given).verdict is Verdict.PASS


def test_the_nearest_of_two_earlier_checks_is_the_anchor():
    near = evolve(FIRST, id="near", performer=COMMITTEE["officer"])
    given = case(FIRST, near, AGAIN, SIGN, answers=FREE)
    anchors = {each.targets: each.anchors for each in LEVER.find(given)}
    assert anchors[("again",)] == ("near",)


def test_what_the_far_check_wrote_for_the_near_one_is_nothing_new():
    given = case(
        evolve(FIRST, id="form", reads=papers("Đơn"), writes=papers("Căn cước")),
        evolve(FIRST, id="card", reads=papers("Căn cước")),
        evolve(AGAIN, reads=papers("Đơn", "Căn cước")),
        SIGN,
        answers=FREE,
    )
    candidates = {each.targets: each for each in LEVER.find(given)}
    assert candidates[("again",)].anchors == ("card", "form")
    assert candidates[("again",)].verdict is Verdict.PASS
