"""What keeps the plan from what was asked, and what lifting each constraint would reach."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.measures.costs import cost
from tthc_flow.measures.norm_time import norm_time
from tthc_flow.model.law import Authority
from tthc_flow.model.lever import Verdict
from tthc_flow.model.plan import ANY_AUTHORITY, Bound, Objective
from tthc_flow.plan.choose import choose
from tthc_flow.plan.problem import choosable, conflict, may_be_chosen
from tthc_flow.plan.reached import reached

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tthc_flow.model.lever import Candidate
    from tthc_flow.model.plan import Offer
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.plan.choose import Choice
    from tthc_flow.plan.problem import Choosable, Problem

LIFTED: Final = 12
"""Open candidates tried one by one at most, those with the most time first."""


def bounds(
    problem: Problem, offered: Sequence[Offer], pool: Sequence[Choosable], best: Choice
) -> tuple[Bound, ...]:
    """Return what was asked for in vain, and where a target is missed, what stands in its way.

    A failed condition of the law is no constraint to be lifted; an open one would be by its
    answer.

    Args:
        problem: What was asked.
        offered: All candidates, the compounds too.
        pool: Those that could be chosen.
        best: What was chosen.
    """
    told = [*_pins(problem, offered, best), *_unknown(problem, offered)]
    if reached(problem, best.after) is False:
        told.append(_bound("bound-best", problem, best.after))
        told += _lifted(problem, offered, pool, best)
    return tuple(told)


def _bound(code: str, problem: Problem, after: Procedure, **values: str) -> Bound:
    work = norm_time(after.flow, problem.convention).work
    return Bound(
        code=code,
        values=tuple(values.items()),
        minutes=None if work is None else work.minutes,
        reaches=reached(problem, after),
    )


def _pins(problem: Problem, offered: Sequence[Offer], best: Choice) -> Iterator[Bound]:
    """Yield each pinned candidate that is not applied, and why."""
    by_id = {each.candidate.id: each.candidate for each in offered}
    chosen = [each.candidate for each in best.chosen]
    for pin in dict.fromkeys(problem.wishes.pinned):
        candidate = by_id.get(pin)
        if any(each.id == pin for each in chosen):
            continue
        if candidate is None:
            yield Bound(code="bound-pin-not-found", values=(("candidate", pin),))
        elif candidate.verdict is not Verdict.PASS:
            code = "bound-pin-barred" if candidate.verdict is Verdict.FAIL else "bound-pin-open"
            held = (e.name for e in candidate.preconditions if e.verdict is candidate.verdict)
            yield _told(code, candidate, conditions=", ".join(dict.fromkeys(held)))
        elif pin in problem.wishes.forbidden:
            yield _told("bound-pin-forbidden", candidate)
        elif not may_be_chosen(problem, candidate):
            yield _told("bound-pin-not-allowed", candidate)
        else:
            beside = [each.id for each in chosen if conflict(candidate, each)]
            yield _told("bound-pin-clashes", candidate, beside=", ".join(beside))


def _told(code: str, candidate: Candidate, **values: str) -> Bound:
    return Bound(code=code, values=(("candidate", candidate.id), *values.items()))


def _unknown(problem: Problem, offered: Iterable[Offer]) -> Iterator[Bound]:
    """Yield what was asked about and nobody knows: the cost, and risks under a budget."""
    wishes, targets = problem.wishes, problem.targets
    method, convention = targets.cost_method, problem.convention
    if wishes.objective is Objective.COST or targets.cost is not None:
        found = cost(problem.before, method, convention)
        if found.yearly is None:
            missing = (("missing", ", ".join(found.missing)), ("method", method.value))
            yield Bound(code="bound-cost-unknown", values=missing)
    if targets.risk is None:
        return
    for each in offered:
        if each.candidate.verdict is Verdict.PASS and each.candidate.risk is None:
            yield _told("bound-risk-unknown", each.candidate)


def _lifted(
    problem: Problem, offered: Sequence[Offer], pool: Sequence[Choosable], best: Choice
) -> Iterator[Bound]:
    """Yield what the best plan would reach without each constraint, where that changes it."""
    known = {each.candidate.id: each for each in pool}
    targets, wishes = problem.targets, problem.wishes
    open_ = [each for each in offered if each.candidate.verdict is Verdict.UNKNOWN]
    open_.sort(key=lambda each: -(each.effect.minutes or Fraction(0)))
    for each in open_[:LIFTED]:
        held = (e.name for e in each.candidate.preconditions if e.verdict is Verdict.UNKNOWN)
        asked = ", ".join(dict.fromkeys(held))
        yield from _without(
            "bound-open",
            problem,
            [*offered, _answered(each)],
            known,
            best,
            candidate=each.candidate.id,
            conditions=asked,
        )
    if len(open_) > 1:
        answered = [*offered, *(_answered(each) for each in open_)]
        yield from _without("bound-all-open", problem, answered, known, best, count=str(len(open_)))
    for forbidden in wishes.forbidden:
        others = tuple(each for each in wishes.forbidden if each != forbidden)
        free = evolve(problem, wishes=evolve(wishes, forbidden=others))
        yield from _without("bound-forbidden", free, offered, known, best, candidate=forbidden)
    if wishes.authority != ANY_AUTHORITY:
        free = evolve(problem, wishes=evolve(wishes, authority=ANY_AUTHORITY))
        left = ", ".join(each.value for each in Authority if each not in wishes.authority)
        yield from _without("bound-authority", free, offered, known, best, authority=left)
    if targets.risk is not None:
        free = evolve(problem, targets=evolve(targets, risk=None))
        yield from _without("bound-risk", free, offered, known, best, budget=str(targets.risk))


def _answered(offer: Offer) -> Offer:
    """Return *offer* as if its open conditions were answered in its favour."""
    passing = tuple(e for e in offer.candidate.preconditions if e.verdict is Verdict.PASS)
    return evolve(offer, candidate=evolve(offer.candidate, preconditions=passing))


def _without(
    code: str,
    problem: Problem,
    offered: Iterable[Offer],
    known: Mapping[str, Choosable],
    best: Choice,
    **values: str,
) -> Iterator[Bound]:
    """Yield the bound *code* where the best plan under *problem* is better than *best* was."""
    allowed = {
        each.candidate.id: each for each in offered if may_be_chosen(problem, each.candidate)
    }
    passing = [each for each in allowed.values() if allowed.keys() >= set(each.candidate.needs)]
    choice = choose(problem, choosable(problem, passing, known), best.clashes)
    if choice is not None and choice.figures < best.figures:
        yield _bound(code, problem, choice.after, **values)
