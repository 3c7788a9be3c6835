"""Rewrites by hand: what goes, what stays the same value, what is refused."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from by_hand import chain, drawn
from levers.office import AGENCY, COMMITTEE, step, told_by
from strategies import procedures
from tthc_flow.errors import UnsoundFlow
from tthc_flow.graph.arms import passed_over
from tthc_flow.graph.chains import removable
from tthc_flow.graph.rewrite import (
    automated,
    fresh_id,
    given_to,
    inserted_on,
    replaced,
    taken_out,
    without,
)
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    Gateway,
    GatewayKind,
    Lane,
    Outcome,
    SequenceFlow,
)
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step, TaskType
from tthc_flow.proof.soundness import soundness
from tthc_flow.units import TimeUnit


def arrows(flow: Flow) -> set[str]:
    return {f"{edge.source}>{edge.target}" for edge in flow.edges}


def test_a_step_taken_out_leaves_the_flow_that_entered_it():
    flow = chain("1 ngày", "2 ngày", "3 ngày")
    after = without(flow, "step_2")
    assert [(e.id, e.source, e.target) for e in after.edges] == [
        ("f1", "start", "step_1"),
        ("f2", "step_1", "step_3"),
        ("f4", "step_3", "end"),
    ]
    assert [node for node in flow.nodes if node.id != "step_2"] == list(after.nodes)


def test_several_steps_in_a_row_go_at_once():
    assert arrows(without(chain(*["1 ngày"] * 3), "step_1", "step_2", "step_3")) == {"start>end"}


def test_every_way_into_a_step_leads_on():
    flow = drawn("s > xor1 > a > c > e; xor1 > b > c")
    assert arrows(without(flow, "c")) == {"s>xor1", "xor1>a", "a>e", "xor1>b", "b>e"}


def test_the_outcome_of_the_way_into_a_step_is_kept():
    flow = drawn("s > xor1 > a > e; xor1 > e")
    edges = tuple(
        evolve(e, outcome=Outcome.GRANT, name="Đạt") if e.target == "a" else e for e in flow.edges
    )
    after = without(evolve(flow, edges=edges), "a")
    kept = [edge for edge in after.edges if edge.outcome is Outcome.GRANT]
    assert [(edge.name, edge.target) for edge in kept] == [("Đạt", "e")]


def test_a_step_in_a_loop_goes_and_the_loop_stays():
    after = without(drawn("s > xor1 > a > b > xor2 > e; xor2 > xor1"), "a")
    assert arrows(after) == {"s>xor1", "xor1>b", "b>xor2", "xor2>e", "xor2>xor1"}


def test_an_emptied_arm_of_a_parallel_block_takes_the_block_along():
    after = without(drawn("s > and1 > a > and2 > e; and1 > b > and2"), "a")
    assert arrows(after) == {"s>b", "b>e"}


def test_one_of_three_arms_goes_alone():
    after = without(drawn("s > and1 > a > and2 > e; and1 > b > and2; and1 > c > and2"), "a")
    assert arrows(after) == {"s>and1", "and1>b", "b>and2", "and1>c", "c>and2", "and2>e"}


def test_a_block_emptied_altogether_goes():
    after = without(drawn("s > and1 > a > and2 > e; and1 > b > and2"), "a", "b")
    assert arrows(after) == {"s>e"}


def test_a_block_within_a_block_is_no_empty_arm():
    flow = drawn("s > and1 > and3 > a > and4 > and2 > e; and3 > b > and4; and1 > c > d > and2")
    after = without(flow, "d")
    assert {node.id for node in after.nodes} == {node.id for node in flow.nodes} - {"d"}
    assert arrows(after) >= {"and1>and3", "and4>and2", "c>and2"}


def test_an_arm_that_was_drawn_empty_stays():
    flow = drawn("s > and1 > a > and2 > b > e; and1 > and2; and1 > c > and2")
    assert arrows(without(flow, "b")) == {
        "s>and1",
        "and1>a",
        "a>and2",
        "and1>and2",
        "and1>c",
        "c>and2",
        "and2>e",
    }


def test_an_emptied_way_of_a_choice_stays_a_way():
    after = without(drawn("s > xor1 > a > xor2 > e; xor1 > b > xor2"), "a")
    assert arrows(after) == {"s>xor1", "xor1>xor2", "xor1>b", "b>xor2", "xor2>e"}


def test_a_last_step_without_an_end_event_leaves_no_loose_arrow():
    assert arrows(without(drawn("s > a > b"), "b")) == {"s>a"}


def test_taking_out_a_step_with_several_ways_out_is_refused():
    with pytest.raises(UnsoundFlow, match="TF320"):
        without(drawn("s > a > b > e; a > c > e"), "a")


def test_taking_out_a_step_with_a_boundary_event_is_refused():
    late = Event(id="late", position=EventPosition.BOUNDARY, attached_to="a")
    with pytest.raises(UnsoundFlow, match="TF320"):
        without(drawn("s > a > e; late > e", late), "a")


def test_an_emptied_lane_goes_and_an_empty_one_stays():
    lanes = (Lane(id="one"), Lane(id="two"), Lane(id="bare"), Lane(id="in", parent="two"))
    flow = drawn(
        "s > a > b > e", Step(id="a", name="a", lane="one"), Step(id="b", name="b", lane="in")
    )
    flow = evolve(flow, lanes=lanes)
    assert [lane.id for lane in without(flow, "b").lanes] == ["one", "bare"]


def test_messages_of_what_goes_go_too():
    procedure = told_by(Procedure(flow=chain("1 ngày", "1 ngày")), "step_1")
    assert taken_out(procedure, "step_2").messages == procedure.messages
    assert taken_out(procedure, "step_1").messages == ()


def test_a_replaced_step_stands_where_it_stood():
    flow = chain("1 ngày", "2 ngày")
    after = replaced(flow, Step(id="step_1", name="Mới"))
    assert [node.id for node in after.nodes] == [node.id for node in flow.nodes]
    assert after.edges == flow.edges


def test_new_steps_stand_in_a_row_on_the_arrow():
    flow = chain("1 ngày")
    new = (Step(id="x", name="x"), Step(id="y", name="y"))
    assert arrows(inserted_on(flow, flow.edges[0], *new)) == {
        "start>x",
        "x>y",
        "y>step_1",
        "step_1>end",
    }


def test_a_step_entered_by_two_ways_is_passed_over_on_both():
    flow = drawn("s > xor1 > a > c > e; xor1 > b > c")
    given_step = flow.by_id["c"]
    after = passed_over(flow, given_step, Step(id="x", name="x"), "Có?", ("Có", "Không"))
    assert {
        "a>x",
        "b>x",
        "x>Answered_c",
        "Answered_c>c",
        "Answered_c>Checked_c",
        "c>Checked_c",
    } <= (arrows(after))
    assert soundness(after).verdict == "pass"


def test_a_given_step_moves_to_the_lane_of_its_new_performer():
    lanes = (
        Lane(id="one", performer=AGENCY["head"]),
        Lane(id="two", performer=COMMITTEE["chair"]),
    )
    a = step("a", "sign", AGENCY["head"], lane="one")
    b = step("b", "sign", COMMITTEE["chair"], lane="two")
    flow = evolve(drawn("s > a > b > e", a, b), lanes=lanes)
    after = given_to(flow, b, AGENCY["head"])
    assert (after.by_id["b"].lane, [lane.id for lane in after.lanes]) == ("one", ["one"])


def test_a_new_performer_gets_a_lane_beside_the_old_one():
    lanes = (Lane(id="pool"), Lane(id="one", parent="pool", performer=AGENCY["head"]))
    a = step("a", "sign", AGENCY["head"], lane="one")
    b = step("b", "sign", AGENCY["head"], lane="one")
    after = given_to(evolve(drawn("s > a > b > e", a, b), lanes=lanes), b, COMMITTEE["chair"])
    new = after.lane_by_id[after.by_id["b"].lane]
    assert (new.name, new.parent, new.performer) == (
        "Chủ tịch UBND tỉnh",
        "pool",
        COMMITTEE["chair"],
    )


def test_a_flow_without_lanes_gets_none():
    a = step("a", "sign", AGENCY["head"])
    after = given_to(drawn("s > a > e", a), a, COMMITTEE["chair"])
    assert (after.lanes, after.by_id["a"].lane) == ((), None)


@pytest.mark.parametrize("time", [2, None])
def test_a_machine_takes_no_time_in_the_printed_unit(time):
    done = automated(step("a", "assign", AGENCY["head"], time), TaskType.SERVICE)
    unit = TimeUnit.WORKING_DAY if time else TimeUnit.WORKING_HOUR
    assert (done.time.duration.amount, done.time.duration.unit) == (0, unit)
    assert done.automatic


def test_a_fresh_id_is_nobodys():
    flow = drawn("s > a > e")
    assert fresh_id(flow, "new") == "new"
    assert fresh_id(flow, "a") == "a_2"
    assert fresh_id(flow, "f1") == "f1_2"
    assert fresh_id(flow, "x", taken=("x", "x_2")) == "x_3"


def test_many_steps_are_taken_out_in_one_go():
    flow = chain(*["1 ngày"] * 20_000)
    after = without(flow, *(f"step_{n}" for n in range(2, 20_000)))
    assert arrows(after) == {"start>step_1", "step_1>step_20000", "step_20000>end"}


@given(procedures(max_steps=10), st.integers(0, 99))
@settings(max_examples=80)  # one step of each flow is enough to meet every shape
def test_taking_out_any_step_of_a_sound_flow_leaves_a_sound_flow(procedure, at):
    flow = procedure.flow
    able = [each for each in flow.steps if removable(flow, each)]
    if not able or soundness(flow).verdict != "pass":
        return
    after = without(flow, able[at % len(able)].id)
    assert soundness(after).verdict == "pass"
    ends = {node.id for node in after.nodes}
    assert all({edge.source, edge.target} <= ends for edge in after.edges)


def test_a_gateway_drawn_with_one_way_stays():
    idle = Gateway(id="xor9", kind=GatewayKind.EXCLUSIVE)
    flow = drawn("s > xor9 > a > b > e", idle)
    assert "xor9" in without(flow, "b").by_id
    assert isinstance(without(flow, "b").edges[0], SequenceFlow)


def test_an_arm_that_was_drawn_empty_stays_when_another_one_goes():
    flow = drawn("s > and1 > a > and2 > e; and1 > b > and2; and1 > and2")
    assert arrows(without(flow, "a")) == {"s>and1", "and1>b", "b>and2", "and1>and2", "and2>e"}
