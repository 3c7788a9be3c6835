"""reuse_known_data: what a database holds is looked up; people check where it does not answer."""

from __future__ import annotations

from attrs import evolve

from levers.office import (
    AGENCY,
    LAW,
    arrows,
    case,
    found,
    length,
    papers,
    passed,
    picture,
    step,
    the_one,
)
from tthc_flow.levers.reuse_known_data import LEVER
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import Document
from tthc_flow.model.step import Database, StepKind, TaskType

BASE = Database(name="CSDL dân cư", connected=True, authoritative=True)
KNOWN = (Document(name="Căn cước", known_in="CSDL dân cư"), Document(name="Bản vẽ"))
CHECK = step(
    "check",
    "examine",
    AGENCY["officer"],
    2,
    databases=(BASE,),
    reads=papers("Căn cước"),
    mandatory=False,
    paper=False,
)
SIGN = step("sign", "sign", AGENCY["head"], 1)


def given_base(**facts):
    """The procedure whose database has other facts."""
    return case(evolve(CHECK, databases=(evolve(BASE, **facts),)), SIGN, documents=KNOWN)


FINDS = {
    "identity": case(CHECK, SIGN, documents=KNOWN),
    "answered": case(
        evolve(CHECK, reads=None, databases=(Database(name="CSDL đất đai"),), writes=None),
        SIGN,
        answers="database-holds-all=yes database-connected=yes data-authoritative=yes"
        " result-is-used=no",
    ),
}
BARRED = {
    "not-connected": (given_base(connected=False), "database-connected", Verdict.FAIL),
    "nobody-knows-if-connected": (
        given_base(connected=None),
        "database-connected",
        Verdict.UNKNOWN,
    ),
    "not-authoritative": (given_base(authoritative=False), "data-authoritative", Verdict.FAIL),
    "said-to-be-disconnected": (
        case(CHECK, SIGN, documents=KNOWN, answers="database-connected=no"),
        "database-connected",
        Verdict.FAIL,
    ),
    "holds-only-a-part": (
        case(evolve(CHECK, reads=papers("Căn cước", "Bản vẽ")), SIGN, documents=KNOWN),
        "database-holds-all",
        Verdict.UNKNOWN,
    ),
    "does-not-hold-it": (
        case(
            evolve(CHECK, reads=papers("Bản vẽ")),
            SIGN,
            documents=KNOWN,
            answers="database-holds-all@check=no",
        ),
        "database-holds-all",
        Verdict.FAIL,
    ),
    "a-machine-cannot-write-the-minutes": (
        case(
            evolve(CHECK, writes=papers("Phiếu thẩm định")),
            evolve(SIGN, reads=papers("Phiếu thẩm định")),
            documents=KNOWN,
        ),
        "nobody-reads-its-result",
        Verdict.FAIL,
    ),
    "law-names-the-check": (
        case(evolve(CHECK, legal_basis=LAW), SIGN, documents=KNOWN),
        "rule-names-the-step",
        Verdict.FAIL,
    ),
    "paper-demanded": (
        case(
            evolve(CHECK, paper=True), SIGN, documents=KNOWN, answers="paper-original-required=yes"
        ),
        "paper-original-required",
        Verdict.FAIL,
    ),
    "also-drafts": (
        case(evolve(CHECK, kinds=(StepKind.EXAMINE, StepKind.DRAFT)), SIGN, documents=KNOWN),
        "does-nothing-else",
        Verdict.FAIL,
    ),
    "a-branch-follows": (
        picture("s > check > xor1 > sign > e; xor1 > e_no", CHECK, SIGN, documents=KNOWN),
        "decides-no-branch",
        Verdict.FAIL,
    ),
}
ALONE = {
    "no-database": case(evolve(CHECK, databases=()), SIGN),
    "a-machine-already": case(evolve(CHECK, task=TaskType.SERVICE), SIGN),
    "a-signature-is-no-check": case(evolve(SIGN, databases=(BASE,))),
}


def test_the_check_is_passed_over_where_the_database_answers():
    given = FINDS["identity"]
    candidate = the_one(LEVER, given)
    assert passed(candidate) == [
        "does-nothing-else",
        "decides-no-branch",
        "nobody-reads-its-result",
        "rule-names-the-step",
        "no-separate-duty",
        "database-holds-all",
        "database-connected",
        "data-authoritative",
        "paper-original-required",
    ]
    after = LEVER.apply(given, candidate)
    assert set(arrows(after)) == {
        "start>LookUp_check",
        "LookUp_check>Answered_check",
        "Answered_check>Checked_check",
        "Answered_check>check",
        "check>Checked_check",
        "Checked_check>sign",
        "sign>end",
    }


def test_the_longest_case_keeps_its_time_and_nothing_is_claimed():
    given = FINDS["identity"]
    after = LEVER.apply(given, the_one(LEVER, given))
    assert length(given) == length(after) == 3
    look_up = after.flow.by_id["LookUp_check"]
    assert (look_up.name, look_up.task) == ("Tra cứu CSDL dân cư", TaskType.SERVICE)
    assert (look_up.kinds, look_up.writes) == ((StepKind.LOOK_UP,), frozenset())
    assert look_up.time.duration.amount == 0


def test_the_ways_are_named_as_an_officer_would():
    given = FINDS["identity"]
    after = LEVER.apply(given, the_one(LEVER, given))
    assert after.flow.by_id["Answered_check"].name == "Cơ sở dữ liệu trả lời?"
    assert {e.name: e.target for e in after.flow.outgoing["Answered_check"]} == {
        "Có": "Checked_check",
        "Không": "check",
    }


def test_the_fall_back_is_not_found_again():
    given = FINDS["identity"]
    assert found(LEVER, LEVER.apply(given, the_one(LEVER, given))) == ()
