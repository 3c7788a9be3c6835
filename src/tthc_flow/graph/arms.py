"""Rewrites that add gateways: a report after a decision, a step passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from tthc_flow.errors import UnsoundFlow
from tthc_flow.graph.grants import grants_of
from tthc_flow.graph.rewrite import fresh_id, inserted_on
from tthc_flow.model.flow import Flow, Gateway, GatewayKind, SequenceFlow

if TYPE_CHECKING:
    from tthc_flow.model.step import Step


def reported_after(flow: Flow, decision: str, report: Step) -> Flow:
    """Return *flow* with *report* sent once the step *decision* has led to a grant.

    The report stands on the way into each granting end that follows the decision, after the
    result was handed over: the applicant does not wait for it, and a refusal is not reported.

    Raises:
        UnsoundFlow: TF322 where no end that grants follows *decision*.
    """
    outermost = flow.by_id[decision]
    while outermost.scope is not None:
        outermost = flow.by_id[outermost.scope]
    ways: dict[str, list[SequenceFlow]] = {}
    for edge, before in grants_of(flow):
        if outermost.id in before:
            ways.setdefault(edge.target, []).append(edge)
    if not ways:
        raise UnsoundFlow("TF322", f"no end that grants follows {decision}", place=flow.id)
    for first, *others in ways.values():
        reports = evolve(report, id=fresh_id(flow, report.id), scope=first.scope)
        flow = inserted_on(flow, first, reports)
        flow = _led_to(flow, reports.id, *others)
    return flow


def _led_to(flow: Flow, target: str, *edges: SequenceFlow) -> Flow:
    """Return *flow* with *edges* ending at *target* instead."""
    ids = {edge.id for edge in edges}
    led = (evolve(edge, target=target) if edge.id in ids else edge for edge in flow.edges)
    return evolve(flow, edges=tuple(led))


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
    edges = [
        evolve(edge, target=first.id)
        if edge.target == step.id
        else evolve(edge, source=join.id)
        if edge.id == leaving.id
        else edge
        for edge in flow.edges
    ]
    yes, no = answers
    edges += [
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
    return evolve(flow, nodes=(*flow.nodes, first, split, join), edges=tuple(edges))
