"""What is to be planned, and the changes that may be chosen with what each does where."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.measures.costs import cost
from tthc_flow.measures.size import size
from tthc_flow.model.lever import Necessity, Verdict
from tthc_flow.model.plan import Objective
from tthc_flow.plan.applying import rewritten
from tthc_flow.plan.made import made
from tthc_flow.plan.touched import Touched, touched

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tthc_flow.model.lever import Candidate, Lever
    from tthc_flow.model.plan import Offer, Targets, Wishes
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.units import Convention


@frozen(kw_only=True, eq=False)
class Problem:
    """A procedure, the moves, and what whoever plans asks for."""

    before: Procedure
    levers: Mapping[str, Lever]
    convention: Convention
    targets: Targets
    wishes: Wishes

    @property
    def objective(self) -> Objective:
        """Return what is made small first: as wished, else the time where all of it is known.

        Of a time that is known in part, only the known part could be made small.
        """
        if self.wishes.objective is not None:
            return self.wishes.objective
        known = size(self.before, self.convention).norm_time.complete
        return Objective.TIME if known else Objective.STRUCTURE


@frozen(kw_only=True)
class Choosable:
    """An offer that may be chosen, what it does where, and the đồng a year that it saves alone."""

    offer: Offer
    touched: Touched
    saved: Fraction | None

    @property
    def candidate(self) -> Candidate:
        """Return the candidate that is offered."""
        return self.offer.candidate


def choosable(
    problem: Problem, passing: Sequence[Offer], known: Mapping[str, Choosable]
) -> tuple[Choosable, ...]:
    """Return *passing* with what each does where; what is *known* already is taken from there.

    A candidate that needs others is looked at on the flow with those applied.
    """
    spent = cost(problem.before, problem.targets.cost_method, problem.convention).yearly
    by_id = {offer.candidate.id: offer.candidate for offer in passing}
    return tuple(_all(problem, passing, by_id, known, None if spent is None else spent.amount))


def _all(
    problem: Problem,
    passing: Sequence[Offer],
    by_id: Mapping[str, Candidate],
    known: Mapping[str, Choosable],
    spent: Fraction | None,
) -> Iterator[Choosable]:
    for offer in passing:
        candidate = offer.candidate
        if candidate.id in known:
            yield known[candidate.id]
            continue
        needs = tuple(by_id[each] for each in candidate.needs)
        start = rewritten(problem.before, needs, problem.levers)
        if start is None:
            continue  # found on a flow that its own needs do not make
        after = made(problem.levers[candidate.lever], start, candidate)
        yield Choosable(
            offer=offer,
            touched=touched(start.flow, after.flow, candidate.targets, problem.convention),
            saved=_saved(problem, start, after, spent),
        )


def _saved(
    problem: Problem, start: Procedure, after: Procedure, spent: Fraction | None
) -> Fraction | None:
    """Return what *after* costs less a year than *start*; ``None`` where that cannot be known."""
    if spent is None:
        return None
    method = problem.targets.cost_method
    was, now = (cost(each, method, problem.convention).yearly for each in (start, after))
    return None if was is None or now is None else was.amount - now.amount


def conflict(one: Candidate, other: Candidate) -> bool:
    """Return whether two changes rewrite one element, or one rewrites what the other stands on.

    Two may stand on one element: neither rewrites what the other looks for. What the law obliges
    to bars nothing else at its step: each still has to stand when its turn comes.
    """
    if (one.necessity is Necessity.OBLIGED) is not (other.necessity is Necessity.OBLIGED):
        return False
    ours, theirs = set(one.targets), set(other.targets)
    return (
        not ours.isdisjoint(theirs)
        or not theirs.isdisjoint(one.anchors)
        or not ours.isdisjoint(other.anchors)
    )


def may_be_chosen(problem: Problem, candidate: Candidate) -> bool:
    """Return whether *candidate* passes and whoever plans allows it."""
    wishes, budget = problem.wishes, problem.targets.risk
    return (
        candidate.verdict is Verdict.PASS
        and candidate.id not in wishes.forbidden
        and candidate.authority in wishes.authority
        and (budget is None or (candidate.risk is not None and candidate.risk <= budget))
    )
