"""The choice of a route for every line: the plainest way that is still free, else channels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.layout.routes import Route, Side, Traffic
from tthc_flow.layout.strips import Ends, Way, strip_ways
from tthc_flow.layout.ways import back_ways, boundary_ways, forward_ways, self_ways
from tthc_flow.model.flow import Event, Gateway

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from tthc_flow.layout.ranks import Ranks
    from tthc_flow.layout.rows import Grid
    from tthc_flow.layout.scopes import Arc, Sheet
    from tthc_flow.layout.strips import Run

LONGEST_LOOK: Final = 48
"""Over how many columns or rows a free way through cells is looked for (keeps it linear)."""
_Sides = tuple[Side, ...]
FORWARD: Final[tuple[_Sides, _Sides]] = (
    (Side.RIGHT, Side.BOTTOM, Side.TOP, Side.LEFT),
    (Side.LEFT, Side.TOP, Side.BOTTOM, Side.RIGHT),
)
"""Sides to leave and to enter by, the most wanted first."""
BACK: Final[tuple[_Sides, _Sides]] = (
    (Side.BOTTOM, Side.TOP, Side.RIGHT, Side.LEFT),
    (Side.BOTTOM, Side.TOP, Side.LEFT, Side.RIGHT),
)
OUT_OFFSET: Final = 28.0
ON_EVENT: Final = 8.0
"""How far beside the middle of an event, which is round, a line still seems to touch it."""


def traffic_of(sheet: Sheet, grid: Grid) -> Traffic:
    """Return the traffic of *sheet* before any line runs.

    Example:
        >>> from tthc_flow.layout.ranks import ranked
        >>> from tthc_flow.layout.rows import Storey, gridded
        >>> from tthc_flow.layout.scopes import Sheet
        >>> sheet = Sheet(scope=None)
        >>> traffic_of(sheet, gridded(sheet, ranked(sheet), [Storey()], {})).small
        set()

    Source: definition.
    """
    small = {node.id for node in sheet.nodes if isinstance(node, Event | Gateway)}
    small |= {event.id for events in sheet.boundary.values() for event in events}
    pointed = {node.id for node in sheet.nodes if isinstance(node, Gateway)}
    return Traffic(grid=grid, small=small, pointed=pointed)


def chosen(sheet: Sheet, ranks: Ranks, traffic: Traffic) -> list[Route]:
    """Return a route for every arc of *sheet*, short forward ones choosing first.

    Example:
        >>> from tthc_flow.layout.ranks import ranked
        >>> from tthc_flow.layout.rows import Storey, gridded
        >>> from tthc_flow.layout.scopes import Sheet
        >>> sheet = Sheet(scope=None)
        >>> grid = gridded(sheet, ranked(sheet), [Storey()], {})
        >>> chosen(sheet, ranked(sheet), traffic_of(sheet, grid))
        []

    Source: greedy; the fallback of each kind uses channels only.
    """
    grid = traffic.grid
    gateways = {node.id for node in sheet.nodes if isinstance(node, Gateway)}
    gives = {arc.boundary or arc.source for arc in sheet.arcs}
    takes = {arc.landing or arc.target for arc in sheet.arcs}

    def reach(arc: Arc) -> tuple[bool, bool, int]:
        spans = abs(grid.column[arc.target] - grid.column[arc.source])
        rows = abs(grid.row[arc.target] - grid.row[arc.source])
        off_main = ranks.main.get(arc.source) != arc.target or arc.boundary is not None
        return arc.id in ranks.back, off_main, spans + rows

    routes = []
    for arc in sorted(sheet.arcs, key=reach):
        ends = ends_of(arc.source, arc.target, grid)
        leads_back = arc.id in ranks.back or ends.to_column < ends.column
        ways, (leaves, enters) = _arc_ways(
            arc, ends, gateways, sheet.boundary, leads_back=leads_back
        )
        menu = Menu(
            ways=ways,
            ends=ends,
            leaves=leaves,
            enters=enters,
            conflict=_conflicts(arc, traffic, gives, takes),
            spread=arc.source in gateways and arc.boundary is None,
        )
        way = first_free(menu, traffic, (arc.source, arc.target))
        routes.append(route_of(arc, way, traffic))
    return routes


def ends_of(source: str, target: str, grid: Grid) -> Ends:
    """Return the cells of a line's ends.

    Example:
        >>> from tthc_flow.layout.rows import Grid
        >>> grid = Grid(row={"a": 0}, column={"a": 1}, cells={}, bands=[], columns=2)
        >>> ends_of("a", "a", grid).to_column
        1

    Source: definition.
    """
    return Ends(
        row=grid.row[source],
        column=grid.column[source],
        to_row=grid.row[target],
        to_column=grid.column[target],
    )


def _arc_ways(
    arc: Arc, ends: Ends, gateways: set[str], hosts: Collection[str], *, leads_back: bool
) -> tuple[Iterable[Way], tuple[tuple[Side, ...], tuple[Side, ...]]]:
    """Return the wanted ways of an arc, and the sides that it may use."""
    leaves, enters = BACK if leads_back else FORWARD
    if arc.landing:
        return (), ((Side.BOTTOM,) if arc.boundary else leaves, (Side.BOTTOM,))
    if arc.boundary is not None:
        if leads_back or ends.to_column <= ends.column:
            up = ends.to_row < ends.row
            enters = BACK[1] if up or ends.row == ends.to_row else (Side.TOP, *BACK[1])
        return boundary_ways(ends), ((Side.BOTTOM,), enters)
    if arc.source == arc.target:
        return self_ways(ends), (FORWARD[0], (Side.TOP, Side.LEFT, Side.BOTTOM))
    if leads_back:
        ways = back_ways(ends)
        leaves = (ends.facing, *leaves) if ends.row != ends.to_row else leaves
        enters = (ends.opposite, *enters) if ends.row != ends.to_row else enters
    else:
        ways = forward_ways(
            ends, from_gateway=arc.source in gateways, to_gateway=arc.target in gateways
        )
    if ends.row == ends.to_row and {arc.source, arc.target} & set(hosts):
        # A lower border with boundary events on it is used last; sorting keeps the order else.
        ways = iter(sorted(ways, key=lambda way: way.leave is Side.BOTTOM))
    return ways, (leaves, enters)


def _conflicts(
    arc: Arc, traffic: Traffic, gives: set[str], takes: set[str]
) -> Callable[[Way], int]:
    """Return how often a way would use a side against the direction of the lines there.

    As long as nothing leaves (enters) a shape its right (left) side is kept for that.
    """
    start, end = arc.boundary or arc.source, arc.landing or arc.target
    entered = traffic.entered.get(start, set())
    left = traffic.left.get(end, set())
    keep_left = Side.LEFT if start in takes and not entered else None
    keep_right = Side.RIGHT if end in gives and not left else None

    def conflict(way: Way) -> int:
        out = way.leave in entered and traffic.narrow(start, way.leave)
        into = way.enter in left and traffic.narrow(end, way.enter)
        return out + into + (way.leave is keep_left) + (way.enter is keep_right)

    return conflict


@frozen(kw_only=True)
class Menu:
    """The wanted ways of a line, those by strips from *leaves* to *enters*, and what to mind.

    *conflict* counts how often a way would run against other lines. With *spread* a way by an
    unused corner of the source goes before all others.
    """

    ways: Iterable[Way]
    ends: Ends
    leaves: tuple[Side, ...]
    enters: tuple[Side, ...]
    conflict: Callable[[Way], int]
    spread: bool = False


def first_free(menu: Menu, traffic: Traffic, pair: tuple[str, str]) -> Way:
    """Return the first way whose runs are free, else one by strips only; its runs are then taken.

    Example:
        >>> from tthc_flow.layout.rows import Grid
        >>> grid = Grid(row={}, column={}, cells={}, bands=[], columns=1)
        >>> ends = Ends(row=0, column=0, to_row=0, to_column=1)
        >>> menu = Menu(
        ...     ways=(), ends=ends, leaves=(Side.TOP,), enters=(Side.TOP,), conflict=lambda way: 0
        ... )
        >>> first_free(menu, Traffic(grid=grid), ("a", "b")).leave.value
        'top'

    Source: greedy; sides against the direction of their lines are used last.
    """
    free = [way for way in menu.ways if not menu.conflict(way) and is_free(way, traffic, pair)]
    used = traffic.left.get(pair[0], set())
    apart = [way for way in free if way.leave not in used] if menu.spread else []
    way = next(iter(apart or free), None)
    if way is None:
        listed = strip_ways(menu.ends, menu.leaves, menu.enters)
        way = min(listed, key=lambda each: (menu.conflict(each), not is_free(each, traffic, pair)))
    for along_row, index, slots in way.runs:
        (traffic.use_row if along_row else traffic.use_column)(index, slots, pair)
    return way


def is_free(way: Way, traffic: Traffic, pair: tuple[str, str]) -> bool:
    """Return whether no foreign line and no shape is in the way.

    Example:
        >>> from tthc_flow.layout.rows import Grid
        >>> grid = Grid(row={}, column={}, cells={(0, 1): "a"}, bands=[], columns=2)
        >>> way = Way(leave=Side.RIGHT, enter=Side.LEFT, runs=((True, 0, range(2, 5)),))
        >>> is_free(way, Traffic(grid=grid), ("b", "c"))
        False

    Source: ``Traffic``.
    """
    return all(_free(run, traffic, pair) for run in way.runs)


def route_of(arc: Arc, way: Way, traffic: Traffic) -> Route:
    """Return *arc* going by *way*, and note the sides it uses.

    Example:
        >>> from tthc_flow.layout.rows import Grid
        >>> from tthc_flow.layout.scopes import Arc
        >>> grid = Grid(row={}, column={}, cells={}, bands=[], columns=1)
        >>> arc, way = Arc(id="f", source="a", target="b"), Way(leave=Side.TOP, enter=Side.LEFT)
        >>> route_of(arc, way, Traffic(grid=grid)).leave.value
        'top'

    Source: definition.
    """
    traffic.left.setdefault(arc.boundary or arc.source, set()).add(way.leave)
    traffic.entered.setdefault(arc.landing or arc.target, set()).add(way.enter)
    return Route(
        id=arc.id,
        source=arc.source,
        target=arc.target,
        leave=way.leave,
        enter=way.enter,
        channels=way.channels,
        boundary=arc.boundary,
        landing=arc.landing,
        # Straight through free cells runs in the middle; what turns in a strip leaves beside it.
        leave_at=OUT_OFFSET if way.channels and not arc.boundary else 0.0,
        enter_at=-ON_EVENT if arc.landing else 0.0,
    )


def _free(run: Run, traffic: Traffic, ends: tuple[str, str]) -> bool:
    along_row, index, slots = run
    if len(slots) > 2 * LONGEST_LOOK:
        return False
    return (traffic.row_free if along_row else traffic.column_free)(index, slots, ends)
