"""Grow random structured flows and realistic procedures from a seed."""

from __future__ import annotations

import random

from attrs import evolve
from roster import AGENCY, CONSULTED, OFFICE, ONE_STOP, facts_of_procedure, random_step
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    Gateway,
    GatewayKind,
    Lane,
    Outcome,
    SequenceFlow,
    SubProcess,
    Trigger,
)
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step, StepKind, TaskType

Piece = tuple[str, str]
"""A piece of flow: the node it is entered by and the node it is left by."""


class Grower:
    """Collects nodes and edges; every method adds a piece and returns how to join it."""

    def __init__(self, rng: random.Random, *, realistic: bool) -> None:
        """Start empty; *realistic* pieces carry attributes."""
        self.rng = rng
        self.realistic = realistic
        self.nodes: list[Step | Gateway | Event | SubProcess] = []
        self.edges: list[SequenceFlow] = []
        self.scope: str | None = None

    def add(self, node: Step | Gateway | Event | SubProcess) -> str:
        """Add *node* in the open scope."""
        self.nodes.append(evolve(node, scope=self.scope))
        return node.id

    def fresh(self, stem: str) -> str:
        """Return an id nobody has."""
        return f"{stem}_{len(self.nodes) + 1}"

    def join(self, source: str, target: str, outcome: Outcome | None = None) -> None:
        """Add an arrow."""
        self.edges.append(
            SequenceFlow(
                id=f"Flow_{len(self.edges) + 1}",
                source=source,
                target=target,
                scope=self.scope,
                outcome=outcome,
                condition=None if outcome is None else f"outcome == '{outcome.value}'",
            )
        )

    def gateway(self, kind: GatewayKind) -> str:
        """Add a gateway of *kind*."""
        return self.add(Gateway(id=self.fresh("Gateway"), kind=kind))

    def step(self, *kinds: StepKind, **fixed: object) -> Piece:
        """Add a step; realistic ones get random attributes around *kinds*."""
        name = self.fresh("Step")
        if self.realistic:
            step = random_step(self.rng, name, kinds, **fixed)
        else:
            step = Step(id=name, name=name)
        return (self.add(step),) * 2

    def row(self, *pieces: Piece) -> Piece:
        """Join *pieces* one after another."""
        for (_, before), (after, _) in zip(pieces, pieces[1:], strict=False):
            self.join(before, after)
        return pieces[0][0], pieces[-1][1]

    def block(self, kind: GatewayKind, arms: list[Piece | None]) -> Piece:
        """Put *arms* between a split and a join of *kind*; ``None`` is an empty arm."""
        split, join = self.gateway(kind), self.gateway(kind)
        for arm in arms:
            if arm is None:
                self.join(split, join)
            else:
                self.join(split, arm[0])
                self.join(arm[1], join)
        return split, join

    def end(self, outcome: Outcome) -> str:
        """Add an end event."""
        return self.add(Event(id=self.fresh("End"), position=EventPosition.END, outcome=outcome))

    def decided(self, piece: Piece, *, refuse: bool, supplement: bool) -> Piece:
        """Add a decision after *piece*: go on, refuse at an end, ask for a supplement."""
        entry = self.gateway(GatewayKind.EXCLUSIVE) if supplement else piece[0]
        split = self.gateway(GatewayKind.EXCLUSIVE)
        self.join(piece[1], split)
        if supplement:
            self.join(entry, piece[0])
            catch = self.add(
                Event(id=self.fresh("Wait"), position=EventPosition.CATCH, trigger=Trigger.MESSAGE)
            )
            self.join(split, catch, Outcome.SUPPLEMENT)
            self.join(catch, entry)
        if refuse:
            self.join(split, self.end(Outcome.REFUSE), Outcome.REFUSE)
        on = self.gateway(GatewayKind.EXCLUSIVE)
        self.join(split, on, Outcome.GRANT)
        return entry, on

    def reworked(self, piece: Piece) -> Piece:
        """Put *piece* into a loop."""
        entry, split = self.gateway(GatewayKind.EXCLUSIVE), self.gateway(GatewayKind.EXCLUSIVE)
        self.join(entry, piece[0])
        self.join(piece[1], split)
        self.join(split, entry, Outcome.REWORK)
        on = self.gateway(GatewayKind.EXCLUSIVE)
        self.join(split, on, Outcome.OTHER)
        return entry, on

    def inside(self, size: int, depth: int, *, outside_clock: bool = False) -> Piece:
        """Add an embedded sub-process with its own start and end."""
        name = self.add(SubProcess(id=self.fresh("Sub"), name="Hội đồng"))
        if outside_clock:
            self.nodes[-1] = evolve(self.nodes[-1], outside_clock=True)
        outer, self.scope = self.scope, name
        start = self.add(Event(id=self.fresh("Start"), position=EventPosition.START))
        entry, leave = self.blocks(size, depth + 1)
        self.join(start, entry)
        self.join(leave, self.end(Outcome.OTHER))
        self.scope = outer
        return name, name

    def blocks(self, size: int, depth: int = 0) -> Piece:
        """Grow about *size* steps of blocks in blocks."""
        pieces: list[Piece] = []
        while size > 0:
            part = self.rng.randint(1, size)
            pieces.append(self.one_block(part, depth))
            size -= part
        return self.row(*pieces)

    def one_block(self, size: int, depth: int) -> Piece:
        """Grow one block of about *size* steps."""
        rng = self.rng
        if size == 1 or depth > 4:
            return self.step()
        half = max(1, size // 2)
        match rng.choice("xaoldsqqq" if depth < 3 else "xaldq"):
            case "x":
                empty = None if rng.random() < 0.2 else self.blocks(size - half, depth + 1)
                return self.block(GatewayKind.EXCLUSIVE, [self.blocks(half, depth + 1), empty])
            case "a":
                arms = [self.blocks(half, depth + 1), self.blocks(size - half, depth + 1)]
                return self.block(GatewayKind.PARALLEL, arms)
            case "o":
                arms = [self.blocks(half, depth + 1), self.blocks(size - half, depth + 1)]
                return self.block(GatewayKind.INCLUSIVE, arms)
            case "l":
                return self.reworked(self.blocks(size, depth + 1))
            case "d":
                # An end inside a parallel arm would leave its brother waiting: only at top level.
                refuse = depth == 0 and rng.random() < 0.5
                piece = self.blocks(size, depth + 1)
                return self.decided(piece, refuse=refuse, supplement=rng.random() < 0.5)
            case "s":
                return self.inside(size, depth)
            case _:
                return self.blocks(size, depth + 1)

    def flow(self, piece: Piece, lanes: tuple[Lane, ...] = ()) -> Flow:
        """Close *piece* with a start and a granting end."""
        start = self.add(Event(id="Start", position=EventPosition.START, trigger=Trigger.MESSAGE))
        self.join(start, piece[0])
        self.join(piece[1], self.end(Outcome.GRANT))
        return Flow(
            id="Process_1",
            name="Thủ tục",
            nodes=tuple(self.nodes),
            edges=tuple(self.edges),
            lanes=lanes,
            executable=True,
        )


def grow_flow(rng: random.Random, size: int) -> Flow:
    """Return a bare structured flow of about *size* steps."""
    grower = Grower(rng, realistic=False)
    return grower.flow(grower.blocks(size))


def grow_procedure(rng: random.Random, size: int) -> Procedure:
    """Return a procedure that looks like a real one: received, examined, signed, returned."""
    grower = Grower(rng, realistic=True)
    chosen = set(rng.sample(range(len(PARTS)), min(size, len(PARTS))))
    parts = [part(grower) for place, part in enumerate(PARTS) if place in chosen]
    if rng.random() < 0.25:
        parts.append(grower.blocks(max(1, size // 4), depth=1))
    flow = grower.flow(grower.row(*parts))
    return facts_of_procedure(rng, _laned(rng, _separated(rng, flow)))


def _separated(rng: random.Random, flow: Flow) -> Flow:
    """Sometimes demand that two steps are done by different people."""
    steps = flow.steps
    if len(steps) < 2 or rng.random() < 0.7:
        return flow
    one, other = rng.sample(steps, 2)
    if one.performer is None or one.performer == other.performer:
        return flow
    kept = evolve(one, separate_from=frozenset({other.id}))
    return evolve(flow, nodes=tuple(kept if n.id == one.id else n for n in flow.nodes))


def _laned(rng: random.Random, flow: Flow) -> Flow:
    """Put steps into the lanes of their performers, most of the time."""
    if rng.random() < 0.2:
        return flow
    lanes: dict[str, Lane] = {}
    nodes = []
    last = None
    for node in flow.nodes:
        if isinstance(node, Step) and node.performer is not None:
            name = node.performer.name
            lanes.setdefault(
                name, Lane(id=f"Lane_{len(lanes) + 1}", name=name, performer=node.performer)
            )
            last = lanes[name].id
        nodes.append(node if node.scope is not None else evolve(node, lane=last))
    return evolve(flow, nodes=tuple(nodes), lanes=tuple(lanes.values())) if lanes else flow


def _door(grower: Grower) -> Piece:
    return grower.step(StepKind.RECEIVE, performer=ONE_STOP)


def _assigned(grower: Grower) -> Piece:
    levels = ("head", "division")[grower.rng.randint(0, 1) :]
    steps = [grower.step(StepKind.ASSIGN, performer=AGENCY[who]) for who in levels]
    return grower.row(*steps)


def _examined(grower: Grower) -> Piece:
    piece = grower.step(StepKind.EXAMINE, StepKind.DRAFT, performer=AGENCY["officer"])
    rng = grower.rng
    if rng.random() < 0.7:
        return grower.decided(piece, refuse=rng.random() < 0.6, supplement=rng.random() < 0.6)
    return piece


def _consulted(grower: Grower) -> Piece:
    rng = grower.rng
    opinions = [
        grower.row(
            grower.step(StepKind.CONSULT, performer=AGENCY["officer"]),
            grower.step(StepKind.OPINION, performer=who),
        )
        for who in rng.sample(CONSULTED, rng.randint(1, 2))
    ]
    if len(opinions) > 1 and rng.random() < 0.5:
        return grower.block(GatewayKind.PARALLEL, list(opinions))
    return grower.row(*opinions)


def _inspected(grower: Grower) -> Piece:
    return grower.step(StepKind.INSPECT, performer=AGENCY["officer"])


def _known(grower: Grower) -> Piece:
    return grower.step(StepKind.EXAMINE, performer=AGENCY["officer"], reads=frozenset({"Căn cước"}))


def _asked_above(grower: Grower) -> Piece:
    return grower.step(StepKind.ASK_SUPERIOR, performer=AGENCY["head"])


def _reviewed(grower: Grower) -> Piece:
    return grower.row(
        grower.step(StepKind.REVIEW, performer=AGENCY["division"]),
        grower.step(StepKind.REVIEW, StepKind.SIGN, performer=AGENCY["head"]),
    )


def _stamped_below(grower: Grower) -> Piece:
    return grower.row(
        grower.step(StepKind.NUMBER_AND_STAMP, performer=AGENCY["clerk"]),
        grower.step(StepKind.TRANSFER, performer=AGENCY["clerk"]),
    )


def _reexamined(grower: Grower) -> Piece:
    return grower.row(
        grower.step(StepKind.RECEIVE, performer=OFFICE["clerk"]),
        grower.step(StepKind.REEXAMINE, performer=OFFICE["officer"]),
        grower.step(StepKind.REVIEW, performer=OFFICE["head"]),
    )


def _signed_above(grower: Grower) -> Piece:
    piece = grower.step(
        StepKind.SIGN, performer=OFFICE["chair"], amended=grower.rng.choice([None, 0])
    )
    if grower.rng.random() < 0.2:
        return grower.decided(piece, refuse=True, supplement=False)
    return piece


def _stamped_above(grower: Grower) -> Piece:
    return grower.row(
        grower.step(StepKind.NUMBER_AND_STAMP, performer=OFFICE["clerk"]),
        grower.step(StepKind.TRANSFER, performer=OFFICE["clerk"]),
    )


def _looked_up(grower: Grower) -> Piece:
    return grower.step(StepKind.LOOK_UP, performer=AGENCY["officer"], task=TaskType.SERVICE)


def _returned(grower: Grower) -> Piece:
    return grower.step(StepKind.RETURN, performer=ONE_STOP)


def _council(grower: Grower) -> Piece:
    return grower.inside(grower.rng.randint(1, 3), 1)


PARTS = (
    _door,
    _assigned,
    _looked_up,
    _examined,
    _known,
    _consulted,
    _inspected,
    _council,
    _asked_above,
    _reviewed,
    _stamped_below,
    _reexamined,
    _signed_above,
    _stamped_above,
    _returned,
)
