"""Edits that may break a flow, and flows of any shape."""

from __future__ import annotations

import random
from collections.abc import Callable

from attrs import evolve

from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    Gateway,
    GatewayKind,
    SequenceFlow,
    Trigger,
)
from tthc_flow.model.step import Step

KINDS = (GatewayKind.EXCLUSIVE, GatewayKind.PARALLEL, GatewayKind.INCLUSIVE)
Edit = Callable[[random.Random, Flow], Flow]


def mutated(rng: random.Random, flow: Flow, edits: int) -> Flow:
    """Return *flow* after *edits* random edits."""
    for _ in range(edits):
        flow = rng.choice(EDITS)(rng, flow)
    return flow


def _rewired(rng: random.Random, flow: Flow) -> Flow:
    """Lead one arrow somewhere else in its scope."""
    edge = rng.choice(flow.edges)
    scope = flow.by_id[edge.source].scope
    targets = [n.id for n in flow.nodes if n.scope == scope and _enterable(n)]
    moved = evolve(edge, target=rng.choice(targets))
    return evolve(flow, edges=tuple(moved if e.id == edge.id else e for e in flow.edges))


def _retyped(rng: random.Random, flow: Flow) -> Flow:
    """Give one gateway another kind."""
    gateways = [node for node in flow.nodes if isinstance(node, Gateway)]
    if not gateways:
        return _added(rng, flow)
    other = evolve(rng.choice(gateways), kind=rng.choice(KINDS))
    return evolve(flow, nodes=tuple(other if n.id == other.id else n for n in flow.nodes))


def _added(rng: random.Random, flow: Flow) -> Flow:
    """Add an arrow within a scope: an implicit split, merge or loop."""
    source = rng.choice([n for n in flow.nodes if _leavable(n)])
    targets = [n.id for n in flow.nodes if n.scope == source.scope and _enterable(n)]
    edge = SequenceFlow(
        id=f"New_{rng.getrandbits(32)}",
        source=source.id,
        target=rng.choice(targets),
        scope=source.scope,
    )
    return evolve(flow, edges=(*flow.edges, edge))


def _cut(rng: random.Random, flow: Flow) -> Flow:
    """Drop an arrow."""
    if len(flow.edges) < 2:
        return flow
    gone = rng.choice(flow.edges).id
    return evolve(flow, edges=tuple(edge for edge in flow.edges if edge.id != gone))


def _guarded(rng: random.Random, flow: Flow) -> Flow:
    """Hang a boundary event on a step or sub-process; its path joins the flow or ends."""
    number = rng.getrandbits(32)
    hosts = [n for n in flow.nodes if not isinstance(n, Event | Gateway)]
    host = rng.choice(hosts)
    inside = [n for n in flow.nodes if n.scope == host.scope and _enterable(n)]
    event = Event(
        id=f"Boundary_{number}",
        position=EventPosition.BOUNDARY,
        trigger=Trigger.TIMER,
        attached_to=host.id,
        interrupting=rng.random() < 0.5,
        scope=host.scope,
    )
    end = Event(id=f"Late_{number}", position=EventPosition.END, scope=host.scope)
    target = end if rng.random() < 0.5 else rng.choice(inside)
    edge = SequenceFlow(
        id=f"New_{rng.getrandbits(32)}", source=event.id, target=target.id, scope=host.scope
    )
    nodes = (*flow.nodes, event, *((end,) if target is end else ()))
    return evolve(flow, nodes=nodes, edges=(*flow.edges, edge))


def _terminated(rng: random.Random, flow: Flow) -> Flow:
    """Make one end a terminating one."""
    ends = [n for n in flow.nodes if isinstance(n, Event) and n.position == EventPosition.END]
    if not ends:
        return flow
    end = evolve(rng.choice(ends), trigger=Trigger.TERMINATE)
    return evolve(flow, nodes=tuple(end if n.id == end.id else n for n in flow.nodes))


def _enterable(node: object) -> bool:
    return not (
        isinstance(node, Event) and node.position in {EventPosition.START, EventPosition.BOUNDARY}
    )


def _leavable(node: object) -> bool:
    return not (isinstance(node, Event) and node.position == EventPosition.END)


EDITS: tuple[Edit, ...] = (
    _rewired,
    _rewired,
    _retyped,
    _retyped,
    _added,
    _cut,
    _guarded,
    _terminated,
)


def wild(rng: random.Random, size: int) -> Flow:
    """Return a flow of *size* random nodes and random arrows, with starts and ends."""
    nodes: list[Event | Gateway | Step] = [Event(id="Start", position=EventPosition.START)]
    if rng.random() < 0.15:
        nodes.append(Event(id="Start_2", position=EventPosition.START))
    for number in range(size):
        if rng.random() < 0.65:
            nodes.append(Gateway(id=f"Gateway_{number}", kind=rng.choice(KINDS)))
        else:
            nodes.append(Step(id=f"Step_{number}", name=f"Bước {number}"))
    nodes.append(Event(id="End", position=EventPosition.END))
    if rng.random() < 0.4:
        trigger = rng.choice((Trigger.NONE, Trigger.NONE, Trigger.TERMINATE))
        nodes.append(Event(id="End_2", position=EventPosition.END, trigger=trigger))
    middle = nodes[1:-1]
    pairs = [(node.id, rng.choice(nodes).id) for node in nodes]
    pairs += [(rng.choice(nodes).id, node.id) for node in nodes]
    pairs += [(rng.choice(middle).id, rng.choice(middle).id) for _ in range(rng.randint(0, 2))]
    by_id = {node.id: node for node in nodes}
    edges = tuple(
        SequenceFlow(id=f"Flow_{n}", source=a, target=b)
        for n, (a, b) in enumerate(pairs)
        if _leavable(by_id[a]) and _enterable(by_id[b])
    )
    flow = Flow(id="Wild", nodes=tuple(nodes), edges=edges)
    return _pruned(flow) if rng.random() < 0.8 else flow


def _pruned(flow: Flow) -> Flow:
    """Keep what lies between a start and an end: the rest breaks soundness too cheaply."""
    starts = [n.id for n in flow.nodes if n.id.startswith("Start")]
    ends = [n.id for n in flow.nodes if n.id.startswith("End")]
    kept = _near(flow, starts, forward=True) & _near(flow, ends, forward=False)
    kept |= {"Start", "End"}
    return evolve(
        flow,
        nodes=tuple(node for node in flow.nodes if node.id in kept),
        edges=tuple(e for e in flow.edges if e.source in kept and e.target in kept),
    )


def _near(flow: Flow, roots: list[str], *, forward: bool) -> set[str]:
    found, todo = set(roots), list(roots)
    while todo:
        here = todo.pop()
        edges = flow.outgoing[here] if forward else flow.incoming[here]
        for there in [edge.target if forward else edge.source for edge in edges]:
            if there not in found:
                found.add(there)
                todo.append(there)
    return found
