"""What a task listens for now: events at its border and to what it holds, and how many rounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.engine.places import Repeat

if TYPE_CHECKING:
    from SpiffWorkflow.task import Task


def events_of(task: Task) -> tuple[str, ...]:
    """Return the boundary events of *task*, then the start events of its event sub-processes.

    Work that is done listens no more; a scope that one of its event sub-processes has taken over
    starts no other. Where a sub-process repeats, each round has its own.

    Source: BPMN 2.0.2, 13.4.3 and 13.4.4.
    """
    if "done" in task.internal_data:
        return ()
    place = task.task_spec.place
    in_rounds = place.repeat is not Repeat.ONCE
    deaf = in_rounds or "overtaken" in task.internal_data
    return tuple(place.armed) + (() if deaf else tuple(place.handlers))


def asks_for_rounds(task: Task) -> bool:
    """Return whether *task* waits to be told how many (more) rounds there are."""
    repeated = task.task_spec.place.repeat is not Repeat.ONCE
    return repeated and not task.children and "done" not in task.internal_data
