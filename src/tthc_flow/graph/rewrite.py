"""Rewrites of a flow: take a node out, put one in, move one; each returns a new flow.

What a rewrite does not touch stays the same value, with the same id, so that the file can be
edited in place afterwards. None of them asks whether the change is wise or lawful.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from attrs import evolve

from tthc_flow.errors import UnsoundFlow
from tthc_flow.model.flow import Event, Flow, Gateway, GatewayKind, Lane, SequenceFlow
from tthc_flow.model.source import EvidenceKind
from tthc_flow.model.step import StepTime
from tthc_flow.units import Duration, TimeUnit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tthc_flow.model.actor import Performer
    from tthc_flow.model.flow import Node
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
        >>> from tthc_flow.model.flow import Event, EventPosition
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
    return _without_idle_lanes(_without_idle_gateways(_joined(flow, ids), flow), flow)


def _joined(flow: Flow, ids: tuple[str, ...]) -> Flow:
    """Take out *ids*, each with at most one way out, and join what is before and after."""
    gone = set(ids)
    follow = {each: flow.outgoing[each][0].target for each in ids if flow.outgoing[each]}
    dropped = {edge.id for each in ids for edge in flow.outgoing[each]}
    edges = tuple(
        evolve(edge, target=_beyond(edge.target, follow)) if edge.target in gone else edge
        for edge in flow.edges
        if edge.id not in dropped and _beyond(edge.target, follow) not in gone
    )
    return evolve(flow, nodes=tuple(n for n in flow.nodes if n.id not in gone), edges=edges)


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


def _beyond(target: str, follow: Mapping[str, str]) -> str:
    seen = set()
    while target in follow and target not in seen:
        seen.add(target)
        target = follow[target]
    return target


def _without_idle_gateways(flow: Flow, before: Flow) -> Flow:
    """Take out the gateways that the rewrite left with one way in and one way out."""
    drawn_so = {node.id for node in before.nodes if _idle(before, node)}
    drawn_empty = _empty_arms(before)
    while True:
        flow = _without_empty_choices(_without_empty_arms(flow, drawn_empty), drawn_empty)
        idle = [n.id for n in flow.nodes if _idle(flow, n) and n.id not in drawn_so]
        if not idle:
            return flow
        flow = _joined(flow, tuple(idle))


def _idle(flow: Flow, node: Node) -> bool:
    return (
        isinstance(node, Gateway)
        and len(flow.outgoing[node.id]) == 1
        and len(flow.incoming[node.id]) == 1
    )


def _without_empty_arms(flow: Flow, drawn_so: frozenset[str]) -> Flow:
    """Drop the arms of parallel blocks that lead straight from the split to a join.

    Those that were drawn so stay, and one arm stays where all are empty: the block then becomes
    idle and goes as a whole. What leads to another split is no empty arm.
    """
    parallel = {
        n.id for n in flow.nodes if isinstance(n, Gateway) and n.kind is GatewayKind.PARALLEL
    }
    gone: set[str] = set()
    for split in parallel:
        arms = flow.outgoing[split]
        empty = [edge.id for edge in arms if _joins(flow, edge.target) and edge.target in parallel]
        empty.sort(key=lambda arm: arm not in drawn_so)
        gone |= set(empty[1:] if len(empty) == len(arms) else empty)
    gone -= drawn_so
    if not gone:
        return flow
    return evolve(flow, edges=tuple(edge for edge in flow.edges if edge.id not in gone))


def _without_empty_choices(flow: Flow, drawn_so: frozenset[str]) -> Flow:
    """Leave one way of an exclusive choice whose ways all lead straight to one other gateway.

    Nothing is done on any of them any more, so nothing is chosen. A choice that was drawn so
    stays, and so does one of whose ways one says what it means for the applicant.
    """
    gone: set[str] = set()
    for node in flow.nodes:
        if not isinstance(node, Gateway) or node.kind is not GatewayKind.EXCLUSIVE:
            continue
        ways = flow.outgoing[node.id]
        met = {way.target for way in ways}
        if len(ways) < 2 or len(met) > 1 or drawn_so.issuperset(way.id for way in ways):  # noqa: PLR2004 - a choice is of two
            continue
        if isinstance(flow.by_id[met.pop()], Gateway) and not any(way.outcome for way in ways):
            gone.update(way.id for way in ways[1:])
    return evolve(flow, edges=tuple(e for e in flow.edges if e.id not in gone)) if gone else flow


def _joins(flow: Flow, node: str) -> bool:
    return len(flow.incoming[node]) > 1


def _empty_arms(flow: Flow) -> frozenset[str]:
    """Return the flows that lead straight from one gateway to another."""
    gateways = {node.id for node in flow.nodes if isinstance(node, Gateway)}
    return frozenset(
        edge.id for edge in flow.edges if edge.source in gateways and edge.target in gateways
    )


def _without_idle_lanes(after: Flow, before: Flow) -> Flow:
    """Drop the lanes that the rewrite emptied; lanes that were empty before stay."""
    emptied = _busy_lanes(before) - _busy_lanes(after)
    if not emptied:
        return after
    return evolve(after, lanes=tuple(lane for lane in after.lanes if lane.id not in emptied))


def _busy_lanes(flow: Flow) -> set[str]:
    busy: set[str] = set()
    for node in flow.nodes:
        lane = node.lane
        while lane is not None and lane not in busy:
            busy.add(lane)
            known = flow.lane_by_id.get(lane)
            lane = known.parent if known is not None else None
    return busy


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
    after = evolve(flow, nodes=tuple(by_id.get(node.id, node) for node in flow.nodes))
    return _without_idle_lanes(after, flow)


def inserted_on(flow: Flow, edge: SequenceFlow, *nodes: Node) -> Flow:
    """Return *flow* with *nodes* in a row on the sequence flow *edge*, which keeps its source."""
    chain = [edge.source, *(node.id for node in nodes), edge.target]
    edges = [evolve(edge, target=chain[1])]
    edges += [
        SequenceFlow(id=fresh_id(flow, f"Flow_{a}_{b}"), source=a, target=b, scope=edge.scope)
        for a, b in pairwise(chain[1:])
    ]
    after: list[SequenceFlow] = []
    for each in flow.edges:
        after += edges if each.id == edge.id else [each]
    return evolve(flow, nodes=(*flow.nodes, *nodes), edges=tuple(after))


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
    return evolve(step, task=task, time=at_once, work=work)


def fresh_id(flow: Flow, wish: str, taken: Iterable[str] = ()) -> str:
    """Return *wish*, or *wish* with the first free number, as an id that *flow* does not use."""
    used = {node.id for node in flow.nodes} | {edge.id for edge in flow.edges}
    used |= {lane.id for lane in flow.lanes} | set(taken) | {flow.id}
    number, name = 1, wish
    while name in used:
        number += 1
        name = f"{wish}_{number}"
    return name
