"""Hand-overs that single changes do not show, and that are counted right all the same."""

from __future__ import annotations

from by_hand import drawn
from plan.moves import day, done_by_machine, dropping, given_to_z, hand_offs, ids, in_a_row, move
from tthc_flow.model.plan import Objective, Wishes
from tthc_flow.model.procedure import Procedure
from tthc_flow.plan.make import plan


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
    # Nobody says who does b: without it, or with c by machine, a hands over to d at once.
    flow = drawn(
        "s > a > xor1 > b > xor2 > d > e; xor1 > c > xor2",
        day("a", by="w"),
        day("b", days=None),
        day("c", by="w"),
        day("d", by="x"),
    )
    by_machine = move("by_machine", done_by_machine, ("c",))
    made = plan(Procedure(flow=flow), [dropping("b"), by_machine])
    assert [each.effect.hand_offs for each in made.offers] == [-1, 0]
    assert (ids(made), hand_offs(made), made.optimal) == (["dropping:b", "by_machine:c"], 1, True)
