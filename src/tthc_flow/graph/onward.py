"""What follows an element of a flow that nodes were taken out of, told by what it was before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.graph.dominators import dominators
from tthc_flow.graph.drawn_anew import redrawn
from tthc_flow.graph.ground import ground
from tthc_flow.graph.remembered import remembered_with
from tthc_flow.graph.spots import edge_spots
from tthc_flow.graph.view import exit_of, node_of, view

if TYPE_CHECKING:
    from tthc_flow.model.flow import Flow


def leads_to(before: Flow, after: Flow, node: str, then: str) -> bool:
    """Return whether a case may come from *node* to *then* in *after*.

    *after* is *before* with nodes taken out, which what led into them now leads past, and with
    other facts of nodes.

    Example:
        >>> from tthc_flow.graph.rewrite import without
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> from tthc_flow.model.step import Step
        >>> flow = Flow(
        ...     id="p",
        ...     nodes=tuple(Step(id=each, name=each) for each in "abc"),
        ...     edges=tuple(SequenceFlow(id=x + y, source=x, target=y) for x, y in ("ab", "bc")),
        ... )
        >>> leads_to(flow, without(flow, "b"), "a", "c")
        True

    Source: what every way to an element passes leads to it, and still does where only nodes went
        and what led into each leads on; else a search over what differs.
    """
    if dominators(before).holds(node, then) and _only_joined(before, after):
        return True
    return then in _onward(before, after, node)


@remembered_with
def _only_joined(before: Flow, after: Flow) -> bool:
    """Return whether no arrow is gone but the only one that left a node that is gone as well."""
    spots = edge_spots(before)
    lost = [before.edges[spots[each][0]].source for each in spots.keys() - edge_spots(after).keys()]
    return all(len(before.outgoing[each]) == 1 and each not in after.by_id for each in lost)


def _onward(before: Flow, after: Flow, node: str) -> frozenset[str]:
    """Return the nodes of *after* that a case may come to from *node*, itself among them."""
    under = ground(before)
    anew = None if under is None else redrawn(under, after)
    seen = view(after if anew is None else before)
    out = {} if anew is None else anew.out
    queue = [node, exit_of(node)]
    found = set(queue)
    for here in queue:
        for there in out[here] if here in out else seen.after.get(here, ()):
            if there not in found:
                found.add(there)
                queue.append(there)
    return frozenset(map(node_of, found))
