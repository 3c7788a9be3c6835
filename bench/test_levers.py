"""Finding: how the time of every lever grows with the flow, on flows full of its own waste."""

from __future__ import annotations

import random

import pytest

from planting.grow import estate
from sized import anew
from slopes import best_of_each, log_log_slope
from tthc_flow.levers import ALL
from tthc_flow.model.lever import Lever

STEPS = (250, 500, 1_000, 2_000)
NEAR_LINEAR = 1.25


@pytest.mark.parametrize("lever", ALL, ids=lambda lever: lever.id)
def test_finding_grows_with_the_flow_and_no_faster(lever: Lever) -> None:
    estates = {size: estate(random.Random(size), lever.id, size) for size in STEPS}
    found = {size: len(tuple(lever.find(each))) for size, each in estates.items()}
    assert all(found.values()), found
    works = {
        size: (lambda each=each: tuple(lever.find(anew(each)))) for size, each in estates.items()
    }
    seconds = best_of_each(works, rounds=3)
    slope = log_log_slope(seconds)
    each = 1_000 * seconds[STEPS[-1]] / found[STEPS[-1]]
    print(f"\n{lever.id}: slope {slope:.2f}, {found[STEPS[-1]]} candidates, {each:.3f} ms each")
    assert slope <= NEAR_LINEAR, seconds
