"""The compiled kernel where cases move on: branches, scopes, alarms, the end of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.simulation.compiled import compiled
from tthc_flow.simulation.fast_branches import chosen, part, split, token_of
from tthc_flow.simulation.fast_clock import finish_of
from tthc_flow.simulation.fast_code import (
    ALARM_CLOCK,
    AROUND,
    FROM,
    GUARDED,
    GUARDS_FROM,
    GUARDS_TO,
    INTERRUPTS,
    JOIN,
    KIND,
    LEAVES,
    OPENS,
    PAUSES,
    POOL,
    SCOPE,
    TARGET,
)
from tthc_flow.simulation.fast_counting import finished
from tthc_flow.simulation.fast_heap import free_token, note, plan
from tthc_flow.simulation.fast_state import (
    AFTER,
    AT,
    BEFORE,
    BEGUN,
    COUNTED,
    CUTS,
    DEAD,
    HEAD,
    IDLE,
    NOW,
    OF_CASE,
    SCOPES,
    SERIAL,
    STATE,
    TAIL,
    VISITS,
    WAITING,
)
from tthc_flow.simulation.fast_visits import come, met
from tthc_flow.simulation.fast_work import account, resume, take
from tthc_flow.simulation.moving import MOVING, WORKING
from tthc_flow.simulation.moving import WAITING as IN_LINE
from tthc_flow.simulation.plain_events import ALARM, GOES_ON
from tthc_flow.simulation.program import Kind

if TYPE_CHECKING:
    from tthc_flow.simulation.fast_code import Code
    from tthc_flow.simulation.fast_state import State

TASK_OR_DELAY, CHOICE, JOINED, ENTER, END, SPLIT = map(
    int, (Kind.DELAY, Kind.CHOICE, Kind.JOIN, Kind.ENTER, Kind.END, Kind.SPLIT)
)
ENTRY, ORDER, BEGAN, OVER = range(4)
"""Columns of ``facts``."""
GONE, PLANNED = -1, -2
"""In place of a place: the token is no more, or goes on later."""


@compiled
def unlinked(state: State, token: int) -> None:
    """Take a token out of those of its case."""
    if not state.numbers[CUTS]:
        return
    tokens, case = state.tokens, state.tokens[token, OF_CASE]
    before, after = tokens[token, BEFORE], tokens[token, AFTER]
    if before >= 0:
        tokens[before, AFTER] = after
    else:
        state.cases[case, HEAD] = after
    if after >= 0:
        tokens[after, BEFORE] = before
    else:
        state.cases[case, TAIL] = before


@compiled
def left(code: Code, state: State, case: int, scope: int) -> int:
    """Leave a scope in which nothing is left; return where the case goes on, -1 where it ends."""
    state.counters[case, state.numbers[SCOPES] + scope] = 0
    onward = code.scopes[scope, LEAVES]
    if onward < 0:
        finished(state, case)
    return int(onward)


@compiled
def enter(code: Code, state: State, case: int, scope: int) -> None:
    """Open a scope and set the timers at its border."""
    now, serial = state.moments[NOW], state.numbers[SERIAL]
    state.numbers[SERIAL] = serial + 1
    state.counters[case, scope] = 1
    state.counters[case, state.numbers[SCOPES] + scope] = serial + 1
    for guard in range(code.scopes[scope, GUARDS_FROM], code.scopes[scope, GUARDS_TO]):
        moment = finish_of(code, code.guards[guard, ALARM_CLOCK], now, code.guard_minutes[guard])
        plan(state, moment, ALARM, note(state, case, guard, serial + 1))


@compiled
def stop(code: Code, state: State, case: int, scope: int, own: int) -> None:
    """Break off all that goes on in a scope, but for the token that says so."""
    scopes = state.numbers[SCOPES]
    for each in range(scopes):
        if code.under[scope, each]:
            state.counters[case, each] = state.counters[case, scopes + each] = 0
    for place in range(len(code.places)):
        if code.places[place, KIND] == JOINED and code.under[scope, code.places[place, SCOPE]]:
            state.counters[case, 2 * scopes + code.places[place, JOIN]] = 0
    token = state.cases[case, HEAD]
    while token >= 0:
        following = state.tokens[token, AFTER]
        place = state.tokens[token, AT]
        if token != own and code.under[scope, code.places[place, SCOPE]]:
            break_off(code, state, token, place)
        token = following


@compiled
def break_off(code: Code, state: State, token: int, place: int) -> None:
    """Break off what a token waits for or is worked on; whoever meets it later frees its row."""
    unlinked(state, token)
    state.tokens[token, DEAD] = 1
    standing, pool = state.tokens[token, STATE], code.places[place, POOL]
    if MOVING < standing < WORKING:
        state.spans[token, BEGUN] = state.moments[NOW]
    if standing != MOVING:
        account(code, state, token, state.moments[NOW], 0)
        if code.places[place, PAUSES]:
            resume(code, state, state.tokens[token, OF_CASE])
    if pool >= 0 and standing == IN_LINE:
        state.pools[pool, WAITING] -= 1
    if pool >= 0 and standing == WORKING:
        state.pools[pool, IDLE] += 1
        if state.pools[pool, WAITING]:
            take(code, state, pool)


@compiled
def went(code: Code, state: State, token: int, place: int) -> int:
    """Do what is done at a place that holds no token; return the next, ``GONE``, ``PLANNED``."""
    case, kind = state.tokens[token, OF_CASE], code.places[place, KIND]
    counters, target = state.counters, code.targets[code.places[place, FROM]]
    if kind == CHOICE:
        return chosen(code, state, case, place)
    if kind == ENTER:
        enter(code, state, case, code.places[place, OPENS])
        return int(target)
    if kind == JOINED:
        if not met(code, state, case, place, state.moments[NOW]):
            unlinked(state, token)
            return GONE
        latest = state.latest[case, code.places[place, JOIN]]
        if latest > state.moments[NOW]:  # a branch is known to end later
            state.tokens[token, AT] = target
            plan(state, latest, GOES_ON, token)
            return PLANNED
        return int(target)
    if state.cases[case, COUNTED]:
        state.visits[place, VISITS] += 1
    if kind == END:
        scope = code.places[place, SCOPE]
        counters[case, scope] -= 1
        if counters[case, scope] > 0:
            unlinked(state, token)
            return GONE
        return left(code, state, case, scope)
    scope = code.places[place, OPENS]
    stop(code, state, case, scope, token)
    return int(target) if target >= 0 else left(code, state, case, scope)


@compiled
def go(code: Code, state: State, token: int, place: int) -> None:
    """Move a token on, and those that it splits into, until each waits or is no more."""
    stack = state.stack
    stack[0, 0], stack[0, 1] = token, place
    height = 1
    while height > 0:
        height -= 1
        token, place = stack[height, 0], stack[height, 1]
        if state.tokens[token, DEAD]:
            free_token(state, token)
            continue
        while place >= 0 and code.places[place, KIND] < SPLIT:
            if code.places[place, KIND] <= TASK_OR_DELAY:
                come(code, state, token, place)
                break
            place = went(code, state, token, place)
        if place == GONE:
            free_token(state, token)
        elif place >= 0 and code.places[place, KIND] == SPLIT:
            height = split(code, state, token, place, height)
        elif place >= 0 and code.places[place, KIND] > SPLIT:
            height = part(code, state, token, place, height)


@compiled
def alarm(code: Code, state: State, row: int) -> int:
    """Let a timer at the border of a scope go off; return the token that it sends, -1: none."""
    case, guard, stamp = state.notes[row, 0], state.notes[row, 1], state.notes[row, 2]
    scope = code.guards[guard, GUARDED]
    if state.counters[case, state.numbers[SCOPES] + scope] != stamp:
        return -1
    if code.guards[guard, INTERRUPTS]:
        stop(code, state, case, scope, -1)
    else:
        state.counters[case, code.scopes[scope, AROUND]] += 1
    return token_of(state, case, code.guards[guard, TARGET])
