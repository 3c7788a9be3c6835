"""What cannot be run faithfully, as findings, all at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from tthc_flow.engine.begun import wrongly_begun
from tthc_flow.engine.conditions import conditions
from tthc_flow.engine.repeated import rounds_of
from tthc_flow.engine.undoable import cancel_is_clear, undoing_is_clear
from tthc_flow.errors import BadExpression
from tthc_flow.expressions.expression import compile_expression
from tthc_flow.model.finding import Finding, Severity
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    Gateway,
    GatewayKind,
    Node,
    SubProcess,
    SubProcessKind,
    Trigger,
)
from tthc_flow.model.step import Behavior, Step, TaskType


def refusals(flow: Flow) -> tuple[Finding, ...]:
    """Return everything that bars a faithful run of *flow*: one finding an element and reason.

    Nothing is repaired in silence. Linear in nodes and sequence flows.

    Example:
        >>> odd = Gateway(id="g", kind=GatewayKind.COMPLEX)
        >>> [each.code for each in refusals(Flow(id="p", nodes=(odd,)))]
        ['run-complex-gateway']

    Source: BPMN 2.0.2, chapters 10 and 13; what SpiffWorkflow is known to misread.
    """
    drawn = {node.scope for node in flow.nodes}
    found = [
        *_of_ids(flow),
        *(
            (code, node.id, node.name, "")
            for node in flow.nodes
            for code in _of_node(flow, node, drawn=node.id in drawn)
        ),
        *(("run-instantiates", node.id, node.name, "") for node in wrongly_begun(flow)),
        *_of_repeats(flow),
        *_of_scopes(flow),
        *_of_links(flow),
        *_of_edges(flow),
    ]
    return tuple(
        Finding(
            code=code,
            severity=Severity.ERROR,
            element=element,
            name=name or None,
            values=(("element", name or element), ("why", why)),
        )
        for code, element, name, why in found
    )


def may_come_first(node: Node | None) -> bool:
    """Return whether *node* waits for an event, as what follows an event-based gateway must.

    A receive task that is repeated waits for several.

    Example:
        >>> may_come_first(Step(id="a", name="A", task=TaskType.RECEIVE))
        True

    Source: BPMN 2.0.2, 10.6.6.
    """
    match node:
        case Event(position=EventPosition.CATCH, trigger=trigger):
            return trigger not in {Trigger.NONE, Trigger.LINK}
        case Step(task=TaskType.RECEIVE, loop=None):
            return True
        case _:
            return False


_NOWHERE: Final = frozenset(
    (position, trigger)
    for position, triggers in {
        EventPosition.START: (Trigger.LINK, Trigger.TERMINATE),
        EventPosition.CATCH: (Trigger.ERROR, Trigger.ESCALATION, Trigger.TERMINATE),
        EventPosition.BOUNDARY: (Trigger.LINK, Trigger.TERMINATE),
        EventPosition.THROW: (
            *(Trigger.TIMER, Trigger.CONDITIONAL, Trigger.ERROR, Trigger.TERMINATE),
        ),
        EventPosition.END: (Trigger.TIMER, Trigger.CONDITIONAL),
    }.items()
    for trigger in triggers
)
"""Events that BPMN does not know (2.0.2, tables 10.84 to 10.93): what they would do is a guess.

What is told more exactly is not among them; a link that ends is BPMN 1.2 and goes on at its end.
"""

_INSIDE_ONLY: Final = frozenset({Trigger.ERROR, Trigger.ESCALATION})
"""Triggers of start events that only an event sub-process has."""

_Reason = tuple[str, str, str, str]
"""Code, element, its name, and more words where the code alone does not say it."""


def _of_ids(flow: Flow) -> Iterator[_Reason]:
    counted = Counter([node.id for node in flow.nodes] + [edge.id for edge in flow.edges])
    yield from (("run-id-twice", each, "", "") for each, times in counted.items() if times > 1)
    if not flow.nodes:
        yield "run-empty", flow.id, flow.name, ""


def _of_node(flow: Flow, node: Node, *, drawn: bool) -> Iterator[str]:
    """Yield what bars *node*; a sub-process whose content is not *drawn* is one piece of work."""
    match node:
        case Gateway():
            yield from _of_gateway(flow, node)
        case Event():
            yield from _of_event(flow, node)
        case SubProcess() | Step():
            if (node.start_quantity, node.completion_quantity) != (1, 1):
                yield "run-token-quantity"
            if node.loop is not None and node.loop.behavior is not Behavior.ALL:
                yield "run-instances-throw"
            if drawn and isinstance(node, SubProcess) and node.kind is SubProcessKind.AD_HOC:
                yield "run-ad-hoc"


def _of_gateway(flow: Flow, node: Gateway) -> Iterator[str]:
    edges = flow.outgoing[node.id]
    if node.kind == GatewayKind.COMPLEX:
        yield "run-complex-gateway"
    if node.default is not None and node.default not in {edge.id for edge in edges}:
        yield "run-default-elsewhere"
    if node.kind == GatewayKind.EVENT_BASED:
        targets = [flow.by_id.get(edge.target) for edge in edges]
        if not targets or not all(map(may_come_first, targets)):
            yield "run-event-gateway"
        if node.parallel:
            yield "run-gateway-all-events"


def _of_event(flow: Flow, node: Event) -> Iterator[str]:
    if node.trigger is Trigger.MULTIPLE:
        yield "run-several-triggers"
    if (node.position, node.trigger) in _NOWHERE or _starts_wrongly(flow, node):
        yield "run-trigger-misplaced"
    if node.trigger is Trigger.COMPENSATION and not undoing_is_clear(flow, node):
        yield "run-compensation"
    if node.trigger is Trigger.CANCEL and not cancel_is_clear(flow, node):
        yield "run-cancel"
    if node.position == EventPosition.BOUNDARY:
        host = flow.by_id.get(node.attached_to or "")
        if not isinstance(host, Step | SubProcess) or host.scope != node.scope:
            yield "run-boundary-loose"
        if node.trigger == Trigger.NONE:
            yield "run-boundary-without-trigger"
    if node.position in {EventPosition.START, EventPosition.BOUNDARY} and flow.incoming[node.id]:
        yield "run-flow-into-start"
    if node.position == EventPosition.END and flow.outgoing[node.id]:
        yield "run-flow-out-of-end"


def _starts_wrongly(flow: Flow, event: Event) -> bool:
    """Return whether the start *event* waits for what cannot start its process or sub-process."""
    if event.position is not EventPosition.START:
        return False
    if event.scope is None:
        return event.trigger in _INSIDE_ONLY
    around = flow.by_id.get(event.scope)
    aside = isinstance(around, SubProcess) and around.kind is SubProcessKind.EVENT
    return not aside and event.trigger is not Trigger.NONE


def _of_repeats(flow: Flow) -> Iterator[_Reason]:
    """Yield what says how often, or when, and cannot be read."""
    for node in flow.nodes:
        try:
            if isinstance(node, Step | SubProcess) and node.loop is not None:
                rounds_of(node.loop, node.id)
        except BadExpression as error:
            yield "run-bad-loop", node.id, node.name, f"{error.code} {error.fact}"
        if isinstance(node, Event) and node.condition is not None:
            why = _unreadable(node.condition, node.id)
            if why:
                yield "run-bad-event-condition", node.id, node.name, why


def _of_scopes(flow: Flow) -> Iterator[_Reason]:
    """Yield what is wrong with sub-processes: unknown, within themselves, badly begun."""
    starting: dict[str | None, list[Event]] = {}
    for node in flow.nodes:
        if node.scope is not None and not _scope_is_known(flow, node):
            yield "run-scope-unknown", node.id, node.name, node.scope
        if isinstance(node, Event) and node.position == EventPosition.START:
            starting.setdefault(node.scope, []).append(node)
    several = (key for key, starts in starting.items() if key is not None and len(starts) > 1)
    yield from (("run-several-starts", key, "", "") for key in several)
    for node in flow.nodes:
        if isinstance(node, SubProcess) and node.kind is SubProcessKind.EVENT:
            touched = flow.incoming[node.id] or flow.outgoing[node.id]
            waits = [each.trigger is not Trigger.NONE for each in starting.get(node.id, ())]
            if touched or not waits or not all(waits):
                yield "run-event-sub-process", node.id, node.name, ""
            if node.loop is not None:
                yield "run-repeated-handler", node.id, node.name, ""


def _of_links(flow: Flow) -> Iterator[_Reason]:
    """Yield the link events without exactly one end of their name in their scope."""
    links = [n for n in flow.nodes if isinstance(n, Event) and n.trigger == Trigger.LINK]
    ends = Counter(
        (link.scope, link.reference) for link in links if link.position == EventPosition.CATCH
    )
    for link in links:
        thrown = link.position in {EventPosition.THROW, EventPosition.END}
        if (thrown and ends[link.scope, link.reference] != 1) or link.reference is None:
            yield "run-link-unpaired", link.id, link.name, link.reference or ""


def _scope_is_known(flow: Flow, node: Node) -> bool:
    """Return whether the scopes around *node* are sub-processes and end at the process."""
    scope, seen = node.scope, {node.id}
    while scope is not None:
        around = flow.by_id.get(scope)
        if not isinstance(around, SubProcess) or scope in seen:
            return False
        seen.add(scope)
        scope = around.scope
    return True


def _of_edges(flow: Flow) -> Iterator[_Reason]:
    for edge in flow.edges:
        source, target = flow.by_id.get(edge.source), flow.by_id.get(edge.target)
        if source is None or target is None:
            yield "run-flow-dangling", edge.id, edge.name, ""
        elif source.scope != target.scope:
            yield "run-flow-crosses-border", edge.id, edge.name, ""
        bad = conditions(flow).get((edge.id, edge.condition))
        if isinstance(bad, BadExpression):
            yield "run-bad-condition", edge.id, edge.name, f"{bad.code} {bad.fact}"


def _unreadable(condition: str, place: str) -> str:
    try:
        compile_expression(condition, place)
    except BadExpression as error:
        return f"{error.code} {error.fact}"
    return ""
