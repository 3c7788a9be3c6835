"""The main job on one procedure, against plain Python work on the same machine."""

from __future__ import annotations

import random

from pytest_benchmark.fixture import BenchmarkFixture

from growing import grow_procedure
from slopes import count_to, interleaved_ratio
from tthc_flow.bpmn.build import build
from tthc_flow.layout.fresh import lay_out
from tthc_flow.verbs.propose import propose

STEPS = 30
TENTH_OF_A_SECOND = 3_600_000
"""How far plain Python counts in about 100 ms on the machine the limits were set on."""


def file_of_thirty_steps() -> bytes:
    """Return the BPMN of a grown procedure of STEPS steps, with its drawing."""
    for seed in range(1_000):
        procedure = grow_procedure(random.Random(seed), STEPS)
        if len(procedure.flow.steps) == STEPS:
            return build(procedure, lay_out(procedure)).data
    message = f"no seed grows {STEPS} steps"
    raise AssertionError(message)


def test_proposing_for_a_procedure_of_thirty_steps_is_short(benchmark: BenchmarkFixture) -> None:
    data = file_of_thirty_steps()
    benchmark(propose, data)
    ratio = interleaved_ratio(lambda: propose(data), lambda: count_to(TENTH_OF_A_SECOND))
    print(f"\npropose for {STEPS} steps: {ratio:.2f} of about 100 ms")
    assert ratio <= 1
