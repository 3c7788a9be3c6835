"""The best of hundreds of changes on hundreds of steps, against plain Python work beside it."""

from __future__ import annotations

from pytest_benchmark.fixture import BenchmarkFixture

from planned import CHANGES, STEPS, many_changes
from slopes import best_of, count_to, interleaved_ratio
from tthc_flow.model.plan import Targets, Wishes
from tthc_flow.plan.choose import Choice, choose
from tthc_flow.plan.offers import offers
from tthc_flow.plan.problem import Problem, choosable
from tthc_flow.units import DEFAULT_CONVENTION

A_SECOND = 36_000_000
"""How far plain Python counts in about a second on the machine the limits were set on."""


def test_the_proven_best_of_450_changes_on_300_steps_takes_a_second(
    benchmark: BenchmarkFixture,
) -> None:
    procedure, levers = many_changes(1)
    problem = Problem(
        before=procedure,
        levers={lever.id: lever for lever in levers},
        convention=DEFAULT_CONVENTION,
        targets=Targets(),
        wishes=Wishes(),
    )
    found = offers(procedure, levers, DEFAULT_CONVENTION)
    assert (len(procedure.flow.steps), len(found)) == (STEPS, CHANGES)

    def chosen() -> Choice | None:
        return choose(problem, choosable(problem, found, {}))

    best = benchmark(chosen)
    assert best is not None
    assert best.optimal
    print(f"\n{len(best.chosen)} of {CHANGES} changes: {best_of(chosen, 3):.2f} s of processor")
    ratio = interleaved_ratio(chosen, lambda: count_to(A_SECOND))
    print(f"the best set: {ratio:.2f} of about one second")
    assert ratio <= 1
