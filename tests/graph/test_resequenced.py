"""Rows of which parts change places: told where it is nothing else."""

from __future__ import annotations

import pytest
from attrs import evolve

from by_hand import drawn
from tthc_flow.graph.drawn_anew import redrawn
from tthc_flow.graph.ground import ground
from tthc_flow.graph.patch import patch
from tthc_flow.graph.resequenced import Row, resequenced
from tthc_flow.model.flow import Flow, Outcome

CHECKS = "s > a > xor1 > b > xor2 > c > e; xor1 > no; xor2 > no; no > e2"


def led(flow: Flow, **targets: str) -> Flow:
    """Return *flow* in which the arrow ``a__b`` leads to the element it is given."""
    edges = tuple(
        evolve(edge, target=targets.get(f"{edge.source}__{edge.target}", edge.target))
        if f"{edge.source}__{edge.target}" in targets
        else edge
        for edge in flow.edges
    )
    return evolve(flow, edges=edges)


def row_of(before: Flow, after: Flow) -> Row | None:
    under = ground(before)
    anew = redrawn(under, after)
    return None if anew is None else resequenced(under, anew)


def test_two_checks_that_change_places_are_a_row_of_two_parts() -> None:
    flow = drawn(CHECKS)
    row = row_of(flow, led(flow, s__a="b", xor2__c="a", xor1__b="c"))
    assert row == Row(parts=(("b", "xor2"), ("a", "xor1")), first="a", rest="c")


def test_parts_that_stay_together_are_one_part() -> None:
    flow = drawn("s > a > xor1 > b > xor2 > c > xor3 > d > e; xor1 > e2; xor2 > e2; xor3 > e2")
    row = row_of(flow, led(flow, s__a="c", xor3__d="a", xor2__c="d"))
    assert row.parts == (("c", "xor3"), ("a", "xor1", "b", "xor2"))


def test_a_gateway_moves_before_the_steps_that_lead_to_it() -> None:
    flow = drawn("s > a > b > xor1 > c > xor2 > e; xor1 > xor2")
    row = row_of(flow, led(flow, s__a="xor1", b__xor1="c", xor1__c="a"))
    assert row == Row(parts=(("xor1",), ("a", "b")), first="a", rest="c")
    assert patch(flow, led(flow, s__a="xor1", b__xor1="c", xor1__c="a")).touched == {
        "a",
        "b",
        "xor1",
    }


def test_a_row_that_a_loop_goes_round_leads_back_at_its_end_only() -> None:
    flow = drawn("s > xor1 > a > b > xor2 > e; xor2 > xor1")
    after = led(flow, xor1__a="b", b__xor2="a", a__b="xor2")
    assert row_of(flow, after).parts == (("b",), ("a",))
    found = patch(flow, after)
    assert (found.follows("b"), found.follows("a"), found.follows("xor2")) == (
        ("a",),
        ("xor2",),
        ("e",),
    )


@pytest.mark.parametrize(
    ("picture", "targets"),
    [
        ("s > a > b > c > e", {"s__a": "b", "b__c": "c"}),  # a is left out
        ("s > a > b > c > e", {"s__a": "b", "b__c": "a", "a__b": "e"}),  # c is left out
        ("s > a > and1 > b > e; and1 > d > e", {"s__a": "and1", "and1__b": "a", "a__and1": "b"}),
        ("s > a > xor1 > b > e; x > xor1; s > x", {"s__a": "xor1", "xor1__b": "a", "a__xor1": "b"}),
    ],
)
def test_what_is_more_than_another_order_is_no_row(picture: str, targets: dict[str, str]) -> None:
    flow = drawn(picture)
    assert row_of(flow, led(flow, **targets)) is None


def test_an_arrow_that_says_something_else_is_no_other_order() -> None:
    flow = drawn("s > a > b > e")
    after = led(flow, s__a="b", b__e="a", a__b="e")
    said = tuple(
        evolve(edge, outcome=Outcome.REWORK) if edge.source == "s" else edge for edge in after.edges
    )
    assert row_of(flow, after) is not None
    assert row_of(flow, evolve(after, edges=said)) is None


def test_a_step_that_carries_a_reminder_keeps_its_place() -> None:
    flow = drawn("s > a > b > e")
    after = led(flow, s__a="b", b__e="a", a__b="e")
    assert row_of(flow, after).rest == "e"
    hung = drawn("s > a > b > e; r > e2")
    guard = evolve(hung.by_id["s"], id="r", position="boundaryEvent", attached_to="a")
    nodes = tuple(guard if node.id == "r" else node for node in hung.nodes)
    before = evolve(hung, nodes=nodes)
    assert ground(before) is not None
    assert row_of(before, led(before, s__a="b", b__e="a", a__b="e")) is None
