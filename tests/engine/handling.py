"""Random flows with event sub-processes and repetition, and with errors and escalations thrown."""

from __future__ import annotations

import random

from attrs import evolve

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
    SubProcessKind,
    Trigger,
)
from tthc_flow.model.step import Step

from .repeating import conditional, repeated

RAISED = (Trigger.ERROR, Trigger.ESCALATION)
REPORTED = (Trigger.TIMER, Trigger.MESSAGE, Trigger.CONDITIONAL)
NAMES = (None, "E1", "E2")


def handled(size: int, handlers: int, seed: int) -> Flow:
    """Return a structured flow of about *size* steps with *handlers* event sub-processes."""
    rng = random.Random(seed)
    flow = grow_flow(rng, size)
    for _ in range(handlers):
        flow = _raising(rng, _handler(rng, flow))
    flow = repeated(rng, flow) if rng.random() < 0.5 else flow
    flow = conditional(rng, flow) if rng.random() < 0.5 else flow
    return _undoable(rng, flow) if rng.random() < 0.5 else flow


def _undoable(rng: random.Random, flow: Flow) -> Flow:
    """Let most activities be undone by a step, and throw that for all or for one of them."""
    hosts = [n for n in flow.nodes if isinstance(n, Step) and flow.incoming[n.id]]
    hosts += [n for n in flow.nodes if _is_plain(n) and rng.random() < 0.3]
    marks = (
        Event(
            id=f"Mark_{host.id}",
            position=EventPosition.BOUNDARY,
            trigger=Trigger.COMPENSATION,
            attached_to=host.id,
            handler=f"Undo_{host.id}",
            scope=host.scope,
        )
        for host in hosts
    )
    undoers = (Step(id=f"Undo_{host.id}", name="Hủy", scope=host.scope) for host in hosts)
    flow = evolve(flow, nodes=(*flow.nodes, *marks, *undoers))
    for _ in range(rng.randint(1, 3)):
        flow = _undoing(rng, flow, [host.id for host in hosts])
    return _cancelled(rng, flow)


def _is_plain(node: Node) -> bool:
    return isinstance(node, SubProcess) and node.kind is SubProcessKind.EMBEDDED


def _undoing(rng: random.Random, flow: Flow, hosts: list[str]) -> Flow:
    """Put an event that undoes onto a random arrow."""
    edge = rng.choice([each for each in flow.edges if not _waits(flow, each)])
    scope = flow.by_id[edge.source].scope
    named = [None, *(host for host in hosts if flow.by_id[host].scope == scope)]
    thrown = Event(
        id=f"Undo_all_{rng.getrandbits(32)}",
        position=EventPosition.THROW,
        trigger=Trigger.COMPENSATION,
        reference=rng.choice(named),
        scope=scope,
    )
    return _put(flow, edge, thrown)


def _cancelled(rng: random.Random, flow: Flow) -> Flow:
    """Make one sub-process a transaction, one of its ends its cancelling."""
    blocks = [n for n in flow.nodes if _is_plain(n)]
    if not blocks:
        return flow
    block = rng.choice(blocks)
    ends = [e for e in flow.nodes if _ends(e, block.id)]
    if not ends:
        return flow
    off = Event(
        id=f"Off_{block.id}",
        position=EventPosition.BOUNDARY,
        trigger=Trigger.CANCEL,
        attached_to=block.id,
        scope=block.scope,
    )
    end = Event(id=f"Off_end_{block.id}", position=EventPosition.END, scope=block.scope)
    given = {
        block.id: evolve(block, kind=SubProcessKind.TRANSACTION),
        ends[0].id: evolve(ends[0], trigger=Trigger.CANCEL, reference=None),
    }
    way = SequenceFlow(id=f"Off_way_{block.id}", source=off.id, target=end.id, scope=block.scope)
    nodes = (given.get(node.id, node) for node in flow.nodes)
    return evolve(flow, nodes=(*nodes, off, end), edges=(*flow.edges, way))


def _ends(node: Node, scope: str) -> bool:
    ends = isinstance(node, Event) and node.position is EventPosition.END
    return ends and node.scope == scope


def _handler(rng: random.Random, flow: Flow) -> Flow:
    """Draw an event sub-process into a random scope: a start, a step, an end of any kind."""
    scopes = [None, *{node.scope for node in flow.nodes} - {None}]
    scope = rng.choice(sorted(scopes, key=str))
    block, number = f"Handler_{rng.getrandbits(32)}", rng.getrandbits(32)
    start = Event(
        id=f"Rise_{number}",
        position=EventPosition.START,
        trigger=rng.choice((*RAISED, *REPORTED)),
        reference=rng.choice(NAMES),
        interrupting=rng.random() < 0.5,
        scope=block,
    )
    step = Step(id=f"Heal_{number}", name="Xử lý", scope=block)
    end = Event(
        id=f"Healed_{number}",
        position=EventPosition.END,
        trigger=rng.choice((Trigger.NONE, Trigger.NONE, Trigger.TERMINATE, *RAISED)),
        reference=rng.choice(NAMES),
        scope=block,
    )
    ways = ((start.id, step.id), (step.id, end.id))
    edges = (
        SequenceFlow(id=f"Way_{number}_{n}", source=source, target=target, scope=block)
        for n, (source, target) in enumerate(ways)
    )
    nodes = (SubProcess(id=block, kind=SubProcessKind.EVENT, scope=scope), start, step, end)
    return evolve(flow, nodes=(*flow.nodes, *nodes), edges=(*flow.edges, *edges))


def _raising(rng: random.Random, flow: Flow) -> Flow:
    """Put an escalation onto a random arrow, and now and then make an end one of an error."""
    edge = rng.choice([each for each in flow.edges if not _waits(flow, each)])
    thrown = Event(
        id=f"Cry_{rng.getrandbits(32)}",
        position=EventPosition.THROW,
        trigger=Trigger.ESCALATION,
        reference=rng.choice(NAMES),
        scope=flow.by_id[edge.source].scope,
    )
    flow = _put(flow, edge, thrown)
    ends = [n for n in flow.nodes if isinstance(n, Event) and n.position is EventPosition.END]
    failing = evolve(rng.choice(ends), trigger=Trigger.ERROR, reference=rng.choice(NAMES))
    fails = rng.random() < 0.5
    nodes = tuple(failing if fails and n.id == failing.id else n for n in flow.nodes)
    return evolve(flow, nodes=nodes)


def _put(flow: Flow, edge: SequenceFlow, event: Event) -> Flow:
    """Put *event* onto *edge*."""
    first = evolve(edge, target=event.id)
    second = SequenceFlow(
        id=f"{event.id}_on", source=event.id, target=edge.target, scope=event.scope
    )
    edges = tuple(first if each is edge else each for each in flow.edges)
    return evolve(flow, nodes=(*flow.nodes, event), edges=(*edges, second))


def _waits(flow: Flow, edge: SequenceFlow) -> bool:
    """Return whether *edge* leads from an event-based gateway to what it waits for."""
    source = flow.by_id[edge.source]
    return isinstance(source, Gateway) and source.kind is GatewayKind.EVENT_BASED
