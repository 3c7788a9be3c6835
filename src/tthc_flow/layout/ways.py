"""The ways a line can take from cell to cell, the plainest first.

Each kind of arc has its list; its last way uses channels only and is always there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.layout.routes import (
    Channel,
    Side,
    above,
    after,
    below,
    column_slot,
    row_slot,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

Run = tuple[bool, int, range]
"""Along a row?, the row or column, and the slots it runs over."""


@frozen(kw_only=True)
class Way:
    """A possible route and the cells and strips it runs along: (along a row?, index, slots)."""

    leave: Side
    enter: Side
    channels: tuple[Channel, ...] = ()
    runs: tuple[Run, ...] = ()


@frozen(kw_only=True)
class Ends:
    """Where a line starts and ends on the grid."""

    row: int
    column: int
    to_row: int
    to_column: int


def _between(one: int, other: int) -> range:
    """Return the slots strictly between two slots, whichever comes first."""
    return range(min(one, other) + 1, max(one, other))


def _down_run(column: int, row: int, to_row: int, *, include_end: bool) -> Run:
    slots = _between(row_slot(row), row_slot(to_row))
    if include_end:
        slots = (
            range(slots.start, slots.stop + 1)
            if to_row > row
            else range(slots.start - 1, slots.stop)
        )
    return False, column, slots


def _stub(row: int, strip: Channel) -> Run:
    return True, row, range(strip.slot, strip.slot + 1)


def _port(column: int, strip: Channel) -> Run:
    return False, column, range(strip.slot, strip.slot + 1)


def forward_ways(ends: Ends, *, from_gateway: bool, to_gateway: bool) -> Iterator[Way]:
    """Yield ways to a node further right: straight, one corner, two turns, channels.

    Example:
        >>> ends = Ends(row=0, column=0, to_row=0, to_column=1)
        >>> next(forward_ways(ends, from_gateway=False, to_gateway=False)).leave.value
        'right'

    Source: own order of preference.
    """
    if ends.row == ends.to_row:
        slots = _between(column_slot(ends.column), column_slot(ends.to_column))
        yield Way(leave=Side.RIGHT, enter=Side.LEFT, runs=((True, ends.row, slots),))
        yield from _bracket_ways(ends)
        return
    if ends.column == ends.to_column:
        run = _down_run(ends.column, ends.row, ends.to_row, include_end=False)
        yield Way(leave=_facing(ends), enter=_opposite(ends), runs=(run,))
        yield from _around_ways(ends)
        return
    corners = (_corner_from(ends), _corner_into(ends))
    if from_gateway:
        yield corners[0]
    if to_gateway:
        yield corners[1]
    yield _turn_at_source(ends)
    yield _turn_at_target(ends)
    yield from corners
    yield from _channel_ways(ends)


def _facing(ends: Ends) -> Side:
    return Side.BOTTOM if ends.to_row > ends.row else Side.TOP


def _opposite(ends: Ends) -> Side:
    return Side.TOP if ends.to_row > ends.row else Side.BOTTOM


def _strip(row: int, side: Side) -> Channel:
    return below(row) if side is Side.BOTTOM else above(row)


def _corner_from(ends: Ends) -> Way:
    """Leave up or down, turn in the target's row."""
    return Way(
        leave=_facing(ends),
        enter=Side.LEFT,
        runs=(
            _down_run(ends.column, ends.row, ends.to_row, include_end=True),
            (True, ends.to_row, _between(column_slot(ends.column), column_slot(ends.to_column))),
        ),
    )


def _corner_into(ends: Ends) -> Way:
    """Leave rightwards, turn in the target's column."""
    slots = range(column_slot(ends.column) + 1, column_slot(ends.to_column) + 1)
    return Way(
        leave=Side.RIGHT,
        enter=_opposite(ends),
        runs=(
            (True, ends.row, slots),
            _down_run(ends.to_column, ends.to_row, ends.row, include_end=False),
        ),
    )


def _turn_at_source(ends: Ends) -> Way:
    strip = after(ends.column)
    return Way(
        leave=Side.RIGHT,
        enter=Side.LEFT,
        channels=(strip,),
        runs=(
            _stub(ends.row, strip),
            (True, ends.to_row, range(strip.slot, column_slot(ends.to_column))),
        ),
    )


def _turn_at_target(ends: Ends) -> Way:
    strip = after(ends.to_column - 1)
    return Way(
        leave=Side.RIGHT,
        enter=Side.LEFT,
        channels=(strip,),
        runs=(
            (True, ends.row, range(column_slot(ends.column) + 1, strip.slot + 1)),
            _stub(ends.to_row, strip),
        ),
    )


def _channel_ways(ends: Ends) -> Iterator[Way]:
    """Use strips only: they are always there; the last of them is taken whatever runs there."""
    first, last = after(ends.column), after(ends.to_column - 1)
    out, into = _strip(ends.row, _facing(ends)), _strip(ends.to_row, _opposite(ends))
    yield Way(
        leave=Side.RIGHT,
        enter=Side.LEFT,
        channels=(first, into, last),
        runs=(_stub(ends.row, first), _stub(ends.to_row, last)),
    )
    yield Way(
        leave=_facing(ends),
        enter=Side.LEFT,
        channels=(out, last),
        runs=(_port(ends.column, out), _stub(ends.to_row, last)),
    )
    yield Way(
        leave=Side.RIGHT,
        enter=_opposite(ends),
        channels=(first, into),
        runs=(_stub(ends.row, first), _port(ends.to_column, into)),
    )
    yield Way(leave=Side.RIGHT, enter=Side.LEFT, channels=(first, into, last))


def _bracket_ways(ends: Ends) -> Iterator[Way]:
    """Leave and enter on the same side, around what stands between in the row."""
    for side in (Side.BOTTOM, Side.TOP, Side.BOTTOM):
        strip = _strip(ends.row, side)
        yield Way(
            leave=side,
            enter=side,
            channels=(strip,),
            runs=(_port(ends.column, strip), _port(ends.to_column, strip)),
        )


def _around_ways(ends: Ends) -> Iterator[Way]:
    strip = after(ends.column)
    into = _strip(ends.to_row, _opposite(ends))
    yield Way(leave=Side.RIGHT, enter=_opposite(ends), channels=(strip, into))


def self_ways(ends: Ends) -> Iterator[Way]:
    """Yield the one way from a node to itself: out at the right, in from above.

    Example:
        >>> ends = Ends(row=0, column=0, to_row=0, to_column=0)
        >>> next(self_ways(ends)).leave.value
        'right'

    Source: own order of preference.
    """
    yield Way(leave=Side.RIGHT, enter=Side.TOP, channels=(after(ends.column), above(ends.row)))


def back_ways(ends: Ends) -> Iterator[Way]:
    """Yield ways to a node further left: below or above the row, else leftwards and a corner.

    Example:
        >>> ends = Ends(row=0, column=2, to_row=0, to_column=0)
        >>> next(back_ways(ends)).leave.value
        'bottom'

    Source: own order of preference.
    """
    if ends.row == ends.to_row:
        yield from _bracket_ways(ends)
        return
    facing, opposite = _facing(ends), _opposite(ends)
    if ends.column != ends.to_column:
        slots = range(column_slot(ends.to_column), column_slot(ends.column))
        down = _down_run(ends.to_column, ends.to_row, ends.row, include_end=False)
        yield Way(leave=Side.LEFT, enter=opposite, runs=((True, ends.row, slots), down))
    out, into = _strip(ends.row, facing), _strip(ends.to_row, opposite)
    yield Way(
        leave=facing,
        enter=opposite,
        channels=(out,),
        runs=(
            _port(ends.column, out),
            _down_run(ends.to_column, ends.to_row, ends.row, include_end=False),
        ),
    )
    yield Way(
        leave=facing,
        enter=opposite,
        channels=(into,),
        runs=(
            _down_run(ends.column, ends.row, ends.to_row, include_end=False),
            _port(ends.to_column, into),
        ),
    )
    for leave in (facing, opposite, facing):
        away = _strip(ends.row, leave)
        yield Way(
            leave=leave,
            enter=opposite,
            channels=(away, after(ends.to_column), into),
            runs=(_port(ends.column, away), _port(ends.to_column, into)),
        )


def boundary_ways(ends: Ends) -> Iterator[Way]:
    """Yield ways from an event on the lower border of a node.

    Example:
        >>> ends = Ends(row=0, column=0, to_row=1, to_column=1)
        >>> next(boundary_ways(ends)).leave.value
        'bottom'

    Source: own order of preference.
    """
    out, last = below(ends.row), after(ends.to_column - 1)
    if ends.to_column > ends.column:
        if ends.to_row > ends.row:
            yield _corner_from(ends)
        yield Way(
            leave=Side.BOTTOM,
            enter=Side.LEFT,
            channels=(out, last),
            runs=(_stub(ends.to_row, last),),
        )
        yield Way(leave=Side.BOTTOM, enter=Side.LEFT, channels=(out, last))
        return
    if ends.row == ends.to_row:
        yield Way(leave=Side.BOTTOM, enter=Side.BOTTOM, channels=(out,))
        return
    enter = Side.BOTTOM if ends.to_row < ends.row else Side.TOP
    into = _strip(ends.to_row, enter)
    yield Way(leave=Side.BOTTOM, enter=enter, channels=(out, after(ends.to_column), into))
