"""What keeps the plan from what was asked, and what lifting each constraint would reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.graph.hand_overs import hand_overs
from tthc_flow.graph.performers import performer_of
from tthc_flow.measures.costs import cost
from tthc_flow.measures.size import size
from tthc_flow.model.law import Authority
from tthc_flow.model.lever import Verdict
from tthc_flow.model.plan import ANY_AUTHORITY, Bound, Objective
from tthc_flow.plan.choose import choose
from tthc_flow.plan.problem import choosable, conflict, may_be_chosen
from tthc_flow.plan.ranking import gain
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
    told = [*_pins(problem, offered, best), *_idle(problem, offered), *_unknown(problem, offered)]
    if reached(problem, best.after) is False:
        known = {each.candidate.id: each for each in pool}
        told.append(_bound("bound-best", problem, best.after))
        told += _lifted(problem, offered, known, best)
        told += _wishes_lifted(problem, offered, known, best)
    return tuple(told)


def _bound(code: str, problem: Problem, after: Procedure, **values: str) -> Bound:
    measured = size(after, problem.convention)
    work = measured.norm_time.work
    yearly = cost(after, problem.targets.cost_method, problem.convention).yearly
    return Bound(
        code=code,
        values=tuple(values.items()),
        minutes=None if work is None else work.minutes,
        cost=None if yearly is None else yearly.amount,
        hand_offs=measured.hand_offs,
        reaches=reached(problem, after),
    )


def _idle(problem: Problem, offered: Iterable[Offer]) -> Iterator[Bound]:
    """Yield each forbidden candidate that is not found: nothing stays out because of it."""
    there = {each.candidate.id for each in offered}
    for each in dict.fromkeys(problem.wishes.forbidden):
        if each not in there:
            yield Bound(code="bound-forbid-not-found", values=(("candidate", each),))


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
    """Yield what was asked about and nobody knows: time, cost, hand-overs, risks under a budget."""
    targets, flow = problem.targets, problem.before.flow
    method, convention = targets.cost_method, problem.convention
    untimed = size(problem.before, convention).norm_time.unknown
    if untimed and (problem.objective is Objective.TIME or targets.time is not None):
        yield Bound(code="bound-time-unknown", values=(("steps", ", ".join(untimed)),))
    unsaid = {step.id: None for pair in hand_overs(flow).unknown for step in pair}
    nobody = [step for step in unsaid if performer_of(flow, flow.by_id[step]) is None]
    if nobody and targets.hand_offs is not None:
        yield Bound(code="bound-hands-unknown", values=(("steps", ", ".join(nobody)),))
    if problem.objective is Objective.COST or targets.cost is not None:
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
    problem: Problem, offered: Sequence[Offer], known: Mapping[str, Choosable], best: Choice
) -> Iterator[Bound]:
    """Yield what the best plan would reach with each open question answered, if it is better."""
    open_ = [each for each in offered if each.candidate.verdict is Verdict.UNKNOWN]
    open_.sort(key=lambda each: gain(each.effect, problem.objective), reverse=True)
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


def _wishes_lifted(
    problem: Problem, offered: Sequence[Offer], known: Mapping[str, Choosable], best: Choice
) -> Iterator[Bound]:
    """Yield what the best plan would reach without each of the wishes, where that is better."""
    targets, wishes = problem.targets, problem.wishes
    for pinned in dict.fromkeys(wishes.pinned):
        others = tuple(each for each in wishes.pinned if each != pinned)
        free = evolve(problem, wishes=evolve(wishes, pinned=others))
        yield from _without("bound-pinned", free, offered, known, best, candidate=pinned)
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
    yield from _other_targets(problem, offered, known, best)


def _other_targets(
    problem: Problem, offered: Sequence[Offer], known: Mapping[str, Choosable], best: Choice
) -> Iterator[Bound]:
    """Yield each target that keeps the others from being reached, all of which are without it."""
    targets = problem.targets
    fewer = {
        "time": evolve(targets, time=None),
        "cost": evolve(targets, cost=None),
        "hand_offs": evolve(targets, hand_offs=None),
    }
    asked = {name: others for name, others in fewer.items() if others != targets}
    for name, others in asked.items() if len(asked) > 1 else ():
        free = evolve(problem, targets=others)
        if reached(free, best.after) is not False:
            continue  # what is missed is this target itself
        choice = _best_of(free, offered, known, best)
        if choice is not None and reached(free, choice.after):
            yield _bound("bound-other-target", free, choice.after, target=name)


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
    """Yield the bound *code* where the best plan under *problem* is better than *best* was.

    That a pin is kept is no gain where it is the pin that is lifted.
    """
    choice = _best_of(problem, offered, known, best)
    if choice is not None:
        skipped = 1 if code == "bound-pinned" else 0
        if choice.figures[skipped:] < best.figures[skipped:]:
            yield _bound(code, problem, choice.after, **values)


def _best_of(
    problem: Problem, offered: Iterable[Offer], known: Mapping[str, Choosable], best: Choice
) -> Choice | None:
    """Return the best choice under *problem*, of *offered*."""
    allowed = {
        each.candidate.id: each for each in offered if may_be_chosen(problem, each.candidate)
    }
    passing = [each for each in allowed.values() if allowed.keys() >= set(each.candidate.needs)]
    return choose(problem, choosable(problem, passing, known), best.clashes)
