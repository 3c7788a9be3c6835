"""Hand-overs as rows of a programme: who has the dossier last, step by step along each run.

Of two neighbours that both go, neither knows what the other saves; whoever had the dossier last
does. Along a run (steps that only follow one another) that is a way through a layered graph: one
layer a step, one state for each who may have it. Between runs a row compares the last with the
first. What is left out can only make the count too small: :mod:`tthc_flow.plan.pairs` finds it.

Source: shortest way through a layered graph as linear programme, whose vertices are whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from tthc_flow.graph.clock import scopes_outside_clock
from tthc_flow.graph.paths import next_in_time
from tthc_flow.plan.programme import CONSTANT, total
from tthc_flow.plan.touched import hands_of

if TYPE_CHECKING:
    from tthc_flow.model.flow import Flow
    from tthc_flow.model.step import Step
    from tthc_flow.plan.programme import Programme, Sum
    from tthc_flow.plan.touched import Hands


class _Nobody(Enum):
    """Nobody of the run has had the dossier yet."""

    YET = "yet"


State: TypeAlias = "Hands | _Nobody | None"
"""Who has the dossier; ``None``: nobody knows, so that no hand-over is counted."""


@frozen(kw_only=True)
class Fate:
    """What may happen to one step: the columns of the picks that take it, move it, free it.

    *touching* are all that change anything about it, *bent* those of them that draw new ways.
    """

    gone: tuple[int, ...] = ()
    moved: tuple[tuple[int, Hands | None], ...] = ()
    freed: tuple[int, ...] = ()
    touching: tuple[int, ...] = ()
    bent: tuple[int, ...] = ()
    one_at_most: bool = True


@frozen(kw_only=True)
class Runs:
    """The steps of people in time as runs, which run leads to which, and who does each step."""

    runs: tuple[tuple[str, ...], ...]
    joints: tuple[tuple[int, int], ...]
    hands: Mapping[str, Hands | None]
    following: Mapping[str, tuple[str, ...]]
    preceding: Mapping[str, tuple[str, ...]]


def runs_of(flow: Flow, who: Callable[[Flow, Step], Hands | None] = hands_of) -> Runs:
    """Return the steps of people in *flow* as runs of steps that only follow one another.

    *who* says who has the dossier at a step, or at which level of government it is. Those outside
    the applicant's time are left out: nothing is handed over there that counts.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> from tthc_flow.model.step import Step
        >>> steps = (Step(id="a", name="A"), Step(id="b", name="B"))
        >>> flow = Flow(id="p", nodes=steps, edges=(SequenceFlow(id="f", source="a", target="b"),))
        >>> runs_of(flow).runs
        (('a', 'b'),)
    """
    late = scopes_outside_clock(flow)
    people = [step for step in flow.steps if not step.automatic and step.scope not in late]
    following: dict[str, list[str]] = {step.id: [] for step in people}
    preceding: dict[str, list[str]] = {step.id: [] for step in people}
    for one, other in next_in_time(flow):
        following[one.id].append(other.id)
        preceding[other.id].append(one.id)

    def inside(step: str) -> bool:
        before = preceding[step]
        return len(before) == 1 and len(following[before[0]]) == 1

    rows: list[tuple[str, ...]] = []
    for step in people:
        if inside(step.id):
            continue
        row = [step.id]
        while len(following[row[-1]]) == 1 and inside(following[row[-1]][0]):
            row.append(following[row[-1]][0])
        rows.append(tuple(row))
    heads = {row[0]: number for number, row in enumerate(rows)}
    return Runs(
        runs=tuple(rows),
        joints=tuple(
            (number, heads[after])
            for number, row in enumerate(rows)
            for after in following[row[-1]]
        ),
        hands={step.id: who(flow, step) for step in people},
        following={step: tuple(after) for step, after in following.items()},
        preceding={step: tuple(before) for step, before in preceding.items()},
    )


def counted(programme: Programme, runs: Runs, fates: Mapping[str, Fate]) -> Sum:
    """Add the rows of *runs* to *programme*; return the number of hand-overs, at least."""
    parts: list[tuple[int, Sum]] = []
    firsts: list[Mapping[State, Sum]] = []
    lasts: list[Mapping[State, Sum]] = []
    for run in runs.runs:
        first: dict[State, Sum] = {}
        held: dict[State, Sum] = {_Nobody.YET: {CONSTANT: 1}}
        for step in run:
            fate = fates.get(step, Fate())
            parts.append((1, _passed(programme, fate, runs.hands[step], held, first)))
        firsts.append(first)
        lasts.append(dict(held))
    for one, other in runs.joints:
        parts.append((1, _joint(programme, lasts[one], firsts[other])))
    return total(*parts)


def _passed(
    programme: Programme,
    fate: Fate,
    own: Hands | None,
    held: dict[State, Sum],
    first: dict[State, Sum],
) -> Sum:
    """Lead the dossier through one step; return the hand-overs there. Changes *held*, *first*."""
    ends: dict[Hands | None, list[Sum]] = {own: [{CONSTANT: 1}]}
    for _, hands in fate.moved:
        ends.setdefault(hands, [])
    if fate.freed:
        ends.setdefault(None, [])
    arcs: dict[Hands | None, list[Sum]] = {end: [] for end in ends}
    over: list[Sum] = []
    cost: list[tuple[int, Sum]] = []
    after: dict[State, Sum] = {}
    alone = not fate.gone and len(ends) == 1
    for state, there in held.items():
        out: list[Sum] = []
        for end in ends:
            arc = there if alone else {programme.share(): 1}
            out.append(arc)
            arcs[end].append(arc)
            after[end] = total((1, after.get(end, {})), (1, arc))
            if state is _Nobody.YET:
                first[end] = total((1, first.get(end, {})), (1, arc))
            elif _differ(state, end):
                cost.append((1, arc))
        if fate.gone:
            arc = {programme.share(): 1}
            out.append(arc)
            over.append(arc)
            after[state] = total((1, after.get(state, {})), (1, arc))
        if not alone:
            programme.equal(total(*((1, each) for each in out)), there)
    _bound(programme, fate, own, arcs, over)
    held.clear()
    held.update(after)
    return total(*cost)


def _bound(
    programme: Programme,
    fate: Fate,
    own: Hands | None,
    arcs: Mapping[Hands | None, Sequence[Sum]],
    over: Sequence[Sum],
) -> None:
    """Tie what happens at a step to the picks: gone, moved, freed or as it was."""
    if fate.gone:
        gone = total(*((1, each) for each in over))
        picks = dict.fromkeys(fate.gone, 1)
        if fate.one_at_most:
            programme.equal(gone, picks)
        else:
            programme.at_most(total((1, gone), (-1, picks)))
            for pick in fate.gone:
                programme.at_most(total((1, {pick: 1}), (-1, gone)))
    changing = [*fate.moved, *((pick, None) for pick in fate.freed)]
    for end, some in arcs.items():
        there = total(*((1, each) for each in some))
        leading = [pick for pick, hands in changing if hands == end]
        if end != own:
            programme.at_most(total((1, there), *((-1, {pick: 1}) for pick in leading)))
            continue
        for pick, hands in changing:
            if hands != own:
                programme.at_most(total((1, there), (1, {pick: 1})), 1)


def _joint(programme: Programme, last: Mapping[State, Sum], first: Mapping[State, Sum]) -> Sum:
    """Return whether the dossier changes hands from the end of one run to the start of another."""
    rows = [
        total((1, there), *((1, begun) for end, begun in first.items() if _differ(state, end)))
        for state, there in last.items()
        if any(_differ(state, end) for end in first)
    ]
    if all(set(row) <= {CONSTANT} for row in rows):
        return {CONSTANT: int(any(row.get(CONSTANT, 0) > 1 for row in rows))}
    over = programme.amount()
    for row in rows:
        programme.at_most(total((1, row), (-1, {over: 1})), 1)
    return {over: 1}


def _differ(one: State, other: State) -> bool:
    known = isinstance(one, tuple) and isinstance(other, tuple)
    return known and one != other
