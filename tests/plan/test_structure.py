"""What is made small first: as wished, else the time, or without times the structure."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

from plan.moves import OPEN, day, dropping, given_to_z, ids, in_a_row, move
from tthc_flow.model.actor import Level, Performer, Role
from tthc_flow.model.lever import Effect
from tthc_flow.model.plan import Bound, Objective, Plan, Targets, Wishes
from tthc_flow.model.procedure import (
    ApplicantWork,
    CostItem,
    CostMethod,
    Procedure,
    Volume,
)
from tthc_flow.model.source import Quantity
from tthc_flow.model.step import Step
from tthc_flow.plan.make import plan
from tthc_flow.plan.ranking import gain


def at(name: str, level: Level, *, days: int | None = None, by: str = "Phòng") -> Step:
    who = Performer(name=by, role=Role.OFFICER, office=by, levels=frozenset({level}))
    return evolve(day(name, days=days), performer=who)


def codes(made: Plan) -> list[str]:
    return [bound.code for bound in made.explanation.bounds]


HANDS = in_a_row(
    day("a", by="x", days=None),
    day("b", by="y", days=None),
    day("c", by="x", days=None),
    day("d", by="x", days=None),
    day("e2", by="x", days=None),
)


def test_without_any_time_a_hand_over_goes_before_a_step():
    made = plan(HANDS, [dropping("d", "e2", lever="rows", anchors=("b",)), dropping("b")])
    assert (made.objective, ids(made)) == (Objective.STRUCTURE, ["dropping:b"])
    assert made.optimal
    assert made.explanation.bounds == ()


def test_with_a_time_for_every_step_it_is_the_time():
    timed = in_a_row(day("a"), day("b"))
    made = plan(timed, [dropping("b")])
    assert (made.objective, made.wishes.objective) == (Objective.TIME, None)
    asked = plan(timed, [dropping("b")], wishes=Wishes(objective=Objective.VISITS))
    assert asked.objective is Objective.VISITS


SOME = in_a_row(
    day("a", by="x", days=2),
    day("b", by="y", days=None),
    day("c", by="x", days=None),
    day("d", by="x", days=1),
    day("f", by="x", days=None),
)


def test_where_some_times_are_unknown_the_known_part_is_not_made_small_first_unasked():
    levers = [dropping("d", lever="short", anchors=("b",)), dropping("b", lever="hands")]
    assert ids(plan(SOME, levers)) == ["hands:b"]
    asked = plan(SOME, levers, wishes=Wishes(objective=Objective.TIME))
    assert ids(asked) == ["short:d"]
    told = Bound(code="bound-time-unknown", values=(("steps", "b, c, f"),))
    assert asked.explanation.bounds == (told,)


def test_a_target_of_time_that_cannot_be_known_is_told():
    made = plan(SOME, [dropping("d")], targets=Targets(time=Fraction(1, 2)))
    assert (made.reached, codes(made)) == (None, ["bound-time-unknown"])


DISTRICT_BETWEEN = in_a_row(
    at("a", Level.COMMUNE, by="Xã"),
    at("b", Level.DISTRICT, by="Huyện"),
    at("c", Level.COMMUNE, by="Xã"),
    at("d", Level.COMMUNE, by="Ban"),
    at("f", Level.COMMUNE, by="Xã"),
)


@pytest.mark.parametrize(
    ("objective", "chosen"),
    [
        (Objective.LEVELS, ["district:b"]),
        (Objective.STRUCTURE, ["district:b"]),
        (Objective.TIME, ["steps:c+d"]),
    ],
)
def test_of_two_that_save_as_many_hand_overs_the_levels_tell(objective, chosen):
    levers = [
        dropping("b", lever="district"),
        move(
            "steps",
            lambda p, c: dropping().apply(p, c),
            ("c", "d"),
            anchors=("b",),
        ),
    ]
    made = plan(DISTRICT_BETWEEN, levers, wishes=Wishes(objective=objective))
    assert (ids(made), made.optimal) == (chosen, True)


def test_levels_that_a_cut_brings_side_by_side_are_counted():
    # Each cut alone saves nothing, as the levels then meet; both together take the district out.
    row = in_a_row(
        at("a", Level.COMMUNE, by="A"),
        at("b", Level.DISTRICT, by="B"),
        at("c", Level.DISTRICT, by="C"),
        at("d", Level.COMMUNE, by="D"),
    )
    wishes = Wishes(objective=Objective.LEVELS)
    both = plan(row, [dropping("b", "c")], wishes=wishes)
    assert (ids(both), both.optimal) == (["dropping:b", "dropping:c"], True)
    clash = [dropping("b", anchors=("c",)), dropping("c", lever="other"), dropping("d", lever="l")]
    one = plan(row, clash, wishes=wishes)
    assert ids(one)[-1] == "l:d"  # from the district on nothing goes back to the commune
    assert one.optimal


def test_a_performer_counts_until_its_last_step_is_gone_or_given_away():
    row = in_a_row(
        day("a", by="x", days=None), day("b", by="z", days=None), day("c", by="y", days=None),
        day("d", by="y", days=None), day("f", by="z", days=None),
    )  # fmt: skip
    wishes = Wishes(objective=Objective.PERFORMERS)
    half = [move("giving", given_to_z, ("c",)), dropping("a", anchors=("c",))]
    made = plan(row, half, wishes=wishes)
    assert (ids(made), made.optimal) == (["dropping:a"], True)
    whole = [move("giving", given_to_z, ("c",), ("d",)), dropping("a", anchors=("c", "d"))]
    assert ids(plan(row, whole, wishes=Wishes(objective=Objective.HAND_OFFS))) == [
        "giving:c",
        "giving:d",
    ]


def test_visits_can_be_made_few_first():
    coming = evolve(day("b"), applicant_visit=True)
    row = in_a_row(day("a"), coming, day("c", days=5))
    levers = [dropping("b", lever="visit"), dropping("c", lever="days", anchors=("b",))]
    assert ids(plan(row, levers)) == ["days:c"]
    assert ids(plan(row, levers, wishes=Wishes(objective=Objective.VISITS))) == ["visit:b"]


def test_what_would_cut_more_stands_by_what_is_made_small_first():
    held = dropping("b", "d", lever="held", preconditions=(OPEN,))
    by_time = plan(SOME, [held], wishes=Wishes(objective=Objective.TIME))
    assert [each.offer.candidate.id for each in by_time.explanation.binding] == ["held:d", "held:b"]
    by_hands = plan(SOME, [held])
    assert [each.offer.candidate.id for each in by_hands.explanation.binding] == [
        "held:b",
        "held:d",
    ]


def test_each_objective_ranks_by_its_own_figure_first():
    own = {
        Objective.TIME: Effect(minutes=Fraction(1)),
        Objective.COST: Effect(cost=Fraction(1)),
        Objective.HAND_OFFS: Effect(hand_offs=1),
        Objective.PERFORMERS: Effect(performers=1),
        Objective.LEVELS: Effect(levels=1),
        Objective.VISITS: Effect(visits=1),
        Objective.RISK: Effect(minutes=Fraction(1)),
        Objective.STRUCTURE: Effect(hand_offs=1),
    }
    assert own.keys() == set(Objective)
    for objective, small in own.items():
        other = Effect(steps=9, documents=9)
        assert gain(small, objective) > gain(other, objective)
    ranked = [Effect(performers=1), Effect(levels=9), Effect(visits=9), Effect(steps=9)]
    assert sorted(ranked, key=lambda each: gain(each, Objective.STRUCTURE), reverse=True) == ranked


# What is told where a target is missed.


def test_a_pin_in_the_way_of_a_target_is_told_with_what_is_reached_without_it():
    row = in_a_row(day("a"), day("b", days=2), day("c", days=3), day("d", days=4))
    levers = [dropping("b", anchors=("c", "d")), dropping("d", lever="other")]
    made = plan(row, levers, targets=Targets(time=Fraction(4, 10)), wishes=pinning("dropping:b"))
    assert ids(made) == ["dropping:b"]
    assert [(each.code, each.minutes, each.reaches) for each in made.explanation.bounds] == [
        ("bound-best", 8 * 480, False),
        ("bound-pinned", 6 * 480, True),
    ]


def pinning(*names: str) -> Wishes:
    return Wishes(objective=Objective.TIME, pinned=names)


def test_a_pin_that_costs_nothing_is_no_bound():
    row = in_a_row(day("a"), day("b", days=2), day("c", days=3))
    made = plan(row, [dropping("b")], targets=Targets(time=1), wishes=pinning("dropping:b"))
    assert codes(made) == ["bound-best"]


def test_a_target_that_keeps_another_from_being_reached_is_told():
    row = in_a_row(day("a", by="x", days=4), day("b", by="y"), day("c", by="x", days=4))
    levers = [dropping("a", lever="long", anchors=("b",)), dropping("b", lever="hands")]
    both = Targets(time=Fraction(4, 9), hand_offs=0)
    made = plan(row, levers, targets=both)
    assert (ids(made), made.reached) == (["long:a"], False)
    told = [
        (each.code, dict(each.values).get("target"), each.reaches)
        for each in made.explanation.bounds
    ]
    assert told == [
        ("bound-best", None, False),
        ("bound-other-target", "time", True),
    ]
    assert [each.hand_offs for each in made.explanation.bounds] == [1, 0]


def test_hand_overs_that_nobody_can_count_do_not_reach_a_target():
    row = in_a_row(day("a", by="x"), day("b"), day("c", by="x"))
    made = plan(row, [], targets=Targets(hand_offs=0))
    assert made.reached is None
    told = Bound(code="bound-hands-unknown", values=(("steps", "b"),))
    assert made.explanation.bounds == (told,)
    known = plan(in_a_row(day("a", by="x"), day("c", by="x")), [], targets=Targets(hand_offs=0))
    assert (known.reached, known.explanation.bounds) == (True, ())


def test_a_mistyped_id_that_should_stay_out_is_told():
    made = plan(HANDS, [dropping("d")], wishes=Wishes(forbidden=("droping:d",)))
    told = Bound(code="bound-forbid-not-found", values=(("candidate", "droping:d"),))
    assert made.explanation.bounds == (told,)


def test_every_offer_is_priced_by_the_named_method():
    hours = ApplicantWork(item=CostItem.PREPARE, name="Đơn", hours=Quantity(value=1))
    volume = Volume(
        subjects=Quantity(value=10),
        times=Quantity(value=1),
        dossiers=Quantity(value=10),
        hourly_income=Quantity(value=100),
    )
    given = Procedure(flow=in_a_row(day("a"), day("b")).flow, work=(hours,), volume=volume)
    costs = {
        method: plan(given, [dropping("b")], targets=Targets(cost_method=method)).offers[0]
        for method in CostMethod
    }
    assert costs[CostMethod.TT02_2017].effect.cost == 0
    assert costs[CostMethod.PROCESSING_TIME].effect.cost == 8 * 100 * 10
