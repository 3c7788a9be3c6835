"""Tracks: which lines run side by side in one channel, and which may share a place.

In a vertical channel a line that arrives from the left at some row must turn before another that
leaves to the right in the same row, or both would lie on each other there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define

from tthc_flow.layout.routes import Side, column_slot, row_slot

if TYPE_CHECKING:
    from tthc_flow.layout.routes import Channel, Route
    from tthc_flow.layout.rows import Grid

FAR: Final = 1 << 30


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
    start = route.channels[index - 1].slot if index else slot(place[route.source])
    if index + 1 < len(route.channels):
        end = route.channels[index + 1].slot
    elif route.outside:
        end = route.outside * FAR
    else:
        end = slot(place[route.target])
    return _Piece(route=route, index=index, start=start, end=end)


def _pack_horizontal(pieces: list[_Piece]) -> int:
    tracks: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda each: (each.high - each.low, each.low)):
        _place(piece, tracks, 0)
    return len(tracks)


def _pack_vertical(pieces: list[_Piece]) -> int:
    """Pack with the constraint above; downward lines that start lower turn first."""
    pieces = sorted(pieces, key=_turn_order)
    arriving: dict[int, list[_Piece]] = {}
    for piece in pieces:
        if piece.first and piece.route.leave is Side.RIGHT:
            arriving.setdefault(piece.start, []).append(piece)
    waits: dict[int, list[_Piece]] = {}
    for piece in pieces:
        if piece.last and piece.route.enter is Side.LEFT and not piece.route.outside:
            before = [each for each in arriving.get(piece.end, ()) if each is not piece]
            waits[id(piece)] = [each for each in before if each.route.target != piece.route.target]
    tracks: list[list[_Piece]] = []
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


def _place(piece: _Piece, tracks: list[list[_Piece]], lowest: int) -> int:
    number = lowest
    while True:
        while number >= len(tracks):
            tracks.append([])
        if not any(_clash(piece, other) for other in tracks[number]):
            tracks[number].append(piece)
            piece.route.tracks[piece.index] = number
            return number
        number += 1


def _clash(one: _Piece, other: _Piece) -> bool:
    if one.high < other.low or other.high < one.low:
        return False
    together = one.first and other.first and one.route.source == other.route.source
    same_side = one.route.leave is other.route.leave and one.route.boundary == other.route.boundary
    return not (together and same_side)
