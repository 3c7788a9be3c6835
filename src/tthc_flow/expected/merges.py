"""Which choice an inclusive join closes: where it does, it is passed as often as the choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.graph.dominators import dominators
from tthc_flow.graph.view import node_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from tthc_flow.expected.routes import Routes
    from tthc_flow.model.flow import Flow

    Before = Mapping[str, AbstractSet[str]]


def block_of(flow: Flow, routes: Routes, before: Before, merge: str) -> str | None:
    """Return the node that opens the block which *merge* closes, ``None`` where it closes none.

    Nothing leads into the block but by its opening and out of it but by *merge*; then every pass of
    the one is a pass of the other.

    Args:
        flow: A sound flow.
        routes: The chain of the scope of *merge*.
        before: What leads to each node of it (:func:`before_each`).
        merge: An inclusive gateway with several ways in.

    Example:
        >>> from tthc_flow.expected.known import NOTHING
        >>> from tthc_flow.expected.routes import chains
        >>> from tthc_flow.model.flow import Flow, Gateway, GatewayKind, SequenceFlow
        >>> gates = tuple(Gateway(id=x, kind=GatewayKind.INCLUSIVE) for x in "sj")
        >>> arms = tuple(SequenceFlow(id=x, source="s", target="j", share=1) for x in "ab")
        >>> flow = Flow(id="p", nodes=gates, edges=arms)
        >>> routes = chains(flow, NOTHING).routes[0]
        >>> block_of(flow, routes, before_each(routes), "j")
        's'

    Source: single-entry single-exit regions, Johnson, Pearson & Pingali (1994).
    """
    opening = node_of(dominators(flow).nearest.get(merge, ""))
    if opening not in routes.leaving:
        return None
    inside = {opening: None}
    queue = [opening]
    for here in queue:
        following = _after(routes, here)
        if not following or opening in following:
            return None
        for there in following:
            if there not in inside and there != merge:
                inside[there] = None
                queue.append(there)
    block = inside.keys()
    within = block - {opening}
    entered = any(not before[node] <= block for node in (*within, merge))
    return None if entered or not within.isdisjoint(routes.begins) else opening


def before_each(routes: Routes) -> Before:
    """Return what leads to each node of a scope."""
    before: dict[str, set[str]] = {node: set() for node in routes.leaving}
    for node in routes.leaving:
        for target in _after(routes, node):
            before[target].add(node)
    return before


def _after(routes: Routes, node: str) -> list[str]:
    """Return what *node* leads to, its boundary events among it."""
    ways = [target for target, _ in routes.leaving[node].ways if target in routes.leaving]
    return ways + [event.id for event, _ in routes.guards.get(node, ())]
