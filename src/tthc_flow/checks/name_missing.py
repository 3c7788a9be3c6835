"""A step without a name (bước chưa có tên).

Finds: a step that is drawn without a text.
Matters: a report can only call it by its technical id, and nothing tells what is done.
Not when: the printed text stands in the documentation of the step.
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
    """Yield the steps without a name or text."""
    for step in procedure.flow.steps:
        if not step.name.strip() and not (step.documentation or "").strip():
            yield about(CHECK.code, CHECK.severity, step)


CHECK: Final = Check(id="name_missing", severity=Severity.WARNING, find=find)
