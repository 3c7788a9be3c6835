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
            node, pool, inward = ends
            route = Route(id=message.id, source=node, target=pool, inward=inward)
            side = around.side(pool) or (-1, 0)
            routes.append(_route(route, *side, flow=procedure.flow, traffic=traffic))
    return routes


def _ends(
    message: MessageFlow, flow: Flow, grid: Grid, around: Neighbours
) -> tuple[str, str, bool] | None:
    """Return the node on the sheet, the other pool, and whether the message runs inward.

    An end inside another pool counts as that pool where there is only one it can be.
    """
    others = [*around.above, *around.below]
    for node, far, inward in (
        (message.source, message.target, False),
        (message.target, message.source, True),
    ):
        anchor, pool = outermost(node, flow), far
        if around.side(pool) is None and far not in flow.by_id and len(others) == 1:
            pool = others[0].id
        if anchor in grid.row and around.side(pool) is not None:
            return anchor, pool, inward
    return None


def outermost(node: str, flow: Flow) -> str:
    """Return the node of the process itself that *node* lies in or is attached to.

    Example:
        >>> from tthc_flow.model.flow import Flow, SubProcess
        >>> from tthc_flow.model.step import Step
        >>> step = Step(id="a", name="Ký", scope="s")
        >>> outermost("a", Flow(id="p", nodes=(SubProcess(id="s"), step)))
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


def _route(route: Route, sign: int, distance: int, *, flow: Flow, traffic: Traffic) -> Route:
    """Let *route* leave upwards (*sign* -1) or downwards (1) to a pool so many pools away."""
    grid, node = traffic.grid, route.source
    row, column = grid.row[node], grid.column[node]
    leave = Side.TOP if sign < 0 else Side.BOTTOM
    route.leave, route.outside = leave, sign
    end = 0 if sign < 0 else row_slot(grid.rows)
    slots = range(min(end, row_slot(row)) + (sign > 0), max(end, row_slot(row)) + (sign > 0))
    ends = (route.id, route.id)
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
