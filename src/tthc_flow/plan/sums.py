"""The figures of a plan as sums of a programme: none can be counted too high for any set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.plan.figures import (
    EASED,
    HAND_OVER,
    Figure,
    asked,
    counts_cost,
    expected_of,
    obliged,
)
from tthc_flow.plan.programme import CONSTANT, total

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tthc_flow.model.lever import Effect
    from tthc_flow.plan.figures import Units
    from tthc_flow.plan.problem import Choosable, Problem
    from tthc_flow.plan.programme import Programme, Sum


def sums(
    problem: Problem,
    pool: Sequence[Choosable],
    by: Units,
    programme: Programme,
    end: Sum,
    hand_overs: Sum,
) -> dict[Figure, Sum]:
    """Return each figure as a sum; the picks are the first columns, in the order of *pool*.

    Args:
        problem: What is asked.
        pool: What may be chosen.
        by: The units.
        programme: It gets the rows that the sums need.
        end: The norm time.
        hand_overs: The hand-overs.
    """
    found = {
        Figure.UNPINNED: {
            number: -1
            for number, each in enumerate(pool)
            if each.candidate.id in problem.wishes.pinned
        },
        Figure.UNLAWFUL: _unlawful(pool, programme),
        Figure.TIME: end,
        Figure.TIME_LOST: _lost(pool, programme),
        Figure.HAND_OVERS: hand_overs,
        Figure.VISITS: {number: -each.offer.effect.visits for number, each in enumerate(pool)}
        | {CONSTANT: by.size.visits or 0},
        Figure.WEIGHT: _weight(pool, programme, hand_overs),
        Figure.EXPECTED: {
            number: -int(expected_of(each) * by.expected) for number, each in enumerate(pool)
        },
        Figure.RISK_UNKNOWN: {
            number: 1 for number, each in enumerate(pool) if each.candidate.risk is None
        },
        Figure.RISK: risks(pool, by),
        **_costs(problem, pool, by, programme),
    }
    for short, figure, most in asked(problem, by):
        if most is not None and figure in found:
            over = {programme.amount(): 1}
            programme.at_most(total((1, found[figure]), (-1, over)), most)
            found[short] = over
    return found


def risks(pool: Sequence[Choosable], by: Units) -> Sum:
    """Return the risk points of what is picked; an unknown one counts nothing here."""
    return {
        number: int(each.candidate.risk * by.risk)
        for number, each in enumerate(pool)
        if each.candidate.risk
    }


def _unlawful(pool: Sequence[Choosable], programme: Programme) -> Sum:
    """Return how much of what the law obliges to take away is left: neither rewritten nor gone."""
    left: dict[int, int] = {}
    for number, each in enumerate(pool):
        if obliged(each):
            over = programme.amount()
            targets = set(each.candidate.targets)
            going = [n for n, other in enumerate(pool) if targets <= other.touched.left_out]
            programme.at_most({**dict.fromkeys((*going, number, over), -1), CONSTANT: 1})
            left[over] = 1
    return left


def _lost(pool: Sequence[Choosable], programme: Programme) -> Sum:
    """Return how many steps more than before have no known time."""
    more = {number: each.touched.unknown for number, each in enumerate(pool)}
    if not any(few > 0 for few in more.values()):
        return {}
    lost = {programme.amount(): 1}
    programme.at_most(total((1, more), (-1, lost)))
    return lost


def _weight(pool: Sequence[Choosable], programme: Programme, hand_overs: Sum) -> Sum:
    """Return steps, documents, visits and hand-overs; a paper brought in is only counted once."""
    gained = {number: _light(each.offer.effect) for number, each in enumerate(pool)}
    papers = {number: each.offer.effect.documents for number, each in enumerate(pool)}
    dropped = {number: max(few, 0) for number, few in papers.items()}
    brought = _once(programme, {number: -few for number, few in papers.items() if few < 0})
    return total((-1, gained), (-1, dropped), (1, brought), (HAND_OVER, hand_overs))


def _light(effect: Effect) -> int:
    return effect.steps + effect.visits + EASED * effect.eased


def _once(programme: Programme, raised: Mapping[int, int]) -> Sum:
    """Return what picks bring in together: the most that one of them does."""
    if not raised:
        return {}
    most = programme.amount()
    for pick, amount in raised.items():
        programme.at_most({pick: amount, most: -1})
    return {most: 1}


def _costs(
    problem: Problem, pool: Sequence[Choosable], by: Units, programme: Programme
) -> dict[Figure, Sum]:
    """Return the cost, where it is a figure, and how many picks would make it unknown."""
    if by.spent is None or not counts_cost(problem, by):
        return {}
    saved = {n: int(each.saved * by.dong) for n, each in enumerate(pool) if each.saved is not None}
    raised = _once(programme, {number: -few for number, few in saved.items() if few < 0})
    lower = {number: max(few, 0) for number, few in saved.items()}
    constant = {CONSTANT: int(by.spent * by.dong)}
    return {
        Figure.COST_UNKNOWN: {n: 1 for n, each in enumerate(pool) if each.saved is None},
        Figure.COST: total((1, constant), (-1, lower), (1, raised)),
    }
