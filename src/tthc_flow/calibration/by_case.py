"""Rows of a large table put together by their case, in the memory of one part of them.

Cases stand mixed in a table that is sorted by time. What does not fit into memory is parted on
disk by the case's checksum, so that all rows of a case lie in one part.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import chain, islice
from typing import IO, Final, TypeAlias
from zlib import crc32

from attrs import frozen

from tthc_flow.calibration.event import MOST_EVENTS

Row: TypeAlias = list[str]

IN_MEMORY: Final = 40_000
_PARTS: Final = 256
_DEEPEST: Final = 2
"""Parts of parts: of ten thousand million rows each part fits; what does not is one case."""


def by_case(
    rows: Iterable[Row], in_memory: int = IN_MEMORY, most: int = MOST_EVENTS
) -> Iterator[tuple[str, list[Row]]]:
    """Yield each case with its rows in their order; the first cell of a row is its case.

    Args:
        rows: In any order.
        in_memory: How many rows may be in memory; more go through files on disk.
        most: How many rows of a case are kept; one more says that there were too many.

    Example:
        >>> list(by_case([["H1", "a"], ["H2", "b"], ["H1", "c"]]))
        [('H1', [['H1', 'a'], ['H1', 'c']]), ('H2', [['H2', 'b']])]

    Source: the partitioning of the Grace hash join (Kitsuregawa et al. 1983).
    """
    yield from _parted(rows, _Limits(in_memory, most), 0)


@frozen
class _Limits:
    in_memory: int
    most: int


def _parted(rows: Iterable[Row], limits: _Limits, depth: int) -> Iterator[tuple[str, list[Row]]]:
    """Part *rows* by the byte *depth* of their checksums, and large parts once more."""
    reading = iter(rows)
    first = list(islice(reading, limits.in_memory))
    if len(first) < limits.in_memory or depth == _DEEPEST:
        yield from _together(chain(first, reading), limits.most).items()
        return
    with ExitStack() as stack:
        parts: dict[int, IO[str]] = {}
        writers = {}
        for row in chain(first, reading):
            number = (crc32(row[0].encode("utf-8", "surrogatepass")) >> 8 * depth) % _PARTS
            if number not in parts:
                parts[number] = stack.enter_context(
                    tempfile.TemporaryFile("w+", encoding="utf-8", newline="")
                )
                writers[number] = csv.writer(parts[number])
            writers[number].writerow(row)
        del first
        for _, part in sorted(parts.items()):
            part.seek(0)
            yield from _parted(csv.reader(part), limits, depth + 1)
            part.seek(0)
            part.truncate()


def _together(rows: Iterable[Row], most: int) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        kept = found.setdefault(row[0], [])
        if len(kept) <= most:
            kept.append(row)
    return found
