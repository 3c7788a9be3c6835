"""What a task listens for now: events at its border and to what it holds, and what they do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

from tthc_flow.engine.places import Place, Repeat

if TYPE_CHECKING:
    from SpiffWorkflow.task import Task


class Stage(Protocol):
    """What an event that happens needs of a case."""

    places: Mapping[str, Place]
    joins: dict[object, Any]

    def enter(self, scope: Task, node: str, arc: str | None = None, *, fired: bool = False) -> None:
        """Put a token on a node."""

    def drop(self, task: Task) -> None:
        """Take a token away."""


def events_of(task: Task) -> tuple[str, ...]:
    """Return the boundary events of *task*, then the start events of its event sub-processes.

    Work that is done listens no more; a scope that one of its event sub-processes has taken over
    starts no other. Where a sub-process repeats, each round has its own.

    Source: BPMN 2.0.2, 13.4.3 and 13.4.4.
    """
    if "done" in task.internal_data:
        return ()
    place: Place = task.task_spec.place
    if not place.handlers:
        return place.armed
    in_rounds = place.repeat is not Repeat.ONCE
    deaf = in_rounds or "overtaken" in task.internal_data
    return place.armed if deaf else place.armed + place.handlers


def asks_for_rounds(task: Task) -> bool:
    """Return whether *task*, which waits, is to be told how many (more) rounds there are.

    Rounds of it may be under way meanwhile.
    """
    repeated = task.task_spec.place.repeat is not Repeat.ONCE
    return repeated and "done" not in task.internal_data


def catch(case: Stage, host: Task, event: str) -> None:
    """Put a token behind *event*; interrupting, it takes *host* off, or all that is in it.

    Source: BPMN 2.0.2, 13.4.3 (boundary events) and 13.4.4 (event sub-processes).
    """
    here = case.places[event]
    if event in host.task_spec.place.armed:
        case.enter(host.parent, event, fired=True)
        if here.interrupting:
            case.drop(host)
        return
    if here.interrupting:
        host.internal_data["overtaken"] = True
        case.joins.pop(host.id, None)
        for each in list(host.children):
            case.drop(each)
    case.enter(host, str(here.scope))
