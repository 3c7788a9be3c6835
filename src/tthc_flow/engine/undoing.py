"""Compensation: what was done in a scope is undone, the last first; a cancelled transaction is.

Source: BPMN 2.0.2, 10.7 and 13.5.5 (compensation), 10.3.5 and 13.4.1 (transactions).
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Protocol

from attrs import frozen

from tthc_flow.engine.places import Place
from tthc_flow.model.flow import Trigger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from SpiffWorkflow.task import Task


@frozen
class Done:
    """An activity that was completed in a scope, and what was completed in it, oldest first."""

    place: Place
    inner: tuple[Done, ...] = ()


class Stage(Protocol):
    """What undoing needs of a case."""

    done: dict[object, list[Done]]

    def enter(self, scope: Task, node: str, arc: str | None = None, *, fired: bool = False) -> None:
        """Put a token on a node."""

    def drop(self, task: Task) -> None:
        """Take a token away."""

    def depart(self, task: Task, place: Place) -> None:
        """Let a token go on over its flows."""


def note(case: Stage, task: Task, place: Place) -> None:
    """Note that *task* was completed, if it or something in it can be undone."""
    inner = tuple(case.done.pop(task.id, ()))
    if place.undo is not None or inner:
        case.done.setdefault(task.parent.id, []).append(Done(place, inner))


def undo(case: Stage, task: Task, place: Place) -> None:
    """Begin to undo what the event *place* names, or all that was done around it.

    Thrown inside an event sub-process it is about the scope which that one belongs to. A cancel
    end takes off what is still at work in its transaction before.
    """
    scope = task.parent
    if place.trigger is Trigger.CANCEL:
        for each in list(scope.children):
            if each is not task:
                case.drop(each)
    while place.trigger is Trigger.COMPENSATION and scope.task_spec.place.handles:
        scope = scope.parent
    kept: list[Done] = []
    wanted: list[Done] = []
    for each in case.done.pop(scope.id, ()):
        named = place.reference in {None, each.place.id}
        (wanted if named else kept).append(each)
    if kept:
        case.done[scope.id] = kept
    task.internal_data["undoing"] = deque(_handlers(wanted))
    go_on(case, task)


def go_on(case: Stage, task: Task) -> None:
    """Undo the next thing for *task*, or let it go on where nothing is left."""
    waiting: deque[str] = task.internal_data["undoing"]
    place = task.task_spec.place
    if waiting:
        case.enter(task, waiting.popleft())
    elif place.trigger is Trigger.CANCEL:
        _cancelled(case, task)
    else:
        case.depart(task, place)


def _cancelled(case: Stage, task: Task) -> None:
    """Leave the transaction around *task* by its cancel event."""
    host = task.parent
    if host.task_spec.place.is_round:
        host = host.parent
    case.enter(host.parent, str(host.task_spec.place.cancelled_by), fired=True)
    case.drop(host)


def _handlers(done: list[Done]) -> Iterator[str]:
    """Yield the activities that undo *done*, the last first; a handler speaks for all inside."""
    stack = list(done)
    while stack:
        each = stack.pop()
        if each.place.undo is not None:
            yield each.place.undo
        else:
            stack.extend(each.inner)
