"""How long it takes to make a plan, against plain Python work on the same machine."""

from __future__ import annotations

from pytest_benchmark.fixture import BenchmarkFixture

from sized import sized
from slopes import count_to, interleaved_ratio
from tthc_flow import levers
from tthc_flow.plan.make import plan

TENTH_OF_A_SECOND = 3_600_000
"""How far plain Python counts in about 100 ms on the machine the limits were set on."""


def test_planning_a_procedure_of_thirty_steps_is_short(benchmark: BenchmarkFixture) -> None:
    procedure = sized(45)
    assert len(procedure.flow.steps) >= 28

    def propose() -> object:
        return plan(procedure, levers.ALL)

    benchmark(propose)
    ratio = interleaved_ratio(propose, lambda: count_to(TENTH_OF_A_SECOND))
    print(f"\nplan of 28 steps: {ratio:.2f} of about 100 ms")
    assert ratio <= 1
