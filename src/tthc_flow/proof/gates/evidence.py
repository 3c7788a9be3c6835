"""Evidence that levers share: what was read of a step, quoted, with the source it cites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.model.lever import Evidence

if TYPE_CHECKING:
    from tthc_flow.model.actor import Performer
    from tthc_flow.model.step import Step


def time_of(step: Step) -> Evidence:
    """Return the step's time as printed, or that it is unknown."""
    duration = step.time.duration
    if duration is None:
        value = step.time.printed or "unknown"
    else:
        value = f"{duration.amount} {duration.unit.value}"
    return Evidence(name="norm-time", value=value, element=step.id, source=step.time.source)


def done_by(step: Step, performer: Performer | None) -> Evidence:
    """Return who does the step, as printed."""
    value = "unknown" if performer is None else performer.name
    return Evidence(name="performer", value=value, element=step.id)


def rejections(step: Step) -> Evidence:
    """Return how many of the checked dossiers the step rejected, or that it is unknown."""
    known = step.checked is not None and step.rejected is not None
    value = f"{step.rejected}/{step.checked}" if known else "unknown"
    return Evidence(name="rejected", value=value, element=step.id)


def kind_of(step: Step) -> Evidence:
    """Return the main kind of work of a step that has one."""
    return Evidence(name="kind", value=step.kinds[0].value, element=step.id)
