"""What soundness covers: the scopes of a flow, and the first element it cannot judge.

Not covered, and then named: complex gateways, event and ad-hoc sub-processes, compensation,
cancel and escalation at a boundary, an error end beside parallel work in its sub-process,
several starts of one sub-process, steps that mix conditional with unconditional flows, and
drawings that BPMN forbids (a flow into a start or a boundary event, out of an end, across a
scope).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

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

_FOREIGN_TRIGGERS: Final = frozenset({Trigger.COMPENSATION, Trigger.CANCEL, Trigger.ESCALATION})
_PARALLEL: Final = frozenset({GatewayKind.PARALLEL, GatewayKind.INCLUSIVE})


@frozen(kw_only=True)
class Scope:
    """The nodes of one process or sub-process, and the arrows between them, links included."""

    id: str | None
    nodes: tuple[Node, ...]
    arrows: tuple[tuple[str, str], ...]
    guards: Mapping[str, tuple[Event, ...]]

    @property
    def starts(self) -> tuple[Event, ...]:
        """Return the start events."""
        return tuple(n for n in self.nodes if at(n, EventPosition.START))  # type: ignore[misc]


def at(node: Node, position: EventPosition) -> bool:
    """Return whether *node* is an event at *position*."""
    return isinstance(node, Event) and node.position is position


def stops(node: Node) -> bool:
    """Return whether *node* is an end that drops all other tokens of its scope."""
    return (
        isinstance(node, Event)
        and node.position is EventPosition.END
        and node.trigger in {Trigger.TERMINATE, Trigger.ERROR}
    )


def chooses(flow: Flow, node: Node) -> bool:
    """Return whether the flows out of *node* are conditional: any of them, at least one."""
    leaving = flow.outgoing[node.id]
    return not isinstance(node, Gateway) and len(leaving) > 1 and all(map(_conditional, leaving))


def scopes_of(flow: Flow) -> Mapping[str | None, Scope]:
    """Return every scope of *flow* that holds nodes, the process itself first.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> list(scopes_of(Flow(id="p")))
        [None]

    Source: BPMN 2.0.2, 10.3.5: a sub-process is a scope of its own.
    """
    nodes: dict[str | None, list[Node]] = {None: []}
    guards: dict[str | None, dict[str, list[Event]]] = {}
    arrows: dict[str | None, list[tuple[str, str]]] = {}
    for node in flow.nodes:
        nodes.setdefault(node.scope, []).append(node)
        if isinstance(node, Event) and node.attached_to is not None:
            guards.setdefault(node.scope, {}).setdefault(node.attached_to, []).append(node)
    for edge in flow.edges:
        if edge.source in flow.by_id:
            scope = flow.by_id[edge.source].scope
            arrows.setdefault(scope, []).append((edge.source, edge.target))
    for scope, inside in nodes.items():
        arrows.setdefault(scope, []).extend(_links(inside))
    return {
        scope: Scope(
            id=scope,
            nodes=tuple(inside),
            arrows=tuple(arrows[scope]),
            guards={host: tuple(found) for host, found in guards.get(scope, {}).items()},
        )
        for scope, inside in nodes.items()
    }


def _links(nodes: list[Node]) -> Iterator[tuple[str, str]]:
    links = [n for n in nodes if isinstance(n, Event) and n.trigger is Trigger.LINK]
    catches = {
        link.reference or link.name: link.id for link in links if at(link, EventPosition.CATCH)
    }
    for link in links:
        name = link.reference or link.name
        if at(link, EventPosition.THROW) and name in catches:
            yield link.id, catches[name]


def not_covered(flow: Flow, scopes: Mapping[str | None, Scope]) -> tuple[str, str] | None:
    """Return the first element soundness cannot judge, and why; ``None`` where all is covered."""
    for edge in flow.edges:
        ends = flow.by_id.get(edge.source), flow.by_id.get(edge.target)
        if ends[0] is None or ends[1] is None:
            return edge.id, "dangling-flow"
        if ends[0].scope != ends[1].scope:
            return edge.id, "flow-across-scopes"
    for scope in scopes.values():
        if scope.id is not None and not isinstance(flow.by_id.get(scope.id), SubProcess):
            return scope.id, "unknown-scope"
        for node in scope.nodes:
            reason = _strange(flow, scope, node)
            if reason is not None:
                return node.id, reason
        if scope.id is not None and len(scope.starts) > 1:
            return scope.id, "several-starts-inside"
    return None


def _strange(flow: Flow, scope: Scope, node: Node) -> str | None:
    match node:
        case Gateway(kind=GatewayKind.COMPLEX):
            return "complex-gateway"
        case SubProcess(kind=SubProcessKind.EVENT | SubProcessKind.AD_HOC):
            return node.kind.value
        case Event():
            return _strange_event(flow, scope, node)
        case Gateway():
            return None
        case _:
            conditional = [_conditional(edge) for edge in flow.outgoing[node.id]]
            mixed = len(conditional) > 1 and any(conditional) and not all(conditional)
            return "mixed-conditions" if mixed else None


def _strange_event(flow: Flow, scope: Scope, event: Event) -> str | None:
    entered, left = bool(flow.incoming[event.id]), bool(flow.outgoing[event.id])
    match event.position:
        case EventPosition.START if entered:
            return "flow-into-start"
        case EventPosition.END if left:
            return "flow-out-of-end"
        case EventPosition.END if event.trigger is Trigger.CANCEL:
            return event.trigger.value
        case EventPosition.END if event.trigger is Trigger.ERROR and _concurrent(flow, scope):
            return "error-beside-parallel-work"
        case EventPosition.BOUNDARY:
            if entered:
                return "flow-into-boundary"
            host = flow.by_id.get(event.attached_to or "")
            if host is None or host.scope != event.scope or isinstance(host, Gateway | Event):
                return "boundary-without-activity"
            return event.trigger.value if event.trigger in _FOREIGN_TRIGGERS else None
        case _:
            return None


def _conditional(edge: SequenceFlow) -> bool:
    return edge.condition is not None or edge.printed is not None


def _concurrent(flow: Flow, scope: Scope) -> bool:
    """Return whether two tokens may be in *scope* at once."""
    if scope.id is None:
        return False  # nobody catches it: the whole case stops, whatever else goes on
    for node in scope.nodes:
        several = len(flow.outgoing[node.id]) > 1
        if several and (not isinstance(node, Gateway) or node.kind in _PARALLEL):
            return True
    softly = (guard for found in scope.guards.values() for guard in found if not guard.interrupting)
    begin = [
        n for n in scope.nodes if not flow.incoming[n.id] and not at(n, EventPosition.BOUNDARY)
    ]
    return next(softly, None) is not None or (not scope.starts and len(begin) > 1)
