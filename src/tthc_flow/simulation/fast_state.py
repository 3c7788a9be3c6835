"""What changes while the compiled kernel runs: arrays that grow when they are full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tthc_flow.simulation.meter import AT_ONCE, FIELDS
from tthc_flow.simulation.program import Kind

if TYPE_CHECKING:
    from tthc_flow.simulation.program import Program
    from tthc_flow.simulation.tally import Length

HEAP, SERIAL, CAME, ENDED, TOKEN_FREE, TOKEN_TOP, CASE_FREE, CASE_TOP, NOTE_FREE, NOTE_TOP = range(
    10
)
OUT, LOGGED, CASES, WARM, CUTS, LOGS, OBSERVING, INSIDE, SCOPES, JOINS, WORKED = range(10, 21)
REGISTERS: Final = 21
"""Columns of ``numbers``: sizes and counts of the run."""
NOW, AREA, CHANGED, WINDOW_FROM, WINDOW_TO = range(5)
"""Columns of ``moments``."""
OF_CASE, AT, STATE, DEAD, NEXT, BEFORE, AFTER = range(7)
"""Columns of ``tokens``: ``NEXT`` in a line or batch, ``BEFORE`` and ``AFTER`` in its case."""
READY, BEGUN, MINUTES = range(3)
"""Columns of ``spans``."""
NUMBER, PAUSING, HEAD, TAIL, COUNTED = range(5)
"""Columns of ``cases``."""
SINCE: Final = len(FIELDS)
"""The column of ``facts`` after the fields of :mod:`tthc_flow.simulation.meter`."""
IDLE, WAITING, WOKEN = range(3)
"""Columns of ``pools``."""
VISITS, RELEASES, GATHERED, LAST_GATHERED, GATHERED_COUNT = range(5)
"""Columns of ``visits``."""
QUEUED, WORKED_ON = range(2)
"""Columns of ``worked``."""


class State(NamedTuple):
    """The arrays of a run under way."""

    numbers: Any
    moments: Any
    heap_times: Any
    heap_serials: Any
    heap_what: Any
    tokens: Any
    spans: Any
    cases: Any
    facts: Any
    counters: Any
    pools: Any
    free: Any
    latest: Any
    lines: Any
    visits: Any
    worked: Any
    came: Any
    counts: Any
    notes: Any
    out: Any
    log: Any
    stack: Any


def state_of(program: Program, length: Length, *, log: bool) -> State:
    """Return an empty office at minute 0."""
    import numpy as np

    size = len(program.instructions)
    scopes = len(program.scopes)
    joins = sum(each.kind is Kind.JOIN for each in program.instructions)
    levels = 1 + max((each.level for each in program.instructions), default=0)
    room = 1024 + 4 * size
    numbers = np.zeros(REGISTERS, dtype=np.int64)
    numbers[[TOKEN_FREE, CASE_FREE, NOTE_FREE]] = -1
    numbers[[CASES, WARM, CUTS, LOGS]] = length.cases, length.warm, program.cuts, log
    numbers[[SCOPES, JOINS, WORKED]] = scopes, joins, program.worked or not program.clocks
    pools = np.zeros((max(len(program.crowds), 1), 3), dtype=np.int64)
    pools[: len(program.crowds), IDLE] = [each.people for each in program.crowds]
    visits = np.zeros((size, 5), dtype=np.int64)
    visits[:, [GATHERED, LAST_GATHERED]] = -1
    return State(
        numbers=numbers,
        moments=np.zeros(5),
        heap_times=np.empty(room),
        heap_serials=np.empty(room, dtype=np.int64),
        heap_what=np.empty(room, dtype=np.int64),
        tokens=np.empty((room, 7), dtype=np.int64),
        spans=np.empty((room, 3)),
        cases=np.empty((room, 5), dtype=np.int64),
        facts=np.empty((room, SINCE + 1)),
        counters=np.empty((room, 2 * scopes + joins + size), dtype=np.int64),
        pools=pools,
        free=np.full(1 + sum(each.people for each in program.crowds), -np.inf),
        latest=np.empty((room, max(joins, 1))),
        lines=np.full((len(pools), levels, 2), -1, dtype=np.int64),
        visits=visits,
        worked=np.zeros((size, 2)),
        came=np.zeros(len(program.entries), dtype=np.int64),
        counts=np.zeros(len(program.entries)),
        notes=np.empty((room, 3), dtype=np.int64),
        out=np.empty((AT_ONCE, len(FIELDS))),
        log=np.empty((room if log else 1, 6)),
        stack=np.empty((4 * size + 8, 2), dtype=np.int64),
    )


_GROWING: Final = (
    (("heap_times", "heap_serials", "heap_what"), (TOKEN_TOP, NOTE_TOP)),
    (("tokens", "spans"), (TOKEN_TOP,)),
    (("cases", "facts", "counters", "latest"), (CASE_TOP,)),
    (("notes",), (NOTE_TOP,)),
    (("log",), (LOGGED, TOKEN_TOP)),
)
"""Arrays that grow together, and the registers that say how far they may be filled next.

Each token and each note is planned at most once, and leaves at most one row of the log at once.
"""


def grown(state: State, margin: int) -> State:
    """Return *state* with twice the room where less than *margin* rows are left."""
    import numpy as np

    bigger = {}
    for names, registers in _GROWING:
        if LOGGED in registers and not state.numbers[LOGS]:
            continue
        size = len(getattr(state, names[0]))
        if size - sum(state.numbers[each] for each in registers) <= margin:
            for name in names:
                old = getattr(state, name)
                new = np.empty((2 * size, *old.shape[1:]), dtype=old.dtype)
                new[:size] = old
                bigger[name] = new
    return state._replace(**bigger)
