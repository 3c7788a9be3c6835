"""The declared total of a procedure against its steps: does it agree, and by how much not.

Source: 16 of 235 printed tables do not add up to their own total; the difference is reported,
never repaired.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.units import Convention, WorkTime

if TYPE_CHECKING:
    from tthc_flow.measures.norm_time import NormTime
    from tthc_flow.model.procedure import TotalTime


class Agreement(StrEnum):
    """How a declared total and the steps relate.

    ``PATH`` and ``SUM`` say which of the two equals it (``PATH`` also where both do),
    ``DIFFERS`` that neither does, ``UNKNOWN`` that a step's time or the total is missing,
    ``NONE_PRESCRIBED`` that the source says there is no limit.
    """

    PATH = "path"
    SUM = "sum"
    DIFFERS = "differs"
    UNKNOWN = "unknown"
    NONE_PRESCRIBED = "none_prescribed"


@frozen(kw_only=True)
class StatedTotal:
    """The declared total (of alternatives the one that agrees, else the longest) and the verdict.

    The differences are steps minus declared total, positive where the steps take longer.
    """

    work: WorkTime | None
    agreement: Agreement
    path_difference: WorkTime | None = None
    sum_difference: WorkTime | None = None


def stated_total(
    total: TotalTime, longest: NormTime, workload: WorkTime | None, convention: Convention
) -> StatedTotal:
    """Return how the declared *total* compares with the longest path and with the sum of steps."""
    durations = [duration for _, duration in total.alternatives]
    if total.duration is not None:
        durations.insert(0, total.duration)
    minutes = [each for each in map(convention.minutes, durations) if each is not None]
    if not minutes:
        verdict = Agreement.NONE_PRESCRIBED if total.none_prescribed else Agreement.UNKNOWN
        return StatedTotal(work=None, agreement=verdict)
    declared = tuple(map(WorkTime, minutes))
    if longest.work is None or workload is None:
        return StatedTotal(work=max(declared), agreement=Agreement.UNKNOWN)
    if longest.work in declared:
        stated, verdict = longest.work, Agreement.PATH
    elif workload in declared:
        stated, verdict = workload, Agreement.SUM
    else:
        stated, verdict = max(declared), Agreement.DIFFERS
    if longest.unknown:
        # With a gap the steps are a lower bound: only "already too long" is certain.
        stated = max(declared)
        verdict = Agreement.DIFFERS if longest.work > stated else Agreement.UNKNOWN
    return StatedTotal(
        work=stated,
        agreement=verdict,
        path_difference=longest.work - stated,
        sum_difference=workload - stated,
    )
