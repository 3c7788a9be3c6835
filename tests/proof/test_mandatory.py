"""Of a step that is gone or put off, somebody must have said whether law demands it."""

from __future__ import annotations

import pytest
from attrs import evolve

from proof.test_laws import SIGNS, of, step
from tthc_flow.model.flow import SubProcess
from tthc_flow.model.law import Answer, Reply
from tthc_flow.model.lever import Verdict
from tthc_flow.model.source import Source
from tthc_flow.model.step import StepKind
from tthc_flow.proof.mandatory import mandatory

SOURCE = Source(document="Công văn 5/STP")


@pytest.mark.parametrize(
    ("facts", "answer", "verdict"),
    [
        ({}, None, Verdict.UNKNOWN),
        ({"mandatory": False}, None, Verdict.PASS),
        ({}, Answer(question="rule-names-the-step", reply=Reply.NO), Verdict.UNKNOWN),
        ({}, Answer(question="rule-names-the-step", reply=Reply.NO, source=SOURCE), Verdict.PASS),
        ({}, Answer(question="rule-names-the-step", reply=Reply.YES, source=SOURCE), Verdict.FAIL),
        (
            {},
            Answer(question="rule-names-the-step", reply=Reply.NO, source=SOURCE, step="b"),
            Verdict.UNKNOWN,
        ),
    ],
)
def test_of_a_step_that_is_gone_somebody_must_have_said_whether_law_demands_it(
    facts, answer, verdict
):
    plain = step("a", StepKind.INSPECT, **facts)
    before = of("s > a > b > e", plain, SIGNS, answers=() if answer is None else (answer,))
    gone = mandatory(before, of("s > b > e", SIGNS))
    assert gone.verdict is verdict
    assert verdict is not Verdict.UNKNOWN or dict(gone.because) == {"mandatory-unknown": "a"}
    assert mandatory(before, before).verdict is Verdict.PASS
    late = SubProcess(id="post", outside_clock=True)
    moved = of("s > b > post > e", SIGNS, late, evolve(plain, id="post_a", scope="post"))
    assert mandatory(before, moved).verdict is verdict


def test_a_step_that_took_over_the_kinds_of_another_carries_it_on():
    before = of("s > a > b > e", step("a", StepKind.REVIEW), SIGNS)
    merged = evolve(SIGNS, kinds=(StepKind.SIGN, StepKind.REVIEW))
    assert mandatory(before, of("s > b > e", merged)).verdict is Verdict.PASS
    same = of("s > a > b > e", step("a", StepKind.SIGN), SIGNS)
    assert mandatory(same, of("s > b > e", SIGNS)).verdict is Verdict.UNKNOWN
