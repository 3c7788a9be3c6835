"""A table as boxes over a grid: each input in finitely many pieces on which no cell changes.

The ends that occur in the cells of an input cut its values into single points and what lies
between them; texts are those that occur and one other. One value of each piece stands for the
piece, so that what holds for these values holds for all. A whole number or a date between two
neighbours does not exist and makes no piece. Sets of pieces, and of rules, are bits of a number.

Source: Calvanese, Dumas, Laurson, Maggi, Montali, Teinemaa (BPM 2016), "Semantics and analysis of
DMN decision tables": rules as iso-oriented hyper-rectangles.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import floor
from typing import Any, Final

from attrs import frozen

from tthc_flow.decisions.cells import (
    DATE,
    NUMBER,
    TEXT,
    TRUTH,
    Cell,
    Kind,
    Point,
    Span,
    value_of,
)
from tthc_flow.decisions.program import Asked, Program, untested
from tthc_flow.expressions.expression import Value

_DAY: Final = timedelta(days=1)
_OTHER: Final = "khác"


@frozen(kw_only=True)
class Side:
    """One input: its points, those that can come, and which of them each rule admits.

    What no rule tests is not asked for: it has no kind and one point that every rule admits.
    """

    title: str
    names: frozenset[str]
    kind: Kind | None
    points: tuple[Point, ...]
    possible: int
    of_rule: tuple[int, ...]

    def value(self, at: int) -> Value | None:
        """Return the value that stands for piece *at*, ``None`` for an input that nothing tests."""
        return None if self.kind is None else value_of(self.points[at], self.kind)


def sides(program: Program) -> tuple[Side, ...]:
    """Return the sides of the grid of *program*; columns that ask the same are one side."""
    together: dict[str, list[Asked]] = {}
    for column in program.asked:
        together.setdefault(column.key, []).append(column)
    return tuple(_side(columns, len(program.table.rules)) for columns in together.values())


def _side(columns: list[Asked], rules: int) -> Side:
    tested = [column for column in columns if not untested(column)]
    kind = tested[0].kind if tested else None
    points = _points(tested, kind)
    possible = (1 << len(points)) - 1
    admitted = [possible] * rules
    for column in tested:
        possible &= pieces(column.allowed, points)
        sets = [pieces(cell, points) for cell in column.cells]
        for rule, cell in enumerate(column.of_rule):
            admitted[rule] &= sets[cell]
    return Side(
        title=columns[0].title,
        names=tested[0].expression.names if tested else frozenset(),
        kind=kind,
        points=points,
        possible=possible,
        of_rule=tuple(each & possible for each in admitted),
    )


def pieces(cell: Cell, points: Sequence[Any]) -> int:
    """Return which of the sorted *points* the *cell* admits, as bits."""
    whole = (1 << len(points)) - 1
    found = 0
    for span in cell.spans:
        found |= _between(span, points) ^ (whole if span.outside else 0)
    return found ^ (whole if cell.negated else 0)


def _between(span: Span, points: Sequence[Any]) -> int:
    low: Any = span.low
    high: Any = span.high
    start, stop = 0, len(points)
    if low is not None:
        start = bisect_left(points, low) if span.low_in else bisect_right(points, low)
    if high is not None:
        stop = bisect_right(points, high) if span.high_in else bisect_left(points, high)
    return (1 << stop) - (1 << start) if start < stop else 0


def rules_by_pieces(side: Side) -> dict[int, int]:
    """Return each set of pieces that a rule admits, with the rules that admit just these."""
    found: dict[int, int] = {}
    for rule, admitted in enumerate(side.of_rule):
        found[admitted] = found.get(admitted, 0) | (1 << rule)
    return found


def rules_at(side: Side) -> list[int]:
    """Return the rules that admit each piece of *side*, piece by piece.

    Rules are switched on and off where their pieces begin and end: linear in those places.
    """
    switched: dict[int, int] = {}
    for admitted, group in rules_by_pieces(side).items():
        for at in bits(admitted ^ (admitted << 1)):
            switched[at] = switched.get(at, 0) ^ group
    now = 0
    return [now := now ^ switched.get(at, 0) for at in range(len(side.points))]


def bits(number: int) -> Iterator[int]:
    """Yield the places of the bits that are set, the lowest first."""
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest


def _points(tested: list[Asked], kind: Kind | None) -> tuple[Point, ...]:
    """Return one point of each piece, sorted; a cell that tests has an end at least."""
    cells = [cell for column in tested for cell in (column.allowed, *column.cells)]
    ends: set[Any] = {end for cell in cells for end in cell.ends}
    if kind is None:
        return ("",)
    if kind == TRUTH:
        return (False, True)
    if kind == TEXT:
        return tuple(sorted(ends | {_other(ends)}))
    if kind == DATE:
        return tuple(_days(sorted(ends)))
    whole = kind == NUMBER and any(column.whole for column in tested)
    lowest = Fraction(0) if kind.unit is not None else None
    return tuple(_numbers(sorted(ends), whole=whole, lowest=lowest))


def _other(taken: set[str]) -> str:
    number = 1
    while (text := _OTHER if number == 1 else f"{_OTHER} {number}") in taken:
        number += 1
    return text


def _days(ends: list[date]) -> Iterator[date]:
    if ends[0] > date.min:
        yield ends[0] - _DAY
    for end, following in zip(ends, [*ends[1:], None], strict=True):
        yield end
        if end < date.max and (following is None or following - end > _DAY):
            yield end + _DAY


def _numbers(ends: list[Fraction], *, whole: bool, lowest: Fraction | None) -> Iterator[Fraction]:
    if lowest is None:
        yield Fraction(floor(ends[0]) - (ends[0].denominator == 1))
    elif ends[0] > lowest:
        yield lowest
    for end, following in zip(ends, [*ends[1:], None], strict=True):
        if not whole or end.denominator == 1:
            yield end
        between = Fraction(floor(end) + 1)
        if following is None or between < following:
            yield between
        elif not whole:
            yield (end + following) / 2
