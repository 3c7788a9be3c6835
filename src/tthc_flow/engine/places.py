"""What each node of a flow does to tokens, worked out once: how it starts, waits and is left."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TypeGuard

from attrs import frozen

from tthc_flow.engine.expression import Expression, compile_expression
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
from tthc_flow.model.step import Step


class Start(StrEnum):
    """What a token does when it comes to a node."""

    WORK = "work"
    EVENT = "event"
    AT_ONCE = "at_once"
    ALL_IN = "all_in"
    NO_MORE_COMING = "no_more_coming"
    INSIDE = "inside"


class Leave(StrEnum):
    """Over which of its flows a token leaves a node."""

    ALL = "all"
    ONE = "one"
    SOME = "some"
    FIRST_EVENT = "first_event"


class Repeat(StrEnum):
    """How often the content of a sub-process is done."""

    ONCE = "once"
    IN_A_ROW = "in_a_row"
    ONE_BY_ONE = "one_by_one"
    AT_ONCE = "at_once"


@frozen(kw_only=True)
class Arc:
    """A sequence flow as a token sees it; *always* leaves whatever is decided."""

    id: str
    target: str
    condition: Expression | None = None
    default: bool = False
    always: bool = False


@frozen(kw_only=True)
class Place:
    """A node as a token sees it.

    *armed* are the boundary events that listen while it is worked on; *handlers* the start events
    of the event sub-processes drawn inside it; *jump* is the catching end of a link; *inside* are
    the nodes a sub-process starts with. *is_round* is one round of a sub-process that repeats.
    """

    id: str
    start: Start
    leave: Leave
    arcs: tuple[Arc, ...] = ()
    entries: tuple[str, ...] = ()
    scope: str | None = None
    armed: tuple[str, ...] = ()
    handlers: tuple[str, ...] = ()
    interrupting: bool = True
    trigger: Trigger = Trigger.NONE
    reference: str | None = None
    throws: bool = False
    jump: str | None = None
    inside: tuple[str, ...] = ()
    repeat: Repeat = Repeat.ONCE
    is_round: bool = False

    def catches(self, thrown: Place) -> bool:
        """Return whether this event catches *thrown*; without a reference it catches any error."""
        if self.trigger != thrown.trigger:
            return False
        general = self.reference is None and self.trigger != Trigger.SIGNAL
        return general or self.reference == thrown.reference


@frozen(kw_only=True)
class Net:
    """The places of a flow and how a token can come to them within one scope.

    *starts* are the nodes a case begins with; where they are start events, one of them. *handlers*
    start the event sub-processes of the process itself.
    """

    places: Mapping[str, Place]
    before: Mapping[str, tuple[str, ...]]
    source_of: Mapping[str, str]
    starts: tuple[str, ...]
    alternative_starts: bool
    handlers: tuple[str, ...] = ()


def net_of(flow: Flow) -> Net:
    """Return the net of *flow*; linear in nodes and sequence flows.

    Raises:
        BadExpression: TF50x, where a condition is outside the expression language.
    """
    armed: dict[str, list[str]] = {}
    catching = {}
    inside: dict[str | None, list[Node]] = {}
    for node in flow.nodes:
        inside.setdefault(node.scope, []).append(node)
        if isinstance(node, Event):
            if node.position == EventPosition.BOUNDARY and node.attached_to is not None:
                armed.setdefault(node.attached_to, []).append(node.id)
            if node.position == EventPosition.CATCH and node.trigger == Trigger.LINK:
                catching[node.scope, node.reference] = node.id
    found = {}
    for node in flow.nodes:
        leave = _leave(flow, node)
        found[node.id] = Place(
            id=node.id,
            start=_start(flow, node, drawn=node.id in inside),
            leave=leave,
            arcs=tuple(_arc(node, edge, leave) for edge in flow.outgoing[node.id]),
            entries=tuple(edge.id for edge in flow.incoming[node.id]),
            scope=node.scope,
            armed=tuple(armed.get(node.id, ())),
            handlers=_handlers(inside, node.id),
            inside=starts(flow, tuple(inside.get(node.id, ()))),
            repeat=_repeat(node) if node.id in inside else Repeat.ONCE,
            interrupting=not isinstance(node, Event) or node.interrupting or _is_error(node),
            trigger=node.trigger if isinstance(node, Event) else Trigger.NONE,
            reference=node.reference if isinstance(node, Event) else None,
            throws=_is_thrown(node) and node.trigger not in {Trigger.NONE, Trigger.LINK},
            jump=_jump(node, catching),
        )
    first = starts(flow, tuple(inside.get(None, ())))
    return Net(
        places=MappingProxyType(found),
        before=_before(flow, found),
        source_of=MappingProxyType({edge.id: edge.source for edge in flow.edges}),
        starts=first,
        alternative_starts=any(_is_start(flow.by_id[node]) for node in first),
        handlers=_handlers(inside, None),
    )


def _jump(node: Node, catching: Mapping[tuple[str | None, str | None], str]) -> str | None:
    """Return where a thrown link goes on; None for every other node."""
    if _is_thrown(node) and node.trigger == Trigger.LINK:
        return catching.get((node.scope, node.reference))
    return None


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


def starts(flow: Flow, nodes: tuple[Node, ...]) -> tuple[str, ...]:
    """Return the nodes that a scope holding *nodes* starts with: start events, else the sources.

    Source: BPMN 2.0, 10.5.2 (implicit start: every node without an incoming flow).
    """
    events = tuple(node.id for node in nodes if _is_start(node))
    return events or tuple(
        node.id for node in nodes if not flow.incoming[node.id] and not _is_sprung(node)
    )


def _is_sprung(node: Node) -> bool:
    """Return whether *node* is begun by no flow: a boundary event, a link's end, a handler."""
    match node:
        case Event(position=EventPosition.BOUNDARY):
            return True
        case Event(position=EventPosition.CATCH, trigger=Trigger.LINK):
            return True
        case SubProcess(kind=SubProcessKind.EVENT):
            return True
        case _:
            return False


def _handlers(inside: Mapping[str | None, list[Node]], scope: str | None) -> tuple[str, ...]:
    """Return the start events of the event sub-processes that lie right in *scope*."""
    return tuple(
        start.id
        for node in inside.get(scope, ())
        if isinstance(node, SubProcess) and node.kind is SubProcessKind.EVENT
        for start in inside.get(node.id, ())
        if _is_start(start)
    )


def _start(flow: Flow, node: Node, *, drawn: bool) -> Start:
    """Return how *node* starts; a sub-process whose content is not *drawn* waits like a step."""
    match node:
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


def _repeat(node: Node) -> Repeat:
    loop = node.loop if isinstance(node, SubProcess) else None
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


def _arc(node: Node, edge: SequenceFlow, leave: Leave) -> Arc:
    default = not isinstance(node, Event) and node.default == edge.id
    return Arc(
        id=edge.id,
        target=edge.target,
        condition=None if edge.condition is None else compile_expression(edge.condition, edge.id),
        default=default,
        always=leave is Leave.SOME
        and not isinstance(node, Gateway)
        and not default
        and not (edge.condition or edge.printed),
    )


def _is_start(node: Node) -> bool:
    return isinstance(node, Event) and node.position == EventPosition.START


def _is_error(node: Event) -> bool:
    return node.trigger == Trigger.ERROR


def _is_thrown(node: Node) -> TypeGuard[Event]:
    thrown = {EventPosition.THROW, EventPosition.END}
    return isinstance(node, Event) and node.position in thrown
