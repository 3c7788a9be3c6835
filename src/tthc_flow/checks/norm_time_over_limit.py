"""The longest path is longer than the limit (vượt thời hạn giải quyết).

Finds: a longest path, also one with gaps, above the longest declared limit.
Matters: a dossier that uses every step's time is late; nobody can hold such a table.
Not when: no limit is declared or it is "không quy định".
Source: domain rule of this project: longest path ≤ statutory limit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.checks._check import Check, about
from tthc_flow.measures.measure import measure
from tthc_flow.model.finding import Severity
from tthc_flow.units import WorkTime
from tthc_flow.words.numbers import days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.finding import Finding
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.units import Convention


def find(procedure: Procedure, convention: Convention) -> Iterator[Finding]:
    """Yield one finding with both figures and the difference."""
    found = measure(procedure, convention)
    over, limit = found.stated_total.path_difference, found.stated_total.work
    if over is None or limit is None or over <= WorkTime(0):
        return
    yield about(
        CHECK.code,
        CHECK.severity,
        path=days(limit.minutes + over.minutes),
        limit=days(limit.minutes),
        over=days(over.minutes),
        convention=convention.name,
    )


CHECK: Final = Check(id="norm_time_over_limit", severity=Severity.WARNING, find=find)
