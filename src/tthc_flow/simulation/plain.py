"""The reference kernel: a heap of what is to happen, in plain Python.

Order is part of the result: what happens at one moment happens as it was planned; who is free takes
the next dossier before the finished one goes on; a split is entered in the order of its arrows.
"""

from __future__ import annotations

from functools import partial
from heapq import heappop, heappush
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from tthc_flow.simulation import moving
from tthc_flow.simulation import plain_scopes as scopes
from tthc_flow.simulation import plain_waits as waits
from tthc_flow.simulation.counting import Counting
from tthc_flow.simulation.draws import Draws, arrival_of, is_drawn
from tthc_flow.simulation.moving import MOVING, WAITING, WORKING, Case, Pool, Token, places_of
from tthc_flow.simulation.program import Kind, inside
from tthc_flow.simulation.refused import never_end

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tthc_flow.simulation.moving import Place
    from tthc_flow.simulation.program import Program
    from tthc_flow.simulation.tally import Length, Tally, Tell

TOLD_EACH: Final = 1024
DELAY, CHOICE, SPLIT, JOIN, ENTER, END = map(
    int, (Kind.DELAY, Kind.CHOICE, Kind.SPLIT, Kind.JOIN, Kind.ENTER, Kind.END)
)
"""As plain numbers: the loop asks for them often."""


def run_plainly(
    program: Program, seed: int, length: Length, *, tell: Tell | None = None, log: bool = False
) -> Tally:
    """Return what comes out of *program* when *length* says how many cases come.

    Args:
        program: What is run.
        seed: The luck: the same seed gives the same result.
        length: How many cases come, and which are counted.
        tell: Now and then called with the number of cases that have come.
        log: Keep a row a visit; memory then grows with the cases.

    Raises:
        NotRunnable: TF433 where cases never end.

    Source: Law, Simulation Modeling and Analysis (2015), 1.3: next-event time advance.
    """
    return Plain(program, seed, length, log=log).run(tell)


class Plain:
    """A run under way."""

    def __init__(self, program: Program, seed: int, length: Length, *, log: bool) -> None:
        """Begin at minute 0 with an empty office."""
        self.program, self.length = program, length
        self.now = 0.0
        self.heap: list[tuple[float, int, Any]] = []
        self.events = 0
        self.serial: Iterator[int] = count()
        self.came = self.ended = 0
        self.count = Counting(program, length, log=log)
        levels = 1 + max((each.level for each in program.instructions), default=0)
        clocks = (None, *program.clocks)
        self.pools = [Pool(each, clocks[each.clock + 1], levels) for each in program.crowds]
        self.places = places_of(program, self.pools, log=log)
        self.inside: Sequence[frozenset[int]] = inside(program.scopes)
        self.cuts = program.cuts
        self.streams = self._drawn(seed)

    def _drawn(self, seed: int) -> list[moving.Stream]:
        """Return the arrivals of each procedure; its places learn their column in its draws."""
        found = []
        for entry in self.program.entries:
            mine = [
                place for place in self.places[entry.first : entry.last] if is_drawn(place.found)
            ]
            for column, place in enumerate(mine, start=1):
                place.column = column
            draws = Draws([arrival_of(entry.name), *(each.found for each in mine)], seed)
            found.append(moving.Stream(entry, draws))
        return found

    def run(self, tell: Tell | None) -> Tally:
        """Let everything happen until the last case is over."""
        for entry in range(len(self.streams)):
            self._expect(entry)
        heap, done, told = self.heap, self._done, 0
        while heap:
            self.now, _, what = heappop(heap)
            if what.__class__ is Token:
                done(what)
            else:
                what()
                if tell is not None and self.came - told >= TOLD_EACH:
                    told = self.came
                    tell(told)
        if self.ended < self.length.cases:
            raise never_end(self.length.cases - self.ended)
        return self.count.tally(self.places, self.events, self.now)

    def over(self, case: Case) -> None:
        """Note that *case* is over; with the last one, whatever is still planned is dropped."""
        self.ended += 1
        self.count.goes(case, self.now)
        if self.ended == self.length.cases:
            self.events = next(self.serial) - len(self.heap)
            self.heap.clear()

    def push(self, moment: float, what: Token | Callable[[], object]) -> None:
        """Plan that work on a token is done, or something else happens, at *moment*."""
        heappush(self.heap, (moment, next(self.serial), what))

    def _expect(self, entry: int) -> None:
        """Plan the next arrival of a procedure."""
        moment = self.streams[entry].next()
        if moment is not None:
            self.push(moment, partial(self._arrive, entry))

    def _arrive(self, entry: int) -> None:
        if self.came == self.length.cases:
            return
        stream, order = self.streams[entry], self.came
        case = Case(entry, stream.number, order, self.now, stream.row)
        case.counted = order >= self.length.warm
        self.came += 1
        stream.number += 1
        self.count.comes(order, self.now)
        self._expect(entry)
        found = self.program.entries[entry]
        case.held[found.root] = 1
        place = self.places[found.start]
        self.go(self.token(case, place), place)

    def token(self, case: Case, place: Place) -> Token:
        """Return a new token of *case* before *place*."""
        token = Token(case, place)
        if self.cuts:
            case.tokens[token] = None
        return token

    def go(self, token: Token, place: Place | None) -> None:
        """Move *token* on until it waits, is worked on, or is no more."""
        while place is not None:
            if place.plain:
                self._come_plainly(token, place)
                return
            kind = place.kind
            if kind == CHOICE:
                column, row = place.column, token.case.row
                chosen = row[column]
                if chosen is None:
                    chosen = self._drawn_at(token.case, place)
                row[column] = None
                place = self.places[chosen]
            elif kind <= DELAY:
                self._come(token, place)
                return
            elif kind == SPLIT:
                place = scopes.split(self, token, place)
            elif kind == JOIN:
                place = scopes.join(self, token, place)
            elif kind == ENTER:
                place = scopes.enter(self, token.case, place)
            elif kind == END:
                place = scopes.end(self, token, place)
            else:
                place = scopes.cut_off(self, token, place)

    def _drawn_at(self, case: Case, place: Place) -> Any:  # noqa: ANN401 - minutes, or a place
        """Return what is drawn for this visit; the first of each is in the row."""
        column = place.column
        found = case.row[column]
        if found is not None:
            case.row[column] = None
            return found
        visit = case.visits[column] = case.visits.get(column, 0) + 1
        return self.streams[case.entry].draws.value(column, case.number, visit)

    def _come_plainly(self, token: Token, place: Place) -> None:
        """Let *token* wait at a step of which nothing but its queue is to be told."""
        case = token.case
        row, column = case.row, place.column
        minutes = row[column]
        if minutes is None:
            minutes = self._drawn_at(case, place)
        else:
            row[column] = None
        token.place = place
        pool = place.pool
        if not pool.idle:
            token.ready, token.minutes = self.now, minutes
            pool.lines[place.level].append(token)
            pool.waiting += 1
            return
        pool.idle -= 1
        case.work += minutes
        if case.counted:
            place.visits += 1
            place.work += minutes
        heappush(self.heap, (self.now + minutes, next(self.serial), token))

    def _begin_plainly(self, token: Token, place: Place) -> None:
        """Let a person take *token* up who waited at such a step."""
        now, minutes, case = self.now, token.minutes, token.case
        queued = now - token.ready
        case.queue += queued
        case.work += minutes
        if case.counted:
            place.visits += 1
            place.queue += queued
            place.work += minutes
        heappush(self.heap, (now + minutes, next(self.serial), token))

    def _come(self, token: Token, place: Place) -> None:
        """Let *token* wait at a step, or be worked on at once."""
        now = self.now
        token.place, token.ready = place, now
        token.minutes = 0.0 if place.column < 0 else self._drawn_at(token.case, place)
        if place.found.pauses:
            waits.pause(self, token.case)
        pool = place.pool
        if pool is None:
            token.begun, token.state = now, WORKING
            clock, minutes = place.clock, token.minutes
            done = now + minutes if clock is None else clock.finish(now, minutes)
            self.push(done, token)
        elif place.found.batch is not None:
            waits.gather(self, token, place)
        else:
            self.line_up(token, place, pool)

    def line_up(self, token: Token, place: Place, pool: Pool) -> None:
        """Let *token* be taken up, or stand in the line of *pool*."""
        if pool.idle and (pool.clock is None or pool.clock.opening(self.now) <= self.now):
            pool.idle -= 1
            self._begin(token, place, pool)
            return
        token.state = WAITING
        pool.lines[place.level].append(token)
        pool.waiting += 1
        if pool.idle:
            waits.wake(self, pool)

    def _begin(self, token: Token, place: Place, pool: Pool) -> None:
        token.begun, token.state = self.now, WORKING
        spread = token.minutes * place.stretch
        clock = pool.clock
        self.push(self.now + spread if clock is None else clock.finish(self.now, spread), token)

    def _done(self, token: Token) -> None:
        """Let the person who worked on *token* take the next, then *token* go on."""
        if token.dead:
            return
        place = token.place
        pool = place.pool
        if pool is not None:
            if pool.waiting and place.plain:
                pool.waiting -= 1
                following = pool.first()
                if following.place.plain:
                    self._begin_plainly(following, following.place)
                else:
                    self._begin(following, following.place, pool)
            else:
                pool.idle += 1
                if pool.waiting:
                    self.take(pool)
        if not place.plain:
            token.state = MOVING
            self.count.visit(token, self.now, whole=True)
            if place.found.pauses:
                waits.resume(self, token.case)
        target = place.target
        if target.plain:
            self._come_plainly(token, target)
        else:
            self.go(token, target)

    def take(self, pool: Pool) -> None:
        """Let the idle people of *pool* take up who waits, the first of the highest rank first."""
        if pool.clock is not None and pool.clock.opening(self.now) > self.now:
            waits.wake(self, pool)
            return
        while pool.idle and pool.waiting:
            token = pool.first()
            if token.dead:
                continue
            pool.waiting -= 1
            pool.idle -= 1
            if token.place.plain:
                self._begin_plainly(token, token.place)
            else:
                self._begin(token, token.place, pool)
