"""Times in units that do not compare (lẫn đơn vị thời gian).

Finds: steps, or steps and the declared total, in more than one of working days or hours,
    calendar days, and the bare "ngày" whose meaning the source leaves open.
Matters: 25 ngày → 17,5 ngày làm việc is printed as a cut of 30 %; at 5 working days in 7 it is 2 %.
Not when: only working days and working hours stand side by side: 8 hours are a day.
Source: QĐ 2843/QĐ-UBND TP Hồ Chí Minh (25 ngày → 17,5 ngày làm việc); Bộ luật Dân sự 2015 Điều 147.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.checks._check import Check, about
from tthc_flow.measures.norm_time import step_minutes
from tthc_flow.model.finding import Severity
from tthc_flow.units import TimeUnit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.finding import Finding
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.units import Convention

_KIND_OF_DAY: Final = {
    TimeUnit.WORKING_DAY: "ngày làm việc",
    TimeUnit.WORKING_HOUR: "ngày làm việc",
    TimeUnit.CALENDAR_DAY: "ngày theo lịch",
    TimeUnit.DAY: "ngày (không rõ)",
}


def find(procedure: Procedure, convention: Convention) -> Iterator[Finding]:
    """Yield one finding with the kinds of day that occur."""
    units = set(step_minutes(procedure.flow, convention).units)
    total = procedure.total_time
    if total.duration is not None:
        units.add(total.duration.unit)
    units.update(duration.unit for _, duration in total.alternatives)
    kinds = sorted({_KIND_OF_DAY[unit] for unit in units if unit in _KIND_OF_DAY})
    if len(kinds) > 1:
        yield about(CHECK.code, CHECK.severity, units=", ".join(kinds), convention=convention.name)


CHECK: Final = Check(id="units_mixed", severity=Severity.WARNING, find=find)
