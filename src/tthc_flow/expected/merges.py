"""Which block an inclusive join closes: where it does, it is passed as often as what opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.graph.dominators import dominators
from tthc_flow.graph.view import node_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from tthc_flow.expected.routes import Routes
    from tthc_flow.model.flow import Flow


@frozen(kw_only=True)
class Arrows:
    """What each node of a scope leads to and comes from, and where a run of it begins.

    A boundary event comes from its activity. What no case comes to leads nowhere.
    """

    after: Mapping[str, Sequence[str]]
    before: Mapping[str, AbstractSet[str]]
    begins: Collection[str]


@frozen(kw_only=True)
class Block:
    """What lies between an inclusive join and the node that opens its block, both left out."""

    opening: str
    inside: frozenset[str]


def arrows(after: Mapping[str, Sequence[str]], begins: Collection[str]) -> Arrows:
    """Return what leads where in a scope, by what each node leads to.

    Args:
        after: What each node leads to on the ways that a case can take.
        begins: Where a run of the scope begins.

    Example:
        >>> arrows({"a": ["b"], "b": [], "never": ["b"]}, ["a"]).before["b"]
        {'a'}
    """
    before: dict[str, set[str]] = {node: set() for node in after}
    there = dict.fromkeys(begins)
    queue = list(there)
    for node in queue:
        for target in after[node]:
            before[target].add(node)
            if target not in there:
                there[target] = None
                queue.append(target)
    return Arrows(after=after, before=before, begins=begins)


def arrows_of(flow: Flow, routes: Routes, unknown: Collection[str]) -> Arrows:
    """Return what leads where on the ways of a scope that a case can take.

    A case may go where the share is *unknown*: of the ids of ways and starts.
    """
    after = {
        node: [
            target
            for target in (
                *(target for target, _ in leaving.ways),
                *(each.target for each in flow.outgoing[node] if each.id in unknown),
            )
            if target in routes.leaving
        ]
        + [event.id for event, _ in routes.guards.get(node, ())]
        for node, leaving in routes.leaving.items()
    }
    begins = [node for node, share in routes.begins.items() if share or node in unknown]
    return arrows(after, begins)


def block_of(flow: Flow, ways: Arrows, merge: str) -> Block | None:
    """Return the block that *merge* closes, ``None`` where it closes none.

    Nothing leads into the block but by its opening and out of it but by *merge*, and nothing ends
    inside; then every pass of the one is a pass of the other. Blocks lie in each other or apart.

    Args:
        flow: A sound flow.
        ways: What leads where in the scope of *merge*.
        merge: An inclusive gateway with several ways in.

    Example:
        >>> from tthc_flow.model.flow import Flow, Gateway, GatewayKind, SequenceFlow
        >>> gates = tuple(Gateway(id=x, kind=GatewayKind.INCLUSIVE) for x in "sj")
        >>> arms = tuple(SequenceFlow(id=x, source="s", target="j") for x in "ab")
        >>> flow = Flow(id="p", nodes=gates, edges=arms)
        >>> block_of(flow, arrows({"s": ["j", "j"], "j": []}, ["s"]), "j")
        Block(opening='s', inside=frozenset())

    Source: single-entry single-exit regions, Johnson, Pearson & Pingali (1994).
    """
    opening = node_of(dominators(flow).nearest.get(merge, ""))
    if opening not in ways.after:
        return None
    inside = {opening: None}
    queue = [opening]
    for here in queue:
        following = ways.after[here]
        if not following or opening in following:
            return None
        for there in following:
            if there not in inside and there != merge:
                inside[there] = None
                queue.append(there)
    block = inside.keys()
    within = frozenset(block - {opening})
    entered = any(not ways.before[node] <= block for node in (*within, merge))
    if entered or not within.isdisjoint(ways.begins):
        return None
    return Block(opening=opening, inside=within)
