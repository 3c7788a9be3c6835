"""Whether the asked targets are reached, measured on the final flow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.graph.hand_overs import hand_overs
from tthc_flow.measures.comparison import time_cut
from tthc_flow.measures.compliance_cost import benefit
from tthc_flow.measures.costs import cost
from tthc_flow.measures.norm_time import norm_time
from tthc_flow.measures.size import size

if TYPE_CHECKING:
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.plan.problem import Problem


def reached(problem: Problem, after: Procedure) -> bool | None:
    """Return whether every asked target is reached: no where one is surely missed.

    ``None`` where no target was asked, or one cannot be known and none is missed. The cost is
    that of the named method; by the official formula shortening an agency's step saves nothing.
    Hand-overs between steps of which one has no performer may be more than those that are counted.
    The risk budget is no target: no plan goes over it.

    Args:
        problem: What was asked.
        after: The procedure with the plan applied.
    """
    before, targets, convention = problem.before, problem.targets, problem.convention
    met: list[bool | None] = []
    if targets.time is not None:
        share = time_cut(norm_time(before.flow, convention), norm_time(after.flow, convention))
        met.append(None if share is None else share >= targets.time)
    if targets.cost is not None:
        method = targets.cost_method
        rate = benefit(*(cost(each, method, convention) for each in (before, after))).rate
        met.append(None if rate is None else rate >= targets.cost)
    if targets.hand_offs is not None:
        over = size(after, convention).hand_offs > targets.hand_offs
        unsaid = bool(hand_overs(after.flow).unknown)
        met.append(False if over else None if unsaid else True)
    if False in met:
        return False
    return None if None in met or not met else True
