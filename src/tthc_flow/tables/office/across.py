"""Tables whose steps stand beside each other: their first column names what each row holds."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.tables.office.blocks import Cell, Grid, Row
from tthc_flow.tables.office.sections import is_header

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_ROWS: Final = 12
"""A table with more rows than a step has facts is none of this kind."""

MOST_COLUMNS: Final = 63
_LEAST: Final = 3
"""One column of names and two of steps: with a single one it tells of the procedure."""


def upright(grid: Grid) -> Grid:
    """Return *grid* turned so that each step is a row, where it lists its steps in columns.

    The line of a row is then the number of its column. Every other grid is returned as it is.

    Source: step tables printed across a page.
    """
    rows = grid.rows
    if not 1 < len(rows) <= MOST_ROWS or any(is_header(rows, at) for at in range(len(rows))):
        return grid
    lefts = sorted({cell.left for row in rows for cell in row.cells})
    if not _LEAST <= len(lefts) <= MOST_COLUMNS:
        return grid
    turned = tuple(_column(rows, lefts, at) for at in range(len(lefts)))
    if not is_header(turned, 0):
        return grid
    return evolve(grid, rows=turned, across=True)


def _column(rows: Sequence[Row], lefts: list[int], at: int) -> Row:
    """Return what stands in column *at*, as a row; a cell over several columns stands in each."""
    cells = []
    for nth, row in enumerate(rows):
        for cell in row.cells:
            if cell.left <= lefts[at] < cell.right and (cell.first == row.line or not nth):
                first = bisect_right(lefts, cell.left)
                cells.append(Cell(text=cell.text, left=nth, right=nth + 1, first=first))
    struck = "; ".join(row.struck for row in rows if row.struck) if at == 0 else ""
    return Row(line=at + 1, cells=tuple(cells), struck=struck)
