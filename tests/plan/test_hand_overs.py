"""Hand-overs that single changes do not show, and that are counted right all the same."""

from __future__ import annotations

import pytest
from attrs import evolve

from by_hand import drawn
from plan.moves import day, done_by_machine, dropping, given_to_z, hand_offs, ids, in_a_row, move
from tthc_flow.graph.rewrite import replaced
from tthc_flow.model.lever import Candidate
from tthc_flow.model.plan import Objective, Wishes
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import StepTime
from tthc_flow.plan import choose
from tthc_flow.plan.make import plan
from tthc_flow.units import Duration


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


def test_an_arm_left_to_machines_brings_its_neighbours_together():
    # The arm stays, so that a hands over to d past it; without the arm there is nothing to pass.
    flow = drawn(
        "s > a > and1 > b > c > and2 > d > e; and1 > f > and2",
        day("a", by="x"),
        day("b", by="x"),
        day("c", by="x"),
        day("f", by="x"),
        day("d", by="y"),
    )
    by_machine = move("by_machine", done_by_machine, ("b",), ("c",))
    wishes = Wishes(objective=Objective.HAND_OFFS)
    made = plan(Procedure(flow=flow), [by_machine, dropping("f")], wishes=wishes)
    assert (hand_offs(made), made.optimal) == (1, True)
    assert "dropping:f" in ids(made)


def slowly_by_machine(procedure: Procedure, candidate: Candidate) -> Procedure:
    made = done_by_machine(procedure, candidate)
    step = made.flow.by_id[candidate.targets[0]]
    slow = evolve(step, time=StepTime(duration=Duration(amount=9, unit="working_day")))
    return evolve(made, flow=replaced(made.flow, slow))


def test_a_pair_seen_on_one_way_and_known_on_another_is_one_hand_over():
    # Without b, a hands over to d past it: seen only once it is tried. Past c it is known before.
    flow = drawn(
        "s > a > xor1 > b > xor2 > d > e; xor1 > c > xor2",
        day("a", by="x"),
        day("b", by="y"),
        day("c", by="x"),
        day("d", by="y"),
    )
    slow = move("slow", slowly_by_machine, ("c",))
    wishes = Wishes(objective=Objective.HAND_OFFS)
    made = plan(Procedure(flow=flow), [dropping("b"), slow], wishes=wishes)
    assert (ids(made), hand_offs(made), made.optimal) == (["dropping:b", "slow:c"], 1, True)


MANY = tuple(f"b{number}" for number in range(10))
"""An arm that may become empty in two to the power of ten ways."""


def an_arm_of_many(gateway: str) -> Procedure:
    split, join = f"{gateway}1", f"{gateway}2"
    flow = drawn(
        f"s > a > {split} > {' > '.join(MANY)} > {join} > d > e; {split} > f > {join}",
        day("a", by="x"),
        *(day(each, by="x") for each in MANY),
        day("f", by="y", days=30),
        day("d", by="y"),
    )
    return Procedure(flow=flow)


def test_however_the_steps_of_an_arm_go_it_is_known_at_once(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(choose, "TRIES", 1)
    by_machine = move("by_machine", done_by_machine, *((each,) for each in MANY))
    made = plan(an_arm_of_many("and"), [dropping(*MANY[1:]), by_machine])
    assert (len(ids(made)), hand_offs(made), made.optimal) == (10, 2, True)


def test_an_empty_arm_is_seen_once_and_not_for_each_way_to_empty_it(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(choose, "TRIES", 3)
    made = plan(an_arm_of_many("xor"), [dropping(*MANY), dropping(*MANY, lever="another")])
    assert (len(ids(made)), hand_offs(made), made.optimal) == (10, 2, True)
