"""Making a plan: find, choose, look what that opens, choose again; apply, prove and measure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.measures.procedure_changes import total_words
from tthc_flow.measures.size import size
from tthc_flow.model.lever import Verdict
from tthc_flow.model.plan import Binding, Plan, Targets, Wishes
from tthc_flow.model.procedure import TotalTime
from tthc_flow.plan.attribution import attributions
from tthc_flow.plan.bounds import bounds
from tthc_flow.plan.choose import choose, nothing
from tthc_flow.plan.compounds import compounds
from tthc_flow.plan.frontier import frontier
from tthc_flow.plan.offers import offers
from tthc_flow.plan.problem import Problem, choosable, may_be_chosen
from tthc_flow.plan.ranking import gain
from tthc_flow.plan.reached import reached
from tthc_flow.plan.whynot import not_chosen
from tthc_flow.proof.prove import prove
from tthc_flow.units import DEFAULT_CONVENTION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tthc_flow.model.lever import Lever
    from tthc_flow.model.plan import Objective, Offer
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.plan.choose import Choice
    from tthc_flow.plan.problem import Choosable
    from tthc_flow.units import Convention

OLD_TOTAL: Final = "trước khi đơn giản hóa"
ROUNDS: Final = 8
"""A cut can bring steps of one performer together; what that opens is looked for again.

Each round takes something out, so a search ends by itself; this bounds it on any input."""


def plan(
    procedure: Procedure,
    levers: Sequence[Lever],
    *,
    targets: Targets = Targets(),  # noqa: B008 - a frozen value
    wishes: Wishes = Wishes(),  # noqa: B008 - a frozen value
    convention: Convention = DEFAULT_CONVENTION,
) -> Plan:
    """Return the best lawful set of changes of *procedure*, applied and proven.

    Only candidates whose every precondition passes are chosen; an unknown one stays an offer
    with its open question, and what is barred is opened by no other change. What is pinned and
    what the law obliges to comes first, then the targets, then the objective. All figures are
    then measured on the final flow, never summed.

    Args:
        procedure: A procedure whose flow is sound.
        levers: The moves to look for, in report order.
        targets: The cuts asked for, as shares of before; the most hand-offs and risk.
        wishes: What is made small first, what is pinned or forbidden, whose power is enough.
        convention: The time convention.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> plan(Procedure(flow=Flow(id="p")), ()).applied
        ()

    Source: domain rules of plan 949/KH-UBND; exact choice by mixed-integer programme.
    """
    problem = Problem(
        before=procedure,
        levers={lever.id: lever for lever in levers},
        convention=convention,
        targets=targets,
        wishes=wishes,
    )
    first = offers(procedure, levers, convention, method=targets.cost_method)
    offered, pool, best, found = searched(problem, first)
    applied = tuple(each.candidate for each in best.chosen)
    after = _about_what_is_there(_without_old_total(procedure, best.after, convention))
    return Plan(
        before=procedure,
        after=after,
        offers=first,
        applied=applied,
        proofs=prove(procedure, after),
        targets=targets,
        reached=reached(problem, after),
        binding=_binding(found, problem.objective),
        wishes=wishes,
        attributions=attributions(problem, [each.offer for each in best.chosen], best.after),
        not_chosen=not_chosen(problem, offered, best),
        bounds=bounds(problem, offered, pool, best),
        frontier=frontier(problem, pool, best),
        objective=problem.objective,
        optimal=best.optimal,
    )


def searched(
    problem: Problem, first: Sequence[Offer]
) -> tuple[tuple[Offer, ...], tuple[Choosable, ...], Choice, Sequence[Offer]]:
    """Return all offers with the compounds, those choosable, the best choice, what is left then.

    Args:
        problem: What is asked.
        first: All candidates of the procedure as it came.
    """
    offered, best, found = tuple(first), nothing(problem), first
    pool: tuple[Choosable, ...] = ()
    for _ in range(ROUNDS):
        passing = [each for each in offered if may_be_chosen(problem, each.candidate)]
        pool = choosable(problem, passing, {each.candidate.id: each for each in pool})
        best = choose(problem, pool, best.clashes) or best
        chosen = [each.candidate for each in best.chosen]
        if not chosen:
            break
        known = frozenset(candidate.id for candidate in chosen)
        found = offers(
            best.after,
            tuple(problem.levers.values()),
            problem.convention,
            known,
            problem.targets.cost_method,
        )
        more = compounds(problem, offered, chosen, found)
        if not more:
            break
        offered += more
    return offered, pool, best, found


def _without_old_total(before: Procedure, after: Procedure, convention: Convention) -> Procedure:
    """Return *after* with its total open where the steps take another time than *before*.

    The declared total was that of the old steps; nobody has declared a new one.
    """
    total = before.total_time
    if after is before or (total.duration is None and not total.alternatives):
        return after
    was, now = (size(each, convention).norm_time for each in (before, after))
    if (was.work, set(was.unknown)) == (now.work, set(now.unknown)):
        return after
    told = total.printed or total_words(total)
    return evolve(after, total_time=TotalTime(printed=f"{OLD_TOTAL}: {told}"))


def _about_what_is_there(after: Procedure) -> Procedure:
    """Return *after* with the assumptions and the answers about elements that it still has.

    What was answered about a step that goes has done its work; in the new file it would point at
    nothing.
    """
    there = {None, after.flow.id, *after.flow.by_id}
    assumed = tuple(each for each in after.assumptions if each.element in there)
    answers = tuple(each for each in after.answers if each.step in there)
    if (assumed, answers) == (after.assumptions, after.answers):
        return after
    return evolve(after, assumptions=assumed, answers=answers)


def _binding(found: Sequence[Offer], objective: Objective) -> tuple[Binding, ...]:
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
