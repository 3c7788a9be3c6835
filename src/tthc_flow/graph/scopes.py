"""What arrows do not say of a scope: where it begins, where a link goes on, what only undoes."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from tthc_flow.graph.remembered import remembered
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Gateway,
    SubProcess,
    SubProcessKind,
    Trigger,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tthc_flow.model.flow import Flow, Node


@remembered
def jumps(flow: Flow) -> Mapping[str, str]:
    """Return the catching link event by each throwing one of its name and scope.

    A link without a name is told by its label. Linear.

    Example:
        >>> throw = Event(id="t", position=EventPosition.THROW, trigger=Trigger.LINK, name="A")
        >>> catch = Event(id="c", position=EventPosition.CATCH, trigger=Trigger.LINK, name="A")
        >>> from tthc_flow.model.flow import Flow
        >>> dict(jumps(Flow(id="p", nodes=(throw, catch))))
        {'t': 'c'}

    Source: BPMN 2.0.2, 10.5.1: a pair of links stands for a sequence flow.
    """
    links = [n for n in flow.nodes if isinstance(n, Event) and n.trigger is Trigger.LINK]
    catching = {_link(each): each.id for each in links if each.position is EventPosition.CATCH}
    return MappingProxyType(
        {
            each.id: catching[_link(each)]
            for each in links
            if each.position in {EventPosition.THROW, EventPosition.END} and _link(each) in catching
        }
    )


def _link(event: Event) -> tuple[str | None, str]:
    return event.scope, event.reference or event.name


@remembered
def undoers(flow: Flow) -> frozenset[str]:
    """Return the activities that only undo others: no arrow touches them, no start leads there.

    They are tied to their compensation event. Where a drawing ties nothing to one, they are the
    activities without arrows beside it; and always a sub-process that starts by compensation.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.step import Step
        >>> undo = Event(
        ...     id="u", position=EventPosition.BOUNDARY, trigger=Trigger.COMPENSATION,
        ...     attached_to="a", handler="b",
        ... )
        >>> steps = (Step(id="a", name="A"), Step(id="b", name="B"), Step(id="c", name="C"))
        >>> sorted(undoers(Flow(id="p", nodes=(*steps, undo))))
        ['b']

    Source: BPMN 2.0.2, 10.7.1 and 13.5.5: compensation is outside the normal flow.
    """
    events = [n for n in flow.nodes if isinstance(n, Event) and n.trigger is Trigger.COMPENSATION]
    if not (events or flow.undoing):
        return frozenset()
    borders = [each for each in events if each.position is EventPosition.BOUNDARY]
    untied = {each.scope for each in borders if each.handler is None}
    hosts = {each.attached_to for each in borders}
    begun = {each.scope for each in events if each.position is EventPosition.START}
    return frozenset(
        node.id
        for node in flow.nodes
        if not isinstance(node, Event | Gateway)
        and not (flow.incoming[node.id] or flow.outgoing[node.id])
        and (
            node.id in flow.undoing
            or (node.scope in untied and node.id not in hosts)
            or node.id in begun
        )
    )


def starts(flow: Flow, nodes: Iterable[Node]) -> tuple[str, ...]:
    """Return what the scope holding *nodes* begins with: start events, else what nothing enters.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.step import Step
        >>> flow = Flow(id="p", nodes=(Step(id="a", name="A"), Step(id="b", name="B")))
        >>> starts(flow, flow.nodes)
        ('a', 'b')

    Source: BPMN 2.0.2, 10.5.2: what has no incoming flow begins, where there is no start event.
    """
    inside = tuple(nodes)
    events = tuple(
        n.id for n in inside if isinstance(n, Event) and n.position is EventPosition.START
    )
    return events or tuple(
        node.id
        for node in inside
        if not any(edge.source in flow.by_id for edge in flow.incoming[node.id])
        and not needs_no_entry(node)
        and node.id not in undoers(flow)
    )


def needs_no_entry(node: Node) -> bool:
    """Return whether no flow has to enter *node*: starts, boundaries, link ends, event blocks.

    Example:
        >>> needs_no_entry(SubProcess(id="s", kind=SubProcessKind.EVENT))
        True

    Source: BPMN 2.0.2, 10.3.5 and 10.5.
    """
    match node:
        case Event(position=EventPosition.START | EventPosition.BOUNDARY):
            return True
        case Event(position=EventPosition.CATCH, trigger=Trigger.LINK):
            return True
        case SubProcess(kind=SubProcessKind.EVENT):
            return True
        case _:
            return False
