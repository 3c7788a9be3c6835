"""The choice of a route for every line: the plainest way that is still free, else channels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.layout.routes import (
    Channel,
    Route,
    Side,
    Traffic,
    above,
    after,
    below,
    column_slot,
    row_slot,
)
from tthc_flow.model.flow import Gateway

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tthc_flow.layout.ranks import Ranks
    from tthc_flow.layout.rows import Grid
    from tthc_flow.layout.scopes import Arc, Sheet

LONGEST_LOOK: Final = 48
"""Over how many columns or rows a free way through cells is looked for (keeps it linear)."""

Run = tuple[bool, int, range]


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


def chosen(sheet: Sheet, ranks: Ranks, grid: Grid, traffic: Traffic) -> list[Route]:
    """Return a route for every arc of *sheet*, short forward ones choosing first.

    Example:
        >>> from tthc_flow.layout.ranks import ranked
        >>> from tthc_flow.layout.rows import gridded
        >>> from tthc_flow.layout.scopes import Sheet
        >>> sheet = Sheet(scope=None)
        >>> grid = gridded(sheet, ranked(sheet), ())
        >>> chosen(sheet, ranked(sheet), grid, Traffic(grid=grid))
        []

    Source: greedy; the fallback of each kind uses channels only.
    """
    gateways = {node.id for node in sheet.nodes if isinstance(node, Gateway)}

    def reach(arc: Arc) -> tuple[bool, bool, int]:
        spans = abs(grid.column[arc.target] - grid.column[arc.source])
        rows = abs(grid.row[arc.target] - grid.row[arc.source])
        off_main = ranks.main.get(arc.source) != arc.target or arc.boundary is not None
        return arc.edge.id in ranks.back, off_main, spans + rows

    return [
        _routed(arc, ranks, traffic, gateways, sheet.boundary)
        for arc in sorted(sheet.arcs, key=reach)
    ]


def _routed(
    arc: Arc, ranks: Ranks, traffic: Traffic, gateways: set[str], hosts: Collection[str]
) -> Route:
    grid = traffic.grid
    ends = Ends(
        row=grid.row[arc.source],
        column=grid.column[arc.source],
        to_row=grid.row[arc.target],
        to_column=grid.column[arc.target],
    )
    if arc.source == arc.target:
        ways = _self_ways(ends)
    elif arc.boundary is not None:
        ways = _boundary_ways(ends)
    elif arc.edge.id in ranks.back or ends.to_column < ends.column:
        ways = _back_ways(ends)
    else:
        ways = _forward_ways(ends, arc.source in gateways, arc.target in gateways)
    if grid.row[arc.source] == grid.row[arc.target] and {arc.source, arc.target} & set(hosts):
        # A lower border with boundary events on it is used last; sorting keeps the order else.
        ways = iter(sorted(ways, key=lambda way: way.leave is Side.BOTTOM and not arc.boundary))
    spread = arc.source in gateways and arc.boundary is None
    way = _first_free(ways, traffic, (arc.source, arc.target), spread=spread)
    if arc.boundary is None:
        traffic.sides.setdefault(arc.source, set()).add(way.leave)
    traffic.sides.setdefault(arc.target, set()).add(way.enter)
    return Route(
        id=arc.edge.id,
        source=arc.source,
        target=arc.target,
        leave=way.leave,
        enter=way.enter,
        channels=way.channels,
        boundary=arc.boundary,
    )


def _first_free(
    ways: Iterator[Way], traffic: Traffic, ends: tuple[str, str], *, spread: bool
) -> Way:
    """Return the first way whose runs are free, else the last one; its runs are then taken.

    With *spread* a way by an unused corner of the source goes before all others.
    """
    listed = tuple(ways)
    free = [way for way in listed if all(_free(run, traffic, ends) for run in way.runs)]
    used = traffic.sides.get(ends[0], set())
    apart = [way for way in free if way.leave not in used] if spread else []
    way = next(iter(apart or free), listed[-1])
    for along_row, index, slots in way.runs:
        (traffic.use_row if along_row else traffic.use_column)(index, slots, ends)
    return way


def _free(run: Run, traffic: Traffic, ends: tuple[str, str]) -> bool:
    along_row, index, slots = run
    if len(slots) > 2 * LONGEST_LOOK:
        return False
    return (traffic.row_free if along_row else traffic.column_free)(index, slots, ends)


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


def _forward_ways(ends: Ends, from_gateway: bool, to_gateway: bool) -> Iterator[Way]:  # noqa: FBT001 - two facts of one arc
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


def _self_ways(ends: Ends) -> Iterator[Way]:
    yield Way(leave=Side.RIGHT, enter=Side.TOP, channels=(after(ends.column), above(ends.row)))


def _back_ways(ends: Ends) -> Iterator[Way]:
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


def _boundary_ways(ends: Ends) -> Iterator[Way]:
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
