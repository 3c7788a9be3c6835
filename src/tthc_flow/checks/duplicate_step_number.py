"""Two steps of one number (trùng số thứ tự bước).

Finds: a printed step number that an earlier step already has.
Matters: "quay lại Bước 3" then names two places, and a table merged by number hits the wrong row.
Not when: the steps have no number.
Source: published tables: numbers are texts and repeat.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.checks._check import Check, about
from tthc_flow.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.finding import Finding
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.model.step import Step
    from tthc_flow.units import Convention


def find(procedure: Procedure, _convention: Convention) -> Iterator[Finding]:
    """Yield the later steps of a number, with the first one."""
    first: dict[str, Step] = {}
    for step in procedure.flow.steps:
        if step.number is None:
            continue
        same = first.setdefault(step.number.strip(), step)
        if same is not step:
            yield about(
                CHECK.code, CHECK.severity, step, number=step.number, first=same.name or same.id
            )


CHECK: Final = Check(id="duplicate_step_number", severity=Severity.INFO, find=find)
