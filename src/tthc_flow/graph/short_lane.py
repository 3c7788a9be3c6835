"""Rewrites that let a class of cases go by steps that only the others need."""

from __future__ import annotations

from fractions import Fraction
from itertools import accumulate
from typing import TYPE_CHECKING

from attrs import evolve

from tthc_flow.graph.dominators import dominators
from tthc_flow.graph.redone import redone
from tthc_flow.graph.rewrite import fresh_id
from tthc_flow.graph.spots import edge_spots
from tthc_flow.model.flow import Flow, Gateway, GatewayKind, SequenceFlow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.model.flow import Node


def only_by(flow: Flow, weights: Mapping[str, Fraction]) -> Mapping[str, Fraction]:
    """Return for each sequence flow the weight of what a case does only where it takes that way.

    Args:
        flow: Any flow.
        weights: By node id; a node without one weighs nothing.

    Example:
        >>> from fractions import Fraction
        >>> from tthc_flow.model.step import Step
        >>> steps = (Step(id="a", name="A"), Step(id="b", name="B"))
        >>> flow = Flow(id="p", nodes=steps, edges=(SequenceFlow(id="f", source="a", target="b"),))
        >>> only_by(flow, {"a": Fraction(5), "b": Fraction(2)})["f"]
        Fraction(2, 1)

    Source: dominator subtrees are intervals, so that prefix sums answer in one step each; linear.
    """
    ranges = dominators(flow).ranges
    last = max((closes for _, closes in ranges.values()), default=0)
    spent = [Fraction(0)] * (last + 1)
    for node, weight in weights.items():
        if node in ranges:
            spent[ranges[node][0]] += weight
    before = (Fraction(0), *accumulate(spent))
    alone: dict[str, Fraction] = {}
    for edge in flow.edges:
        opens, closes = ranges.get(edge.target, (0, 0))
        shared = len(flow.incoming.get(edge.target, ())) > 1
        alone[edge.id] = Fraction(0) if shared else before[closes] - before[opens]
    return alone


def decided_earlier(flow: Flow, gateway: str, steps: tuple[str, ...], short: str) -> Flow:
    """Return *flow* with *gateway* before the row of *steps* that leads to it, and not after.

    By its way *short* (the id of a flow) a case goes by the steps; by its only other way it does
    them first. No node is added, only where arrows lead changes.

    Source: "triage" of Reijers & Liman Mansar, Omega 33 (2005).
    """
    (into,) = flow.incoming[steps[0]]
    (after,) = flow.outgoing[steps[-1]]
    (long,) = [edge for edge in flow.outgoing[gateway] if edge.id != short]
    leads = {into.id: gateway, after.id: long.target, long.id: steps[0]}
    led = {
        spot: (evolve(flow.edges[spot], target=target),)
        for edge, target in leads.items()
        for spot in edge_spots(flow)[edge]
    }
    return redone(flow, {}, led)


def gone_by(flow: Flow, steps: tuple[str, ...], question: str, answers: tuple[str, str]) -> Flow:
    """Return *flow* with an exclusive gateway named *question* before the row of *steps*.

    By the first of *answers* a case does the steps, by the second it goes by them.

    Source: the same.
    """
    first, last = flow.by_id[steps[0]], flow.by_id[steps[-1]]
    split = Gateway(
        id=fresh_id(flow, f"Sorted_{first.id}"),
        kind=GatewayKind.EXCLUSIVE,
        name=question,
        scope=first.scope,
        lane=first.lane,
    )
    join = Gateway(
        id=fresh_id(flow, f"Joined_{last.id}"),
        kind=GatewayKind.EXCLUSIVE,
        scope=first.scope,
        lane=last.lane,
    )
    (leaving,) = flow.outgoing[last.id]
    spots = edge_spots(flow)
    led = {spot: (evolve(leaving, source=join.id),) for spot in spots[leaving.id]}
    for edge in flow.incoming[first.id]:
        led |= {spot: (evolve(edge, target=split.id),) for spot in spots[edge.id]}
    done, by = answers
    ways = [
        _link(flow, split, first, done),
        _link(flow, split, join, by),
        _link(flow, last, join, ""),
    ]
    return redone(flow, {}, led, (split, join), ways)


def _link(flow: Flow, source: Node, target: Node, name: str) -> SequenceFlow:
    id_ = fresh_id(flow, f"Flow_{source.id}_{target.id}")
    return SequenceFlow(id=id_, source=source.id, target=target.id, name=name, scope=source.scope)
