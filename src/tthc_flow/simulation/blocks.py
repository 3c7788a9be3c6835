"""Which block each inclusive join closes, on the ways that a case can take.

Such a join waits for whoever is on the way in its block, and nobody else: as many as the splits
inside have sent out, less those that met before. Where it closes no block nobody knows whom to
wait for.

Source: BPMN 2.0.2, 13.4.3: an inclusive join waits for what can still come to its empty arms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.expected.merges import arrows, block_of
from tthc_flow.graph.scopes import jumps, starts
from tthc_flow.model.flow import Event, EventPosition, Gateway, GatewayKind
from tthc_flow.simulation.reached import reached

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.expected.merges import Arrows, Block
    from tthc_flow.model.flow import Node
    from tthc_flow.simulation.scenario import Stream

SEVERAL = 2


def blocks_of(stream: Stream) -> dict[str, Block | None]:
    """Return the block of each inclusive join that a case can come to, ``None`` where it has none.

    What a timer begins that does not interrupt belongs to no block: it comes beside what was there.

    Args:
        stream: A flow with its facts: ways of a share of 0 are left out.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.simulation.scenario import Stream
        >>> blocks_of(Stream(name="p", flow=Flow(id="p"), times={}, who={}))
        {}
    """
    flow = stream.flow
    merges = [
        node
        for node in flow.nodes
        if isinstance(node, Gateway)
        and node.kind is GatewayKind.INCLUSIVE
        and len(flow.incoming[node.id]) >= SEVERAL
    ]
    if not merges:
        return {}
    there = reached(flow, stream.timers.keys())
    merges = [each for each in merges if each.id in there]
    ways = {scope: _arrows(stream, there, scope) for scope in {each.scope for each in merges}}
    found: dict[str, Block | None] = {}
    for merge in merges:
        block = block_of(flow, ways[merge.scope], merge.id)
        calm = block is not None and not any(_adds(flow.by_id[each]) for each in block.inside)
        found[merge.id] = block if calm else None
    return found


def _adds(node: Node) -> bool:
    return (
        isinstance(node, Event)
        and node.position is EventPosition.BOUNDARY
        and not node.interrupting
    )


def _arrows(stream: Stream, there: frozenset[str], scope: str | None) -> Arrows:
    nodes = [each for each in stream.flow.nodes if each.scope == scope and each.id in there]
    after = {node.id: list(_after(stream, node, there)) for node in nodes}
    return arrows(after, starts(stream.flow, nodes))


def _after(stream: Stream, node: Node, there: frozenset[str]) -> Iterator[str]:
    """Yield what *node* leads to in its scope, the events at its border that happen among it."""
    flow = stream.flow
    jump = jumps(flow).get(node.id)
    if jump is not None:
        yield jump
        return
    for edge in flow.outgoing[node.id]:
        if edge.target in there and stream.shares.get(edge.id) != 0:
            yield edge.target
    for each in flow.nodes if node.id in flow.guarded else ():
        if isinstance(each, Event) and each.attached_to == node.id and each.id in there:
            yield each.id
