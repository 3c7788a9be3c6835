"""Dominators: known answers, and networkx as the oracle."""

from __future__ import annotations

import networkx as nx
from hypothesis import given, settings

from by_hand import drawn
from strategies import flows, mutated_flows
from tthc_flow.graph.dominators import dominators, post_dominators
from tthc_flow.graph.view import view


def test_what_lies_before_a_choice_dominates_both_ways_and_a_way_does_not():
    tree = dominators(drawn("s > a > xor1; xor1 > b > xor2; xor1 > c > xor2; xor2 > d > e"))
    assert tree.holds("a", "d")
    assert tree.holds("xor1", "d")
    assert not tree.holds("b", "d")
    assert list(tree.above("d")) == ["xor2", "xor1", "a", "s"]


def test_what_lies_after_a_choice_post_dominates_both_ways():
    tree = post_dominators(drawn("s > a > xor1; xor1 > b > xor2; xor1 > c > xor2; xor2 > d > e"))
    assert tree.holds("d", "a")
    assert tree.holds("xor2", "b")
    assert not tree.holds("b", "a")


def test_an_unreachable_element_dominates_nothing_and_has_nothing_above_it():
    tree = dominators(drawn("s > a > e; b > e"))
    assert not tree.holds("b", "e")
    assert list(tree.above("b")) == []


def test_networkx_leaves_the_start_out_of_its_own_answer():
    graph = nx.DiGraph([("s", "a"), ("a", "b")])
    assert "s" not in nx.immediate_dominators(graph, "s")


@given(flows(8))
@settings(max_examples=60)  # each example compares the whole tree
def test_the_tree_of_a_structured_flow_is_that_of_networkx(flow):
    _same_as_networkx(flow)


@given(mutated_flows(8))
@settings(max_examples=100)
def test_the_tree_of_any_flow_is_that_of_networkx(flow):
    _same_as_networkx(flow)


def _same_as_networkx(flow):
    seen = view(flow)
    graph = nx.DiGraph()
    graph.add_node("")
    graph.add_edges_from(("", start) for start in seen.starts)
    graph.add_edges_from((a, b) for a, following in seen.after.items() for b in following)
    theirs = nx.immediate_dominators(graph, "")
    theirs.pop("", None)
    assert dict(dominators(flow).nearest) == theirs
