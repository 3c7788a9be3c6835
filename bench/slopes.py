"""Ratios and slopes: what can be said about speed without trusting the machine's clock."""

from __future__ import annotations

import gc
import math
import time
from collections.abc import Callable, Mapping
from statistics import median

Work = Callable[[], object]
Clock = Callable[[], float]


def best_of(work: Work, times: int = 5, clock: Clock = time.process_time) -> float:
    """Return the shortest of *times* runs of *work*, in seconds: noise only ever adds.

    By the processor's time, which leaves out what other programs on the machine do meanwhile; what
    starts programs of its own needs the clock on the wall.

    What was there before is frozen: the garbage collector looks at the work's own objects, and
    not at those of pytest and of the other sizes, which it would take up at an arbitrary size.
    """
    found = []
    for _ in range(times):
        gc.collect()
        gc.freeze()
        start = clock()
        work()
        found.append(clock() - start)
        gc.unfreeze()
    return min(found)


def best_of_each(works: Mapping[int, Work], rounds: int = 7) -> dict[int, float]:
    """Return the shortest run of each work, by its size.

    The sizes take turns, so that a machine that slows down for a while slows down all of them.
    """
    found = [{size: best_of(work, 1) for size, work in works.items()} for _ in range(rounds)]
    return {size: min(times[size] for times in found) for size in works}


def log_log_slope(seconds: Mapping[int, float]) -> float:
    """Return the exponent by which time grows with size: 1 is linear, 2 quadratic.

    Least squares through the logarithms of size and time.

    Example:
        >>> round(log_log_slope({10: 1.0, 20: 4.0, 40: 16.0}), 6)
        2.0
    """
    xs = [math.log(size) for size in seconds]
    ys = [math.log(value) for value in seconds.values()]
    x_mean, y_mean = sum(xs) / len(xs), sum(ys) / len(ys)
    above = sum((x - x_mean) * (y - y_mean) for x, y in zip(xs, ys, strict=True))
    return above / sum((x - x_mean) ** 2 for x in xs)


def interleaved_ratio(work: Work, yardstick: Work, rounds: int = 7) -> float:
    """Return how many times as long *work* takes as *yardstick*: the median of paired runs.

    The two alternate, so that a machine that slows down slows down both.
    """
    ratios = []
    for _ in range(rounds):
        own = best_of(work, 1)
        ratios.append(own / best_of(yardstick, 1))
    return median(ratios)


def count_to(steps: int) -> int:
    """Return a sum in plain Python: the yardstick, about 4 ms for 100,000 on a 2026 machine."""
    total = 0
    for number in range(steps):
        total += number % 7
    return total
