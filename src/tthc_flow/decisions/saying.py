"""Findings about decision tables, and inputs as people write them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import combinations
from typing import Final

from tthc_flow.decisions.grid import Side
from tthc_flow.expressions.expression import Value
from tthc_flow.model.decision import DecisionTable
from tthc_flow.model.finding import Finding, Severity
from tthc_flow.units import Duration, TimeUnit

_UNITS: Final = {
    TimeUnit.WORKING_DAY: "ngày làm việc",
    TimeUnit.WORKING_HOUR: "giờ làm việc",
    TimeUnit.CALENDAR_DAY: "ngày lịch",
    TimeUnit.DAY: "ngày",
    TimeUnit.HOUR: "giờ",
}


def about(
    table: DecisionTable,
    code: str,
    severity: Severity,
    at: int | None = None,
    **values: str,
) -> Finding:
    """Return a finding about *table*, or about its rule *at* (from 0)."""
    return Finding(
        code=code,
        severity=severity,
        element=table.id,
        name=table.title,
        line=table.line if at is None else table.rules[at].line,
        values=(("table", table.title), *values.items()),
    )


def example(grid: Sequence[Side], values: Sequence[Value | None]) -> str:
    """Return an input by the titles of its columns; what no rule tests is left out."""
    parts = [
        f"{side.title} = {written(value)}"
        for side, value in zip(grid, values, strict=True)
        if value is not None
    ]
    return ", ".join(parts) or "-"


def written(value: Value) -> str:
    """Return *value* as a literal of our own language.

    Example:
        >>> written(Fraction(5, 2)), written(date(2025, 7, 1)), written("A"), written(True)
        ('2.5', '01/07/2025', "'A'", 'đúng')
    """
    match value:
        case bool():
            return "đúng" if value else "sai"
        case Fraction():
            return _number(value)
        case date():
            return f"{value.day:02}/{value.month:02}/{value.year:04}"
        case Duration():
            return f"{_number(value.amount)} {_UNITS[value.unit]}"
        case _:
            return f'"{value}"' if "'" in str(value) else f"'{value}'"


def _number(value: Fraction) -> str:
    """Return *value* in decimals, exactly where it has finitely many."""
    digits, rest = 0, value.denominator
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest //= prime
            count += 1
        digits = max(digits, count)
    if rest != 1:
        return str(value)
    if digits == 3:  # noqa: PLR2004  # three digits behind the point may be read as thousands
        digits = 4
    whole, behind = divmod(abs(value.numerator) * 10**digits // value.denominator, 10**digits)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{behind:0{digits}}" if digits else f"{sign}{whole}"


def related(table: DecisionTable, grid: Sequence[Side]) -> Iterator[Finding]:
    """Yield a finding where two inputs ask for one value: then not every pair of them can come."""
    names = sorted(
        {name for one, other in combinations(grid, 2) for name in one.names & other.names}
    )
    if names:
        yield about(table, "decision-inputs-related", Severity.INFO, names=", ".join(names))
