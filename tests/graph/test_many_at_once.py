"""Taking out or replacing many nodes at once costs as much as they are, in every shape.

Counted in lines run, which no other program on the machine changes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from attrs import evolve

from by_hand import chain, drawn
from tthc_flow.graph.rewrite import replaced, without
from tthc_flow.model.flow import Flow

Made = tuple[Flow, list[str]]
SIZE = 150


def in_a_row(size: int) -> Made:
    return chain(*["1 ngày"] * size), [f"step_{n}" for n in range(2, size)]


def side_by_side(size: int) -> Made:
    arms = "; ".join(f"xor1 > a{n} > xor2" for n in range(size))
    return drawn(f"s > xor1; {arms}; xor2 > e"), [f"a{n}" for n in range(size)]


def one_within_another(size: int) -> Made:
    """Return choices, each the other way of the one around it, and the steps in them."""
    rows = [
        f"xor{n} > a{n} > xor_{n}; xor{n} > xor{n + 1}; xor_{n + 1} > xor_{n}" for n in range(size)
    ]
    rows += [f"xor{size} > {last} > xor_{size}" for last in (f"a{size}", "b")]
    steps = [*(f"a{n}" for n in range(size + 1)), "b"]
    return drawn(f"s > xor0; {'; '.join(rows)}; xor_0 > e"), steps


def taken_out_at_once(flow: Flow, ids: list[str]) -> None:
    left = without(flow, *ids)
    assert {node.id for node in left.nodes}.isdisjoint(ids)


def replaced_at_once(flow: Flow, ids: list[str]) -> None:
    after = replaced(flow, *(evolve(flow.by_id[each], name="Mới") for each in ids))
    assert sum(node.name == "Mới" for node in after.nodes) == len(ids)


def lines_run(work: Callable[[Flow, list[str]], None], made: Made) -> int:
    lines = 0

    def count(_frame: FrameType, event: str, _told: object) -> Any:
        nonlocal lines
        lines += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        work(*made)
    finally:
        sys.settrace(before)
    return lines


@pytest.mark.parametrize("shape", [in_a_row, side_by_side, one_within_another])
@pytest.mark.parametrize("work", [taken_out_at_once, replaced_at_once])
def test_twice_as_many_at_once_run_twice_as_many_lines(work, shape):
    few, many = (lines_run(work, shape(size)) for size in (SIZE, 2 * SIZE))
    assert 1.5 <= many / few <= 2.1
