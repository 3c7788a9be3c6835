"""What whoever plans may wish for, and what is told where a wish or a target cannot be met."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

from plan.moves import BARRED, OPEN, day, dropping, ids, in_a_row
from tthc_flow.model.law import Authority, Instrument
from tthc_flow.model.plan import Bound, Objective, Plan, Targets, WhyNot, Wishes
from tthc_flow.model.procedure import CostMethod, Procedure, Volume
from tthc_flow.model.source import Quantity
from tthc_flow.model.step import StepKind
from tthc_flow.plan.make import plan
from tthc_flow.plan.roadmap import Stage, roadmap
from tthc_flow.words.messages import message

A_DAY = 480
ROW = in_a_row(day("a"), day("b", days=2), day("c", days=3), day("d", days=4))
WITHIN = Instrument(title="Quyết định của UBND tỉnh", authority=Authority.WITHIN)
OUTSIDE = Instrument(title="Thông tư", authority=Authority.OUTSIDE)


def codes(made: Plan) -> list[str]:
    return [bound.code for bound in made.explanation.bounds]


def why(made: Plan) -> dict[str, WhyNot]:
    return {each.candidate: each.why for each in made.not_chosen}


def test_a_pinned_change_goes_in_even_where_another_saves_more():
    levers = [dropping("b", anchors=("c",)), dropping("c", lever="other")]
    assert ids(plan(ROW, levers)) == ["other:c"]
    pinned = plan(ROW, levers, wishes=Wishes(pinned=("dropping:b",)))
    assert ids(pinned) == ["dropping:b"]
    assert why(pinned) == {"other:c": WhyNot.CLASHES}
    assert pinned.explanation.bounds == ()


def test_of_pins_in_each_others_way_as_many_as_can_be_go_in_and_the_rest_is_told():
    levers = [dropping("b", anchors=("a", "c")), dropping("a", "c", lever="other")]
    made = plan(ROW, levers, wishes=Wishes(pinned=("dropping:b", "other:a", "other:c")))
    assert ids(made) == ["other:a", "other:c"]
    assert made.explanation.bounds == (
        Bound(
            code="bound-pin-clashes",
            values=(("candidate", "dropping:b"), ("beside", "other:a, other:c")),
        ),
    )


@pytest.mark.parametrize(
    ("condition", "code"), [(BARRED, "bound-pin-barred"), (OPEN, "bound-pin-open")]
)
def test_a_pin_that_does_not_pass_is_not_applied_and_told(condition, code):
    held = dropping("b", preconditions=(condition,))
    made = plan(ROW, [held], wishes=Wishes(pinned=("dropping:b",)))
    assert made.applied == ()
    values = (("candidate", "dropping:b"), ("conditions", condition.name))
    assert made.explanation.bounds == (Bound(code=code, values=values),)


def test_a_pin_that_is_nowhere_or_forbidden_as_well_is_told():
    wishes = Wishes(pinned=("dropping:z", "dropping:b"), forbidden=("dropping:b",))
    made = plan(ROW, [dropping("b", "c")], wishes=wishes)
    assert ids(made) == ["dropping:c"]
    assert codes(made) == ["bound-pin-not-found", "bound-pin-forbidden"]
    assert why(made) == {"dropping:b": WhyNot.FORBIDDEN}


def test_only_changes_under_the_wished_authority_are_chosen():
    levers = [dropping("b", amends=(WITHIN,)), dropping("c", lever="other", amends=(OUTSIDE,))]
    own = Wishes(authority=frozenset({Authority.WITHIN}), pinned=("other:c",))
    made = plan(ROW, levers, wishes=own)
    assert ids(made) == ["dropping:b"]
    assert why(made) == {"other:c": WhyNot.OTHER_AUTHORITY}
    assert codes(made) == ["bound-pin-not-allowed"]


def test_a_missed_target_says_what_is_reached_and_what_each_constraint_would_allow():
    levers = [
        dropping("a"),
        dropping("b", lever="open", preconditions=(OPEN,)),
        dropping("c", lever="ministry", amends=(OUTSIDE,)),
        dropping("d", lever="barred", preconditions=(BARRED,)),
    ]
    own = Wishes(authority=frozenset({Authority.WITHIN, Authority.UNKNOWN}))
    made = plan(ROW, levers, targets=Targets(time=Fraction(4, 10)), wishes=own)
    assert made.reached is False
    assert [(each.code, each.minutes, each.reaches) for each in made.explanation.bounds] == [
        ("bound-best", 9 * A_DAY, False),
        ("bound-open", 7 * A_DAY, False),
        ("bound-authority", 6 * A_DAY, True),
    ]
    assert dict(made.explanation.bounds[1].values) == {
        "candidate": "open:b",
        "conditions": "power-is-own",
    }
    assert (
        plan(ROW, levers, targets=Targets(time=Fraction(1, 10)), wishes=own).explanation.bounds
        == ()
    )


def test_all_open_questions_together_are_told_beside_each_of_them():
    levers = [dropping("b", "c", lever="open", preconditions=(OPEN,))]
    made = plan(ROW, levers, targets=Targets(time=Fraction(5, 10)))
    told = [(each.code, each.minutes, each.reaches) for each in made.explanation.bounds]
    assert told == [
        ("bound-best", 10 * A_DAY, False),
        ("bound-open", 7 * A_DAY, False),
        ("bound-open", 8 * A_DAY, False),
        ("bound-all-open", 5 * A_DAY, True),
    ]


def test_what_a_forbidden_change_and_a_risk_budget_cost_is_told():
    levers = [dropping("c"), dropping("d", lever="risky", risk=Fraction(2))]
    made = plan(
        ROW,
        levers,
        targets=Targets(time=Fraction(6, 10), risk=Fraction(1)),
        wishes=Wishes(forbidden=("dropping:c",)),
    )
    assert [(each.code, each.minutes) for each in made.explanation.bounds] == [
        ("bound-best", 10 * A_DAY),
        ("bound-forbidden", 7 * A_DAY),
        ("bound-risk", 6 * A_DAY),
    ]
    assert why(made) == {"dropping:c": WhyNot.FORBIDDEN, "risky:d": WhyNot.OVER_RISK}


def test_an_unknown_risk_under_a_budget_is_told():
    made = plan(ROW, [dropping("c", risk=None)], targets=Targets(risk=Fraction(9)))
    assert (made.applied, codes(made)) == ((), ["bound-risk-unknown"])
    assert why(made) == {"dropping:c": WhyNot.OVER_RISK}


def test_a_pin_over_the_risk_budget_is_not_applied_and_told():
    levers = [dropping("c", risk=Fraction(3)), dropping("d", lever="safe")]
    wishes = Wishes(pinned=("dropping:c",))
    made = plan(ROW, levers, targets=Targets(risk=Fraction(2)), wishes=wishes)
    assert (ids(made), codes(made)) == (["safe:d"], ["bound-pin-not-allowed"])


def test_an_open_question_that_would_change_nothing_is_no_bound():
    open_ = dropping("b", lever="open", anchors=("d",), preconditions=(OPEN,))
    made = plan(ROW, [dropping("d"), open_], targets=Targets(time=Fraction(9, 10)))
    assert codes(made) == ["bound-best"]


def test_a_cost_that_cannot_be_counted_is_told_where_it_was_asked_for():
    assert codes(plan(ROW, [], wishes=Wishes(objective=Objective.COST))) == ["bound-cost-unknown"]
    assert codes(plan(ROW, [], targets=Targets(cost=Fraction(1, 10)))) == ["bound-cost-unknown"]


def test_by_the_processing_time_the_cost_falls_with_the_time():
    volume = Volume(dossiers=Quantity(value=10), hourly_income=Quantity(value=50_000))
    given = evolve(ROW, volume=volume)
    method = CostMethod.PROCESSING_TIME
    for share, reached in ((Fraction(4, 10), True), (Fraction(5, 10), False)):
        targets = Targets(cost=share, cost_method=method)
        made = plan(
            given, [dropping("d")], targets=targets, wishes=Wishes(objective=Objective.COST)
        )
        assert (ids(made), made.reached) == (["dropping:d"], reached)


def test_the_frontier_holds_no_plan_that_another_beats_and_each_is_measured():
    levers = [
        dropping("b", lever="safe"),
        dropping("c", lever="some", risk=Fraction(1)),
        dropping("d", lever="more", risk=Fraction(3)),
    ]
    made = plan(ROW, levers)
    assert [(each.minutes, each.risk, each.chosen) for each in made.explanation.frontier] == [
        (1 * A_DAY, 4, ("safe:b", "some:c", "more:d")),
        (4 * A_DAY, 3, ("safe:b", "more:d")),
        (5 * A_DAY, 1, ("safe:b", "some:c")),
        (8 * A_DAY, 0, ("safe:b",)),
    ]


def test_a_risk_that_buys_no_time_and_no_hand_over_is_on_no_frontier():
    row = in_a_row(day("a"), day("b", days=None), day("c"))
    made = plan(row, [dropping("b", risk=Fraction(1))])
    assert ids(made) == ["dropping:b"]  # a step less
    assert [each.chosen for each in made.explanation.frontier] == [()]


def test_a_plan_with_less_risk_is_not_taken_for_the_best_with_a_bit_less():
    # Without the unknown risk only d goes; with a point less than all of them b goes as well.
    row = in_a_row(
        day("b", days=2, by="x"),
        day("d", days=4, by="x"),
        day("a", by="x"),
        day("c", days=3),  # nobody knows by whom: without it x hands over to y
        day("f", by="y"),
    )
    levers = [
        dropping("b", lever="open", risk=None),
        dropping("d", lever="some", risk=Fraction(1)),
        dropping("c", lever="then", risk=Fraction(3), needs=("open:b",)),
    ]
    made = plan(row, levers)
    assert [(each.minutes, each.hand_offs, each.chosen) for each in made.explanation.frontier] == [
        (2 * A_DAY, 1, ("open:b", "some:d", "then:c")),
        (5 * A_DAY, 0, ("open:b", "some:d")),
        (7 * A_DAY, 0, ("some:d",)),
        (11 * A_DAY, 0, ()),
    ]


def test_the_frontier_is_cut_off_at_twenty_plans():
    names = [f"x{number}" for number in range(8)]
    steps = [day(name, days=number + 1) for number, name in enumerate(names)]
    levers = [
        dropping(name, lever=f"l{number}", risk=Fraction(2**number))
        for number, name in enumerate(names)
    ]
    made = plan(in_a_row(*steps, day("last")), levers)
    assert len(made.explanation.frontier) == 20


def test_the_road_map_puts_the_provinces_own_first_and_makes_up_no_text():
    levers = [
        dropping("a", lever="ministry", amends=(OUTSIDE,)),
        dropping("b", "c", lever="own", amends=(WITHIN,)),
        dropping("d", lever="nobody"),
    ]
    row = in_a_row(*(ROW.flow.by_id[each] for each in "abcd"), day("r", StepKind.RETURN))
    assert roadmap(plan(row, levers)) == (
        Stage(authority=Authority.WITHIN, instrument=WITHIN, candidates=("own:b", "own:c")),
        Stage(authority=Authority.OUTSIDE, instrument=OUTSIDE, candidates=("ministry:a",)),
        Stage(authority=Authority.UNKNOWN, instrument=None, candidates=("nobody:d",)),
    )


def test_every_bound_has_its_words_in_both_languages():
    barred = dropping("a", lever="barred", preconditions=(BARRED,))
    open_ = dropping("b", "c", lever="open", preconditions=(OPEN,))
    unknown = dropping("d", lever="unknown", risk=None)
    wishes = Wishes(
        pinned=("barred:a", "open:b", "nowhere:x", "unknown:d"), objective=Objective.COST
    )
    targets = Targets(time=Fraction(9, 10), risk=Fraction(1))
    made = plan(Procedure(flow=ROW.flow), [barred, open_, unknown], targets=targets, wishes=wishes)
    assert len(set(codes(made))) >= 8
    for bound in made.explanation.bounds:
        for lang in ("vi", "en"):
            told = message(bound.code, dict(bound.values), lang)
            assert told.text != bound.code
            assert "{" not in told.text
