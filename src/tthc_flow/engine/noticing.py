"""Conditional events: they happen by themselves as soon as their condition holds.

A condition is looked at whenever the case is at rest. A catching event happens as soon as it
waits and its condition holds. One at a border or of an event sub-process happens when its
condition comes to hold (one that holds when its host begins comes to hold then); to happen again,
it must have ceased to hold in between. A condition that cannot be decided does not hold yet.

Source: BPMN 2.0.2, 10.5.2 and 10.5.4 (conditional events: "must become false and then true").
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

from tthc_flow.engine.listening import catch, events_of
from tthc_flow.engine.places import Leave, Place, Start
from tthc_flow.engine.rounds import sight
from tthc_flow.errors import BadExpression

if TYPE_CHECKING:
    from SpiffWorkflow.task import Task

    from tthc_flow.expressions.expression import Value


class Stage(Protocol):
    """What noticing needs of a case."""

    data: Mapping[str, Value]
    places: Mapping[str, Place]
    joins: dict[object, Any]

    @property
    def hosts(self) -> list[Task]:
        """Return what waits and what is at work."""

    def enter(self, scope: Task, node: str, arc: str | None = None, *, fired: bool = False) -> None:
        """Put a token on a node."""

    def drop(self, task: Task) -> None:
        """Take a token away."""

    def wake(self, task: Task) -> None:
        """Let the event that a task waits for happen."""


def notice(case: Stage) -> bool:
    """Let one event happen whose condition has come to hold; return whether there was one.

    What waits longest comes first; the events of one host in the order of the drawing.
    """
    for task in case.hosts:
        place = task.task_spec.place
        if place.start is Start.EVENT and _holds(case, task, place):
            case.wake(task)
            return True
        if place.leave is Leave.FIRST_EVENT:
            for arc in place.arcs:
                if _holds(case, task, case.places[arc.target]):
                    task.internal_data["chosen"] = (arc,)
                    task.complete()
                    return True
        for event in events_of(task):
            if _comes_to_hold(case, task, case.places[event]):
                catch(case, task, event)
                return True
    return False


def _comes_to_hold(case: Stage, host: Task, event: Place) -> bool:
    """Return whether *event* holds and did not when *host* was looked at before."""
    if event.condition is None:
        return False
    held: list[str] = host.internal_data.get("held", [])
    holds, held_before = _holds(case, host, event), event.id in held
    if holds is not held_before:
        others = [each for each in held if each != event.id]
        host.internal_data["held"] = [*others, event.id] if holds else others
    return holds and not held_before


def _holds(case: Stage, task: Task, event: Place) -> bool:
    try:
        return event.condition is not None and event.condition.holds(sight(case.data, task))
    except BadExpression:
        return False
