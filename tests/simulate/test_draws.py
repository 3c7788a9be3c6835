"""What is drawn: values that were seen stay what they are, curves keep their mean."""

from __future__ import annotations

from collections import Counter

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from simulate.by_program import network, of, task
from simulate.kernels import BOTH
from tthc_flow.model.chance import Chance, Spread
from tthc_flow.simulation.draws import SIZE, table_of
from tthc_flow.simulation.program import Limit
from tthc_flow.simulation.tally import Length, Metric

SEEN = Chance(spread=Spread.EMPIRICAL, values=(30, 40, 118, 200, 480))


@given(st.lists(st.integers(0, 500), min_size=1, max_size=40))
def test_each_seen_value_is_drawn_as_often_as_it_was_seen(values):
    drawn = Counter(table_of(Chance(spread=Spread.EMPIRICAL, values=tuple(values))))
    whole, seen = sum(drawn.values()), Counter(map(float, values))
    assert drawn.keys() == seen.keys()
    for value, times in seen.items():
        assert drawn[value] / whole == pytest.approx(times / len(values), abs=1 / SIZE)


@pytest.mark.parametrize("run", BOTH)
def test_a_value_at_the_limit_is_not_late(run):
    """Two of the five values are above 118: 40 % are late, not the 60 % with 118 among them."""
    program = network(500, (100_000,), task(0, SEEN, 1))
    entries = (evolve(program.entries[0], limit=Limit(minutes=118)),)
    tally = run(evolve(program, entries=entries), 1, Length(cases=10_000))
    assert of(tally, Metric.LATE).mean == pytest.approx(0.4, abs=0.02)  # four standard errors
    assert {round(cycle, 6) for _, cycle, _ in tally.sample} == {30, 40, 118, 200, 480}


def test_the_mean_of_a_curve_is_exact():
    for spread in (Spread.EXPONENTIAL, Spread.GAMMA, Spread.LOGNORMAL):
        deviation = None if spread is Spread.EXPONENTIAL else 20
        table = table_of(Chance(spread=spread, mean=50, deviation=deviation))
        assert sum(table) / SIZE == pytest.approx(50, rel=1e-12)
