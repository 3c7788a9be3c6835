"""Edits that add what interrupts and escapes: throws, catches, event sub-processes, conditions."""

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
    Node,
    SequenceFlow,
    SubProcess,
    SubProcessKind,
    Trigger,
)
from tthc_flow.model.step import Step

Edit = Callable[[random.Random, Flow], Flow]
NAMES = (None, "A", "B")


def exceptional(rng: random.Random, flow: Flow, edits: int) -> Flow:
    """Return *flow* after *edits* random edits that add exceptional elements."""
    for _ in range(edits):
        flow = rng.choice(EDITS)(rng, flow)
    return flow


def grown(flow: Flow, *nodes: Node, pairs: tuple[tuple[str, str], ...] = ()) -> Flow:
    """Return *flow* with more nodes, and an arrow a pair."""
    scopes = {node.id: node.scope for node in (*flow.nodes, *nodes)}
    edges = tuple(
        SequenceFlow(id=f"{a}__{b}", source=a, target=b, scope=scopes[a]) for a, b in pairs
    )
    return evolve(flow, nodes=(*flow.nodes, *nodes), edges=(*flow.edges, *edges))


def replaced(flow: Flow, *nodes: Node) -> Flow:
    """Return *flow* with *nodes* in the place of those of their ids."""
    new = {node.id: node for node in nodes}
    return evolve(flow, nodes=tuple(new.get(node.id, node) for node in flow.nodes))


def _fresh(rng: random.Random, stem: str) -> str:
    return f"{stem}_{rng.getrandbits(32)}"


def _end(rng: random.Random, scope: str | None, triggers: tuple[Trigger, ...]) -> Event:
    return Event(
        id=_fresh(rng, "End"),
        position=EventPosition.END,
        trigger=rng.choice(triggers),
        reference=rng.choice(NAMES),
        scope=scope,
    )


def _aside(rng: random.Random, flow: Flow) -> Flow:
    """Add an event sub-process to some scope."""
    kinds = (SubProcessKind.EMBEDDED, SubProcessKind.TRANSACTION)
    scopes = [n.id for n in flow.nodes if isinstance(n, SubProcess) and n.kind in kinds]
    aside = SubProcess(
        id=_fresh(rng, "Aside"), kind=SubProcessKind.EVENT, scope=rng.choice((None, *scopes))
    )
    trigger = rng.choice((Trigger.TIMER, Trigger.MESSAGE, Trigger.ERROR, Trigger.ESCALATION))
    start = Event(
        id=_fresh(rng, "Start"),
        position=EventPosition.START,
        trigger=trigger,
        reference=rng.choice(NAMES),
        interrupting=trigger is Trigger.ERROR or rng.random() < 0.5,
        scope=aside.id,
    )
    step = Step(id=_fresh(rng, "Step"), name="Xử lý", scope=aside.id)
    ends = (Trigger.NONE, Trigger.NONE, Trigger.TERMINATE, Trigger.ERROR, Trigger.ESCALATION)
    end = _end(rng, aside.id, ends)
    pairs = [(start.id, step.id), (step.id, end.id)]
    if rng.random() < 0.3:
        pairs.append((start.id, end.id))
    return grown(flow, aside, start, step, end, pairs=tuple(pairs))


def _throwing(rng: random.Random, flow: Flow) -> Flow:
    """Make an end throw, or a step an event that escalates on the way."""
    ends = [n for n in flow.nodes if isinstance(n, Event) and n.position is EventPosition.END]
    steps = [n for n in flow.nodes if isinstance(n, Step) and n.id not in flow.guarded]
    if steps and rng.random() < 0.5:
        step = rng.choice(steps)
        event = Event(
            id=step.id,
            position=EventPosition.THROW,
            trigger=Trigger.ESCALATION,
            reference=rng.choice(NAMES),
            scope=step.scope,
        )
        return replaced(flow, event)
    if not ends:
        return flow
    triggers = (Trigger.ERROR, Trigger.ESCALATION, Trigger.TERMINATE)
    end = evolve(rng.choice(ends), trigger=rng.choice(triggers), reference=rng.choice(NAMES))
    return replaced(flow, end)


def _caught(rng: random.Random, flow: Flow) -> Flow:
    """Hang an event that catches throws on a sub-process."""
    hosts = [
        n for n in flow.nodes if isinstance(n, SubProcess) and n.kind is not SubProcessKind.EVENT
    ]
    if not hosts:
        return flow
    host = rng.choice(hosts)
    trigger = rng.choice((Trigger.ERROR, Trigger.ESCALATION, Trigger.ESCALATION))
    guard = Event(
        id=_fresh(rng, "Caught"),
        position=EventPosition.BOUNDARY,
        trigger=trigger,
        reference=rng.choice(NAMES),
        attached_to=host.id,
        interrupting=trigger is Trigger.ERROR or rng.random() < 0.5,
        scope=host.scope,
    )
    if rng.random() < 0.5:
        end = _end(rng, host.scope, (Trigger.NONE,))
        return grown(flow, guard, end, pairs=((guard.id, end.id),))
    return grown(flow, guard, pairs=((guard.id, rng.choice(_enterable(flow, host.scope))),))


def _enterable(flow: Flow, scope: str | None) -> list[str]:
    begun = {EventPosition.START, EventPosition.BOUNDARY}
    return [
        n.id
        for n in flow.nodes
        if n.scope == scope
        and not (isinstance(n, Event) and n.position in begun)
        and not (isinstance(n, SubProcess) and n.kind is SubProcessKind.EVENT)
    ]


def _cancelled(rng: random.Random, flow: Flow) -> Flow:
    """Make a sub-process a transaction that may be cancelled."""
    subs = [n for n in flow.nodes if isinstance(n, SubProcess)]
    subs = [n for n in subs if n.kind is SubProcessKind.EMBEDDED]
    if not subs:
        return flow
    sub = evolve(rng.choice(subs), kind=SubProcessKind.TRANSACTION)
    inside = [n for n in flow.nodes if n.scope == sub.id and isinstance(n, Step)]
    if not inside:
        return flow
    cancel = _end(rng, sub.id, (Trigger.CANCEL,))
    split = Gateway(id=_fresh(rng, "Split"), kind=rng.choice(_SPLITS), scope=sub.id)
    flow = replaced(grown(flow, cancel, split), sub)
    step = rng.choice(inside)
    moved = [evolve(e, source=split.id) if e.source == step.id else e for e in flow.edges]
    flow = evolve(flow, edges=tuple(moved))
    flow = grown(flow, pairs=((step.id, split.id), (split.id, cancel.id)))
    if rng.random() < 0.3:
        return flow
    guard = Event(
        id=_fresh(rng, "Cancelled"),
        position=EventPosition.BOUNDARY,
        trigger=Trigger.CANCEL,
        attached_to=sub.id,
        scope=sub.scope,
    )
    return grown(flow, guard, pairs=((guard.id, rng.choice(_enterable(flow, sub.scope))),))


def _conditional(rng: random.Random, flow: Flow) -> Flow:
    """Put conditions on some flows out of a node, and perhaps a default."""
    several = [n for n in flow.nodes if len(flow.outgoing[n.id]) > 1 and not isinstance(n, Event)]
    if not several:
        return flow
    node = rng.choice(several)
    leaving = flow.outgoing[node.id]
    default = rng.choice((None, leaving[0].id))
    some = {e.id for e in leaving if e.id != default and rng.random() < 0.6}
    edges = tuple(evolve(e, condition="x") if e.id in some else e for e in flow.edges)
    return replaced(evolve(flow, edges=edges), evolve(node, default=default))


def _another_start(rng: random.Random, flow: Flow) -> Flow:
    """Let a sub-process begin at two starts."""
    subs = [n.id for n in flow.nodes if isinstance(n, SubProcess)]
    subs = [sub for sub in subs if any(n.scope == sub for n in flow.nodes)]
    if not subs:
        return flow
    sub = rng.choice(subs)
    trigger = rng.choice((Trigger.NONE, Trigger.NONE, Trigger.TIMER))
    start = Event(id=_fresh(rng, "Start"), position=EventPosition.START, scope=sub, trigger=trigger)
    return grown(flow, start, pairs=((start.id, rng.choice(_enterable(flow, sub))),))


def _ad_hoc(rng: random.Random, flow: Flow) -> Flow:
    """Put work in any order in the place of a step."""
    steps = [n for n in flow.nodes if isinstance(n, Step) and flow.incoming[n.id]]
    if not steps:
        return flow
    sub = rng.choice(steps)
    host = SubProcess(id=sub.id, kind=SubProcessKind.AD_HOC, scope=sub.scope)
    parts = [Step(id=_fresh(rng, "Part"), name="Việc", scope=sub.id) for _ in range(3)]
    pairs = ((parts[0].id, parts[1].id),) if rng.random() < 0.5 else ()
    return grown(replaced(flow, host), *parts, pairs=pairs)


def _compensated(rng: random.Random, flow: Flow) -> Flow:
    """Hang a compensation and its handler on a step."""
    steps = [n for n in flow.nodes if isinstance(n, Step) and flow.incoming[n.id]]
    if not steps:
        return flow
    host = rng.choice(steps)
    undo = Event(
        id=_fresh(rng, "Undo"),
        position=EventPosition.BOUNDARY,
        trigger=Trigger.COMPENSATION,
        attached_to=host.id,
        scope=host.scope,
    )
    return grown(flow, undo, Step(id=_fresh(rng, "Undoing"), name="Hủy", scope=host.scope))


def wrapped(rng: random.Random, flow: Flow) -> Flow:
    """Put all of *flow* into a sub-process, so that what it throws can be caught."""
    sub = SubProcess(id=_fresh(rng, "Whole"))
    inside = [evolve(n, scope=sub.id) if n.scope is None else n for n in flow.nodes]
    starts = [
        evolve(n, trigger=Trigger.NONE)
        if isinstance(n, Event) and n.position is EventPosition.START and n.scope == sub.id
        else n
        for n in inside
    ]
    edges = tuple(evolve(e, scope=sub.id) if e.scope is None else e for e in flow.edges)
    whole = evolve(flow, nodes=tuple(starts), edges=edges)
    start = Event(id=_fresh(rng, "Begin"), position=EventPosition.START)
    end = Event(id=_fresh(rng, "Finish"), position=EventPosition.END)
    return grown(whole, sub, start, end, pairs=((start.id, sub.id), (sub.id, end.id)))


_SPLITS = (GatewayKind.EXCLUSIVE, GatewayKind.PARALLEL, GatewayKind.INCLUSIVE)
EDITS: tuple[Edit, ...] = (
    _aside,
    _aside,
    _throwing,
    _throwing,
    _throwing,
    _caught,
    _caught,
    _cancelled,
    _conditional,
    _another_start,
    _ad_hoc,
    _compensated,
)
