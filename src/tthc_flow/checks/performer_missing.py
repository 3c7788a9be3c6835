"""A step that nobody does (bước chưa rõ người thực hiện).

Finds: a step without a performer, in no lane that names one.
Matters: hand-offs, performers and the cut by role leave it out; no account can be configured.
Not when: a machine does the step.
Source: columns of the published quy trình nội bộ (đơn vị/người thực hiện).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.checks._check import Check, about
from tthc_flow.graph.performers import performer_of
from tthc_flow.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.finding import Finding
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.units import Convention


def find(procedure: Procedure, _convention: Convention) -> Iterator[Finding]:
    """Yield the steps without a performer."""
    for step in procedure.flow.steps:
        if not step.automatic and performer_of(procedure.flow, step) is None:
            yield about(CHECK.code, CHECK.severity, step)


CHECK: Final = Check(id="performer_missing", severity=Severity.WARNING, find=find)
