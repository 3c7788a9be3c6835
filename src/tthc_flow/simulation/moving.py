"""What moves in the reference kernel: pools, places, cases and their tokens."""

from __future__ import annotations

from collections import deque
from itertools import accumulate
from math import inf, isnan
from typing import TYPE_CHECKING, Any, Final

from tthc_flow.simulation.draws import BLOCK
from tthc_flow.simulation.program import OWN_CLOCK, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tthc_flow.simulation.clock import Clock, Rate
    from tthc_flow.simulation.draws import Draws
    from tthc_flow.simulation.program import Crowd, Entry, Instruction, Program

MOVING: Final = 0
GATHERED: Final = 1
WAITING: Final = 2
WORKING: Final = 3
BROKEN_OFF: Final = 4


class Pool:
    """The people of a pool while cases run.

    Where the turn of who comes is *foreseen* it keeps when each of them is *free*; else how many
    are idle now, and who waits, by rank.
    """

    __slots__ = ("clock", "crowd", "foreseen", "free", "idle", "lines", "waiting", "woken")

    def __init__(self, crowd: Crowd, clock: Clock | None, levels: int, *, foreseen: bool) -> None:
        """Begin with everybody idle."""
        self.crowd, self.clock, self.foreseen = crowd, clock, foreseen
        self.free = [-inf] * crowd.people
        self.idle = crowd.people
        self.lines: tuple[deque[Token], ...] = tuple(deque() for _ in range(levels))
        self.waiting = 0
        self.woken = False

    def first(self) -> Token:
        """Return who is next: the first of the highest rank that has a line."""
        return next(line.popleft() for line in self.lines if line)


class Place:
    """An instruction while cases run, joined to what follows it.

    It is *brief* where all there is to tell of a visit is how long busy people were waited for; it
    *meets* branches where it is known before when they come.
    """

    __slots__ = (
        "brief", "clock", "column", "found", "free", "gathered", "level", "meets", "need", "number",
        "passed",
        "pool", "queue", "rate", "releases", "stretch", "target", "targets", "visits",
        "work",
    )  # fmt: skip

    def __init__(self, number: int, found: Instruction, pool: Pool | None) -> None:
        """Take over what never changes."""
        self.number, self.found = number, found
        self.pool: Any = pool  # asked of steps alone, which have one
        self.free: Any = None if pool is None else pool.free
        self.level, self.need = found.level, found.need
        self.column = -1
        self.clock: Clock | None = None
        self.stretch = 1.0 if pool is None else pool.crowd.stretch
        rate = found.rate if pool is None else pool.crowd.rate
        self.rate = 0.0 if rate is None or isnan(rate) else rate
        self.target: Any = None  # asked of what has one
        self.targets: tuple[Place, ...] = ()
        self.brief = self.meets = False
        self.passed: Any = None  # set by the run: what is done with who comes here
        self.visits, self.queue, self.work = 0, 0.0, 0.0
        self.gathered: list[Token] = []
        self.releases = 0

    def is_brief(self, program: Program, *, log: bool) -> bool:
        """Return whether a visit here is brief to tell: one clock, no extras."""
        return (
            self.pool is not None
            and self.pool.foreseen
            and program.worked
            and self.found.chance is not None
            and not (log or self.found.pauses or self.rate or self.found.batch)
            and self.stretch == 1.0
        )


class Case:
    """A case under way: what it met, how many tokens each scope holds, what it waited for."""

    __slots__ = (
        "applicant", "batch", "began", "closed", "cost", "counted", "diluted", "entry", "held",
        "joins", "number", "opened", "order", "other", "pausing", "queue", "row", "since", "stood",
        "tokens", "visits", "work",
    )  # fmt: skip

    def __init__(self, stream: Stream, order: int, began: float, *, counted: bool) -> None:
        """Begin at *began* with nothing behind it: the next case of *stream*."""
        self.entry, self.number, self.row = stream.spot, stream.number - 1, stream.row
        self.order, self.began, self.counted = order, began, counted
        self.held = stream.held.copy()
        self.opened: dict[int, int] = {}
        self.joins: dict[int, list[float]] = {}
        self.visits: dict[int, int] = {}
        self.tokens: dict[Token, None] = {}
        self.queue = self.batch = self.applicant = self.other = self.work = 0.0
        self.closed = self.diluted = self.cost = self.stood = self.since = 0.0
        self.pausing = 0


class Stream:
    """The arrivals of a procedure: how many are planned, and what the last of them will meet."""

    __slots__ = ("arrival", "count", "draws", "entry", "held", "moments", "number", "row", "spot")

    def __init__(self, spot: int, entry: Entry, draws: Draws, blocks: Iterable[int]) -> None:
        """Begin before the first of the procedure number *spot*, which has these *blocks*."""
        self.spot, self.entry, self.draws = spot, entry, draws
        self.held = {**dict.fromkeys(blocks, 0), entry.root: 1}
        self.number, self.count = 0, 0.0
        self.row: list[Any] = []
        self.moments: Sequence[float] = entry.trace
        self.arrival: Later

    def next(self) -> float | None:
        """Return when the next case comes; ``None``: no more come."""
        number, rate = self.number, self.entry.rate
        self.number = number + 1
        self.row = self.draws.row(number)
        if rate is not None:
            number %= BLOCK
            if not number:
                self._block(rate)
        return self.moments[number] if number < len(self.moments) else None

    def _block(self, rate: Rate) -> None:
        """Fill in the moments of the next cases: gaps added up one after the other."""
        first = self.number - 1
        gaps = [self.draws.row(each)[0] for each in range(first, first + BLOCK)]
        counts = list(accumulate(gaps, initial=self.count))
        self.count = counts[-1]
        self.moments = rate.all_at(counts[1:])


class Token:
    """Where a case stands; several in parallel branches."""

    __slots__ = ("begun", "case", "minutes", "place", "ready", "state")

    def __init__(self, case: Case, place: Place) -> None:
        """Stand before *place*."""
        self.case, self.place = case, place
        self.state = MOVING
        self.ready: float
        self.begun: float
        self.minutes: float


class Later:
    """Something planned that is no token which goes on; it is its own place."""

    __slots__ = ("happen", "place")
    brief = False

    def __init__(self, happen: Callable[[], object]) -> None:
        """Do *happen* when it comes up."""
        self.happen, self.place = happen, self

    def passed(self, _run: object, _token: object, _place: object) -> None:
        """Do what was planned."""
        self.happen()


def places_of(program: Program, *, log: bool) -> list[Place]:
    """Return the instructions of *program*, joined to each other and to its pools."""
    pools = _pools_of(program)
    found = [
        Place(number, each, pools[each.pool] if each.pool >= 0 else None)
        for number, each in enumerate(program.instructions)
    ]
    for place in found:
        place.targets = tuple(found[each] for each in place.found.targets if each >= 0)
        place.target = place.targets[0] if place.targets else None
        place.brief = place.is_brief(program, log=log)
        place.meets = place.found.kind is Kind.JOIN and not program.cuts
        if place.found.clock != OWN_CLOCK:
            place.clock = program.clocks[place.found.clock]
    return found


def _pools_of(program: Program) -> list[Pool]:
    levels = 1 + max((each.level for each in program.instructions), default=0)
    return [
        Pool(
            crowd,
            None if crowd.clock == OWN_CLOCK else program.clocks[crowd.clock],
            levels,
            foreseen=foreseen,
        )
        for crowd, foreseen in zip(program.crowds, program.foreseen, strict=True)
    ]
