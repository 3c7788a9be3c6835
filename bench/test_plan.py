"""The best of hundreds of changes on hundreds of steps, against plain Python work beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from planned import CHANGES, STEPS, many_changes
from slopes import best_of, count_to, interleaved_ratio
from test_offers import willing_row
from tthc_flow.levers import ALL
from tthc_flow.model.plan import Objective, Offer, Targets, Wishes
from tthc_flow.plan.applying import rewritten
from tthc_flow.plan.attribution import attributions
from tthc_flow.plan.choose import Choice, choose
from tthc_flow.plan.offers import offers
from tthc_flow.plan.problem import Problem, choosable
from tthc_flow.plan.search import searched
from tthc_flow.units import DEFAULT_CONVENTION

A_SECOND = 36_000_000
"""How far plain Python counts in about a second on the machine the limits were set on."""
A_PART = A_SECOND // 10
SEEDS = range(1, 11)
APPLIED = 25


@cache
def many(seed: int) -> tuple[Problem, tuple[Offer, ...]]:
    """A problem of hundreds of steps, and its offers."""
    procedure, levers = many_changes(seed)
    found = offers(procedure, levers, DEFAULT_CONVENTION)
    assert (len(procedure.flow.steps), len(found)) == (STEPS, CHANGES)
    problem = Problem(
        before=procedure,
        levers={lever.id: lever for lever in levers},
        convention=DEFAULT_CONVENTION,
        targets=Targets(),
        wishes=Wishes(),
    )
    return problem, found


def choosing(seed: int, objective: Objective) -> Callable[[], Choice | None]:
    """The choice of the best set, from what each change does where."""
    problem, found = many(seed)
    return lambda: choose(problem, choosable(problem, found, {}), objective=objective)


def test_the_proven_best_of_450_changes_on_300_steps_takes_a_second(
    benchmark: BenchmarkFixture,
) -> None:
    chosen = choosing(1, Objective.TIME)
    best = benchmark(chosen)
    assert best is not None
    assert best.optimal
    print(f"\n{len(best.chosen)} of {CHANGES} changes: {best_of(chosen, 3):.2f} s of processor")
    ratio = interleaved_ratio(chosen, lambda: count_to(A_SECOND))
    print(f"the best set: {ratio:.2f} of about one second")
    assert ratio <= 1


@pytest.mark.parametrize("objective", Objective)
def test_so_it_does_whatever_is_made_small_and_however_the_steps_stand(
    objective: Objective,
) -> None:
    ratios = {}
    for seed in SEEDS:
        chosen = choosing(seed, objective)
        best = chosen()
        assert best is not None
        assert best.optimal, seed
        ratios[seed] = interleaved_ratio(chosen, lambda: count_to(A_PART), 2) / 10
    slowest = max(ratios, key=lambda seed: ratios[seed])
    print(f"\n{objective.value}: {min(ratios.values()):.2f} to {ratios[slowest]:.2f} of a second")
    assert ratios[slowest] <= 1, slowest


def test_what_each_of_25_applied_changes_does_is_measured_in_a_tenth_of_a_second() -> None:
    procedure = willing_row(30)
    problem = Problem(
        before=procedure,
        levers={lever.id: lever for lever in ALL},
        convention=DEFAULT_CONVENTION,
        targets=Targets(),
        wishes=Wishes(),
    )
    best = searched(problem, offers(procedure, ALL, DEFAULT_CONVENTION)).best
    some = [each.offer for each in best.chosen[:APPLIED]]
    assert len(some) == APPLIED
    after = rewritten(procedure, [each.candidate for each in some], problem.levers)
    assert after is not None
    ratio = interleaved_ratio(lambda: attributions(problem, some, after), lambda: count_to(A_PART))
    print(f"\nwhat each of {APPLIED} changes does: {ratio / 10:.2f} of about one second")
    assert ratio / 10 <= 1 / 10
