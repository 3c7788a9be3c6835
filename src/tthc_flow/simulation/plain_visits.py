"""The reference kernel where a token comes to a step or a wait of which there is more to tell."""

from __future__ import annotations

from functools import partial
from heapq import heapreplace
from math import floor
from typing import TYPE_CHECKING

from tthc_flow.simulation import plain_lines as lines
from tthc_flow.simulation import plain_scopes as scopes
from tthc_flow.simulation.moving import BROKEN_OFF, GATHERED, Later

if TYPE_CHECKING:
    from tthc_flow.simulation.moving import Place, Pool, Token
    from tthc_flow.simulation.running import Running


def come(run: Running, token: Token, place: Place) -> None:
    """Let *token* pass its time at a wait, or be served at a step."""
    token.place, token.ready = place, run.now
    token.minutes = 0.0 if place.column < 0 else run.drawn(token.case, place.column)
    if place.found.pauses:
        run.count.pause(token.case, run.now)
    if place.pool is None:
        _pass_time(run, token, place)
    elif place.found.batch is not None:
        _gather(run, token, place)
    else:
        _be_served(run, token, place, place.pool)


def _be_served(run: Running, token: Token, place: Place, pool: Pool) -> None:
    """Let *token*, which is ready now, be taken up by who is free first, as soon as they are."""
    if not pool.foreseen:
        lines.line_up(run, token, place, pool)
        return
    clock, spread = pool.clock, token.minutes * place.stretch
    begun = max(run.now, pool.free[0])
    if clock is None:
        done = begun + spread
    else:
        begun = clock.opening(begun)
        done = clock.finish(begun, spread)
    heapreplace(pool.free, done)
    token.begun = begun
    _leave(run, token, place, done)


def _pass_time(run: Running, token: Token, place: Place) -> None:
    now, clock = run.now, place.clock
    token.begun = now
    done = now + token.minutes if clock is None else clock.finish(now, token.minutes)
    if run.cuts:
        lines.work_on(run, token, done)
    else:
        _leave(run, token, place, done)


def _leave(run: Running, token: Token, place: Place, done: float) -> None:
    """Note a visit that nothing can change any more, and plan where *token* goes after it."""
    run.count.visit(token, done, whole=True)
    if place.found.pauses:
        run.push(done, Later(partial(_resumed, run, token)))
    elif place.target.meets:
        scopes.meet(run, token, place.target, done)
    else:
        token.place = place.target
        run.push(done, token)


def _resumed(run: Running, token: Token) -> None:
    run.count.resume(token.case, run.now)
    token.place = token.place.target
    run.moving.append(token)


def _gather(run: Running, token: Token, place: Place) -> None:
    """Lay *token* to its batch, which goes on when it is full or its time has come."""
    batch = place.found.batch
    if batch is None:
        return
    token.state = GATHERED
    place.gathered.append(token)
    if (
        batch.size is not None
        and sum(each.state != BROKEN_OFF for each in place.gathered) >= batch.size
    ):
        _release(run, place)
    elif len(place.gathered) == 1:
        clock = place.pool.clock
        now = run.now if clock is None else clock.worked(run.now)
        moment = (floor(now / batch.every) + 1) * batch.every
        moment = moment if clock is None else clock.at(moment)
        run.push(moment, Later(partial(_release_at, run, place, place.releases)))


def _release_at(run: Running, place: Place, number: int) -> None:
    """Hand a batch on at its time, unless it went before."""
    if place.releases == number:
        _release(run, place)


def _release(run: Running, place: Place) -> None:
    """Hand a batch on: its dossiers are ready in the order in which they came."""
    place.releases += 1
    tokens, place.gathered = place.gathered, []
    for token in tokens:
        if token.state != BROKEN_OFF:
            token.case.batch += run.count.worked(token.ready, run.now)
            token.ready = run.now
            _be_served(run, token, place, place.pool)
