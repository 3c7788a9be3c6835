"""Events thrown inside a case: terminate, error, escalation, signal; the others go outside."""

# ruff: noqa: SLF001 (as in case.py: the life cycle methods of SpiffWorkflow's tasks)

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from tthc_flow.engine.places import Leave, Place, Start
from tthc_flow.model.flow import Trigger

if TYPE_CHECKING:
    from SpiffWorkflow.task import Task


class Stage(Protocol):
    """What throwing needs of a case."""

    places: Mapping[str, Place]
    waiting: dict[object, Task]
    scopes: dict[object, Task]
    tasks: dict[object, Task]
    task_tree: Task
    sent: list[str]
    failed: str | None

    def enter(self, scope: Task, node: str, arc: str | None = None, *, fired: bool = False) -> None:
        """Put a token on a node."""

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
    return True


def _raise(case: Stage, task: Task, place: Place) -> bool:
    """Hand an error or escalation to the nearest scope around that catches it."""
    host = task.parent
    while host is not case.task_tree:
        armed = host.task_spec.place.armed
        for boundary in sorted(armed, key=lambda each: case.places[each].reference is None):
            event = case.places[boundary]
            if event.catches(place):
                case.enter(host.parent, boundary, fired=True)
                if event.interrupting:
                    case.drop(host)
                return not event.interrupting
        host = host.parent
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
    for task in [*case.waiting.values(), *case.scopes.values()]:
        here = task.task_spec.place
        if here.start is Start.EVENT and here.catches(thrown):
            del case.waiting[task.id]
            task.internal_data["fired"] = True
            task._ready()
        elif here.leave is Leave.FIRST_EVENT:
            heard = [arc for arc in here.arcs if case.places[arc.target].catches(thrown)]
            if heard:
                task.internal_data["chosen"] = tuple(heard[:1])
                task.complete()
        for boundary in here.armed:
            event = case.places[boundary]
            if task.id in case.tasks and "done" not in task.internal_data and event.catches(thrown):
                case.enter(task.parent, boundary, fired=True)
                if event.interrupting:
                    case.drop(task)
