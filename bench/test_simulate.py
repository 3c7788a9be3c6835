"""Simulation as ratios: against SimPy by hand where it is installed, a published rate, and itself.

The licence office of the tests is the yardstick: 15 tasks with the applicant's, 4 choices, 2 of
them loops, 3 opinions side by side, 8 roles with 17 people, Vietnamese office hours.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from math import log
from pathlib import Path

import pytest
from attrs import evolve

from licence_office import licence_office, steady
from slopes import best_of, best_of_each, interleaved_ratio, log_log_slope
from tthc_flow.simulation.fast import run_fast
from tthc_flow.simulation.flatten import flatten
from tthc_flow.simulation.plain import run_plainly
from tthc_flow.simulation.program import Program
from tthc_flow.simulation.tally import Length

PROSIMOS = 676
"""Cases a second of Prosimos 2.1.0 on two noisy cores, the upper figure that was measured."""


def cases(count: int) -> Length:
    return Length(cases=count, warm=count // 10)


def test_the_plain_kernel_is_several_times_as_quick_as_simpy_by_hand() -> None:
    sys.path.append("bench/peers")
    from queues import by_simpy  # type: ignore[import-not-found]

    program = flatten(licence_office())
    run_plainly(program, 1, cases(1_000))
    ratio = interleaved_ratio(by_simpy(10_000), lambda: run_plainly(program, 1, cases(10_000)), 7)
    print(f"\nplain kernel: {ratio:.1f} times as quick as SimPy by hand")
    assert ratio >= 5


def test_the_fast_kernel_is_500_times_as_quick_as_prosimos_was() -> None:
    program = flatten(licence_office())
    run_fast(program, 1, cases(1_000))
    count = 200_000
    seconds = best_of(lambda: run_fast(program, 1, cases(count)), 5)
    print(f"\nfast kernel: {count / seconds:,.0f} cases/s, {count / seconds / PROSIMOS:.0f} times")
    assert count / seconds >= 500 * PROSIMOS


def test_the_fast_kernel_is_a_good_deal_quicker_than_the_plain_one() -> None:
    program = flatten(licence_office())
    run_fast(program, 1, cases(1_000))
    plain = best_of(lambda: run_plainly(program, 1, cases(10_000)), 3) / 10_000
    fast = best_of(lambda: run_fast(program, 1, cases(100_000)), 3) / 100_000
    print(f"\nfast kernel: {plain / fast:.1f} times as quick as the plain one")
    assert plain / fast >= 5


KERNELS = [run_plainly, run_fast]


@pytest.mark.parametrize("run", KERNELS, ids=["plain", "fast"])
def test_time_grows_with_the_events(run: Callable[..., object]) -> None:
    """N log n in the events: the line of who waits does not slow the rest down."""
    program = flatten(licence_office())
    run(program, 1, cases(500))
    works = {n: (lambda n=n: run(program, 1, cases(n))) for n in (4_000, 8_000, 16_000, 32_000)}
    seconds = best_of_each(works, 5)
    slope = log_log_slope({int(n * log(n)): value for n, value in seconds.items()})
    print(f"\n{run.__name__}: slope {slope:.2f} in n log n")
    assert slope <= 1.15


def overloaded() -> Program:
    """Return the office with three times the work it can do: lines without end."""
    scenario = licence_office()
    (stream,) = scenario.streams
    return flatten(evolve(scenario, streams=(evolve(stream, rate=steady(15)),)))


@pytest.mark.parametrize("run", KERNELS, ids=["plain", "fast"])
def test_a_line_without_end_does_not_make_it_quadratic(run: Callable[..., object]) -> None:
    program = overloaded()
    run(program, 1, cases(500))
    works = {n: (lambda n=n: run(program, 1, cases(n))) for n in (4_000, 8_000, 16_000)}
    slope = log_log_slope(best_of_each(works, 5))
    print(f"\n{run.__name__}, overloaded: slope {slope:.2f}")
    assert slope <= 1.25


MEMORY = """
import sys
sys.path[:0] = ["tests"]
from licence_office import licence_office
from tthc_flow.simulation.flatten import flatten
from tthc_flow.simulation.tally import Length
from tthc_flow.simulation.{module} import {run}
program = flatten(licence_office())
for count in (30_000, {count}):
    {run}(program, 1, Length(cases=count, warm=1000))
    lines = open("/proc/self/status").read().splitlines()
    print(next(line.split()[1] for line in lines if line.startswith("VmHWM")))
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="asks Linux for its peak")
@pytest.mark.parametrize(
    ("module", "run", "count"),
    [
        ("plain", "run_plainly", 150_000),
        pytest.param("fast", "run_fast", 1_000_000),
    ],
)
def test_memory_does_not_grow_with_the_cases(module: str, run: str, count: int) -> None:
    code = MEMORY.format(module=module, run=run, count=count)
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    few, many = map(int, out.stdout.split())
    print(f"\n{run}: {few / 1024:.0f} MB for 30,000 cases, {many / 1024:.0f} MB for {count:,}")
    assert many - few < 16 * 1024


def test_starting_up_does_not_import_numba() -> None:
    code = (
        "import sys, tthc_flow.verbs.simulate, tthc_flow.cli.simulate;"
        "print('numba' in sys.modules, 'numpy' in sys.modules)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.split() == ["False", "False"]
