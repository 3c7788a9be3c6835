"""Choosing the best set of changes: an exact mixed-integer programme, solved by HiGHS.

One binary variable a change; at most one rewrite an element; what needs others comes with them.
The norm time is the longest path of the flow's acyclic order, with each element's own time after
its rewrites; hand-overs are counted from one who has the dossier to the next. Both can only be
counted too low, never too high: where the rewritten flow has more, rows are added until it has not.
Then no other set is better.

A set that breaks a law is cut off with every set that holds it and changes nothing else at the same
elements: a law that is broken in one place is taken to be mended at no other.

Source: longest path as linear programme (potentials on the nodes); rows added where the measured
flow differs: Benders, Numerische Mathematik 4 (1962), 238-252, in its logic-based form.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from tthc_flow.measures.norm_time import timed
from tthc_flow.plan.applying import applied, keeps_laws, lawful, smallest
from tthc_flow.plan.figures import Figure, in_order, measured, units
from tthc_flow.plan.pairs import with_levels, witnesses
from tthc_flow.plan.rows import NO_LIMITS, Clash, Limits, ground_of, near, solved

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tthc_flow.model.plan import Objective
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.plan.problem import Choosable, Problem
    from tthc_flow.plan.rows import Ground
    from tthc_flow.plan.witnesses import Witness

TRIES: Final = 200
"""Programmes solved for one choice at most; each adds rows, so that none is solved twice."""


@frozen(kw_only=True)
class Choice:
    """The changes chosen, in the order they are applied, and the flow with them.

    *figures* are those of the programme, which the measured ones equal where it is *optimal*.
    *clashes* are the sets that break a law, *seen* what no row of a programme had counted: both
    hold for every other question about the same changes.
    """

    chosen: tuple[Choosable, ...]
    after: Procedure
    figures: tuple[tuple[Figure, int], ...]
    optimal: bool
    clashes: tuple[Clash, ...] = ()
    seen: tuple[Witness, ...] = ()


def choose(
    problem: Problem,
    pool: Sequence[Choosable],
    clashes: Iterable[Clash] = (),
    limits: Limits = NO_LIMITS,
    objective: Objective | None = None,
    seen: Iterable[Witness] = (),
) -> Choice | None:
    """Return the best lawful set of *pool* for what is asked; ``None`` where *limits* allow none.

    Args:
        problem: What is asked.
        pool: What may be chosen.
        clashes: Sets known to break a law.
        limits: Bounds besides the targets.
        objective: Instead of the one that was wished for.
        seen: What was seen when something else was asked of the same pool.
    """
    if not pool:
        return nothing(problem, objective)
    known, order = list(clashes), in_order(problem.objective if objective is None else objective)
    ground = _ground(problem, pool, order)
    rows = list(witnesses(ground, frozenset(), problem.before.flow, order))
    rows += _others((each for each in seen if each.figure in {Figure.HAND_OVERS, *order}), rows)
    last: Choice | None = None
    for _ in range(TRIES):
        best = solved(ground, order, known, limits, rows)
        if best is None:
            return None
        figures, picks = best
        chosen = tuple(pool[number] for number in picks)
        after = applied(problem.before, [each.candidate for each in chosen], problem.levers)
        if after is None:
            known.append(_clash(problem, pool, picks))
            continue
        new = _others(witnesses(ground, frozenset(picks), after.flow, order), rows)
        has = measured(problem, ground.by, pool, chosen, after)
        same = all(has[figure] in {None, value} for figure, value in figures)
        last = Choice(chosen=chosen, after=after, figures=figures, optimal=same)
        if not same and new:
            rows += new
        elif not keeps_laws(problem.before, after):
            known.append(_clash(problem, pool, picks))
        else:
            break
    else:
        if last is None or not keeps_laws(problem.before, last.after):
            last = nothing(problem, objective)
        last = evolve(last, optimal=False)
    return evolve(last, clashes=tuple(known), seen=tuple(rows))


def _ground(problem: Problem, pool: Sequence[Choosable], order: Sequence[Figure]) -> Ground:
    ground = ground_of(problem, pool)
    return with_levels(ground) if Figure.LEVELS in order else ground


def _others(some: Iterable[Witness], known: Iterable[Witness]) -> list[Witness]:
    there: dict[tuple[Figure, tuple[str, ...]], list[Witness]] = defaultdict(list)
    for each in known:
        there[each.figure, each.name].append(each)
    return [each for each in some if each not in there[each.figure, each.name]]


def nothing(problem: Problem, objective: Objective | None = None) -> Choice:
    """Return the choice of no change at all, with the figures of the flow as it is."""
    order = in_order(problem.objective if objective is None else objective)
    by = units(problem, (), timed(problem.before.flow, problem.convention))
    has = measured(problem, by, (), (), problem.before)
    figures = tuple((each, int(has[each] or 0)) for each in order if each in has)
    return Choice(chosen=(), after=problem.before, figures=figures, optimal=True)


def _clash(problem: Problem, pool: Sequence[Choosable], picks: Sequence[int]) -> Clash:
    """Return a part of *picks* that breaks a law, with all others of them at the same elements.

    No part of it does without one that it needs for that.
    """

    def breaks(some: Sequence[int]) -> bool:
        ids = {pool[each].candidate.id for each in some}
        whole = [pool[each].candidate for each in some]
        complete = [each for each in whole if ids.issuperset(each.needs)]
        return lawful(problem.before, complete, problem.levers) is None

    core = smallest(picks, breaks)
    beside = near(pool, core).intersection(picks)
    return Clash(
        core=frozenset(pool[each].candidate.id for each in core),
        members=frozenset(pool[each].candidate.id for each in {*core, *beside}),
    )
