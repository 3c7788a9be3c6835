"""A step without a time (thiếu thời gian của bước).

Finds: a counted step that states no time; where no step states one, one finding for them all.
Matters: norm time and workload are then lower bounds, and a cut cannot be told in per cent.
Not when: the time lies outside the limit, a machine does the step, or the applicant does.
Source: domain rule of this project: unknown is never zero.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.checks._check import Check, about
from tthc_flow.measures.norm_time import step_minutes
from tthc_flow.model.finding import Severity
from tthc_flow.model.step import Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.finding import Finding
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.units import Convention


def find(procedure: Procedure, convention: Convention) -> Iterator[Finding]:
    """Yield the counted steps without a time."""
    flow = procedure.flow
    nodes = [flow.by_id[each] for each in step_minutes(flow, convention).unknown]
    steps = [
        node
        for node in nodes
        if isinstance(node, Step) and node.time.duration is None and not node.automatic
    ]
    if len(steps) > 1 and all(step.time.duration is None for step in flow.steps):
        yield about(f"{CHECK.code}-everywhere", CHECK.severity, count=str(len(steps)))
        return
    for step in steps:
        printed = step.time.printed or "–"
        yield about(CHECK.code, CHECK.severity, step, printed=printed)


CHECK: Final = Check(id="time_missing", severity=Severity.WARNING, find=find)
