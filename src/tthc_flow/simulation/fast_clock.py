"""The clocks and the rates of arrival for the compiled kernel: as in ``clock.py``, on arrays."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING, Any

from tthc_flow.simulation.compiled import compiled
from tthc_flow.simulation.fast_code import PERIOD, RATE_COUNT, RATE_FROM, TOTAL

if TYPE_CHECKING:
    from tthc_flow.simulation.fast_code import Code


@compiled
def bisected(values: Any, begin: int, count: int, value: float, right: int) -> int:  # noqa: ANN401 - an array
    """Return how many of *count* ascending values are below *value* (*right* of 1: or equal)."""
    low, high = 0, count
    while low < high:
        middle = (low + high) >> 1
        here = values[begin + middle]
        if here < value or (right and here == value):
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def worked_by(code: Code, clock: int, moment: float) -> float:
    """Return the minutes that a clock has worked by *moment*."""
    begin, count = code.clock_spans[clock, 0], code.clock_spans[clock, 1]
    rounds = floor(moment / code.clock_sizes[clock, PERIOD])
    rest = moment - rounds * code.clock_sizes[clock, PERIOD]
    span = bisected(code.opens, begin, count, rest, 1) - 1
    inside = 0.0
    if span >= 0:
        spot = begin + span
        inside = code.before[spot] + min(rest, code.closes[spot]) - code.opens[spot]
    return float(rounds * code.clock_sizes[clock, TOTAL] + inside)


@compiled
def moment_of(code: Code, clock: int, minutes: float) -> float:
    """Return the first moment at which a clock has worked so many minutes."""
    begin, count = code.clock_spans[clock, 0], code.clock_spans[clock, 1]
    period = code.clock_sizes[clock, PERIOD]
    rounds = floor(minutes / code.clock_sizes[clock, TOTAL])
    rest = minutes - rounds * code.clock_sizes[clock, TOTAL]
    if rest <= 0.0 and rounds > 0:
        return float((rounds - 1) * period + code.closes[begin + count - 1])
    span = begin + max(bisected(code.before, begin, count, rest, 0) - 1, 0)
    return float(rounds * period + code.opens[span] + (rest - code.before[span]))


@compiled
def opening_of(code: Code, clock: int, moment: float) -> float:
    """Return *moment* where a clock runs, else when it runs next; always *moment* without one."""
    if clock < 0:
        return moment
    begin, count = code.clock_spans[clock, 0], code.clock_spans[clock, 1]
    period = code.clock_sizes[clock, PERIOD]
    rounds = floor(moment / period)
    rest = moment - rounds * period
    span = bisected(code.opens, begin, count, rest, 1) - 1
    if span >= 0 and rest < code.closes[begin + span]:
        return moment
    if span + 1 < count:
        return float(rounds * period + code.opens[begin + span + 1])
    return float((rounds + 1) * period + code.opens[begin])


@compiled
def finish_of(code: Code, clock: int, moment: float, minutes: float) -> float:
    """Return when *minutes* of a clock that begin at *moment* are over."""
    if clock < 0:
        return moment + minutes
    if minutes <= 0.0:
        return moment
    return moment_of(code, clock, worked_by(code, clock, moment) + minutes)


@compiled
def passed_on(code: Code, clock: int, since: float, until: float) -> float:
    """Return the minutes of a clock between two moments; all minutes without one."""
    if clock < 0:
        return until - since
    return worked_by(code, clock, until) - worked_by(code, clock, since)


@compiled
def arrival_at(code: Code, entry: int, count: float) -> float:
    """Return the moment by which *count* cases of a procedure are expected."""
    begin, pieces = code.entries[entry, RATE_FROM], code.entries[entry, RATE_COUNT]
    rounds = floor(count / code.rate_sizes[entry, TOTAL])
    rest = count - rounds * code.rate_sizes[entry, TOTAL]
    piece = begin + bisected(code.rate_counts, begin, pieces, rest, 1) - 1
    spread = (rest - code.rate_counts[piece]) * code.rate_gaps[piece]
    return float(rounds * code.rate_sizes[entry, PERIOD] + code.rate_times[piece] + spread)
