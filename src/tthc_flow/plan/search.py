"""Searching for the best plan: choose, look what that opens, choose again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.plan.choose import choose, nothing
from tthc_flow.plan.compounds import compounds
from tthc_flow.plan.problem import choosable, may_be_chosen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tthc_flow.model.plan import Offer
    from tthc_flow.plan.choose import Choice
    from tthc_flow.plan.problem import Choosable, Problem

ROUNDS: Final = 8
"""A cut can bring steps of one performer together; what that opens is looked for again.

Each round takes something out, so a search ends by itself; this bounds it on any input."""


@frozen(kw_only=True, eq=False)
class Search:
    """All offers with the compounds, those that could be chosen, and the best choice of them."""

    offered: tuple[Offer, ...]
    pool: tuple[Choosable, ...]
    best: Choice


def searched(problem: Problem, first: Sequence[Offer]) -> Search:
    """Return the best choice of what there is at *first* and of what it opens.

    Args:
        problem: What is asked.
        first: All candidates of the procedure as it came.

    Source: domain rules of plan 949/KH-UBND; exact choice by mixed-integer programme.
    """
    offered = tuple(first)
    best = nothing(problem)
    pool: tuple[Choosable, ...] = ()
    for _ in range(ROUNDS):
        passing = [each for each in offered if may_be_chosen(problem, each.candidate)]
        if not passing:
            break
        pool = choosable(problem, passing, {each.candidate.id: each for each in pool})
        best = choose(problem, pool, best.clashes) or best
        more = compounds(problem, offered, best) if best.chosen else ()
        if not more:
            break
        offered += more
    return Search(offered=offered, pool=pool, best=best)
