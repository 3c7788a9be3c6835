"""Knots: known answers, and mutual reach as the oracle."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tthc_flow.graph.components import knots

VERTICES = tuple(range(7))


def test_a_row_has_no_knot_and_a_vertex_that_leads_to_itself_is_none():
    assert knots("abc", {"a": "b", "b": "b", "c": ""}.__getitem__) == []


def test_knots_come_in_the_order_of_the_vertices():
    after = {"d": "c", "c": "d", "b": "a", "a": "bc"}
    assert knots("dbca", after.__getitem__) == [["d", "c"], ["b", "a"]]


def test_arrows_to_strangers_are_passed_over():
    assert knots("ab", {"a": "x", "b": "a"}.__getitem__) == []


@given(st.sets(st.tuples(st.sampled_from(VERTICES), st.sampled_from(VERTICES))))
def test_in_a_knot_each_leads_to_each(arrows):
    def leads(source, target):
        seen = [source]
        for here in seen:
            seen += [b for a, b in arrows if a == here and b not in seen]
        return target in seen

    found = knots(VERTICES, lambda vertex: [b for a, b in sorted(arrows) if a == vertex])
    together = {(a, b) for group in found for a in group for b in group if a != b}
    pairs = {(a, b) for a in VERTICES for b in VERTICES if a != b}
    assert together == {(a, b) for a, b in pairs if leads(a, b) and leads(b, a)}
