"""The choice of a route for every line: the plainest way that is still free, else channels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.layout.routes import Route, Side, Traffic
from tthc_flow.layout.ways import Ends, Run, Way, back_ways, boundary_ways, forward_ways, self_ways
from tthc_flow.model.flow import Gateway

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tthc_flow.layout.ranks import Ranks
    from tthc_flow.layout.rows import Grid
    from tthc_flow.layout.scopes import Arc, Sheet

LONGEST_LOOK: Final = 48
"""Over how many columns or rows a free way through cells is looked for (keeps it linear)."""


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
        ways = self_ways(ends)
    elif arc.boundary is not None:
        ways = boundary_ways(ends)
    elif arc.edge.id in ranks.back or ends.to_column < ends.column:
        ways = back_ways(ends)
    else:
        ways = forward_ways(
            ends, from_gateway=arc.source in gateways, to_gateway=arc.target in gateways
        )
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
