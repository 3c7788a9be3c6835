"""The reference kernel where nobody knows their turn beforehand: a line for each rank.

Who is more urgent goes first, and work that is broken off leaves a person free; so people take
up the next dossier when they are free, before the finished one goes on.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tthc_flow.simulation.moving import BROKEN_OFF, MOVING, WAITING, WORKING, Later

if TYPE_CHECKING:
    from tthc_flow.simulation.moving import Place, Pool, Token
    from tthc_flow.simulation.running import Running


def line_up(run: Running, token: Token, place: Place, pool: Pool) -> None:
    """Let *token* be taken up, or stand in the line of *pool*."""
    if pool.idle and (pool.clock is None or pool.clock.opening(run.now) <= run.now):
        _begin(run, token, pool)
        return
    token.state = WAITING
    pool.lines[place.level].append(token)
    pool.waiting += 1
    if pool.idle:
        _wake(run, pool)


def _begin(run: Running, token: Token, pool: Pool) -> None:
    """Let an idle person take *token* up."""
    pool.idle -= 1
    token.begun = run.now
    spread = token.minutes * token.place.stretch
    clock = pool.clock
    work_on(run, token, run.now + spread if clock is None else clock.finish(run.now, spread))


def work_on(run: Running, token: Token, done: float) -> None:
    """Plan that work on *token*, or its wait, is *done*, unless it is broken off before."""
    token.state = WORKING
    run.push(done, Later(partial(_finish, run, token)))


def _finish(run: Running, token: Token) -> None:
    """Let the person who worked on *token* take the next, then *token* go on."""
    if token.state == BROKEN_OFF:
        return
    place = token.place
    token.state = MOVING
    if place.pool is not None:
        free(run, place.pool)
    run.count.visit(token, run.now, whole=True)
    if place.found.pauses:
        run.count.resume(token.case, run.now)
    token.place = place.target
    run.moving.append(token)


def free(run: Running, pool: Pool) -> None:
    """Let one person more of *pool* be idle, or take up who waits."""
    pool.idle += 1
    if pool.waiting:
        _take(run, pool)


def _take(run: Running, pool: Pool) -> None:
    """Let the idle people of *pool* take up who waits, the first of the highest rank first."""
    if pool.clock is not None and pool.clock.opening(run.now) > run.now:
        _wake(run, pool)
        return
    while pool.idle and pool.waiting:
        token = pool.first()
        if token.state != BROKEN_OFF:
            pool.waiting -= 1
            _begin(run, token, pool)


def _wake(run: Running, pool: Pool) -> None:
    """Plan that *pool* looks at its line when it opens next."""
    if pool.clock is not None and not pool.woken:
        pool.woken = True
        run.push(pool.clock.opening(run.now), Later(partial(_open, run, pool)))


def _open(run: Running, pool: Pool) -> None:
    """Let *pool* begin its hours."""
    pool.woken = False
    _take(run, pool)
