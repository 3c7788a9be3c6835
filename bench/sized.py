"""Flows of a wanted size: the same blocks over and over, with the facts that analyses read."""

from __future__ import annotations

from attrs import evolve

from tthc_flow.model.actor import Performer, Role
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    Gateway,
    GatewayKind,
    Node,
    Outcome,
    SequenceFlow,
)
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step, StepKind, StepTime
from tthc_flow.units import Duration, TimeUnit

KINDS = (StepKind.RECEIVE, StepKind.EXAMINE, StepKind.REVIEW, StepKind.SIGN, StepKind.RETURN)
ROLES = (Role.ONE_STOP_SHOP, Role.OFFICER, Role.DIVISION_HEAD, Role.AGENCY_HEAD)
BLOCK = 6
"""Nodes of one block: a step, a split, two steps, a join, a step."""


class _Row:
    """Collects nodes and edges of one flow."""

    def __init__(self) -> None:
        self.nodes: list[Node] = [Event(id="start", position=EventPosition.START)]
        self.edges: list[SequenceFlow] = []

    def join(self, source: str, target: str, outcome: Outcome | None = None) -> None:
        name = f"f{len(self.edges)}"
        self.edges.append(SequenceFlow(id=name, source=source, target=target, outcome=outcome))

    def step(self) -> str:
        number = len(self.nodes)
        role = ROLES[number % len(ROLES)]
        self.nodes.append(
            Step(
                id=f"s{number}",
                name=f"Bước {number}",
                kinds=(KINDS[number % len(KINDS)],),
                performer=Performer(name=role.value, role=role, office="Sở Công Thương"),
                time=StepTime(duration=Duration(amount=4, unit=TimeUnit.WORKING_HOUR)),
            )
        )
        return f"s{number}"

    def gateway(self, kind: GatewayKind) -> str:
        name = f"g{len(self.nodes)}"
        self.nodes.append(Gateway(id=name, kind=kind))
        return name

    def block(self, entry: str, kind: GatewayKind) -> str:
        first, split = self.step(), self.gateway(kind)
        one, other = self.step(), self.step()
        join, last = self.gateway(kind), self.step()
        answers = (Outcome.GRANT, Outcome.OTHER) if kind is GatewayKind.EXCLUSIVE else (None, None)
        self.join(entry, first)
        self.join(first, split)
        for branch, answer in zip((one, other), answers, strict=True):
            self.join(split, branch, answer)
            self.join(branch, join)
        self.join(join, last)
        return last

    def flow(self, last: str) -> Flow:
        self.nodes.append(Event(id="end", position=EventPosition.END, outcome=Outcome.GRANT))
        self.join(last, "end")
        return Flow(id="sized", nodes=tuple(self.nodes), edges=tuple(self.edges))


def sized(nodes: int) -> Procedure:
    """Return a sound structured procedure of about *nodes* nodes, half of its blocks parallel."""
    row, at = _Row(), "start"
    for number in range(max(1, (nodes - 2) // BLOCK)):
        kind = GatewayKind.PARALLEL if number % 2 else GatewayKind.EXCLUSIVE
        at = row.block(at, kind)
    return Procedure(flow=row.flow(at), name=f"{nodes} nút")


def anew(procedure: Procedure) -> Procedure:
    """Return an equal procedure that nothing is remembered about yet."""
    return evolve(procedure, flow=evolve(procedure.flow))


def choices_in_a_loop(blocks: int) -> Procedure:
    """Return *blocks* exclusive blocks in a row, with a way back from the last to the first."""
    row = _Row()
    entry = row.gateway(GatewayKind.EXCLUSIVE)
    row.join("start", entry)
    at = entry
    for _ in range(blocks):
        at = row.block(at, GatewayKind.EXCLUSIVE)
    leave = row.gateway(GatewayKind.EXCLUSIVE)
    row.join(at, leave)
    row.join(leave, entry, Outcome.REWORK)
    return Procedure(flow=row.flow(leave), name=f"{blocks} lựa chọn trong vòng lặp")
