"""What has happened by the time an element is reached: surely, or on some way to it.

Marks are bits. Alternatives meet: sure is what every way brings. A parallel join has waited for
all its ways: sure is what any of them brings. Back edges bring nothing, the first round counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.graph.paths import acyclic
from tthc_flow.graph.remembered import remembered
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
    starts = set(view(flow).starts)
    surely: dict[str, int] = {}
    maybe: dict[str, int] = {}
    left: dict[str, tuple[int, int]] = {}
    for vertex, earlier in _ways_to(flow):
        sure, may = left[earlier[0]] if earlier else (0, 0)
        if vertex in starts:
            sure = 0
        if vertex in starts or earlier[1:]:
            node = flow.by_id.get(vertex)
            joined = isinstance(node, Gateway) and node.kind is GatewayKind.PARALLEL
            for one in earlier:
                sure = sure | left[one][0] if joined else sure & left[one][0]
                may |= left[one][1]
        if vertex in flow.by_id:  # it is not where a sub-process is left
            surely[vertex], maybe[vertex] = sure, may
        brings = marks.get(vertex, 0)
        left[vertex] = (sure | brings, may | brings)
    return Supply(
        surely=surely, maybe=maybe, leaving={vertex: sure for vertex, (sure, _) in left.items()}
    )


@remembered
def _ways_to(flow: Flow) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return each vertex that can be reached, and what leads to it from before, in that order."""
    seen = view(flow)
    way, there = acyclic(seen), live(seen)
    return tuple(
        (
            vertex,
            tuple(
                each
                for each in seen.before[vertex]
                if each in there and (each, vertex) not in way.back
            ),
        )
        for vertex in way.order
        if vertex in there
    )
