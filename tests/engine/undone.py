"""Undoing in the token game: what was done in a room is taken back, the last first."""

from __future__ import annotations

from tthc_flow.model.flow import Event, Flow

from .rooms import Done, Room


def handler_of(flow: Flow, node_id: str) -> str | None:
    """Return what undoes the activity: what its border event is tied to, or its own block."""
    for node in flow.nodes:
        if isinstance(node, Event) and node.trigger == "compensate":
            if node.attached_to == node_id and node.handler:
                return node.handler
            block = flow.by_id.get(node.scope or "")
            if node.position == "startEvent" and block is not None and block.scope == node_id:
                return block.id
    return None


def noted(flow: Flow, room: Room, node_id: str, inner: list[Done]) -> None:
    """Note in *room* that an activity was completed, if there is something to undo."""
    if handler_of(flow, node_id) or inner:
        room.done.append(Done(node_id, inner))


def undoing(flow: Flow, room: Room, event: Event) -> Room:
    """Return the room in which *event* undoes, one thing after the other."""
    about = room
    while event.trigger == "compensate" and _handles(flow, about):
        about = about.parent
    wanted = [each for each in about.done if event.reference in {None, each.node}]
    about.done = [each for each in about.done if each not in wanted]
    queue = [step for each in reversed(wanted) for step in _taken_back(flow, each)]
    return Room(event.id, room, undoes=True, queue=queue)


def _handles(flow: Flow, room: Room) -> bool:
    block = flow.by_id.get(room.node or "")
    return getattr(block, "kind", "") == "eventSubProcess"


def _taken_back(flow: Flow, done: Done) -> list[str]:
    handler = handler_of(flow, done.node)
    if handler:
        return [handler]
    return [step for each in reversed(done.inner) for step in _taken_back(flow, each)]
