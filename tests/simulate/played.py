"""An oracle: one case by the rules of BPMN itself, token by token, with nobody waiting for people.

It knows of no blocks: an inclusive join goes on when it has a token, and no other token can come to
an empty arm of it without passing it, but for those that can come to an arm that is taken as well
(BPMN 2.0.2, 13.4.3).
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

from tthc_flow.model.flow import Event, EventPosition, Gateway, GatewayKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from tthc_flow.model.flow import Flow, Node

SEVERAL = 2


class Play:
    """A case that takes the ways to the *visited* steps, each of which takes its minutes.

    *seen* says when it came to each step.
    """

    def __init__(self, flow: Flow, minutes: Mapping[str, float], visited: AbstractSet[str]) -> None:
        self.flow, self.minutes, self.visited = flow, minutes, visited
        self.seen: dict[str, float] = {}
        self.busy: list[tuple[float, int, str]] = []
        self.arms: dict[str, dict[str, int]] = {}
        self.count = 0
        (start,) = (n for n in flow.nodes if _at(n, EventPosition.START))
        self.come(0.0, start.id)

    def run(self) -> dict[str, float]:
        """Play to the end; return when the case came to each step."""
        now = 0.0
        while self.busy:
            now, _, here = heappop(self.busy)
            self.leave(now, here)
            if not self.busy or self.busy[0][0] > now:
                while self.fire(now):
                    pass
        assert not any(count for arms in self.arms.values() for count in arms.values())
        return self.seen

    def come(self, now: float, node: str) -> None:
        """Put a token on *node*, from which it goes on after its minutes."""
        if node in self.minutes:
            self.seen[node] = now
        self.count += 1
        heappush(self.busy, (now + self.minutes.get(node, 0.0), self.count, node))

    def leave(self, now: float, node: str) -> None:
        """Send the token of *node* on, over each arrow that is taken."""
        for edge in self.flow.outgoing[node]:
            if self.taken(node, edge.target):
                target = self.flow.by_id[edge.target]
                waits = isinstance(target, Gateway) and target.kind is not GatewayKind.EXCLUSIVE
                if waits and len(self.flow.incoming[target.id]) >= SEVERAL:
                    arms = self.arms.setdefault(target.id, {})
                    arms[edge.id] = arms.get(edge.id, 0) + 1
                else:
                    self.come(now, target.id)

    def taken(self, node: str, target: str) -> bool:
        gate = self.flow.by_id[node]
        chosen = isinstance(gate, Gateway) and gate.kind is not GatewayKind.PARALLEL
        return not chosen or len(self.flow.outgoing[node]) == 1 or target in self.visited

    def fire(self, now: float) -> bool:
        """Let one join go on that may; return whether one did."""
        for join, arms in self.arms.items():
            filled = {arm for arm, count in arms.items() if count}
            entries = {edge.id for edge in self.flow.incoming[join]}
            all_in = filled == entries
            inclusive = self.flow.by_id[join].kind is GatewayKind.INCLUSIVE
            if filled and (all_in or (inclusive and not self.awaits(join, filled, entries))):
                for arm in filled:
                    arms[arm] -= 1
                self.come(now, join)
                return True
        return False

    def awaits(self, join: str, filled: AbstractSet[str], entries: AbstractSet[str]) -> bool:
        there = {node for _, _, node in self.busy}
        there |= {each for each, arms in self.arms.items() if each != join and any(arms.values())}
        may = there & self.upstream(join, entries - filled)
        return bool(may - self.upstream(join, filled))

    def upstream(self, join: str, arms: AbstractSet[str]) -> set[str]:
        """Return the nodes from which one can come over one of *arms* without passing *join*."""
        left = [edge.source for edge in self.flow.incoming[join] if edge.id in arms]
        found: set[str] = set()
        while left:
            node = left.pop()
            if node != join and node not in found:
                found.add(node)
                left += [edge.source for edge in self.flow.incoming[node]]
        return found


def _at(node: Node, position: EventPosition) -> bool:
    return isinstance(node, Event) and node.position is position
