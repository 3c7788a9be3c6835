"""Sub-processes that are done several times: in a row while asked, one by one, or all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tthc_flow.engine.places import Repeat

if TYPE_CHECKING:
    from SpiffWorkflow.task import Task


class Stage(Protocol):
    """What repeating needs of a case."""

    waiting: dict[object, Task]

    def put(self, scope: Task, spec: str, *, arc: str | None = None, fired: bool = False) -> None:
        """Put a token into a scope."""


def first_round(case: Stage, task: Task) -> None:
    """Begin the repeated sub-process *task*: a loop is done once before anybody is asked.

    Source: BPMN 2.0.2, 13.3.6 (``testBefore`` is false unless it is said) and 13.3.7.
    """
    if task.task_spec.place.repeat is Repeat.IN_A_ROW:
        start_rounds(case, task, 1)
    else:
        case.waiting[task.id] = task


def start_rounds(case: Stage, task: Task, times: int) -> None:
    """Begin *times* rounds of *task*, at once or the first of them."""
    at_once = times if task.task_spec.place.repeat is Repeat.AT_ONCE else min(times, 1)
    task.internal_data["rounds"] = times - at_once
    for _ in range(at_once):
        case.put(task, f"round:{task.task_spec.place.id}")


def goes_round(case: Stage, task: Task) -> bool:
    """Return whether *task*, whose last round is over, goes on with another or asks for one."""
    place = task.task_spec.place
    if place.repeat is Repeat.ONCE or "done" in task.internal_data:
        return False
    if task.internal_data["rounds"]:
        start_rounds(case, task, task.internal_data["rounds"])
        return True
    if place.repeat is Repeat.IN_A_ROW and "enough" not in task.internal_data:
        case.waiting[task.id] = task
        return True
    return False
