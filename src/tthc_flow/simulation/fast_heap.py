"""The heap and the free rows of the compiled kernel, and its random numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from tthc_flow.simulation import draws
from tthc_flow.simulation.compiled import compiled
from tthc_flow.simulation.fast_state import (
    CASE_FREE,
    CASE_TOP,
    HEAP,
    NEXT,
    NOTE_FREE,
    NOTE_TOP,
    NUMBER,
    SERIAL,
    TOKEN_FREE,
    TOKEN_TOP,
)
from tthc_flow.simulation.plain_events import ALARM
from tthc_flow.simulation.program import LAST

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tthc_flow.simulation.fast_state import State

    Whole = NDArray[np.int64]

_FIRST: Final = np.uint64(draws.FIRST)
_SECOND: Final = np.uint64(draws.SECOND)
_CASE: Final = np.uint64(draws.CASE)
_VISIT: Final = np.uint64(draws.VISIT)
_27, _30, _31 = np.uint64(27), np.uint64(30), np.uint64(31)
KINDS: Final = 8
"""What happens is kept as one number: which row it is about, times this, plus its kind."""


@compiled
def bits_of(key: np.uint64, case: int, visit: int) -> np.uint64:
    """Return the 64 random bits of a visit; wraps as :func:`tthc_flow.simulation.draws.mixed`."""
    number = key + np.uint64(case) * _CASE + np.uint64(visit) * _VISIT
    number = (number ^ (number >> _30)) * _FIRST
    number = (number ^ (number >> _27)) * _SECOND
    return number ^ (number >> _31)


@compiled
def plan(state: State, moment: float, kind: int, row: int) -> None:
    """Put on the heap that something happens at *moment*."""
    times, serials, what = state.heap_times, state.heap_serials, state.heap_what
    serial = state.numbers[SERIAL]
    state.numbers[SERIAL] = serial + 1
    if kind == ALARM:
        serial += LAST
    spot = state.numbers[HEAP]
    state.numbers[HEAP] = spot + 1
    while spot > 0:
        above = (spot - 1) >> 1
        if times[above] < moment or (times[above] == moment and serials[above] < serial):
            break  # what was planned before goes before at the same moment, timers at borders last
        times[spot], serials[spot], what[spot] = times[above], serials[above], what[above]
        spot = above
    times[spot], serials[spot], what[spot] = moment, serial, row * KINDS + kind


@compiled
def next_of(state: State) -> int:
    """Take the first of the heap off and return what it is."""
    times, serials, what = state.heap_times, state.heap_serials, state.heap_what
    found = what[0]
    size = state.numbers[HEAP] - 1
    state.numbers[HEAP] = size
    moment, serial, last = times[size], serials[size], what[size]
    spot, below = 0, 1
    while below < size:
        right = below + 1
        if right < size and (
            times[right] < times[below]
            or (times[right] == times[below] and serials[right] < serials[below])
        ):
            below = right
        if moment < times[below] or (moment == times[below] and serial < serials[below]):
            break
        times[spot], serials[spot], what[spot] = times[below], serials[below], what[below]
        spot = below
        below = 2 * spot + 1
    times[spot], serials[spot], what[spot] = moment, serial, last
    return int(found)


@compiled
def _free_row(numbers: Whole, rows: Whole, link: int, free: int, top: int) -> int:
    """Return a row that was let go, where column *link* names the one before, else a new one."""
    found = numbers[free]
    if found >= 0:
        numbers[free] = rows[found, link]
    else:
        found = numbers[top]
        numbers[top] = found + 1
    return int(found)


@compiled
def new_token(state: State) -> int:
    """Return a free row of ``tokens``."""
    return _free_row(state.numbers, state.tokens, NEXT, TOKEN_FREE, TOKEN_TOP)


@compiled
def free_token(state: State, token: int) -> None:
    """Let a row of ``tokens`` be used again."""
    state.tokens[token, NEXT] = state.numbers[TOKEN_FREE]
    state.numbers[TOKEN_FREE] = token


@compiled
def new_case(state: State) -> int:
    """Return a free row of ``cases``."""
    return _free_row(state.numbers, state.cases, NUMBER, CASE_FREE, CASE_TOP)


@compiled
def free_case(state: State, case: int) -> None:
    """Let a row of ``cases`` be used again."""
    state.cases[case, NUMBER] = state.numbers[CASE_FREE]
    state.numbers[CASE_FREE] = case


@compiled
def note(state: State, one: int, two: int, three: int) -> int:
    """Keep what a planned alarm or release is about; return its row."""
    notes = state.notes
    found = _free_row(state.numbers, notes, 0, NOTE_FREE, NOTE_TOP)
    notes[found, 0], notes[found, 1], notes[found, 2] = one, two, three
    return found


@compiled
def free_note(state: State, row: int) -> None:
    """Let a row of ``notes`` be used again."""
    state.notes[row, 0] = state.numbers[NOTE_FREE]
    state.numbers[NOTE_FREE] = row
