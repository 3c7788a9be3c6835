"""Parts of a flow with one way in and one way out, and the rows in which they follow one another.

A region is entered by one sequence flow and left by one; whatever lies inside may branch, loop or
wait. A run is a longest row of regions in sequence, so that "step, block of branches, step" is one.
Every scope has its own runs. What lies on no way from a start to an end is in none.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import frozen

from tthc_flow.graph.brackets import cycle_classes
from tthc_flow.graph.remembered import remembered
from tthc_flow.graph.scopes import jumps, starts
from tthc_flow.model.flow import Event

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tthc_flow.model.flow import Flow, Node, SequenceFlow

_SOURCE: Final = 0
_SINK: Final = 1
_FIRST: Final = 2
_Arrow: TypeAlias = tuple[int, int, "SequenceFlow | str | None"]
"""Where an arrow leaves and arrives (vertices of one scope), and the flow or node it stands for."""


@frozen(kw_only=True)
class Region:
    """A part of *flow* that *entering* alone leads into and *leaving* alone leads out of.

    Both are ids of sequence flows; *entry* and *exit* are the nodes inside next to them. A single
    step that one flow enters and one leaves is a region too: its entry is its exit.
    """

    entering: str
    leaving: str
    entry: str
    exit: str


@frozen(kw_only=True)
class _Rows:
    """The runs, and for each node its row (of what is passed equally often) and its place there."""

    runs: tuple[tuple[Region, ...], ...]
    place: Mapping[str, tuple[int, int]]


def regions(flow: Flow) -> tuple[Region, ...]:
    """Return the smallest regions of *flow*: none is two of them in a row.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> from tthc_flow.model.step import Step
        >>> flow = Flow(
        ...     id="p",
        ...     nodes=tuple(Step(id=each, name=each) for each in "abcd"),
        ...     edges=tuple(
        ...         SequenceFlow(id=a + b, source=a, target=b) for a, b in ("ab", "bc", "cd")
        ...     ),
        ... )
        >>> [(region.entry, region.exit) for region in regions(flow)]
        [('b', 'b'), ('c', 'c')]

    Source: Johnson, Pearson, Pingali, The Program Structure Tree, PLDI (1994); near-linear.
    """
    return tuple(region for run in runs(flow) for region in run)


def runs(flow: Flow) -> tuple[tuple[Region, ...], ...]:
    """Return the longest rows of regions, each row in the order in which a case passes it.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> from tthc_flow.model.step import Step
        >>> flow = Flow(
        ...     id="p",
        ...     nodes=tuple(Step(id=each, name=each) for each in "abcd"),
        ...     edges=tuple(
        ...         SequenceFlow(id=a + b, source=a, target=b) for a, b in ("ab", "bc", "cd")
        ...     ),
        ... )
        >>> [[region.entry for region in run] for run in runs(flow)]
        [['b', 'c']]

    Source: the same; arrows passed equally often by every case bound the regions of one row.
    """
    return _rows(flow).runs


def between(flow: Flow, first: str, last: str) -> frozenset[str] | None:
    """Return the nodes between *first* and *last*, where one always and only follows the other.

    ``None`` where a case may pass one of the two and not the other, or may come into or out of
    what lies between by another way. What lies in a sub-process between the two is returned too.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> from tthc_flow.model.step import Step
        >>> flow = Flow(
        ...     id="p",
        ...     nodes=tuple(Step(id=each, name=each) for each in "abcd"),
        ...     edges=tuple(
        ...         SequenceFlow(id=a + b, source=a, target=b) for a, b in ("ab", "bc", "cd")
        ...     ),
        ... )
        >>> sorted(between(flow, "a", "d")), between(flow, "c", "a")
        (['b', 'c'], None)

    Source: the same; linear in what lies between.
    """
    place = _rows(flow).place
    if first not in place or last not in place:
        return None
    (row, before), (other, after) = place[first], place[last]
    if row != other or before >= after:
        return None
    return _within(flow, (edge.target for edge in flow.outgoing[first]), last)


def content(flow: Flow, region: Region) -> frozenset[str]:
    """Return every node of *region*, with what lies inside its sub-processes.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> from tthc_flow.model.step import Step
        >>> flow = Flow(
        ...     id="p",
        ...     nodes=tuple(Step(id=each, name=each) for each in "abcd"),
        ...     edges=tuple(
        ...         SequenceFlow(id=a + b, source=a, target=b) for a, b in ("ab", "bc", "cd")
        ...     ),
        ... )
        >>> [sorted(content(flow, region)) for region in regions(flow)]
        [['b'], ['c']]

    Source: breadth-first search; linear in the region.
    """
    (after,) = {edge.target for edge in flow.outgoing[region.exit] if edge.id == region.leaving}
    return _within(flow, (region.entry,), after)


def _within(flow: Flow, roots: Iterable[str], last: str) -> frozenset[str]:
    """Return what *roots* lead to before *last*, sub-processes with their content."""
    leads = jumps(flow)
    guards, inside = _guards(flow), _inside(flow)
    found: dict[str, None] = dict.fromkeys(root for root in roots if root != last)
    queue = list(found)
    for here in queue:
        near = [edge.target for edge in flow.outgoing[here]]
        near += [*guards.get(here, ()), *inside.get(here, ())]
        near += [leads[here]] if here in leads else []
        for there in near:
            if there != last and there not in found and there in flow.by_id:
                found[there] = None
                queue.append(there)
    return frozenset(found)


@remembered
def _guards(flow: Flow) -> Mapping[str, tuple[str, ...]]:
    """Return the boundary events of each activity."""
    hung: dict[str, tuple[str, ...]] = {}
    for node in flow.nodes:
        if isinstance(node, Event) and node.attached_to is not None:
            hung[node.attached_to] = (*hung.get(node.attached_to, ()), node.id)
    return MappingProxyType(hung)


@remembered
def _inside(flow: Flow) -> Mapping[str, tuple[str, ...]]:
    """Return the nodes that lie directly in each sub-process."""
    held: dict[str, list[str]] = defaultdict(list)
    for node in flow.nodes:
        if node.scope is not None:
            held[node.scope].append(node.id)
    return MappingProxyType({scope: tuple(ids) for scope, ids in held.items()})


@remembered
def _rows(flow: Flow) -> _Rows:
    """Return the runs of every scope of *flow*, and where each node stands in its row."""
    scopes: dict[str | None, list[Node]] = {}
    for node in flow.nodes:
        scopes.setdefault(node.scope, []).append(node)
    found: list[tuple[Region, ...]] = []
    place: dict[str, tuple[int, int]] = {}
    rows = (row for nodes in scopes.values() for row in _rows_of(flow, nodes))
    for number, row in enumerate(rows):
        place.update({node: (number, n) for n, node in enumerate(row) if isinstance(node, str)})
        bounds = [edge for edge in row if not isinstance(edge, str)]
        if len(bounds) > 1:
            found.append(tuple(_region(a, b) for a, b in pairwise(bounds)))
    return _Rows(runs=tuple(found), place=MappingProxyType(place))


def _region(entering: SequenceFlow, leaving: SequenceFlow) -> Region:
    return Region(
        entering=entering.id, leaving=leaving.id, entry=entering.target, exit=leaving.source
    )


def _rows_of(flow: Flow, nodes: list[Node]) -> Iterator[tuple[SequenceFlow | str, ...]]:
    """Yield the rows of flows and nodes of one scope that a case passes equally often, in order.

    A node is two vertices with an arrow between them, so that it has its place in a row too.
    """
    vertex = {node.id: 2 * n + _FIRST for n, node in enumerate(nodes)}
    arrows = _alive(_arrows(flow, nodes, vertex), 2 * len(nodes) + _FIRST)
    if not arrows:
        return
    used = {end: n for n, end in enumerate(dict.fromkeys(e for a, b, _ in arrows for e in (a, b)))}
    arcs = [(used[a], used[b]) for a, b, _ in arrows]
    classes = cycle_classes(len(used), [*arcs, (used[_SINK], used[_SOURCE])])
    rows: dict[int, list[SequenceFlow | str]] = {}
    for (_, _, what), class_ in zip(arrows, classes[:-1], strict=True):
        if what is not None:
            rows.setdefault(class_, []).append(what)
    yield from (tuple(row) for row in rows.values())


def _arrows(flow: Flow, nodes: list[Node], vertex: Mapping[str, int]) -> list[_Arrow]:
    """Return the arrows of one scope, from its start to its end, each with what it stands for."""
    leads = jumps(flow)
    found: list[_Arrow] = [(_SOURCE, vertex[each], None) for each in starts(flow, nodes)]
    for node in nodes:
        into = vertex[node.id]
        found.append((into, into + 1, node.id))
        host = (node.attached_to if isinstance(node, Event) else None) or ""
        if host in vertex:
            found.append((vertex[host], into, None))
        jump = leads.get(node.id, "")
        if jump in vertex:
            found.append((into + 1, vertex[jump], None))
        elif not flow.outgoing[node.id]:
            found.append((into + 1, _SINK, None))
        found += [
            (into + 1, vertex[edge.target], edge)
            for edge in flow.outgoing[node.id]
            if edge.target in vertex
        ]
    return found


def _alive(arrows: list[_Arrow], vertices: int) -> list[_Arrow]:
    """Return the *arrows* on a way from the start to the end, what is always first coming first."""
    leaving: list[list[_Arrow]] = [[] for _ in range(vertices)]
    sources: list[list[int]] = [[] for _ in range(vertices)]
    for arrow in arrows:
        leaving[arrow[0]].append(arrow)
        sources[arrow[1]].append(arrow[0])
    targets = [[target for _, target, _ in each] for each in leaving]
    back = frozenset(_searched(sources, _SINK))
    return [
        arrow for here in _searched(targets, _SOURCE) for arrow in leaving[here] if arrow[1] in back
    ]


def _searched(near: list[list[int]], root: int) -> list[int]:
    """Return the vertices that a search from *root* meets, in its order."""
    seen = {root}
    queue = [root]
    for here in queue:
        for other in near[here]:
            if other not in seen:
                seen.add(other)
                queue.append(other)
    return queue
