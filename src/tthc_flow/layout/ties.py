"""The routes of dotted lines: between artifacts and what stands in the cells beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.layout.choose import FORWARD, ON_EVENT, Menu, ends_of, first_free, route_of
from tthc_flow.layout.routes import Side
from tthc_flow.layout.ways import tie_ways

if TYPE_CHECKING:
    from tthc_flow.layout.routes import Route, Traffic
    from tthc_flow.layout.scopes import Arc, Sheet
    from tthc_flow.layout.strips import Ends, Way

_OFFSET: Final = 12.0
"""How far beside the middle of a wide shape a dotted line touches."""


def ties_chosen(sheet: Sheet, traffic: Traffic) -> list[Route]:
    """Return a route for every dotted line of *sheet*, beside the lines that are there.

    Example:
        >>> from tthc_flow.layout.routes import Traffic
        >>> from tthc_flow.layout.rows import Grid
        >>> from tthc_flow.layout.scopes import Sheet
        >>> grid = Grid(row={}, column={}, cells={}, bands=[], columns=1)
        >>> ties_chosen(Sheet(scope=None), Traffic(grid=grid))
        []

    Source: as ``chosen``; a side without lines is wanted most.
    """
    routes = []
    for tie in sheet.ties:
        ends = ends_of(tie.source, tie.target, traffic.grid)
        start, end = tie.boundary or tie.source, tie.landing or tie.target
        taken = (_taken(start, traffic), _taken(end, traffic))
        way = first_free(_menu(tie, ends, traffic, taken), traffic, (tie.source, tie.target))
        route = route_of(tie, way, traffic)
        if way.channels:
            route.leave_at = _port(start, traffic, sheet, shared=way.leave in taken[0])
            route.enter_at = _port(end, traffic, sheet, shared=way.enter in taken[1])
        routes.append(route)
    return routes


def _taken(shape: str, traffic: Traffic) -> set[Side]:
    return traffic.left.get(shape, set()) | traffic.entered.get(shape, set())


def _menu(tie: Arc, ends: Ends, traffic: Traffic, taken: tuple[set[Side], set[Side]]) -> Menu:
    """Return the ways of a dotted line: towards the other end, by sides without lines if it can."""
    start, end = tie.boundary or tie.source, tie.landing or tie.target

    def conflict(way: Way) -> int:
        # What turns in a strip touches a wide shape beside its lines, what is straight on them.
        out = way.leave in taken[0] and (not way.channels or traffic.narrow(start, way.leave))
        into = way.enter in taken[1] and (not way.channels or traffic.narrow(end, way.enter))
        return out + into

    leaves, enters = FORWARD
    if ends.row != ends.to_row:
        leaves, enters = (ends.facing, *FORWARD[0]), (ends.opposite, *FORWARD[1])
    bare = tie.boundary is None and tie.landing is None
    return Menu(
        ways=tie_ways(ends) if bare else (),
        ends=ends,
        leaves=(Side.BOTTOM,) if tie.boundary else leaves,
        enters=(Side.BOTTOM,) if tie.landing else enters,
        conflict=conflict,
    )


def _port(shape: str, traffic: Traffic, sheet: Sheet, *, shared: bool) -> float:
    """Return how far from the middle a dotted line touches: beside the other lines there."""
    if shape in sheet.boundary or shape in traffic.pointed:
        return 0.0
    if shape in traffic.small:
        return ON_EVENT if shared else 0.0
    return -_OFFSET
