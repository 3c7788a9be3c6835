"""Rewrites of a flow: take a node out, put one in, move one; each returns a new flow.

What a rewrite does not touch stays the same value, with the same id, so that the file can be
edited in place afterwards. None of them asks whether the change is wise or lawful.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from attrs import evolve

from tthc_flow.errors import UnsoundFlow
from tthc_flow.graph.joined import joined
from tthc_flow.graph.lanes import lanes_left
from tthc_flow.graph.redone import redone
from tthc_flow.graph.spots import edge_spots, node_spots
from tthc_flow.model.flow import Event, Lane, SequenceFlow
from tthc_flow.model.source import EvidenceKind
from tthc_flow.model.step import StepTime
from tthc_flow.units import Duration, TimeUnit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tthc_flow.model.actor import Performer
    from tthc_flow.model.flow import Flow, Node
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.model.step import Step, TaskType


def without(flow: Flow, *ids: str) -> Flow:
    """Return *flow* without the nodes *ids*; what led into each now leads to what followed it.

    A flow that entered a removed node keeps its id, name and outcome; the flow that left it goes.
    A flow into a removed end goes. Gateways that are left with one way in and one way out are taken
    out as well, and so are lanes that no node lies in any more.

    Raises:
        UnsoundFlow: TF320 where a node has several ways out or a boundary event, so that joining
            its neighbours would change what the flow says.

    Example:
        >>> from tthc_flow.model.flow import Event, Flow
        >>> from tthc_flow.model.step import Step
        >>> flow = Flow(
        ...     id="p",
        ...     nodes=(Event(id="s", position="startEvent"), Step(id="a", name="A"),
        ...            Event(id="e", position="endEvent")),
        ...     edges=(SequenceFlow(id="f", source="s", target="a"),
        ...            SequenceFlow(id="g", source="a", target="e")),
        ... )
        >>> [(edge.id, edge.target) for edge in without(flow, "a").edges]
        [('f', 'e')]

    Source: the "task elimination" of Reijers & Liman Mansar, Omega 33 (2005).
    """
    guarded = _guarded_but_by(flow, ids)
    for each in ids:
        _refuse_branching(flow, each, guarded)
    return joined(flow, ids)


def _guarded_but_by(flow: Flow, ids: tuple[str, ...]) -> frozenset[str]:
    """Return the activities that still carry a boundary event when *ids* are gone."""
    if flow.guarded.isdisjoint(ids):
        return flow.guarded
    gone = set(ids)
    hung = (n for n in flow.nodes if isinstance(n, Event) and n.id not in gone)
    return frozenset(n.attached_to for n in hung if n.attached_to is not None)


def _refuse_branching(flow: Flow, node: str, guarded: frozenset[str]) -> None:
    if len(flow.outgoing[node]) > 1 or node in guarded:
        raise UnsoundFlow(
            "TF320",
            f"node {node} has several ways out; taking it out would lose a branch",
            place=flow.id,
            hint="take out its decision first",
        )


def taken_out(procedure: Procedure, *ids: str) -> Procedure:
    """Return *procedure* without the nodes *ids*, their messages and their ties to notes and data.

    The notes and data themselves stay: what they say may still hold.
    """
    gone = set(ids)
    messages = tuple(m for m in procedure.messages if gone.isdisjoint({m.source, m.target}))
    ties = tuple(a for a in procedure.associations if gone.isdisjoint({a.source, a.target}))
    flow = without(procedure.flow, *ids)
    return evolve(procedure, flow=flow, messages=messages, associations=ties)


def replaced(flow: Flow, *nodes: Node) -> Flow:
    """Return *flow* with each of *nodes* in the place of the node with its id."""
    by_id = {node.id: node for node in nodes}
    now = {spot: (by_id[flow.nodes[spot].id],) for spot in node_spots(flow, by_id)}
    return redone(flow, now, {}, lanes=lanes_left(flow, [flow.nodes[spot] for spot in now], nodes))


def inserted_on(flow: Flow, edge: SequenceFlow, *nodes: Node) -> Flow:
    """Return *flow* with *nodes* in a row on the sequence flow *edge*, which keeps its source."""
    chain = [edge.source, *(node.id for node in nodes), edge.target]
    edges = [evolve(edge, target=chain[1])]
    edges += [
        SequenceFlow(id=fresh_id(flow, f"Flow_{a}_{b}"), source=a, target=b, scope=edge.scope)
        for a, b in pairwise(chain[1:])
    ]
    return redone(flow, {}, dict.fromkeys(edge_spots(flow)[edge.id], edges), nodes)


def with_lane(flow: Flow, performer: Performer, like: str | None) -> tuple[Flow, str | None]:
    """Return *flow* with a lane for *performer*, and that lane's id.

    A lane whose performer is the same body and role is taken; otherwise one is added, nested as
    the lane *like* is. A flow without lanes gets none.
    """
    if not flow.lanes:
        return flow, None
    for lane in flow.lanes:
        if lane.performer is not None and _same(lane.performer, performer):
            return flow, lane.id
    beside = flow.lane_by_id.get(like) if like is not None else None
    parent = beside.parent if beside is not None else None
    lane = Lane(
        id=fresh_id(flow, f"Lane_{len(flow.lanes) + 1}"),
        name=performer.name,
        parent=parent,
        performer=performer,
    )
    return evolve(flow, lanes=(*flow.lanes, lane)), lane.id


def _same(one: Performer, other: Performer) -> bool:
    return (one.office, one.role, one.levels) == (other.office, other.role, other.levels) and (
        one.office is not None or one.name == other.name
    )


def given_to(flow: Flow, step: Step, performer: Performer) -> Flow:
    """Return *flow* with *step* done by *performer*, in that performer's lane."""
    laned, lane = with_lane(flow, performer, step.lane)
    return replaced(laned, evolve(step, performer=performer, lane=lane or step.lane))


def automated(step: Step, task: TaskType) -> Step:
    """Return *step* done by a machine: no time passes, whatever unit it was printed in.

    A step whose time was unknown takes none either: the machine's time is known where the
    person's was not. No officer works on it either.
    """
    unit = TimeUnit.WORKING_HOUR if step.time.duration is None else step.time.duration.unit
    at_once = StepTime(
        duration=Duration(amount=0, unit=unit),
        counted=step.time.counted,
        evidence=EvidenceKind.ASSUMED,
    )
    work = None if step.work is None else evolve(step.work, amount=0, at_least=None)
    return evolve(step, task=task, time=at_once, work=work, handling=None)


def fresh_id(flow: Flow, wish: str, taken: Iterable[str] = ()) -> str:
    """Return *wish*, or *wish* with the first free number, as an id that *flow* does not use."""
    more = {flow.id, *(lane.id for lane in flow.lanes), *taken}
    number, name = 1, wish
    while name in more or name in flow.by_id or name in edge_spots(flow):
        number += 1
        name = f"{wish}_{number}"
    return name
