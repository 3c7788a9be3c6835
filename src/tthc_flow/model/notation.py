"""What BPMN draws on an element besides what the flow knows: nothing of it changes the work."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from tthc_flow.model.step import TaskType


class Envelope(StrEnum):
    """The message drawn on a message flow: one that starts an exchange, or one that answers."""

    INITIATING = "initiating"
    NON_INITIATING = "non_initiating"


class Band(StrEnum):
    """Where the name of a participant stands in a choreography's shape."""

    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"


@frozen(kw_only=True)
class Notation:
    """The signs of one element.

    *compensation*: an activity that undoes another. *instantiates*: a gateway or receiving task
    that starts the process. *parallel*: a gateway or event that waits for all its events.
    *several*: a participant that stands for many. *called* is the kind of global task that a call
    activity calls. *envelope* is the message on a message flow. *kind* and *name* are said of what
    the model does not hold (choreographies, conversations), by its BPMN element; *band* and
    *starts* of a participant in a choreography: its place, and whether it begins.
    """

    compensation: bool = False
    instantiates: bool = False
    parallel: bool = False
    several: bool = False
    called: TaskType | None = None
    envelope: Envelope | None = None
    kind: str = ""
    name: str = ""
    band: Band | None = None
    starts: bool = False


PLAIN = Notation()
"""No sign of its own."""
