"""Grow random structured flows: blocks in blocks."""

from __future__ import annotations

import random
from itertools import pairwise

from attrs import evolve

from roster import random_step
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
from tthc_flow.model.step import Step, StepKind

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
        for (_, before), (after, _) in pairwise(pieces):
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
