"""Two or three pools that exchange messages, from random flows."""

from __future__ import annotations

import random

from attrs import evolve

from exceptional import exceptional, replaced
from growing import grow_flow
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    Gateway,
    GatewayKind,
    Node,
    SequenceFlow,
    SubProcess,
    Trigger,
)
from tthc_flow.model.procedure import MessageFlow, Procedure
from tthc_flow.model.step import Step, TaskType

SENT = (EventPosition.THROW, EventPosition.END)


def pools(rng: random.Random, size: int, messages: int, odd: int = 0) -> tuple[Procedure, ...]:
    """Return pools of about *size* steps each, *messages* message flows between them."""
    flows = []
    for number in range(rng.choice((2, 2, 2, 3))):
        flow = grow_flow(rng, rng.randint(1, size))
        flow = exceptional(rng, flow, odd) if odd else flow
        flow = waiting_choice(rng, flow) if rng.random() < 0.3 else flow
        flows.append(renamed(plain_start(flow), f"P{number}"))
    sent = [_message(rng, flows, number) for number in range(messages)]
    drawn = tuple(message for message in sent if message is not None)
    return tuple(Procedure(flow=flow, messages=drawn) for flow in flows)


def plain_start(flow: Flow) -> Flow:
    """Let the flow begin by itself."""
    starts = [n for n in flow.nodes if isinstance(n, Event) and n.id == "Start"]
    return replaced(flow, *(evolve(start, trigger=Trigger.NONE) for start in starts))


def renamed(flow: Flow, prefix: str) -> Flow:
    """Return *flow* with *prefix* before every id."""

    def name(identifier: str | None) -> str | None:
        return None if identifier is None else f"{prefix}_{identifier}"

    nodes = []
    for node in flow.nodes:
        changes = {"id": name(node.id), "scope": name(node.scope)}
        if isinstance(node, Event):
            changes["attached_to"] = name(node.attached_to)
        if isinstance(node, Gateway | Step | SubProcess):
            changes["default"] = name(node.default)
        nodes.append(evolve(node, **changes))
    edges = tuple(
        evolve(e, id=name(e.id), source=name(e.source), target=name(e.target), scope=name(e.scope))
        for e in flow.edges
    )
    return Flow(id=prefix, nodes=tuple(nodes), edges=edges)


def waiting_choice(rng: random.Random, flow: Flow) -> Flow:
    """Put a choice by the first event that comes in the place of a step."""
    steps = [n for n in flow.nodes if isinstance(n, Step) and n.id not in flow.guarded]
    steps = [n for n in steps if len(flow.outgoing[n.id]) == 1]
    if not steps:
        return flow
    step = rng.choice(steps)
    (out,) = flow.outgoing[step.id]
    gateway = Gateway(id=step.id, kind=GatewayKind.EVENT_BASED, scope=step.scope)
    waits = [
        Event(
            id=f"{step.id}_{n}",
            position=EventPosition.CATCH,
            trigger=rng.choice((Trigger.MESSAGE, Trigger.MESSAGE, Trigger.TIMER)),
            scope=step.scope,
        )
        for n in range(2)
    ]
    merge = Gateway(id=f"{step.id}_m", kind=GatewayKind.EXCLUSIVE, scope=step.scope)
    edges = [evolve(out, source=merge.id) if e.id == out.id else e for e in flow.edges]
    for n, wait in enumerate(waits):
        for a, b in ((gateway.id, wait.id), (wait.id, merge.id)):
            edges.append(
                SequenceFlow(id=f"{step.id}_{n}_{b}", source=a, target=b, scope=step.scope)
            )
    changed = replaced(flow, gateway)
    return evolve(changed, nodes=(*changed.nodes, *waits, merge), edges=tuple(edges))


def _message(rng: random.Random, flows: list[Flow], number: int) -> MessageFlow | None:
    """Draw a message flow between two of *flows*; its target mostly becomes one that waits."""
    one, other = rng.sample(range(len(flows)), 2)
    sources = [n for n in flows[one].nodes if _speaks(n)]
    targets = [n for n in flows[other].nodes if _listens(n)]
    if not sources or not targets:
        return None
    source, target = rng.choice(sources), rng.choice(targets)
    flows[other] = replaced(flows[other], _waiting(rng, flows[other], target))
    return MessageFlow(id=f"M{number}", source=source.id, target=target.id)


def _speaks(node: Node) -> bool:
    return isinstance(node, Step) or (
        isinstance(node, Event)
        and node.position in SENT
        and node.trigger in {Trigger.NONE, Trigger.MESSAGE}
    )


def _listens(node: Node) -> bool:
    if isinstance(node, Event):
        begun = {EventPosition.START, EventPosition.CATCH, EventPosition.BOUNDARY}
        kinds = {Trigger.NONE, Trigger.MESSAGE, Trigger.TIMER}
        return node.position in begun and node.trigger in kinds
    return isinstance(node, Step)


def _waiting(rng: random.Random, flow: Flow, node: Node) -> Node:
    if isinstance(node, Step):
        if node.id in flow.guarded or rng.random() < 0.5:
            return evolve(node, task=rng.choice((TaskType.RECEIVE, TaskType.USER)))
        return (
            Event(
                id=node.id,
                position=EventPosition.CATCH,
                trigger=Trigger.MESSAGE,
                scope=node.scope,
            )
            if not flow.outgoing[node.id] or len(flow.outgoing[node.id]) == 1
            else node
        )
    if isinstance(node, Event) and node.position is EventPosition.START and node.scope:
        aside = flow.by_id[node.scope]
        plain = isinstance(aside, SubProcess) and aside.kind.value == "subProcess"
        return node if plain else evolve(node, trigger=Trigger.MESSAGE)
    return evolve(node, trigger=Trigger.MESSAGE) if isinstance(node, Event) else node
