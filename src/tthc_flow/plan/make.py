"""Making a plan: what was searched for is applied, proven and measured."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.measures.procedure_changes import total_words
from tthc_flow.measures.size import size
from tthc_flow.model.plan import Plan, Targets, Wishes
from tthc_flow.model.procedure import TotalTime
from tthc_flow.plan.explained import explained
from tthc_flow.plan.offers import offers
from tthc_flow.plan.problem import Problem
from tthc_flow.plan.reached import reached
from tthc_flow.plan.search import searched
from tthc_flow.plan.whynot import not_chosen
from tthc_flow.proof.prove import prove
from tthc_flow.units import DEFAULT_CONVENTION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tthc_flow.model.lever import Lever
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.units import Convention

OLD_TOTAL: Final = "trước khi đơn giản hóa"


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
    then measured on the final flow, never summed. Why the plan is as it is, is worked out when it
    is asked for: whoever only wants the flow does not pay for the reasons.

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
    search = searched(problem, first)
    best = search.best
    after = _about_what_is_there(_without_old_total(procedure, best.after, convention))
    return Plan(
        before=procedure,
        after=after,
        offers=first,
        applied=tuple(each.candidate for each in best.chosen),
        proofs=prove(procedure, after),
        targets=targets,
        reached=reached(problem, after),
        wishes=wishes,
        not_chosen=not_chosen(problem, search.offered, best),
        objective=problem.objective,
        optimal=best.optimal,
        explain=partial(explained, problem, search),
    )


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
