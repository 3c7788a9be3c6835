"""Which vertices lead to each other: the knots that loops make."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    Vertex = TypeVar("Vertex", bound=Hashable)


def knots(
    vertices: Iterable[Vertex], after: Callable[[Vertex], Iterable[Vertex]]
) -> list[list[Vertex]]:
    """Return the largest groups of *vertices* of which each leads to each other one.

    A vertex that lies on no loop is left out. The order is that of *vertices*; arrows to what is
    not among them are passed over.

    Example:
        >>> knots("abc", {"a": "b", "b": "ac", "c": ""}.__getitem__)
        [['a', 'b']]

    Source: strongly connected components, Tarjan (1972), by networkx; linear.
    """
    from networkx import DiGraph, strongly_connected_components  # 115 ms to import, rarely needed

    place = {vertex: number for number, vertex in enumerate(vertices)}
    graph: DiGraph[Vertex] = DiGraph()
    graph.add_nodes_from(place)
    graph.add_edges_from((a, b) for a in place for b in after(a) if b in place)
    found = (
        sorted(group, key=place.__getitem__)
        for group in strongly_connected_components(graph)
        if len(group) > 1
    )
    return sorted(found, key=lambda group: place[group[0]])
