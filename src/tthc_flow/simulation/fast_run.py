"""The loop of the compiled kernel: take what comes first, do it, until told to come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.simulation.compiled import compiled, whole
from tthc_flow.simulation.fast_branches import token_of
from tthc_flow.simulation.fast_code import FROM, PAUSES, POOL, ROOT, START
from tthc_flow.simulation.fast_counting import expect, watch
from tthc_flow.simulation.fast_heap import KINDS, free_note, free_token, new_case, next_of
from tthc_flow.simulation.fast_scopes import (
    BEGAN,
    ENTRY,
    ORDER,
    alarm,
    go,
)
from tthc_flow.simulation.fast_state import (
    AT,
    CAME,
    CASE_TOP,
    CASES,
    COUNTED,
    DEAD,
    ENDED,
    HEAD,
    HEAP,
    IDLE,
    LOGGED,
    LOGS,
    NOTE_TOP,
    NOW,
    NUMBER,
    OF_CASE,
    OUT,
    PAUSING,
    RELEASES,
    STATE,
    TAIL,
    TOKEN_TOP,
    WAITING,
    WARM,
    WOKEN,
)
from tthc_flow.simulation.fast_visits import release
from tthc_flow.simulation.fast_work import account, resume, take
from tthc_flow.simulation.moving import MOVING
from tthc_flow.simulation.plain_events import ARRIVAL, DONE, GOES_ON, OPENING, RELEASE, RESUMED

if TYPE_CHECKING:
    from tthc_flow.simulation.fast_code import Code
    from tthc_flow.simulation.fast_state import State


@whole
def run_on(code: Code, state: State, until: int, margin: int) -> bool:
    """Let things happen until so many cases came, rows are full, or nothing is left (false)."""
    numbers = state.numbers
    if numbers[CAME] == 0:
        for entry in range(len(code.entries)):
            expect(code, state, entry)
    while numbers[HEAP] > 0 and numbers[ENDED] < numbers[CASES]:
        if numbers[CAME] >= until or is_full(state, margin):
            return True
        state.moments[NOW] = state.heap_times[0]
        what = next_of(state)
        token = happens(code, state, what % KINDS, what // KINDS)
        if token >= 0:
            go(code, state, token, state.tokens[token, AT])
    return False


@compiled
def is_full(state: State, margin: int) -> bool:
    """Return whether fewer rows than *margin* are left somewhere."""
    numbers = state.numbers
    return bool(
        len(state.heap_times) - numbers[TOKEN_TOP] - numbers[NOTE_TOP] <= margin
        or len(state.tokens) - numbers[TOKEN_TOP] <= margin
        or len(state.cases) - numbers[CASE_TOP] <= margin
        or len(state.notes) - numbers[NOTE_TOP] <= margin
        or len(state.out) == numbers[OUT]
        or (numbers[LOGS] and len(state.log) - numbers[LOGGED] - numbers[TOKEN_TOP] <= margin)
    )


@compiled
def happens(code: Code, state: State, kind: int, row: int) -> int:
    """Do what has come up; return the token that then moves on from where it is, -1: none."""
    if kind == DONE:
        return done(code, state, row)
    if kind == ARRIVAL:
        return arrive(code, state, row)
    if kind == GOES_ON:
        return row
    if kind == RESUMED:
        resume(code, state, state.tokens[row, OF_CASE])
        state.tokens[row, AT] = code.targets[code.places[state.tokens[row, AT], FROM]]
        return row
    if kind == OPENING:
        state.pools[row, WOKEN] = 0
        take(code, state, row)
        return -1
    if kind == RELEASE:
        place = state.notes[row, 0]
        if state.visits[place, RELEASES] == state.notes[row, 1]:
            release(code, state, place)
        free_note(state, row)
        return -1
    token = alarm(code, state, row)
    free_note(state, row)
    return token


@compiled
def done(code: Code, state: State, token: int) -> int:
    """Let who worked on a token take the next one; return the token, ahead of where it goes."""
    if state.tokens[token, DEAD]:
        free_token(state, token)
        return -1
    place = state.tokens[token, AT]
    pool = code.places[place, POOL]
    state.tokens[token, STATE] = MOVING
    if pool >= 0:
        state.pools[pool, IDLE] += 1
        if state.pools[pool, WAITING]:
            take(code, state, pool)
    account(code, state, token, state.moments[NOW], 1)
    if code.places[place, PAUSES]:
        resume(code, state, state.tokens[token, OF_CASE])
    state.tokens[token, AT] = code.targets[code.places[place, FROM]]
    return token


@compiled
def arrive(code: Code, state: State, entry: int) -> int:
    """Let a case come; return its first token."""
    order = state.numbers[CAME]
    if order == state.numbers[CASES]:
        return -1
    case = new_case(state)
    for column in range(state.facts.shape[1]):
        state.facts[case, column] = 0.0
    for column in range(state.counters.shape[1]):
        state.counters[case, column] = 0
    state.facts[case, ENTRY], state.facts[case, ORDER] = entry, order
    state.facts[case, BEGAN] = state.moments[NOW]
    state.cases[case, NUMBER] = state.came[entry]
    state.cases[case, PAUSING] = 0
    state.cases[case, HEAD] = state.cases[case, TAIL] = -1
    state.cases[case, COUNTED] = order >= state.numbers[WARM]
    state.counters[case, code.entries[entry, ROOT]] = 1
    state.numbers[CAME] += 1
    state.came[entry] += 1
    watch(state, order)
    expect(code, state, entry)
    return token_of(state, case, code.entries[entry, START])
