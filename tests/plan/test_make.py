"""A plan: clashes found to the point, rounds until nothing is left, targets by both measures."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest
from attrs import evolve

from by_hand import drawn
from plan.moves import OPEN, day, dropping, in_a_row
from tthc_flow.model.flow import SubProcess
from tthc_flow.model.law import Answer, Reply
from tthc_flow.model.lever import Candidate, Lever, Verdict
from tthc_flow.model.plan import Targets
from tthc_flow.model.procedure import ApplicantWork, CostItem, Procedure, TotalTime, Volume
from tthc_flow.model.source import Quantity
from tthc_flow.model.step import StepKind
from tthc_flow.plan.make import plan
from tthc_flow.units import Duration

SIGNED_TWICE = in_a_row(
    day("a"),
    day("one", StepKind.SIGN),
    day("b"),
    day("two", StepKind.SIGN),
    day("r", StepKind.RETURN),
)


def test_of_two_signatures_that_may_go_alone_one_stays_and_the_rest_goes():
    made = plan(SIGNED_TWICE, [dropping("a", "one", "b", "two")])
    gone = {target for candidate in made.applied for target in candidate.targets}
    assert {"a", "b"} < gone
    assert len(gone & {"one", "two"}) == 1
    assert all(proof.verdict is not Verdict.FAIL for proof in made.proofs)


def test_a_later_round_is_held_against_the_procedure_as_it_came():
    def find(procedure: Procedure) -> Iterator[Candidate]:
        # The second signature only comes up once the first is gone: alone it breaks nothing new.
        name = "two" if "one" not in procedure.flow.by_id else "one"
        if name in procedure.flow.by_id:
            yield Candidate(lever="dropping", targets=(name,))

    made = plan(SIGNED_TWICE, [evolve(dropping(), find=find)])
    assert [candidate.targets for candidate in made.applied] == [("one",)]
    assert all(proof.verdict is not Verdict.FAIL for proof in made.proofs)


def test_many_rewrites_may_stand_on_one_element():
    again = [f"x{number}" for number in range(5)]
    lever = dropping(*again)

    def find(procedure: Procedure) -> Iterator[Candidate]:
        return (evolve(each, anchors=("a",)) for each in lever.find(procedure))

    procedure = in_a_row(day("a"), *(day(name) for name in again))
    made = plan(procedure, [evolve(lever, find=find)])
    assert len(made.applied) == 5


def fee(amount: int) -> dict[str, object]:
    work = ApplicantWork(item=CostItem.FEE, name="Phí", other=Quantity(value=amount))
    volume = Volume(subjects=Quantity(value=10), times=Quantity(value=1))
    return {"work": (work,), "volume": volume}


def cheaper(lever: Lever) -> Lever:
    """*lever* that also halves the fee."""

    def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
        return evolve(lever.apply(procedure, candidate), **fee(500))

    return evolve(lever, apply=apply)


HALF, MORE = Fraction(1, 2), Fraction(6, 10)


@pytest.mark.parametrize(
    ("targets", "reached"),
    [
        (Targets(), None),
        (Targets(time=HALF), True),
        (Targets(time=MORE), False),
        (Targets(cost=HALF), True),
        (Targets(cost=MORE), False),
        (Targets(time=HALF, cost=HALF), True),
        (Targets(time=HALF, cost=MORE), False),
        (Targets(time=MORE, cost=HALF), False),
    ],
)
def test_every_asked_target_must_be_reached(targets, reached):
    procedure = in_a_row(day("a"), day("b"), **fee(1_000))
    assert plan(procedure, [cheaper(dropping("b"))], targets=targets).reached is reached


@pytest.mark.parametrize(
    ("targets", "reached"),
    [
        (Targets(cost=HALF), None),
        (Targets(time=HALF, cost=HALF), None),
        (Targets(time=MORE, cost=HALF), False),
    ],
)
def test_a_cost_that_nobody_knows_is_not_reached_nor_missed(targets, reached):
    procedure = in_a_row(day("a"), day("b"))
    assert plan(procedure, [dropping("b")], targets=targets).reached is reached


def test_a_step_without_a_time_leaves_the_target_of_time_open():
    procedure = in_a_row(day("a"), day("b"), day("c", days=None))
    assert plan(procedure, [dropping("b")], targets=Targets(time=HALF)).reached is None
    gone = plan(procedure, [dropping("b", "c")], targets=Targets(time=HALF))
    assert gone.reached is None


def test_taking_out_a_step_without_a_time_saves_what_nobody_knows():
    procedure = in_a_row(day("a"), day("b"), day("c", days=None))
    effects = [offer.effect.minutes for offer in plan(procedure, [dropping("b", "c")]).offers]
    assert effects == [480, None]


def test_steps_that_lie_after_the_grant_anyway_are_not_counted_as_saved():
    late = SubProcess(id="late", name="Hậu kiểm", outside_clock=True)
    row = drawn("s > a > b > late > e; c > d", day("a"), day("b"), late, day("c"), day("d"))
    inside = tuple(evolve(n, scope="late") if n.id in {"c", "d"} else n for n in row.nodes)
    made = plan(Procedure(flow=evolve(row, nodes=inside)), [dropping("b")])
    assert [offer.effect.steps for offer in made.offers] == [1]


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        (
            TotalTime(duration=Duration(amount=3, unit="working_day"), printed="03 ngày làm việc"),
            TotalTime(printed="trước khi đơn giản hóa: 03 ngày làm việc"),
        ),
        (
            TotalTime(alternatives=(("có xác minh", Duration(amount=9, unit="working_day")),)),
            TotalTime(printed="trước khi đơn giản hóa: có xác minh: 9 ngày làm việc"),
        ),
        (TotalTime(none_prescribed=True), TotalTime(none_prescribed=True)),
        (TotalTime(), TotalTime()),
    ],
)
def test_the_declared_total_of_the_old_steps_is_open_once_the_time_changed(total, expected):
    given = in_a_row(day("a"), day("b"), total_time=total)
    assert plan(given, [dropping("b")]).after.total_time == expected
    assert plan(given, []).after.total_time == total


def held(*names: str) -> Lever:
    """A lever that would take out each of *names*, were it not for an unanswered condition."""
    return dropping(*names, lever="held", preconditions=(OPEN,))


def test_what_more_could_be_cut_is_told_of_the_proposed_flow():
    beside = drawn("s > and1 > a > and2 > e; and1 > b > and2", day("a", days=3), day("b", days=5))
    made = plan(Procedure(flow=beside), [dropping("b"), held("a", "b")])
    alone = {each.candidate.id: each.effect.minutes for each in made.offers}
    assert alone["held:a"] == 0  # beside the longer arm it saves nothing
    assert [
        (each.offer.candidate.id, each.offer.effect.minutes) for each in made.explanation.binding
    ] == [("held:a", 3 * 480)]


def test_what_only_the_proposed_flow_brings_up_is_told_too():
    barred = held("c")

    def find(procedure: Procedure) -> Iterator[Candidate]:
        return () if "b" in procedure.flow.by_id else barred.find(procedure)

    procedure = in_a_row(day("a"), day("b"), day("c"))
    made = plan(procedure, [dropping("b"), evolve(barred, find=find)])
    assert [each.offer.candidate.id for each in made.explanation.binding] == ["held:c"]


def test_what_was_answered_about_a_step_goes_with_it():
    answers = tuple(
        Answer(question="result-is-used", reply=Reply.NO, step=step) for step in ("a", "b", None)
    )
    made = plan(evolve(SIGNED_TWICE, answers=answers), [dropping("a")])
    assert [each.step for each in made.before.answers] == ["a", "b", None]
    assert [each.step for each in made.after.answers] == ["b", None]
