"""The compiled kernel where a token comes to a step or a wait: its turn, its batch, its way on."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING, Final

from tthc_flow.simulation.compiled import compiled
from tthc_flow.simulation.fast_clock import finish_of, moment_of, opening_of, worked_by
from tthc_flow.simulation.fast_code import (
    CLOCK,
    EVERY,
    FORESEEN,
    FREE_FROM,
    FROM,
    JOIN,
    KIND,
    NEED,
    PAUSES,
    PEOPLE,
    POOL,
    POOL_CLOCK,
    SCOPE,
    SIZE,
    STRETCH,
)
from tthc_flow.simulation.fast_heap import free_token, note, plan
from tthc_flow.simulation.fast_state import (
    AT,
    BEGUN,
    CUTS,
    DEAD,
    GATHERED_COUNT,
    LAST_GATHERED,
    MINUTES,
    NEXT,
    NOW,
    OF_CASE,
    READY,
    RELEASES,
    SCOPES,
    STATE,
)
from tthc_flow.simulation.fast_state import GATHERED as FIRST_GATHERED
from tthc_flow.simulation.fast_work import BATCH, account, drawn, line_up, office_time, pause
from tthc_flow.simulation.moving import GATHERED, WORKING
from tthc_flow.simulation.plain_events import DONE, GOES_ON, RELEASE, RESUMED
from tthc_flow.simulation.program import Kind

if TYPE_CHECKING:
    from tthc_flow.simulation.fast_code import Code
    from tthc_flow.simulation.fast_state import State

JOINED: Final = int(Kind.JOIN)


@compiled
def come(code: Code, state: State, token: int, place: int) -> None:
    """Let a token wait at a step, or be worked on at once."""
    now, case = state.moments[NOW], state.tokens[token, OF_CASE]
    state.tokens[token, AT] = place
    state.spans[token, READY] = now
    state.spans[token, MINUTES] = drawn(code, state, case, place)
    if code.places[place, PAUSES]:
        pause(state, case)
    if code.places[place, POOL] < 0:
        state.spans[token, BEGUN] = now
        minutes = state.spans[token, MINUTES]
        moment = finish_of(code, code.places[place, CLOCK], now, minutes)
        if state.numbers[CUTS]:
            state.tokens[token, STATE] = WORKING
            plan(state, moment, DONE, token)
        else:
            leave(code, state, token, place, moment)
    elif code.weights[place, EVERY] > 0.0:
        gather(code, state, token, place)
    else:
        be_served(code, state, token, place)


@compiled
def be_served(code: Code, state: State, token: int, place: int) -> None:
    """Let a token, which is ready now, be taken up by who is free first, as soon as they are."""
    pool = code.places[place, POOL]
    if not code.pools[pool, FORESEEN]:
        line_up(code, state, token, place)
        return
    first, clock = code.pools[pool, FREE_FROM], code.pools[pool, POOL_CLOCK]
    begun = opening_of(code, clock, max(state.moments[NOW], state.free[first]))
    spread = state.spans[token, MINUTES] * code.weights[place, STRETCH]
    moment = finish_of(code, clock, begun, spread)
    busy_until(state, first, code.pools[pool, PEOPLE], moment)
    state.spans[token, BEGUN] = begun
    leave(code, state, token, place, moment)


@compiled
def busy_until(state: State, first: int, people: int, moment: float) -> None:
    """Let who is free first of some people, a heap from *first* on, be free at *moment* again."""
    free, spot, below = state.free, 0, 1
    while below < people:
        if below + 1 < people and free[first + below + 1] < free[first + below]:
            below += 1
        if moment <= free[first + below]:
            break
        free[first + spot] = free[first + below]
        spot = below
        below = 2 * spot + 1
    free[first + spot] = moment


@compiled
def leave(code: Code, state: State, token: int, place: int, moment: float) -> None:
    """Note a visit that nothing can change any more, and plan where its token goes after it."""
    account(code, state, token, moment, 1)
    target = code.targets[code.places[place, FROM]]
    if code.places[place, PAUSES]:
        plan(state, moment, RESUMED, token)
    elif code.places[target, KIND] != JOINED:
        state.tokens[token, AT] = target
        plan(state, moment, GOES_ON, token)
    elif met(code, state, state.tokens[token, OF_CASE], target, moment):
        state.tokens[token, AT] = code.targets[code.places[target, FROM]]
        latest = state.latest[state.tokens[token, OF_CASE], code.places[target, JOIN]]
        plan(state, latest, GOES_ON, token)
    else:
        free_token(state, token)


@compiled
def met(code: Code, state: State, case: int, place: int, moment: float) -> bool:
    """Note that a branch is at a join from *moment* on; return whether it is known of each."""
    join = code.places[place, JOIN]
    spot = 2 * state.numbers[SCOPES] + join
    there = state.counters[case, spot] + 1
    if there == 1 or moment > state.latest[case, join]:
        state.latest[case, join] = moment
    need = code.places[place, NEED]
    if need == 0:  # the join of a block: all that are in it
        need = 1 + state.counters[case, code.places[place, SCOPE]]
    if there < need:
        state.counters[case, spot] = there
        return False
    state.counters[case, spot] = 0
    state.counters[case, code.places[place, SCOPE]] -= there - 1
    return True


@compiled
def gather(code: Code, state: State, token: int, place: int) -> None:
    """Lay a token to its batch, which goes on when it is full or its time has come."""
    state.tokens[token, STATE] = GATHERED
    state.tokens[token, NEXT] = -1
    last = state.visits[place, LAST_GATHERED]
    if last >= 0:
        state.tokens[last, NEXT] = token
    else:
        state.visits[place, FIRST_GATHERED] = token
    state.visits[place, LAST_GATHERED] = token
    state.visits[place, GATHERED_COUNT] += 1
    size = code.places[place, SIZE]
    if size > 0 and state.visits[place, GATHERED_COUNT] >= size:
        release(code, state, place)
    elif last < 0:
        every, clock = code.weights[place, EVERY], code.pools[code.places[place, POOL], POOL_CLOCK]
        now = state.moments[NOW]
        counted = now if clock < 0 else worked_by(code, clock, now)
        moment = (floor(counted / every) + 1) * every
        moment = moment if clock < 0 else moment_of(code, clock, moment)
        plan(state, moment, RELEASE, note(state, place, state.visits[place, RELEASES], 0))


@compiled
def release(code: Code, state: State, place: int) -> None:
    """Hand a batch on: its dossiers line up in the order in which they came."""
    state.visits[place, RELEASES] += 1
    token = state.visits[place, FIRST_GATHERED]
    state.visits[place, FIRST_GATHERED] = state.visits[place, LAST_GATHERED] = -1
    state.visits[place, GATHERED_COUNT] = 0
    while token >= 0:
        following = state.tokens[token, NEXT]
        if state.tokens[token, DEAD]:
            free_token(state, token)
        else:
            case, now = state.tokens[token, OF_CASE], state.moments[NOW]
            ready = state.spans[token, READY]
            state.facts[case, BATCH] += office_time(code, state, ready, now)
            state.spans[token, READY] = now
            be_served(code, state, token, place)
        token = following
