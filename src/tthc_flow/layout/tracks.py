"""Tracks: which lines run side by side in one channel, and which may share a place.

In a vertical channel a line that arrives from the left at some row must turn before another that
leaves to the right in the same row, or both would lie on each other there.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from attrs import define, field

from tthc_flow.layout.routes import Side, column_slot, row_slot

if TYPE_CHECKING:
    from tthc_flow.layout.routes import Channel, Route
    from tthc_flow.layout.rows import Grid


_Port = tuple[str, Side, float, bool]
"""A shape, a side of it, where on it, and whether lines end there."""


@define(kw_only=True)
class _Piece:
    route: Route
    index: int
    start: int
    end: int

    @property
    def low(self) -> int:
        return min(self.start, self.end)

    @property
    def high(self) -> int:
        return max(self.start, self.end)

    @property
    def first(self) -> bool:
        return self.index == 0

    @property
    def last(self) -> bool:
        return self.index == len(self.route.channels) - 1

    def ports(self) -> frozenset[_Port]:
        """Return the points on shapes at which lines may run together into or out of this piece."""
        route, found = self.route, set()
        if self.first and route.start is None:
            shape = route.boundary or route.source
            found.add((shape, route.leave, route.leave_at, route.backwards))
        if self.last and route.stop is None:
            shape = route.landing or route.target
            found.add((shape, route.enter, route.enter_at, not route.backwards))
        return frozenset(found)


def assign_tracks(routes: list[Route], grid: Grid) -> dict[Channel, int]:
    """Give every piece of every route a track; return how many tracks each channel needs.

    Example:
        >>> from tthc_flow.layout.rows import Grid
        >>> assign_tracks([], Grid(row={}, column={}, cells={}, bands=[], columns=1))
        {}

    Source: left-edge channel routing (Hashimoto, Stevens 1971) with first fit and constraints.
    """
    pieces: dict[Channel, list[_Piece]] = {}
    for route in routes:
        route.tracks = [0] * len(route.channels)
        for index, channel in enumerate(route.channels):
            pieces.setdefault(channel, []).append(_piece(route, index, grid))
    return {
        channel: _pack_vertical(found) if channel.vertical else _pack_horizontal(found)
        for channel, found in pieces.items()
    }


def _piece(route: Route, index: int, grid: Grid) -> _Piece:
    channel = route.channels[index]
    slot, place = (row_slot, grid.row) if channel.vertical else (column_slot, grid.column)
    if index:
        start = route.channels[index - 1].slot
    else:
        start = slot(place[route.source]) if route.start is None else route.start.slot
    if index + 1 < len(route.channels):
        end = route.channels[index + 1].slot
    elif route.stop is not None:
        end = route.stop.slot
    else:
        end = slot(place[route.target])
    return _Piece(route=route, index=index, start=start, end=end)


def _pack_horizontal(pieces: list[_Piece]) -> int:
    tracks: list[_Track] = []
    for piece in sorted(pieces, key=lambda each: (each.high - each.low, each.low)):
        _place(piece, tracks, 0)
    return len(tracks)


def _pack_vertical(pieces: list[_Piece]) -> int:
    """Pack with the constraint above; downward lines that start lower turn first."""
    pieces = sorted(pieces, key=_turn_order)
    arriving: dict[int, list[_Piece]] = {}
    for piece in pieces:
        if piece.first and piece.route.leave is Side.RIGHT and piece.route.start is None:
            arriving.setdefault(piece.start, []).append(piece)
    waits: dict[int, list[_Piece]] = {}
    for piece in pieces:
        if piece.last and piece.route.enter is Side.LEFT and piece.route.stop is None:
            before = [each for each in arriving.get(piece.end, ()) if each is not piece]
            waits[id(piece)] = [each for each in before if each.route.target != piece.route.target]
    tracks: list[_Track] = []
    placed: dict[int, int] = {}
    pending = pieces
    while pending:
        ready = [
            each for each in pending if all(id(one) in placed for one in waits.get(id(each), ()))
        ] or pending[:1]
        for piece in ready:
            known = [placed[id(one)] + 1 for one in waits.get(id(piece), ()) if id(one) in placed]
            placed[id(piece)] = _place(piece, tracks, max(known, default=0))
        pending = [each for each in pending if id(each) not in placed]
    return len(tracks)


def _turn_order(piece: _Piece) -> tuple[bool, int]:
    upward = piece.end < piece.start
    return upward, piece.start if upward else -piece.start


@define
class _Track:
    """The stretches of one track from low to high, each with the ports its lines share."""

    lows: list[int] = field(factory=list)
    highs: list[int] = field(factory=list)
    ports: list[frozenset[_Port]] = field(factory=list)

    def take(self, piece: _Piece) -> bool:
        """Add *piece* if it meets only lines that start or end at the same port as it."""
        first = bisect_left(self.highs, piece.low)
        last = bisect_right(self.lows, piece.high)
        shared = piece.ports().intersection(*self.ports[first:last])
        if first < last and not shared:
            return False
        low = min([piece.low, *self.lows[first:last]])
        high = max([piece.high, *self.highs[first:last]])
        self.lows[first:last], self.highs[first:last] = [low], [high]
        self.ports[first:last] = [shared]
        return True


def _place(piece: _Piece, tracks: list[_Track], lowest: int) -> int:
    number = lowest
    while True:
        while number >= len(tracks):
            tracks.append(_Track())
        if tracks[number].take(piece):
            piece.route.tracks[piece.index] = number
            return number
        number += 1
