"""What each hit policy makes of the rows of the rules that hit.

Source: OMG DMN 1.5, chapter 8 (hit policies).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final, TypeAlias

from tthc_flow.decisions.cells import NUMBER, differ, kind_of, point_of, value_of
from tthc_flow.decisions.program import Given
from tthc_flow.errors import BadExpression
from tthc_flow.expressions.expression import Value, said
from tthc_flow.model.decision import Aggregation, DecisionTable

Row: TypeAlias = Mapping[str, Value]
Numbered: TypeAlias = tuple[int, Row]

_MOST_NAMED: Final = 10


def the_only(table: DecisionTable, rows: Sequence[Numbered]) -> Row:
    """Return the one row of *rows*, each with the number of its rule.

    Raises:
        BadExpression: TF515 where several rules hit.
    """
    if len(rows) > 1:
        raise BadExpression(
            "TF515",
            f"rules {_numbers(rows)} hit together",
            place=f'table "{table.title}"',
            hint="part these rules, or choose another hit policy",
        )
    return rows[0][1]


def agreed(table: DecisionTable, rows: Sequence[Numbered]) -> Row:
    """Return the row that all rules give.

    Raises:
        BadExpression: TF516 where they differ.
    """
    first = rows[0]
    other = next((row for row in rows if _unlike(first[1], row[1])), None)
    if other is not None:
        raise BadExpression(
            "TF516",
            f"rules {_numbers((first, other))} hit together and their outputs differ",
            place=f'table "{table.title}"',
            hint="give these rules one output, or part them",
        )
    return first[1]


def _unlike(one: Row, other: Row) -> bool:
    return any(differ(value, other[name]) for name, value in one.items())


def best_first(given: Sequence[Given], rows: Sequence[Numbered]) -> tuple[Row, ...]:
    """Return the rows by their priority: columns from the left, those with a list of values."""
    ranked = [column for column in given if column.ranking]
    order = sorted(
        rows,
        key=lambda row: [column.ranking.index(point_of(row[1][column.name])) for column in ranked],
    )
    return tuple(row for _, row in order)


def aggregated(
    aggregation: Aggregation | None, values: Sequence[Value], hit: int, place: str
) -> Value:
    """Return the sum, least or greatest of *values*, or how many rules hit.

    Raises:
        BadExpression: TF517 for values of several kinds, or of a kind that has no sum or order.
    """
    if aggregation is Aggregation.COUNT:
        return Fraction(hit)
    kinds = {kind_of(value) for value in values}
    (kind, *others) = kinds
    adds_up = kind == NUMBER or (kind is not None and kind.unit is not None)
    fits = adds_up if aggregation is Aggregation.SUM else kind is not None and kind.ordered
    if others or kind is None or not fits:
        shown = ", ".join(said(value) for value in values[:_MOST_NAMED])
        raise BadExpression(
            "TF517",
            f"{aggregation} of {shown}",
            place=place,
            hint="give numbers, or durations of one unit, in every rule",
        )
    points = [point_of(value) for value in values]
    match aggregation:
        case Aggregation.SUM:
            total = sum((point for point in points if isinstance(point, Fraction)), Fraction())
            return value_of(total, kind)
        case Aggregation.MIN:
            return value_of(min(points), kind)
        case _:
            return value_of(max(points), kind)


def _numbers(rows: Sequence[Numbered]) -> str:
    named = ", ".join(str(number) for number, _ in rows[:_MOST_NAMED])
    return named if len(rows) <= _MOST_NAMED else f"{named} and others"
