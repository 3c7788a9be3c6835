"""Pictures of real files: how long drawing takes for what reading the same file takes."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pytest

from sized import sized
from slopes import best_of_each, log_log_slope
from tthc_flow.bpmn.read import read
from tthc_flow.errors import UnreadableInput
from tthc_flow.layout.fresh import lay_out
from tthc_flow.picture.png import png
from tthc_flow.picture.svg import draw
from tthc_flow.verbs.show import show

REAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "bpmn" / "files"
FLOW = Path(__file__).resolve().parents[1] / "processes/bao-chi-xuat-ban/1.014464-son-la/flow.bpmn"
STEEPEST = 1.25
DEAREST = 3
"""Times as long as reading, at most, for the median file; 10 ms would be six times."""


def timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def test_drawing_a_real_file_takes_about_as_long_as_reading_it() -> None:
    if not REAL.is_dir():
        pytest.skip("the material folder ../shared is not beside this repository")
    reading_times, drawing_times = [], []
    for path in sorted(REAL.rglob("*.bpmn*")):
        start = time.process_time()
        try:
            reading = read(path)
        except UnreadableInput:
            continue
        half = time.process_time()
        show(reading)
        drawing_times.append(time.process_time() - half)
        reading_times.append(half - start)
    ratio = median(drawing_times) / median(reading_times)
    print(
        f"\n{len(drawing_times)} files: median {median(drawing_times) * 1000:.1f} ms to draw,"
        f" {median(reading_times) * 1000:.1f} ms to read: {ratio:.1f} times"
    )
    assert ratio <= DEAREST


def test_png_costs_a_known_multiple_of_its_picture() -> None:
    reading = read(FLOW)
    svg = show(reading)
    drawing = min(timed(lambda: show(reading)) for _ in range(5))
    pixels = min(timed(lambda: png(svg)) for _ in range(5))
    print(f"\nPNG of the demonstration: {pixels / drawing:.0f} times its SVG ({pixels:.2f} s)")
    assert pixels / drawing <= 500


def test_drawing_grows_with_the_size_of_the_flow() -> None:
    def work(size: int) -> Callable[[], object]:
        procedure = sized(size)
        drawing = lay_out(procedure)
        return lambda: draw(procedure, drawing)

    seconds = best_of_each({size: work(size) for size in (250, 500, 1_000, 2_000)})
    slope = log_log_slope(seconds)
    figures = ", ".join(f"{size}: {value * 1000:.1f} ms" for size, value in seconds.items())
    print(f"\ndraw: slope {slope:.2f} ({figures})")
    assert slope <= STEEPEST
