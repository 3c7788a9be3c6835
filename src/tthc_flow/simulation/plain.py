"""The reference kernel: a heap of the moments at which something happens, in plain Python.

Who comes to people that serve one after the other as they come learns at once when it will be their
turn and when they are done (:mod:`.plain_lines` is about the others): nothing happens in between.
So only one moment a visit is planned, and none where the case then waits at a join for a branch
that takes longer.

Order is part of the result: what happens at one moment happens as it was planned, timers at borders
last; a split is entered in the order of its arrows.

Source: Law, Simulation Modeling and Analysis (2015), 1.3 (next-event time advance); Kiefer,
    Wolfowitz, On the theory of queues with many servers (1955): when each person is free again.
"""

from __future__ import annotations

from functools import partial
from heapq import heappop, heappush, heapreplace
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from tthc_flow.simulation import plain_scopes as scopes
from tthc_flow.simulation import plain_visits as visits
from tthc_flow.simulation.counting import Counting
from tthc_flow.simulation.draws import Draws, arrival_of, is_drawn
from tthc_flow.simulation.moving import Case, Later, Stream, Token, places_of
from tthc_flow.simulation.program import LAST, Kind, inside
from tthc_flow.simulation.refused import never_end

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tthc_flow.simulation.moving import Place
    from tthc_flow.simulation.program import Program
    from tthc_flow.simulation.tally import Length, Tally, Tell

TOLD_EACH: Final = 1024


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

    Source: see the module.
    """
    return Plain(program, seed, length, tell=tell, log=log).run()


class Plain:
    """A run under way."""

    def __init__(
        self, program: Program, seed: int, length: Length, *, tell: Tell | None, log: bool
    ) -> None:
        """Begin at minute 0 with an empty office."""
        self.program, self.length, self.tell = program, length, tell
        self.now, self.events = 0.0, 0
        self.heap: list[tuple[float, int, Token | Later]] = []
        self.moving: list[Token | Later] = []
        self.stamps: Iterator[int] = count(1)
        self.came = self.ended = 0
        self.cuts = program.cuts
        self.places = places_of(program, log=log)
        for place in self.places:
            place.passed = PASSING[place.found.kind]
        self.count = Counting(program, self.places, length, log=log)
        self.inside: Sequence[frozenset[int]] = inside(program.scopes)
        self.streams = self._drawn(seed)

    def _drawn(self, seed: int) -> list[Stream]:
        """Return the arrivals of each procedure; its places learn their column in its draws."""
        found = []
        for spot, entry in enumerate(self.program.entries):
            mine = [
                place for place in self.places[entry.first : entry.last] if is_drawn(place.found)
            ]
            for column, place in enumerate(mine, start=1):
                place.column = column
            draws = Draws([arrival_of(entry.name), *(each.found for each in mine)], seed)
            here = self.program.instructions[entry.first : entry.last]
            blocks = [each.scope for each in here if each.kind is Kind.JOIN and not each.need]
            stream = Stream(spot, entry, draws, blocks)
            stream.arrival = Later(partial(self._arrive, stream))
            found.append(stream)
        return found

    def run(self) -> Tally:
        """Let everything happen until the last case is over."""
        for stream in self.streams:
            self._expect(stream)
        self._happens()
        if self.ended < self.length.cases:
            raise never_end(self.length.cases - self.ended)
        return self.count.tally(self.events, self.now)

    def _happens(self) -> None:  # noqa: C901 - all of time is spent here: no calls
        """Let one thing after the other happen, until nothing is planned any more."""
        heap, moving, serial = self.heap, self.moving, self.stamps
        token: Any
        place: Any
        while heap:
            self.now, _, token = heappop(heap)
            now = self.now
            while True:
                place = token.place
                while place is not None and not place.brief:
                    place = place.passed(self, token, place)
                if place is not None:
                    case, column, free = token.case, place.column, place.free
                    row = case.row
                    minutes = row[column]
                    if minutes is None:
                        minutes = self.drawn_again(case, column)
                    row[column] = None
                    begun = free[0]
                    if begun <= now:
                        done = now + minutes
                    else:
                        done = begun + minutes
                        case.queue += begun - now
                        if case.counted:
                            place.queue += begun - now
                    case.work += minutes
                    if case.counted:
                        place.visits += 1
                        place.work += minutes
                    heapreplace(free, done)
                    token.place = place.target
                    if token.place.meets:
                        scopes.meet(self, token, token.place, done)
                    else:
                        heappush(heap, (done, next(serial), token))
                if not moving:
                    break
                token = moving.pop()

    def push(self, moment: float, what: Token | Later) -> None:
        """Plan that a token moves on, or something else happens, at *moment*."""
        heappush(self.heap, (moment, next(self.stamps), what))

    def push_last(self, moment: float, what: Later) -> None:
        """Plan that something happens at *moment*, after all else that happens then."""
        heappush(self.heap, (moment, next(self.stamps) + LAST, what))

    def drawn(self, case: Case, column: int) -> Any:  # noqa: ANN401 - minutes, or a place
        """Return what is drawn at this visit."""
        found, case.row[column] = case.row[column], None
        return self.drawn_again(case, column) if found is None else found

    def drawn_again(self, case: Case, column: int) -> Any:  # noqa: ANN401 - minutes, or a place
        """Return what is drawn at a further visit: the row of a case holds those of the first."""
        visit = case.visits[column] = case.visits.get(column, 0) + 1
        return self.streams[case.entry].draws.value(column, case.number, visit)

    def _expect(self, stream: Stream) -> None:
        """Plan the next arrival of a procedure."""
        moment = stream.next()
        if moment is not None:
            self.push(moment, stream.arrival)

    def _arrive(self, stream: Stream) -> None:
        order = self.came
        if order == self.length.cases:
            return
        entry = stream.entry
        case = Case(stream, order, self.now, counted=order >= self.length.warm)
        self.came = order + 1
        if self.tell is not None and not self.came % TOLD_EACH:
            self.tell(self.came)
        self.count.comes(order, self.now)
        self._expect(stream)
        self.moving.append(self.token(case, self.places[entry.start]))

    def token(self, case: Case, place: Place) -> Token:
        """Return a new token of *case* before *place*."""
        token = Token(case, place)
        if self.cuts:
            case.tokens[token] = None
        return token

    def over(self, case: Case) -> None:
        """Note that *case* is over; with the last one, whatever is still planned is dropped."""
        self.ended += 1
        self.count.goes(case, self.now)
        if self.ended == self.length.cases:
            self.events = next(self.stamps) - 1 - len(self.heap)
            self.heap.clear()


def choose(run: Plain, token: Token, place: Place) -> Place:
    """Return the way that *token* takes."""
    case, column = token.case, place.column
    row = case.row
    chosen: int | None = row[column]
    if chosen is None:
        chosen = int(run.drawn_again(case, column))
    row[column] = None
    return run.places[chosen]


PASSING: Final = {
    Kind.TASK: visits.come,
    Kind.DELAY: visits.come,
    Kind.CHOICE: choose,
    Kind.SPLIT: scopes.split,
    Kind.SOME: scopes.part,
    Kind.JOIN: scopes.join,
    Kind.ENTER: scopes.enter,
    Kind.END: scopes.end,
    Kind.CUT: scopes.cut_off,
}
"""What is done with a token that comes to a place which is not brief; it returns the next place."""
