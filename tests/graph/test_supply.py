"""What an element surely or possibly finds before it."""

from __future__ import annotations

from by_hand import drawn
from tthc_flow.graph.supply import supply


def test_alternatives_bring_surely_what_both_bring():
    flow = drawn("s > xor1; xor1 > a > xor2; xor1 > b > xor2; xor2 > c > e")
    found = supply(flow, {"a": 0b11, "b": 0b01})
    assert (found.surely["c"], found.maybe["c"]) == (0b01, 0b11)


def test_a_parallel_join_brings_surely_what_any_way_brings():
    flow = drawn("s > and1; and1 > a > and2; and1 > b > and2; and2 > c > e")
    assert supply(flow, {"a": 0b10, "b": 0b01}).surely["c"] == 0b11


def test_a_loop_brings_nothing_in_its_first_round():
    flow = drawn("s > xor1 > a > xor2; xor2 > b > xor1; xor2 > e")
    found = supply(flow, {"b": 1})
    assert (found.surely["a"], found.maybe["a"]) == (0, 0)
