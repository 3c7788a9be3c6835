"""What a file cannot keep of a procedure once what a dotted line led to is gone."""

from __future__ import annotations

from attrs import evolve

from tthc_flow.bpmn.handlers import with_handlers
from tthc_flow.model.flow import Event
from tthc_flow.model.procedure import Procedure


def without_lost_ties(one: Procedure, before: Procedure, after: Procedure) -> Procedure:
    """Return *one* without dotted lines to what *after* has lost: a file does not keep those."""
    lost = {each.id for each in (*before.flow.nodes, *before.flow.edges)}
    lost -= {each.id for each in (*after.flow.nodes, *after.flow.edges)}
    ties = tuple(each for each in one.associations if not {each.source, each.target} & lost)
    nodes = tuple(
        evolve(node, handler=None) if isinstance(node, Event) else node for node in one.flow.nodes
    )
    flow = evolve(one.flow, nodes=with_handlers(nodes, ties))
    return evolve(one, flow=flow, associations=ties)
