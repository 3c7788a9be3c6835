"""Why a plan is as it is: what keeps it from more, what each change does, what else can be had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.model.lever import Verdict
from tthc_flow.model.plan import Binding, Explanation
from tthc_flow.plan.attribution import attributions
from tthc_flow.plan.bounds import bounds
from tthc_flow.plan.frontier import frontier
from tthc_flow.plan.offers import offers
from tthc_flow.plan.ranking import gain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tthc_flow.model.plan import Objective, Offer
    from tthc_flow.plan.problem import Problem
    from tthc_flow.plan.search import Search


def explained(problem: Problem, search: Search) -> Explanation:
    """Return why the best choice of *search* is as it is.

    Args:
        problem: What was asked.
        search: What was found and chosen.

    Source: domain rule of this project: a head of agency signs what is explained.
    """
    best = search.best
    return Explanation(
        binding=_binding(_left(problem, search), problem.objective),
        attributions=attributions(problem, [each.offer for each in best.chosen], best.after),
        bounds=bounds(problem, search.offered, search.pool, best),
        frontier=frontier(problem, search.pool, best),
    )


def _left(problem: Problem, search: Search) -> Sequence[Offer]:
    """Return all candidates of the final flow besides those that it comes from."""
    best = search.best
    if not best.chosen:
        return search.offered
    return offers(
        best.after,
        tuple(problem.levers.values()),
        problem.convention,
        frozenset(each.candidate.id for each in best.chosen),
        problem.targets.cost_method,
    )


def _binding(found: Iterable[Offer], objective: Objective) -> tuple[Binding, ...]:
    """Return what keeps more from being cut, what gains the most for *objective* first.

    The offers are those of the final flow: what each would cut besides all that was applied.
    """
    held = [offer for offer in found if offer.candidate.verdict is not Verdict.PASS]
    held.sort(key=lambda offer: offer.candidate.id)
    held.sort(key=lambda offer: gain(offer.effect, objective), reverse=True)
    return tuple(
        Binding(
            offer=offer,
            conditions=tuple(
                c for c in offer.candidate.preconditions if c.verdict is not Verdict.PASS
            ),
        )
        for offer in held
    )
