"""What the token game is played with: rooms of tokens, and what may happen in which."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from tthc_flow.model.flow import Event, Flow

THROW, CATCH = "intermediateThrowEvent", "intermediateCatchEvent"
LINKING = {THROW, "endEvent"}
"""Where a link goes on: an end is how BPMN 1.2 draws it."""


@dataclass
class Done:
    """An activity that was completed, and what was completed in it."""

    node: str
    inner: list[Done]


@dataclass
class Room:
    """A running process or sub-process: its tokens and what is at work in it."""

    node: str | None
    parent: Room | None
    tokens: Counter[str] = field(default_factory=Counter)
    working: list[str] = field(default_factory=list)
    deciding: list[str] = field(default_factory=list)
    rooms: list[Room] = field(default_factory=list)
    overtaken: bool = False
    asking: bool = False
    left: int = 0
    granted: int = 1
    holds_rounds: bool = False
    begun: bool = False
    done: list[Done] = field(default_factory=list)
    undoes: bool = False
    queue: list[str] = field(default_factory=list)
    piece: bool = False
    members: list[object] = field(default_factory=list)
    member: object = None
    over: int = 0
    enough: bool = False
    held: set[str] = field(default_factory=set)

    def empty(self) -> bool:
        return not (+self.tokens or self.working or self.deciding or self.rooms or self.asking)

    def clear(self) -> None:
        for each in (self.tokens, self.working, self.deciding, self.rooms):
            each.clear()


def waits_for_no_flow(node: object) -> bool:
    """Return whether *node* is no beginning though no flow enters it."""
    if isinstance(node, Event):
        caught = node.position == "intermediateCatchEvent" and node.trigger == "link"
        return caught or node.position == "boundaryEvent"
    return getattr(node, "kind", "") == "eventSubProcess"


def handler_starts(flow: Flow, room: Room) -> list[Event]:
    """Return what begins the event sub-processes of *room*, unless one has taken it over."""
    if room.overtaken or room.holds_rounds:
        return []
    blocks = {
        node.id
        for node in flow.nodes
        if node.scope == room.node and getattr(node, "kind", "") == "eventSubProcess"
    }
    return [
        node
        for node in flow.nodes
        if isinstance(node, Event) and node.position == "startEvent" and node.scope in blocks
    ]


def catches(event: Event, thrown: Event) -> bool:
    """Return whether *event* catches *thrown*: the same trigger, and its name or any."""
    named = event.reference in {None, thrown.reference} or thrown.reference is None
    return event.trigger == thrown.trigger and named


def exact_first(events: list[Event]) -> Event:
    """Return the first of *events* that names what it catches, else the first."""
    return next((event for event in events if event.reference is not None), events[0])


def link_ends(flow: Flow, node_id: str) -> list[str]:
    """Return where the link that *node_id* throws comes out: the ends of its name beside it."""
    node = flow.by_id[node_id]
    if not isinstance(node, Event) or node.trigger != "link" or node.position not in LINKING:
        return []
    return [
        other.id
        for other in flow.nodes
        if isinstance(other, Event)
        and (other.position, other.trigger, other.scope) == (CATCH, "link", node.scope)
        and _named_alike(node, other)
    ]


def _named_alike(node: Event, other: Event) -> bool:
    if node.reference is None and other.reference is None:
        return node.name.split() == other.name.split()
    return node.reference == other.reference
