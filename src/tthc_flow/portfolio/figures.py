"""The figures of a procedure before and after, as numbers of its row.

A figure is exact until it is written: then it is the nearest double.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.measures.aggregate import cut
from tthc_flow.measures.comparison import time_cut
from tthc_flow.measures.costs import cost
from tthc_flow.measures.measure import Measures, measure
from tthc_flow.model.procedure import CostMethod

if TYPE_CHECKING:
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.portfolio.rows import Row
    from tthc_flow.units import Convention, WorkTime


@frozen(kw_only=True)
class Figures:
    """The measures and yearly costs of one side, and the columns that the side before has."""

    measures: Measures
    tt02: Fraction | None
    processing: Fraction | None
    dossiers: float | None

    @property
    def row(self) -> Row:
        """Return the columns of the procedure as it is."""
        found, time = self.measures, self.measures.norm_time
        return {
            "steps": found.steps,
            "automatic": found.automatic,
            "after_grant": found.after_grant,
            "performers": found.performers,
            "hand_offs": found.hand_offs,
            "levels_crossed": found.levels_crossed,
            "signatures": found.signatures,
            "stamps": found.stamps,
            "consultations": found.consultations,
            "visits": found.applicant_visits,
            "documents": found.documents,
            "norm_minutes": minutes(time.work) if time.complete else None,
            "norm_known_minutes": minutes(time.work),
            "untimed_steps": len(found.unknown_times),
            "workload_minutes": _workload(found),
            "stated_minutes": minutes(found.stated_total.work),
            "total_agrees": found.stated_total.agreement.value,
            "dossiers": self.dossiers,
            "cost_tt02": _double(self.tt02),
            "cost_processing": _double(self.processing),
        }


def figures(procedure: Procedure, convention: Convention) -> Figures:
    """Return the figures of *procedure*.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.units import DEFAULT_CONVENTION
        >>> figures(Procedure(flow=Flow(id="p")), DEFAULT_CONVENTION).row["steps"]
        0
    """
    dossiers = procedure.volume.dossiers
    return Figures(
        measures=measure(procedure, convention),
        tt02=_yearly(procedure, CostMethod.TT02_2017, convention),
        processing=_yearly(procedure, CostMethod.PROCESSING_TIME, convention),
        dossiers=None if dossiers is None else float(dossiers.value),
    )


def after_figures(before: Figures, after: Figures) -> Row:
    """Return the columns of the side *after*, and the cuts."""
    row, now = after.row, after.measures
    return {
        "after_steps": now.steps,
        "after_performers": now.performers,
        "after_hand_offs": now.hand_offs,
        "after_visits": now.applicant_visits,
        "after_norm_minutes": row["norm_minutes"],
        "after_workload_minutes": row["workload_minutes"],
        "after_cost_tt02": row["cost_tt02"],
        "after_cost_processing": row["cost_processing"],
        "time_cut": _double(time_cut(before.measures.norm_time, now.norm_time)),
        "cost_cut_tt02": _cut(before.tt02, after.tt02),
        "cost_cut_processing": _cut(before.processing, after.processing),
        "steps_cut": _double(cut(before.measures.steps, now.steps)),
    }


def minutes(work: WorkTime | None) -> float | None:
    """Return *work* in minutes."""
    return None if work is None else float(work.minutes)


def _workload(found: Measures) -> float | None:
    return None if found.workload_unknown else minutes(found.workload)


def _yearly(procedure: Procedure, method: CostMethod, convention: Convention) -> Fraction | None:
    yearly = cost(procedure, method, convention).yearly
    return None if yearly is None else yearly.amount


def _cut(before: Fraction | None, after: Fraction | None) -> float | None:
    return None if before is None or after is None else _double(cut(before, after))


def _double(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
