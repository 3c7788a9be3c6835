"""The steps of people as runs: steps that only follow one another, and who does each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from tthc_flow.graph.clock import scopes_outside_clock
from tthc_flow.graph.paths import next_in_time
from tthc_flow.plan.touched import hands_of

if TYPE_CHECKING:
    from tthc_flow.model.flow import Flow
    from tthc_flow.model.step import Step
    from tthc_flow.plan.touched import Hands


class Nobody(Enum):
    """Nobody of the run has had the dossier yet."""

    YET = "yet"


State: TypeAlias = "Hands | Nobody | None"
"""Who has the dossier; ``None``: nobody knows, so that no hand-over is counted."""


@frozen(kw_only=True)
class Runs:
    """The steps of people in time as runs, which run leads to which, and who does each step.

    *place* is the run that each step is in.
    """

    runs: tuple[tuple[str, ...], ...]
    place: Mapping[str, int]
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
        place={step: number for number, row in enumerate(rows) for step in row},
        joints=tuple(
            (number, heads[after])
            for number, row in enumerate(rows)
            for after in following[row[-1]]
        ),
        hands={step.id: who(flow, step) for step in people},
        following={step: tuple(after) for step, after in following.items()},
        preceding={step: tuple(before) for step, before in preceding.items()},
    )


def differ(one: State, other: State) -> bool:
    """Return whether the dossier changes hands from one to the other, as far as is known."""
    known = isinstance(one, tuple) and isinstance(other, tuple)
    return known and one != other
