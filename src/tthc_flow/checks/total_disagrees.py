"""The steps do not add up to the declared total (cộng các bước không bằng tổng).

Finds: a declared total that is neither the longest path nor the sum of the steps, and not
    exceeded by the path.
Matters: 16 of 235 printed tables do not add up: a row or a time was lost, or one is wrong.
Not when: a step's time is missing, or the total is exceeded (that is another finding).
Source: count over the published tables of this project's material.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.checks._check import Check, about
from tthc_flow.measures.measure import measure
from tthc_flow.measures.stated_total import Agreement
from tthc_flow.model.finding import Severity
from tthc_flow.units import WorkTime
from tthc_flow.words.numbers import days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.finding import Finding
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.units import Convention


def find(procedure: Procedure, convention: Convention) -> Iterator[Finding]:
    """Yield one finding with the path, the sum and the declared total."""
    found = measure(procedure, convention)
    stated = found.stated_total
    path, over = found.norm_time.work, stated.sum_difference
    if stated.agreement is not Agreement.DIFFERS or found.unknown_times:
        return
    if path is None or over is None or stated.work is None or path - stated.work > WorkTime(0):
        return
    yield about(
        CHECK.code,
        CHECK.severity,
        path=days(path.minutes),
        sum=days((stated.work + over).minutes),
        stated=days(stated.work.minutes),
        convention=convention.name,
    )


CHECK: Final = Check(id="total_disagrees", severity=Severity.WARNING, find=find)
