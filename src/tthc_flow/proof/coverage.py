"""The first element that soundness cannot judge, by name and reason.

Not covered: complex gateways (their condition is free text), a throw out of an event sub-process
that runs beside the rest, a message exchanged or an escalation thrown on in one that itself starts
by a throw, and drawings that BPMN forbids (a flow into a start or a boundary event,
out of an end, across a scope; a cancel end outside a transaction; an event sub-process one
start of which interrupts and another not).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Gateway,
    GatewayKind,
    SubProcess,
    SubProcessKind,
    Trigger,
)
from tthc_flow.proof.setting import is_aside
from tthc_flow.proof.throws import transaction_around

if TYPE_CHECKING:
    from tthc_flow.model.flow import Flow, Node
    from tthc_flow.proof.scopes import Scopes
    from tthc_flow.proof.setting import Setting


def not_covered(flow: Flow, scopes: Scopes) -> tuple[str, str] | None:
    """Return the first element soundness cannot judge, and why; ``None`` where all is covered.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.proof.scopes import scopes_of
        >>> flow = Flow(id="p", nodes=(Gateway(id="g", kind=GatewayKind.COMPLEX),))
        >>> not_covered(flow, scopes_of(flow))
        ('g', 'complex-gateway')

    Source: BPMN 2.0.2, chapter 13.
    """
    for edge in flow.edges:
        ends = flow.by_id.get(edge.source), flow.by_id.get(edge.target)
        if ends[0] is None or ends[1] is None:
            return edge.id, "dangling-flow"
        if ends[0].scope != ends[1].scope:
            return edge.id, "flow-across-scopes"
    for scope, inside in scopes.items():
        host = flow.by_id.get(scope or "")
        if scope is not None and not isinstance(host, SubProcess):
            return scope, "unknown-scope"
        modes = {start.interrupting for start in inside.starts}
        if host is not None and is_aside(host) and len(modes) > 1:
            return host.id, "starts-that-differ"
    for node in flow.nodes:
        reason = _strange(flow, node)
        if reason is not None:
            return node.id, reason
    return None


def not_exchanged(setting: Setting) -> tuple[str, str] | None:
    """Return the first element whose messages or throws cannot be followed, and why.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.proof.setting import setting_of
        >>> not_exchanged(setting_of(Flow(id="p"))) is None
        True

    Source: see ``proof/net.py`` for what is followed.
    """
    for node in setting.flow.nodes:
        if not is_aside(node) or node.id not in setting.scopes:
            continue
        starts = setting.scopes[node.id].starts
        if node.id in setting.opened and any(start.id in setting.called for start in starts):
            return node.id, "exchange-in-called-event-sub-process"
        beside = any(not start.interrupting for start in starts)
        thrown = setting.thrown_through(node.id)
        if beside and any(setting.landing[each].stops for each in thrown):
            return node.id, "throw-out-of-event-sub-process"
    return None


def _strange(flow: Flow, node: Node) -> str | None:
    match node:
        case Gateway(kind=GatewayKind.COMPLEX):
            return "complex-gateway"
        case SubProcess(kind=SubProcessKind.EVENT):
            tied = flow.incoming[node.id] or flow.outgoing[node.id]
            return "flow-at-event-sub-process" if tied else None
        case Event():
            return _strange_event(flow, node)
        case _:
            return None


def _strange_event(flow: Flow, event: Event) -> str | None:
    entered, left = bool(flow.incoming[event.id]), bool(flow.outgoing[event.id])
    match event.position:
        case EventPosition.START if entered:
            return "flow-into-start"
        case EventPosition.END if left:
            return "flow-out-of-end"
        case EventPosition.END if event.trigger is Trigger.CANCEL:
            outside = transaction_around(flow, event) is None
            return "cancel-outside-transaction" if outside else None
        case EventPosition.BOUNDARY:
            if entered:
                return "flow-into-boundary"
            if event.trigger is Trigger.COMPENSATION and (left or _ad_hoc(flow, event.scope)):
                return "flow-out-of-compensation" if left else "compensation-in-ad-hoc"
            return None if _carries(flow, event) else "boundary-without-activity"
        case _:
            return None


def _ad_hoc(flow: Flow, scope: str | None) -> bool:
    """Return whether work without arrows is no sign of a handler in *scope*."""
    around = flow.by_id.get(scope or "")
    return isinstance(around, SubProcess) and around.kind is SubProcessKind.AD_HOC


def _carries(flow: Flow, event: Event) -> bool:
    """Return whether a boundary event hangs on an activity of its own scope."""
    host = flow.by_id.get(event.attached_to or "")
    if host is None or isinstance(host, Gateway | Event):
        return False
    return host.scope == event.scope and not is_aside(host)
