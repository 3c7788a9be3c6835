"""Grow bare structured flows, and procedures that look like real ones, from a seed."""

from __future__ import annotations

import random

from attrs import evolve

from blocks import Grower, Piece
from roster import AGENCY, CONSULTED, OFFICE, ONE_STOP, facts_of_procedure
from tthc_flow.model.flow import Flow, GatewayKind, Lane
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Loop, Step, StepKind, TaskType


def grow_flow(rng: random.Random, size: int) -> Flow:
    """Return a bare structured flow of about *size* steps."""
    grower = Grower(rng, realistic=False)
    return grower.flow(grower.blocks(size))


def some_repeated(rng: random.Random, flow: Flow) -> Flow:
    """Return *flow*, in every third case with some of its steps repeated."""
    if rng.random() < 2 / 3:
        return flow
    return evolve(
        flow,
        nodes=tuple(
            evolve(node, loop=rng.choice(LOOPS))
            if isinstance(node, Step) and rng.random() < 0.3
            else node
            for node in flow.nodes
        ),
    )


LOOPS = (
    Loop(multi_instance=False),
    Loop(multi_instance=False, times="2"),
    Loop(multi_instance=True),
    Loop(multi_instance=True, times="2"),
    Loop(multi_instance=True, sequential=True, times="3"),
)


def grow_procedure(rng: random.Random, size: int) -> Procedure:
    """Return a procedure that looks like a real one: received, examined, signed, returned."""
    grower = Grower(rng, realistic=True)
    chosen = set(rng.sample(range(len(PARTS)), min(size, len(PARTS))))
    parts = [part(grower) for place, part in enumerate(PARTS) if place in chosen]
    if rng.random() < 0.25:
        parts.append(grower.blocks(max(1, size // 4), depth=1))
    flow = grower.flow(grower.row(*parts))
    return facts_of_procedure(rng, laned(rng, _separated(rng, flow)))


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


def laned(rng: random.Random, flow: Flow) -> Flow:
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
