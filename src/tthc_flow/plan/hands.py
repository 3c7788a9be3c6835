"""Hand-overs as rows of a programme: who has the dossier last, step by step along each run.

Of two neighbours that both go, neither knows what the other saves; whoever had the dossier last
does. Along a run (steps that only follow one another) that is a way through a layered graph: one
layer a step, one state for each who may have it. Between runs a row compares the last with the
first. What is left out can only make the count too small: :mod:`tthc_flow.plan.pairs` finds it.

Source: shortest way through a layered graph as linear programme, whose vertices are whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, frozen

from tthc_flow.plan.fates import UNTOUCHED
from tthc_flow.plan.joints import between_runs
from tthc_flow.plan.programme import CONSTANT, total
from tthc_flow.plan.runs import Nobody, differ

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tthc_flow.plan.fates import Fate
    from tthc_flow.plan.programme import Programme, Sum
    from tthc_flow.plan.runs import Runs, State
    from tthc_flow.plan.touched import Hands


@frozen(kw_only=True)
class Counted:
    """The hand-overs of *runs*, at least, and those of them *between* two runs, by their places."""

    runs: Runs
    over: Sum
    between: Mapping[tuple[int, int], Sum]

    def between_steps(self, one: str, other: str) -> Sum:
        """Return the hand-over from the run of step *one* to the run of step *other*."""
        place = self.runs.place
        return self.between.get((place[one], place[other]), {})


def counted(programme: Programme, runs: Runs, fates: Mapping[str, Fate]) -> Counted:
    """Add the rows of *runs* to *programme*; return the hand-overs."""
    parts: list[tuple[int, Sum]] = []
    firsts: list[Mapping[State, Sum]] = []
    lasts: list[Mapping[State, Sum]] = []
    for run in runs.runs:
        first: dict[State, Sum] = {}
        held: dict[State, Sum] = {Nobody.YET: {CONSTANT: 1}}
        had: list[tuple[str, frozenset[State]]] = []
        for step in run:
            fate = fates.get(step, UNTOUCHED)
            ends = _ends(fate, runs.hands[step])
            if fate.gone or len(ends) > 1:
                over = _passed(programme, fate, ends, _leaning(fate, had), held, first)
            else:
                over = _handed(ends[0], held, first)
            parts.append((1, over))
            had.append((step, frozenset(ends)))
        firsts.append(first)
        lasts.append(dict(held))
    between = between_runs(programme, runs, fates, firsts, lasts)
    all_over = total(*parts, *((1, each) for each in between.values()))
    return Counted(runs=runs, over=all_over, between=between)


def _ends(fate: Fate, own: Hands | None) -> tuple[Hands | None, ...]:
    """Return who may have done a step that stays, who does it now first."""
    freed = (None,) if fate.freed else ()
    return tuple(dict.fromkeys((own, *(hands for _, hands in fate.moved), *freed)))


def _leaning(
    fate: Fate, had: Sequence[tuple[str, frozenset[State]]]
) -> Mapping[int, frozenset[State]]:
    """Return who may have the dossier where a pick takes the step: the one it leans on, or later.

    It follows from what may be picked together; told so, the programme comes close to whole numbers
    by itself.
    """
    if not fate.leaning:
        return {}
    place = {step: number for number, (step, _) in enumerate(had)}
    return {
        pick: frozenset(end for _, ends in had[place[step] :] for end in ends)
        for pick, step in fate.leaning.items()
        if step in place
    }


def _passed(
    programme: Programme,
    fate: Fate,
    ends: Sequence[Hands | None],
    leaning: Mapping[int, frozenset[State]],
    held: dict[State, Sum],
    first: dict[State, Sum],
) -> Sum:
    """Lead the dossier through one step; return the hand-overs there. Changes *held*, *first*."""
    free = fate
    if leaning:
        free = evolve(fate, gone=tuple(pick for pick in fate.gone if pick not in leaning))
    arcs: dict[Hands | None, list[Sum]] = {end: [] for end in ends}
    over: list[Sum] = []
    taken: dict[int, list[Sum]] = {pick: [] for pick in leaning}
    cost: list[Sum] = []
    after: dict[State, list[Sum]] = {}
    for state, there in held.items():
        out: list[Sum] = []
        for end in ends:
            arc = {programme.share(): 1}
            out.append(arc)
            arcs[end].append(arc)
            after.setdefault(end, []).append(arc)
            if state is Nobody.YET:
                first[end] = total((1, first.get(end, {})), (1, arc))
            elif differ(state, end):
                cost.append(arc)
        past = [taken[pick] for pick, states in leaning.items() if state in states]
        for some in [over, *past] if free.gone else past:
            arc = {programme.share(): 1}
            out.append(arc)
            some.append(arc)
            after.setdefault(state, []).append(arc)
        programme.equal(_sum(out), there)
    for pick, some in taken.items():
        programme.equal(_sum(some), {pick: 1})
    _bound(programme, free, ends[0], arcs, over)
    held.clear()
    held.update(_joined(after))
    return _sum(cost)


def _handed(end: Hands | None, held: dict[State, Sum], first: dict[State, Sum]) -> Sum:
    """Lead the dossier to *end*, who surely has it; return as :func:`_passed` does."""
    cost = _sum(there for state, there in held.items() if differ(state, end))
    if Nobody.YET in held:
        first[end] = total((1, first.get(end, {})), (1, held[Nobody.YET]))
    held.clear()
    held[end] = {CONSTANT: 1}
    return cost


def _joined(after: Mapping[State, Sequence[Sum]]) -> dict[State, Sum]:
    """Return who has the dossier after a step: surely, where it is only one who may."""
    if len(after) == 1:
        return {end: {CONSTANT: 1} for end in after}
    return {end: _sum(some) for end, some in after.items()}


def _sum(some: Iterable[Sum]) -> Sum:
    return total(*((1, each) for each in some))


def _bound(
    programme: Programme,
    fate: Fate,
    own: Hands | None,
    arcs: Mapping[Hands | None, Sequence[Sum]],
    over: Sequence[Sum],
) -> None:
    """Tie what happens at a step to the picks: gone, moved, freed or as it was."""
    if fate.gone:
        gone = _sum(over)
        picks = dict.fromkeys(fate.gone, 1)
        if fate.one_at_most:
            programme.equal(gone, picks)
        else:
            programme.at_most(total((1, gone), (-1, picks)))
            for pick in fate.gone:
                programme.at_most(total((1, {pick: 1}), (-1, gone)))
    changing = [*fate.moved, *((pick, None) for pick in fate.freed)]
    for end, some in arcs.items():
        there = _sum(some)
        leading = [pick for pick, hands in changing if hands == end]
        if end != own:
            programme.at_most(total((1, there), *((-1, {pick: 1}) for pick in leading)))
            continue
        for pick, hands in changing:
            if hands != own:
                programme.at_most(total((1, there), (1, {pick: 1})), 1)
