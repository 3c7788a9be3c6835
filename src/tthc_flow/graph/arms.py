"""Rewrites that add gateways: a report after a decision, a step passed over, steps side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from tthc_flow.graph.rewrite import fresh_id, inserted_after, inserted_on
from tthc_flow.model.flow import Flow, Gateway, GatewayKind, Outcome, SequenceFlow

if TYPE_CHECKING:
    from tthc_flow.model.step import Step


def reported_after(flow: Flow, decision: str, report: Step) -> Flow:
    """Return *flow* with *report* sent after the step *decision*.

    Where a gateway after the decision tells its outcomes apart, the report stands on the one way
    that goes on, so that the gateway still follows its decision; else right after the decision.
    """
    leaving = flow.outgoing[decision]
    after = flow.by_id.get(leaving[0].target) if len(leaving) == 1 else None
    if isinstance(after, Gateway) and after.kind is not GatewayKind.PARALLEL:
        ways = flow.outgoing[after.id]
        onward = [way for way in ways if way.outcome in {Outcome.GRANT, Outcome.OTHER}]
        if len(ways) > 1 and len(onward) == 1:
            return inserted_on(flow, onward[0], report)
    return inserted_after(flow, decision, report)


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


def side_by_side(flow: Flow, steps: tuple[str, ...]) -> Flow:
    """Return *flow* with the consecutive *steps* in parallel between a split and a join.

    The first step's incoming flow leads to the split, the last one's outgoing flow leaves the
    join; the flows between them become the arms.
    """
    first, last = flow.by_id[steps[0]], flow.by_id[steps[-1]]
    split = Gateway(
        id=fresh_id(flow, f"Split_{first.id}"),
        kind=GatewayKind.PARALLEL,
        scope=first.scope,
        lane=first.lane,
    )
    join = evolve(split, id=fresh_id(flow, f"Join_{last.id}"))
    between = {flow.outgoing[each][0].id for each in steps[:-1]}
    leaving = flow.outgoing[last.id][0]
    edges = [
        evolve(edge, target=split.id)
        if edge.target == first.id
        else evolve(edge, source=join.id)
        if edge.id == leaving.id
        else edge
        for edge in flow.edges
        if edge.id not in between
    ]
    for each in steps:
        edges += [
            SequenceFlow(id=fresh_id(flow, f"Flow_{a}_{b}"), source=a, target=b, scope=first.scope)
            for a, b in ((split.id, each), (each, join.id))
        ]
    return evolve(flow, nodes=(*flow.nodes, split, join), edges=tuple(edges))
