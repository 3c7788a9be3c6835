"""How a job may end otherwise than done: there was nothing to do, or a business error."""

from __future__ import annotations


class JobDone(Exception):
    """The job has nothing to do any more: somebody was faster."""


class BpmnError(Exception):
    """What a function raises to say that its work came to a business error, not to a failure.

    The dossier goes on at the error boundary event of *reference* (or of any error) at the step;
    where none is drawn it is an incident at once.

    Source: BPMN 2.0.2, 10.5.5 (error events).
    """

    def __init__(self, reference: str, message: str = "") -> None:
        """Name the error as the diagram does."""
        super().__init__(f"{reference} {message}".strip())
        self.reference = reference
