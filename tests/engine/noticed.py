"""Conditional events in the token game: whose condition has come to hold, now that all rests.

Source: BPMN 2.0.2, 10.5.4 and 13.5: a catching one waits for its condition; at a border or of an
event sub-process the condition has to become true, and false and true again to happen again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from tthc_flow.model.flow import Event, Flow

from .again import truth
from .rooms import Room, handler_starts

if TYPE_CHECKING:
    from .board import Board

Move = Callable[[], None]


def due_now(board: Board) -> list[Move]:
    """Return a move for each conditional event that happens now."""
    return [move for room in board.rooms() for move in _in_room(board, room)]


def _in_room(board: Board, room: Room) -> Iterator[Move]:
    flow = board.flow
    facts = board.seen_from(room)
    for node in room.working:
        if isinstance(flow.by_id[node], Event) and truth(flow.by_id[node].condition, facts):
            yield lambda node=node: board.work_off(room, node)
    for node in room.deciding:
        if flow.by_id[node].kind == "eventBasedGateway":
            targets = (flow.by_id[edge.target] for edge in flow.outgoing[node])
            ways = (each.id for each in targets if truth(getattr(each, "condition", None), facts))
            yield from (lambda node=node, way=way: board.decide_by(room, node, way) for way in ways)
    for start in handler_starts(flow, room):
        if _comes_to_hold(room, start, facts):
            yield lambda start=start: board.start_handler(room, start)
    for event in _guards(flow, room):
        if _comes_to_hold(room, event, facts):
            yield lambda event=event: board.boundary(event.id)


def _guards(flow: Flow, room: Room) -> list[Event]:
    """Return the conditional border events that listen in *room*; what does not forgets."""
    hosts = {*room.working, *(str(inner.node) for inner in room.rooms if not inner.undoes)}
    if room.holds_rounds or room.piece:
        return []
    events = [n for n in flow.nodes if isinstance(n, Event) and n.condition is not None]
    room.held -= {each.id for each in events if each.attached_to and each.attached_to not in hosts}
    return [each for each in events if each.attached_to in hosts]


def _comes_to_hold(room: Room, event: Event, facts: dict[str, object]) -> bool:
    held = event.id in room.held
    holds = bool(truth(event.condition, facts))
    if holds and not held:
        room.held.add(event.id)
    if held and not holds:
        room.held.discard(event.id)
    return holds and not held
