"""Rewrites that add gateways: a report after a decision, a step passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from tthc_flow.errors import UnsoundFlow
from tthc_flow.graph.grants import granting_ends
from tthc_flow.graph.onward import leads_to
from tthc_flow.graph.redone import redone
from tthc_flow.graph.rewrite import fresh_id, inserted_on
from tthc_flow.graph.spots import edge_spots
from tthc_flow.model.flow import Flow, Gateway, GatewayKind, SequenceFlow

if TYPE_CHECKING:
    from tthc_flow.model.step import Step


def reported_after(flow: Flow, decision: str, report: Step, before: Flow) -> Flow:
    """Return *flow* with *report* sent once the step *decision* has led to a grant.

    The report stands on the way into each granting end that follows the decision, after the
    result was handed over: the applicant does not wait for it, and a refusal is not reported.
    *flow* is *before* with nodes taken out and other facts.

    Raises:
        UnsoundFlow: TF322 where no end that grants follows *decision*.
    """
    outermost = flow.by_id[decision]
    while outermost.scope is not None:
        outermost = flow.by_id[outermost.scope]
    ways: dict[str, list[SequenceFlow]] = {}
    for edge in _granting(before, flow):
        if leads_to(before, flow, outermost.id, edge.source):
            ways.setdefault(edge.target, []).append(edge)
    if not ways:
        raise UnsoundFlow("TF322", f"no end that grants follows {decision}", place=flow.id)
    for first, *others in ways.values():
        reports = evolve(report, id=fresh_id(flow, report.id), scope=first.scope)
        flow = inserted_on(flow, first, reports)
        flow = _led_to(flow, reports.id, *others) if others else flow
    return flow


def _granting(before: Flow, flow: Flow) -> list[SequenceFlow]:
    """Return the flows into granting ends, in file order; no end is new in *flow*."""
    spots, ends = edge_spots(flow), granting_ends(before)
    if any(flow.by_id.get(end) is not before.by_id[end] for end in ends):
        ends = granting_ends(flow)
    led = [edge for end in ends for edge in flow.incoming[end]]
    return sorted(led, key=lambda edge: spots[edge.id])


def _led_to(flow: Flow, target: str, *edges: SequenceFlow) -> Flow:
    """Return *flow* with *edges* ending at *target* instead."""
    return redone(
        flow,
        {},
        {
            spot: (evolve(edge, target=target),)
            for edge in edges
            for spot in edge_spots(flow)[edge.id]
        },
    )


def passed_over(
    flow: Flow, step: Step, first: Step, question: str, answers: tuple[str, str]
) -> Flow:
    """Return *flow* with *first* before *step*, which is only done where *first* was in vain.

    An exclusive gateway named *question* follows *first*; by the first of *answers* the case
    passes over *step*, by the second it does not.
    """
    split = Gateway(
        id=fresh_id(flow, f"Answered_{step.id}"),
        kind=GatewayKind.EXCLUSIVE,
        name=question,
        scope=step.scope,
        lane=step.lane,
    )
    join = evolve(split, id=fresh_id(flow, f"Checked_{step.id}"), name="")
    (leaving,) = flow.outgoing[step.id]
    spots = edge_spots(flow)
    led = {
        spot: (evolve(edge, target=first.id),)
        for edge in flow.incoming[step.id]
        for spot in spots[edge.id]
    }
    if leaving.target != step.id:
        led |= {spot: (evolve(leaving, source=join.id),) for spot in spots[leaving.id]}
    yes, no = answers
    edges = [
        SequenceFlow(
            id=fresh_id(flow, f"Flow_{a}_{b}"), source=a, target=b, name=name, scope=step.scope
        )
        for a, b, name in (
            (first.id, split.id, ""),
            (split.id, join.id, yes),
            (split.id, step.id, no),
            (step.id, join.id, ""),
        )
    ]
    return redone(flow, {}, led, (first, split, join), edges)
