"""Which border event catches what is thrown inside an activity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.model.flow import Event, EventPosition, Trigger

if TYPE_CHECKING:
    from tthc_flow.model.flow import Flow

BREAKS_OFF: Final = frozenset({Trigger.ERROR, Trigger.CANCEL})
"""What an end throws outwards, so that all around it stops up to where it is caught."""


def catcher(flow: Flow, end: Event) -> Event | None:
    """Return the border event that catches what *end* throws, the nearest; ``None``: none does.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> end = Event(id="e", position=EventPosition.END, trigger=Trigger.ERROR)
        >>> catcher(Flow(id="p", nodes=(end,)), end) is None
        True

    Source: BPMN 2.0.2, 10.5.6: an error goes out to the innermost activity that catches it.
    """
    if end.position is not EventPosition.END or end.trigger not in BREAKS_OFF:
        return None
    host = end.scope
    while host is not None:
        for each in flow.nodes:
            if isinstance(each, Event) and each.attached_to == host and _catches(each, end):
                return each
        around = flow.by_id.get(host)
        host = None if around is None else around.scope
    return None


def _catches(border: Event, end: Event) -> bool:
    return border.trigger is end.trigger and border.reference in {None, "", end.reference}


def is_thrown_to(flow: Flow, border: Event) -> bool:
    """Return whether an end inside the activity of *border* throws what it catches.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> border = Event(id="b", position=EventPosition.BOUNDARY, trigger=Trigger.ERROR)
        >>> is_thrown_to(Flow(id="p", nodes=(border,)), border)
        False

    Source: see :func:`catcher`.
    """
    return any(
        isinstance(node, Event)
        and node.position is EventPosition.END
        and node.trigger in BREAKS_OFF
        and catcher(flow, node) == border
        for node in flow.nodes
    )
