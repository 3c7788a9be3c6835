"""Measured by what it touches, a rewrite saves just what it saves measured in full."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from by_hand import drawn, time_of
from growing import grow_flow, grow_procedure
from levers.office import AGENCY, case, step, within
from mutating import wild
from rewriting import rewritten, told
from strategies import SEEDS, procedures
from tthc_flow.errors import UnsoundFlow
from tthc_flow.graph.arms import passed_over
from tthc_flow.graph.consultations import follow_each_other, side_by_side
from tthc_flow.graph.patch import patch
from tthc_flow.graph.rewrite import automated, inserted_on, replaced, without
from tthc_flow.levers import ALL, inspect_afterwards
from tthc_flow.measures.local_saving import basis_of, local_saving
from tthc_flow.measures.savings import saving, sized
from tthc_flow.measures.size import exceptional
from tthc_flow.model.actor import Level
from tthc_flow.model.flow import Event, EventPosition, Flow, Lane, Trigger
from tthc_flow.model.lever import Effect
from tthc_flow.model.procedure import (
    ApplicantWork,
    CostItem,
    CostMethod,
    PostCheck,
    Procedure,
    Volume,
)
from tthc_flow.model.source import Quantity
from tthc_flow.model.step import Step, StepKind, TaskType
from tthc_flow.units import DEFAULT_CONVENTION

MANY = settings(max_examples=300, deadline=None)
METHODS = st.sampled_from(tuple(CostMethod))


def priced(procedure: Procedure) -> Procedure:
    """A procedure whose cost can be known by both methods, where all of its times are."""
    row = ApplicantWork(item=CostItem.SUBMIT, name="Nộp hồ sơ", hours=Quantity(value=2))
    volume = Volume(
        subjects=Quantity(value=100),
        times=Quantity(value=1),
        dossiers=Quantity(value=100),
        hourly_income=Quantity(value=40_000),
    )
    check = PostCheck(share=Quantity(value=Fraction(1, 5)), hours=Quantity(value=3))
    return evolve(procedure, work=(row,), volume=volume, post_check=check)


def both(before: Procedure, after: Procedure, method: CostMethod) -> tuple[Effect | None, Effect]:
    """What is saved as told by the part (``None``: by no part), and in full."""
    had = sized(before, DEFAULT_CONVENTION, method)
    basis, part = basis_of(had, DEFAULT_CONVENTION), patch(before.flow, after.flow)
    local = None if basis is None or part is None else local_saving(basis, after, part)
    return local, saving(had, sized(after, DEFAULT_CONVENTION, method))


@MANY
@given(procedures(), METHODS)
def test_of_every_candidate_the_part_tells_what_the_whole_tells(
    procedure: Procedure, method: CostMethod
) -> None:
    before = priced(procedure)
    for lever in ALL:
        for candidate in lever.find(before):
            try:
                after = lever.apply(before, candidate)
            except UnsoundFlow:
                continue
            local, full = both(before, after, method)
            assert local in {None, full}, candidate.id


def any_flow(sort: int, size: int, seed: int) -> Flow:
    rng = random.Random(seed)
    if sort == 0:
        return told(rng, wild(rng, size))
    if sort == 1:
        return told(rng, grow_flow(rng, size))
    return told(rng, grow_procedure(rng, size).flow)


@MANY
@given(st.builds(any_flow, st.integers(0, 2), st.integers(2, 12), SEEDS), SEEDS, METHODS)
def test_of_any_rewrite_the_part_tells_what_the_whole_tells(
    flow: Flow, seed: int, method: CostMethod
) -> None:
    before = priced(Procedure(flow=flow))
    after = evolve(before, flow=rewritten(random.Random(seed), flow))
    local, full = both(before, after, method)
    assert local in {None, full}


OFFICER, HEAD = AGENCY["officer"], AGENCY["head"]


def effect(before: Procedure, after: Procedure) -> Effect:
    local, full = both(before, after, CostMethod.PROCESSING_TIME)
    assert local == full
    assert local is not None
    return local


def hours(id_: str, amount: int) -> Step:
    return Step(id=id_, name=id_, time=time_of(f"{amount} giờ làm việc"))


def test_a_step_off_the_longest_way_saves_a_step_and_no_time() -> None:
    flow = drawn(
        "s > and1; and1 > a > b > and2; and1 > c > and2; and2 > e",
        hours("a", 1),
        hours("b", 1),
        hours("c", 3),
    )
    before = Procedure(flow=flow)
    found = effect(before, evolve(before, flow=without(flow, "b")))
    assert (found.minutes, found.steps) == (0, 1)
    shorter = effect(before, evolve(before, flow=replaced(flow, hours("c", 1))))
    assert shorter.minutes == 60  # the two hours of the other arm are the longest way now
    longer = effect(before, evolve(before, flow=replaced(flow, hours("a", 4))))
    assert longer.minutes == -120


@pytest.mark.parametrize(
    ("picture", "shorter", "saved"),
    [
        ("s > x; x > a > e1; x > b > e2", "a", 60),  # the other arm ends before it in the order
        ("s > x; x > a > e1; x > b > e2", "b", 60),  # and leaps over it
        ("s1 > a > e1; s2 > b > e2", "a", 60),
        ("s1 > a > e1; s2 > b > e2", "b", 60),  # the other way starts after it
    ],
)
def test_beside_a_way_that_is_as_long_but_an_hour_only_an_hour_is_saved(
    picture: str, shorter: str, saved: int
) -> None:
    long, short = hours(shorter, 4), hours("b" if shorter == "a" else "a", 3)
    before = Procedure(flow=drawn(picture, long, short))
    after = evolve(before, flow=replaced(before.flow, hours(shorter, 0)))
    assert effect(before, after).minutes == saved


def test_what_follows_an_interruption_does_not_follow_what_came_before_it() -> None:
    before = within(
        "start > a > box > b > end; guard > d > e_late",
        "s_in > c > e_in",
        step("a", "draft", OFFICER),
        step("b", "review", OFFICER),
        step("c", "review", HEAD),
        step("d", "review", OFFICER),
    )
    guard = Event(
        id="guard", position=EventPosition.BOUNDARY, trigger=Trigger.TIMER, attached_to="box"
    )
    before = evolve(before, flow=replaced(before.flow, guard))
    a = before.flow.by_id["a"]
    after = evolve(before, flow=replaced(before.flow, evolve(a, performer=HEAD)))
    assert effect(before, after).hand_offs == 1  # a > c; a > d is no pair


def test_a_lane_that_changes_under_its_steps_is_measured_in_full() -> None:
    laned = (evolve(step("a", "draft", None), lane="L"), step("b", "sign", HEAD))
    one = case(*laned)
    lane = Lane(id="L", name="Chuyên viên", performer=OFFICER)
    before = evolve(one, flow=evolve(one.flow, lanes=(lane,)))
    after = evolve(before, flow=evolve(before.flow, lanes=(evolve(lane, performer=HEAD),)))
    local, full = both(before, after, CostMethod.TT02_2017)
    assert local is None
    assert full.hand_offs == 1


def test_a_step_that_always_follows_a_look_up_is_no_exception() -> None:
    look_up = Step(id="l", name="Tra cứu", kinds=(StepKind.LOOK_UP,), task=TaskType.SERVICE)
    assert exceptional(drawn("s > l > xor1 > a > e", look_up)) == 0
    assert exceptional(drawn("s > l > xor1; xor1 > a > xor2; xor1 > xor2 > e", look_up)) == 1
    assert exceptional(drawn("s > l > and1; and1 > a > and2; and1 > and2 > e", look_up)) == 0


def test_a_step_between_two_of_one_performer_saves_two_hand_overs() -> None:
    before = case(
        step("a", "examine", OFFICER), step("b", "review", HEAD), step("c", "draft", OFFICER)
    )
    found = effect(before, evolve(before, flow=without(before.flow, "b")))
    assert (found.hand_offs, found.performers, found.minutes) == (2, 1, 480)


def test_an_inspection_put_off_past_the_grant_hands_nothing_over() -> None:
    rules = "inspection-may-follow=yes harm-can-be-undone=yes"
    commune = evolve(OFFICER, levels=frozenset({Level.COMMUNE}))
    before = case(
        step("a", "examine", commune),
        step("b", "inspect", evolve(HEAD, levels=frozenset({Level.PROVINCE}))),
        step("c", "draft", commune),
        answers=rules,
    )
    (put_off,) = inspect_afterwards.find(before)
    found = effect(before, inspect_afterwards.apply(before, put_off))
    assert (found.steps, found.hand_offs, found.levels) == (1, 2, 2)


def test_crossings_between_levels_are_saved_with_the_step_above() -> None:
    commune, province = (
        evolve(OFFICER, levels=frozenset({level})) for level in (Level.COMMUNE, Level.PROVINCE)
    )
    before = case(
        step("a", "examine", commune),
        step("b", "ask_superior", province),
        step("c", "sign", commune),
    )
    assert effect(before, evolve(before, flow=without(before.flow, "b"))).levels == 2


def test_a_check_that_is_passed_over_is_eased_and_stays_a_step() -> None:
    before = case(step("a", "examine", OFFICER), step("b", "sign", HEAD))
    look_up = automated(
        Step(id="look", name="Tra cứu", kinds=(StepKind.LOOK_UP,)), TaskType.SERVICE
    )
    a = before.flow.by_id["a"]
    after = evolve(before, flow=passed_over(before.flow, a, look_up, "Có?", ("Có", "Không")))
    found = effect(before, after)
    assert (found.eased, found.steps, found.minutes) == (1, 0, 0)


@pytest.mark.parametrize(
    ("method", "saved"),
    # 8 hours less × 40,000 đ an hour × 100 dossiers; the applicant's own work stays as it was
    [(CostMethod.PROCESSING_TIME, 32_000_000), (CostMethod.TT02_2017, 0)],
)
def test_the_cost_saved_a_year_is_that_of_the_named_method(method: CostMethod, saved: int) -> None:
    before = priced(case(step("a", "examine", OFFICER), step("b", "review", HEAD)))
    local, full = both(before, evolve(before, flow=without(before.flow, "b")), method)
    assert local == full
    assert full.cost == saved


def test_without_the_inputs_the_cost_saved_is_unknown() -> None:
    before = case(step("a", "examine", OFFICER), step("b", "review", HEAD))
    for method in CostMethod:
        local, full = both(before, evolve(before, flow=without(before.flow, "b")), method)
        assert local == full
        assert full.cost is None


def test_a_step_without_a_time_leaves_the_minutes_saved_unknown() -> None:
    before = case(
        step("a", "examine", OFFICER), step("b", "review", HEAD, None), step("c", "sign", HEAD)
    )
    assert effect(before, evolve(before, flow=without(before.flow, "b"))).minutes is None
    assert effect(before, evolve(before, flow=without(before.flow, "a"))).minutes == 480
    assert effect(before, evolve(before, flow=without(before.flow, "a", "c"))).minutes is None


def test_a_new_step_takes_its_time_on_the_longest_way() -> None:
    flow = drawn("s > a > b > e", step_of("a", "2 giờ làm việc"), step_of("b", "1 giờ làm việc"))
    edge = flow.outgoing["a"][0]
    row = inserted_on(flow, edge, step_of("c", "3 giờ làm việc"), step_of("d", "1 giờ làm việc"))
    local, full = both(Procedure(flow=flow), Procedure(flow=row), CostMethod.TT02_2017)
    assert local == full
    assert local.minutes == -4 * 60
    arms = side_by_side(row, follow_each_other(row, ("c", "d")))
    local, full = both(Procedure(flow=flow), Procedure(flow=arms), CostMethod.TT02_2017)
    assert local == full
    assert local.minutes == -3 * 60


def test_a_check_that_comes_first_leaves_the_longest_way_to_its_way_out() -> None:
    steps = [
        step_of(each, f"{hours} giờ làm việc")
        for each, hours in zip("abcn", (5, 1, 1, 9), strict=True)
    ]
    flow = drawn("s > a > xor1 > b > xor2 > c > e; xor1 > e2; xor2 > n > e3", *steps)
    leads = {"s": "b", "xor2": "a", "xor1": "c"}
    onward = {"s": "a", "xor2": "c", "xor1": "b"}
    edges = tuple(
        evolve(edge, target=leads[edge.source]) if onward.get(edge.source) == edge.target else edge
        for edge in flow.edges
    )
    after = evolve(flow, edges=edges)
    local, full = both(Procedure(flow=flow), Procedure(flow=after), CostMethod.TT02_2017)
    assert local == full
    assert local.minutes == 5 * 60  # 5 + 1 + 9 before; 1 + 9 now


def step_of(name: str, time: str) -> Step:
    return Step(id=name, name=name, time=time_of(time))
