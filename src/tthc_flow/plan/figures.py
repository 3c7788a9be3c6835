"""The figures that a plan makes small, in order, as measured on the flow.

What is asked for comes first: what was pinned, what the law obliges to, the targets. Then the named
objective, then the others: time, cost, lightness, expected work, risk; the fewest changes last.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from math import floor, lcm
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from tthc_flow.graph.paths import longest_path
from tthc_flow.measures.costs import cost
from tthc_flow.measures.norm_time import step_minutes, timed
from tthc_flow.measures.size import size
from tthc_flow.model.lever import Effect, Necessity
from tthc_flow.model.plan import Objective
from tthc_flow.model.procedure import CostMethod
from tthc_flow.plan.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tthc_flow.measures.norm_time import NormTime
    from tthc_flow.measures.size import Size
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.plan.problem import Choosable
    from tthc_flow.units import Convention

HAND_OVER: Final = 2
"""A saved hand-over counts as two saved steps: rows can be gamed, hand-overs cannot."""

EASED: Final = 3
"""A check that a database mostly answers: one more than the hand-over that its drawing adds."""


class Figure(StrEnum):
    """One figure of a plan; the smaller, the better."""

    UNPINNED = "unpinned"
    UNLAWFUL = "unlawful"
    TIME_SHORT = "time-short"
    COST_SHORT = "cost-short"
    HANDS_SHORT = "hands-short"
    TIME = "time"
    TIME_LOST = "time-lost"
    COST_UNKNOWN = "cost-unknown"
    COST = "cost"
    HAND_OVERS = "hand-overs"
    PERFORMERS = "performers"
    LEVELS = "levels"
    VISITS = "visits"
    WEIGHT = "weight"
    EXPECTED = "expected"
    RISK_UNKNOWN = "risk-unknown"
    RISK = "risk"


_OBJECTIVES: Final = {
    Objective.TIME: (Figure.TIME, Figure.TIME_LOST),
    Objective.COST: (Figure.COST_UNKNOWN, Figure.COST),
    Objective.HAND_OFFS: (Figure.HAND_OVERS,),
    Objective.PERFORMERS: (Figure.PERFORMERS,),
    Objective.LEVELS: (Figure.LEVELS,),
    Objective.VISITS: (Figure.VISITS,),
    Objective.RISK: (Figure.RISK_UNKNOWN, Figure.RISK),
    Objective.STRUCTURE: (Figure.HAND_OVERS, Figure.PERFORMERS, Figure.LEVELS, Figure.VISITS),
}


def in_order(objective: Objective) -> tuple[Figure, ...]:
    """Return the figures of a plan in the order in which they are made small.

    Example:
        >>> [str(figure) for figure in in_order(Objective.TIME)][:4]
        ['unpinned', 'unlawful', 'time-short', 'cost-short']
    """
    first = (
        Figure.UNPINNED,
        Figure.UNLAWFUL,
        Figure.TIME_SHORT,
        Figure.COST_SHORT,
        Figure.HANDS_SHORT,
    )
    rest = (
        Figure.TIME,
        Figure.TIME_LOST,
        Figure.COST_UNKNOWN,
        Figure.COST,
        Figure.WEIGHT,
        Figure.EXPECTED,
        Figure.RISK_UNKNOWN,
        Figure.RISK,
    )
    return tuple(dict.fromkeys((*first, *_OBJECTIVES[objective], *rest)))


@frozen(kw_only=True)
class Units:
    """Whole units of minutes, đồng, risk points and expected minutes; what the targets leave."""

    minutes: int
    dong: int
    risk: int
    expected: int
    most_minutes: int | None
    most_dong: int | None
    spent: Fraction | None
    size: Size


def units(problem: Problem, pool: Sequence[Choosable], minutes: Mapping[str, Fraction]) -> Units:
    """Return units in which all amounts of *pool* and of the flow are whole."""
    targets, before = problem.targets, size(problem.before, problem.convention)
    spent = _yearly(problem.before, targets.cost_method, problem.convention)
    by_minutes = lcm(
        *(each.denominator for each in minutes.values()),
        *(each.denominator for one in pool for each in one.touched.minutes.values()),
    )
    saved = [each.saved for each in pool if each.saved is not None]
    by_dong = lcm(*(each.denominator for each in saved), 1 if spent is None else spent.denominator)
    work = before.norm_time.work
    longest = None if work is None else work.minutes
    by_time = targets.cost_method is CostMethod.PROCESSING_TIME and spent is not None
    cuts = [each for each in (targets.time, targets.cost if by_time else None) if each is not None]
    return Units(
        minutes=by_minutes,
        dong=by_dong,
        risk=lcm(*(each.candidate.risk.denominator for each in pool if each.candidate.risk)),
        expected=lcm(*(expected_of(each).denominator for each in pool)),
        most_minutes=_left(longest, max(cuts, default=None), by_minutes),
        most_dong=_left(spent, targets.cost, by_dong),
        spent=spent,
        size=before,
    )


def _left(amount: Fraction | None, cut: Fraction | None, unit: int) -> int | None:
    return None if amount is None or cut is None else floor(amount * (1 - cut) * unit)


def _yearly(procedure: Procedure, method: CostMethod, convention: Convention) -> Fraction | None:
    yearly = cost(procedure, method, convention).yearly
    return None if yearly is None else yearly.amount


def measured(
    problem: Problem,
    by: Units,
    pool: Sequence[Choosable],
    chosen: Sequence[Choosable],
    after: Procedure,
) -> dict[Figure, Fraction | None]:
    """Return the figures that *after* really has, in the same units; ``None``: not known.

    Args:
        problem: What is asked.
        by: The units.
        pool: What could be chosen.
        chosen: What was.
        after: The procedure with it.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.plan import Targets, Wishes
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.units import DEFAULT_CONVENTION
        >>> one = Procedure(flow=Flow(id="p"))
        >>> problem = Problem(before=one, levers={}, convention=DEFAULT_CONVENTION,
        ...                   targets=Targets(), wishes=Wishes())
        >>> measured(problem, units(problem, (), {}), (), (), one)[Figure.WEIGHT]
        Fraction(0, 1)

    Source: domain rule of this project: every chosen set is re-measured on the final flow.
    """
    has, had = size(after, problem.convention), by.size
    lost = has.norm_time.unknown
    light = had.steps - has.steps + (had.visits or 0) - (has.visits or 0)
    light += (had.documents or 0) - (has.documents or 0)
    light += EASED * (has.exceptional - had.exceptional)
    picked = [each.candidate for each in chosen]
    risk = sum((each.risk for each in picked if each.risk is not None), Fraction(0))
    found: dict[Figure, Fraction | None] = {
        Figure.UNPINNED: Fraction(-sum(e.id in problem.wishes.pinned for e in picked)),
        Figure.UNLAWFUL: Fraction(unlawful(pool, chosen, after)),
        Figure.TIME: _minutes(problem, after, has.norm_time) * by.minutes,
        Figure.TIME_LOST: Fraction(max(0, len(lost) - len(had.norm_time.unknown))),
        Figure.HAND_OVERS: Fraction(has.hand_offs),
        Figure.PERFORMERS: Fraction(has.performers),
        Figure.LEVELS: Fraction(has.levels),
        Figure.VISITS: Fraction(has.visits or 0),
        Figure.WEIGHT: Fraction(HAND_OVER * has.hand_offs - light),
        Figure.EXPECTED: -by.expected * sum(map(expected_of, chosen), Fraction(0)),
        Figure.RISK_UNKNOWN: Fraction(sum(each.risk is None for each in picked)),
        Figure.RISK: risk * by.risk,
    }
    if counts_cost(problem, by):
        spent = _yearly(after, problem.targets.cost_method, problem.convention)
        found[Figure.COST] = None if spent is None else spent * by.dong
        found[Figure.COST_UNKNOWN] = Fraction(sum(each.saved is None for each in chosen))
    for short, figure, most in asked(problem, by):
        amount = found.get(figure)
        if most is not None and figure in found:
            found[short] = None if amount is None else max(amount - most, Fraction(0))
    return found


def expected_of(each: Choosable) -> Fraction:
    """Return the minutes of people's work a dossier that a change saves in the mean, if known.

    As risk it is a figure of each change alone, and is added up.
    """
    expected = each.candidate.expected
    return Fraction(0) if expected is None or expected.work is None else expected.work


def unseen(each: Choosable) -> bool:
    """Return whether a change bears no risk, and no figure shows it; fewer performers may."""
    effect = each.offer.effect
    shown = evolve(effect, minutes=effect.minutes or None, cost=effect.cost or None)
    worse = effect.performers < 0 or effect.levels < 0
    silent = evolve(shown, performers=0, levels=0) == Effect()
    return each.candidate.risk == 0 and silent and not worse


def obliged(each: Choosable) -> bool:
    """Return whether the law obliges to this change of the procedure as it came."""
    return each.candidate.necessity is Necessity.OBLIGED and not each.candidate.needs


def unlawful(pool: Sequence[Choosable], chosen: Sequence[Choosable], after: Procedure) -> int:
    """Return how many of *pool* the law obliges to, which are not *chosen* and still to be done."""
    return sum(
        obliged(each)
        and each not in chosen
        and not after.flow.by_id.keys().isdisjoint(each.candidate.targets)
        for each in pool
    )


def _minutes(problem: Problem, after: Procedure, has: NormTime) -> Fraction:
    """Return the longest way through *after*; a time no longer known counts as it was before."""
    had = step_minutes(problem.before.flow, problem.convention).known if has.unknown else {}
    kept = {each: had[each] for each in has.unknown if each in had}
    if not kept and has.work is not None:
        return has.work.minutes
    return longest_path(after.flow, {**timed(after.flow, problem.convention), **kept}).weight


def counts_cost(problem: Problem, by: Units) -> bool:
    """Return whether cost is a figure of its own.

    By the processing time it is the norm time, times what an hour of all dossiers earns.
    """
    by_time = problem.targets.cost_method is CostMethod.PROCESSING_TIME
    return by.spent is not None and not by_time


def asked(problem: Problem, by: Units) -> tuple[tuple[Figure, Figure, int | None], ...]:
    """Return how far each target is missed, the figure it is about, and the most it may be."""
    return (
        (Figure.TIME_SHORT, Figure.TIME, by.most_minutes),
        (Figure.COST_SHORT, Figure.COST, by.most_dong),
        (Figure.HANDS_SHORT, Figure.HAND_OVERS, problem.targets.hand_offs),
    )
