"""Which lanes are left when the nodes in them go."""

from __future__ import annotations

from attrs import evolve

from tthc_flow.graph.lanes import lanes_left
from tthc_flow.model.flow import Flow, Lane
from tthc_flow.model.step import Step

LANES = (Lane(id="pool"), Lane(id="one", parent="pool"), Lane(id="two", parent="pool"))
A, B = Step(id="a", name="A", lane="one"), Step(id="b", name="B", lane="two")
FLOW = Flow(id="p", nodes=(A, B), lanes=LANES)


def left(*has: Step, had: tuple[Step, ...] = (A,), flow: Flow = FLOW) -> list[str]:
    return [lane.id for lane in lanes_left(flow, had, has)]


def test_a_lane_goes_with_its_last_node_and_what_it_is_nested_in_stays_for_others() -> None:
    assert left() == ["pool", "two"]
    assert left(had=(A, B)) == []


def test_a_lane_stays_where_a_node_stays_or_comes() -> None:
    assert left(evolve(A, name="C")) == ["pool", "one", "two"]
    both = evolve(FLOW, nodes=(A, B, evolve(A, id="c")))
    assert left(flow=both) == ["pool", "one", "two"]


def test_a_lane_that_was_empty_before_stays() -> None:
    bare = evolve(FLOW, lanes=(*LANES, Lane(id="bare")))
    assert left(flow=bare) == ["pool", "two", "bare"]


def test_lanes_that_are_nested_in_each_other_are_passed_once() -> None:
    knot = (Lane(id="one", parent="two"), Lane(id="two", parent="one"))
    assert left(flow=evolve(FLOW, lanes=knot)) == ["one", "two"]
