"""The tokens of a case: tasks of SpiffWorkflow with a number of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

if TYPE_CHECKING:
    from SpiffWorkflow.specs.base import TaskSpec
    from SpiffWorkflow.workflow import Workflow


class Token(Task):  # type: ignore[misc]  # SpiffWorkflow ships no types
    """A task that is found by its number and changes its state in silence.

    SpiffWorkflow draws a random id for each task and tells a log of each change of state: half of
    what a step costs, and nobody reads it. The same case always has the same ids here.
    """

    def __init__(
        self,
        case: Workflow,
        spec: TaskSpec,
        parent: Task | None = None,
        *,
        number: int,
        state: int = TaskState.FUTURE,
    ) -> None:
        """Put the token *number* into the scope *parent*; the case itself is number 0."""
        # SpiffWorkflow takes an id of 0 for none.
        super().__init__(case, spec, parent, state=state, id=number + 1)
        self.internal_data["number"] = number

    def _set_state(self, value: int) -> None:
        """Set the state; no log line is written."""
        self._state = value
