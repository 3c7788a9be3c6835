"""Changes that only others make possible: declared with their needs, and never round a bar."""

from __future__ import annotations

import random

import pytest
from attrs import evolve

from growing import grow_procedure
from plan.every_set import willing
from plan.moves import BARRED, CURABLE, OPEN, day, dropping, ids, in_a_row, only_where
from tthc_flow.levers import ALL
from tthc_flow.model.lever import Lever, Precondition, Verdict
from tthc_flow.model.plan import WhyNot, Wishes
from tthc_flow.model.procedure import Procedure
from tthc_flow.plan.make import plan

ROW = in_a_row(day("a"), day("b", days=2), day("c", days=3), day("d"))


def without(*names: str):
    """Whether all of *names* are gone."""
    return lambda procedure: procedure.flow.by_id.keys().isdisjoint(names)


def held_until_gone(lever: Lever, condition: Precondition, *names: str) -> Lever:
    """*lever*, whose candidates have *condition* as long as one of *names* is there."""

    def find(procedure: Procedure):
        there = not without(*names)(procedure)
        for each in lever.find(procedure):
            yield evolve(each, preconditions=(condition,)) if there else each

    return evolve(lever, find=find)


def test_what_a_cut_opens_is_applied_and_says_what_it_needs():
    opened = only_where(dropping("c", lever="opened"), without("b"))
    made = plan(ROW, [dropping("a", "b"), opened])
    assert ids(made) == ["dropping:a", "dropping:b", "opened:c"]
    assert [candidate.needs for candidate in made.applied] == [(), (), ("dropping:b",)]
    assert [each.candidate.id for each in made.offers] == ["dropping:a", "dropping:b"]


def test_a_need_of_a_need_is_needed_too():
    second = only_where(dropping("c", lever="second"), without("b"))
    third = only_where(dropping("d", lever="third"), without("c"))
    made = plan(ROW, [dropping("b"), second, third])
    assert made.applied[-1].needs == ("dropping:b", "second:c")


def test_what_opens_more_is_taken_for_what_it_opens():
    # b alone is the shorter cut; but only with a gone may c go as well.
    either = [dropping("a", anchors=("b",)), dropping("b", anchors=("a",))]
    opened = only_where(dropping("c", lever="opened"), without("a"))
    made = plan(ROW, [either[0], evolve(either[1], id="dropping"), opened])
    assert ids(made) == ["dropping:b"]  # what no plan so far opens is not known
    pinned = plan(ROW, [either[0], opened], wishes=Wishes(pinned=("dropping:a",)))
    assert ids(pinned) == ["dropping:a", "opened:c"]


@pytest.mark.parametrize("condition", [BARRED, OPEN])
def test_what_was_barred_or_open_is_not_opened_by_another_change(condition):
    laundered = held_until_gone(dropping("c", lever="laundered"), condition, "b")
    assert ids(plan(ROW, [dropping("b"), laundered])) == ["dropping:b"]


def test_nor_is_it_under_another_name_at_the_same_step():
    def find(procedure: Procedure):
        for each in dropping("c", lever="laundered").find(procedure):
            if "b" in procedure.flow.by_id:
                yield evolve(each, preconditions=(BARRED,))
            else:
                yield evolve(each, targets=("c", "d"))

    laundered = evolve(dropping("c", lever="laundered"), find=find)
    assert ids(plan(ROW, [dropping("b"), laundered])) == ["dropping:b"]


def test_a_bar_about_the_shape_of_the_flow_may_go_and_the_need_is_declared():
    curable = held_until_gone(dropping("c", lever="curable"), CURABLE, "b")
    made = plan(ROW, [dropping("b"), curable])
    assert ids(made) == ["dropping:b", "curable:c"]
    assert made.applied[1].needs == ("dropping:b",)


def test_a_compound_is_alone_nothing_and_its_need_is_worth_what_falls_with_it():
    opened = only_where(dropping("c", lever="opened"), without("b"))
    made = plan(ROW, [dropping("a", "b"), opened])
    told = {each.candidate: each for each in made.explanation.attributions}
    assert told["opened:c"].alone is None
    assert told["opened:c"].marginal.minutes == 3 * 480
    assert told["dropping:b"].alone.minutes == 2 * 480
    assert told["dropping:b"].marginal.minutes == 5 * 480
    assert told["dropping:a"].marginal == told["dropping:a"].alone


def test_a_compound_without_what_it_needs_is_told_so():
    row = in_a_row(day("a"), day("b", days=2), day("c", days=3), day("d", days=9), day("f"))
    opened = only_where(dropping("c", lever="opened"), without("b"))
    better = only_where(dropping("d", lever="better", anchors=("b",)), without("a"))
    made = plan(row, [dropping("a", "b"), opened, better])
    assert ids(made) == ["dropping:a", "better:d"]
    assert [(each.candidate, each.why, each.beside) for each in made.not_chosen] == [
        ("dropping:b", WhyNot.CLASHES, ("better:d",)),
        ("opened:c", WhyNot.NEEDS_ABSENT, ("dropping:b",)),
    ]


def test_in_no_plan_is_anything_that_the_procedure_as_it_came_bars_or_leaves_open():
    compounds = 0
    for seed in range(150):
        procedure = grow_procedure(random.Random(seed), 6 + seed % 9)
        made = plan(willing(procedure) if seed % 2 else procedure, ALL)
        closed = {
            (each.candidate.lever, target)
            for each in made.offers
            for target in each.candidate.targets
            if any(
                held.verdict is not Verdict.PASS and not held.curable
                for held in each.candidate.preconditions
            )
        }
        for candidate in made.applied:
            first = {each.candidate.id: each.candidate for each in made.offers}.get(candidate.id)
            assert first is None or not first.barred
            if candidate.needs:
                compounds += 1
                assert closed.isdisjoint((candidate.lever, each) for each in candidate.targets)
            else:
                assert first == candidate
                assert candidate.verdict is Verdict.PASS
    assert compounds > 10
