"""What can be had for what: the plans that no other beats in time, cost, risk and hand-overs."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.measures.costs import cost
from tthc_flow.measures.size import size
from tthc_flow.model.plan import Objective, Tradeoff
from tthc_flow.plan.choose import choose
from tthc_flow.plan.figures import Figure
from tthc_flow.plan.rows import NO_LIMITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tthc_flow.plan.choose import Choice
    from tthc_flow.plan.problem import Choosable, Problem
    from tthc_flow.plan.rows import Limits

POINTS: Final = 20


def frontier(problem: Problem, pool: Sequence[Choosable], best: Choice) -> tuple[Tradeoff, ...]:
    """Return at most ``POINTS`` plans, the shortest first, each measured on its own flow.

    From each plan two questions lead on: what is the shortest with less risk, and with less cost.

    Args:
        problem: What is asked.
        pool: What may be chosen.
        best: The plan for what is asked; law clashes that it met are known.
    """
    points: dict[Tradeoff, None] = {}
    todo, seen = [NO_LIMITS], {NO_LIMITS}
    found: list[tuple[Limits, Choice]] = []
    last = best
    while todo and len(points) < POINTS:
        limits = todo.pop(0)
        choice: Choice | None = _within(limits, found)
        if limits is NO_LIMITS and problem.objective is Objective.TIME:
            choice = best
        elif choice is None:
            choice = choose(problem, pool, last.clashes, limits, Objective.TIME, last.seen)
        if choice is None:
            continue
        found.append((limits, choice))
        last = choice
        points[_point(problem, choice)] = None
        for closer in _closer(dict(choice.figures), limits):
            if closer not in seen:
                seen.add(closer)
                todo.append(closer)
    kept = (each for each in points if not any(_beats(other, each) for other in points))
    return tuple(sorted(kept, key=_figures))


def _within(limits: Limits, found: Iterable[tuple[Limits, Choice]]) -> Choice | None:
    """Return the best plan under weaker limits that keeps to *limits* too: none is better there."""
    asked = (limits.risk, limits.unknown, limits.cost)
    for at, choice in found:
        weaker = all(
            most is None or (now is not None and now <= most)
            for now, most in zip(asked, (at.risk, at.unknown, at.cost), strict=True)
        )
        figures = dict(choice.figures)
        kept = (Figure.RISK, Figure.RISK_UNKNOWN, Figure.COST)
        keeps = all(
            most is None or figures[figure] <= most
            for most, figure in zip(asked, kept, strict=True)
        )
        if weaker and keeps and choice.optimal:
            return choice
    return None


def _closer(figures: Mapping[Figure, int], limits: Limits) -> Iterator[Limits]:
    """Yield the limits that ask for less risk, or less cost, than a plan with *figures* has."""
    if figures[Figure.RISK_UNKNOWN] > 0:
        yield evolve(limits, unknown=figures[Figure.RISK_UNKNOWN] - 1)
    if figures[Figure.RISK] > 0:
        yield evolve(limits, risk=figures[Figure.RISK] - 1)
    if Figure.COST in figures:
        yield evolve(limits, cost=figures[Figure.COST] - 1)


def _point(problem: Problem, choice: Choice) -> Tradeoff:
    after = choice.after
    measured = size(after, problem.convention)
    work = measured.norm_time.work
    yearly = cost(after, problem.targets.cost_method, problem.convention).yearly
    risks = [each.candidate.risk for each in choice.chosen]
    known = [each for each in risks if each is not None]
    return Tradeoff(
        minutes=None if work is None else work.minutes,
        cost=None if yearly is None else yearly.amount,
        risk=None if len(known) < len(risks) else sum(known, Fraction(0)),
        hand_offs=measured.hand_offs,
        chosen=tuple(each.candidate.id for each in choice.chosen),
    )


def _figures(point: Tradeoff) -> tuple[float | Fraction, ...]:
    """Return time, cost, risk and hand-overs; what nobody knows is more than anything known."""
    worst = float("inf")
    known = (point.minutes, point.cost, point.risk)
    return (*(worst if each is None else each for each in known), point.hand_offs)


def _beats(one: Tradeoff, other: Tradeoff) -> bool:
    """Return whether *one* is nowhere worse than *other*, and somewhere better."""
    ours, theirs = _figures(one), _figures(other)
    return ours != theirs and all(a <= b for a, b in zip(ours, theirs, strict=True))
