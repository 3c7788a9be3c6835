"""The one task spec we hand to SpiffWorkflow: it asks the case what its place does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from SpiffWorkflow.specs.base import TaskSpec

from tthc_flow.engine.places import Place, Start

if TYPE_CHECKING:
    from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec
    from SpiffWorkflow.task import Task


class NodeSpec(TaskSpec):  # type: ignore[misc]  # SpiffWorkflow ships no types
    """The task spec of one place; its name carries a prefix, for SpiffWorkflow ends at "End"."""

    def __init__(self, spec: WorkflowSpec, place: Place, name: str | None = None) -> None:
        """Register the spec of *place* with *spec*."""
        super().__init__(spec, name or f"node:{place.id}", manual=place.start is Start.WORK)
        self.place = place

    def test(self) -> None:
        """Pass: the flow was checked as a whole before it was compiled."""

    def _predict_hook(self, my_task: Task) -> None:
        """Predict nothing: a token's future is not in the tree."""

    def _update_hook(self, my_task: Task) -> bool:
        return bool(my_task.workflow.arrive(my_task, self.place))

    def _on_ready_hook(self, my_task: Task) -> None:
        my_task.workflow.agenda.append(my_task)

    def _run_hook(self, my_task: Task) -> bool | None:
        return bool(my_task.workflow.begin(my_task, self.place)) or None

    def _on_complete_hook(self, my_task: Task) -> None:
        my_task.workflow.leave(my_task, self.place)
