"""A second reading of the standard, for tests only: BPMN as a game of tokens on sequence flows.

It shares nothing with the engine: tokens lie on arrows, every node is asked over and over
whether it can move, and the inclusive join looks forward from every token, as the standard
words it (BPMN 2.0.2, 13.4). Slow and plain on purpose.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from tthc_flow.model.flow import Event, Flow, Gateway, SubProcess
from tthc_flow.model.step import Step


@dataclass
class Room:
    """A running process or sub-process: its tokens and what is at work in it."""

    node: str | None
    parent: Room | None
    tokens: Counter[str] = field(default_factory=Counter)
    working: list[str] = field(default_factory=list)
    deciding: list[str] = field(default_factory=list)
    rooms: list[Room] = field(default_factory=list)

    def empty(self) -> bool:
        return not (+self.tokens or self.working or self.deciding or self.rooms)


class Game:
    """One case of a flow; :meth:`due` says what it waits for."""

    def __init__(self, flow: Flow, start: str | None = None) -> None:
        self.flow = flow
        self.top = Room(None, None)
        self.over = False
        self.born(self.top, start)
        self.settle()

    def born(self, room: Room, start: str | None = None) -> None:
        nodes = [node for node in self.flow.nodes if node.scope == room.node]
        begins = [n.id for n in nodes if isinstance(n, Event) and n.position == "startEvent"]
        if begins and room.node is None:
            begins = [start or begins[0]]
        sprung = {
            n.id
            for n in nodes
            if isinstance(n, Event)
            and (
                n.position == "boundaryEvent"
                or (n.position == "intermediateCatchEvent" and n.trigger == "link")
            )
        }
        for node in begins or [
            n.id for n in nodes if not self.flow.incoming[n.id] and n.id not in sprung
        ]:
            self.enter(room, node)

    def rooms(self) -> list[Room]:
        found, stack = [], [self.top]
        while stack:
            room = stack.pop()
            found.append(room)
            stack.extend(room.rooms)
        return found

    def due(self) -> Counter[tuple[str, str]]:
        """Return what waits: (node, "work") and (node, "choice")."""
        found: Counter[tuple[str, str]] = Counter()
        for room in self.rooms():
            found.update((node, "work") for node in room.working)
            found.update((node, "choice") for node in room.deciding)
        return found

    # Moves of the player.

    def work(self, node: str) -> None:
        room = next(room for room in self.rooms() if node in room.working)
        room.working.remove(node)
        self.exit(room, node)
        self.settle()

    def choose(self, node: str, *edges: str) -> None:
        room = next(room for room in self.rooms() if node in room.deciding)
        room.deciding.remove(node)
        for edge in self.flow.outgoing[node]:
            if edge.id in edges:
                if self.flow.by_id[node].kind == "eventBasedGateway":
                    self.exit(room, edge.target)
                else:
                    room.tokens[edge.id] += 1
        self.settle()

    def boundary(self, event: str) -> None:
        node = self.flow.by_id[event]
        for room in self.rooms():
            inner = [each for each in room.rooms if each.node == node.attached_to]
            if node.attached_to in room.working or inner:
                if node.interrupting and inner:
                    room.rooms.remove(inner[0])
                elif node.interrupting:
                    room.working.remove(node.attached_to)
                self.exit(room, event)
                return self.settle()
        raise AssertionError(event)

    # Rules of the board.

    def settle(self) -> None:
        while not self.over and (self.step() or self.merge() or self.close()):
            pass

    def step(self) -> bool:
        for room in self.rooms():
            for node in self.flow.nodes:
                if node.scope == room.node and self.move(room, node):
                    return True
        return False

    def move(self, room: Room, node: Step | Gateway | Event | SubProcess) -> bool:
        edges = self.flow.incoming[node.id]
        filled = [edge.id for edge in edges if room.tokens[edge.id]]
        if not filled:
            return False
        if isinstance(node, Gateway) and len(edges) > 1:
            if node.kind == "inclusiveGateway":
                return False
            if node.kind == "parallelGateway":
                if len(filled) < len(edges):
                    return False
                for edge in filled:
                    room.tokens[edge] -= 1
                self.enter(room, node.id)
                return True
        room.tokens[filled[0]] -= 1
        self.enter(room, node.id)
        return True

    def enter(self, room: Room, node_id: str) -> None:
        node = self.flow.by_id[node_id]
        ways = len(self.flow.outgoing[node_id])
        match node:
            case Step():
                room.working.append(node_id)
            case SubProcess() if not any(each.scope == node_id for each in self.flow.nodes):
                room.working.append(node_id)
            case SubProcess():
                inner = Room(node_id, room)
                room.rooms.append(inner)
                self.born(inner)
            case Gateway(kind=kind):
                chosen = kind in {"exclusiveGateway", "inclusiveGateway"} and ways > 1
                if chosen or kind == "eventBasedGateway":
                    room.deciding.append(node_id)
                else:
                    self.exit(room, node_id)
            case Event(position="intermediateCatchEvent", trigger=trigger) if trigger not in {
                "none",
                "link",
            }:
                room.working.append(node_id)
            case Event(position="endEvent", trigger="terminate"):
                room.tokens.clear()
                room.working.clear()
                room.deciding.clear()
                room.rooms.clear()
            case _:
                self.exit(room, node_id)

    def exit(self, room: Room, node_id: str) -> None:
        for edge in self.flow.outgoing[node_id]:
            room.tokens[edge.id] += 1

    def merge(self) -> bool:
        """Let one inclusive join go on that no other token can still reach."""
        for room in self.rooms():
            for node in self.flow.nodes:
                if (
                    node.scope == room.node
                    and isinstance(node, Gateway)
                    and node.kind == "inclusiveGateway"
                    and self.may_merge(room, node.id)
                ):
                    return True
        return False

    def may_merge(self, room: Room, join: str) -> bool:
        entries = self.flow.incoming[join]
        filled = {edge.id for edge in entries if room.tokens[edge.id]}
        if not filled:
            return False
        hollow = {edge.id for edge in entries} - filled
        spots = {self.target(edge) for edge, count in room.tokens.items() if count}
        spots |= {*room.working, *room.deciding, *(str(inner.node) for inner in room.rooms)}
        for spot in spots - {join}:
            ahead = self.ahead(spot, join)
            if ahead & hollow and not ahead & filled:
                return False
        for edge in filled:
            room.tokens[edge] -= 1
        self.enter(room, join)
        return True

    def target(self, edge_id: str) -> str:
        return next(edge.target for edge in self.flow.edges if edge.id == edge_id)

    def ahead(self, spot: str, avoid: str) -> set[str]:
        """Return the arrows that a token at *spot* may come over without passing *avoid*."""
        found: set[str] = set()
        seen, stack = {spot}, [spot]
        while stack:
            node = stack.pop()
            targets = [
                event.id
                for event in self.flow.nodes
                if isinstance(event, Event) and event.attached_to == node
            ]
            for edge in self.flow.outgoing[node]:
                found.add(edge.id)
                targets.append(edge.target)
            for target in targets:
                if target not in seen and target != avoid:
                    seen.add(target)
                    stack.append(target)
        return found

    def close(self) -> bool:
        """End one room that has nothing left in it."""
        for room in self.rooms():
            if room.empty():
                if room.parent is None:
                    self.over = True
                else:
                    room.parent.rooms.remove(room)
                    self.exit(room.parent, str(room.node))
                return True
        return False
