"""The rows of the cost sheet as they stand in the record: what an applicant does and pays once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.report.record import Json, figure, of_source
from tthc_flow.report.sentences import on_one_line

if TYPE_CHECKING:
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.model.source import Quantity


def of_cost_rows(procedure: Procedure) -> list[Json]:
    """Return what the applicant does, a row each, in the order of the file; unknown is ``None``.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import ApplicantWork, CostItem, Procedure
        >>> from tthc_flow.model.source import Quantity
        >>> work = ApplicantWork(item=CostItem.FEE, name="Lệ phí", other=Quantity(value=100_000))
        >>> (row,) = of_cost_rows(Procedure(flow=Flow(id="p"), work=(work,)))
        >>> row["item"], row["hours"], row["other"]["value"]
        ('fee', None, 100000)

    Source: rows of the sheet of TT 02/2017/TT-VPCP.
    """
    return [
        {
            "item": row.item.value,
            "name": on_one_line(row.name),
            "hours": _amount(row.hours),
            "service": _amount(row.service),
            "other": _amount(row.other),
        }
        for row in procedure.work
    ]


def _amount(given: Quantity | None) -> Json | None:
    if given is None:
        return None
    return {
        "value": figure(given.value),
        "evidence": given.evidence.value,
        "source": of_source(given.source),
    }
