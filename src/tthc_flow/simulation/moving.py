"""What moves in the reference kernel: pools, places, cases and their tokens."""

from __future__ import annotations

from collections import deque
from math import isnan
from typing import TYPE_CHECKING, Any, Final

from tthc_flow.simulation.draws import BLOCK
from tthc_flow.simulation.program import OWN_CLOCK

if TYPE_CHECKING:
    from tthc_flow.simulation.clock import Clock, Rate
    from tthc_flow.simulation.draws import Draws
    from tthc_flow.simulation.program import Crowd, Entry, Instruction, Program

MOVING: Final = 0
GATHERED: Final = 1
WAITING: Final = 2
WORKING: Final = 3


class Pool:
    """The people of a pool while cases run: how many are idle, and who waits, by rank."""

    __slots__ = ("clock", "crowd", "idle", "lines", "one", "waiting", "woken")

    def __init__(self, crowd: Crowd, clock: Clock | None, levels: int) -> None:
        """Begin with everybody idle."""
        self.crowd, self.clock = crowd, clock
        self.idle = crowd.people
        self.lines: tuple[deque[Token], ...] = tuple(deque() for _ in range(levels))
        self.one = self.lines[0] if levels == 1 else None
        self.waiting = 0
        self.woken = False

    def first(self) -> Token:
        """Return who is next: the first of the highest rank that has a line."""
        if self.one is not None:
            return self.one.popleft()
        for line in self.lines:
            if line:
                return line.popleft()
        raise IndexError


class Place:
    """An instruction while cases run, joined to what follows it."""

    __slots__ = (
        "clock", "column", "found", "gathered", "kind", "level", "number", "plain", "pool", "queue",
        "rate", "releases", "stretch", "target", "targets", "visits", "work",
    )  # fmt: skip

    def __init__(self, number: int, found: Instruction, pool: Pool | None) -> None:
        """Take over what never changes."""
        self.number, self.found = number, found
        self.pool: Any = pool  # asked of steps alone, which have one
        self.kind, self.level = int(found.kind), found.level
        self.column = -1
        self.clock: Clock | None = None
        self.stretch = 1.0 if pool is None else pool.crowd.stretch
        self.rate = 0.0 if pool is None or isnan(pool.crowd.rate) else pool.crowd.rate
        self.target: Any = None  # asked of what has one
        self.targets: tuple[Place, ...] = ()
        self.plain = False
        self.visits, self.queue, self.work = 0, 0.0, 0.0
        self.gathered: list[Token] = []
        self.releases = 0

    def is_plain(self, program: Program, *, log: bool) -> bool:
        """Return whether all of a visit is known when it begins: one clock, no extras."""
        return (
            self.pool is not None
            and program.worked
            and not (log or program.cuts or self.found.pauses or self.rate or self.found.batch)
            and self.stretch == 1.0
        )


class Case:
    """A case under way: what it met, how many tokens each scope holds, what it waited for."""

    __slots__ = (
        "applicant", "batch", "began", "closed", "cost", "counted", "diluted", "entry", "held",
        "joins", "number", "opened", "order", "other", "pausing", "queue", "row", "since", "stood",
        "tokens", "visits", "work",
    )  # fmt: skip

    def __init__(self, entry: int, number: int, order: int, began: float, row: list[Any]) -> None:
        """Begin at *began* with nothing behind it."""
        self.entry, self.number, self.order, self.began, self.row = entry, number, order, began, row
        self.held: dict[int, int] = {}
        self.opened: dict[int, int] = {}
        self.joins: dict[int, int] = {}
        self.visits: dict[int, int] = {}
        self.tokens: dict[Token, None] = {}
        self.queue = self.batch = self.applicant = self.other = self.work = 0.0
        self.closed = self.diluted = self.cost = self.stood = self.since = 0.0
        self.pausing = 0
        self.counted = False


class Stream:
    """The arrivals of a procedure: how many have come, and what the next will meet."""

    __slots__ = ("count", "draws", "entry", "moments", "number", "row")

    def __init__(self, entry: Entry, draws: Draws) -> None:
        """Begin before the first."""
        self.entry, self.draws = entry, draws
        self.number, self.count = 0, 0.0
        self.row: list[Any] = []
        self.moments: list[float] = []

    def next(self) -> float | None:
        """Return when the next case comes; ``None``: no more come."""
        number, entry = self.number, self.entry
        self.row = self.draws.row(number)
        if entry.rate is not None:
            if not number % BLOCK:
                self._block(number, entry.rate)
            return self.moments[number % BLOCK]
        return entry.trace[number] if number < len(entry.trace) else None

    def _block(self, number: int, rate: Rate) -> None:
        """Fill in the moments of the next cases: gaps added up one after the other."""
        counts = [self.count]
        for each in range(number, number + BLOCK):
            counts.append(counts[-1] + self.draws.row(each)[0])
        self.count = counts[-1]
        self.moments = rate.all_at(counts[1:])


class Token:
    """Where a case stands; several in parallel branches."""

    __slots__ = ("begun", "case", "dead", "minutes", "place", "ready", "state")

    def __init__(self, case: Case, place: Place) -> None:
        """Stand before *place*."""
        self.case, self.place = case, place
        self.state = MOVING
        self.dead = False
        self.ready = self.begun = self.minutes = 0.0


def places_of(program: Program, pools: list[Pool], *, log: bool) -> list[Place]:
    """Return the instructions of *program*, joined to each other and to the *pools*."""
    found = [
        Place(number, each, pools[each.pool] if each.pool >= 0 else None)
        for number, each in enumerate(program.instructions)
    ]
    for place in found:
        place.targets = tuple(found[each] for each in place.found.targets if each >= 0)
        place.target = place.targets[0] if place.targets else None
        place.plain = place.is_plain(program, log=log)
        if place.found.clock != OWN_CLOCK:
            place.clock = program.clocks[place.found.clock]
    return found
