"""Programmes: the best of all whole solutions, one objective after the other."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from tthc_flow.plan.programme import CONSTANT, Programme

PICKS = 4
FACTORS = st.lists(st.integers(-3, 3), min_size=PICKS, max_size=PICKS)
ROWS = st.lists(st.tuples(FACTORS, st.integers(-2, 4)), max_size=5)


def value(factors: list[int], picked: tuple[int, ...]) -> int:
    return sum(factor * each for factor, each in zip(factors, picked, strict=True))


@settings(max_examples=300, deadline=None)
@given(ROWS, st.lists(FACTORS, min_size=1, max_size=4))
def test_a_solution_is_the_best_of_all_that_keep_the_rows(
    rows: list[tuple[list[int], int]], objectives: list[list[int]]
) -> None:
    programme = Programme()
    picks = [programme.pick() for _ in range(PICKS)]
    for factors, bound in rows:
        programme.at_most(dict(zip(picks, factors, strict=True)), bound)
    allowed = [
        picked
        for picked in product((0, 1), repeat=PICKS)
        if all(value(factors, picked) <= bound for factors, bound in rows)
    ]
    # The first row is asked of picks only: without an objective that needs them nothing is on.
    asked = [{**dict.fromkeys(picks, 1)}, *(dict(zip(picks, f, strict=True)) for f in objectives)]
    found = programme.solved(asked)
    if not allowed:
        assert found is None
        return
    values = min(
        tuple(value(factors, picked) for factors in ([1] * PICKS, *objectives))
        for picked in allowed
    )
    assert found is not None
    assert found[0] == values
    on = tuple(int(pick in found[1]) for pick in picks)
    assert on in allowed
    assert tuple(value(factors, on) for factors in ([1] * PICKS, *objectives)) == values


def test_what_only_parts_of_picks_would_reach_is_not_reached() -> None:
    programme = Programme()
    one, two, three = (programme.pick() for _ in range(3))
    for pair in ((one, two), (two, three), (one, three)):
        programme.at_most(dict.fromkeys(pair, 1), 1)
    most = {one: -1, two: -1, three: -1, CONSTANT: 5}
    assert programme.solved([most, {one: 2, two: 1, three: 3}]) == ((4, 1), (two,))


def test_the_solver_prints_nothing_of_its_own(capfd):
    """Standard output belongs to the caller: JSON stands there."""
    programme = Programme()
    pick = programme.pick()
    assert programme.solved([{pick: -1}]) == ((-1,), (0,))
    assert capfd.readouterr() == ("", "")


def test_what_is_taken_over_is_as_if_it_were_added_here() -> None:
    frame = Programme()
    one, two = frame.pick(), frame.pick()
    left = frame.amount()
    frame.at_most({one: -1, two: -2, left: -1, CONSTANT: 3})
    programme = Programme()
    assert (programme.pick(), programme.pick()) == (one, two)
    programme.at_most({one: 1, two: 1}, 1)
    programme.take(frame)
    after = programme.amount()
    programme.at_most({left: 2, after: -1})
    assert after == left + 1
    assert programme.solved([{after: 1}]) == ((2,), (two,))
    assert frame.solved([{left: 1}]) == ((0,), (one, two))
