"""Whether it is clear what a compensation or cancel event of a drawing means."""

from __future__ import annotations

from tthc_flow.model.flow import Event, EventPosition, Flow, SubProcess, SubProcessKind, Trigger
from tthc_flow.model.step import Step


def undoing_is_clear(flow: Flow, event: Event) -> bool:
    """Return whether the compensation *event* says what it undoes, or by what it is undone.

    Example:
        >>> loose = Event(id="b", position=EventPosition.BOUNDARY, trigger=Trigger.COMPENSATION)
        >>> undoing_is_clear(Flow(id="p", nodes=(loose,)), loose)
        False

    Source: BPMN 2.0.2, 10.7.
    """
    around = flow.by_id.get(event.scope or "")
    handles = isinstance(around, SubProcess) and around.kind is SubProcessKind.EVENT
    match event.position:
        case EventPosition.BOUNDARY:
            handler = flow.by_id.get(event.handler or "")
            tied = flow.outgoing[event.id] or flow.incoming[event.handler or event.id]
            leads_on = handler is None or flow.outgoing[handler.id]
            return isinstance(handler, Step | SubProcess) and not (tied or leads_on)
        case EventPosition.START:
            return handles and around is not None and around.scope is not None
        case EventPosition.THROW | EventPosition.END:
            scopes = {event.scope} | ({around.scope} if handles and around is not None else set())
            target = flow.by_id.get(event.reference or "")
            return event.reference is None or (target is not None and target.scope in scopes)
        case _:
            return False


def cancel_is_clear(flow: Flow, event: Event) -> bool:
    """Return whether the cancel *event* ends a transaction that has one, or is that one.

    Example:
        >>> lost = Event(id="e", position=EventPosition.END, trigger=Trigger.CANCEL)
        >>> cancel_is_clear(Flow(id="p", nodes=(lost,)), lost)
        False

    Source: BPMN 2.0.2, 10.3.5: a cancel event is used with transactions only.
    """
    ends = event.position is EventPosition.END
    host = flow.by_id.get((event.scope if ends else event.attached_to) or "")
    if not isinstance(host, SubProcess) or host.kind is not SubProcessKind.TRANSACTION:
        return False
    if not ends:
        return event.position is EventPosition.BOUNDARY
    return any(
        isinstance(each, Event) and each.trigger is Trigger.CANCEL and each.attached_to == host.id
        for each in flow.nodes
    )
