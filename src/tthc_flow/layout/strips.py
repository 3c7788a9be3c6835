"""What ways are made of, and the ways that use strips only: they are always there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.layout.routes import Channel, Side, above, after, below

if TYPE_CHECKING:
    from collections.abc import Iterable

Run = tuple[bool, int, range]
"""Along a row?, the row or column, and the slots it runs over."""


@frozen(kw_only=True)
class Way:
    """A possible route and the cells and strips it runs along: (along a row?, index, slots).

    A *safe* one crosses no cell, so that it can be taken even where other lines run.
    """

    leave: Side
    enter: Side
    channels: tuple[Channel, ...] = ()
    runs: tuple[Run, ...] = ()
    safe: bool = False


@frozen(kw_only=True)
class Ends:
    """Where a line starts and ends on the grid."""

    row: int
    column: int
    to_row: int
    to_column: int

    @property
    def facing(self) -> Side:
        """Return the upper or lower side of the start, on which the end lies."""
        return Side.BOTTOM if self.to_row > self.row else Side.TOP

    @property
    def opposite(self) -> Side:
        """Return the upper or lower side of the end, on which the start lies."""
        return Side.TOP if self.to_row > self.row else Side.BOTTOM


def stub(row: int, strip: Channel) -> Run:
    """Return the run from a cell of *row* into the vertical *strip* beside it.

    Example:
        >>> stub(2, after(0))
        (True, 2, range(2, 3))

    Source: definition.
    """
    return True, row, range(strip.slot, strip.slot + 1)


def port(column: int, strip: Channel) -> Run:
    """Return the run from a cell of *column* into the horizontal *strip* beside it.

    Example:
        >>> port(2, above(0))
        (False, 2, range(1, 2))

    Source: definition.
    """
    return False, column, range(strip.slot, strip.slot + 1)


def strip_of(row: int, side: Side) -> Channel:
    """Return the horizontal strip of *row* on *side*.

    Example:
        >>> strip_of(1, Side.TOP) == above(1)
        True

    Source: definition.
    """
    return below(row) if side is Side.BOTTOM else above(row)


def strip_ways(ends: Ends, leaves: Iterable[Side], enters: Iterable[Side]) -> list[Way]:
    """Return a way by channels for every pair of sides, the most wanted sides first.

    Example:
        >>> ends = Ends(row=0, column=0, to_row=1, to_column=3)
        >>> len(strip_ways(ends, (Side.RIGHT,), (Side.LEFT, Side.TOP)))
        2

    Source: channels lie on all four sides of every cell.
    """
    pairs = [(out, into) for out in enumerate(leaves) for into in enumerate(enters)]
    pairs.sort(key=lambda pair: (pair[0][0] + pair[1][0], pair[0][0]))
    return [_strip_way(ends, leave, enter) for (_, leave), (_, enter) in pairs]


def _strip_way(ends: Ends, leave: Side, enter: Side) -> Way:
    first = side_strip(ends.row, ends.column, leave)
    last = side_strip(ends.to_row, ends.to_column, enter)
    channels: tuple[Channel, ...]
    if first.vertical != last.vertical:
        channels = (first, last)
    elif first == last:
        channels = (first,)
    elif first.vertical:
        side = Side.BOTTOM if ends.row == ends.to_row else ends.opposite
        channels = (first, strip_of(ends.to_row, side), last)
    else:
        near = ends.to_column - (ends.column <= ends.to_column)
        channels = (first, after(near), last)
    stubs = (
        _touch(ends.row, ends.column, first),
        _touch(ends.to_row, ends.to_column, last),
    )
    return Way(leave=leave, enter=enter, channels=channels, runs=stubs, safe=True)


def side_strip(row: int, column: int, side: Side) -> Channel:
    """Return the channel beside a cell on *side*.

    Example:
        >>> side_strip(0, 2, Side.LEFT) == after(1)
        True

    Source: definition.
    """
    if side is Side.LEFT:
        return after(column - 1)
    return after(column) if side is Side.RIGHT else strip_of(row, side)


def _touch(row: int, column: int, strip: Channel) -> Run:
    return stub(row, strip) if strip.vertical else port(column, strip)
