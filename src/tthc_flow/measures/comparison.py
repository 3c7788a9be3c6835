"""Before and after: both sides measured under one convention, with every change between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.measures.aggregate import cut
from tthc_flow.measures.change import Change
from tthc_flow.measures.compliance_cost import Benefit, benefit
from tthc_flow.measures.costs import cost
from tthc_flow.measures.differences import differences
from tthc_flow.measures.drawing_changes import Drawings
from tthc_flow.measures.measure import Measures, measure
from tthc_flow.model.procedure import CostMethod, Procedure
from tthc_flow.units import DEFAULT_CONVENTION

if TYPE_CHECKING:
    from fractions import Fraction

    from tthc_flow.measures.norm_time import NormTime
    from tthc_flow.units import Convention


@frozen(kw_only=True)
class Comparison:
    """Before and after, measured under one convention, with every change between them.

    *drawings* are the diagrams of both, where they came from files; *beside* are the other
    processes of those files, which a diagram may draw too.
    """

    procedures: tuple[Procedure, Procedure]
    before: Measures
    after: Measures
    changes: tuple[Change, ...]
    benefits: tuple[Benefit, ...]
    drawings: Drawings = ((), ())
    beside: tuple[tuple[Procedure, ...], tuple[Procedure, ...]] = ((), ())

    @property
    def time_cut(self) -> Fraction | None:
        """Return the share of the norm time that was cut; ``None`` where a side is not known."""
        return time_cut(self.before.norm_time, self.after.norm_time)

    def cost_cut(self, method: CostMethod) -> Fraction | None:
        """Return the share of the yearly compliance cost that was cut, by *method*."""
        return next(each.rate for each in self.benefits if each.method is method)


def time_cut(before: NormTime, after: NormTime) -> Fraction | None:
    """Return the share of *before* that was cut, only where both figures are complete.

    One step without a time leaves the share unknown, also where both sides have that step (the
    known parts alone would overstate the cut) and where a lever took it out or gave it to a
    machine: what was saved then is unknown, though *after* is not.

    Example:
        >>> from tthc_flow.measures.norm_time import norm_time
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.step import Step
        >>> gap = norm_time(Flow(id="p", nodes=(Step(id="a", name="A"),)))
        >>> time_cut(gap, gap) is None
        True

    Source: domain rule of this project: an unknown never hides in a percentage.
    """
    known = before.complete and after.complete
    if not known or before.work is None or after.work is None:
        return None
    return cut(before.work.minutes, after.work.minutes)


def comparison(
    before: Procedure,
    after: Procedure,
    convention: Convention = DEFAULT_CONVENTION,
    drawings: Drawings = ((), ()),
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
        changes=differences(before, after, drawings),
        benefits=tuple(
            benefit(cost(before, method, convention), cost(after, method, convention))
            for method in CostMethod
        ),
        drawings=drawings,
    )
