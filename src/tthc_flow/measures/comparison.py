"""Before and after: both sides measured under one convention, with every change between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.measures.aggregate import cut
from tthc_flow.measures.change import Change
from tthc_flow.measures.compliance_cost import Benefit, CostMethod, benefit
from tthc_flow.measures.costs import cost
from tthc_flow.measures.differences import differences
from tthc_flow.measures.measure import Measures, measure
from tthc_flow.model.procedure import Procedure
from tthc_flow.units import DEFAULT_CONVENTION

if TYPE_CHECKING:
    from fractions import Fraction

    from tthc_flow.units import Convention


@frozen(kw_only=True)
class Comparison:
    """Before and after, measured under one convention, with every change between them."""

    procedures: tuple[Procedure, Procedure]
    before: Measures
    after: Measures
    changes: tuple[Change, ...]
    benefits: tuple[Benefit, ...]

    @property
    def time_cut(self) -> Fraction | None:
        """Return the share of the norm time that was cut; ``None`` where a side is not known."""
        one, two = self.before.norm_time, self.after.norm_time
        if one.work is None or two.work is None or one.unknown != two.unknown:
            return None
        return cut(one.work.minutes, two.work.minutes)

    def cost_cut(self, method: CostMethod) -> Fraction | None:
        """Return the share of the yearly compliance cost that was cut, by *method*."""
        return next(each.rate for each in self.benefits if each.method is method)


def comparison(
    before: Procedure, after: Procedure, convention: Convention = DEFAULT_CONVENTION
) -> Comparison:
    """Return the figures of *before* and *after* and what changed between them.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> one = Procedure(flow=Flow(id="p"))
        >>> comparison(one, one).changes, comparison(one, one).time_cut
        ((), None)

    Source: TT 02/2017/TT-VPCP Điều 27 for the cost; differences by id, then by name and place.
    """
    return Comparison(
        procedures=(before, after),
        before=measure(before, convention),
        after=measure(after, convention),
        changes=differences(before, after),
        benefits=tuple(
            benefit(cost(before, method, convention), cost(after, method, convention))
            for method in CostMethod
        ),
    )
