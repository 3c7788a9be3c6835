"""The arrows of a flow while nodes are taken out of it: only those that are touched are looked at.

What led into a node that goes leads on to what followed it; gateways that have nothing left to
decide go as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from tthc_flow.graph.lanes import lanes_left
from tthc_flow.graph.redone import redone
from tthc_flow.graph.spots import edge_spots, node_spots
from tthc_flow.model.flow import Gateway, GatewayKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tthc_flow.model.flow import Flow, SequenceFlow


def joined(flow: Flow, ids: Iterable[str]) -> Flow:
    """Return *flow* without *ids*, each with at most one way out, and without idle gateways.

    Gateways that were drawn with one way in and one way out stay, and so do the arrows from one
    gateway to another that were drawn so.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> from tthc_flow.model.step import Step
        >>> flow = Flow(
        ...     id="p",
        ...     nodes=tuple(Step(id=each, name=each) for each in "abc"),
        ...     edges=tuple(SequenceFlow(id=x + y, source=x, target=y) for x, y in ("ab", "bc")),
        ... )
        >>> [(edge.id, edge.target) for edge in joined(flow, ["b"]).edges]
        [('ab', 'c')]

    Source: see :func:`tthc_flow.graph.rewrite.without`.
    """
    draft, idle = _Draft(flow), tuple(ids)
    while idle:
        draft.touched.clear()
        draft.take_out(idle)
        for spot in tuple(_empty_arms(draft)):
            draft.drop(spot)
        for spot in tuple(_empty_choices(draft)):
            draft.drop(spot)
        idle = tuple(each for each in draft.touched if draft.newly_idle(each))
    return draft.drawn()


class _Draft:
    """A flow of which some nodes are *gone* and some arrows are others, by their place.

    *touched* are the gateways, still there, that are to be looked at: of which an arrow is not as
    it was when they were looked at last.
    """

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self._spots = edge_spots(flow)
        self.gone: set[str] = set()
        self.touched: dict[str, Gateway] = {}
        self._arrows: dict[int, SequenceFlow | None] = {}
        self._leaving: dict[str, dict[int, None]] = {}
        self._entering: dict[str, dict[int, None]] = {}

    def arrow(self, spot: int) -> SequenceFlow:
        """Return the sequence flow at *spot* as it is now."""
        return self._arrows.get(spot) or self.flow.edges[spot]

    def leaving(self, node: str) -> dict[int, None]:
        """Return the places of what leaves *node* now, in file order."""
        if node not in self._leaving:
            self._leaving[node] = self._places(self.flow.outgoing.get(node, ()))
        return self._leaving[node]

    def entering(self, node: str) -> dict[int, None]:
        """Return the places of what enters *node* now."""
        if node not in self._entering:
            self._entering[node] = self._places(self.flow.incoming.get(node, ()))
        return self._entering[node]

    def _places(self, edges: Iterable[SequenceFlow]) -> dict[int, None]:
        spots, drawn = self._spots, self.flow.edges
        return {spot: None for edge in edges for spot in spots[edge.id] if drawn[spot] is edge}

    def drawn_so(self, spot: int) -> bool:
        """Return whether *spot* led straight from one gateway to another before."""
        edge, there = self.flow.edges[spot], self.flow.by_id
        return all(isinstance(there.get(end), Gateway) for end in (edge.source, edge.target))

    def newly_idle(self, gateway: str) -> bool:
        """Return whether *gateway* has one way in and one way out, and was not drawn so."""
        ways = (self.flow.outgoing[gateway], self.flow.incoming[gateway])
        return len(self.leaving(gateway)) == len(self.entering(gateway)) == 1 and any(
            len(each) != 1 for each in ways
        )

    def take_out(self, ids: tuple[str, ...]) -> None:
        """Take out *ids*; what led into each leads to what followed it."""
        follow = {e: self.arrow(next(iter(way))).target for e in ids if (way := self.leaving(e))}
        self.gone.update(ids)
        for each in ids:
            self.touched.pop(each, None)
            for spot in tuple(self.leaving(each)):
                self.drop(spot)
        for each, target in _beyond(follow, ids).items():
            for spot in tuple(self.entering(each)):
                if target in self.gone:
                    self.drop(spot)
                else:
                    self._lead(spot, target)

    def drop(self, spot: int) -> None:
        """Take out the sequence flow at *spot*."""
        edge = self.arrow(spot)
        del self.leaving(edge.source)[spot]
        del self.entering(edge.target)[spot]
        self._arrows[spot] = None
        self._touch(edge.source, edge.target)

    def _lead(self, spot: int, target: str) -> None:
        edge = self.arrow(spot)
        del self.entering(edge.target)[spot]
        others = self.entering(target)
        if len(others) == 1:  # the way of another is a way into a join from now on
            self._touch(*(self.arrow(other).source for other in others))
        others[spot] = None
        self._arrows[spot] = evolve(edge, target=target)
        self._touch(edge.source, edge.target, target)

    def _touch(self, *ids: str) -> None:
        for each in ids:
            node = self.flow.by_id.get(each)
            if isinstance(node, Gateway) and each not in self.gone:
                self.touched[each] = node

    def drawn(self) -> Flow:
        """Return the flow as it is now."""
        gone = dict.fromkeys(node_spots(self.flow, self.gone), ())
        edges = {spot: () if now is None else (now,) for spot, now in self._arrows.items()}
        lanes = lanes_left(self.flow, [self.flow.nodes[spot] for spot in gone], ())
        return redone(self.flow, gone, edges, lanes=lanes)


def _beyond(follow: Mapping[str, str], ids: Iterable[str]) -> dict[str, str]:
    """Return of each of *ids* the first that is not followed, or one of the circle it runs into."""
    found: dict[str, str] = {}
    for each in ids:
        here, way = each, []
        while here in follow and here not in found:
            found[here] = here
            way.append(here)
            here = follow[here]
        end = found[each] = found.get(here, here)
        for passed in way:
            found[passed] = end
    return found


def _empty_arms(draft: _Draft) -> Iterator[int]:
    """Yield the arms of parallel blocks that lead straight from the split to a join.

    Those that were drawn so stay, and one arm stays where all are empty: the block then becomes
    idle and goes as a whole. What leads to another split is no empty arm.
    """
    for split, gateway in draft.touched.items():
        if gateway.kind is not GatewayKind.PARALLEL:
            continue
        arms = draft.leaving(split)
        empty = [spot for spot in arms if _joins_parallel(draft, draft.arrow(spot).target)]
        empty.sort(key=lambda spot: not draft.drawn_so(spot))
        gone = empty[1:] if len(empty) == len(arms) else empty
        yield from (spot for spot in gone if not draft.drawn_so(spot))


def _joins_parallel(draft: _Draft, node: str) -> bool:
    there = draft.flow.by_id.get(node)
    parallel = isinstance(there, Gateway) and there.kind is GatewayKind.PARALLEL
    return parallel and len(draft.entering(node)) > 1


def _empty_choices(draft: _Draft) -> Iterator[int]:
    """Yield all but one way of exclusive choices whose ways all lead straight to one gateway.

    Nothing is done on any of them any more, so nothing is chosen. A choice that was drawn so
    stays, and so does one of whose ways one says what it means for the applicant.
    """
    for choice, gateway in draft.touched.items():
        ways = tuple(draft.leaving(choice))
        met = {draft.arrow(spot).target for spot in ways}
        if gateway.kind is not GatewayKind.EXCLUSIVE or len(ways) < 2 or len(met) > 1:  # noqa: PLR2004 - a choice is of two
            continue
        if all(map(draft.drawn_so, ways)) or any(draft.arrow(spot).outcome for spot in ways):
            continue
        if isinstance(draft.flow.by_id.get(met.pop()), Gateway):
            yield from ways[1:]
