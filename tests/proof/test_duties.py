"""Who prepares and signs: a rewrite is measured by what was so before."""

from __future__ import annotations

import pytest
from attrs import evolve

from by_hand import drawn, procedure_of
from tthc_flow.model.actor import Performer, Role
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step, StepKind, TaskType
from tthc_flow.proof.duties import duties

OFFICER = Performer(name="Chuyên viên", role=Role.OFFICER, office="Sở Nội vụ")
HEAD = Performer(name="Lãnh đạo Sở", role=Role.AGENCY_HEAD, office="Sở Nội vụ")


def step(id_: str, kind: StepKind, who: Performer) -> Step:
    return Step(id=id_, name=id_, kinds=(kind,), performer=who)


def row(*steps: Step) -> Procedure:
    return procedure_of(drawn(f"s > {' > '.join(each.id for each in steps)} > e", *steps))


HEAD_DRAFTS = step("a", StepKind.DRAFT, HEAD)
OFFICER_DRAFTS = step("b", StepKind.DRAFT, OFFICER)
REVIEWED = step("c", StepKind.REVIEW, HEAD)
SIGNED = step("d", StepKind.SIGN, HEAD)
BOTH = evolve(REVIEWED, kinds=(StepKind.REVIEW, StepKind.SIGN))


def test_a_head_who_drafts_and_signs_may_sign_with_the_review() -> None:
    before = row(HEAD_DRAFTS, OFFICER_DRAFTS, REVIEWED, SIGNED)
    assert duties(before, row(HEAD_DRAFTS, OFFICER_DRAFTS, BOTH)).verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # he signs once more than before
        ((HEAD_DRAFTS, REVIEWED, SIGNED), (HEAD_DRAFTS, BOTH, SIGNED)),
        # the signature that is gone was another's
        (
            (HEAD_DRAFTS, REVIEWED, evolve(SIGNED, performer=OFFICER)),
            (HEAD_DRAFTS, BOTH),
        ),
        # the review was another's
        (
            (HEAD_DRAFTS, evolve(REVIEWED, performer=OFFICER), SIGNED),
            (HEAD_DRAFTS, BOTH),
        ),
        # he signs for the two of them
        (
            (HEAD_DRAFTS, REVIEWED, evolve(REVIEWED, id="x"), SIGNED),
            (HEAD_DRAFTS, BOTH, evolve(BOTH, id="x")),
        ),
        # he prepared nothing before
        (
            (evolve(HEAD_DRAFTS, performer=OFFICER), REVIEWED, SIGNED),
            (HEAD_DRAFTS, BOTH),
        ),
        # a machine prepared it before
        (
            (evolve(HEAD_DRAFTS, task=TaskType.SERVICE), REVIEWED, SIGNED),
            (HEAD_DRAFTS, BOTH),
        ),
        # a machine signed it before
        (
            (HEAD_DRAFTS, evolve(SIGNED, task=TaskType.SERVICE)),
            (HEAD_DRAFTS, SIGNED),
        ),
    ],
)
def test_a_head_who_drafts_signs_no_more_than_before(
    before: tuple[Step, ...], after: tuple[Step, ...]
) -> None:
    assert duties(row(*before), row(*after)).verdict is Verdict.FAIL
