"""Dominators: known answers, and what is cut off without an element as the oracle."""

from __future__ import annotations

import networkx as nx
from attrs import evolve
from hypothesis import given, settings

from by_hand import drawn
from strategies import flows, mutated_flows
from tthc_flow.graph.dominators import dominators, post_dominators
from tthc_flow.graph.view import View, reached, view


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
@settings(max_examples=60)  # each example takes every vertex out once
def test_in_a_structured_flow_what_dominates_cannot_be_passed_by(flow):
    _cannot_be_passed_by(flow)


@given(mutated_flows(8))
@settings(max_examples=100)
def test_in_any_flow_what_dominates_cannot_be_passed_by(flow):
    _cannot_be_passed_by(flow)


def _cannot_be_passed_by(flow):
    seen = view(flow)
    turned = View(after=seen.before, before=seen.after, starts=seen.ends, ends=seen.starts)
    for tree, way in ((dominators(flow), seen), (post_dominators(flow), turned)):
        everywhere = reached(way, *way.starts)
        for vertex in everywhere:
            cut = {a: tuple(b for b in way.after[a] if b != vertex) for a in way.after}
            left = evolve(way, after=cut)
            still = reached(left, *(start for start in way.starts if start != vertex))
            found = {each for each in everywhere if tree.holds(vertex, each)}
            assert found == everywhere - still, vertex
            assert all(vertex in (each, *tree.above(each)) for each in found)
