"""Which activity undoes which: the dotted line of a compensation boundary event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from tthc_flow.model.flow import Event, EventPosition, SubProcess, Trigger
from tthc_flow.model.step import Step

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tthc_flow.model.artifact import Association
    from tthc_flow.model.flow import Node


def with_handlers(nodes: tuple[Node, ...], lines: Iterable[Association]) -> tuple[Node, ...]:
    """Return *nodes*, each compensation boundary event with the activity its dotted line leads to.

    Tools draw the line in either direction; only an activity of the event's own scope counts.
    Linear.

    Source: BPMN 2.0.2, 10.7.1: the handler is tied to its event by an association.
    """
    undoing = {node.id: node for node in nodes if _is_undoing(node)}
    if not undoing:
        return nodes
    known = {node.id: node for node in nodes if isinstance(node, Step | SubProcess)}
    found: dict[str, str] = {}
    for line in lines:
        for event, other in ((line.source, line.target), (line.target, line.source)):
            handler = known.get(other)
            if event in undoing and handler is not None and handler.scope == undoing[event].scope:
                found.setdefault(event, other)
    return tuple(
        evolve(node, handler=found[node.id])
        if isinstance(node, Event) and node.id in found
        else node
        for node in nodes
    )


def _is_undoing(node: Node) -> bool:
    return (
        isinstance(node, Event)
        and node.position is EventPosition.BOUNDARY
        and node.trigger is Trigger.COMPENSATION
    )
