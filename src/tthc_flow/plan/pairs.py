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
from tthc_flow.plan.fates import UNTOUCHED
from tthc_flow.plan.figures import Figure
from tthc_flow.plan.joints import lets_pass, past_emptied
from tthc_flow.plan.programme import CONSTANT, total
from tthc_flow.plan.rows import near
from tthc_flow.plan.runs import runs_of
from tthc_flow.plan.touched import level_of
from tthc_flow.plan.witnesses import Witness

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from tthc_flow.model.flow import Flow
    from tthc_flow.plan.fates import Fate
    from tthc_flow.plan.programme import Sum
    from tthc_flow.plan.rows import Ground
    from tthc_flow.plan.runs import Runs
    from tthc_flow.plan.touched import Hands


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

    Hand-overs are always wanted; those that rows count are left out, between levels as well.

    Args:
        ground: What may happen to the flow.
        chosen: The picks.
        after: The flow with them.
        wanted: The figures that are asked for.
    """
    known = _known(ground.runs, ground.fates, chosen)
    for one, other in hand_overs(after).pairs:
        pair = one.id, other.id
        if pair not in known:
            yield _pair(ground, chosen, pair, Figure.HAND_OVERS)
    if ground.levels is not None:
        known = _known(ground.levels.runs, ground.levels.fates, chosen)
        who = {step.id: performer_of(after, step) for step in after.steps}
        for one, other in next_in_time(after):
            pair = one.id, other.id
            if pair not in known and crosses_levels(who[one.id], who[other.id]):
                yield _pair(ground, chosen, pair, Figure.LEVELS)
    if Figure.PERFORMERS in wanted:
        for step in after.steps:
            performer = None if step.automatic else performer_of(after, step)
            if performer is not None:
                off = causes_off(ground, chosen, (step.id,))
                yield Witness(figure=Figure.PERFORMERS, name=identity(performer), off=off)


def _pair(ground: Ground, chosen: frozenset[int], pair: tuple[str, str], figure: Figure) -> Witness:
    """Return the hand-over at *pair* and what has to be so for it."""
    places = {ground.runs.place.get(step) for step in pair}
    apart = None not in places and len(places) == len(pair)
    return Witness(
        figure=figure,
        name=pair,
        off=causes_off(ground, chosen, pair),
        joint=apart and not any(_staying(ground, chosen, pair)),
    )


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
    for one, *past, other in (*runs.joints, *past_emptied(runs, fates)):
        led = all(not left[run] and lets_pass(runs.runs[run], fates, chosen) for run in past)
        if led and left[one] and left[other]:
            beside.append((left[one][-1], left[other][0]))
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


def causes_off(ground: Ground, chosen: frozenset[int], name: tuple[str, ...]) -> Sum:
    """Return a sum that is 0 where all that made the pair is as chosen, else at least 1.

    A step between the two may go by any pick that lets it go in the same way. Of a single step:
    all that made it what it is.
    """
    fates = ground.fates
    between = tuple(_between(ground, chosen, *name)) if len(name) > 1 else ()
    passed = _staying(ground, chosen, name)
    off = {pick: 1 for step in passed if step in fates for pick in fates[step].gone}
    for step in name:
        off.update(_as_chosen(chosen, _telling(ground, step)))
        if step not in ground.runs.hands:
            by = ground.brought.get(step, frozenset()) & chosen or ground.bending & chosen
            off.update(_as_chosen(chosen, near(ground.pool, by)))
            for pick in by & ground.elsewhere.keys():
                off.update(_as_chosen(chosen, ground.elsewhere[pick]))
    for step in (*name, *between):
        fate = fates.get(step, UNTOUCHED)
        off.update(_as_chosen(chosen, fate.freed))
        off.update((p, -1) for p in fate.bent if p in chosen)
    fixed = sum(1 for each in off.values() if each < 0)
    alike = [
        tuple(pick for pick in some if pick not in off)
        for step in between
        for taken, some in _alike(fates[step], chosen)
        if taken not in off
    ]
    gone = ((-1, dict.fromkeys(some, 1)) for some in alike)
    return total((1, off), *gone, (1, {CONSTANT: fixed + len(alike)}))


def _staying(ground: Ground, chosen: frozenset[int], name: tuple[str, ...]) -> Iterator[str]:
    """Yield the steps of the runs of a pair that stay though they lie between the two.

    Rows count a pair as soon as all that lies between in its runs is gone.
    """
    runs = ground.runs
    if len(name) == 1 or not runs.place.keys() >= set(name):
        return
    rows = dict.fromkeys(runs.runs[runs.place[step]] for step in name)
    steps = [step for row in rows for step in row]
    for step in steps[steps.index(name[0]) + 1 : steps.index(name[-1])]:
        if not _gone(ground.fates.get(step), chosen):
            yield step


def _as_chosen(chosen: frozenset[int], some: Iterable[int]) -> Iterator[tuple[int, int]]:
    return ((pick, -1 if pick in chosen else 1) for pick in some)


def _telling(ground: Ground, step: str) -> Iterator[int]:
    """Yield the picks that change what a count sees of *step*: whether it is there, and whose."""
    fate = ground.fates.get(step, UNTOUCHED)
    moving = {*fate.gone, *(pick for pick, _ in fate.moved), *fate.bent}
    new = step not in ground.runs.hands
    for pick in fate.touching:
        if new or pick in moving or step in ground.pool[pick].touched.levels:
            yield pick


def _alike(fate: Fate, chosen: frozenset[int]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield each *chosen* pick that takes a step, with all that take it in the same way.

    Either the step stays, done by machine, or it leaves the flow. Of those that rewrite it one is
    chosen at most.
    """
    for pick in fate.gone:
        if pick in chosen and fate.one_at_most and pick not in fate.bent:
            stays = pick in fate.machine
            same = (each for each in fate.gone if (each in fate.machine) is stays)
            yield pick, tuple(each for each in same if each not in fate.bent)
        elif pick in chosen:
            yield pick, (pick,)


def _between(ground: Ground, chosen: frozenset[int], one: str, other: str) -> Iterator[str]:
    """Yield the steps that had to go, or to be passed, for the two to stand side by side."""
    runs, fates = ground.runs, ground.fates

    def over(step: str, following: Mapping[str, Iterable[str]]) -> dict[str, None]:
        found: dict[str, None] = {}
        todo = [step]
        while todo:
            for beside in following.get(todo.pop(), ()):
                fate = fates.get(beside)
                if fate is None or beside in found or chosen.isdisjoint((*fate.gone, *fate.bent)):
                    continue
                found[beside] = None
                todo.append(beside)
        return found

    ahead, behind = over(one, runs.following), over(other, runs.preceding)
    if one in runs.hands and other in runs.hands:
        yield from (step for step in ahead if step in behind)
    else:
        yield from ahead if one in runs.hands else behind
