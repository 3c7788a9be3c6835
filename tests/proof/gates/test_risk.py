"""Points of risk, and how far evidence carries: known answers by hand."""

from __future__ import annotations

import pytest
from attrs import evolve

from levers.office import AGENCY, case, step
from tthc_flow.model.finding import Finding
from tthc_flow.model.finding import Severity as Weight
from tthc_flow.model.law import Answer, Reply
from tthc_flow.model.lever import Confidence
from tthc_flow.model.step import Harm, Severity
from tthc_flow.proof.gates.confidence import confidence_of
from tthc_flow.proof.gates.risk import risk_of

LOOK = step("look", "examine", AGENCY["officer"])
MOVE = step("move", "transfer", AGENCY["clerk"])


def harmful(severity: Severity, *, reversible: bool | None):
    return evolve(LOOK, harm=Harm(severity=severity, reversible=reversible))


@pytest.mark.parametrize(
    ("severity", "reversible", "points"),
    [
        (Severity.LOW, True, 1),
        (Severity.MEDIUM, True, 2),
        (Severity.HIGH, True, 3),
        (Severity.LOW, False, 2),
        (Severity.HIGH, False, 6),
        (Severity.HIGH, None, None),
    ],
)
def test_the_scale(severity, reversible, points):
    gone = harmful(severity, reversible=reversible)
    assert risk_of(case(gone), gone) == points


def test_no_check_gone_risks_nothing_and_unknown_harm_is_no_zero():
    given = case(LOOK, MOVE)
    assert risk_of(given) == 0
    assert risk_of(given, MOVE) == 0
    assert risk_of(given, LOOK) is None
    assert risk_of(given, MOVE, LOOK) is None


def test_several_checks_are_added():
    both = (
        harmful(Severity.LOW, reversible=True),
        harmful(Severity.MEDIUM, reversible=False),
    )
    assert risk_of(case(LOOK), *both) == 1 + 4


@pytest.mark.parametrize(("reply", "points"), [("yes", 3), ("no", 6), ("unknown", None)])
def test_an_answer_with_a_source_says_whether_harm_can_be_undone(reply, points):
    gone = harmful(Severity.HIGH, reversible=None)
    given = case(gone, answers=f"harm-can-be-undone={reply}")
    assert risk_of(given, gone) == points
    bare = Answer(question="harm-can-be-undone", reply=Reply.YES)
    assert risk_of(evolve(given, answers=(bare,)), gone) is None


def test_what_was_assumed_of_one_step_weakens_the_whole():
    unread = evolve(MOVE, id="unread", reads=None)
    given = case(LOOK, MOVE, unread)
    assert confidence_of(given, LOOK, MOVE) is Confidence.STATED
    assert confidence_of(given, LOOK, unread) is Confidence.READ
    doubt = Finding(code="table-branch-assumed", severity=Weight.INFO, element="look")
    assumed = evolve(given, assumptions=(doubt,))
    assert confidence_of(assumed, LOOK, unread) is Confidence.ASSUMED
    assert confidence_of(assumed, MOVE) is Confidence.STATED
