"""The reference kernel where branches part and meet, and where scopes begin, end or are cut off."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tthc_flow.simulation import plain_lines as lines
from tthc_flow.simulation.moving import BROKEN_OFF, MOVING, WAITING, WORKING, Later
from tthc_flow.simulation.program import NOWHERE, OWN_CLOCK

if TYPE_CHECKING:
    from tthc_flow.simulation.moving import Case, Place, Token
    from tthc_flow.simulation.program import Guard
    from tthc_flow.simulation.running import Running


def part(run: Running, token: Token, place: Place) -> Place | None:
    """Send a token into each branch of those that are drawn; return where the only one leads."""
    ways = run.drawn(token.case, place.column)
    taken = tuple(each for way, each in enumerate(place.targets) if ways >> way & 1)
    if len(taken) == 1:
        return taken[0]
    split(run, token, place, taken)
    return None


def split(run: Running, token: Token, place: Place, taken: tuple[Place, ...] = ()) -> None:
    """Send a token into each branch, the first of them first; *token* itself takes the last."""
    case, targets = token.case, taken or place.targets
    case.held[place.found.scope] += len(targets) - 1
    token.place = targets[-1]
    others = [run.token(case, target) for target in targets[:-1]]
    others.reverse()
    run.moving.append(token)
    run.moving.extend(others)


def join(run: Running, token: Token, place: Place) -> Place | None:
    """Return where the last token of a join goes on; the others are no more."""
    latest = _met(token.case, place, run.now)
    if latest == run.now:
        return _target(place)
    if latest is not None:  # a branch is known to end later
        token.place = place.target
        run.push(latest, token)
    elif run.cuts:
        vanish(token)
    return None


def meet(run: Running, token: Token, place: Place, moment: float) -> None:
    """Let *token* be at a join from *moment* on, which nothing can change any more.

    The last branch to be known plans when they go on together: no moment is planned for the others.
    """
    latest = _met(token.case, place, moment)
    if latest is not None:
        token.place = place.target
        run.push(latest, token)


def _met(case: Case, place: Place, moment: float) -> float | None:
    """Return when the branches of a join go on together, once it is known of each."""
    others = case.joins.get(place.number)
    need = place.need or 1 + case.held[place.found.scope]
    if need == 1:
        return moment
    if others is None:
        case.joins[place.number] = [moment]
        return None
    others.append(moment)
    if len(others) < need:
        return None
    case.held[place.found.scope] -= len(others) - 1
    del case.joins[place.number]
    return max(others)


def _target(place: Place) -> Place | None:
    target: Place | None = place.target
    return target


def vanish(token: Token) -> None:
    """Forget *token*."""
    token.case.tokens.pop(token, None)


def enter(run: Running, token: Token, place: Place) -> Place | None:
    """Open a scope and set the timers at its border."""
    case, scope = token.case, place.found.opens
    case.held[scope] = 1
    stamp = case.opened[scope] = next(run.stamps)
    for guard in run.program.scopes[scope].guards:
        clock = None if guard.clock == OWN_CLOCK else run.program.clocks[guard.clock]
        moment = run.now + guard.minutes
        if clock is not None:
            moment = clock.finish(run.now, guard.minutes)
        run.push_last(moment, Later(partial(alarm, run, case, guard, (scope, stamp))))
    return _target(place)


def end(run: Running, token: Token, place: Place) -> Place | None:
    """End a branch; return where the case goes on when nothing is left in the scope."""
    case, scope = token.case, place.found.scope
    if case.counted:
        place.visits += 1
    case.held[scope] -= 1
    if case.held[scope]:
        if run.cuts:
            vanish(token)
        return None
    return left(run, token, scope)


def left(run: Running, token: Token, scope: int) -> Place | None:
    """Leave a scope in which nothing is left; the case is over if it was the outermost."""
    case = token.case
    case.opened[scope] = 0
    onward = run.program.scopes[scope].leaves
    if onward == NOWHERE:
        run.over(case)
        return None
    return run.places[onward]


def cut_off(run: Running, token: Token, place: Place) -> Place | None:
    """End a whole scope from inside, by an error or a terminate event."""
    case = token.case
    if case.counted:
        place.visits += 1
    stop(run, case, place.found.opens, token)
    if place.target is None:
        return left(run, token, place.found.opens)
    return _target(place)


def alarm(run: Running, case: Case, guard: Guard, opened: tuple[int, int]) -> None:
    """Let a timer at the border of a scope go off, if the scope is still the one *opened*."""
    scope, stamp = opened
    if case.opened.get(scope) != stamp:
        return
    if guard.interrupting:
        stop(run, case, scope, None)
    else:
        case.held[run.program.scopes[scope].around] += 1
    place = run.places[guard.target]
    run.moving.append(run.token(case, place))


def stop(run: Running, case: Case, scope: int, own: Token | None) -> None:
    """Break off all that goes on in *scope*, but for the token that says so."""
    within = run.inside[scope]
    for each in within:
        case.held[each] = case.opened[each] = 0
    for number in tuple(case.joins):
        if run.places[number].found.scope in within:
            del case.joins[number]
    for token in tuple(case.tokens):
        if token is not own and token.place.found.scope in within:
            _break_off(run, token)


def _break_off(run: Running, token: Token) -> None:
    token.case.tokens.pop(token)
    state, token.state = token.state, BROKEN_OFF
    place, pool, now = token.place, token.place.pool, run.now
    if state == MOVING:
        if token in run.moving:
            run.moving.remove(token)
        return
    if state != WORKING:
        token.begun = now
    run.count.visit(token, now, whole=False)
    if place.found.pauses:
        run.count.resume(token.case, now)
    if state == WAITING:
        pool.waiting -= 1
    elif state == WORKING and pool is not None:
        lines.free(run, pool)
