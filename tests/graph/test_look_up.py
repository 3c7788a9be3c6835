"""Where a look-up is in time: against asking every step one after the other."""

from __future__ import annotations

import random
from collections.abc import Collection

from attrs import evolve
from hypothesis import given, settings

from strategies import SEEDS, flows
from tthc_flow.graph.dominators import dominators
from tthc_flow.graph.look_up import before_readers
from tthc_flow.model.flow import Flow, SequenceFlow
from tthc_flow.model.step import Step, StepKind

MANY = settings(max_examples=300, deadline=None)


def asked_one_by_one(flow: Flow, readers: Collection[str]) -> tuple[Step, SequenceFlow] | None:
    passed = dominators(flow)
    for step in flow.steps:
        first = StepKind.RECEIVE in step.kinds or step.id in readers
        if not first or step.scope is not None:
            continue
        if not all(passed.holds(step.id, reader) for reader in readers):
            continue
        edges = flow.outgoing[step.id]
        if step.id in readers:
            edges = tuple(e for e in flow.incoming[step.id] if not passed.holds(step.id, e.source))
        if len(edges) == 1:
            return step, edges[0]
    return None


def some_receive(rng: random.Random, flow: Flow) -> Flow:
    nodes = tuple(
        evolve(node, kinds=(StepKind.RECEIVE,))
        if isinstance(node, Step) and rng.random() < 0.3
        else node
        for node in flow.nodes
    )
    mixed = rng.sample(nodes, len(nodes))
    return evolve(flow, nodes=tuple(mixed))


@MANY
@given(flows(), SEEDS)
def test_the_place_is_that_of_asking_every_step(flow: Flow, seed: int) -> None:
    rng = random.Random(seed)
    flow = some_receive(rng, flow)
    steps = [step.id for step in flow.steps]
    for many in range(3):
        readers = frozenset(rng.sample(steps, min(many, len(steps))))
        assert before_readers(flow, readers) == asked_one_by_one(flow, readers)


@MANY
@given(flows(), SEEDS)
def test_the_nearest_that_all_pass_is_passed_by_all_and_by_nothing_nearer(
    flow: Flow, seed: int
) -> None:
    passed = dominators(flow)
    nodes = [node.id for node in flow.nodes]
    elements = random.Random(seed).sample(nodes, min(3, len(nodes)))
    all_pass = [v for v in passed.ranges if all(passed.holds(v, each) for each in elements)]
    found = passed.common(elements)
    if found is None:
        assert not all_pass
    else:
        assert found in all_pass
        assert all(passed.holds(each, found) for each in all_pass)
