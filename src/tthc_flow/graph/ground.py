"""What stays of a flow while a search tries one small rewrite after another: laid out once.

A rewrite is compared with this ground, so that only what it touches is looked at again.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.graph.dominators import dominators
from tthc_flow.graph.paths import acyclic
from tthc_flow.graph.remembered import remembered
from tthc_flow.graph.scopes import jumps
from tthc_flow.graph.view import View, exit_of, live, view
from tthc_flow.model.flow import Event, EventPosition, SubProcess

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.model.flow import Flow


@frozen(kw_only=True)
class Ground:
    """A flow as the ground of rewrites: its control graph without back edges, in places.

    *place* is the place of each vertex in the topological order; *onward* what follows it there,
    *earlier* what precedes it; *heads* are the vertices that loops lead back to, *opened* the
    sub-processes that hold something, *links* the link events, *guards* the boundary events.
    """

    flow: Flow
    seen: View
    place: Mapping[str, int]
    onward: Mapping[str, tuple[str, ...]]
    earlier: Mapping[str, tuple[str, ...]]
    heads: frozenset[str]
    opened: frozenset[str]
    links: frozenset[str]
    guards: frozenset[str]
    ends: frozenset[str]

    def left_at(self, node: str) -> str:
        """Return the vertex at which *node* is left."""
        return exit_of(node) if node in self.opened else node


@remembered
def ground(flow: Flow) -> Ground | None:
    """Return the ground of rewrites of *flow*; ``None`` where no rewrite can be judged by a part.

    That is so where an element is never reached (an event sub-process among them), where ids are
    not told apart, an arrow leads nowhere, no end is there, or a loop has two ways in, so that
    which of its arrows leads back is a matter of order.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> from tthc_flow.model.step import Step
        >>> steps = (Step(id="a", name="A"), Step(id="b", name="B"))
        >>> flow = Flow(id="p", nodes=steps, edges=(SequenceFlow(id="f", source="a", target="b"),))
        >>> dict(ground(flow).place)
        {'a': 0, 'b': 1}

    Source: reducible flow graphs: Hecht & Ullman, J. ACM 21 (1974); near-linear.
    """
    seen = view(flow)
    if not _told_apart(flow) or not seen.ends or len(live(seen)) < len(seen.after):
        return None
    way = acyclic(seen)
    if way.back and not all(dominators(flow).holds(head, tail) for tail, head in way.back):
        return None
    earlier: dict[str, list[str]] = {vertex: [] for vertex in way.order}
    for vertex in way.order:
        for target in way.after[vertex]:
            earlier[target].append(vertex)
    return Ground(
        flow=flow,
        seen=seen,
        place=MappingProxyType({vertex: at for at, vertex in enumerate(way.order)}),
        onward=way.after,
        earlier=MappingProxyType({vertex: tuple(found) for vertex, found in earlier.items()}),
        heads=frozenset(head for _, head in way.back),
        opened=frozenset(each for each in flow.by_id if exit_of(each) in seen.after),
        ends=frozenset(seen.ends),
        links=frozenset({*jumps(flow), *jumps(flow).values()}),
        guards=frozenset(
            node.id
            for node in flow.nodes
            if isinstance(node, Event) and node.position is EventPosition.BOUNDARY
        ),
    )


def _told_apart(flow: Flow) -> bool:
    there = flow.by_id
    return (
        len(there) == len(flow.nodes)
        and len({edge.id for edge in flow.edges}) == len(flow.edges)
        and len(flow.lane_by_id) == len(flow.lanes)
        and all(edge.source in there and edge.target in there for edge in flow.edges)
    )


def passes_by(under: Ground, vertex: str, target: str) -> bool:
    """Return whether the arrow leads from a sub-process, before anything in it, to its boundary.

    What was done before does not come right before what follows such an interruption.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.step import Step
        >>> steps = (Step(id="a", name="A"), Step(id="b", name="B"))
        >>> passes_by(ground(Flow(id="p", nodes=steps)), "a", "b")
        False

    Source: BPMN 2.0.2, 13.5.3; as in ``next_steps``.
    """
    return target in under.guards and isinstance(under.flow.by_id.get(vertex), SubProcess)
