"""Tables that stand beside each other on one sheet, each with its own number column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from tthc_flow.tables.office.header import Header, header_at
from tthc_flow.tables.office.sections import lists_steps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.tables.office.blocks import Cell, Grid, Row


def apart(grid: Grid) -> tuple[Grid, ...]:
    """Return *grid* cut into the step tables that stand beside each other in it.

    Rows below them whose header is that of one table only stay whole, as a grid of their own.

    Source: sheets on which offices compare procedures, or save paper.
    """
    cuts = list(_cuts(grid))
    if not any(edge for _, edge in cuts):
        return (grid,)
    found: list[Grid] = []
    for nth, (start, edge) in enumerate(cuts):
        after = cuts[nth + 1][0] if nth + 1 < len(cuts) else len(grid.rows)
        part = evolve(grid, rows=grid.rows[start:after])
        if edge is None:
            found.append(part)
        else:
            found.append(_half(part, 0, edge))
            found += apart(_half(part, edge, None))
    return tuple(found)


def _cuts(grid: Grid) -> Iterator[tuple[int, int | None]]:
    """Yield where each run of rows begins, and where its second table does."""
    edge, start = None, 0
    seen = False
    for at in range(len(grid.rows)):
        header = header_at(grid.rows, at)
        if header is None or not lists_steps(header, grid.rows, at):
            continue
        again = _second(header)
        if seen and again != edge:
            yield start, edge
            start = at
        edge, seen = again, True
    yield start, edge


def _second(header: Header) -> int | None:
    """Return where the second table of *header* begins; ``None`` where it is one table."""
    for at, column in enumerate(header.columns):
        if at and column.role == "no" and header.columns[0].role == "no":
            halves = (header.columns[:at], header.columns[at:])
            if all(Header(columns=half).is_of_steps for half in halves):
                return column.left
    return None


def _half(grid: Grid, left: int, right: int | None) -> Grid:
    rows = (_cut(row, left, right) for row in grid.rows)
    return evolve(grid, rows=tuple(row for row in rows if row.cells or row.struck))


def _cut(row: Row, left: int, right: int | None) -> Row:
    def inside(cell: Cell) -> bool:
        return cell.left >= left and (right is None or cell.left < right)

    struck = row.struck if left == 0 else ""
    return evolve(row, cells=tuple(each for each in row.cells if inside(each)), struck=struck)
