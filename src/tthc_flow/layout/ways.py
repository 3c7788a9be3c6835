"""The ways a line can take from cell to cell, the plainest first.

Each kind of line has its list; those by strips only are always there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.layout.routes import Side, above, after, below, column_slot, row_slot
from tthc_flow.layout.strips import Way, port, strip_of, stub

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.layout.strips import Ends, Run


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


def forward_ways(ends: Ends, *, from_gateway: bool, to_gateway: bool) -> Iterator[Way]:
    """Yield ways to a node further right: straight, one corner, two turns, channels.

    Example:
        >>> from tthc_flow.layout.strips import Ends
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
        yield Way(leave=ends.facing, enter=ends.opposite, runs=(run,))
        return
    corners = (_corner_from(ends), _corner_into(ends))
    if from_gateway:
        yield corners[0]
    if to_gateway:
        yield corners[1]
    yield _turn_at_source(ends)
    yield _turn_at_target(ends)
    yield from corners


def _corner_from(ends: Ends) -> Way:
    """Leave up or down, turn in the target's row."""
    return Way(
        leave=ends.facing,
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
        enter=ends.opposite,
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
            stub(ends.row, strip),
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
            stub(ends.to_row, strip),
        ),
    )


def _bracket_ways(ends: Ends) -> Iterator[Way]:
    """Leave and enter on the same side, around what stands between in the row."""
    for side in (Side.BOTTOM, Side.TOP):
        strip = strip_of(ends.row, side)
        yield Way(
            leave=side,
            enter=side,
            channels=(strip,),
            runs=(port(ends.column, strip), port(ends.to_column, strip)),
            safe=True,
        )


def self_ways(ends: Ends) -> Iterator[Way]:
    """Yield the one way from a node to itself: out at the right, in from above.

    Example:
        >>> from tthc_flow.layout.strips import Ends
        >>> ends = Ends(row=0, column=0, to_row=0, to_column=0)
        >>> next(self_ways(ends)).leave.value
        'right'

    Source: own order of preference.
    """
    yield Way(leave=Side.RIGHT, enter=Side.TOP, channels=(after(ends.column), above(ends.row)))


def back_ways(ends: Ends) -> Iterator[Way]:
    """Yield ways to a node further left: below or above the row, else leftwards and a corner.

    Example:
        >>> from tthc_flow.layout.strips import Ends
        >>> ends = Ends(row=0, column=2, to_row=0, to_column=0)
        >>> next(back_ways(ends)).leave.value
        'bottom'

    Source: own order of preference.
    """
    if ends.row == ends.to_row:
        yield from _bracket_ways(ends)
        return
    if ends.column != ends.to_column:
        slots = range(column_slot(ends.to_column), column_slot(ends.column))
        down = _down_run(ends.to_column, ends.to_row, ends.row, include_end=False)
        yield Way(leave=Side.LEFT, enter=ends.opposite, runs=((True, ends.row, slots), down))
    yield from _one_turn_ways(ends)


def message_ways(ends: Ends) -> Iterator[Way]:
    """Yield ways to a node in another pool: straight down or up, else with one turn.

    Example:
        >>> from tthc_flow.layout.strips import Ends
        >>> ends = Ends(row=0, column=1, to_row=1, to_column=1)
        >>> next(message_ways(ends)).channels
        ()

    Source: own order of preference.
    """
    if ends.column == ends.to_column:
        run = _down_run(ends.column, ends.row, ends.to_row, include_end=False)
        yield Way(leave=ends.facing, enter=ends.opposite, runs=(run,))
    yield from _one_turn_ways(ends)


def _one_turn_ways(ends: Ends) -> Iterator[Way]:
    """Leave towards the target's row, turn beside one of the two, enter from there."""
    leave, enter = ends.facing, ends.opposite
    out, into = strip_of(ends.row, leave), strip_of(ends.to_row, enter)
    yield Way(
        leave=leave,
        enter=enter,
        channels=(out,),
        runs=(
            port(ends.column, out),
            _down_run(ends.to_column, ends.to_row, ends.row, include_end=False),
        ),
    )
    yield Way(
        leave=leave,
        enter=enter,
        channels=(into,),
        runs=(
            _down_run(ends.column, ends.row, ends.to_row, include_end=False),
            port(ends.to_column, into),
        ),
    )


def tie_ways(ends: Ends) -> Iterator[Way]:
    """Yield ways of a dotted line: straight, else with one turn.

    Example:
        >>> from tthc_flow.layout.strips import Ends
        >>> ends = Ends(row=0, column=1, to_row=1, to_column=1)
        >>> next(tie_ways(ends)).leave.value
        'bottom'

    Source: own order of preference.
    """
    if ends.row != ends.to_row:
        if ends.column == ends.to_column:
            run = _down_run(ends.column, ends.row, ends.to_row, include_end=False)
            yield Way(leave=ends.facing, enter=ends.opposite, runs=(run,))
        yield from _one_turn_ways(ends)
        return
    right = ends.column < ends.to_column
    slots = _between(column_slot(ends.column), column_slot(ends.to_column))
    leave, enter = (Side.RIGHT, Side.LEFT) if right else (Side.LEFT, Side.RIGHT)
    yield Way(leave=leave, enter=enter, runs=((True, ends.row, slots),))


def boundary_ways(ends: Ends) -> Iterator[Way]:
    """Yield ways from an event on the lower border of a node to one further right.

    Example:
        >>> from tthc_flow.layout.strips import Ends
        >>> ends = Ends(row=0, column=0, to_row=1, to_column=1)
        >>> next(boundary_ways(ends)).leave.value
        'bottom'

    Source: own order of preference.
    """
    if ends.to_column <= ends.column:
        return
    out, last = below(ends.row), after(ends.to_column - 1)
    if ends.to_row > ends.row:
        yield _corner_from(ends)
    yield Way(
        leave=Side.BOTTOM,
        enter=Side.LEFT,
        channels=(out, last),
        runs=(stub(ends.to_row, last),),
    )
