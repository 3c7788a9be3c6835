"""Where all steps of an arm go, or go to a machine, whoever comes next is counted all the same."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import combinations

import pytest
from attrs import evolve

from by_hand import drawn
from plan.every_set import worth
from plan.moves import day, done_by_machine, dropping, given_to_z, move
from tthc_flow.levers.merge_handling import LEVER as MERGING
from tthc_flow.model.actor import Level
from tthc_flow.model.flow import Flow
from tthc_flow.model.lever import Candidate, Lever
from tthc_flow.model.plan import Objective, Targets, Wishes
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step
from tthc_flow.plan.applying import rewritten
from tthc_flow.plan.choose import choose
from tthc_flow.plan.offers import offers
from tthc_flow.plan.problem import Problem, choosable, conflict
from tthc_flow.units import DEFAULT_CONVENTION

OBJECTIVES = (
    Objective.TIME,
    Objective.HAND_OFFS,
    Objective.LEVELS,
    Objective.PERFORMERS,
    Objective.STRUCTURE,
)
MOST = 9
"""Changes a case has at most: every set of them is looked at."""


def picture(rng: random.Random) -> str:
    """A row of steps and blocks of two arms; an arm is a step, two steps, or a block again."""
    ways: list[tuple[str, str]] = []
    number = 0

    def fresh(kind: str) -> str:
        nonlocal number
        number += 1
        return f"{kind}{number}"

    def arm(at: str, depth: int) -> str:
        if depth and rng.random() < 0.4:
            return block(at, depth - 1)
        for _ in range(rng.randint(1, 2)):
            at = way(at, fresh("t"))
        return at

    def way(one: str, other: str) -> str:
        ways.append((one, other))
        return other

    def block(at: str, depth: int) -> str:
        kind = rng.choice(("xor", "and"))
        split, join = way(at, fresh(kind)), fresh(kind)
        way(arm(split, depth), join)
        way(split if kind == "xor" and rng.random() < 0.3 else arm(split, depth), join)
        return join

    at = way("s", fresh("t"))
    for _ in range(rng.randint(1, 3)):
        at = block(at, 1) if rng.random() < 0.7 else arm(at, 0)
    way(way(at, fresh("t")), "e")
    return "; ".join(f"{one} > {other}" for one, other in ways)


def flow_of(rng: random.Random) -> Flow:
    flow = drawn(picture(rng))
    levels = (Level.PROVINCE, Level.COMMUNE)
    there = {}
    for step in flow.steps:
        made = day(step.id, days=rng.randint(0, 2), by=rng.choice("xyz"))
        assert made.performer is not None
        who = evolve(made.performer, levels=frozenset({rng.choice(levels)}))
        there[step.id] = evolve(made, performer=who)
    return evolve(flow, nodes=tuple(there.get(node.id, node) for node in flow.nodes))


def moves(rng: random.Random, flow: Flow) -> tuple[Lever, ...]:
    """Ways to drop a step, to leave it to a machine, to give it away, to make two steps one."""
    steps = [step.id for step in flow.steps]
    rows = [
        (edge.source, edge.target)
        for edge in flow.edges
        if isinstance(flow.by_id[edge.source], Step) and isinstance(flow.by_id[edge.target], Step)
    ]
    found = [
        *(("merging", row) for row in rows),
        *((name, (step,)) for name in ("dropping", "by_machine", "to_z") for step in steps),
    ]
    some = rng.sample(found, min(len(found), MOST))
    applies = {
        "merging": MERGING.apply,
        "dropping": dropping().apply,
        "by_machine": done_by_machine,
        "to_z": given_to_z,
    }
    return tuple(
        move(name, apply, *(targets for each, targets in some if each == name))
        for name, apply in applies.items()
    )


def possible(some: tuple[Candidate, ...]) -> bool:
    return not any(conflict(one, other) for one, other in combinations(some, 2))


def every(pool: tuple[Candidate, ...]) -> Iterator[tuple[Candidate, ...]]:
    for many in range(len(pool) + 1):
        yield from filter(possible, combinations(pool, many))


@pytest.mark.parametrize("part", range(8))
def test_no_set_is_better_where_arms_become_empty(part: int) -> None:
    for seed in range(part * 100, part * 100 + 15):
        rng = random.Random(seed)
        flow = flow_of(rng)
        levers = {lever.id: lever for lever in moves(rng, flow)}
        problem = Problem(
            before=Procedure(flow=flow),
            levers=levers,
            convention=DEFAULT_CONVENTION,
            targets=Targets(hand_offs=rng.choice((None, None, 3))),
            wishes=Wishes(objective=rng.choice(OBJECTIVES)),
        )
        before, asked = problem.before, (problem.targets, problem.wishes)
        found = offers(before, tuple(levers.values()), DEFAULT_CONVENTION)
        pool = tuple(each.candidate for each in found)
        values = []
        for some in every(pool):
            after = rewritten(before, some, levers)
            assert after is not None
            value = worth(before, pool, after, some, *asked)
            assert value is not None
            values.append(value)
        best = choose(problem, choosable(problem, found, {}))
        assert best is not None
        chosen = [each.candidate for each in best.chosen]
        assert best.optimal, seed
        assert worth(before, pool, best.after, chosen, *asked) == min(values), seed
