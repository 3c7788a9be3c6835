"""From a flow to its places: what each node does to tokens, worked out once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TypeAlias, TypeGuard

from tthc_flow.engine.conditions import conditions
from tthc_flow.engine.places import Arc, Leave, Net, Place, Repeat, Start
from tthc_flow.engine.repeated import rounds_of
from tthc_flow.errors import BadExpression
from tthc_flow.expressions.expression import Expression, compile_expression
from tthc_flow.graph.scopes import jumps, starts
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    Gateway,
    GatewayKind,
    Node,
    SequenceFlow,
    SubProcess,
    SubProcessKind,
    Trigger,
)
from tthc_flow.model.step import Loop, Step

_UNHEARD = frozenset({Trigger.COMPENSATION, Trigger.CANCEL})
"""What happens at a border only because the case itself says so, never from outside."""

_Inside: TypeAlias = Mapping[str | None, list[Node]]


def net_of(flow: Flow) -> Net:
    """Return the net of *flow*; linear in nodes and sequence flows.

    Raises:
        BadExpression: TF50x, where a text of the flow is outside the expression language.
    """
    inside: dict[str | None, list[Node]] = {}
    borders: dict[str, list[Event]] = {}
    for node in flow.nodes:
        inside.setdefault(node.scope, []).append(node)
        if isinstance(node, Event) and node.attached_to is not None:
            borders.setdefault(node.attached_to, []).append(node)
    places = {
        node.id: _place(flow, node, inside, tuple(borders.get(node.id, ()))) for node in flow.nodes
    }
    first = starts(flow, inside.get(None, ()))
    return Net(
        places=MappingProxyType(places),
        before=_before(flow, places),
        source_of=MappingProxyType({edge.id: edge.source for edge in flow.edges}),
        starts=first,
        alternative_starts=any(_is_start(flow.by_id[node]) for node in first),
        handlers=_handlers(inside, None),
        watches=any(place.condition is not None for place in places.values()),
    )


def _place(
    flow: Flow,
    node: Node,
    inside: _Inside,
    border: tuple[Event, ...],
) -> Place:
    leave = _leave(flow, node)
    drawn = node.id in inside
    event = node if isinstance(node, Event) else None
    loop = node.loop if isinstance(node, Step | SubProcess) else None
    undoes = [each.handler for each in border if each.trigger == Trigger.COMPENSATION]
    cancels = [each.id for each in border if each.trigger == Trigger.CANCEL]
    undoing = next(_undoing_blocks(inside, node.id), None) if drawn else None
    return Place(
        id=node.id,
        start=_start(flow, node, drawn=drawn),
        leave=leave,
        arcs=tuple(_arc(flow, node, edge, leave) for edge in flow.outgoing[node.id]),
        entries=tuple(edge.id for edge in flow.incoming[node.id]),
        scope=node.scope,
        armed=tuple(each.id for each in border if each.trigger not in _UNHEARD),
        handlers=_handlers(inside, node.id) if drawn else (),
        inside=starts(flow, inside[node.id]) if drawn else (),
        repeat=_repeat(loop),
        rounds=None if loop is None else rounds_of(loop, node.id),
        undo=(undoes[0] if undoes else None) or undoing,
        cancelled_by=cancels[0] if cancels else None,
        handles=isinstance(node, SubProcess) and node.kind is SubProcessKind.EVENT,
        interrupting=event is None or event.interrupting or event.trigger == Trigger.ERROR,
        trigger=event.trigger if event is not None else Trigger.NONE,
        reference=event.reference if event is not None else None,
        throws=_is_thrown(node) and node.trigger not in {Trigger.NONE, Trigger.LINK},
        jump=jumps(flow).get(node.id),
        condition=_condition(event),
    )


def _before(flow: Flow, places: Mapping[str, Place]) -> Mapping[str, tuple[str, ...]]:
    """Return the nodes from which a token comes to each node: by flow, boundary event or link."""
    before: dict[str, list[str]] = {}
    for edge in flow.edges:
        before.setdefault(edge.target, []).append(edge.source)
    for place in places.values():
        for boundary in place.armed:
            before.setdefault(boundary, []).append(place.id)
        if place.jump is not None:
            before.setdefault(place.jump, []).append(place.id)
    return MappingProxyType({key: tuple(value) for key, value in before.items()})


def _handlers(inside: _Inside, scope: str | None) -> tuple[str, ...]:
    """Return the starts of the event sub-processes right in *scope* that listen for something."""
    return tuple(e.id for e in _risings(inside, scope) if e.trigger != Trigger.COMPENSATION)


def _undoing_blocks(inside: _Inside, scope: str) -> Iterator[str]:
    """Yield the event sub-processes right in *scope* that undo it."""
    for event in _risings(inside, scope):
        if event.trigger == Trigger.COMPENSATION and event.scope is not None:
            yield event.scope


def _risings(inside: _Inside, scope: str | None) -> Iterator[Event]:
    for node in inside.get(scope, ()):
        if isinstance(node, SubProcess) and node.kind is SubProcessKind.EVENT:
            yield from (start for start in inside.get(node.id, ()) if _is_start(start))


def _start(flow: Flow, node: Node, *, drawn: bool) -> Start:
    """Return how *node* starts; a sub-process whose content is not *drawn* waits like a step.

    What is repeated holds its rounds: each of them starts like the activity itself.
    """
    match node:
        case Step(loop=loop) | SubProcess(loop=loop) if loop is not None:
            return Start.INSIDE
        case Step():
            return Start.WORK
        case SubProcess() if not drawn:
            return Start.WORK
        case SubProcess():
            return Start.INSIDE
        case Event(position=EventPosition.CATCH, trigger=trigger):
            at_once = trigger in {Trigger.NONE, Trigger.LINK}
            return Start.AT_ONCE if at_once else Start.EVENT
        case Gateway(kind=GatewayKind.PARALLEL) if len(flow.incoming[node.id]) > 1:
            return Start.ALL_IN
        case Gateway(kind=GatewayKind.INCLUSIVE) if len(flow.incoming[node.id]) > 1:
            return Start.NO_MORE_COMING
        case _:
            return Start.AT_ONCE


def _condition(event: Event | None) -> Expression | None:
    if event is None or event.condition is None or event.trigger is not Trigger.CONDITIONAL:
        return None
    return compile_expression(event.condition, event.id)


def _repeat(loop: Loop | None) -> Repeat:
    if loop is None:
        return Repeat.ONCE
    if not loop.multi_instance:
        return Repeat.IN_A_ROW
    return Repeat.ONE_BY_ONE if loop.sequential else Repeat.AT_ONCE


def _leave(flow: Flow, node: Node) -> Leave:
    edges = flow.outgoing[node.id]
    match node:
        case Gateway(kind=GatewayKind.EVENT_BASED):
            return Leave.FIRST_EVENT
        case Gateway(kind=GatewayKind.EXCLUSIVE) if len(edges) > 1:
            return Leave.ONE
        case Gateway(kind=GatewayKind.INCLUSIVE) if len(edges) > 1:
            return Leave.SOME
        case Gateway():
            return Leave.ALL
        case _ if any(edge.condition or edge.printed for edge in edges):
            return Leave.SOME
        case _:
            return Leave.ALL


def _arc(flow: Flow, node: Node, edge: SequenceFlow, leave: Leave) -> Arc:
    default = not isinstance(node, Event) and node.default == edge.id
    condition = conditions(flow).get((edge.id, edge.condition))
    if isinstance(condition, BadExpression):
        raise condition
    return Arc(
        id=edge.id,
        target=edge.target,
        condition=condition,
        default=default,
        always=leave is Leave.SOME
        and not isinstance(node, Gateway)
        and not default
        and not (edge.condition or edge.printed),
    )


def _is_start(node: Node) -> TypeGuard[Event]:
    return isinstance(node, Event) and node.position == EventPosition.START


def _is_thrown(node: Node) -> TypeGuard[Event]:
    thrown = {EventPosition.THROW, EventPosition.END}
    return isinstance(node, Event) and node.position in thrown
