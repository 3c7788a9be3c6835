"""Flows made into instructions: sub-processes opened, repetitions written out, joins counted.

A step with timers at its border is made a scope of its own, so that there is one rule for what a
timer cuts off. What leads straight on (merges, links, plain events) becomes no instruction.

Source: BPMN 2.0.2, chapter 13.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from tthc_flow.simulation.drafting import Draft
from tthc_flow.simulation.program import (
    NOWHERE,
    Entry,
    Instruction,
    Program,
    Scope,
)
from tthc_flow.simulation.refused import not_covered, refusals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tthc_flow.simulation.scenario import Scenario


def flatten(scenario: Scenario) -> Program:
    """Return *scenario* as a program that both kernels run.

    Raises:
        NotRunnable: TF431 for elements that are not covered, all of them at once.

    Example:
        >>> from tthc_flow.model.chance import Chance
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.step import Step
        >>> from tthc_flow.simulation.scenario import Scenario, Stream
        >>> flow = Flow(id="p", nodes=(Step(id="a", name="A"),))
        >>> stream = Stream(name="p", flow=flow, times={"a": Chance.fixed(5)}, who={}, trace=(0.0,))
        >>> program = flatten(Scenario(streams=(stream,), crowds=()))
        >>> [each.kind.name for each in program.instructions]
        ['DELAY', 'END']

    Source: see the module.
    """
    refused = [each for stream in scenario.streams for each in refusals(stream)]
    if refused:
        raise not_covered(refused)
    instructions: list[Instruction] = []
    scopes: list[Scope] = []
    entries = []
    for stream in scenario.streams:
        draft = Draft(stream, len(scopes))
        start = draft.written()
        kept, spots = _straightened(draft.found, len(instructions))
        first = len(instructions)
        instructions += kept
        scopes += [_placed(each, spots) for each in draft.nesting.scopes]
        entries.append(
            Entry(
                name=stream.name,
                first=first,
                last=len(instructions),
                start=spots[start],
                root=draft.nesting.base,
                rate=stream.rate,
                trace=stream.trace,
                limit=stream.limit,
            )
        )
    return Program(
        instructions=tuple(instructions),
        scopes=tuple(scopes),
        crowds=scenario.crowds,
        entries=tuple(entries),
        clocks=scenario.clocks,
        worked=scenario.worked,
    )


def _straightened(
    found: Sequence[Instruction | int], first: int
) -> tuple[list[Instruction], dict[int, int]]:
    """Return the instructions that do something, and where each number is now (from *first*).

    A number in place of an instruction is where its token goes straight on.
    """
    spots = {NOWHERE: NOWHERE}
    kept = [each for each in found if isinstance(each, Instruction)]
    place = {id(each): first + number for number, each in enumerate(kept)}
    for number, each in enumerate(found):
        end: Instruction | int = each
        while isinstance(end, int):
            end = found[end]
        spots[number] = place[id(end)]
    moved = [evolve(each, targets=tuple(spots[t] for t in each.targets)) for each in kept]
    return moved, spots


def _placed(scope: Scope, spots: dict[int, int]) -> Scope:
    guards = tuple(evolve(each, target=spots[each.target]) for each in scope.guards)
    return evolve(scope, leaves=spots[scope.leaves], guards=guards)
