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
from typing import Final, TypeAlias
from zlib import crc32

Row: TypeAlias = list[str]

IN_MEMORY: Final = 40_000
_PARTS: Final = 256


def by_case(rows: Iterable[Row], in_memory: int = IN_MEMORY) -> Iterator[tuple[str, list[Row]]]:
    """Yield each case with its rows in their order; the first cell of a row is its case.

    Args:
        rows: In any order.
        in_memory: How many rows may be in memory; more go through files on disk.

    Example:
        >>> list(by_case([["H1", "a"], ["H2", "b"], ["H1", "c"]]))
        [('H1', [['H1', 'a'], ['H1', 'c']]), ('H2', [['H2', 'b']])]

    Source: the partitioning of the Grace hash join (Kitsuregawa et al. 1983).
    """
    reading = iter(rows)
    first = list(islice(reading, in_memory))
    if len(first) < in_memory:
        yield from _together(first).items()
        return
    with ExitStack() as stack:
        parts = [
            stack.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8", newline=""))
            for _ in range(_PARTS)
        ]
        writers = [csv.writer(part) for part in parts]
        for row in chain(first, reading):
            writers[crc32(row[0].encode("utf-8", "surrogatepass")) % _PARTS].writerow(row)
        del first
        for part in parts:
            part.seek(0)
            yield from _together(csv.reader(part)).items()
            part.seek(0)
            part.truncate()


def _together(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return found
