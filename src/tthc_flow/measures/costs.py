"""The compliance cost of a procedure by a named method."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.measures.compliance_cost import processing_time, tt02_2017
from tthc_flow.measures.norm_time import norm_time
from tthc_flow.model.flow import SubProcess
from tthc_flow.model.procedure import CostMethod
from tthc_flow.model.step import Step, StepKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tthc_flow.measures.compliance_cost import Cost
    from tthc_flow.model.flow import Node
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.units import Convention, WorkTime


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
    return cost_of_time(procedure, found.work if found.complete else None)


def cost_of_time(procedure: Procedure, time: WorkTime | None) -> Cost:
    """Return the cost of *procedure* by the processing time, which is already known.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> cost_of_time(Procedure(flow=Flow(id="p")), None).missing
        ('time', 'dossiers', 'hourly_income')

    Source: QĐ 2816/QĐ-UBND Đồng Nai.
    """
    return processing_time(time, procedure.volume.dossiers, procedure.volume.hourly_income)


def same_by_formula(before: Procedure, after: Procedure, touched: Iterable[Node]) -> bool:
    """Return whether the official formula surely gives both the same: its inputs are untouched.

    It reads what applicants do and pay, how many there are, and the check after the grant, which
    counts by where inspections stand; *touched* are the elements that a rewrite changed.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> one = Procedure(flow=Flow(id="p"))
        >>> same_by_formula(one, one, ())
        True

    Source: TT 02/2017/TT-VPCP Điều 27.
    """
    return (
        before.work is after.work
        and before.volume is after.volume
        and before.post_check is after.post_check
        and not any(_inspects(node) for node in touched)
    )


def _inspects(node: Node) -> bool:
    if isinstance(node, SubProcess):
        return node.outside_clock
    return isinstance(node, Step) and not _INSPECTING.isdisjoint(node.kinds)


_INSPECTING: Final = frozenset({StepKind.INSPECT, StepKind.POST_INSPECT})
