"""Events thrown inside a case: terminate, error, escalation, signal; the others go outside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

from tthc_flow.engine.listening import catch, events_of
from tthc_flow.engine.places import Leave, Place, Start, nearest_first
from tthc_flow.model.flow import Trigger

if TYPE_CHECKING:
    from SpiffWorkflow.task import Task


class Stage(Protocol):
    """What throwing needs of a case."""

    places: Mapping[str, Place]
    tasks: dict[object, Task]
    task_tree: Task
    sent: list[str]
    joins: dict[object, Any]
    failed: str | None

    @property
    def hosts(self) -> list[Task]:
        """Return what waits and what is at work."""

    def enter(self, scope: Task, node: str, arc: str | None = None, *, fired: bool = False) -> None:
        """Put a token on a node."""

    def wake(self, task: Task) -> None:
        """Let the event that a task waits for happen."""

    def drop(self, task: Task) -> None:
        """Take a token away."""

    def close(self, scope: Task) -> None:
        """Complete a scope."""


def throw(case: Stage, task: Task, place: Place) -> bool:
    """Throw the event of *place*; return whether its token lives on to leave."""
    match place.trigger:
        case Trigger.TERMINATE:
            scope = task.parent
            for each in scope.children:
                case.drop(each)
            case.close(scope)
            return False
        case Trigger.ERROR | Trigger.ESCALATION:
            return _raise(case, task, place)
        case Trigger.SIGNAL:
            _broadcast(case, place)
    case.sent.append(place.id)
    return task.id in case.tasks


def _raise(case: Stage, task: Task, place: Place) -> bool:
    """Hand an error or escalation to the nearest scope around that catches it.

    Inside a scope its event sub-processes come first, but not the one it was thrown in.
    """
    inside, host = task, task.parent
    while host is not None:
        within = inside.task_spec.place.id
        armed = host.task_spec.place.armed
        for event in nearest_first(case.places, events_of(host), armed):
            here = case.places[event]
            if here.scope != within and here.catches(place):
                catch(case, host, event)
                return not here.interrupting
        inside, host = host, host.parent
    case.sent.append(place.id)
    if place.trigger == Trigger.ESCALATION:
        return True
    case.failed = place.id
    for each in case.task_tree.children:
        case.drop(each)
    case.close(case.task_tree)
    return False


def _broadcast(case: Stage, thrown: Place) -> None:
    """Let every event hear the signal that listens for it now."""
    for task in case.hosts:
        if task.id not in case.tasks:
            continue  # what heard it before has taken this one off
        here = task.task_spec.place
        if here.start is Start.EVENT and here.catches(thrown):
            case.wake(task)
        elif here.leave is Leave.FIRST_EVENT:
            heard = [arc for arc in here.arcs if case.places[arc.target].catches(thrown)]
            if heard:
                task.internal_data["chosen"] = tuple(heard[:1])
                task.complete()
        for event in events_of(task):
            still = task.id in case.tasks and event in events_of(task)
            if still and case.places[event].catches(thrown):
                catch(case, task, event)
