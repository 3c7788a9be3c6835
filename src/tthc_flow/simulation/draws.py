"""Random numbers by a rule that counts: one for each seed, case, element and visit.

Nothing is drawn in a row, so that two kernels, or a procedure before and after a change, give the
same case at the same element the same luck whatever happened in between (common random numbers).
A number is the splitmix64 finaliser of a key of the element and the seed, the case and the visit;
its upper bits say where in the step's table of times it falls. The tables are the middle times of
``SIZE`` equally likely parts of the distribution, so that both kernels take the very same floats.

Source: Steele, Lea, Flood, Fast splittable pseudorandom number generators (2014); Law, Simulation
    Modeling and Analysis (2015), 11.2 on common random numbers.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

from tthc_flow.chances.quantile import quantiles
from tthc_flow.model.chance import Chance, Spread
from tthc_flow.simulation.program import Instruction, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

BITS: Final = 12
SIZE: Final = 1 << BITS
MASK: Final = (1 << 64) - 1
CASE: Final = 0x9E3779B97F4A7C15
VISIT: Final = 0xD1B54A32D192ED03
FIRST: Final = 0xBF58476D1CE4E5B9
SECOND: Final = 0x94D049BB133111EB
UNIT: Final = 2.0**-53
BLOCK: Final = 512


def mixed(number: int) -> int:
    """Return 64 bits in which every bit depends on every bit of *number*.

    Example:
        >>> hex(mixed(CASE))
        '0xe220a8397b1dcdaf'

    Source: the first output of splitmix64 for the seed 0.
    """
    number = ((number ^ (number >> 30)) * FIRST) & MASK
    number = ((number ^ (number >> 27)) * SECOND) & MASK
    return number ^ (number >> 31)


def key_of(seed: int, name: str) -> int:
    """Return the 64 bits that stand for an element under a seed."""
    return int.from_bytes(blake2b(f"{seed}|{name}".encode(), digest_size=8).digest(), "big")


@lru_cache(maxsize=512)
def table_of(chance: Chance) -> tuple[float, ...]:
    """Return ``SIZE`` times that are equally likely, in ascending order.

    The mean of a curve is exact. Values that were seen stay what they are: the share of each is
    right within one part, and so is the mean.

    Example:
        >>> table = table_of(Chance(spread=Spread.EXPONENTIAL, mean=8))
        >>> round(sum(table) / SIZE, 9), len(table)
        (8.0, 4096)
        >>> sorted(set(table_of(Chance(spread=Spread.EMPIRICAL, values=(30, 40, 118)))))
        [30.0, 40.0, 118.0]

    Source: the quantile in the middle of each part, that of a curve scaled by a few millionths.
    """
    import numpy as np

    if chance.spread is Spread.FIXED:
        return (float(chance.average),)
    found = quantiles(chance, (np.arange(SIZE) + 0.5) / SIZE)
    if chance.spread is Spread.EMPIRICAL:
        return tuple(found.tolist())
    mean = float(found.mean())
    return tuple((found * (float(chance.average) / mean if mean > 0 else 1.0)).tolist())


UNIT_GAP: Final = Chance(spread=Spread.EXPONENTIAL, mean=1)
"""Between two arrivals of a Poisson process of rate 1."""


def arrival_of(name: str) -> Instruction:
    """Return what stands for the arrivals of a procedure: its gaps are drawn like times."""
    return Instruction(kind=Kind.DELAY, node="", key=f"{name}|arrival", chance=UNIT_GAP)


def is_drawn(found: Instruction) -> bool:
    """Return whether a random number is drawn when a token comes to *found*."""
    return found.kind in {Kind.CHOICE, Kind.SOME} or found.chance is not None


class Draws:
    """The times and choices of cases at some instructions, under a seed.

    First visits are drawn for many cases at once; *value* draws a single one by the same rule.
    """

    def __init__(self, drawn: Sequence[Instruction], seed: int) -> None:
        """Draw for the instructions *drawn*."""
        import numpy as np

        self._of = drawn
        self._keys = [key_of(seed, each.key) for each in drawn]
        self._tables = [_table(each) for each in drawn]
        self._all_keys = np.array(self._keys, dtype=np.uint64)[:, None]
        self._flat = np.concatenate([_array(each) for each in self._tables])
        sizes = np.array([len(each) for each in self._tables])
        self._begins = (np.cumsum(sizes) - sizes)[:, None]
        self._many = (sizes > 1)[:, None]
        self._start = -BLOCK
        self._rows: list[list[Any]] = []

    def row(self, case: int) -> list[Any]:
        """Return what *case* meets at its first visits, in the order of the instructions."""
        spot = case - self._start
        if not 0 <= spot < BLOCK:
            spot = case % BLOCK
            self._start = case - spot
            self._rows = self._block(self._start)
        return self._rows[spot]

    def value(self, column: int, case: int, visit: int) -> Any:  # noqa: ANN401 - minutes, or a place
        """Return the minutes, the target, or the set of targets, of one visit (0 is the first)."""
        bits = mixed((self._keys[column] + case * CASE + visit * VISIT) & MASK)
        found = self._of[column]
        if found.upto:
            way = bisect_right(found.upto, (bits >> 11) * UNIT, 0, len(found.upto) - 1)
            return way + 1 if found.kind is Kind.SOME else found.targets[way]
        table = self._tables[column]
        return table[bits >> (64 - BITS)] if len(table) > 1 else table[0]

    def _block(self, start: int) -> list[list[Any]]:
        """Return what some cases meet at their first visits, from the case *start* on."""
        import numpy as np

        cases = np.arange(start, start + BLOCK, dtype=np.uint64) * np.uint64(CASE)
        bits = mixed_all(self._all_keys + cases)
        spots = (bits >> np.uint64(64 - BITS)).astype(np.int64) * self._many + self._begins
        rows: list[list[Any]] = self._flat[spots].T.tolist()
        for column, found in enumerate(self._of):
            if found.upto:
                some = found.kind is Kind.SOME
                shares = (bits[column] >> np.uint64(11)).astype(float) * UNIT
                ways = np.searchsorted(np.array(found.upto[:-1]), shares, side="right")
                for row, way in zip(rows, ways.tolist(), strict=True):
                    row[column] = way + 1 if some else found.targets[way]
        return rows


@lru_cache(maxsize=512)
def _array(table: tuple[Any, ...]) -> Any:  # noqa: ANN401 - an array
    import numpy as np

    return np.array(table, dtype=float)


def _table(found: Instruction) -> tuple[Any, ...]:
    """Return what may come out: the targets of a choice, the times of a step."""
    return (0.0,) if found.chance is None else table_of(found.chance)


def mixed_all(numbers: Any) -> Any:  # noqa: ANN401 - arrays of 64 bits
    """Return :func:`mixed` of every number of an array."""
    import numpy as np

    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(FIRST)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(SECOND)
    return numbers ^ (numbers >> np.uint64(31))
