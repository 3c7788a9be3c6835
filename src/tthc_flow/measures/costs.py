"""The compliance cost of a procedure by a named method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.measures.compliance_cost import CostMethod, processing_time, tt02_2017
from tthc_flow.measures.norm_time import norm_time

if TYPE_CHECKING:
    from tthc_flow.measures.compliance_cost import Cost
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.units import Convention


def cost(procedure: Procedure, method: CostMethod, convention: Convention) -> Cost:
    """Return the yearly compliance cost of *procedure* by *method*, with what is missing.

    The processing time is the norm time, where every counted step has one; a lower bound would
    understate the cost.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.units import DEFAULT_CONVENTION
        >>> found = cost(Procedure(flow=Flow(id="p")), CostMethod.TT02_2017, DEFAULT_CONVENTION)
        >>> found.yearly, found.missing
        (None, ('work', 'subjects', 'times'))

    Source: TT 02/2017/TT-VPCP Điều 27; QĐ 2816/QĐ-UBND Đồng Nai for the second method.
    """
    if method is CostMethod.TT02_2017:
        return tt02_2017(procedure)
    found = norm_time(procedure.flow, convention)
    time = found.work if found.complete else None
    return processing_time(time, procedure.volume.dossiers, procedure.volume.hourly_income)
