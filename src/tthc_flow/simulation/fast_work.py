"""The compiled kernel where people work: lines, batches, opening hours, what a visit took."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.simulation.compiled import compiled
from tthc_flow.simulation.fast_clock import finish_of, opening_of, passed_on
from tthc_flow.simulation.fast_code import (
    ALONE,
    LEVEL,
    POOL,
    POOL_CLOCK,
    RATE,
    SHIFT,
    STRETCH,
    TABLE,
    WAIT,
)
from tthc_flow.simulation.fast_heap import bits_of, free_token, plan
from tthc_flow.simulation.fast_state import (
    AT,
    BEGUN,
    COUNTED,
    DEAD,
    IDLE,
    LOGGED,
    LOGS,
    MINUTES,
    NEXT,
    NOW,
    NUMBER,
    OF_CASE,
    PAUSING,
    QUEUED,
    READY,
    SINCE,
    STATE,
    VISITS,
    WAITING,
    WOKEN,
    WORKED,
    WORKED_ON,
)
from tthc_flow.simulation.moving import WAITING as IN_LINE
from tthc_flow.simulation.moving import WORKING
from tthc_flow.simulation.plain_events import DONE, OPENING

if TYPE_CHECKING:
    from tthc_flow.simulation.fast_code import Code
    from tthc_flow.simulation.fast_state import State

ENTRY, QUEUE, BATCH, APPLICANT, OTHER, WORK, CLOSED, DILUTED, STOOD, COST = (
    0,
    4,
    5,
    6,
    7,
    8,
    9,
    10,
    11,
    12,
)
"""Columns of ``facts``, as :data:`tthc_flow.simulation.meter.FIELDS` names them."""


@compiled
def drawn(code: Code, state: State, case: int, place: int) -> float:
    """Return how many minutes this visit takes."""
    table = code.places[place, TABLE]
    if table < 0:
        return 0.0
    visit = next_visit(state, case, place)
    bits = bits_of(code.keys[place], state.cases[case, NUMBER], visit)
    shift = code.places[place, SHIFT]
    return float(code.tables[table + (bits >> shift)] if shift < ALONE else code.tables[table])


@compiled
def next_visit(state: State, case: int, place: int) -> int:
    """Return how often a case was drawn for at a place before, and count this time."""
    spot = state.counters.shape[1] - state.visits.shape[0] + place
    visit = state.counters[case, spot]
    state.counters[case, spot] = visit + 1
    return int(visit)


@compiled
def office_time(code: Code, state: State, since: float, until: float) -> float:
    """Return the office's worked minutes between two moments of the kernel's clock."""
    return until - since if state.numbers[WORKED] else passed_on(code, 0, since, until)


@compiled
def pause(state: State, case: int) -> None:
    """Let the legal clock of a case stand."""
    if state.cases[case, PAUSING] == 0:
        state.facts[case, SINCE] = state.moments[NOW]
    state.cases[case, PAUSING] += 1


@compiled
def resume(code: Code, state: State, case: int) -> None:
    """Let the legal clock of a case go on, if nothing else holds it."""
    state.cases[case, PAUSING] -= 1
    if state.cases[case, PAUSING] == 0:
        since = state.facts[case, SINCE]
        state.facts[case, STOOD] += office_time(code, state, since, state.moments[NOW])


@compiled
def line_up(code: Code, state: State, token: int, place: int) -> None:
    """Let a token be taken up, or stand in the line of its pool."""
    now, pool = state.moments[NOW], code.places[place, POOL]
    if state.pools[pool, IDLE] and opening_of(code, code.pools[pool, POOL_CLOCK], now) <= now:
        begin(code, state, token, pool)
        return
    state.tokens[token, STATE] = IN_LINE
    state.tokens[token, NEXT] = -1
    level = code.places[place, LEVEL]
    last = state.lines[pool, level, 1]
    if last >= 0:
        state.tokens[last, NEXT] = token
    else:
        state.lines[pool, level, 0] = token
    state.lines[pool, level, 1] = token
    state.pools[pool, WAITING] += 1
    if state.pools[pool, IDLE]:
        wake(code, state, pool)


@compiled
def wake(code: Code, state: State, pool: int) -> None:
    """Plan that a pool looks at its line when it opens next."""
    clock = code.pools[pool, POOL_CLOCK]
    if clock >= 0 and not state.pools[pool, WOKEN]:
        state.pools[pool, WOKEN] = 1
        plan(state, opening_of(code, clock, state.moments[NOW]), OPENING, pool)


@compiled
def begin(code: Code, state: State, token: int, pool: int) -> None:
    """Let an idle person take a token up."""
    now, place = state.moments[NOW], state.tokens[token, AT]
    state.pools[pool, IDLE] -= 1
    state.spans[token, BEGUN] = now
    state.tokens[token, STATE] = WORKING
    spread = state.spans[token, MINUTES] * code.weights[place, STRETCH]
    plan(state, finish_of(code, code.pools[pool, POOL_CLOCK], now, spread), DONE, token)


@compiled
def take(code: Code, state: State, pool: int) -> None:
    """Let the idle people of a pool take up who waits, the first of the highest rank first."""
    now = state.moments[NOW]
    if opening_of(code, code.pools[pool, POOL_CLOCK], now) > now:
        wake(code, state, pool)
        return
    while state.pools[pool, IDLE] and state.pools[pool, WAITING]:
        level = 0
        while state.lines[pool, level, 0] < 0:
            level += 1
        token = state.lines[pool, level, 0]
        following = state.tokens[token, NEXT]
        state.lines[pool, level, 0] = following
        if following < 0:
            state.lines[pool, level, 1] = -1
        if state.tokens[token, DEAD]:
            free_token(state, token)
        else:
            state.pools[pool, WAITING] -= 1
            begin(code, state, token, pool)


@compiled
def account(code: Code, state: State, token: int, until: float, whole: int) -> None:
    """Note what a token waits and works at the place that it leaves at *until*."""
    place, case = state.tokens[token, AT], state.tokens[token, OF_CASE]
    ready, begun = state.spans[token, READY], state.spans[token, BEGUN]
    minutes = state.spans[token, MINUTES]
    queued = 0.0
    pool = code.places[place, POOL]
    if pool < 0:
        minutes = office_time(code, state, ready, until)
        wait = code.places[place, WAIT]
        state.facts[case, WORK if wait == 0 else APPLICANT if wait == 1 else OTHER] += minutes
        if wait:
            queued, minutes = minutes, 0.0
        else:
            state.facts[case, COST] += minutes * code.weights[place, RATE]
    else:
        clock, stretch = code.pools[pool, POOL_CLOCK], code.weights[place, STRETCH]
        queued = passed_on(code, clock, ready, begun)
        if not whole:
            minutes = min(minutes, passed_on(code, clock, begun, until) / stretch)
        spread = minutes * stretch
        state.facts[case, QUEUE] += queued
        if not state.numbers[WORKED]:
            state.facts[case, CLOSED] += passed_on(code, 0, ready, until) - queued - spread
        state.facts[case, DILUTED] += spread - minutes
        state.facts[case, WORK] += minutes
        state.facts[case, COST] += minutes * code.weights[place, RATE]
    if state.cases[case, COUNTED]:
        state.visits[place, VISITS] += 1
        state.worked[place, QUEUED] += queued
        state.worked[place, WORKED_ON] += minutes
    if state.numbers[LOGS]:
        row = state.numbers[LOGGED]
        state.numbers[LOGGED] = row + 1
        state.log[row, 0], state.log[row, 1] = state.facts[case, ENTRY], state.cases[case, NUMBER]
        state.log[row, 2], state.log[row, 3] = place, ready
        state.log[row, 4], state.log[row, 5] = begun, until
