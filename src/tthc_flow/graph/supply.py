"""What has happened by the time an element is reached: surely, or on some way to it.

Marks are bits. Alternatives meet: sure is what every way brings. A parallel join has waited for
all its ways: sure is what any of them brings. Back edges bring nothing, the first round counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.graph.paths import acyclic
from tthc_flow.graph.view import live, view
from tthc_flow.model.flow import Gateway, GatewayKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.model.flow import Flow


@frozen(kw_only=True)
class Supply:
    """For each node that can be reached: the marks it surely and possibly finds before it.

    *leaving* are the marks that a case surely has when it goes on from a vertex.
    """

    surely: Mapping[str, int]
    maybe: Mapping[str, int]
    leaving: Mapping[str, int]


def supply(flow: Flow, marks: Mapping[str, int]) -> Supply:
    """Return which *marks* (bits left by nodes) each reachable node finds.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> from tthc_flow.model.step import Step
        >>> steps = (Step(id="a", name="A"), Step(id="b", name="B"))
        >>> flow = Flow(id="p", nodes=steps, edges=(SequenceFlow(id="f", source="a", target="b"),))
        >>> supply(flow, {"a": 1}).surely["b"]
        1

    Source: forward data-flow analysis (available definitions) in one pass over an acyclic order.
    """
    seen = view(flow)
    way = acyclic(seen)
    there = live(seen)
    starts = set(seen.starts)
    surely: dict[str, int] = {}
    maybe: dict[str, int] = {}
    left: dict[str, tuple[int, int]] = {}
    for vertex in way.order:
        if vertex not in there:
            continue
        ways = [
            left[before]
            for before in seen.before[vertex]
            if before in left and (before, vertex) not in way.back
        ]
        node = flow.by_id.get(vertex)  # none where a sub-process is left
        sure, may = ways[0] if ways else (0, 0)
        if vertex in starts:
            sure = 0
        if len(ways) > 1 or vertex in starts:
            joined = isinstance(node, Gateway) and node.kind is GatewayKind.PARALLEL
            for one in ways:
                sure = sure | one[0] if joined else sure & one[0]
                may |= one[1]
        if node is not None:
            surely[vertex], maybe[vertex] = sure, may
        brings = marks.get(vertex, 0)
        left[vertex] = (sure | brings, may | brings)
    return Supply(
        surely=surely, maybe=maybe, leaving={vertex: sure for vertex, (sure, _) in left.items()}
    )
