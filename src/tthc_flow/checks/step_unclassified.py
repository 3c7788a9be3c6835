"""A step whose kind is unknown (chưa rõ loại công việc của bước).

Finds: a step of which nothing says what is done in it (receive, examine, sign, …).
Matters: no lever looks at it, and it is in no share of handling.
Not when: some kind is given, be it "other".
Source: domain rule of this project.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.checks._check import Check, about
from tthc_flow.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.finding import Finding
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.units import Convention


def find(procedure: Procedure, _convention: Convention) -> Iterator[Finding]:
    """Yield the steps without a kind."""
    for step in procedure.flow.steps:
        if not step.kinds:
            yield about(CHECK.code, CHECK.severity, step)


CHECK: Final = Check(id="step_unclassified", severity=Severity.WARNING, find=find)
