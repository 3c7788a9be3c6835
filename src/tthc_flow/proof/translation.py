"""From the scopes of a flow to a net, with everything implicit made explicit.

Several flows into a step merge, several out of it split, a boundary event is a choice at its
host, a link is an arrow, every end leads to one sink. A closed sub-process is one node.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Gateway,
    GatewayKind,
    SubProcess,
    SubProcessKind,
)
from tthc_flow.proof.net import EVERYWHERE, Kind, Rule
from tthc_flow.proof.scopes import Way, at
from tthc_flow.proof.setting import begins

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tthc_flow.model.flow import Node
    from tthc_flow.proof.net import Net
    from tthc_flow.proof.scopes import Scope
    from tthc_flow.proof.setting import Setting

_GATEWAYS: Final = {
    GatewayKind.EXCLUSIVE: Kind.EITHER,
    GatewayKind.EVENT_BASED: Kind.EITHER,
    GatewayKind.PARALLEL: Kind.ALL,
}


@frozen(kw_only=True)
class Beginning:
    """One way a scope begins: the nodes that get a token, the channels one of which must speak."""

    nodes: tuple[int, ...]
    channels: tuple[int, ...] = ()
    start: Event | None = None


class Translation:
    """The net of a scope in the making; ``openings.Openings`` adds what is seen from outside."""

    def __init__(self, setting: Setting, net: Net, never_left: frozenset[str]) -> None:
        """Translate into *net*; the sub-processes *never_left* have no regular way out."""
        self.setting = setting
        self.net = net
        self.never_left = never_left
        self.home = EVERYWHERE
        self.awaited: set[str] = set()

    def fill(self, scope: Scope, sink: int) -> list[Beginning]:
        """Add all of *scope*, whose ends lead to *sink*, and return how it can begin."""
        leave = {
            guard.id: self.net.node(Kind.ALL, guard.id)
            for found in scope.guards.values()
            for guard in found
        }
        entry = dict(leave)
        entered = {target for _, target, _ in scope.arrows}
        ways: dict[str, list[tuple[str, Way]]] = defaultdict(list)
        for source, target, way in scope.arrows:
            ways[source].append((target, way))
        self._note_awaited(scope, ways)
        for node in scope.nodes:
            if node.id not in leave:
                kind = split_kind(node, ways.get(node.id, []))
                entry[node.id], out = self.part(scope, node, kind, leave, sink)
                if out is None and node.id in ways:
                    out = self.net.node(Kind.HELD, node.id)
                    self.net.void.add(out)
                    self.net.ways.append((entry[node.id], out))
                if out is not None:
                    leave[node.id] = out
        found = self._beginnings(scope, entry, entered)
        for source, leading in ways.items():
            if source in leave:
                self._draw(leave[source], [(entry[target], target, way) for target, way in leading])
        for node in scope.nodes:
            if node.id in leave and node.id not in ways:
                self.arrow(leave[node.id], sink)
        return found

    def arrow(self, source: int, target: int) -> int:
        """Add an arrow in the region that is being filled."""
        return self.net.arrow(source, target, self.home)

    def part(
        self, scope: Scope, node: Node, kind: Kind, leave: dict[str, int], sink: int
    ) -> tuple[int, int | None]:
        """Add *node*; return what is entered, and what is left where it can be left."""
        if isinstance(node, Gateway):
            return self._gateway(node, kind)
        guards = scope.guards.get(node.id, ())
        breaks = self.setting.breaks.get(node.id, frozenset())
        if isinstance(node, Event) and breaks:
            return self.stop(node.id, sink, regular=self.regular(node.id)[0]), None
        if not guards and not breaks and node.id not in self.never_left:
            entry = self.net.node(Kind.EITHER, node.id)
            return entry, entry if kind is Kind.EITHER else self.after(entry, kind, node.id)
        entry = here = self.net.node(Kind.EITHER, node.id)
        here = self.softly(node, guards, here, leave)
        for guard in guards:
            if guard.interrupting:
                self.arrow(here, leave[guard.id])
        for regular in self.regular(node.id):
            self.arrow(here, self.stop(node.id, sink, regular=regular))
        if node.id in self.never_left:
            return entry, None
        return entry, self.after(here, kind, node.id)

    def regular(self, element: str) -> list[bool]:
        """Return how the scope may end where *element* breaks it off: regularly or not."""
        breaks = self.setting.breaks.get(element, frozenset())
        return sorted({each.here and each.aside not in self.never_left for each in breaks})

    def stop(self, element: str, sink: int, *, regular: bool) -> int:
        """Add a node that drops all else that goes on; *regular* if the scope then just ends."""
        node = self.net.node(Kind.STOP, element)
        ends = self.arrow(node, sink)
        if not regular:
            self.net.irregular.add(ends)
        return node

    def after(self, here: int, kind: Kind, element: str) -> int:
        """Add a node that follows *here*."""
        after = self.net.node(kind, element)
        self.arrow(here, after)
        return after

    def softly(self, node: Node, guards: Iterable[Event], here: int, leave: dict[str, int]) -> int:
        """Put the non-interrupting boundary events that come from outside after *here*.

        Each fires once or not at all before the rest goes on: a choice in one firing, so that no
        token of a choice not taken stays behind.
        """
        for guard in guards:
            if not guard.interrupting and self.setting.outside(guard):
                fired = self.net.node(Kind.ALL, guard.id)
                after = self.net.node(Kind.EITHER, node.id)
                self.arrow(here, fired)
                self.arrow(fired, leave[guard.id])
                self.arrow(fired, after)
                self.arrow(here, after)
                here = after
        return here

    def _gateway(self, node: Gateway, kind: Kind) -> tuple[int, int]:
        if node.kind is GatewayKind.EVENT_BASED and node.id in self.awaited:
            number = self.net.node(Kind.HELD, node.id)
            return number, number
        if node.kind in _GATEWAYS:
            number = self.net.node(_GATEWAYS[node.kind], node.id)
            return number, number
        join = self.net.node(Kind.ANY_IN, node.id)
        return join, self.after(join, kind, node.id)

    def _note_awaited(self, scope: Scope, ways: dict[str, list[tuple[str, Way]]]) -> None:
        """Note the event-based gateways that messages decide, and the events they wait with."""
        for node in scope.nodes:
            if isinstance(node, Gateway) and node.kind is GatewayKind.EVENT_BASED:
                after = {target for target, _ in ways.get(node.id, [])}
                if after & set(self.setting.mail.reads):
                    self.awaited |= {node.id, *after}

    def _draw(self, leave: int, leading: list[tuple[int, str, Way]]) -> None:
        """Draw the arrows out of one node, by when a token takes them."""
        net = self.net
        if net.kinds[leave] is Kind.HELD and leave not in net.void:
            for entry, target, _ in leading:
                way = self.arrow(leave, entry)
                for channel in self.setting.mail.reads.get(target, (None,)):
                    net.rules.append(Rule(node=leave, give=(way,), reads=channel))
            return
        by = _by_way(leading)
        if leave in net.void or not by[Way.IF] or not (by[Way.ALWAYS] or by[Way.ELSE]):
            for entry, _, _ in leading:
                self.arrow(leave, entry)
            return
        element = net.elements[leave]
        if not by[Way.ALWAYS]:
            for entry in by[Way.ELSE]:
                self.arrow(leave, entry)
            self._some(leave, by[Way.IF], element)
            return
        none, some = net.node(Kind.ALL, element), net.node(Kind.ALL, element)
        self.arrow(leave, none)
        self.arrow(leave, some)
        for entry in by[Way.ALWAYS]:
            merge = net.node(Kind.EITHER, element)
            self.arrow(none, merge)
            self.arrow(some, merge)
            self.arrow(merge, entry)
        for entry in by[Way.ELSE]:
            self.arrow(none, entry)
        self._some(some, by[Way.IF], element)

    def _some(self, here: int, entries: list[int], element: str) -> None:
        """Lead from *here* to at least one of *entries*."""
        if len(entries) == 1:
            self.arrow(here, entries[0])
            return
        split = self.after(here, Kind.ANY_OUT, element)
        for entry in entries:
            self.arrow(split, entry)

    def _beginnings(
        self, scope: Scope, entry: dict[str, int], entered: set[str]
    ) -> list[Beginning]:
        host = None if scope.id is None else self.setting.flow.by_id[scope.id]
        if not isinstance(host, SubProcess):
            host = None
        free = tuple(
            entry[node.id]
            for node in scope.nodes
            if node.id not in entered and not at(node, EventPosition.BOUNDARY)
        )
        if host is not None and host.kind is SubProcessKind.AD_HOC and len(free) > 1:
            some = self.net.node(Kind.ANY_OUT, host.id)
            for node in free:
                self.arrow(some, node)
            return [Beginning(nodes=(some,))]
        if not scope.starts or (host is not None and host.kind is SubProcessKind.AD_HOC):
            return [Beginning(nodes=free)] if free else []
        starts = begins(scope, host)
        together = host is not None and host.kind in {
            SubProcessKind.EMBEDDED,
            SubProcessKind.TRANSACTION,
        }
        if together and starts:
            return [Beginning(nodes=tuple(entry[start.id] for start in starts))]
        reads = self.setting.mail.reads
        return [
            Beginning(nodes=(entry[start.id],), channels=reads.get(start.id, ()), start=start)
            for start in starts
        ]


def split_kind(node: Node, leading: list[tuple[str, Way]]) -> Kind:
    """Return what a node does with the tokens it gives.

    Example:
        >>> split_kind(Event(id="e", position=EventPosition.CATCH), [])
        <Kind.EITHER: 0>

    Source: BPMN 2.0.2, 13.3.1 and 13.4.3: conditional flows are an inclusive choice.
    """
    ways = {way for _, way in leading}
    if len(leading) <= 1 and not isinstance(node, Gateway):
        return Kind.EITHER
    if Way.IF not in ways:
        return Kind.ANY_OUT if isinstance(node, Gateway) else Kind.ALL
    return Kind.ANY_OUT if ways == {Way.IF} else Kind.EITHER


def _by_way(leading: Iterable[tuple[int, str, Way]]) -> Mapping[Way, list[int]]:
    """Return the entries that *leading* arrows go to, by when a token takes them."""
    by: dict[Way, list[int]] = defaultdict(list)
    for entry, _, when in leading:
        by[when].append(entry)
    return by
