"""Random edits of anything a procedure may hold: what keeping a drawing must stand."""

from __future__ import annotations

import random
from collections.abc import Callable

from attrs import evolve

from layout.anything import NAMES
from tthc_flow.model.artifact import Artifact, ArtifactKind, Association
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    Gateway,
    GatewayKind,
    Lane,
    Node,
    SequenceFlow,
    SubProcess,
)
from tthc_flow.model.procedure import MessageFlow, Procedure
from tthc_flow.model.step import Step

Edit = Callable[[random.Random, Procedure], Procedure]


def edited(rng: random.Random, procedure: Procedure, edits: int) -> Procedure:
    """Return *procedure* after *edits* random edits; nothing is left that hangs on nothing."""
    for _ in range(edits):
        if not procedure.flow.nodes:
            break
        procedure = _whole(rng.choice(EDITS)(rng, procedure))
    return procedure


def _whole(procedure: Procedure) -> Procedure:
    """Drop what lies in, hangs on or leads to something that is gone."""
    flow = procedure.flow
    nodes: tuple[Node, ...] = flow.nodes
    while True:
        ids = {node.id for node in nodes}
        kept = tuple(node for node in nodes if _held(node, ids))
        if len(kept) == len(nodes):
            break
        nodes = kept
    lanes = {lane.id for lane in flow.lanes}
    nodes = tuple(node if node.lane in lanes else evolve(node, lane=None) for node in nodes)
    ends = ids | {pool.id for pool in procedure.pools} | {each.id for each in procedure.artifacts}
    edges = tuple(edge for edge in flow.edges if {edge.source, edge.target} <= ids)
    return evolve(
        procedure,
        flow=evolve(flow, nodes=nodes, edges=edges),
        messages=tuple(each for each in procedure.messages if {each.source, each.target} <= ends),
        associations=tuple(
            each for each in procedure.associations if {each.source, each.target} <= ends
        ),
    )


def _held(node: Node, ids: set[str]) -> bool:
    host = node.attached_to if isinstance(node, Event) else None
    return (node.scope is None or node.scope in ids) and (host is None or host in ids)


def _with_flow(procedure: Procedure, flow: Flow) -> Procedure:
    return evolve(procedure, flow=flow)


def _new_id(rng: random.Random, kind: str) -> str:
    return f"{kind}{rng.getrandbits(40)}"


def _home(rng: random.Random, flow: Flow) -> tuple[str | None, str | None]:
    """Return any scope and any lane of *flow*."""
    scopes = [None, None, *(node.id for node in flow.nodes if isinstance(node, SubProcess))]
    return rng.choice(scopes), rng.choice([None, *(lane.id for lane in flow.lanes)])


def _node(rng: random.Random, flow: Flow, *, inside: str | None = None) -> Node:
    scope, lane = _home(rng, flow)
    if inside is not None:
        scope = inside
    key, name = _new_id(rng, "new"), rng.choice(NAMES)
    match rng.choice("tttgez" if inside is None else "tttge"):
        case "t":
            return Step(id=key, name=name, scope=scope, lane=lane)
        case "g":
            kind = rng.choice((GatewayKind.EXCLUSIVE, GatewayKind.PARALLEL))
            return Gateway(id=key, kind=kind, name=name, scope=scope, lane=lane)
        case "e":
            position = rng.choice((EventPosition.CATCH, EventPosition.END))
            return Event(id=key, position=position, name=name, scope=scope, lane=lane)
        case _:
            return SubProcess(id=key, name=name, scope=scope, lane=lane)


def _edge(rng: random.Random, source: Node, target: Node) -> SequenceFlow:
    name = rng.choice(NAMES[:3]) if rng.random() < 0.3 else ""
    return SequenceFlow(
        id=_new_id(rng, "flow"),
        source=source.id,
        target=target.id,
        scope=source.scope,
        name=name,
    )


def _insert(rng: random.Random, procedure: Procedure) -> Procedure:
    """Add a node, with what lies in it, and lines to some others of its scope."""
    flow = procedure.flow
    node = _node(rng, flow)
    new = [node]
    if isinstance(node, SubProcess):
        new += [_node(rng, flow, inside=node.id) for _ in range(rng.randint(0, 4))]
    edges = [_edge(rng, one, rng.choice(new[1:])) for one in new[1:]]
    for other in (each for each in flow.nodes if each.scope == node.scope):
        if rng.random() < 0.25 and _enterable(other):
            pair = (other, node) if rng.random() < 0.6 else (node, other)
            edges.append(_edge(rng, *pair))
    flow = evolve(flow, nodes=(*flow.nodes, *new), edges=(*flow.edges, *edges))
    return _with_flow(procedure, flow)


def _remove(rng: random.Random, procedure: Procedure) -> Procedure:
    """Drop a node with all that lies in or on it."""
    flow = procedure.flow
    if len(flow.nodes) < 2:
        return procedure
    gone = rng.choice(flow.nodes)
    nodes = tuple(node for node in flow.nodes if node is not gone)
    return _with_flow(procedure, evolve(flow, nodes=nodes))


def _shift(rng: random.Random, procedure: Procedure) -> Procedure:
    """Let another lane do a step."""
    flow = procedure.flow
    if not flow.nodes:
        return procedure
    one = rng.choice(flow.nodes)
    other = evolve(one, lane=_home(rng, flow)[1])
    return _with_flow(
        procedure, evolve(flow, nodes=tuple(other if n is one else n for n in flow.nodes))
    )


def _guard(rng: random.Random, procedure: Procedure) -> Procedure:
    """Hang an event on a step or sub-process, with a line somewhere."""
    flow = procedure.flow
    hosts = [node for node in flow.nodes if isinstance(node, Step | SubProcess)]
    if not hosts:
        return procedure
    host = rng.choice(hosts)
    event = Event(
        id=_new_id(rng, "late"),
        position=EventPosition.BOUNDARY,
        attached_to=host.id,
        name=rng.choice(NAMES),
        scope=host.scope,
        lane=host.lane,
    )
    targets = [node for node in flow.nodes if node.scope == host.scope and _enterable(node)]
    edge = _edge(rng, event, rng.choice(targets))
    return _with_flow(
        procedure, evolve(flow, nodes=(*flow.nodes, event), edges=(*flow.edges, edge))
    )


def _rewire(rng: random.Random, procedure: Procedure) -> Procedure:
    """Drop some lines and add others."""
    flow = procedure.flow
    edges = [edge for edge in flow.edges if rng.random() < 0.8]
    for _ in range(rng.randint(1, 3)):
        source = rng.choice(flow.nodes)
        targets = [node for node in flow.nodes if node.scope == source.scope and _enterable(node)]
        if targets:
            edges.append(_edge(rng, source, rng.choice(targets)))
    return _with_flow(procedure, evolve(flow, edges=tuple(edges)))


def _relane(rng: random.Random, procedure: Procedure) -> Procedure:
    """Add a lane, or drop one with or without those who work in it."""
    flow = procedure.flow
    if not flow.lanes or rng.random() < 0.4:
        parent = rng.choice([None, *(lane.id for lane in flow.lanes)])
        lane = Lane(id=_new_id(rng, "lane"), name=rng.choice(NAMES), parent=parent)
        return _with_flow(procedure, evolve(flow, lanes=(*flow.lanes, lane)))
    gone = rng.choice(flow.lanes)
    lanes = tuple(
        evolve(lane, parent=None) if lane.parent == gone.id else lane
        for lane in flow.lanes
        if lane is not gone
    )
    nodes = flow.nodes
    if rng.random() < 0.5:
        left = tuple(node for node in nodes if node.lane != gone.id)
        nodes = left or nodes
    return _with_flow(procedure, evolve(flow, lanes=lanes, nodes=nodes))


def _note(rng: random.Random, procedure: Procedure) -> Procedure:
    """Add data or a note to a node, or drop one."""
    artifacts = procedure.artifacts
    if artifacts and rng.random() < 0.3:
        gone = rng.choice(artifacts)
        return evolve(procedure, artifacts=tuple(each for each in artifacts if each is not gone))
    kind = rng.choice((ArtifactKind.NOTE, ArtifactKind.DATA_REFERENCE))
    new = Artifact(id=_new_id(rng, "data"), kind=kind, text=rng.choice(NAMES))
    host = rng.choice(procedure.flow.nodes)
    tie = Association(id=_new_id(rng, "tie"), source=new.id, target=host.id)
    return evolve(
        procedure,
        artifacts=(*artifacts, new),
        associations=(*procedure.associations, tie),
    )


def _write(rng: random.Random, procedure: Procedure) -> Procedure:
    """Let a node write to another pool, where there is one."""
    others = [pool.id for pool in procedure.pools if pool.process != procedure.flow.id]
    if not others:
        return _rewire(rng, procedure)
    ends = [rng.choice(procedure.flow.nodes).id, rng.choice(others)]
    rng.shuffle(ends)
    new = MessageFlow(id=_new_id(rng, "message"), source=ends[0], target=ends[1])
    return evolve(procedure, messages=(*procedure.messages, new))


def _enterable(node: Node) -> bool:
    return not (isinstance(node, Event) and node.position is EventPosition.BOUNDARY)


EDITS: tuple[Edit, ...] = (
    _insert,
    _insert,
    _insert,
    _remove,
    _remove,
    _shift,
    _guard,
    _rewire,
    _relane,
    _note,
    _write,
)
