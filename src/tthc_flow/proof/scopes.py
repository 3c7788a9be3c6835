"""The scopes of a flow: which nodes and arrows a token of one process or sub-process can be at.

Off the token flow, and so in no scope's nodes: event sub-processes (they start by themselves) and
what compensates (it only runs when work already done is undone).
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Gateway,
    GatewayKind,
    SubProcess,
    SubProcessKind,
    Trigger,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tthc_flow.model.flow import Flow, Node, SequenceFlow


class Way(IntEnum):
    """When a token takes an arrow that is one of several out of a node."""

    ALWAYS = 0
    IF = 1  # its condition holds
    ELSE = 2  # no other condition holds: the default


@frozen(kw_only=True)
class Scope:
    """The nodes of one process or sub-process, and the arrows between them, links included.

    *guards* are the boundary events by their activity; *asides* the event sub-processes.
    """

    id: str | None
    nodes: tuple[Node, ...]
    arrows: tuple[tuple[str, str, Way], ...]
    guards: Mapping[str, tuple[Event, ...]]
    asides: tuple[SubProcess, ...]

    @property
    def starts(self) -> tuple[Event, ...]:
        """Return the start events."""
        return tuple(n for n in self.nodes if at(n, EventPosition.START))  # type: ignore[misc]


Scopes = dict[str | None, Scope]


def at(node: Node, position: EventPosition) -> bool:
    """Return whether *node* is an event at *position*."""
    return isinstance(node, Event) and node.position is position


def scopes_of(flow: Flow) -> Scopes:
    """Return every scope of *flow* that holds nodes, the process itself first.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> list(scopes_of(Flow(id="p")))
        [None]

    Source: BPMN 2.0.2, 10.3.5: a sub-process is a scope of its own; 13.3.4 and 13.5.
    """
    undone = undoing(flow)
    nodes: dict[str | None, list[Node]] = {None: []}
    asides: dict[str | None, list[SubProcess]] = {}
    guards: dict[str | None, dict[str, list[Event]]] = {}
    arrows: dict[str | None, list[tuple[str, str, Way]]] = {}
    for node in flow.nodes:
        inside = nodes.setdefault(node.scope, [])
        if isinstance(node, SubProcess) and node.kind is SubProcessKind.EVENT:
            asides.setdefault(node.scope, []).append(node)
        elif node.id not in undone:
            inside.append(node)
            if isinstance(node, Event) and node.attached_to is not None:
                guards.setdefault(node.scope, {}).setdefault(node.attached_to, []).append(node)
    for edge in flow.edges:
        if edge.source in flow.by_id:
            source = flow.by_id[edge.source]
            arrows.setdefault(source.scope, []).append(
                (edge.source, edge.target, _way(flow, source, edge))
            )
    for scope, inside in nodes.items():
        arrows.setdefault(scope, []).extend(_links(inside))
    return {
        scope: Scope(
            id=scope,
            nodes=tuple(inside),
            arrows=tuple(arrows[scope]),
            guards={host: tuple(found) for host, found in guards.get(scope, {}).items()},
            asides=tuple(asides.get(scope, ())),
        )
        for scope, inside in nodes.items()
    }


def undoing(flow: Flow) -> frozenset[str]:
    """Return what only compensates: its boundary events, and the activities no arrow touches.

    A handler hangs at its event by an association, so it is an activity without arrows in a scope
    that has such an event; or a sub-process that starts by compensation.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> undoing(Flow(id="p"))
        frozenset()

    Source: BPMN 2.0.2, 10.7.1 and 13.5.5: compensation is outside the normal flow.
    """
    events = [
        node
        for node in flow.nodes
        if isinstance(node, Event) and node.trigger is Trigger.COMPENSATION
    ]
    guards = [event for event in events if event.position is EventPosition.BOUNDARY]
    begun = {event.scope for event in events if event.position is EventPosition.START}
    scopes = {event.scope for event in guards}
    hosts = {event.attached_to for event in guards}
    handlers = (
        node.id
        for node in flow.nodes
        if not isinstance(node, Event | Gateway)
        and node.id not in hosts
        and not flow.incoming[node.id]
        and not flow.outgoing[node.id]
        and (node.scope in scopes or node.id in begun)
    )
    return frozenset((*(event.id for event in guards), *handlers))


def _way(flow: Flow, source: Node, edge: SequenceFlow) -> Way:
    if isinstance(source, Event) or len(flow.outgoing[source.id]) == 1:
        return Way.ALWAYS
    if isinstance(source, Gateway) and source.kind is not GatewayKind.INCLUSIVE:
        return Way.ALWAYS
    if source.default == edge.id:
        return Way.ELSE
    conditional = edge.condition is not None or edge.printed is not None
    return Way.IF if conditional or isinstance(source, Gateway) else Way.ALWAYS


def _links(nodes: list[Node]) -> Iterator[tuple[str, str, Way]]:
    links = [n for n in nodes if isinstance(n, Event) and n.trigger is Trigger.LINK]
    catches = {
        link.reference or link.name: link.id for link in links if at(link, EventPosition.CATCH)
    }
    for link in links:
        name = link.reference or link.name
        if at(link, EventPosition.THROW) and name in catches:
            yield link.id, catches[name], Way.ALWAYS
