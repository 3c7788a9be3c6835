"""What each applied change does, given all the others: measured without it, never summed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.measures.savings import saving, sized
from tthc_flow.model.lever import Effect
from tthc_flow.model.plan import Attribution
from tthc_flow.plan.applying import rewritten

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tthc_flow.model.lever import Candidate
    from tthc_flow.model.plan import Offer
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.plan.problem import Problem


UNKNOWN: Final = Effect(minutes=None, cost=None)


def attributions(
    problem: Problem, chosen: Sequence[Offer], after: Procedure
) -> tuple[Attribution, ...]:
    """Return for each of *chosen* its effect alone and its effect given all the others.

    Without a change go those that need it, so that what they save counts as its own. The parts
    need not add up to the whole: of two ways that are equally long, neither saves anything alone.

    Args:
        problem: What is asked.
        chosen: The changes, in the order they were applied.
        after: The procedure with all of them.
    """
    method, convention = problem.targets.cost_method, problem.convention
    whole = sized(after, convention, method)
    told = []
    for offer, without in zip(chosen, _each_left_out(problem, chosen), strict=True):
        rest = None if without is None else sized(without, convention, method)
        told.append(
            Attribution(
                candidate=offer.candidate.id,
                alone=None if offer.candidate.needs else offer.effect,
                marginal=UNKNOWN if rest is None else saving(rest, whole),
            )
        )
    return tuple(told)


def _each_left_out(problem: Problem, chosen: Sequence[Offer]) -> Iterator[Procedure | None]:
    """Yield for each of *chosen* the procedure without it, and without what needs it.

    ``None`` where the others cannot be applied without it.
    """
    made: Procedure | None = problem.before
    for place, offer in enumerate(chosen):
        gone = {offer.candidate.id}
        rest: list[Candidate] = []
        for later in (each.candidate for each in chosen[place + 1 :]):
            if gone.isdisjoint(later.needs):
                rest.append(later)
            else:
                gone.add(later.id)
        yield None if made is None else rewritten(made, rest, problem.levers)
        if made is not None:
            made = rewritten(made, (offer.candidate,), problem.levers)
