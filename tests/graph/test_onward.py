"""What follows in a flow that nodes were taken out of, told by the one it was made of."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings

from by_hand import drawn
from strategies import SEEDS, flows
from tthc_flow.graph.chains import removable
from tthc_flow.graph.onward import leads_to
from tthc_flow.graph.rewrite import without
from tthc_flow.graph.view import exit_of, node_of, reached, view
from tthc_flow.model.flow import Flow


@settings(max_examples=300, deadline=None)
@given(flows(), SEEDS)
def test_it_is_what_a_search_in_what_is_left_finds(flow: Flow, seed: int) -> None:
    steps = [step.id for step in flow.steps if removable(flow, step)]
    after = without(flow, *random.Random(seed).sample(steps, min(3, len(steps))))
    for step in after.steps[:4]:
        there = reached(view(after), step.id, exit_of(step.id))
        found = {node_of(vertex) for vertex in there}
        for node in after.nodes:
            assert leads_to(flow, after, step.id, node.id) is (node.id in found)


@pytest.mark.parametrize("gone", ["b", "c"])
def test_an_arm_that_is_dropped_leads_nowhere_any_more(gone: str) -> None:
    flow = drawn("s > and0 > a > and1 > b > and2 > c > e; and0 > x > and2; and1 > d > e2")
    after = without(flow, gone)
    assert leads_to(flow, after, "a", "e") is (gone == "c")
    assert leads_to(flow, after, "x", "e")


def test_an_arm_is_dropped_even_if_all_ways_came_past_it() -> None:
    flow = drawn("s > a > and1 > b > and2 > c > xor1 > e; xor1 > and2; and1 > d > e2")
    assert leads_to(flow, without(flow, "d"), "a", "e")
    assert not leads_to(flow, without(flow, "b"), "a", "e")
