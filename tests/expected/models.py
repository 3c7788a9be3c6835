"""Random flows with the shares and times that their numbers need."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import combinations
from math import prod

from attrs import evolve

from expected.tokens import Walk
from growing import grow_flow
from tthc_flow.expected.known import Given
from tthc_flow.model.chance import Chance, Spread
from tthc_flow.model.flow import Flow, Gateway, GatewayKind
from tthc_flow.model.step import Loop, Step

ROUNDS = (
    Loop(multi_instance=False, times="2"),
    Loop(multi_instance=True, times="3"),
    Loop(multi_instance=True, sequential=True, times="2"),
)


def random_chance(rng: random.Random) -> Chance:
    """Return a random time of any family but the lognormal, whose tail needs too many draws."""
    mean = rng.randint(5, 480)
    match rng.choice(list(Spread)):
        case Spread.EXPONENTIAL:
            return Chance(spread=Spread.EXPONENTIAL, mean=mean)
        case Spread.GAMMA:
            return Chance(spread=Spread.GAMMA, mean=mean, deviation=Fraction(mean, 2))
        case Spread.UNIFORM:
            return Chance(spread=Spread.UNIFORM, least=0, most=2 * mean)
        case Spread.TRIANGULAR:
            return Chance(spread=Spread.TRIANGULAR, least=0, mode=mean, most=3 * mean)
        case Spread.EMPIRICAL:
            values = tuple(rng.randint(1, 480) for _ in range(5))
            return Chance(spread=Spread.EMPIRICAL, values=values)
        case _:
            return Chance.fixed(mean)


def with_rounds(rng: random.Random, flow: Flow) -> Flow:
    """Return *flow* with a few of its steps done a fixed number of times."""
    return evolve(
        flow,
        nodes=tuple(
            evolve(node, loop=rng.choice(ROUNDS))
            if isinstance(node, Step) and rng.random() < 0.1
            else node
            for node in flow.nodes
        ),
    )


def plain_flow(rng: random.Random, size: int) -> Flow:
    """Return a random flow; what waits for a message in it is as good as any event."""
    return with_rounds(rng, grow_flow(rng, size))


def choices(rng: random.Random, flow: Flow) -> dict[str, list[tuple[tuple[str, ...], float]]]:
    """Draw what each choice of *flow* does: sets of ways with whole weights."""
    found = {}
    for node in flow.nodes:
        edges = [edge.id for edge in flow.outgoing[node.id]]
        if not isinstance(node, Gateway) or len(edges) < 2:
            continue
        if node.kind is GatewayKind.EXCLUSIVE:
            found[node.id] = [((edge,), rng.randint(1, 9)) for edge in edges]
        elif node.kind is GatewayKind.INCLUSIVE:
            found[node.id] = sets_of({edge: odds_of(rng) for edge in edges})
    return found


def odds_of(rng: random.Random) -> Fraction:
    return Fraction(rng.randint(1, 6), rng.randint(1, 6))


def sets_of(odds: dict[str, Fraction]) -> list[tuple[tuple[str, ...], Fraction]]:
    """Return each set of ways but the empty one, weighed as if each were taken by its odds alone.

    Of ways that do not know of each other a set is as likely, next to none of them, as their odds
    multiplied.
    """
    return [
        (ways, prod(odds[each] for each in ways))
        for size in range(1, len(odds) + 1)
        for ways in combinations(odds, size)
    ]


def given_of(ways: dict[str, list[tuple[tuple[str, ...], float]]], takes: dict) -> Given:
    """Return the shares that *ways* come to, and the times."""
    shares: dict[str, Fraction] = {}
    for sets in ways.values():
        whole = sum(weight for _, weight in sets)
        for edges, weight in sets:
            for edge in edges:
                shares[edge] = shares.get(edge, Fraction(0)) + Fraction(weight, whole)
    return Given(shares=shares, times=takes)


def closed_by(flow: Flow) -> dict[str, str]:
    """Return the join of each inclusive split: a grown block names it right after its split."""
    gates = [n for n in flow.nodes if isinstance(n, Gateway) and n.kind is GatewayKind.INCLUSIVE]
    return {one.id: two.id for one, two in zip(gates[::2], gates[1::2], strict=True)}


def random_model(seed: int, size: int, *, inclusive: bool) -> tuple[Flow, Given, Walk]:
    """Return a flow, what is given of it, and walks through the same.

    Where *inclusive* choices are not wanted they become exclusive ones, join and split alike.
    """
    rng = random.Random(seed)
    flow = plain_flow(rng, size)
    if not inclusive:
        flow = evolve(
            flow,
            nodes=tuple(
                evolve(node, kind=GatewayKind.EXCLUSIVE)
                if isinstance(node, Gateway) and node.kind is GatewayKind.INCLUSIVE
                else node
                for node in flow.nodes
            ),
        )
    ways = choices(rng, flow)
    takes = {step.id: random_chance(rng) for step in flow.steps}
    takes |= {n.id: Chance.fixed(30) for n in flow.nodes if n.id.startswith("Wait")}
    stops = {n.id: takes[n.id] for n in flow.nodes if n.id.startswith("Wait")}
    walk = Walk(flow, rng, ways, {s.id: takes[s.id] for s in flow.steps}, stops, closed_by(flow))
    return flow, given_of(ways, takes), walk
