"""What is made small first, and what may be chosen together: answers known by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given

from by_hand import drawn
from plan.moves import BARRED, OPEN, day, dropping, gone, in_a_row, move, taking
from strategies import procedures
from tthc_flow.graph.rewrite import automated, given_to, replaced
from tthc_flow.levers import ALL
from tthc_flow.measures.size import size
from tthc_flow.model.actor import Performer
from tthc_flow.model.lever import Candidate, Necessity, Verdict
from tthc_flow.model.plan import Objective, Plan, Targets, Wishes
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import StepTime, TaskType
from tthc_flow.plan.make import plan
from tthc_flow.units import DEFAULT_CONVENTION

A_DAY = 480


def ids(made: Plan) -> list[str]:
    return [candidate.id for candidate in made.applied]


def minutes(made: Plan) -> Fraction | None:
    work = size(made.after, DEFAULT_CONVENTION).norm_time.work
    return None if work is None else work.minutes


def hand_offs(made: Plan) -> int:
    return size(made.after, DEFAULT_CONVENTION).hand_offs


# Dropping b saves five days; dropping c, between two steps of one hand, saves two hand-overs.
TWO_ENDS = in_a_row(
    day("a", by="x"), day("b", days=5, by="x"), day("c", by="y"), day("d", days=1, by="x")
)
EITHER = (dropping("b", anchors=("c",)), dropping("c", lever="handing", anchors=("b",)))


@pytest.mark.parametrize(
    ("objective", "expected"),
    [(Objective.TIME, ["dropping:b"]), (Objective.HAND_OFFS, ["handing:c"])],
)
def test_the_named_objective_decides_between_two_that_exclude_each_other(objective, expected):
    made = plan(TWO_ENDS, EITHER, wishes=Wishes(objective=objective))
    assert ids(made) == expected
    assert made.optimal


def given_to_z(procedure: Procedure, candidate: Candidate) -> Procedure:
    flow = procedure.flow
    return evolve(
        procedure, flow=given_to(flow, flow.by_id[candidate.targets[0]], Performer(name="z"))
    )


def done_by_machine(procedure: Procedure, candidate: Candidate) -> Procedure:
    step = procedure.flow.by_id[candidate.targets[0]]
    return evolve(procedure, flow=replaced(procedure.flow, automated(step, TaskType.SERVICE)))


OBLIGED = move("leaving", given_to_z, ("a",), necessity=Necessity.OBLIGED)


def test_what_the_law_obliges_to_goes_in_though_the_dossier_changes_hands_more_often():
    row = in_a_row(day("b", by="x"), day("a", by="x"), day("c", by="x"))
    for objective in Objective:
        made = plan(row, [OBLIGED], wishes=Wishes(objective=objective))
        assert (ids(made), hand_offs(made), made.optimal) == (["leaving:a"], 2, True)
    only = move("only", given_to_z, ("a",))
    assert ids(plan(row, [only])) == []


def test_another_change_of_the_same_step_goes_in_beside_what_the_law_obliges_to():
    made = plan(in_a_row(day("a", days=3), day("b")), [OBLIGED, taking({"a": 1}, "a")])
    assert ids(made) == ["leaving:a", "taking:a"]
    assert (minutes(made), made.optimal) == (2 * A_DAY, True)


def test_a_step_that_goes_is_no_longer_what_the_law_obliges_to_change():
    for levers in ([OBLIGED, dropping("a")], [dropping("a"), OBLIGED]):
        made = plan(in_a_row(day("a"), day("b")), levers)
        assert ids(made) == ["dropping:a"]
        assert made.optimal


def test_a_time_that_is_no_longer_known_counts_as_it_was():
    def untimed(procedure: Procedure, candidate: Candidate) -> Procedure:
        step = evolve(procedure.flow.by_id[candidate.targets[0]], time=StepTime())
        return evolve(procedure, flow=replaced(procedure.flow, step))

    row = in_a_row(day("a", days=9), day("b", days=2), day("c"))
    hiding = move("hiding", untimed, ("a",), anchors=("b",))
    assert ids(plan(row, [hiding, dropping("b")])) == ["dropping:b"]
    assert ids(plan(row, [hiding])) == []
    assert ids(plan(row, [hiding], wishes=Wishes(pinned=("hiding:a",)))) == ["hiding:a"]


def test_steps_of_different_arms_take_their_time_each_where_it_stands():
    arms = drawn("s > and1 > a > and2 > e; and1 > b > and2", day("a", days=5), day("b", days=4))
    # Alone neither row is shorter by more than a day: the other arm is left.
    both = taking({"a": 1, "b": 1}, "a", "b")
    made = plan(Procedure(flow=arms), [both])
    assert [each.effect.minutes for each in made.offers] == [4 * A_DAY]
    assert minutes(made) == A_DAY
    assert made.optimal
    one = taking({"a": 1}, "a", lever="one")
    other = taking({"b": 1}, "b", lever="other")
    parts = plan(Procedure(flow=arms), [one, other])
    assert [each.effect.minutes for each in parts.offers] == [A_DAY, 0]
    assert (ids(parts), minutes(parts)) == (["one:a", "other:b"], A_DAY)


def test_hand_overs_that_only_two_changes_save_together_are_seen():
    # x y z x: without y or without z the dossier still changes hands twice; without both, never.
    row = in_a_row(
        day("a", by="x"),
        day("b", days=None, by="y"),
        day("c", days=None, by="z"),
        day("d", by="x"),
    )
    alone = [offer.effect.hand_offs for offer in plan(row, [dropping("b", "c")]).offers]
    assert alone == [1, 1]
    # Either both of the two, or the third, which saves as much as both seem to.
    third = dropping("x1", "x2", lever="third", anchors=("b", "c"))
    both = plan(row, [dropping("b", "c"), third], wishes=Wishes(objective=Objective.HAND_OFFS))
    assert hand_offs(both) == 0
    assert both.optimal


def test_a_whole_arm_that_goes_brings_its_neighbours_together():
    flow = drawn(
        "s > a > and1 > b > and2 > c > e; and1 > d > and2",
        day("a", by="x"),
        day("b", by="y"),
        day("d", by="z"),
        day("c", by="x"),
    )
    made = plan(
        Procedure(flow=flow), [dropping("b", "d")], wishes=Wishes(objective=Objective.HAND_OFFS)
    )
    assert (hand_offs(made), made.optimal) == (0, True)


def test_giving_a_step_to_who_has_the_dossier_anyway_saves_hand_overs():
    row = in_a_row(day("b", by="z"), day("a", by="y"), day("c", by="z"), day("d", by="y"))
    to_z = move("to_z", given_to_z, ("a",), anchors=("d",))
    other = move("other", given_to_z, ("d",), anchors=("a",))
    wishes = Wishes(objective=Objective.HAND_OFFS)
    made = plan(row, [other, to_z], wishes=wishes)
    assert (ids(made), hand_offs(made), made.optimal) == (["to_z:a"], 1, True)
    # Once c is gone, the other way round it is.
    gone_c = plan(row, [other, dropping("c"), to_z], wishes=wishes)
    assert (hand_offs(gone_c), gone_c.optimal) == (1, True)


def test_a_pair_that_comes_about_in_two_ways_is_one_hand_over():
    flow = drawn(
        "s > a > and1 > b > and2 > d > e; and1 > c > and2",
        day("a", by="w"),
        day("b", days=None, by="w"),
        day("c", by="w"),
        day("d", by="x"),
    )
    by_machine = move("by_machine", done_by_machine, ("c",))
    made = plan(Procedure(flow=flow), [dropping("b"), by_machine])
    assert (ids(made), hand_offs(made), made.optimal) == (["dropping:b", "by_machine:c"], 1, True)


def test_a_risk_budget_holds_and_an_unknown_risk_is_over_any():
    row = in_a_row(day("a"), day("b", days=3), day("c", days=2), day("d", days=2), day("f"))
    levers = [
        dropping("b", lever="risky", risk=Fraction(3)),
        dropping("c", "d", lever="safer", risk=Fraction(1)),
        dropping("a", lever="unknown", risk=None),
    ]
    assert set(ids(plan(row, levers))) == {"risky:b", "safer:c", "safer:d", "unknown:a"}
    assert ids(plan(row, levers, targets=Targets(risk=Fraction(2)))) == ["safer:c", "safer:d"]
    assert ids(plan(row, levers, targets=Targets(risk=Fraction(5, 2)))) == ["safer:c", "safer:d"]


def test_of_plans_that_reach_the_target_the_one_with_the_least_risk_is_taken():
    row = in_a_row(day("a", days=4), day("b", days=3), day("c", days=3))
    levers = [
        dropping("a", lever="risky", risk=Fraction(5)),
        dropping("b", lever="safe", risk=Fraction(1)),
    ]
    wishes = Wishes(objective=Objective.RISK)
    assert ids(plan(row, levers, targets=Targets(time=Fraction(3, 10)), wishes=wishes)) == [
        "safe:b"
    ]
    assert ids(plan(row, levers, targets=Targets(time=Fraction(4, 10)), wishes=wishes)) == [
        "risky:a"
    ]
    assert ids(plan(row, levers, wishes=wishes)) == []


def test_at_most_so_many_hand_overs_are_left_where_that_can_be():
    targets = Targets(hand_offs=0)
    made = plan(TWO_ENDS, EITHER, targets=targets)
    assert (ids(made), made.reached) == (["handing:c"], True)
    missed = plan(TWO_ENDS, [dropping("b")], targets=targets)
    assert (ids(missed), missed.reached) == (["dropping:b"], False)


def test_a_change_that_no_figure_shows_goes_in_where_nothing_speaks_against_it():
    row = in_a_row(day("a"), day("b"))
    renaming = move("renaming", lambda p, _: p, ("a",))
    assert ids(plan(row, [renaming])) == ["renaming:a"]
    assert ids(plan(row, [evolve(renaming, id="renaming"), dropping("a")])) == ["dropping:a"]
    risky = move("risky", lambda p, _: p, ("a",), risk=Fraction(1))
    assert ids(plan(row, [risky])) == []


def test_what_is_open_or_barred_is_never_applied():
    row = in_a_row(day("a"), day("b"))
    for condition in (OPEN, BARRED):
        held = dropping("a", preconditions=(condition,))
        assert ids(plan(row, [held], wishes=Wishes(pinned=("dropping:a",)))) == []


def test_a_move_of_two_that_stand_on_one_element_is_left_out_where_one_rewrites_it():
    row = in_a_row(day("a", days=3), day("b"), day("c"))
    resting = dropping("b", lever="resting", anchors=("a",))
    assert ids(plan(row, [dropping("a"), resting])) == ["dropping:a"]
    merging = move("longer", gone, ("b", "c"), anchors=("a",))
    assert ids(plan(row, [dropping("a"), merging])) == ["dropping:a"]


@given(procedures())
def test_a_plan_never_holds_what_does_not_pass(procedure: Procedure) -> None:
    made = plan(procedure, ALL)
    assert all(candidate.verdict is Verdict.PASS for candidate in made.applied)
    assert all(proof.verdict is not Verdict.FAIL for proof in made.proofs)


@given(procedures())
def test_a_plan_is_made_the_same_twice(procedure: Procedure) -> None:
    assert plan(procedure, ALL) == plan(procedure, ALL)
