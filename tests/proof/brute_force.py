"""The obvious token game, for comparison: markings as dictionaries, every state, no cleverness.

Written apart from the proof: no net, no bit masks, no reduction, sub-processes really run.
A token lies on a sequence flow, in a running sub-process or activity, or at a finished end.
"""

from __future__ import annotations

from collections import deque
from itertools import chain as joined
from itertools import combinations

from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    Gateway,
    GatewayKind,
    SubProcess,
    Trigger,
)

TooLarge = type("TooLarge", (Exception,), {})
Marking = frozenset
"""A set of (what, id): a token on a flow, a run of an activity, an armed guard, a token at rest."""


class Game:
    """The rules of BPMN for one flow."""

    def __init__(self, flow: Flow) -> None:
        """Look up what hangs together."""
        self.flow = flow
        self.events = [n for n in flow.nodes if isinstance(n, Event)]
        self.guards = {n.id: [e for e in self.events if e.attached_to == n.id] for n in flow.nodes}
        self.held = {
            node.id
            for node in flow.nodes
            if self.guards[node.id] or (isinstance(node, SubProcess) and self.content(node.id))
        }
        self.seen: set[str] = set()

    def content(self, scope: str | None) -> list[object]:
        """Return the nodes of a scope."""
        return [node for node in self.flow.nodes if node.scope == scope]

    def within(self, scope: str) -> set[str]:
        """Return the ids of everything in a scope, however deep."""
        found: set[str] = set()
        todo = [scope]
        while todo:
            here = todo.pop()
            for node in self.content(here):
                found.add(node.id)
                todo.append(node.id)
        return found

    def put(self, marking: Marking, *tokens: tuple[str, str]) -> Marking:
        """Add tokens; two in one place break safety or proper completion."""
        for token in tokens:
            if token in marking:
                raise Broken("improper-completion" if token[0] == "rest" else "unsafe")
            marking |= {token}
        return marking

    def clear(self, marking: Marking, scope: str | None) -> Marking:
        """Take every token out of a scope."""
        inside = {n.id for n in self.flow.nodes} if scope is None else self.within(scope)
        of = {e.id: e.source for e in self.flow.edges}
        return frozenset(t for t in marking if (of[t[1]] if t[0] == "flow" else t[1]) not in inside)

    def leave(self, marking: Marking, node: str) -> Marking:
        """Put a token on every flow out of *node*; without any, it rests there."""
        out = self.flow.outgoing[node]
        if not out:
            return self.put(marking, ("rest", node))
        return self.put(marking, *(("flow", edge.id) for edge in out))

    def begin(self, marking: Marking, scope: str | None) -> list[Marking]:
        """Start a scope: by one of its start events, or by all that can begin."""
        nodes = self.content(scope)
        starts = [n for n in nodes if isinstance(n, Event) and n.position is EventPosition.START]
        if starts:
            self.seen |= {start.id for start in starts}
            return [self.leave(marking, start.id) for start in starts]
        free = [n for n in nodes if not self.flow.incoming[n.id] and not _guard(n)]
        for node in free:
            marking = self.put(marking, ("begin", node.id))
        return [marking]

    def moves(self, marking: Marking) -> list[Marking]:
        """Return every marking one firing later."""
        found: list[Marking] = []
        for node in self.flow.nodes:
            coming = [("flow", e.id) for e in self.flow.incoming[node.id]] + [("begin", node.id)]
            here = [token for token in coming if token in marking]
            if here:
                found += self.entered(marking, node, here)
            if ("run", node.id) in marking:
                found += self.running(marking, node)
        return found

    def entered(self, marking: Marking, node: object, here: list[tuple[str, str]]) -> list[Marking]:
        """Fire a node that has tokens waiting."""
        if isinstance(node, Gateway):
            return self.gateway(marking, node, here)
        found = []
        for token in here:
            rest = marking - {token}
            self.seen.add(node.id)
            if node.id in self.held:
                armed = [("armed", g.id) for g in self.guards[node.id] if not g.interrupting]
                run = self.put(rest, ("run", node.id), *armed)
                inside = isinstance(node, SubProcess) and self.content(node.id)
                found += self.begin(run, node.id) if inside else [run]
            elif isinstance(node, Event) and node.trigger is Trigger.TERMINATE:
                found.append(self.clear(rest, node.scope) | {("rest", node.id)})
            else:
                found.append(self.leave(rest, node.id))
        return found

    def running(self, marking: Marking, node: object) -> list[Marking]:
        """End a running activity, or let one of its boundary events happen."""
        found = []
        inside = self.within(node.id)
        alone = self.clear(marking, node.id) - {("run", node.id)}
        busy = [t for t in marking - self.clear(marking, node.id) if t[0] != "rest"]
        plain = frozenset(t for t in alone if t not in self.armed(node.id))
        if not busy or not inside:
            found.append(self.leave(plain, node.id))
        for guard in self.guards[node.id]:
            self.seen_if_fires(guard, marking)
            if guard.interrupting:
                found.append(self.leave(plain, guard.id))
            elif ("armed", guard.id) in marking:
                found.append(self.leave(marking - {("armed", guard.id)}, guard.id))
        return found

    def seen_if_fires(self, guard: Event, marking: Marking) -> None:
        """Note that a boundary event can happen."""
        if guard.interrupting or ("armed", guard.id) in marking:
            self.seen.add(guard.id)

    def armed(self, host: str) -> set[tuple[str, str]]:
        """Return the armed guards of *host*."""
        return {("armed", guard.id) for guard in self.guards[host]}

    def gateway(
        self, marking: Marking, node: Gateway, here: list[tuple[str, str]]
    ) -> list[Marking]:
        """Fire a gateway by its kind."""
        out = [("flow", edge.id) for edge in self.flow.outgoing[node.id]] or [("rest", node.id)]
        coming = [("flow", e.id) for e in self.flow.incoming[node.id]] or here
        if node.kind in {GatewayKind.EXCLUSIVE, GatewayKind.EVENT_BASED}:
            self.seen.add(node.id)
            return [self.put(marking - {token}, way) for token in here for way in out]
        if node.kind is GatewayKind.PARALLEL:
            if len(here) < len(coming):
                return []
            self.seen.add(node.id)
            return [self.put(marking - set(here), *out)]
        if self.awaited(marking, node, coming):
            return []
        self.seen.add(node.id)
        some = joined.from_iterable(combinations(out, n) for n in range(1, len(out) + 1))
        return [self.put(marking - set(here), *ways) for ways in some]

    def awaited(self, marking: Marking, node: Gateway, coming: list[tuple[str, str]]) -> bool:
        """Return whether a token can still come to an empty way in, and to no filled one."""
        for token in marking:
            reached = self.reached(marking, token, node)
            if reached & set(coming) - set(marking) and not reached & set(coming) & set(marking):
                return True
        return False

    def reached(
        self, marking: Marking, token: tuple[str, str], join: Gateway
    ) -> set[tuple[str, str]]:
        """Return the flows a token can come to in the join's scope, without passing the join.

        A guard that has fired does not fire again in the same run.
        """
        kind, place = token
        if kind in {"rest", "armed"}:
            return set()
        found = {token}
        start = (
            next(e.target for e in self.flow.edges if e.id == place) if kind == "flow" else place
        )
        host = self.flow.by_id[start]
        while host.scope != join.scope:
            if host.scope is None:
                return set()
            host = self.flow.by_id[host.scope]
            found = set()
        todo, done = [host.id], {join.id}
        while todo:
            here = todo.pop()
            if here in done:
                continue
            done.add(here)
            for edge in self.flow.outgoing[here]:
                found.add(("flow", edge.id))
                todo.append(edge.target)
            running = here == host.id and ("run", here) in marking and kind != "flow"
            todo += [
                guard.id
                for guard in self.guards[here]
                if guard.interrupting or not running or ("armed", guard.id) in marking
            ]
        return found


class Broken(Exception):
    """A property is broken at once."""


def _guard(node: object) -> bool:
    return isinstance(node, Event) and node.position is EventPosition.BOUNDARY


def brute_force(flow: Flow, most: int = 3000) -> str | None:
    """Return what is wrong with *flow*, or ``None`` if it is sound."""
    game = Game(flow)
    try:
        states, before = _all_states(game, most)
    except Broken as broken:
        return str(broken)
    done = deque(m for m in states if all(token[0] == "rest" for token in m))
    able = set(done)
    while done:
        for earlier in before[done.popleft()]:
            if earlier not in able:
                able.add(earlier)
                done.append(earlier)
    if len(able) < len(states):
        return "cannot-complete"
    return None if len(game.seen) == len(flow.nodes) else "dead-element"


def _all_states(game: Game, most: int) -> tuple[set[Marking], dict[Marking, list[Marking]]]:
    first = game.begin(frozenset(), None)
    before: dict[Marking, list[Marking]] = {marking: [] for marking in first}
    todo = deque(before)
    while todo:
        here = todo.popleft()
        for after in game.moves(here):
            if after not in before:
                before[after] = []
                todo.append(after)
                if len(before) > most:
                    raise TooLarge
            before[after].append(here)
    return set(before), before
