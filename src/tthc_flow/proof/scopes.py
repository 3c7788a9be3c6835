"""The scopes of a flow: which nodes and arrows a token of one process or sub-process can be at.

Off the token flow, and so in no scope's nodes: event sub-processes (they start by themselves) and
what compensates (it only runs when work already done is undone).
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.graph.scopes import jumps, undoers
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
    from collections.abc import Mapping

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
        return tuple(
            node
            for node in self.nodes
            if isinstance(node, Event) and node.position is EventPosition.START
        )


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
    undone = undoers(flow)
    nodes: dict[str | None, list[Node]] = {None: []}
    asides: dict[str | None, list[SubProcess]] = {}
    guards: dict[str | None, dict[str, list[Event]]] = {}
    arrows: dict[str | None, list[tuple[str, str, Way]]] = {}
    for node in flow.nodes:
        inside = nodes.setdefault(node.scope, [])
        if isinstance(node, SubProcess) and node.kind is SubProcessKind.EVENT:
            asides.setdefault(node.scope, []).append(node)
        elif node.id not in undone and not _compensates(node):
            inside.append(node)
            if isinstance(node, Event) and node.attached_to is not None:
                guards.setdefault(node.scope, {}).setdefault(node.attached_to, []).append(node)
    for edge in flow.edges:
        if edge.source in flow.by_id:
            source = flow.by_id[edge.source]
            arrows.setdefault(source.scope, []).append(
                (edge.source, edge.target, _way(flow, source, edge))
            )
    for throw, catch in jumps(flow).items():
        arrows.setdefault(flow.by_id[throw].scope, []).append((throw, catch, Way.ALWAYS))
    return {
        scope: Scope(
            id=scope,
            nodes=tuple(inside),
            arrows=tuple(arrows.get(scope, ())),
            guards={host: tuple(found) for host, found in guards.get(scope, {}).items()},
            asides=tuple(asides.get(scope, ())),
        )
        for scope, inside in nodes.items()
    }


def _compensates(node: Node) -> bool:
    return (
        isinstance(node, Event)
        and node.position is EventPosition.BOUNDARY
        and node.trigger is Trigger.COMPENSATION
    )


def _way(flow: Flow, source: Node, edge: SequenceFlow) -> Way:
    if isinstance(source, Event) or len(flow.outgoing[source.id]) == 1:
        return Way.ALWAYS
    if isinstance(source, Gateway) and source.kind is not GatewayKind.INCLUSIVE:
        return Way.ALWAYS
    if source.default == edge.id:
        return Way.ELSE
    conditional = edge.condition is not None or edge.printed is not None
    return Way.IF if conditional or isinstance(source, Gateway) else Way.ALWAYS
