"""Shares of cases by time: nothing lost, both sides on one scale, by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tthc_flow.report.simulation.bins import MOST, of_times
from tthc_flow.simulation.results import Outcome

TIMES = st.lists(st.floats(0, 1e7, allow_nan=False), min_size=1, max_size=60)


def side(*minutes: float) -> Outcome:
    return Outcome(
        cases=(None,), pools=(), steps=(), sample=(tuple(minutes),), batches=((),), events=0
    )


@given(TIMES, st.none() | TIMES)
def test_every_case_is_in_one_bar_and_the_bars_are_few(before, after):
    (found,) = of_times(side(*before), None if after is None else side(*after))
    for minutes, shares in ((before, found["before"]), (after, found["after"])):
        if minutes is None:
            assert shares is None
            continue
        assert len(shares) == len(found["before"]) <= MOST
        assert sum(shares) == pytest.approx(1)
        first = sum(each < found["width"] - 1e-9 for each in minutes) / len(minutes)
        assert shares[0] == pytest.approx(first, abs=1e-9)


def test_by_hand():
    """Ten cases of up to an hour and a half, one of them very long: it falls into the last bar."""
    (found,) = of_times(side(0, 10, 20, 30, 40, 50, 60, 70, 90, 100_000), side(5, 5))
    assert found["width"] == 5
    assert len(found["before"]) == 20
    assert found["before"][:3] == [0.1, 0, 0.1]
    assert found["before"][-1] == 0.1
    assert found["after"][:2] == [0, 1]


def test_a_side_without_cases_has_no_bar():
    (found,) = of_times(side(1.0), side())
    assert set(found["after"]) == {0.0}
