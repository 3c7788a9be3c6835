"""Speed as slopes and ratios: how time grows with size, and against plain Python work.

``make bench`` prints the figures; what fails here has grown faster than its input.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

import pytest

from piled import fan, guarded, looped, without_a_step
from sized import anew, choices_in_a_loop, sized
from slopes import best_of, best_of_each, count_to, interleaved_ratio, log_log_slope
from tthc_flow.bpmn.build import build
from tthc_flow.bpmn.read import read
from tthc_flow.checks import check
from tthc_flow.engine.run import run_every_branch
from tthc_flow.graph.dominators import dominators
from tthc_flow.layout.fresh import lay_out
from tthc_flow.layout.keep import keep
from tthc_flow.levers import ALL
from tthc_flow.measures.measure import measure
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import Procedure
from tthc_flow.plan.make import plan
from tthc_flow.proof.prove import prove
from tthc_flow.proof.soundness import soundness

SIZES = (250, 500, 1_000, 2_000)
STEEPEST = 1.25
TWICE_THE_SIZE = 8
"""Times as long at most for twice the size: cubic; what tries all ways takes 512 times as long."""
BARE_START = 12
"""Milliseconds that Python takes to start and do nothing where the limits were set."""


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
        return lambda: check(anew(procedure))

    assert steepness("check", work) <= STEEPEST


def test_measuring_grows_with_the_size_of_the_flow() -> None:
    def work(size: int) -> Callable[[], object]:
        procedure = sized(size)
        return lambda: measure(anew(procedure))

    assert steepness("measure", work) <= STEEPEST


def test_soundness_grows_with_the_size_of_a_structured_flow() -> None:
    def work(size: int) -> Callable[[], object]:
        procedure = sized(size)
        assert soundness(procedure.flow).verdict is Verdict.PASS
        return lambda: soundness(anew(procedure).flow)

    assert steepness("soundness", work) <= STEEPEST


def test_laying_out_grows_with_the_size_of_the_flow() -> None:
    def work(size: int) -> Callable[[], object]:
        procedure = sized(size)
        return lambda: lay_out(anew(procedure))

    assert steepness("layout", work) <= STEEPEST


@pytest.mark.parametrize("make", [fan, looped, guarded], ids=lambda make: make.__name__)
def test_layout_of_what_piles_up_at_one_place_grows_with_its_size(
    make: Callable[[int], Procedure],
) -> None:
    def work(size: int) -> Callable[[], object]:
        procedure = make(size)
        return lambda: lay_out(procedure)

    assert steepness(f"layout, {make.__name__}", work) <= STEEPEST


def test_layout_of_100_nodes_takes_at_most_50_ms() -> None:
    procedure = sized(100)
    # Counting takes about 50 ms where the limit was set.
    ratio = interleaved_ratio(lambda: lay_out(procedure), partial(count_to, 1_250_000))
    print(f"\nlayout of 100 nodes: {ratio:.2f} of 50 ms")
    assert ratio <= 1


def test_keeping_a_drawing_grows_with_its_size() -> None:
    def work(size: int) -> Callable[[], object]:
        before = sized(size)
        drawing, after = lay_out(before), without_a_step(before)
        return lambda: keep(drawing, before, after)

    assert steepness("keep", work) <= STEEPEST


def test_proving_a_rewrite_grows_with_the_size_of_the_flow() -> None:
    def work(size: int) -> Callable[[], object]:
        before, after = sized(size), sized(size)
        return lambda: prove(anew(before), anew(after))

    assert steepness("prove", work) <= STEEPEST


def test_dominators_grow_with_the_size_of_the_flow() -> None:
    def work(size: int) -> Callable[[], object]:
        procedure = sized(size)
        return lambda: dominators(anew(procedure).flow)

    assert steepness("dominators", work) <= STEEPEST


@pytest.mark.parametrize(
    ("name", "job"),
    [
        ("soundness", lambda procedure: soundness(procedure.flow)),
        ("check", check),
        ("measure", measure),
        ("run every branch", run_every_branch),
        ("plan", lambda procedure: plan(procedure, ALL)),
    ],
)
def test_eighteen_choices_in_a_loop_do_not_hang(
    name: str, job: Callable[[Procedure], object]
) -> None:
    few, many = choices_in_a_loop(9), choices_in_a_loop(18)
    ratio = interleaved_ratio(lambda: job(anew(many)), lambda: job(anew(few)), rounds=5)
    print(f"\n{name} of 18 choices in a loop: {ratio:.1f} times as long as of 9")
    assert ratio <= TWICE_THE_SIZE


def starts(command: list[str], rounds: int = 11) -> tuple[float, float]:
    """Return how long *command* takes and how long Python takes to do nothing, in seconds."""

    def seconds(line: list[str]) -> float:
        run = partial(subprocess.run, line, capture_output=True, check=True)
        return best_of(run, 1, clock=time.perf_counter)

    nothing = [sys.executable, "-c", "pass"]
    paired = [(seconds(command), seconds(nothing)) for _ in range(rounds)]
    return median(one for one, _ in paired), median(other for _, other in paired)


def test_importing_the_front_door_costs_little() -> None:
    found, nothing = starts([sys.executable, "-c", "import tthc_flow"])
    ratio = (found - nothing) / nothing
    print(f"\nimport tthc_flow: {ratio:.1f} bare starts of Python ({found - nothing:.3f} s)")
    assert ratio <= 60 / BARE_START


def test_the_help_of_the_command_is_there_at_once() -> None:
    found, nothing = starts([str(Path(sys.executable).with_name("tthc-flow")), "--help"])
    print(f"\ntthc-flow --help: {found / nothing:.1f} bare starts of Python ({found:.3f} s)")
    assert found / nothing <= 150 / BARE_START
