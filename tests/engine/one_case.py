"""The oracle of `engine/`: one case of a flow, played by hand as a game of tokens on arrows.

It shares nothing with the engine: tokens lie on arrows, every node is asked over and over
whether it can move, and the inclusive join looks forward from every token, as the standard
words it (BPMN 2.0.2, 13.4). Slow and plain on purpose. Here are the moves of the player.
"""

from __future__ import annotations

from collections import Counter

from tthc_flow.model.flow import Event

from . import again
from .board import Board
from .rooms import Room
from .undone import noted


class OneCase(Board):
    """One case of a flow; :meth:`due` says what it waits for."""

    def due(self) -> Counter[tuple[str, str]]:
        """Return what waits: (node, "work"), (node, "choice") and (node, "rounds").

        In a round that is about a member of a list, the member comes third.
        """
        found: Counter[tuple[str, str]] = Counter()
        for room in self.rooms():
            about = () if self.about(room) is None else (self.about(room),)
            found.update((node, "work", *about) for node in room.working)
            found.update((node, "choice", *about) for node in room.deciding)
            found.update([(str(room.node), "rounds", *about)] if room.asking else [])
        return found

    def about(self, room: Room | None) -> object:
        """Return the member that the nearest round around *room* is about."""
        while room is not None and room.member is None:
            room = room.parent
        return None if room is None else room.member

    def work(
        self, node: str, facts: dict[str, object] | None = None, *, about: object = None
    ) -> None:
        room = next(
            room for room in self.rooms() if node in room.working and self.about(room) == about
        )
        self.facts |= facts or {}
        if not isinstance(self.flow.by_id[node], Event) and not room.piece:
            noted(self.flow, room, node, [])
        self.work_off(room, node)
        self.settle()

    def repeat(self, node: str, times: int) -> None:
        holder = next(room for room in self.rooms() if room.node == node and room.asking)
        again.answered(self, holder, times)
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

    def happen(self, event: str, facts: dict[str, object] | None = None) -> None:
        """Let a boundary event or the start event of an event sub-process happen."""
        self.facts |= facts or {}
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

    def boundary(self, event: str) -> None:
        node = self.flow.by_id[event]
        for room in [each for each in self.rooms() if not each.holds_rounds]:
            inner = [each for each in room.rooms if each.node == node.attached_to]
            if node.attached_to in room.working or inner:
                interrupting = node.interrupting or node.trigger == "error"
                if interrupting and inner:
                    room.rooms.remove(inner[0])
                elif interrupting:
                    room.working.remove(node.attached_to)
                    room.held -= self.hung_on(node.attached_to)
                return self.exit(room, event)
        raise AssertionError(event)
