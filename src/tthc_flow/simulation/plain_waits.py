"""The reference kernel where time is counted apart: batches, opening hours, the legal clock."""

from __future__ import annotations

from functools import partial
from math import floor
from typing import TYPE_CHECKING

from tthc_flow.simulation.moving import GATHERED

if TYPE_CHECKING:
    from tthc_flow.simulation.moving import Case, Place, Pool, Token
    from tthc_flow.simulation.running import Running


def gather(run: Running, token: Token, place: Place) -> None:
    """Lay *token* to its batch, which goes on when it is full or its time has come."""
    batch = place.found.batch
    if batch is None:
        return
    token.state = GATHERED
    place.gathered.append(token)
    if batch.size is not None and sum(not each.dead for each in place.gathered) >= batch.size:
        release(run, place)
    elif len(place.gathered) == 1:
        clock = None if place.pool is None else place.pool.clock
        now = run.now if clock is None else clock.worked(run.now)
        moment = (floor(now / batch.every) + 1) * batch.every
        moment = moment if clock is None else clock.at(moment)
        run.push(moment, partial(release_at, run, place, place.releases))


def release_at(run: Running, place: Place, number: int) -> None:
    """Hand a batch on at its time, unless it went before."""
    if place.releases == number:
        release(run, place)


def release(run: Running, place: Place) -> None:
    """Hand a batch on: its dossiers line up in the order in which they came."""
    place.releases += 1
    tokens, place.gathered = place.gathered, []
    pool = place.pool
    for token in tokens:
        if token.dead or pool is None:
            continue
        token.case.batch += run.count.worked(token.ready, run.now)
        token.ready = run.now
        run.line_up(token, place, pool)


def wake(run: Running, pool: Pool) -> None:
    """Plan that *pool* looks at its line when it opens next."""
    if pool.clock is not None and not pool.woken:
        pool.woken = True
        run.push(pool.clock.opening(run.now), partial(opened, run, pool))


def opened(run: Running, pool: Pool) -> None:
    """Let *pool* begin its hours."""
    pool.woken = False
    run.take(pool)


def pause(run: Running, case: Case) -> None:
    """Let the legal clock of *case* stand."""
    if not case.pausing:
        case.since = run.now
    case.pausing += 1


def resume(run: Running, case: Case) -> None:
    """Let the legal clock of *case* go on, if nothing else holds it."""
    case.pausing -= 1
    if not case.pausing:
        case.stood += run.count.worked(case.since, run.now)
