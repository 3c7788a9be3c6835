"""How much of an annex was read: what a reader gives beside what the source says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from tables.annexes.facts import Row, Table, time_words
from tthc_flow.words.syllables import composed

if TYPE_CHECKING:
    from tthc_flow.tables.step_table import StepTable, TableRow

DEMANDED = {
    "rows": Fraction(98, 100),
    "durations": Fraction(98, 100),
    "performers": Fraction(95, 100),
    "levels": Fraction(95, 100),
}
"""What is demanded of every layout; a row that was not found has none of these facts."""

FACTS = tuple(DEMANDED)
ALSO = ("names", "numbers")
"""What is counted besides."""

INVENTED = "invented-length"
"""A time without a length that became a number: never."""


@dataclass(frozen=True)
class Miss:
    """One fact that was not read as it is printed."""

    layout: str
    table: str
    row: str
    fact: str
    expected: str
    got: str


@dataclass
class Count:
    """How many facts of a layout there are, how many were read, and every miss."""

    layout: str
    there: Counter[str]
    read: Counter[str]
    misses: list[Miss]

    def share(self, fact: str) -> Fraction:
        """Return the share of *fact* that was read."""
        there = self.there[fact]
        return Fraction(self.read[fact], there) if there else Fraction(1)

    def judge(self, table: str, row: str, fact: str, *, right: bool, said: tuple[str, str]) -> None:
        """Count one fact; *said* is what was expected and what was read."""
        self.there[fact] += 1
        self.read[fact] += right
        if not right:
            self.misses.append(Miss(self.layout, table, row, fact, *said))


def counted(layout: str) -> Count:
    """Return an empty count."""
    return Count(layout, Counter(), Counter(), [])


def compare(count: Count, expected: Sequence[Table], read: Sequence[StepTable]) -> None:
    """Count what of *expected* stands in *read*: each by its name, else by the most rows alike."""
    free = list(range(len(read)))
    for table in expected:
        best = max(free, key=lambda at: (_alike(table, read[at]), -at), default=None)
        if best is None or not _alike(table, read[best]):
            _compare_rows(count, table, ())
            count.judge(table.id, "", "names", right=False, said=(table.name, "–"))
            continue
        free.remove(best)
        found = read[best]
        right = words(table.name) == words(found.name)
        count.judge(table.id, "", "names", right=right, said=(table.name, found.name))
        _compare_rows(count, table, found.rows)
    for at in free:
        for row in read[at].rows:
            count.judge(read[at].id, row.number, "rows", right=False, said=("–", row.content[:80]))


@lru_cache(maxsize=20_000)
def words(text: str) -> tuple[str, ...]:
    """Return the words of *text* without case, sign or sort of blank."""
    return tuple(re.findall(r"\w+", composed(text).casefold()))


def _alike(table: Table, read: StepTable) -> int:
    named = len(table.rows) if words(table.name) == words(read.name) else 0
    return named + len(_pairs(table.rows, read.rows))


def _pairs(rows: Sequence[Row], read: Sequence[TableRow]) -> dict[int, int]:
    """Return which row is which, in order: the words of the one are those of the other."""
    found: dict[int, int] = {}
    start = 0
    for at, row in enumerate(rows):
        mine = f" {' '.join(words(row.content))} "
        for other in range(start, len(read)):
            theirs = f" {' '.join(words(read[other].content))} "
            if mine == theirs or (mine in theirs and len(theirs) < len(mine) + _spare(row)):
                found[at], start = other, other + 1
                break
    return found


def _spare(row: Row) -> int:
    """Return how much longer a content may be: by its performer and its number, printed in it."""
    return len(row.performer) + 12


def _compare_rows(count: Count, table: Table, read: Sequence[TableRow]) -> None:
    pairs = _pairs(table.rows, read)
    for at, row in enumerate(table.rows):
        other = read[pairs[at]] if at in pairs else None
        got = "–" if other is None else other.content[:80]
        count.judge(
            table.id, row.number, "rows", right=other is not None, said=(row.content[:80], got)
        )
        _compare_facts(count, table, row, other)
    for at, extra in enumerate(read):
        if at not in pairs.values():
            count.judge(table.id, extra.number, "rows", right=False, said=("–", extra.content[:80]))


def _compare_facts(count: Count, table: Table, row: Row, other: TableRow | None) -> None:
    got = None if other is None else other.time.duration
    said = "–" if got is None else f"{got.amount} {got.unit.value}"
    if row.time.known:
        right = got is not None and (got.amount, got.unit.value) == (row.time.amount, row.time.unit)
    else:
        right = other is not None and (got is None or row.time.zero_without_unit)
    printed = time_words(row.time)
    count.judge(table.id, row.number, "durations", right=right, said=(printed or "(trống)", said))
    if got is not None and not row.time.known and not row.time.zero_without_unit:
        count.misses.append(Miss(count.layout, table.id, row.number, INVENTED, printed, said))
    name = "" if other is None else other.performer.name
    right = other is not None and sorted(words(name)) == sorted(words(row.performer))
    count.judge(
        table.id, row.number, "performers", right=right, said=(row.performer[:80], name[:80])
    )
    levels = frozenset() if other is None else {each.value for each in other.performer.levels}
    count.judge(
        table.id,
        row.number,
        "levels",
        right=other is not None and levels == row.levels,
        said=(_listed(row.levels), f"{_listed(levels)} ({name[:60]})"),
    )
    number = "" if other is None else other.number
    count.judge(
        table.id, row.number, "numbers", right=number == row.number, said=(row.number, number)
    )


def _listed(levels: Iterable[str]) -> str:
    return ", ".join(sorted(levels)) or "–"
