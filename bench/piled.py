"""Flows of a wanted size in which many lines meet at one place, and a rewrite of a sized one."""

from __future__ import annotations

from attrs import evolve

from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    Gateway,
    GatewayKind,
    Node,
    SequenceFlow,
)
from tthc_flow.model.procedure import MessageFlow, Pool, Procedure
from tthc_flow.model.step import Step


def fan(nodes: int) -> Procedure:
    """Return one split with all steps between it and one join."""
    steps = tuple(_step(number) for number in range(nodes - 2))
    ends = (
        Gateway(id="split", kind=GatewayKind.PARALLEL),
        Gateway(id="join", kind=GatewayKind.PARALLEL),
    )
    edges = [_edge("split", step.id) for step in steps] + [_edge(step.id, "join") for step in steps]
    return Procedure(flow=Flow(id="fan", nodes=(*ends, *steps), edges=tuple(edges)))


def looped(nodes: int) -> Procedure:
    """Return a chain from each step of which a way leads back to the first."""
    steps = tuple(_step(number) for number in range(nodes))
    edges = [_edge(f"s{number}", f"s{number + 1}") for number in range(nodes - 1)]
    edges += [_edge(f"s{number}", "s0") for number in range(1, nodes)]
    return Procedure(flow=Flow(id="looped", nodes=steps, edges=tuple(edges)))


def guarded(nodes: int) -> Procedure:
    """Return a chain with three boundary events and two messages at each of its steps."""
    found: list[Node] = []
    edges: list[SequenceFlow] = []
    messages: list[MessageFlow] = []
    count = nodes // 4
    for number in range(count):
        found.append(_step(number))
        if number:
            edges.append(_edge(f"s{number - 1}", f"s{number}"))
        for late in range(3):
            event = Event(
                id=f"b{number}_{late}",
                position=EventPosition.BOUNDARY,
                attached_to=f"s{number}",
                name="Quá hạn",
            )
            found.append(event)
            edges.append(_edge(event.id, f"s{(number * 7 + late) % count}"))
        messages.append(MessageFlow(id=f"out{number}", source=f"s{number}", target="citizen"))
        messages.append(MessageFlow(id=f"in{number}", source="citizen", target=f"b{number}_1"))
    pools = (Pool(id="citizen"), Pool(id="office", process="guarded"))
    flow = Flow(id="guarded", nodes=tuple(found), edges=tuple(edges))
    return Procedure(flow=flow, pools=pools, messages=tuple(messages))


def without_a_step(procedure: Procedure) -> Procedure:
    """Return *procedure* without its middle step, its neighbours joined."""
    flow = procedure.flow
    gone = flow.steps[len(flow.steps) // 2].id
    (into,), (out,) = flow.incoming[gone], flow.outgoing[gone]
    edges = tuple(edge for edge in flow.edges if edge not in {into, out})
    bridge = evolve(into, target=out.target)
    nodes = tuple(node for node in flow.nodes if node.id != gone)
    return evolve(procedure, flow=evolve(flow, nodes=nodes, edges=(*edges, bridge)))


def _step(number: int) -> Step:
    return Step(id=f"s{number}", name="Thẩm định hồ sơ")


def _edge(source: str, target: str) -> SequenceFlow:
    return SequenceFlow(id=f"{source}-{target}", source=source, target=target)
