"""Flows in which a few elements are others: each costs little more than what is listed anew.

A search tries hundreds of rewrites of one flow, and asks each for its arrows.
"""

from __future__ import annotations

from operator import attrgetter, itemgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.graph.spots import edge_spots
from tthc_flow.model.flow import Event

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from typing import TypeVar

    from tthc_flow.model.flow import Flow, Lane, Node, SequenceFlow

    Told = TypeVar("Told")

_PLACE: Final = itemgetter(0, 1)
_ENDS: Final = {"outgoing": attrgetter("source"), "incoming": attrgetter("target")}


def redone(
    flow: Flow,
    nodes: Mapping[int, Sequence[Node]],
    edges: Mapping[int, Sequence[SequenceFlow]],
    more: Collection[Node] = (),
    arrows: Collection[SequenceFlow] = (),
    lanes: tuple[Lane, ...] | None = None,
) -> Flow:
    """Return *flow* with others where *nodes* and *edges* stood; *more* and *arrows* come last.

    Args:
        flow: Any flow.
        nodes: By their place, what stands there instead: nothing, or the same node as it is now.
        edges: By their place, the sequence flows that stand there instead.
        more: Nodes to add.
        arrows: Sequence flows to add.
        lanes: All lanes, where they are others.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.step import Step
        >>> steps = (Step(id="a", name="A"), Step(id="b", name="B"))
        >>> [node.id for node in redone(Flow(id="p", nodes=steps), {0: ()}, {}).nodes]
        ['b']

    Source: what is asked of the new flow by id is told from what was asked of the old one.
    """
    had = [flow.nodes[place] for place in nodes]
    has = [node for found in nodes.values() for node in found] + list(more)
    after = evolve(
        flow,
        nodes=_listed(flow.nodes, nodes, more),
        edges=_listed(flow.edges, edges, arrows),
        lanes=flow.lanes if lanes is None else lanes,
    )
    if len(flow.by_id) < len(flow.nodes):
        return after
    _tell(flow, after, had, has)
    if after.edges is flow.edges and not more and len(has) == len(had):
        _know(after, "outgoing", flow.outgoing)
        _know(after, "incoming", flow.incoming)
    elif len(edge_spots(flow)) == len(flow.edges):
        for name, end in _ENDS.items():
            led = _regrouped(flow, getattr(flow, name), edges, arrows, end)
            _know(after, name, _of_nodes(led, after, had, has))
    return after


def _listed(
    there: tuple[Told, ...], instead: Mapping[int, Sequence[Told]], more: Collection[Told]
) -> tuple[Told, ...]:
    if not instead and not more:
        return there
    found: list[Told] = []
    seen = 0
    for place in sorted(instead):
        found += there[seen:place]
        found += instead[place]
        seen = place + 1
    return (*found, *there[seen:], *more)


def _know(after: Flow, name: str, answer: object) -> None:
    """Let *after* know what it would find out when it is asked for *name* the first time."""
    object.__setattr__(after, name, answer)


def _tell(flow: Flow, after: Flow, had: Sequence[Node], has: Sequence[Node]) -> None:
    """Let *after* know its nodes and lanes by id, and what boundary events hang on."""
    by_id = _copied(flow.by_id)
    now = {node.id: node for node in has}
    for node in had:
        if node.id not in now:
            del by_id[node.id]
    by_id.update(now)
    _know(after, "by_id", MappingProxyType(by_id))
    if after.lanes is flow.lanes:
        _know(after, "lane_by_id", flow.lane_by_id)
    if not any(isinstance(node, Event) and _is_tied(node) for node in (*had, *has)):
        _know(after, "guarded", flow.guarded)
        _know(after, "undoing", flow.undoing)


def _is_tied(event: Event) -> bool:
    return event.attached_to is not None or event.handler is not None


def _copied(known: Mapping[str, Told]) -> dict[str, Told]:
    """Return *known*; what shows a dictionary is copied as quickly as the dictionary itself."""
    return known.copy() if isinstance(known, MappingProxyType) else dict(known)


def _regrouped(
    flow: Flow,
    groups: Mapping[str, tuple[SequenceFlow, ...]],
    edges: Mapping[int, Sequence[SequenceFlow]],
    arrows: Iterable[SequenceFlow],
    end: Callable[[SequenceFlow], str],
) -> dict[str, tuple[SequenceFlow, ...]]:
    """Return *groups* of the sequence flows by one *end* as they are now, each in file order."""
    spots = edge_spots(flow)
    changed: dict[str, list[tuple[int, int, SequenceFlow]]] = {
        end(flow.edges[place]): [] for place in edges
    }
    for place, each in edges.items():
        for at, edge in enumerate(each):
            changed.setdefault(end(edge), []).append((place, at, edge))
    found = _copied(groups)
    for node, placed in changed.items():
        placed += [(at, 0, e) for e in groups.get(node, ()) if (at := spots[e.id][0]) not in edges]
        placed.sort(key=_PLACE)
        found[node] = tuple([edge for _, _, edge in placed])
    for edge in arrows:
        node = end(edge)
        found[node] = (*found[node], edge) if node in found else (edge,)
    return found


def _of_nodes(
    groups: dict[str, tuple[SequenceFlow, ...]],
    after: Flow,
    had: Sequence[Node],
    has: Sequence[Node],
) -> Mapping[str, tuple[SequenceFlow, ...]]:
    """Return *groups* with one for each new node, and none for a node that is gone."""
    for node in has:
        groups.setdefault(node.id, ())
    for node in had:
        if node.id not in after.by_id and not groups[node.id]:
            del groups[node.id]
    return MappingProxyType(groups)
