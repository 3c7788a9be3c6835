"""hand_down_decision: who answers for the content signs; the law says to whom it may go."""

from __future__ import annotations

from attrs import evolve

from levers.hand_down_decision.cases import ALONE, BARRED
from levers.hand_down_decision.shapes import (
    EXAMINE,
    FINDS,
    FREE,
    HIGHER,
    HIGHER_STAMP,
    LOWER,
    RETURN,
    TAKEN,
)
from levers.office import (
    case,
    done_by,
    labelled,
    length,
    not_passed,
    passed,
    picture,
    the_one,
    way,
)
from tthc_flow.levers.hand_down_decision import LEVER
from tthc_flow.model.flow import Outcome
from tthc_flow.model.lever import Verdict
from tthc_flow.model.step import StepKind

__all__ = ["ALONE", "BARRED", "FINDS"]


def test_the_way_up_and_down_goes():
    given = FINDS["with-both-registries"]
    candidate = the_one(LEVER, given)
    assert candidate.targets == ("taken", "seen", "higher", "stamped")
    assert candidate.anchors == ("lower",)
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
    assert not_passed(the_one(LEVER, given)) == {
        "rule-names-the-step": Verdict.UNKNOWN,
        "examines-anything-new": Verdict.UNKNOWN,
    }


def test_what_bars_delegating_is_asked_about_the_signature_and_not_about_the_way_to_it():
    given = case(EXAMINE, LOWER, TAKEN, HIGHER, RETURN)
    (asked,) = (
        each
        for each in the_one(LEVER, given).preconditions
        if each.name == "delegation-barred" and each.verdict is Verdict.UNKNOWN
    )
    assert asked.about[0] == "higher"


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
