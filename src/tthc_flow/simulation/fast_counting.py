"""The compiled kernel where cases come and go: arrivals, and who is in the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.simulation.compiled import compiled
from tthc_flow.simulation.fast_clock import arrival_at
from tthc_flow.simulation.fast_code import (
    RATE_COUNT,
    TRACE_COUNT,
    TRACE_FROM,
)
from tthc_flow.simulation.fast_heap import bits_of, free_case, plan
from tthc_flow.simulation.fast_state import (
    AREA,
    CASES,
    CHANGED,
    COUNTED,
    ENDED,
    INSIDE,
    NOW,
    OBSERVING,
    OUT,
    WARM,
    WINDOW_FROM,
    WINDOW_TO,
)
from tthc_flow.simulation.plain_events import ARRIVAL

if TYPE_CHECKING:
    from tthc_flow.simulation.fast_code import Code
    from tthc_flow.simulation.fast_state import State

ENTRY, ORDER, BEGAN, OVER = range(4)
"""Columns of ``facts``."""


@compiled
def count_inside(state: State, change: int) -> None:
    """Note that a case came into the office or left it."""
    now = state.moments[NOW]
    if state.numbers[OBSERVING]:
        state.moments[AREA] += state.numbers[INSIDE] * (now - state.moments[CHANGED])
    state.numbers[INSIDE] += change
    state.moments[CHANGED] = now


@compiled
def expect(code: Code, state: State, entry: int) -> None:
    """Plan the next arrival of a procedure."""
    number = state.came[entry]
    if code.entries[entry, RATE_COUNT] > 0:
        bits = bits_of(code.entry_keys[entry], number, 0)
        state.counts[entry] += code.tables[bits >> 52]
        plan(state, arrival_at(code, entry, state.counts[entry]), ARRIVAL, entry)
    elif number < code.entries[entry, TRACE_COUNT]:
        plan(state, code.traces[code.entries[entry, TRACE_FROM] + number], ARRIVAL, entry)


@compiled
def watch(state: State, order: int) -> None:
    """Note that the case number *order* comes."""
    count_inside(state, 1)
    if order == state.numbers[WARM]:
        state.numbers[OBSERVING] = 1
        state.moments[WINDOW_FROM] = state.moments[WINDOW_TO] = state.moments[NOW]
        state.moments[AREA] = 0.0
    if order == state.numbers[CASES] - 1:
        state.numbers[OBSERVING] = 0
        state.moments[WINDOW_TO] = state.moments[NOW]


@compiled
def finished(state: State, case: int) -> None:
    """Write down a case that is over, and let its row be used again."""
    count_inside(state, -1)
    state.numbers[ENDED] += 1
    state.facts[case, OVER] = state.moments[NOW]
    if state.cases[case, COUNTED]:
        row = state.numbers[OUT]
        for column in range(state.out.shape[1]):
            state.out[row, column] = state.facts[case, column]
        state.numbers[OUT] += 1
    free_case(state, case)
