"""The rules of the token game: how tokens move by themselves, in rooms within rooms."""

from __future__ import annotations

from tthc_flow.model.flow import Event, Flow, Gateway, SubProcess
from tthc_flow.model.step import Step

from . import again, noticed
from .looking_ahead import filled_for_good
from .rooms import Room, catches, exact_first, handler_starts, link_ends, waits_for_no_flow
from .undone import noted, undoing


class Board:
    """The tokens of one case of *flow*; they come to rest where a player has to move."""

    def __init__(
        self, flow: Flow, start: str | None = None, facts: dict[str, object] | None = None
    ) -> None:
        self.flow = flow
        self.facts = dict(facts or {})
        self.torn = False
        self.top = Room(None, None)
        self.over = False
        self.born(self.top, start)
        self.settle()

    def born(self, room: Room, start: str | None = None) -> None:
        nodes = [node for node in self.flow.nodes if node.scope == room.node]
        begins = [n.id for n in nodes if isinstance(n, Event) and n.position == "startEvent"]
        if begins and room.node is None:
            begins = [start or begins[0]]
        sprung = {n.id for n in nodes if waits_for_no_flow(n)} | self.flow.undoing
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

    def seen_from(self, room: Room) -> dict[str, object]:
        """Return the facts, and around *room* the member of each round by its name."""
        members: dict[str, object] = {}
        around: Room | None = room
        while around is not None:
            loop = getattr(self.flow.by_id.get(around.node or ""), "loop", None)
            if around.member is not None and loop.member is not None:
                members.setdefault(loop.member, around.member)
            around = around.parent
        return {**self.facts, **members}

    def start_handler(self, room: Room, start: Event) -> None:
        if start.interrupting or start.trigger == "error":
            room.clear()
            room.overtaken = True
        inner = Room(start.scope, room)
        room.rooms.append(inner)
        self.exit(inner, start.id)

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

    def settle(self) -> None:
        moves = 0
        while not self.over and (self.step() or self.merge() or self.close() or self.notice()):
            moves += 1
            self.torn = self.torn or moves > 10_000  # it goes round without waiting for anybody
            if self.torn:
                return

    def notice(self) -> bool:
        """Let the one conditional event happen that is due; of several nobody says which first."""
        moves = noticed.due_now(self)
        self.torn = self.torn or len(moves) > 1
        if len(moves) == 1:
            moves[0]()
        return bool(moves)

    def work_off(self, room: Room, node_id: str) -> None:
        """End the work on *node_id*; what is the only thing in its room leaves no token."""
        room.working.remove(node_id)
        room.held -= self.hung_on(node_id)
        if not room.piece:
            self.exit(room, node_id)

    def hung_on(self, host: str) -> set[str]:
        """Return the events at the border of *host*."""
        return {n.id for n in self.flow.nodes if getattr(n, "attached_to", None) == host}

    def decide_by(self, room: Room, node_id: str, event: str) -> None:
        """Leave an event-based gateway by its *event*."""
        room.deciding.remove(node_id)
        self.exit(room, event)

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
            case Step(loop=loop) | SubProcess(loop=loop) if loop is not None:
                again.begin(self, room, node_id, loop)
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
            case Event(position="endEvent" | "intermediateThrowEvent"):
                self.leave_throwing(room, node)
            case _:
                self.exit(room, node_id)

    def leave_throwing(self, room: Room, node: Event) -> None:
        if node.trigger in {"error", "escalation"}:
            self.throw(room, node)
        elif node.trigger in {"compensate", "cancel"}:
            if node.trigger == "cancel":
                room.clear()
            room.rooms.append(undoing(self.flow, room, node))
        else:
            self.exit(room, node.id)

    def undone(self, room: Room) -> None:
        """Go on after undoing: behind the event, or at the border of a cancelled transaction."""
        event, around = self.flow.by_id[str(room.node)], room.parent
        around.rooms.remove(room)
        if event.trigger != "cancel":
            return self.exit(around, event.id)
        host = around.parent if around.parent.holds_rounds else around
        host.parent.rooms.remove(host)
        border = next(
            each
            for each in self.flow.nodes
            if isinstance(each, Event)
            and each.trigger == "cancel"
            and each.attached_to == host.node
        )
        return self.exit(host.parent, border.id)

    def begin(self, room: Room, node: SubProcess) -> None:
        if not any(each.scope == node.id for each in self.flow.nodes):
            room.working.append(node.id)
            return
        inner = Room(node.id, room)
        room.rooms.append(inner)
        self.born(inner)

    def exit(self, room: Room, node_id: str) -> None:
        for end in link_ends(self.flow, node_id):
            self.exit(room, end)
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
        filled = filled_for_good(self.flow, room, join)
        for edge in filled:
            room.tokens[edge] -= 1
        if filled:
            self.enter(room, join)
        return bool(filled)

    def close(self) -> bool:
        """End one room that has nothing left in it."""
        for room in self.rooms():
            if room.empty():
                if room.queue:
                    self.enter(room, room.queue.pop(0))
                elif room.undoes:
                    self.undone(room)
                elif room.left:
                    again.next_rounds(self, room)
                elif room.holds_rounds and again.goes_on(self, room):
                    pass
                elif room.parent is None:
                    self.over = True
                else:
                    room.parent.rooms.remove(room)
                    noted(self.flow, room.parent, str(room.node), room.done)
                    if room.parent.holds_rounds:
                        again.round_done(self, room.parent, room)
                    else:
                        self.exit(room.parent, str(room.node))
                return True
        return False
