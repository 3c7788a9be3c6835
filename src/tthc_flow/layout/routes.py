"""Which way each line goes through the grid: through free cells, else through channels.

A route names the side it leaves and enters by and the channels in between. Cells are only crossed
where they are empty, so a line never runs through a shape; channels lie between the cells.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from attrs import define, field, frozen

if TYPE_CHECKING:
    from collections.abc import Collection

    from tthc_flow.layout.rows import Grid


class Side(Enum):
    """The side of a shape a line touches."""

    LEFT = "left"
    RIGHT = "right"
    TOP = "top"
    BOTTOM = "bottom"


@frozen
class Channel:
    """A strip between cells: vertical after a column (-1: before the first), or beside a row.

    ``part`` tells a horizontal strip above (0) from one below (1) its row.
    """

    vertical: bool
    index: int
    part: int = 0

    @property
    def slot(self) -> int:
        """Return the place in the order of cells and strips across its axis."""
        return 2 * self.index + 2 if self.vertical else 4 * self.index + 1 + 2 * self.part


def column_slot(column: int) -> int:
    """Return the slot of the cells of *column*.

    Example:
        >>> column_slot(0) < Channel(vertical=True, index=0).slot
        True

    Source: cells and strips alternate.
    """
    return 2 * column + 1


def row_slot(row: int) -> int:
    """Return the slot of the cells of *row*.

    Example:
        >>> Channel(vertical=False, index=0).slot < row_slot(0)
        True

    Source: cells and strips alternate.
    """
    return 4 * row + 2


@frozen(kw_only=True)
class Stop:
    """Where a line ends that does not end at a shape: a pool's border, or the edge of the sheet.

    *pool* is ``None`` for the edge; *side* the side of it; *slot* the row slot it lies in.
    """

    pool: str | None
    side: Side
    slot: int


@define(kw_only=True)
class Route:
    """One line: its ends, the sides it uses, and the channels in order.

    *boundary* and *landing* are the boundary events it starts and ends at; *start* and *stop* say
    that it does so at a pool instead of at a shape. *leave_at* and *enter_at* are how far from the
    middle of the side it touches. A *backwards* line is drawn from its end to its start.
    """

    id: str
    source: str
    target: str
    leave: Side = Side.RIGHT
    enter: Side = Side.LEFT
    channels: tuple[Channel, ...] = ()
    tracks: list[int] = field(factory=list)
    boundary: str | None = None
    landing: str | None = None
    start: Stop | None = None
    stop: Stop | None = None
    leave_at: float = 0.0
    enter_at: float = 0.0
    backwards: bool = False


def above(row: int) -> Channel:
    """Return the horizontal strip above *row*.

    Example:
        >>> above(2).slot
        9

    Source: ``Channel``.
    """
    return Channel(vertical=False, index=row, part=0)


def below(row: int) -> Channel:
    """Return the horizontal strip below *row*.

    Example:
        >>> below(2).slot
        11

    Source: ``Channel``.
    """
    return Channel(vertical=False, index=row, part=1)


def after(column: int) -> Channel:
    """Return the vertical strip right of *column*.

    Example:
        >>> after(-1).slot
        0

    Source: ``Channel``.
    """
    return Channel(vertical=True, index=column)


@define(kw_only=True)
class Traffic:
    """Which lines already run along which cells; lines with a common end may share a way.

    *left* and *entered* are the sides of each shape that lines leave and enter by; *small* are
    shapes on whose sides there is room for one line only, *pointed* those that have corners there.
    """

    grid: Grid
    small: Collection[str] = ()
    pointed: Collection[str] = ()
    across: dict[tuple[int, int], list[tuple[str, str]]] = field(factory=dict)
    down: dict[tuple[int, int], list[tuple[str, str]]] = field(factory=dict)
    left: dict[str, set[Side]] = field(factory=dict)
    entered: dict[str, set[Side]] = field(factory=dict)

    def narrow(self, shape: str, side: Side) -> bool:
        """Return whether all lines on *side* of *shape* touch it at the same point."""
        return shape in self.small or side in {Side.LEFT, Side.RIGHT}

    def row_free(self, row: int, slots: range, ends: tuple[str, str]) -> bool:
        """Return whether a line may run along *row* over *slots* (column slots)."""
        for slot in slots:
            if slot % 2 and (row, slot // 2) in self.grid.cells:
                return False
            if any(_foreign(each, ends) for each in self.across.get((row, slot), ())):
                return False
        return True

    def column_free(self, column: int, slots: range, ends: tuple[str, str]) -> bool:
        """Return whether a line may run along *column* over *slots* (row slots)."""
        for slot in slots:
            if slot % 4 == 2 and (slot // 4, column) in self.grid.cells:  # noqa: PLR2004 - row slots are 4n+2
                return False
            if any(_foreign(each, ends) for each in self.down.get((column, slot), ())):
                return False
        return True

    def use_row(self, row: int, slots: range, ends: tuple[str, str]) -> None:
        """Note that a line runs along *row* over *slots*."""
        for slot in slots:
            _note(self.across.setdefault((row, slot), []), ends)

    def use_column(self, column: int, slots: range, ends: tuple[str, str]) -> None:
        """Note that a line runs along *column* over *slots*."""
        for slot in slots:
            _note(self.down.setdefault((column, slot), []), ends)


_ENOUGH: Final = 8
"""How many lines are remembered at one place: a place with more is full for everybody."""


def _note(there: list[tuple[str, str]], ends: tuple[str, str]) -> None:
    if len(there) < _ENOUGH and ends not in there:
        there.append(ends)


def _foreign(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return one[0] != other[0] and one[1] != other[1]
