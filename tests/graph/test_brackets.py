"""Arrows that lie on the same cycles: told by hand, and by cutting any two of them."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tthc_flow.graph.brackets import Arc, cycle_classes

Graph = tuple[int, list[Arc]]


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Return a connected graph in which several arrows may join the same two vertices."""
    many = draw(st.integers(2, 9))
    arcs = [(draw(st.integers(0, vertex - 1)), vertex) for vertex in range(1, many)]
    ends = st.tuples(st.integers(0, many - 1), st.integers(0, many - 1))
    arcs += draw(st.lists(ends.filter(lambda pair: pair[0] != pair[1]), max_size=9))
    return many, draw(st.permutations(arcs))


def test_a_row_of_arrows_is_one_class_and_its_two_ways_are_two():
    row, one, other, back = cycle_classes(4, [(0, 1), (1, 2), (1, 2), (2, 0)])
    assert row == back
    assert len({row, one, other}) == 3


def test_a_graph_that_is_one_cycle_is_one_class():
    assert len({*cycle_classes(4, [(0, 1), (1, 2), (2, 3), (3, 0)])}) == 1


def test_a_loop_that_hangs_at_a_corner_is_a_class_of_its_own():
    there, back, out, home = cycle_classes(3, [(0, 1), (1, 0), (1, 2), (2, 1)])
    assert there == back
    assert out == home
    assert there != out


@settings(max_examples=300)
@given(graphs())
@example((7, [(0, 1), (3, 1), (2, 5), (1, 2), (2, 4), (4, 6), (4, 5), *[(0, 3)] * 3, (1, 6)]))
def test_two_arrows_are_one_class_where_cutting_both_parts_the_graph(graph: Graph) -> None:
    many, arcs = graph
    found = cycle_classes(many, arcs)
    on_cycles = [one for one in range(len(arcs)) if _together(many, arcs, {one})]
    for one in on_cycles:
        for other in on_cycles:
            same = one == other or not _together(many, arcs, {one, other})
            assert (found[one] == found[other]) == same


def _together(many: int, arcs: list[Arc], cut: set[int]) -> bool:
    """Return whether all vertices are still joined without the arrows *cut*."""
    left = [arc for place, arc in enumerate(arcs) if place not in cut]
    reached = {0}
    for _ in range(many):
        reached |= {end for arc in left if reached & {*arc} for end in arc}
    return len(reached) == many
