"""Soundness against parsing, and hard ends for what could explode."""

from __future__ import annotations

from itertools import pairwise

from attrs import evolve

from sized import anew, sized
from slopes import count_to, interleaved_ratio
from tthc_flow.bpmn.build import build
from tthc_flow.bpmn.read import read
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    Gateway,
    GatewayKind,
    Node,
    SequenceFlow,
)
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import MessageFlow, Procedure
from tthc_flow.model.step import Step, TaskType
from tthc_flow.proof.collaboration import sound_together
from tthc_flow.proof.soundness import soundness

NODES = 1_800
PARSING = 1.0
"""1,800 nodes are parsed in about 100 ms where the limits were set."""
FIVE_MILLISECONDS = 180_000
"""How far plain Python counts in about 5 ms on that machine."""
A_SECOND = 36_000_000
SECONDS = 2


def test_soundness_of_1800_nodes_takes_no_longer_than_parsing_them() -> None:
    procedure = sized(NODES)
    data = build(procedure).data
    assert soundness(procedure.flow).verdict is Verdict.PASS
    ratio = interleaved_ratio(lambda: soundness(anew(procedure).flow), lambda: read(data))
    print(f"\nsoundness of {len(procedure.flow.nodes)} nodes: {ratio:.2f} of parsing them")
    assert ratio <= PARSING


def branches(many: int) -> Flow:
    """Return *many* parallel branches of two steps each."""
    nodes: list[Node] = [
        Event(id="s", position=EventPosition.START),
        Gateway(id="split", kind=GatewayKind.PARALLEL),
        Gateway(id="join", kind=GatewayKind.PARALLEL),
        Event(id="e", position=EventPosition.END),
    ]
    pairs = [("s", "split"), ("join", "e")]
    for number in range(many):
        nodes += [Step(id=f"a{number}", name="A"), Step(id=f"b{number}", name="B")]
        pairs += [("split", f"a{number}"), (f"a{number}", f"b{number}"), (f"b{number}", "join")]
    edges = tuple(
        SequenceFlow(id=f"f{number}", source=one, target=other)
        for number, (one, other) in enumerate(pairs)
    )
    return Flow(id="branches", nodes=tuple(nodes), edges=edges)


def test_seventeen_parallel_branches_are_decided_in_no_time() -> None:
    flow = branches(17)
    assert soundness(flow).verdict is Verdict.PASS
    ratio = interleaved_ratio(lambda: soundness(evolve(flow)), lambda: count_to(FIVE_MILLISECONDS))
    print(f"\nsoundness of 17 parallel branches: {ratio:.2f} of about 5 ms")
    assert ratio <= 1


def asking(pools: int) -> tuple[Procedure, ...]:
    """Return one pool that asks *pools* others, all at once, and waits for their answers."""
    messages: list[MessageFlow] = []
    asked = branches(pools)
    nodes = [
        evolve(n, task=TaskType.RECEIVE) if isinstance(n, Step) and n.id[0] == "b" else n
        for n in asked.nodes
    ]
    others = []
    for number in range(pools):
        steps: tuple[Node, ...] = (
            Event(id=f"s_{number}", position=EventPosition.START),
            Step(id=f"r_{number}", name="Nhận", task=TaskType.RECEIVE),
            Step(id=f"w_{number}", name="Trả lời"),
            Event(id=f"e_{number}", position=EventPosition.END),
        )
        edges = tuple(
            SequenceFlow(id=f"{one.id}-{other.id}", source=one.id, target=other.id)
            for one, other in pairwise(steps)
        )
        others.append(Flow(id=f"pool_{number}", nodes=steps, edges=edges))
        messages += [
            MessageFlow(id=f"ask_{number}", source=f"a{number}", target=f"r_{number}"),
            MessageFlow(id=f"answer_{number}", source=f"w_{number}", target=f"b{number}"),
        ]
    flows = (evolve(asked, nodes=tuple(nodes)), *others)
    return tuple(Procedure(flow=flow, messages=tuple(messages)) for flow in flows)


def test_many_pools_that_talk_at_once_end_at_the_cap() -> None:
    assert sound_together(asking(3)).verdict is Verdict.PASS
    many = asking(14)
    assert sound_together(many).verdict is Verdict.UNKNOWN
    ratio = interleaved_ratio(lambda: sound_together(many), lambda: count_to(A_SECOND), rounds=3)
    print(f"\nsoundness of 15 pools that talk at once: {ratio:.2f} of about 1 s, then unknown")
    assert ratio <= SECONDS
