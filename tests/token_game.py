"""The obvious token game, for comparison: markings as sets, every state, no cleverness.

Written apart from the proof: no net, no bit masks, no reduction, sub-processes really run, what is
thrown is caught at the moment it is thrown. A token lies on a sequence flow, in a running activity
or process, at a finished end; a message waits until somebody takes it.
"""

from __future__ import annotations

from collections import deque
from itertools import chain as joined
from itertools import combinations

from token_table import THROWN, Broken, Marking, Table, is_event
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    Gateway,
    GatewayKind,
    SubProcess,
    SubProcessKind,
    Trigger,
)

TooLarge = type("TooLarge", (Exception,), {})
MOST_WAITING = 3
IDLE = {"rest", "armed"}


class Game(Table):
    """The moves of BPMN for the processes of one file."""

    def begun(self, marking: Marking, scope: str, *, run: bool = True) -> list[Marking]:
        """Start a scope: in each way that it can begin."""
        if run:
            marking = self.put(marking, ("run", scope))
        armed = [
            ("armed", start.id)
            for aside in self.asides.get(scope, [])
            for start in self.inside.get(aside.id, [])
            if is_event(start, EventPosition.START)
            and (self.outside(start) or start.id in self.reads)
        ]
        marking = self.put(marking, *armed)
        nodes = self.inside.get(scope, [])
        starts = [n for n in nodes if is_event(n, EventPosition.START)]
        host = self.nodes.get(scope)
        free = [n for n in nodes if not self.into[n.id] and not is_event(n, EventPosition.BOUNDARY)]
        if host is not None and host.kind is SubProcessKind.AD_HOC:
            some = joined.from_iterable(combinations(free, n) for n in range(1, len(free) + 1))
            return [self.put(marking, *(("begin", n.id) for n in way)) for way in some]
        if not starts:
            return [self.put(marking, *(("begin", n.id) for n in free))]
        if host is None:
            return [m for start in starts for m in self.started(marking, start)]
        plain = [start for start in starts if start.trigger is Trigger.NONE]
        found = [marking]
        for start in plain:
            self.seen.add(start.id)
            found = [after for m in found for after in self.leave(m, start.id)]
        return found

    def started(self, marking: Marking, start: Event) -> list[Marking]:
        """Let one start event happen, with its message if it waits for one."""
        found = self.taken(marking, start.id)
        if found:
            self.seen.add(start.id)
        return [after for m in found for after in self.leave(m, start.id)]

    def sent(self, marking: Marking, name: str) -> Marking:
        """Return the marking with the messages that *name* sends."""
        for letter in self.sends.get(name, ()):
            count = sum(token[:2] == ("mail", letter) for token in marking)
            if count >= MOST_WAITING:
                raise TooLarge
            marking |= {("mail", letter, count)}
        return marking

    def moves(self, marking: Marking) -> list[Marking]:
        """Return every marking one firing later."""
        found: list[Marking] = []
        for flow in self.flows:
            if ("unborn", flow.id) in marking:
                found += self.begun(marking - {("unborn", flow.id)}, flow.id)
            if ("run", flow.id) in marking:
                found += self.running(marking, flow.id)
        for name in self.nodes:
            coming = [("flow", edge.id) for edge in self.into[name]] + [("begin", name)]
            here = [token for token in coming if token in marking]
            if here and isinstance(self.nodes[name], Gateway):
                found += self.gateway(marking, self.nodes[name], here)
            elif here:
                for token in here:
                    for rest in self.taken(marking - {token}, name):
                        found += self.fired(rest, name)
            if ("run", name) in marking:
                found += self.running(marking, name)
        return found

    def fired(self, marking: Marking, name: str) -> list[Marking]:
        """Let an activity or event happen that a token has come to."""
        self.seen.add(name)
        node, marking = self.nodes[name], self.sent(marking, name)
        link = is_event(node, EventPosition.THROW) and node.trigger is Trigger.LINK
        if link:
            catches = [
                n
                for n in self.nodes.values()
                if is_event(n, EventPosition.CATCH)
                and n.trigger is Trigger.LINK
                and (n.reference or n.name) == (node.reference or node.name)
                and self.place[n.id] == self.place[name]
            ]
            if catches:
                return [self.put(marking, ("begin", catches[-1].id))]
        if is_event(node, EventPosition.THROW, EventPosition.END):
            return self.thrown(marking, node)
        content = isinstance(node, SubProcess) and self.inside.get(name)
        if not (self.guards[name] or content):
            return self.leave(marking, name)
        armed = [("armed", g.id) for g in self.guards[name] if not g.interrupting]
        run = self.put(marking, ("run", name), *armed)
        return self.begun(run, name, run=False) if content else [run]

    def thrown(self, marking: Marking, node: Event) -> list[Marking]:
        """Throw what a throwing or end event throws, if anything."""
        if node.trigger is Trigger.TERMINATE:
            return [self.clear(marking, self.place[node.id])]
        if node.trigger not in THROWN:
            return self.leave(marking, node.id)
        caught = self.catcher(node)
        if caught is None:
            return self.uncaught(marking, node)
        scope, catch = caught
        self.seen.add(catch.id)
        if catch.position is EventPosition.BOUNDARY:
            if catch.interrupting:
                return self.leave(self.stopped(marking, scope), catch.id)
            return [m for on in self.leave(marking, catch.id) for m in self.leave(on, node.id)]
        aside = self.place[catch.id]
        self.seen.add(aside)
        if catch.interrupting:
            return self.aside_begun(self.clear(marking, scope), aside, catch)
        going_on = self.leave(marking, node.id)
        if ("run", aside) in marking:
            return going_on
        return [m for on in going_on for m in self.aside_begun(on, aside, catch)]

    def uncaught(self, marking: Marking, node: Event) -> list[Marking]:
        """Throw what nobody catches: an error ends the case, a cancel its transaction."""
        if node.trigger is Trigger.ERROR:
            return [self.clear(marking, self.pool[node.id])]
        if node.trigger is Trigger.ESCALATION:
            return self.leave(marking, node.id)
        scope = self.place[node.id]
        while self.nodes[scope].kind is not SubProcessKind.TRANSACTION:
            scope = self.place[scope]
        return [self.clear(marking, scope)]

    def aside_begun(self, marking: Marking, aside: str, start: Event) -> list[Marking]:
        """Begin an event sub-process by one of its start events."""
        self.seen |= {aside, start.id}
        return self.leave(self.put(marking, ("run", aside)), start.id)

    def running(self, marking: Marking, scope: str) -> list[Marking]:
        """End what runs, or let something happen to it."""
        found = []
        inner = self.within(scope)
        busy = [t for t in marking - self.clear(marking, scope) if t[0] not in IDLE]
        node = self.nodes.get(scope)
        if not busy or not inner:
            if node is None:
                found.append(self.clear(marking, scope) - {("run", scope)} | {("done", scope)})
            elif node.kind is SubProcessKind.EVENT if isinstance(node, SubProcess) else False:
                found.append(self.clear(marking, scope) - {("run", scope)})
            else:
                found += self.leave(self.stopped(marking, scope), scope)
        for guard in self.guards.get(scope, []):
            found += self.guarded(marking, guard)
        for aside in self.asides.get(scope, []):
            for start in self.inside.get(aside.id, []):
                if is_event(start, EventPosition.START) and ("armed", start.id) in marking:
                    found += self.interrupted(marking, scope, aside.id, start)
        return found

    def guarded(self, marking: Marking, guard: Event) -> list[Marking]:
        """Let a boundary event happen that nothing drawn has to throw."""
        host, letters = guard.attached_to, guard.id in self.reads
        if not (self.outside(guard) or letters):
            return []
        if not guard.interrupting and not letters and ("armed", guard.id) not in marking:
            return []
        found = []
        for rest in self.taken(marking, guard.id):
            self.seen.add(guard.id)
            if guard.interrupting:
                found += self.leave(self.stopped(rest, host), guard.id)
            else:
                found += self.leave(rest if letters else rest - {("armed", guard.id)}, guard.id)
        return found

    def interrupted(self, marking: Marking, scope: str, aside: str, start: Event) -> list[Marking]:
        """Let an event sub-process begin that nothing drawn has to throw."""
        found = []
        for rest in self.taken(marking, start.id):
            if start.interrupting:
                found += self.aside_begun(self.clear(rest, scope), aside, start)
            elif ("run", aside) not in rest:
                again = start.id in self.reads
                armed = rest if again else rest - {("armed", start.id)}
                found += self.aside_begun(armed, aside, start)
        return found

    def gateway(self, marking: Marking, node: Gateway, here: list[tuple]) -> list[Marking]:
        """Fire a gateway by its kind."""
        out = self.out[node.id]
        ways = [("flow", edge.id) for edge in out] or [("rest", node.id)]
        coming = [("flow", edge.id) for edge in self.into[node.id]] or here
        if node.kind is GatewayKind.EVENT_BASED and any(e.target in self.reads for e in out):
            self.seen.add(node.id)
            found = []
            for token in here:
                for edge in out:
                    for rest in self.taken(marking - {token}, edge.target):
                        found += self.fired(rest, edge.target)
            return found
        if node.kind in {GatewayKind.EXCLUSIVE, GatewayKind.EVENT_BASED}:
            self.seen.add(node.id)
            return [self.put(marking - {token}, way) for token in here for way in ways]
        if node.kind is GatewayKind.PARALLEL:
            if len(here) < len(coming):
                return []
            self.seen.add(node.id)
            return [self.put(marking - set(here), *ways)]
        if self.awaited(marking, node, coming):
            return []
        self.seen.add(node.id)
        return self.leave(marking - set(here), node.id)


def brute_force(*flows: Flow, messages: tuple = (), most: int = 3000) -> str | None:
    """Return what is wrong with *flows* together, or ``None`` if they are sound."""
    game = Game(flows, messages)
    try:
        states, before, last = _all_states(game, most)
    except Broken as broken:
        return str(broken)
    idle = {("unborn", flow.id) for flow in flows if _waits_to_begin(game, flow)}
    done = deque(
        m for m in states if all(token[0] in {"done", "mail"} or token in idle for token in m)
    )
    able = set(done)
    while done:
        for earlier in before[done.popleft()]:
            if earlier not in able:
                able.add(earlier)
                done.append(earlier)
    if len(able) < len(states):
        return "cannot-complete"
    if game.nodes.keys() - game.seen - game.undoing():
        return "dead-element"
    letters = {token[1] for marking in last for token in marking if token[0] == "mail"}
    if letters - game.births:
        return "unread-message"
    if letters:
        raise TooLarge  # a message that would begin the process once more
    return None


def _waits_to_begin(game: Game, flow: Flow) -> bool:
    starts = [n.id for n in game.inside[flow.id] if is_event(n, EventPosition.START)]
    return bool(starts) and all(start in game.reads for start in starts)


def _all_states(game: Game, most: int) -> tuple:
    first = frozenset(("unborn", flow.id) for flow in game.flows)
    before: dict[Marking, list[Marking]] = {first: []}
    last = []
    todo = deque(before)
    while todo:
        here = todo.popleft()
        after_all = game.moves(here)
        if not after_all:
            last.append(here)
        for after in after_all:
            if after not in before:
                before[after] = []
                todo.append(after)
                if len(before) > most:
                    raise TooLarge
            before[after].append(here)
    return set(before), before, last
