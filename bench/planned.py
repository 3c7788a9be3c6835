"""A procedure with hundreds of steps, of which nearly every one may go, move or be merged.

Rows of steps by changing performers, every third row with an arm beside it: what goes in one place
changes who hands over to whom in the next, and two changes are often in each other's way.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from attrs import evolve

from tthc_flow.graph.rewrite import automated, taken_out
from tthc_flow.levers.merge_handling import LEVER as MERGING
from tthc_flow.model.actor import Performer, Role
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    Gateway,
    GatewayKind,
    Node,
    SequenceFlow,
)
from tthc_flow.model.lever import Apply, Candidate, Lever
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step, StepKind, StepTime, TaskType
from tthc_flow.units import Duration, TimeUnit

STEPS: Final = 300
CHANGES: Final = 450
ROW: Final = 15
WHO: Final = tuple(
    Performer(name=role.value, role=role, office="Sở Công Thương")
    for role in (Role.OFFICER, Role.DIVISION_HEAD, Role.AGENCY_HEAD, Role.CLERICAL_OFFICE)
)


def many_steps(rng: random.Random) -> Procedure:
    """Return STEPS steps in rows of ROW, every third row in parallel with the one after it."""
    start, end = (
        Event(id="start", position=EventPosition.START),
        Event(id="end", position=EventPosition.END),
    )
    nodes: list[Node] = [start, end]
    ways: list[tuple[str, str]] = []
    at = "start"
    rows = [_row(rng, number) for number in range(STEPS // ROW)]
    while rows:
        arms, rows = (rows[:2], rows[2:]) if len(rows) % 3 == 0 else (rows[:1], rows[1:])
        nodes += [step for arm in arms for step in arm]
        ways += [(a.id, b.id) for arm in arms for a, b in pairwise(arm)]
        if len(arms) == 1:
            ways.append((at, arms[0][0].id))
            at = arms[0][-1].id
            continue
        split, join = f"split_{len(rows)}", f"join_{len(rows)}"
        nodes += [Gateway(id=each, kind=GatewayKind.PARALLEL) for each in (split, join)]
        ways += [(at, split), *((split, arm[0].id) for arm in arms)]
        ways += [(arm[-1].id, join) for arm in arms]
        at = join
    ways.append((at, "end"))
    edges = tuple(SequenceFlow(id=f"f{n}", source=a, target=b) for n, (a, b) in enumerate(ways))
    return Procedure(flow=Flow(id="many", nodes=tuple(nodes), edges=edges))


def _row(rng: random.Random, number: int) -> tuple[Step, ...]:
    return tuple(
        Step(
            id=f"s{number}_{place}",
            name=f"Bước {number}.{place}",
            kinds=(StepKind.REVIEW,),
            performer=rng.choice(WHO),
            time=StepTime(duration=Duration(amount=rng.randint(1, 8), unit=TimeUnit.WORKING_HOUR)),
        )
        for place in range(ROW)
    )


def many_changes(seed: int) -> tuple[Procedure, tuple[Lever, ...]]:
    """Return a procedure of STEPS steps and levers that find CHANGES changes on it, all allowed."""
    rng = random.Random(seed)
    procedure = many_steps(rng)
    steps = [step.id for step in procedure.flow.steps]
    rows = [steps[place : place + ROW] for place in range(0, STEPS, ROW)]
    pairs = [pair for row in rows for pair in pairwise(row)]
    dropped = [(each,) for each in rng.sample(steps, CHANGES // 3)]
    machines = [(each,) for each in rng.sample(steps, CHANGES // 3)]
    merged = rng.sample(pairs, CHANGES - len(dropped) - len(machines))
    return procedure, (
        _lever("merging", merged, MERGING.apply),
        _lever("dropping", dropped, lambda p, c: taken_out(p, *c.targets)),
        _lever("by_machine", machines, _by_machine),
    )


def _by_machine(procedure: Procedure, candidate: Candidate) -> Procedure:
    flow, target = procedure.flow, candidate.targets[0]
    nodes = tuple(
        automated(node, TaskType.SERVICE) if node.id == target and isinstance(node, Step) else node
        for node in flow.nodes
    )
    return evolve(procedure, flow=evolve(flow, nodes=nodes))


def _lever(name: str, places: Sequence[tuple[str, ...]], apply: Apply) -> Lever:
    def find(procedure: Procedure) -> Iterator[Candidate]:
        there = procedure.flow.by_id
        for targets in places:
            if there.keys() >= set(targets):
                yield Candidate(lever=name, targets=targets)

    return Lever(
        id=name, title=name, source="bench", kinds=frozenset(StepKind), find=find, apply=apply
    )
