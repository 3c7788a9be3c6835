"""A program as arrays: what the compiled kernel reads and never changes.

Columns are named by numbers, so that a row lies together in memory. Each array has one type of
number whatever the program holds: the kernel is compiled once, not once for each mixture.
"""

from __future__ import annotations

from itertools import accumulate
from math import isnan
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tthc_flow.simulation.draws import BITS, arrival_of, key_of, table_of
from tthc_flow.simulation.program import Kind, inside

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tthc_flow.simulation.program import Instruction, Program

(
    KIND,
    POOL,
    SCOPE,
    FROM,
    COUNT,
    TABLE,
    SHIFT,
    WAIT,
    CLOCK,
    LEVEL,
    PAUSES,
    SIZE,
    NEED,
    OPENS,
    JOIN,
    UPTO,
) = range(16)
"""Columns of ``places``; ``TABLE`` is where its times begin (-1: none), ``SHIFT`` what is left.

``FROM`` is where its targets begin, ``UPTO`` its cumulated shares.
"""
STRETCH, RATE, EVERY = range(3)
"""Columns of ``weights``."""
AROUND, LEAVES, GUARDS_FROM, GUARDS_TO = range(4)
"""Columns of ``scopes``."""
TARGET, INTERRUPTS, ALARM_CLOCK, GUARDED = range(4)
"""Columns of ``guards``."""
PEOPLE, POOL_CLOCK, FORESEEN, FREE_FROM = range(4)
"""Columns of ``pools``."""
START, ROOT, FIRST, RATE_FROM, RATE_COUNT, TRACE_FROM, TRACE_COUNT = range(7)
"""Columns of ``entries``."""
PERIOD, TOTAL = range(2)
"""Columns of ``clock_sizes`` and ``rate_sizes``."""
ALONE: Final = 63
"""The shift of a table of one time: what is left of the bits is 0 or 1, of which 0 is taken."""


class Code(NamedTuple):
    """The arrays of a program."""

    places: Any
    weights: Any
    keys: Any
    targets: Any
    upto: Any
    tables: Any
    scopes: Any
    guards: Any
    guard_minutes: Any
    under: Any
    pools: Any
    clock_spans: Any
    clock_sizes: Any
    opens: Any
    closes: Any
    before: Any
    entries: Any
    entry_keys: Any
    rate_sizes: Any
    rate_times: Any
    rate_gaps: Any
    rate_counts: Any
    traces: Any


def code_of(program: Program, seed: int) -> Code:
    """Return the arrays of *program* under a seed."""
    import numpy as np

    tables, spots = _tables(program)
    found = program.instructions
    rates = [each.rate for each in program.entries]
    guards = [(n, guard) for n, scope in enumerate(program.scopes) for guard in scope.guards]
    return Code(
        places=_rows(_places(program, spots)),
        weights=_floats(_weights(program, each) for each in found),
        keys=np.array([key_of(seed, each.key) for each in found], dtype=np.uint64),
        targets=_flat((each.targets for each in found), np.int64),
        upto=_flat((each.upto for each in found), float),
        tables=tables,
        scopes=_rows(_scopes(program)),
        guards=_rows(
            [(g.target, int(g.interrupting), g.clock, n) for n, g in guards] or [(0,) * 4]
        ),
        guard_minutes=_flat([tuple(guard.minutes for _, guard in guards)], float),
        under=np.array(
            [[n in under for n in range(len(program.scopes))] for under in inside(program.scopes)]
        ),
        pools=_rows(_pools(program) or [(0,) * 4]),
        clock_spans=_rows(_spans([len(each.opens) for each in program.clocks])),
        clock_sizes=_floats([(each.period, each.total) for each in program.clocks] or [(1.0, 1.0)]),
        opens=_flat((each.opens for each in program.clocks), float),
        closes=_flat((each.closes for each in program.clocks), float),
        before=_flat((each.before for each in program.clocks), float),
        entries=_rows(_entries(program)),
        entry_keys=np.array(
            [key_of(seed, arrival_of(each.name).key) for each in program.entries], dtype=np.uint64
        ),
        rate_sizes=_floats((1.0, 1.0) if r is None else (r.period, r.total) for r in rates),
        rate_times=_flat((() if r is None else r.times for r in rates), float),
        rate_gaps=_flat((() if r is None else r.gaps for r in rates), float),
        rate_counts=_flat((() if r is None else r.counts for r in rates), float),
        traces=_flat((each.trace for each in program.entries), float),
    )


def _rows(rows: Iterable[tuple[int, ...]]) -> Any:  # noqa: ANN401 - an array
    import numpy as np

    return np.array(list(rows), dtype=np.int64)


def _floats(rows: Iterable[tuple[float, ...]]) -> Any:  # noqa: ANN401 - an array
    import numpy as np

    return np.array(list(rows), dtype=float)


def _flat(parts: Iterable[tuple[float, ...]], kind: Any) -> Any:  # noqa: ANN401 - an array
    import numpy as np

    return np.array([value for part in parts for value in part] or [0], dtype=kind)


def _spans(counts: list[int]) -> list[tuple[int, int]]:
    """Return where each part begins in a flat array, and how long it is."""
    found, begin = [], 0
    for each in counts:
        found.append((begin, each))
        begin += each
    return found or [(0, 0)]


def _tables(program: Program) -> tuple[Any, dict[int, tuple[int, int]]]:
    """Return all times in one array, that of arrivals first; and where an instruction's are."""
    import numpy as np

    parts = [table_of(arrival_of("").chance)]
    begin, known, spots = len(parts[0]), dict[int, tuple[int, int]](), dict[int, tuple[int, int]]()
    for number, each in enumerate(program.instructions):
        if each.chance is None:
            continue
        table = table_of(each.chance)
        if id(table) not in known:
            known[id(table)] = begin, ALONE if len(table) == 1 else 64 - BITS
            parts.append(table if len(table) > 1 else table * 2)
            begin += len(parts[-1])
        spots[number] = known[id(table)]
    return np.concatenate([np.array(each, dtype=float) for each in parts]), spots


def _places(program: Program, spots: dict[int, tuple[int, int]]) -> Iterable[tuple[int, ...]]:
    begin = joins = shares = 0
    for number, each in enumerate(program.instructions):
        table, shift = spots.get(number, (-1, 0))
        size = each.batch.size if each.batch is not None and each.batch.size is not None else 0
        yield (
            each.kind, each.pool, each.scope, begin, len(each.targets), table, shift, each.wait,
            each.clock, each.level, each.pauses, size, each.need, each.opens, joins,
            shares,
        )  # fmt: skip
        begin += len(each.targets)
        joins += each.kind is Kind.JOIN
        shares += len(each.upto)


def _weights(program: Program, found: Instruction) -> tuple[float, float, float]:
    every = 0.0 if found.batch is None else found.batch.every
    crowd = program.crowds[found.pool] if found.pool >= 0 else None
    rate = found.rate if crowd is None else crowd.rate
    known = 0.0 if rate is None or isnan(rate) else rate
    return 1.0 if crowd is None else crowd.stretch, known, every


def _pools(program: Program) -> list[tuple[int, ...]]:
    begins = accumulate((each.people for each in program.crowds), initial=0)
    return [
        (each.people, each.clock, foreseen, begin)
        for each, foreseen, begin in zip(program.crowds, program.foreseen, begins, strict=False)
    ]


def _scopes(program: Program) -> Iterable[tuple[int, ...]]:
    begin = 0
    for each in program.scopes:
        yield each.around, each.leaves, begin, begin + len(each.guards)
        begin += len(each.guards)


def _entries(program: Program) -> Iterable[tuple[int, ...]]:
    pieces = _spans([0 if e.rate is None else len(e.rate.times) for e in program.entries])
    traces = _spans([len(e.trace) for e in program.entries])
    for each, piece, trace in zip(program.entries, pieces, traces, strict=True):
        yield (each.start, each.root, each.first, *piece, *trace)
