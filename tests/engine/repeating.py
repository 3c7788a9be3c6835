"""Random flows with repeated steps and sub-processes and conditional events, and facts for them."""

from __future__ import annotations

import random
from collections.abc import Mapping

from attrs import evolve

from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    Gateway,
    GatewayKind,
    Node,
    SequenceFlow,
    SubProcess,
    SubProcessKind,
    Trigger,
)
from tthc_flow.model.step import Loop, Step

TIMES = (None, None, "0", "1", "2", "3", "n", "none such", "1001")
UNTIL = (None, None, None, "done = true", "numberOfCompletedInstances = 2", "who = 2")
FACTS: Mapping[str, tuple[object, ...]] = {
    "n": (0, 1, 2, 3, 1001, -1, "two", True),
    "people": ((), ("A",), ("A", "B", "C"), (1, 2, 3), "A", 7),
    "done": (True, False, "yes"),
}


def random_loop(rng: random.Random) -> Loop:
    """Return a way to repeat: any kind, said by numbers, by facts, by lists or not at all."""
    several = rng.random() < 0.7
    listed = several and rng.random() < 0.3
    return Loop(
        multi_instance=several,
        sequential=several and rng.random() < 0.5,
        times=None if listed else rng.choice(TIMES),
        each="people" if listed else None,
        member=rng.choice((None, "who")) if listed else None,
        until=rng.choice(UNTIL),
        printed="${x}" if rng.random() < 0.1 else None,
        foreign="${y}" if rng.random() < 0.25 else None,
        test_before=not several and rng.random() < 0.5,
    )


def repeated(rng: random.Random, flow: Flow, share: float = 0.4) -> Flow:
    """Let some activities repeat, each in its own way."""
    first = {edge.target for edge in flow.edges if _is_choice(flow.by_id[edge.source])}
    return evolve(
        flow,
        nodes=tuple(
            evolve(node, loop=random_loop(rng))
            if _may_repeat(node) and node.id not in first and rng.random() < share
            else node
            for node in flow.nodes
        ),
    )


def _is_choice(node: Node) -> bool:
    return isinstance(node, Gateway) and node.kind is GatewayKind.EVENT_BASED


def _may_repeat(node: Node) -> bool:
    aside = isinstance(node, SubProcess) and node.kind is SubProcessKind.EVENT
    return isinstance(node, Step | SubProcess) and not aside


def conditional(rng: random.Random, flow: Flow) -> Flow:
    """Let conditional events have conditions, and hang some more on activities."""
    for _ in range(rng.randint(0, 2)):
        flow = _guarded(rng, flow)
    nodes = []
    for node in flow.nodes:
        waits = isinstance(node, Event) and node.position is EventPosition.CATCH
        if waits and node.trigger is Trigger.MESSAGE and rng.random() < 0.5:
            node = evolve(node, trigger=Trigger.CONDITIONAL)  # noqa: PLW2901  # that very node
        told = isinstance(node, Event) and node.trigger is Trigger.CONDITIONAL
        nodes.append(
            evolve(node, condition=f"c{len(nodes)} = true") if told and rng.random() < 0.7 else node
        )
    return evolve(flow, nodes=tuple(nodes))


def _guarded(rng: random.Random, flow: Flow) -> Flow:
    """Hang a conditional event on an activity; its way ends at once."""
    hosts = [node for node in flow.nodes if isinstance(node, Step | SubProcess)]
    host = rng.choice([each for each in hosts if flow.incoming[each.id]])
    number = rng.getrandbits(32)
    event = Event(
        id=f"Noticed_{number}",
        position=EventPosition.BOUNDARY,
        trigger=Trigger.CONDITIONAL,
        attached_to=host.id,
        interrupting=rng.random() < 0.5,
        scope=host.scope,
    )
    end = Event(id=f"Known_{number}", position=EventPosition.END, scope=host.scope)
    way = SequenceFlow(id=f"Way_{number}", source=event.id, target=end.id, scope=host.scope)
    return evolve(flow, nodes=(*flow.nodes, event, end), edges=(*flow.edges, way))


def random_facts(rng: random.Random, flow: Flow) -> dict[str, object]:
    """Return facts that come to be known: of how often and until when, and of one condition."""
    told = {name: rng.choice(values) for name, values in FACTS.items() if rng.random() < 0.3}
    conditions = [n.condition for n in flow.nodes if isinstance(n, Event) and n.condition]
    if conditions and rng.random() < 0.6:
        told[rng.choice(conditions).removesuffix(" = true")] = rng.random() < 0.7
    return told
