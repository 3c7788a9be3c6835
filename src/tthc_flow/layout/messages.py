"""Message flows: up or down to the pools of others, through free columns or channels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define, field

from tthc_flow.layout.routes import Route, Side, above, after, below, row_slot
from tthc_flow.layout.scopes import host_of
from tthc_flow.model.flow import Event, Gateway

if TYPE_CHECKING:
    from tthc_flow.layout.routes import Traffic
    from tthc_flow.layout.rows import Grid
    from tthc_flow.model.flow import Flow
    from tthc_flow.model.procedure import MessageFlow, Pool, Procedure


@define(kw_only=True)
class Neighbours:
    """The pools around the process: above and below, the nearest first."""

    above: list[Pool] = field(factory=list)
    below: list[Pool] = field(factory=list)

    def side(self, pool: str) -> tuple[int, int] | None:
        """Return (-1 above or 1 below, how far away) of *pool*."""
        for sign, pools in ((-1, self.above), (1, self.below)):
            for distance, each in enumerate(pools):
                if each.id == pool:
                    return sign, distance
        return None


def neighbours(procedure: Procedure) -> Neighbours:
    """Return the other pools of *procedure*, above and below in turn.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Pool, Procedure
        >>> found = neighbours(Procedure(flow=Flow(id="p"), pools=(Pool(id="citizen"),)))
        >>> [pool.id for pool in found.above]
        ['citizen']

    Source: usual drawings put the applicant on top.
    """
    others = [pool for pool in procedure.pools if pool.process != procedure.flow.id]
    return Neighbours(above=others[::2], below=others[1::2])


def message_routes(
    procedure: Procedure, around: Neighbours, grid: Grid, traffic: Traffic
) -> list[Route]:
    """Return a route for every message between a node and another pool.

    Example:
        >>> from tthc_flow.layout.routes import Traffic
        >>> from tthc_flow.layout.rows import Grid
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> grid = Grid(row={}, column={}, cells={}, bands=[], columns=1)
        >>> message_routes(Procedure(flow=Flow(id="p")), Neighbours(), grid, Traffic(grid=grid))
        []

    Source: ``chosen``, for lines that leave the sheet.
    """
    routes = []
    for message in procedure.messages:
        ends = _ends(message, procedure.flow, grid, around)
        if ends is not None:
            routes.append(_route(message, *ends, flow=procedure.flow, grid=grid, traffic=traffic))
    return routes


def _ends(
    message: MessageFlow, flow: Flow, grid: Grid, around: Neighbours
) -> tuple[str, tuple[int, int], bool] | None:
    """Return the node on the sheet, the pool's side, and whether the message runs inward."""
    for node, pool, inward in (
        (message.source, message.target, False),
        (message.target, message.source, True),
    ):
        anchor, side = outermost(node, flow), around.side(pool)
        if anchor in grid.row and side is not None:
            return anchor, side, inward
    return None


def outermost(node: str, flow: Flow) -> str:
    """Return the node of the process itself that *node* lies in or is attached to.

    Example:
        >>> from tthc_flow.model.flow import Flow, SubProcess
        >>> from tthc_flow.model.step import Step
        >>> outermost("a", Flow(id="p", nodes=(SubProcess(id="s"), Step(id="a", name="", scope="s"))))
        's'

    Source: chain of scopes.
    """
    seen: set[str] = set()
    while node in flow.by_id and node not in seen:
        seen.add(node)
        found = flow.by_id[node]
        outer = host_of(found, flow) or found.scope
        if outer is None or outer not in flow.by_id:
            break
        node = outer
    return node


def _route(
    message: MessageFlow,
    node: str,
    side: tuple[int, int],
    inward: bool,  # noqa: FBT001 - a fact of the message, not a switch
    *,
    flow: Flow,
    grid: Grid,
    traffic: Traffic,
) -> Route:
    sign, distance = side
    row, column = grid.row[node], grid.column[node]
    leave = Side.TOP if sign < 0 else Side.BOTTOM
    route = Route(
        id=message.id, source=node, target="", leave=leave, outside=sign, inward=inward
    )
    end = 0 if sign < 0 else row_slot(grid.rows)
    slots = range(min(end, row_slot(row)) + (sign > 0), max(end, row_slot(row)) + (sign > 0))
    ends = (f"message {message.id}", f"message {message.id}")
    if distance == 0 and traffic.column_free(column, slots, ends):
        traffic.use_column(column, slots, ends)
        return route
    if distance == 0 and leave in traffic.sides.get(node, ()) and not _is_wide(node, flow):
        return _sideways(route, column, row, traffic)
    strip = above(row) if sign < 0 else below(row)
    # Pools further away are reached round the right end of the nearer ones.
    turn = after(grid.columns - 1) if distance else after(column)
    route.channels = (strip, turn)
    traffic.use_column(column, range(strip.slot, strip.slot + 1), ends)
    return route


def _is_wide(node: str, flow: Flow) -> bool:
    return not isinstance(flow.by_id[node], Event | Gateway)


def _sideways(route: Route, column: int, row: int, traffic: Traffic) -> Route:
    """Let the message touch a small shape at its right: its tip is a sequence flow's already."""
    strip = after(column)
    route.leave = Side.RIGHT
    route.channels = (strip,)
    traffic.use_row(row, range(strip.slot, strip.slot + 1), (route.id, route.id))
    return route
