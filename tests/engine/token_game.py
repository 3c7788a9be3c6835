"""A second reading of the standard, for tests only: BPMN as a game of tokens on sequence flows.

It shares nothing with the engine: tokens lie on arrows, every node is asked over and over
whether it can move, and the inclusive join looks forward from every token, as the standard
words it (BPMN 2.0.2, 13.4). Slow and plain on purpose.
"""

from __future__ import annotations

from collections import Counter

from tthc_flow.model.flow import Event, Flow, Gateway, SubProcess
from tthc_flow.model.step import Step

from .looking_ahead import ahead, target
from .rooms import Room, catches, exact_first, handler_starts, waits_for_no_flow


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
        sprung = {n.id for n in nodes if waits_for_no_flow(n)}
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
        """Return what waits: (node, "work"), (node, "choice") and (node, "rounds")."""
        found: Counter[tuple[str, str]] = Counter()
        for room in self.rooms():
            found.update((node, "work") for node in room.working)
            found.update((node, "choice") for node in room.deciding)
            found.update([(str(room.node), "rounds")] if room.asking else [])
        return found

    # Moves of the player.

    def work(self, node: str) -> None:
        room = next(room for room in self.rooms() if node in room.working)
        room.working.remove(node)
        self.exit(room, node)
        self.settle()

    def repeat(self, node: str, times: int) -> None:
        holder = next(room for room in self.rooms() if room.node == node and room.asking)
        holder.asking, holder.left = False, times
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

    def happen(self, event: str) -> None:
        """Let a boundary event or the start event of an event sub-process happen."""
        if not self.overtake(event):
            self.boundary(event)
        self.settle()

    def overtake(self, event: str) -> bool:
        """Start the event sub-process of *event*, where it is that of one."""
        node = self.flow.by_id[event]
        block = self.flow.by_id.get(node.scope or "")
        if node.position != "startEvent" or getattr(block, "kind", "") != "eventSubProcess":
            return False
        room = next(
            r
            for r in self.rooms()
            if r.node == block.scope and not r.overtaken and not r.holds_rounds
        )
        self.start_handler(room, node)
        return True

    def start_handler(self, room: Room, start: Event) -> None:
        if start.interrupting or start.trigger == "error":
            room.clear()
            room.overtaken = True
        inner = Room(start.scope, room)
        room.rooms.append(inner)
        self.exit(inner, start.id)

    def boundary(self, event: str) -> None:
        node = self.flow.by_id[event]
        for room in [each for each in self.rooms() if not each.holds_rounds]:
            inner = [each for each in room.rooms if each.node == node.attached_to]
            if node.attached_to in room.working or inner:
                if node.interrupting and inner:
                    room.rooms.remove(inner[0])
                elif node.interrupting:
                    room.working.remove(node.attached_to)
                return self.exit(room, event)
        raise AssertionError(event)

    def throw(self, room: Room, node: Event) -> None:
        """Hand an error or escalation outwards, scope by scope, to the first that catches it."""
        inside, here = "", room
        while True:
            handlers = [
                start
                for start in handler_starts(self.flow, here)
                if start.scope != inside and catches(start, node)
            ]
            if handlers:
                start = exact_first(handlers)
                self.start_handler(here, start)
                break
            if here.parent is None:
                if node.trigger == "error":
                    self.top.clear()
                else:
                    self.exit(room, node.id)
                return
            guards = [
                event
                for event in self.flow.nodes
                if isinstance(event, Event)
                and event.attached_to == here.node
                and catches(event, node)
                and not here.parent.holds_rounds
            ]
            if guards:
                start = exact_first(guards)
                if start.interrupting or start.trigger == "error":
                    here.parent.rooms.remove(here)
                self.exit(here.parent, start.id)
                break
            inside, here = str(here.node), here.parent
        if not (start.interrupting or start.trigger == "error"):
            self.exit(room, node.id)

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
            case SubProcess():
                self.begin(room, node)
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
                room.clear()
            case Event(
                position="endEvent" | "intermediateThrowEvent", trigger="error" | "escalation"
            ):
                self.throw(room, node)
            case _:
                self.exit(room, node_id)

    def begin(self, room: Room, node: SubProcess) -> None:
        if not any(each.scope == node.id for each in self.flow.nodes):
            room.working.append(node.id)
            return
        inner = Room(node.id, room, holds_rounds=node.loop is not None)
        room.rooms.append(inner)
        if node.loop is None:
            self.born(inner)
        elif node.loop.multi_instance:
            inner.asking = True
        else:
            inner.left = 1

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
        spots = {target(self.flow, edge) for edge, count in room.tokens.items() if count}
        spots |= {*room.working, *room.deciding, *(str(inner.node) for inner in room.rooms)}
        for spot in spots - {join}:
            coming = ahead(self.flow, spot, join)
            if coming & hollow and not coming & filled:
                return False
        for edge in filled:
            room.tokens[edge] -= 1
        self.enter(room, join)
        return True

    def close(self) -> bool:
        """End one room that has nothing left in it."""
        for room in self.rooms():
            if room.empty():
                if room.left:
                    self.next_rounds(room)
                elif room.holds_rounds and self.asks_again(room):
                    room.asking = True
                elif room.parent is None:
                    self.over = True
                else:
                    room.parent.rooms.remove(room)
                    if not room.parent.holds_rounds:
                        self.exit(room.parent, str(room.node))
                return True
        return False

    def next_rounds(self, holder: Room) -> None:
        """Begin the rounds that are left: all at once, or the first of them."""
        loop = self.flow.by_id[str(holder.node)].loop
        now = holder.left if loop.multi_instance and not loop.sequential else 1
        holder.left -= now
        holder.begun = True
        for _ in range(now):
            inner = Room(holder.node, holder)
            holder.rooms.append(inner)
            self.born(inner)

    def asks_again(self, holder: Room) -> bool:
        """Return whether somebody is asked for another round: in a loop, until none is wanted."""
        loop = self.flow.by_id[str(holder.node)].loop
        again, holder.begun = holder.begun, False
        return again and not loop.multi_instance
