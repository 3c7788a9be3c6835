"""Hand-overs that the rows of a programme left out, found by looking at the rewritten flow.

The rows know runs and what directly follows them. Where a whole arm goes, where something is put
in or rearranged, other steps come to stand side by side. Such a pair is there again whenever the
same steps go and the same things are put in; so a row is added that counts it then.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from attrs import evolve

from tthc_flow.graph.hand_overs import hand_overs
from tthc_flow.graph.paths import next_in_time
from tthc_flow.graph.performers import identity, performer_of
from tthc_flow.measures.size import crosses_levels
from tthc_flow.plan.figures import Figure
from tthc_flow.plan.hands import Fate, runs_of
from tthc_flow.plan.programme import CONSTANT, total
from tthc_flow.plan.rows import Missed
from tthc_flow.plan.touched import level_of
from tthc_flow.plan.witnesses import Witness

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from tthc_flow.model.flow import Flow
    from tthc_flow.plan.hands import Runs
    from tthc_flow.plan.programme import Sum
    from tthc_flow.plan.rows import Ground
    from tthc_flow.plan.touched import Hands


def missed(ground: Ground, chosen: frozenset[int], after: Flow) -> tuple[Missed, ...]:
    """Return the hand-overs of *after*, made by the *chosen* picks, that no row counts."""
    known = _known(ground.runs, ground.fates, chosen)
    return tuple(
        Missed(pair=pair, off=causes_off(ground, chosen, pair))
        for one, other in hand_overs(after).pairs
        if (pair := (one.id, other.id)) not in known
    )


def with_levels(ground: Ground) -> Ground:
    """Return *ground* with the same by level of government instead of who has the dossier."""
    pool = ground.pool
    fates = {
        step: evolve(
            fate,
            moved=tuple(
                (pick, pool[pick].touched.levels[step])
                for pick in fate.touching
                if step in pool[pick].touched.levels
            ),
        )
        for step, fate in ground.fates.items()
    }
    runs = runs_of(ground.problem.before.flow, level_of)
    return evolve(ground, levels=evolve(ground, runs=runs, fates=fates))


def witnesses(
    ground: Ground, chosen: frozenset[int], after: Flow, wanted: Collection[Figure]
) -> Iterator[Witness]:
    """Yield what the *wanted* figures count on *after*, which the *chosen* picks made.

    Hand-overs between levels that rows count are left out.

    Args:
        ground: What may happen to the flow.
        chosen: The picks.
        after: The flow with them.
        wanted: The figures that are asked for.
    """
    if ground.levels is not None:
        known = _known(ground.levels.runs, ground.levels.fates, chosen)
        who = {step.id: performer_of(after, step) for step in after.steps}
        for one, other in next_in_time(after):
            pair = one.id, other.id
            if pair not in known and crosses_levels(who[one.id], who[other.id]):
                off = causes_off(ground, chosen, pair)
                yield Witness(figure=Figure.LEVELS, name=pair, off=off)
    if Figure.PERFORMERS in wanted:
        for step in after.steps:
            performer = None if step.automatic else performer_of(after, step)
            if performer is not None:
                off = causes_off(ground, chosen, (step.id,))
                yield Witness(figure=Figure.PERFORMERS, name=identity(performer), off=off)


def _known(runs: Runs, fates: Mapping[str, Fate], chosen: frozenset[int]) -> set[tuple[str, str]]:
    """Return the pairs of steps that the rows do count for what was *chosen*."""
    left = [
        [
            (step, _held(runs, fates.get(step), step, chosen))
            for step in run
            if not _gone(fates.get(step), chosen)
        ]
        for run in runs.runs
    ]
    beside = [pair for run in left for pair in pairwise(run)]
    beside += [
        (left[one][-1], left[other][0]) for one, other in runs.joints if left[one] and left[other]
    ]
    return {(a, b) for (a, one), (b, other) in beside if None not in {one, other} and one != other}


def _gone(fate: Fate | None, chosen: frozenset[int]) -> bool:
    return fate is not None and any(pick in chosen for pick in fate.gone)


def _held(runs: Runs, fate: Fate | None, step: str, chosen: frozenset[int]) -> Hands | None:
    """Return who does *step* once the *chosen* picks are made, as far as the rows can tell."""
    if fate is None:
        return runs.hands[step]
    if any(pick in chosen for pick in fate.freed):
        return None
    moved = [hands for pick, hands in fate.moved if pick in chosen]
    return moved[-1] if moved else runs.hands[step]


def causes_off(ground: Ground, chosen: frozenset[int], pair: tuple[str, ...]) -> Sum:
    """Return a sum that is 0 where all that made the *pair* is as chosen, else at least 1.

    Of a single step: all that made it what it is.
    """
    fates, none = ground.fates, Fate()
    between = tuple(_between(ground, chosen, *pair)) if len(pair) > 1 else ()
    off: dict[int, int] = {}
    for step in pair:
        off.update((p, -1 if p in chosen else 1) for p in fates.get(step, none).touching)
        if step not in ground.runs.hands:
            by = ground.brought.get(step, frozenset()) & chosen or ground.bending & chosen
            off.update((pick, -1) for pick in by)
            for pick in by & ground.elsewhere.keys():
                hangs_on = ground.elsewhere[pick]
                off.update((p, -1 if p in chosen else 1) for p in hangs_on)
    for step in (*pair, *between):
        fate = fates.get(step, none)
        off.update((p, -1 if p in chosen else 1) for p in fate.freed)
        off.update((p, -1) for p in fate.bent if p in chosen)
    for step in between:
        off.update((pick, -1) for pick in fates[step].gone if pick in chosen)
    return total((1, off), (1, {CONSTANT: sum(1 for each in off.values() if each < 0)}))


def _between(ground: Ground, chosen: frozenset[int], one: str, other: str) -> Iterator[str]:
    """Yield the steps that had to go, or to be passed, for the two to stand side by side."""
    runs, fates = ground.runs, ground.fates

    def over(step: str, following: Mapping[str, Iterable[str]]) -> dict[str, None]:
        found: dict[str, None] = {}
        todo = [step]
        while todo:
            for near in following.get(todo.pop(), ()):
                fate = fates.get(near)
                if fate is None or near in found or chosen.isdisjoint((*fate.gone, *fate.bent)):
                    continue
                found[near] = None
                todo.append(near)
        return found

    ahead, behind = over(one, runs.following), over(other, runs.preceding)
    if one in runs.hands and other in runs.hands:
        yield from (step for step in ahead if step in behind)
    else:
        yield from ahead if one in runs.hands else behind
