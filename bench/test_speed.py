"""Speed as slopes and ratios: how time grows with size, and against plain Python work.

``make bench`` prints the figures; what fails here has grown faster than its input.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median

from sized import choices_in_a_loop, sized
from slopes import best_of, best_of_each, interleaved_ratio, log_log_slope
from tthc_flow.bpmn.build import build
from tthc_flow.bpmn.read import read
from tthc_flow.checks import check
from tthc_flow.layout.fresh import lay_out
from tthc_flow.measures.measure import measure
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import Procedure
from tthc_flow.proof.soundness import soundness

SIZES = (250, 500, 1_000, 2_000)
STEEPEST = 1.25


def steepness(name: str, prepare: Callable[[int], Callable[[], object]]) -> float:
    """Return how steeply the prepared work grows over SIZES, and print its figures."""
    seconds = best_of_each({size: prepare(size) for size in SIZES})
    slope = log_log_slope(seconds)
    figures = ", ".join(f"{size}: {value * 1000:.1f} ms" for size, value in seconds.items())
    print(f"\n{name}: slope {slope:.2f} ({figures})")
    return slope


def test_parsing_grows_with_the_size_of_the_file() -> None:
    def parse(size: int) -> Callable[[], object]:
        data = build(sized(size)).data
        return lambda: read(data)

    assert steepness("parse", parse) <= STEEPEST


def test_checking_grows_with_the_size_of_the_flow() -> None:
    def work(size: int) -> Callable[[], object]:
        procedure = sized(size)
        return lambda: check(procedure)

    assert steepness("check", work) <= STEEPEST


def test_measuring_grows_with_the_size_of_the_flow() -> None:
    def work(size: int) -> Callable[[], object]:
        procedure = sized(size)
        return lambda: measure(procedure)

    assert steepness("measure", work) <= STEEPEST


def test_soundness_grows_with_the_size_of_a_structured_flow() -> None:
    def work(size: int) -> Callable[[], object]:
        procedure = sized(size)
        assert soundness(procedure.flow).verdict is Verdict.PASS
        return lambda: soundness(procedure.flow)

    assert steepness("soundness", work) <= STEEPEST


def test_laying_out_grows_with_the_size_of_the_flow() -> None:
    def work(size: int) -> Callable[[], object]:
        procedure = sized(size)
        return lambda: lay_out(procedure)

    assert steepness("layout", work) <= STEEPEST


def test_eighteen_choices_in_a_loop_do_not_hang() -> None:
    few, many = choices_in_a_loop(9), choices_in_a_loop(18)

    def through(procedure: Procedure) -> Callable[[], object]:
        return lambda: (soundness(procedure.flow), measure(procedure))

    ratio = interleaved_ratio(through(many), through(few))
    print(f"\n18 choices in a loop: {ratio:.1f} times as long as 9")
    assert ratio <= 4


def test_importing_the_front_door_costs_little() -> None:
    code = (
        "import time; start = time.perf_counter()\n"
        "import tthc_flow\n"
        "print((time.perf_counter() - start) * 1000)"
    )
    command = [sys.executable, "-c", code]
    runs = [subprocess.run(command, capture_output=True, check=True) for _ in range(7)]
    found = median(float(run.stdout) for run in runs)
    print(f"\nimport tthc_flow: {found:.0f} ms")
    assert found <= 60


def test_the_help_of_the_command_is_there_at_once() -> None:
    command = [str(Path(sys.executable).with_name("tthc-flow")), "--help"]

    def ask() -> object:
        return subprocess.run(command, capture_output=True, check=True)

    found = median(best_of(ask, 1) for _ in range(7)) * 1000
    print(f"\ntthc-flow --help: {found:.0f} ms")
    assert found <= 150
