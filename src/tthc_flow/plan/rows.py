"""The programme of one choice: what may be picked together, the norm time, the hand-overs.

Both can only be counted too low, never too high.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.graph.remembered import remembered, remembered_with
from tthc_flow.measures.norm_time import timed
from tthc_flow.model.lever import Necessity
from tthc_flow.plan.fates import fates_of
from tthc_flow.plan.figures import Figure, units, unseen
from tthc_flow.plan.hands import counted
from tthc_flow.plan.programme import Programme
from tthc_flow.plan.runs import runs_of
from tthc_flow.plan.sums import risks, sums
from tthc_flow.plan.time_rows import longest
from tthc_flow.plan.witnesses import counted_so

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from tthc_flow.model.flow import Flow
    from tthc_flow.plan.fates import Fate
    from tthc_flow.plan.figures import Units
    from tthc_flow.plan.hands import Counted
    from tthc_flow.plan.problem import Choosable, Problem
    from tthc_flow.plan.programme import Sum
    from tthc_flow.plan.runs import Runs
    from tthc_flow.plan.witnesses import Witness


@frozen(kw_only=True)
class Limits:
    """Rows for one search only: at most so much risk, so many unknown ones, đồng; whole units."""

    risk: int | None = None
    unknown: int | None = None
    cost: int | None = None


NO_LIMITS: Final = Limits()


@frozen(kw_only=True, eq=False)
class Ground:
    """What the programmes of one search have in common.

    *brought* says which picks bring in a step, *bending* which draw new ways. *elsewhere* are those
    that rewrite no element but a document, with the picks that touch a step which reads or writes
    it: where they bring something in hangs on those. *levels* is the same by level of government.
    """

    problem: Problem
    pool: Sequence[Choosable]
    runs: Runs
    fates: Mapping[str, Fate]
    brought: Mapping[str, frozenset[int]]
    bending: frozenset[int]
    elsewhere: Mapping[int, frozenset[int]]
    minutes: Mapping[str, Fraction]
    by: Units
    levels: Ground | None = None


@frozen(kw_only=True)
class Clash:
    """Candidate ids that break a law together: the *core*, with what else was changed there.

    Another change at the elements of the core may mend it.
    """

    core: frozenset[str]
    members: frozenset[str]


@remembered_with
def ground_of(problem: Problem, pool: Sequence[Choosable]) -> Ground:
    """Return what may happen to the flow when changes of *pool* are picked, by their places."""
    flow = problem.before.flow
    minutes = timed(flow, problem.convention)
    return Ground(
        problem=problem,
        pool=pool,
        runs=runs_of(flow),
        fates=fates_of(pool),
        brought=_brought(pool),
        bending=frozenset(n for n, each in enumerate(pool) if each.touched.bends),
        elsewhere=dict(_elsewhere(flow, pool)),
        minutes=minutes,
        by=units(problem, pool, minutes),
    )


def _elsewhere(flow: Flow, pool: Sequence[Choosable]) -> Iterator[tuple[int, frozenset[int]]]:
    """Yield each pick that rewrites a document, with the picks that touch what handles it."""
    for number, each in enumerate(pool):
        named = set(each.candidate.targets) - flow.by_id.keys()
        if named:
            steps = {
                step.id
                for step in flow.steps
                if not named.isdisjoint((*(step.reads or ()), *(step.writes or ())))
            }
            yield (
                number,
                frozenset(n for n, e in enumerate(pool) if not steps.isdisjoint(_elements(e))),
            )


def _brought(pool: Sequence[Choosable]) -> dict[str, frozenset[int]]:
    by: dict[str, set[int]] = defaultdict(set)
    for number, each in enumerate(pool):
        for step in each.touched.brought:
            by[step].add(number)
    return {step: frozenset(some) for step, some in by.items()}


def solved(
    ground: Ground,
    order: Sequence[Figure],
    clashes: Iterable[Clash],
    limits: Limits,
    seen: Iterable[Witness],
) -> tuple[tuple[tuple[Figure, int], ...], tuple[int, ...]] | None:
    """Return the figures of the best set and the places of its changes.

    Args:
        ground: What may happen to the flow.
        order: The figures, in the order in which they are made small.
        clashes: Sets that break a law.
        limits: Bounds besides the targets.
        seen: What the figures count besides what the rows know.
    """
    pool = ground.pool
    frame = _frame(ground)
    programme = _picking(pool)
    _together(programme, pool, clashes)
    programme.take(frame.programme)
    counts = counted_so(programme, seen, frame.beside)
    found = sums(ground.problem, pool, ground.by, programme, frame.end, counts[Figure.HAND_OVERS])
    found |= counts
    for figure, most in (
        (Figure.RISK, limits.risk),
        (Figure.RISK_UNKNOWN, limits.unknown),
        (Figure.COST, limits.cost),
    ):
        if most is not None:
            programme.at_most(found[figure], most)
    _within_budget(programme, ground)
    asked = [figure for figure in order if figure in found]
    solved = programme.solved([*(found[figure] for figure in asked), _fewest(pool, programme)])
    if solved is None:
        return None
    values, picks = solved
    return tuple(zip(asked, values[:-1], strict=True)), picks


@frozen(kw_only=True)
class _Frame:
    """The rows of the time and of the hand-overs: every programme of one search has them.

    *end* is the norm time, *beside* what rows count.
    """

    programme: Programme
    end: Sum
    beside: Mapping[Figure, Counted]


@remembered
def _frame(ground: Ground) -> _Frame:
    programme = _picking(ground.pool)
    flow, minutes = ground.problem.before.flow, ground.minutes
    end = longest(programme, flow, ground.pool, minutes, ground.by.minutes)
    beside = {Figure.HAND_OVERS: counted(programme, ground.runs, ground.fates)}
    if ground.levels is not None:
        beside[Figure.LEVELS] = counted(programme, ground.levels.runs, ground.levels.fates)
    return _Frame(programme=programme, end=end, beside=beside)


def _picking(pool: Sequence[Choosable]) -> Programme:
    """Return a programme with nothing but one column for each of *pool*."""
    programme = Programme()
    for _ in pool:
        programme.pick()
    return programme


def _within_budget(programme: Programme, ground: Ground) -> None:
    budget = ground.problem.targets.risk
    if budget is not None:
        programme.at_most(risks(ground.pool, ground.by), floor(budget * ground.by.risk))


def _fewest(pool: Sequence[Choosable], programme: Programme) -> Sum:
    """Return what picks count where all figures are equal: the fewest, then those found first.

    A change that no figure shows and that bears no risk goes in where nothing speaks against it:
    what it is for (a law that a level is gone, a receipt at any place) is no figure. At a step that
    goes anyway it is idle.
    """
    many = len(pool) + 1
    count = {number: number + (-many if unseen(each) else many) for number, each in enumerate(pool)}
    going: dict[str, set[int]] = defaultdict(set)
    for number, each in enumerate(pool):
        for step in each.touched.left_out:
            going[step].add(number)
    for number, each in enumerate(pool):
        with_all = (going.get(target, set()) for target in each.candidate.targets)
        for other in sorted(set.intersection(*with_all) - {number}):
            idle = programme.amount()
            programme.at_most({number: 1, other: 1, idle: -1}, 1)
            count[idle] = 2 * many
    return count


def _together(programme: Programme, pool: Sequence[Choosable], clashes: Iterable[Clash]) -> None:
    """Add the rows of what may be picked together."""
    place = {each.candidate.id: number for number, each in enumerate(pool)}
    obliged = [n for n, e in enumerate(pool) if e.candidate.necessity is Necessity.OBLIGED]
    free = [number for number in range(len(pool)) if number not in set(obliged)]
    for some in (obliged, free):
        _one_each(programme, pool, some)
    for number, each in enumerate(pool):
        for need in each.candidate.needs:
            programme.at_most({number: 1, place[need]: -1})
    for clash in clashes:
        if clash.members <= place.keys():
            members = {place[each] for each in clash.members}
            beside = near(pool, [place[each] for each in clash.core])
            row = {**dict.fromkeys(members, 1), **dict.fromkeys(beside - members, -1)}
            programme.at_most(row, len(members) - 1)


def near(pool: Sequence[Choosable], some: Collection[int]) -> frozenset[int]:
    """Return the places of all changes that touch an element that one of *some* touches."""
    elements = {element for number in some for element in _elements(pool[number])}
    return frozenset(
        number for number, each in enumerate(pool) if not elements.isdisjoint(_elements(each))
    )


def _elements(each: Choosable) -> frozenset[str]:
    candidate = each.candidate
    return each.touched.changed.union(candidate.targets, candidate.anchors)


def _one_each(programme: Programme, pool: Sequence[Choosable], some: Iterable[int]) -> None:
    """Let at most one of *some* rewrite an element, and none that another of them stands on."""
    rewriting: dict[str, list[int]] = defaultdict(list)
    standing: dict[str, list[int]] = defaultdict(list)
    for number in some:
        for element in dict.fromkeys(pool[number].candidate.targets):
            rewriting[element].append(number)
        for element in dict.fromkeys(pool[number].candidate.anchors):
            standing[element].append(number)
    for element, together in rewriting.items():
        programme.at_most(dict.fromkeys(together, 1), 1)
        for number in standing.get(element, ()):
            programme.at_most(dict.fromkeys((*together, number), 1), 1)
