"""The routes of messages: out of a sub-process, between pools, round those in between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define, field

from tthc_flow.layout.choose import ON_EVENT, ends_of, is_free
from tthc_flow.layout.routes import Channel, Route, Side, Stop, after, row_slot
from tthc_flow.layout.strips import Ends, Way, port, side_strip, strip_ways, stub
from tthc_flow.layout.ways import message_ways

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tthc_flow.layout.messages import End, Exit, Hop, Post
    from tthc_flow.layout.routes import Traffic
    from tthc_flow.layout.sizes import Size
    from tthc_flow.layout.strips import Run

PITCH: Final = 12.0
"""How far apart messages touch the same side of a wide shape."""
CORNER: Final = 24.0
"""Where from the left end messages start on a lower border with events: behind the flows."""
_UPRIGHT: Final = (Side.TOP, Side.BOTTOM)


@define(kw_only=True)
class Letters:
    """What the routes of messages are made from; *ports* counts those at each side of a shape.

    *leave_at* is where a message from inside a sub-process comes out: the side, and how far from
    its middle; *rows* are the first and last row of each tower.
    """

    traffic: Traffic
    sizes: dict[str, Size]
    hosts: Mapping[str, object]
    rows: list[tuple[int, int]] = field(factory=list)
    leave_at: Mapping[tuple[str, int], tuple[Side, float]] = field(factory=dict)
    ports: dict[tuple[str, Side], int] = field(factory=dict)

    @property
    def outer(self) -> Channel:
        """Return the channel right of all pools."""
        return after(self.traffic.grid.columns)

    def exits(self, leaving: Iterable[Exit]) -> list[Route]:
        """Return the routes of messages to the upper or lower edge of a sub-process."""
        found = []
        for each in leaving:
            side = Side.TOP if each.up else Side.BOTTOM
            slot = 0 if each.up else row_slot(self.traffic.grid.rows)
            stop = Stop(pool=None, side=side, slot=slot)
            key = (each.id, each.part)
            found.append(self._to_edge(each.id, each.hop, stop, key, backwards=each.part == 1))
        return found

    def between(self, post: Post) -> list[Route]:
        """Return the routes of messages from pool to pool."""
        found = []
        for message, start, end in post.ends:
            if start.hops and end.hops:
                found.append(self._node_to_node(message.id, start, end))
            elif start.hops or end.hops:
                inner, pool = (start, end) if start.hops else (end, start)
                stop = self._stop(pool, inner.tower)
                key = (message.id, 0 if start.hops else 1)
                backwards = not start.hops
                found.append(
                    self._to_edge(message.id, inner.hops[-1], stop, key, backwards=backwards)
                )
            else:
                found.append(self._pool_to_pool(message.id, start, end))
        return found

    def _stop(self, pool: End, tower: int) -> Stop:
        """Return the border of *pool* that a message from *tower* meets."""
        first, last = self.rows[pool.tower]
        if abs(pool.tower - tower) > 1:
            return Stop(pool=pool.pool, side=Side.RIGHT, slot=row_slot(first))
        if pool.tower > tower or pool.tower == tower:
            return Stop(pool=pool.pool, side=Side.TOP, slot=row_slot(first) - 2)
        return Stop(pool=pool.pool, side=Side.BOTTOM, slot=row_slot(last) + 2)

    def _to_edge(
        self, message: str, hop: Hop, stop: Stop, key: tuple[str, int], *, backwards: bool
    ) -> Route:
        grid = self.traffic.grid
        row, column = grid.row[hop.item], grid.column[hop.item]
        allowed = self._allowed(hop, key, upward=stop.slot < row_slot(row))
        pair = (hop.boundary or hop.item, message)
        far = stop.side is Side.RIGHT
        ways = list(self._edge_ways(row, column, stop.slot, allowed, far=far))
        way = min(
            ways,
            key=lambda each: (
                not each.safe and not is_free(each, self.traffic, pair),
                self._clash(hop, each.leave, inward=backwards),
                not is_free(each, self.traffic, pair),
            ),
        )
        self._take(way, pair)
        route = Route(
            id=message,
            source=hop.item,
            target=stop.pool or "",
            leave=way.leave,
            enter=stop.side,
            channels=way.channels,
            boundary=hop.boundary,
            stop=stop,
            backwards=backwards,
        )
        route.leave_at = self._port(hop, key, way.leave, inward=backwards)
        return route

    def _edge_ways(
        self, row: int, column: int, slot: int, allowed: tuple[Side, ...], *, far: bool
    ) -> Iterator[Way]:
        """Yield ways from a cell to a border above or below, or (*far*) round the right end."""
        facing = Side.TOP if slot < row_slot(row) else Side.BOTTOM
        if not far and facing in allowed:
            low, high = sorted((slot, row_slot(row)))
            run = (False, column, range(low + (low != slot), high + (high == slot)))
            yield Way(leave=facing, enter=facing, runs=(run,))
        for side in allowed:
            strip = side_strip(row, column, side)
            last = self.outer if far else after(column)
            channels: tuple[Channel, ...] = (
                (strip,) if strip.vertical and not far else (strip, last)
            )
            if strip.vertical and far:
                channels = (strip, side_strip(row, column, facing), last)
            yield Way(
                leave=side,
                enter=facing,
                channels=channels,
                runs=_stubs(row, column, strip),
                safe=True,
            )

    def _node_to_node(self, message: str, start: End, end: End) -> Route:
        grid = self.traffic.grid
        hop, goal = start.hops[-1], end.hops[-1]
        ends = ends_of(hop.item, goal.item, grid)
        leaves = self._allowed(hop, (message, 0), upward=end.tower <= start.tower)
        enters = self._allowed(goal, (message, 1), upward=start.tower <= end.tower)
        pair = (hop.boundary or hop.item, goal.boundary or goal.item)
        if abs(start.tower - end.tower) > 1:
            ways = self._round(ends, leaves, enters)
        else:
            ways = [way for way in message_ways(ends) if self._fits(way, hop, goal, message)]
            ways = [way for way in ways if way.leave in leaves and way.enter in enters]
            ways += strip_ways(ends, leaves, enters)
        way = min(
            ways,
            key=lambda each: (
                not each.safe and not is_free(each, self.traffic, pair),
                self._clash(hop, each.leave, inward=False)
                + self._clash(goal, each.enter, inward=True),
                not is_free(each, self.traffic, pair),
            ),
        )
        self._take(way, pair)
        route = Route(
            id=message,
            source=hop.item,
            target=goal.item,
            leave=way.leave,
            enter=way.enter,
            channels=way.channels,
            boundary=hop.boundary,
            landing=goal.boundary,
        )
        route.leave_at = self._port(hop, (message, 0), way.leave, inward=False)
        route.enter_at = self._port(goal, (message, 1), way.enter, inward=True)
        if not way.channels:
            self._align(route)
        return route

    def _align(self, route: Route) -> None:
        """Let a straight line touch both ends at the same distance, that of a small one first."""
        ends_at = (route.leave_at, route.enter_at)
        wide = not {route.source, route.target} & set(self.traffic.small)
        route.leave_at = route.enter_at = min(ends_at) if wide else max(ends_at)

    def _round(self, ends: Ends, leaves: tuple[Side, ...], enters: tuple[Side, ...]) -> list[Way]:
        """Return ways round the right end of the pools between."""
        found = []
        for leave in leaves:
            for enter in enters:
                first = side_strip(ends.row, ends.column, leave)
                last = side_strip(ends.to_row, ends.to_column, enter)
                if not first.vertical and not last.vertical:
                    runs = (port(ends.column, first), port(ends.to_column, last))
                    channels = (first, self.outer, last)
                    found.append(
                        Way(leave=leave, enter=enter, channels=channels, runs=runs, safe=True)
                    )
        return found

    def _pool_to_pool(self, message: str, start: End, end: End) -> Route:
        beside = abs(start.tower - end.tower) <= 1
        channel = after(self.traffic.grid.columns // 3) if beside else self.outer
        begin, stop = self._stop(start, end.tower), self._stop(end, start.tower)
        return Route(
            id=message,
            source=start.pool or "",
            target=end.pool or "",
            leave=begin.side,
            enter=stop.side,
            channels=(channel,),
            start=begin,
            stop=stop,
        )

    def _allowed(self, hop: Hop, key: tuple[str, int], *, upward: bool) -> tuple[Side, ...]:
        """Return the sides by which a message may touch, the most wanted first."""
        if hop.boundary is not None:
            return (Side.BOTTOM,)
        facing, other = _UPRIGHT if upward else _UPRIGHT[::-1]
        if key in self.leave_at:
            return (self.leave_at[key][0],)
        if hop.item in self.traffic.small:
            return (facing, other, Side.RIGHT, Side.LEFT)
        return (facing, other)

    def _fits(self, way: Way, hop: Hop, goal: Hop, message: str) -> bool:
        """Return whether a straight line can touch both shapes at the same distance."""
        if way.channels:
            return True
        inner = (message, 0) in self.leave_at or (message, 1) in self.leave_at
        crowded = (hop.item in self.hosts and way.leave is Side.BOTTOM) or (
            goal.item in self.hosts and way.enter is Side.BOTTOM
        )
        return not inner and not crowded and self._even(hop, way.leave, goal, way.enter)

    def _even(self, hop: Hop, leave: Side, goal: Hop, enter: Side) -> bool:
        """Return whether both shapes are wide or both small, or the wide one's middle is free."""
        small, far_small = (
            (each.boundary or each.item) in self.traffic.small for each in (hop, goal)
        )
        wide, side = (goal, enter) if small else (hop, leave)
        return small == far_small or side not in self.traffic.left.get(
            wide.item, set()
        ) | self.traffic.entered.get(wide.item, set())

    def _clash(self, hop: Hop, side: Side, *, inward: bool) -> int:
        """Return how badly a message would mix with the lines at *side* of a small shape."""
        key = hop.boundary or hop.item
        if key not in self.traffic.small:
            return 0
        same, against = self.traffic.left, self.traffic.entered
        if inward:
            same, against = against, same
        return 2 * (side in against.get(key, ())) + (side in same.get(key, ()))

    def _take(self, way: Way, pair: tuple[str, str]) -> None:
        for along_row, index, slots in way.runs:
            use = self.traffic.use_row if along_row else self.traffic.use_column
            use(index, slots, pair)

    def _port(self, hop: Hop, key: tuple[str, int], side: Side, *, inward: bool) -> float:
        """Return how far from the middle of *side* a message touches, and note it."""
        shape = hop.boundary or hop.item
        noted = self.traffic.entered if inward else self.traffic.left
        against = self.traffic.left if inward else self.traffic.entered
        met = side in against.get(shape, ())
        noted.setdefault(shape, set()).add(side)
        if key in self.leave_at:
            return self.leave_at[key][1]
        if side not in _UPRIGHT:
            return 0.0
        if shape in self.traffic.small:
            beside = ON_EVENT if inward else -ON_EVENT
            return beside if met and shape not in self.traffic.pointed else 0.0
        number = self.ports[shape, side] = self.ports.get((shape, side), 0) + 1
        if side is Side.BOTTOM and shape in self.hosts:
            return CORNER + PITCH * number - self.sizes[shape].width / 2
        return -PITCH * number


def _stubs(row: int, column: int, strip: Channel) -> tuple[Run, ...]:
    return (stub(row, strip) if strip.vertical else port(column, strip),)
