"""What ends a case, or a part of it, beside its arrows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.expected.known import Barrier, Why
from tthc_flow.expected.routes import Split
from tthc_flow.expected.thrown import catcher
from tthc_flow.model.flow import Event, EventPosition, Trigger

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tthc_flow.expected.routes import Routes
    from tthc_flow.model.flow import Flow

_LEAVES: Final = frozenset({EventPosition.END, EventPosition.THROW})


def abrupt_ends(flow: Flow, routes: Sequence[Routes]) -> Iterator[Barrier]:
    """Yield the events whose effect the chain of *routes* does not show.

    An end that breaks off everything is like any other where nothing else can be going on.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> thrown = Event(id="t", position=EventPosition.THROW, trigger=Trigger.ESCALATION)
        >>> list(abrupt_ends(Flow(id="p", nodes=(thrown,)), ()))
        [Barrier(element='t', why=<Why.THROWN: 'thrown'>)]

    Source: BPMN 2.0.2, 10.5.3 and 10.5.6.
    """
    beside = any(_at_once(each) for each in routes)
    for node in flow.nodes:
        if not isinstance(node, Event) or node.position not in _LEAVES:
            continue
        match node.trigger:
            case Trigger.COMPENSATION if flow.undoing:
                yield Barrier(node.id, Why.COMPENSATION)
            case Trigger.ESCALATION:
                yield Barrier(node.id, Why.THROWN)
            case Trigger.ERROR | Trigger.CANCEL if node.scope is not None:
                caught = catcher(flow, node) is not None
                yield Barrier(node.id, Why.ABRUPT if caught else Why.THROWN)
            case Trigger.ERROR | Trigger.CANCEL if beside:
                yield Barrier(node.id, Why.ABRUPT)
            case Trigger.TERMINATE if beside:
                yield Barrier(node.id, Why.ABRUPT)
            case _:
                pass


def _at_once(routes: Routes) -> bool:
    """Return whether several parts of a run of the scope may be under way."""
    several = any(
        each.split is not Split.EITHER and len(each.ways) > 1 for each in routes.leaving.values()
    )
    aside = any(not event.interrupting for found in routes.guards.values() for event, _ in found)
    return several or aside or (routes.together and len(routes.begins) > 1)
