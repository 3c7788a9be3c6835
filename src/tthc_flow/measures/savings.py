"""What a rewrite saves, measured on both flows in full: the reference of every quicker way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.measures.compliance_cost import benefit, tt02_2017
from tthc_flow.measures.costs import cost_of_time
from tthc_flow.measures.size import size
from tthc_flow.model.lever import Effect
from tthc_flow.model.procedure import CostMethod

if TYPE_CHECKING:
    from fractions import Fraction

    from tthc_flow.measures.compliance_cost import Cost
    from tthc_flow.measures.size import Size
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.units import Convention


@frozen(kw_only=True)
class Sized:
    """A procedure with its size and its yearly cost by one method."""

    procedure: Procedure
    size: Size
    cost: Cost


def sized(procedure: Procedure, convention: Convention, method: CostMethod) -> Sized:
    """Return *procedure* with its size, and its cost by *method*; exact and linear.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.units import DEFAULT_CONVENTION
        >>> one = Procedure(flow=Flow(id="p"))
        >>> sized(one, DEFAULT_CONVENTION, CostMethod.TT02_2017).cost.yearly is None
        True

    Source: TT 02/2017/TT-VPCP Điều 27; QĐ 2816/QĐ-UBND Đồng Nai for the second method.
    """
    found = size(procedure, convention)
    if method is CostMethod.TT02_2017:
        paid = tt02_2017(procedure)
    else:
        known = found.norm_time.work if found.norm_time.complete else None
        paid = cost_of_time(procedure, known)
    return Sized(procedure=procedure, size=found, cost=paid)


def saving(before: Sized, after: Sized) -> Effect:
    """Return before minus after; a figure that is unknown on either side stays unknown.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.units import DEFAULT_CONVENTION
        >>> one = sized(Procedure(flow=Flow(id="p")), DEFAULT_CONVENTION, CostMethod.TT02_2017)
        >>> saving(one, one).minutes, saving(one, one).cost
        (Fraction(0, 1), None)

    Source: domain rule of this project: hand-offs stand beside the steps, which can be gamed.
    """
    had, has = before.size, after.size
    saved = benefit(before.cost, after.cost).saved
    return Effect(
        minutes=_minutes(had, has),
        cost=None if saved is None else saved.amount,
        steps=had.steps - has.steps,
        hand_offs=had.hand_offs - has.hand_offs,
        performers=had.performers - has.performers,
        levels=had.levels - has.levels,
        documents=(had.documents or 0) - (has.documents or 0),
        visits=(had.visits or 0) - (has.visits or 0),
        eased=has.exceptional - had.exceptional,
    )


def _minutes(before: Size, after: Size) -> Fraction | None:
    """Return the minutes saved on the known part; unknown where a rewritten step has no time.

    Steps without a time that both sides have leave the difference standing, as a figure about
    the known part; one that the rewrite takes out or times itself does not.
    """
    one, two = before.norm_time, after.norm_time
    if one.work is None or two.work is None or set(one.unknown) != set(two.unknown):
        return None
    return one.work.minutes - two.work.minutes
