"""Where a token may still come to: what the inclusive join of the token game asks."""

from __future__ import annotations

from tthc_flow.model.flow import Event, Flow

from .rooms import Room


def filled_for_good(flow: Flow, room: Room, join: str) -> set[str]:
    """Return the filled arrows of an inclusive *join* if no token can still fill an empty one."""
    entries = flow.incoming[join]
    filled = {edge.id for edge in entries if room.tokens[edge.id]}
    hollow = {edge.id for edge in entries} - filled
    spots = {target(flow, edge) for edge, count in room.tokens.items() if count}
    spots |= {*room.working, *room.deciding, *(str(inner.node) for inner in room.rooms)}
    for spot in spots - {join}:
        coming = ahead(flow, spot, join)
        if coming & hollow and not coming & filled:
            return set()
    return filled


def target(flow: Flow, edge_id: str) -> str:
    """Return where the arrow *edge_id* leads."""
    return next(edge.target for edge in flow.edges if edge.id == edge_id)


def ahead(flow: Flow, spot: str, avoid: str) -> set[str]:
    """Return the arrows that a token at *spot* may come over without passing *avoid*."""
    found: set[str] = set()
    seen, stack = {spot}, [spot]
    while stack:
        node = stack.pop()
        targets = [
            event.id
            for event in flow.nodes
            if isinstance(event, Event) and event.attached_to == node
        ]
        for edge in flow.outgoing[node]:
            found.add(edge.id)
            targets.append(edge.target)
        for goal in targets:
            if goal not in seen and goal != avoid:
                seen.add(goal)
                stack.append(goal)
    return found
