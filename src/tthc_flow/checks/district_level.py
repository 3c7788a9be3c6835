"""A step at the district level (bước do cấp huyện thực hiện).

Finds: a performer that stands at the district level.
Matters: the district level is no more since 1/7/2025; the step has nobody to do it.
Not when: the procedure is a baseline of before that day.
Source: Luật Tổ chức chính quyền địa phương 72/2025/QH15 Điều 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.checks._check import Check, about
from tthc_flow.graph.performers import performer_of
from tthc_flow.model.actor import Level
from tthc_flow.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.finding import Finding
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.units import Convention


def find(procedure: Procedure, _convention: Convention) -> Iterator[Finding]:
    """Yield the steps of district performers."""
    if procedure.baseline:
        return
    for step in procedure.flow.steps:
        performer = performer_of(procedure.flow, step)
        if performer is not None and Level.DISTRICT in performer.levels:
            yield about(CHECK.code, CHECK.severity, step, performer=performer.name)


CHECK: Final = Check(id="district_level", severity=Severity.WARNING, find=find)
