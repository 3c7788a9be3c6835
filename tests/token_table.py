"""What the obvious token game looks up: scopes, catches, messages; and how tokens are moved."""

from __future__ import annotations

from itertools import chain as joined
from itertools import combinations

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
from tthc_flow.model.step import Step, TaskType

Marking = frozenset
"""A set of (what, id): a token on a flow, a run of an activity, an armed event, one at rest, …"""
THROWN = {Trigger.ERROR, Trigger.ESCALATION, Trigger.CANCEL}


class Broken(Exception):
    """A property is broken at once."""


def is_event(node: object, *positions: EventPosition) -> bool:
    return isinstance(node, Event) and node.position in positions


class Table:
    """Who hangs together with whom; *messages* are (source, target) pairs."""

    def __init__(self, flows: tuple[Flow, ...], messages: tuple[tuple[str, str], ...] = ()) -> None:
        """Look up what hangs together."""
        self.nodes = {node.id: node for flow in flows for node in flow.nodes}
        self.place = {n.id: n.scope or flow.id for flow in flows for n in flow.nodes}
        self.pool = {node.id: flow.id for flow in flows for node in flow.nodes}
        self.flows = flows
        self.edges = {edge.id: edge for flow in flows for edge in flow.edges}
        self.into = {name: [] for name in self.nodes}
        self.out = {name: [] for name in self.nodes}
        for edge in self.edges.values():
            self.out[edge.source].append(edge)
            self.into[edge.target].append(edge)
        self.guards = {name: [] for name in self.nodes}
        for node in self.nodes.values():
            if is_event(node, EventPosition.BOUNDARY) and node.trigger is not Trigger.COMPENSATION:
                self.guards[node.attached_to].append(node)
        self.asides = {}
        self.inside = {}
        undoing = self.undoing()
        for name in self.nodes.keys() - undoing:
            node = self.nodes[name]
            aside = isinstance(node, SubProcess) and node.kind is SubProcessKind.EVENT
            (self.asides if aside else self.inside).setdefault(self.place[name], []).append(node)
        self.mail(messages)
        self.called = set()
        for node in self.nodes.values():
            caught = self.catcher(node)
            if caught is not None:
                self.called.add(caught[1].id)
        self.seen: set[str] = set()

    def mail(self, messages: tuple[tuple[str, str], ...]) -> None:
        """Find who waits for whom: a message a sender and pool, for those who really wait."""
        untold = {
            target
            for source, target in messages
            if isinstance(self.nodes[source], Gateway)
            or is_event(
                self.nodes[source], EventPosition.START, EventPosition.CATCH, EventPosition.BOUNDARY
            )
        }
        waits = [
            (source, target)
            for source, target in messages
            if self.waits(self.nodes[target]) and target not in untold
        ]
        self.sends, self.reads = {}, {}
        for source, target in waits:
            letter = (source, self.pool[target])
            self.sends.setdefault(source, set()).add(letter)
            self.reads.setdefault(target, set()).add(letter)
        starts = [n for n in self.reads if is_event(self.nodes[n], EventPosition.START)]
        whole = [n for n in starts if self.place[n] == self.pool[n]]
        self.births = set().union(*(self.reads[n] for n in whole)) if whole else set()

    @staticmethod
    def waits(node: object) -> bool:
        """Return whether a node waits for a message."""
        thrown = is_event(node, EventPosition.THROW, EventPosition.END)
        waits = isinstance(node, Event) and node.trigger is Trigger.MESSAGE and not thrown
        return waits or (isinstance(node, Step) and node.task is TaskType.RECEIVE)

    def undoing(self) -> set[str]:
        """Return what only compensates, and so is no part of a case."""
        undo = [
            n
            for n in self.nodes.values()
            if is_event(n, EventPosition.BOUNDARY) and n.trigger is Trigger.COMPENSATION
        ]
        scopes = {self.place[n.id] for n in undo}
        lonely = {
            n.id
            for n in self.nodes.values()
            if not isinstance(n, Event | Gateway)
            and getattr(n, "kind", None) is not SubProcessKind.EVENT
            and not (self.into[n.id] or self.out[n.id])
        }
        found = {n.id for n in undo} | {name for name in lonely if self.place[name] in scopes}
        while True:
            content = {name for name, place in self.place.items() if place in found}
            if content <= found:
                return found
            found |= content

    def within(self, scope: str) -> set[str]:
        """Return the ids of everything in a scope, however deep."""
        found, todo = set(), [scope]
        while todo:
            here = todo.pop()
            for node in self.inside.get(here, []) + self.asides.get(here, []):
                found.add(node.id)
                todo.append(node.id)
        return found

    def catcher(self, node: object) -> tuple[str, Event] | None:
        """Return the scope and the event that catch what *node* throws."""
        thrown = is_event(node, EventPosition.THROW, EventPosition.END)
        if not thrown or node.trigger not in THROWN:
            return None
        scope, beside = self.place[node.id], False
        while True:
            starts = [
                s
                for aside in ([] if beside else self.asides.get(scope, []))
                for s in self.inside.get(aside.id, [])
                if is_event(s, EventPosition.START)
            ]
            for catches in (starts, self.guards.get(scope, [])):
                for named in (True, False):
                    for catch in catches:
                        fits = catch.trigger is node.trigger and (
                            catch.reference is None
                            or node.reference is None
                            or catch.reference == node.reference
                        )
                        if fits and (catch.reference is not None) == named:
                            return scope, catch
            if scope not in self.nodes:
                return None
            around = self.nodes[scope]
            beside = around.kind is SubProcessKind.EVENT
            scope = self.place[scope]

    def outside(self, event: Event) -> bool:
        """Return whether an event may happen at any time."""
        if event.trigger is Trigger.ERROR:
            return True
        return event.id not in self.called and event.id not in self.reads

    def taken(self, marking: Marking, name: str) -> list[Marking]:
        """Return the marking without each message that *name* may take; or as it is."""
        if name not in self.reads:
            return [marking]
        found = []
        for letter in self.reads[name]:
            waiting = [token for token in marking if token[0] == "mail" and token[1] == letter]
            if waiting:
                found.append(marking - {max(waiting)})
        return found

    def put(self, marking: Marking, *tokens: tuple) -> Marking:
        """Add tokens; two in one place break safety or proper completion."""
        for token in tokens:
            if token in marking:
                raise Broken("improper-completion" if token[0] == "rest" else "unsafe")
            marking |= {token}
        return marking

    def clear(self, marking: Marking, scope: str) -> Marking:
        """Take every token out of a scope that goes on running."""
        gone = self.within(scope)

        def inside(token: tuple) -> bool:
            where = self.edges[token[1]].source if token[0] == "flow" else token[1]
            return token[0] != "mail" and where in gone

        return frozenset(token for token in marking if not inside(token))

    def stopped(self, marking: Marking, host: str) -> Marking:
        """Take a running activity away, with its armed boundary events."""
        gone = {("run", host)} | {("armed", guard.id) for guard in self.guards[host]}
        return self.clear(marking, host) - gone

    def leave(self, marking: Marking, name: str) -> list[Marking]:
        """Put tokens on the flows out of a node; without any, the token rests there."""
        node, out = self.nodes[name], self.out[name]
        if not out:
            return [self.put(marking, ("rest", name))]
        some = self.choices(node, out)
        return [self.put(marking, *(("flow", edge.id) for edge in way)) for way in some]

    @staticmethod
    def choices(node: object, out: list) -> list[list]:
        """Return each set of flows that tokens can take out of *node* at once."""
        every = isinstance(node, Gateway) and node.kind is GatewayKind.INCLUSIVE
        default = getattr(node, "default", None) if len(out) > 1 else None
        if isinstance(node, Event) or len(out) < 2:
            return [out]
        ifs = [e for e in out if e.id != default and (every or e.condition or e.printed)]
        if not ifs:
            return [out]
        other = [e for e in out if e.id == default]
        always = [e for e in out if e not in ifs and e not in other]
        some = joined.from_iterable(combinations(ifs, n) for n in range(1, len(ifs) + 1))
        ways = [[*always, *way] for way in some]
        return [*ways, [*always, *other]] if always or other else ways

    def awaited(self, marking: Marking, node: Gateway, coming: list[tuple]) -> bool:
        """Return whether a token can still come to an empty way in, and to no filled one."""
        for token in marking:
            reached = self.reached(marking, token, node)
            if reached & set(coming) - set(marking) and not reached & set(coming) & set(marking):
                return True
        return False

    def reached(self, marking: Marking, token: tuple, join: Gateway) -> set[tuple]:
        """Return the flows a token can come to in the join's scope, without passing the join.

        A guard that has fired does not fire again in the same run; what is given beside the
        activity's own token (by a message, by an escalation) is no path of that token.
        """
        kind, place = token[:2]
        if kind not in {"flow", "run", "begin"} or place not in (self.edges | self.nodes):
            return set()
        found = {token}
        start = self.edges[place].target if kind == "flow" else place
        host = self.nodes[start]
        while self.place[host.id] != self.place[join.id]:
            if self.place[host.id] not in self.nodes:
                return set()
            host = self.nodes[self.place[host.id]]
            kind, found = "run", set()
        todo, done = [host.id], {join.id}
        while todo:
            here = todo.pop()
            if here in done:
                continue
            done.add(here)
            for edge in self.out[here]:
                found.add(("flow", edge.id))
                todo.append(edge.target)
            running = here == host.id and ("run", here) in marking and kind == "run"
            for guard in self.guards[here]:
                armed = not running or ("armed", guard.id) in marking
                if guard.interrupting or (armed and self.outside(guard)):
                    todo.append(guard.id)
        return found
