"""The compiled kernel where branches part: which of them a case takes, and its tokens for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.simulation.compiled import compiled
from tthc_flow.simulation.draws import UNIT
from tthc_flow.simulation.fast_clock import bisected
from tthc_flow.simulation.fast_code import COUNT, FROM, SCOPE, UPTO
from tthc_flow.simulation.fast_heap import bits_of, new_token
from tthc_flow.simulation.fast_state import (
    AFTER,
    AT,
    BEFORE,
    CUTS,
    DEAD,
    HEAD,
    NUMBER,
    OF_CASE,
    STATE,
    TAIL,
)
from tthc_flow.simulation.fast_work import next_visit
from tthc_flow.simulation.moving import MOVING

if TYPE_CHECKING:
    from tthc_flow.simulation.fast_code import Code
    from tthc_flow.simulation.fast_state import State


@compiled
def token_of(state: State, case: int, place: int) -> int:
    """Return a new token of a case before a place."""
    token = new_token(state)
    tokens = state.tokens
    tokens[token, OF_CASE], tokens[token, AT] = case, place
    tokens[token, STATE], tokens[token, DEAD] = MOVING, 0
    if state.numbers[CUTS]:
        last = state.cases[case, TAIL]
        tokens[token, BEFORE], tokens[token, AFTER] = last, -1
        if last >= 0:
            tokens[last, AFTER] = token
        else:
            state.cases[case, HEAD] = token
        state.cases[case, TAIL] = token
    return token


@compiled
def share_of(code: Code, state: State, case: int, place: int) -> float:
    """Return the number from 0 to 1 that decides this visit."""
    visit = next_visit(state, case, place)
    return (bits_of(code.keys[place], state.cases[case, NUMBER], visit) >> 11) * UNIT


@compiled
def chosen(code: Code, state: State, case: int, place: int) -> int:
    """Return where a choice leads this visit."""
    share = share_of(code, state, case, place)
    begin, last = code.places[place, UPTO], code.places[place, COUNT] - 1
    spot = 0
    while spot < last and code.upto[begin + spot] <= share:
        spot += 1
    return int(code.targets[code.places[place, FROM] + spot])


@compiled
def set_taken(code: Code, state: State, case: int, place: int) -> int:
    """Return which ways of an inclusive choice are taken this visit, each a bit."""
    share = share_of(code, state, case, place)
    sets = (1 << code.places[place, COUNT]) - 1
    return bisected(code.upto, code.places[place, UPTO], sets - 1, share, 1) + 1


@compiled
def split(code: Code, state: State, token: int, place: int, height: int) -> int:
    """Lay a token for each branch on the stack, the first on top; return its height."""
    begin, count = code.places[place, FROM], code.places[place, COUNT]
    case = state.tokens[token, OF_CASE]
    state.counters[case, code.places[place, SCOPE]] += count - 1
    top = height + count - 1
    for branch in range(count - 1):
        target = code.targets[begin + branch]
        state.stack[top - branch, 0] = token_of(state, case, target)
        state.stack[top - branch, 1] = target
    state.tokens[token, STATE], state.tokens[token, AT] = MOVING, code.targets[begin + count - 1]
    state.stack[height, 0], state.stack[height, 1] = token, code.targets[begin + count - 1]
    return int(top + 1)


@compiled
def part(code: Code, state: State, token: int, place: int, height: int) -> int:
    """Lay a token for each branch that is drawn on the stack; return its height."""
    begin, count = code.places[place, FROM], code.places[place, COUNT]
    case = state.tokens[token, OF_CASE]
    ways = set_taken(code, state, case, place)
    more = -1
    for way in range(count):
        more += (ways >> way) & 1
    state.counters[case, code.places[place, SCOPE]] += more
    top = height + more
    for way in range(count):
        if (ways >> way) & 1:
            target = code.targets[begin + way]
            if top > height:
                state.stack[top, 0] = token_of(state, case, target)
            else:
                state.tokens[token, STATE], state.tokens[token, AT] = MOVING, target
                state.stack[top, 0] = token
            state.stack[top, 1] = target
            top -= 1
    return int(height + more + 1)
