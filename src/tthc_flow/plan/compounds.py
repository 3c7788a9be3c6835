"""Changes that only other changes make possible, declared with what they need.

Dropping a step brings two steps of one performer together, which can then be merged. Such a
change is no way round a bar: what the procedure as it came bars or leaves open at a step, by the
same lever, no other change opens; only a bar that says it is about the shape of the flow may go.

They are looked for along the best plan so far. A step that it rewrites by another lever is not
looked at again, so that what would be opened there is not known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from tthc_flow.measures.savings import saving, sized
from tthc_flow.model.lever import Verdict
from tthc_flow.model.plan import Offer
from tthc_flow.plan.applying import lawful, rewritten, smallest
from tthc_flow.plan.problem import conflict, may_be_chosen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tthc_flow.model.lever import Candidate, Lever
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.plan.choose import Choice
    from tthc_flow.plan.problem import Problem


def compounds(
    problem: Problem,
    offered: Sequence[Offer],
    best: Choice,
) -> tuple[Offer, ...]:
    """Return what the changes of the *best* plan open: lawful candidates not there before.

    Each says in ``needs`` which of them it cannot do without, found by leaving them out. What
    a lever that has had its way at a place would do there otherwise is looked for without it.

    Args:
        problem: What is asked.
        offered: All candidates of the procedure as it came, and the compounds known so far.
        best: The best plan so far.
    """
    new: dict[str, Offer] = {}
    for lever in problem.levers.values():
        others, there = _looked_for(problem, lever, best)
        for candidate in there:
            fresh = candidate.verdict is Verdict.PASS and candidate.id not in new
            if not fresh or opens_nothing(candidate, offered):
                continue
            offer = _compound(problem, lever, candidate, others)
            if offer is not None:
                new[candidate.id] = offer
    return tuple(new.values())


def _looked_for(
    problem: Problem, lever: Lever, best: Choice
) -> tuple[Sequence[Candidate], Iterable[Candidate]]:
    """Return the changes of other levers in *best*, and what *lever* finds beside them."""
    chosen = [each.candidate for each in best.chosen]
    others = _without(chosen, lever)
    if len(others) == len(chosen):
        return others, lever.find(best.after)
    start = rewritten(problem.before, others, problem.levers) if others else None
    return others, () if start is None else lever.find(start)


def _without(chosen: Sequence[Candidate], lever: Lever) -> tuple[Candidate, ...]:
    """Return the *chosen* changes without those of *lever*, and without what needs those."""
    gone = {each.id for each in chosen if each.lever == lever.id}
    kept: list[Candidate] = []
    for each in chosen:
        if each.id in gone or not gone.isdisjoint(each.needs):
            gone.add(each.id)
        else:
            kept.append(each)
    return tuple(kept)


def opens_nothing(candidate: Candidate, offered: Sequence[Offer]) -> bool:
    """Return whether *candidate* was there before, or is a way round what was barred or open.

    Example:
        >>> from tthc_flow.model.lever import Candidate
        >>> opens_nothing(Candidate(lever="drop_relay", targets=("a",)), ())
        False

    Source: law of this project: a barred candidate never enters a plan, by whatever way.
    """
    for each in offered:
        was = each.candidate
        if was.id == candidate.id and (was.verdict is Verdict.PASS or was.needs):
            return True
        if was.lever == candidate.lever and not set(was.targets).isdisjoint(candidate.targets):
            held = [each for each in was.preconditions if each.verdict is not Verdict.PASS]
            if not all(each.verdict is Verdict.FAIL and each.curable for each in held):
                return True
    return False


def _compound(
    problem: Problem, lever: Lever, candidate: Candidate, others: Sequence[Candidate]
) -> Offer | None:
    """Return *candidate* with its needs and its effect beside them, where it is lawful."""

    def opened(some: Sequence[Candidate]) -> bool:
        start = _closed(problem, some)
        return start is not None and any(each.id == candidate.id for each in _passing(lever, start))

    if not opened(others):
        return None
    needs = smallest(others, opened)
    closed = [each for each in others if each in needs or _needed(each, needs)]
    compound = evolve(candidate, needs=tuple(each.id for each in closed))
    if not needs or any(conflict(compound, need) for need in closed):
        return None
    start = rewritten(problem.before, closed, problem.levers)
    after = lawful(problem.before, (*closed, compound), problem.levers)
    if start is None or after is None or not may_be_chosen(problem, compound):
        return None
    method, convention = problem.targets.cost_method, problem.convention
    one, two = (sized(each, convention, method) for each in (start, after))
    return Offer(candidate=compound, measured=saving(one, two))


def _closed(problem: Problem, some: Sequence[Candidate]) -> Procedure | None:
    """Return the procedure with *some* applied that have all they need."""
    ids = {each.id for each in some}
    whole = [each for each in some if ids.issuperset(each.needs)]
    return rewritten(problem.before, whole, problem.levers)


def _needed(each: Candidate, needs: Sequence[Candidate]) -> bool:
    return any(each.id in need.needs for need in needs)


def _passing(lever: Lever, procedure: Procedure) -> Iterator[Candidate]:
    return (each for each in lever.find(procedure) if each.verdict is Verdict.PASS)
