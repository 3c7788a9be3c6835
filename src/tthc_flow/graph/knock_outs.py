"""Checks that can each end a case, one after the other, and the rewrite that reorders them.

A knock-out is a row of regions and the exclusive gateway after it: by one way the case goes on, by
all others it comes to an end without a grant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, frozen

from tthc_flow.graph.grants import grants_of
from tthc_flow.graph.redone import redone
from tthc_flow.graph.regions import Region, runs
from tthc_flow.graph.remembered import remembered
from tthc_flow.graph.spots import edge_spots
from tthc_flow.model.flow import Gateway, GatewayKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.flow import Flow


@frozen(kw_only=True)
class KnockOut:
    """What is checked (its regions), the gateway that decides, the way on, the ways out."""

    regions: tuple[Region, ...]
    gateway: str
    onward: str
    refusing: tuple[str, ...]


@remembered
def knock_outs(flow: Flow) -> tuple[tuple[KnockOut, ...], ...]:
    """Return the longest rows of knock-outs of the process itself, each in its order.

    The first of a row holds all that comes before its gateway and is passed as often: the checks,
    and what leads to them.

    Example:
        >>> from tthc_flow.model.flow import Event, EventPosition, Flow, Outcome, SequenceFlow
        >>> from tthc_flow.model.step import Step
        >>> ways = ("s-a", "a-x", "x-no", "x-b", "b-y", "y-no", "y-yes")
        >>> flow = Flow(
        ...     id="p",
        ...     nodes=(
        ...         Event(id="s", position=EventPosition.START),
        ...         Step(id="a", name="A"), Step(id="b", name="B"),
        ...         Gateway(id="x", kind=GatewayKind.EXCLUSIVE),
        ...         Gateway(id="y", kind=GatewayKind.EXCLUSIVE),
        ...         Event(id="no", position=EventPosition.END, outcome=Outcome.REFUSE),
        ...         Event(id="yes", position=EventPosition.END, outcome=Outcome.GRANT),
        ...     ),
        ...     edges=tuple(SequenceFlow(id=way, source=way.split("-")[0],
        ...                              target=way.split("-")[1]) for way in ways),
        ... )
        >>> [[(each.regions[0].entry, each.gateway) for each in row] for row in knock_outs(flow)]
        [[('a', 'x'), ('b', 'y')]]

    Source: van der Aalst, Decision Support Systems 30 (2001), 451-468; near-linear.
    """
    found = {each.regions[0].entering: each for each in _single(flow)}
    follow = {each.onward for each in found.values()}
    rows = []
    for entering, first in found.items():
        if entering in follow:
            continue
        row = [first]
        while row[-1].onward in found:
            row.append(found[row[-1].onward])
        rows.append(tuple(row))
    return tuple(rows)


def _single(flow: Flow) -> Iterator[KnockOut]:
    deciding = [node for node in flow.nodes if _decides(flow, node.id)]
    if not deciding:
        return
    granting: set[str] = set()
    for edge, before in grants_of(flow):
        granting |= {*before, edge.target}
    ending = {run[-1].leaving: run for run in runs(flow)}
    for node in deciding:
        (entering,), leaving = flow.incoming[node.id], flow.outgoing[node.id]
        onward = [edge.id for edge in leaving if edge.target in granting]
        refusing = tuple(edge.id for edge in leaving if edge.target not in granting)
        if len(onward) == 1 and refusing and entering.id in ending:
            yield KnockOut(
                regions=ending[entering.id],
                gateway=node.id,
                onward=onward[0],
                refusing=refusing,
            )


def _decides(flow: Flow, node: str) -> bool:
    gateway = flow.by_id[node]
    return (
        isinstance(gateway, Gateway)
        and gateway.kind is GatewayKind.EXCLUSIVE
        and gateway.scope is None
        and len(flow.incoming[node]) == 1
    )


def reordered(flow: Flow, row: tuple[KnockOut, ...], order: tuple[int, ...]) -> Flow:
    """Return *flow* with the knock-outs of *row* in another *order* (places in the row).

    Only where arrows lead changes: the one into the row, and the way on of each gateway.

    Source: the "knock-out" and "resequencing" of Reijers & Liman Mansar, Omega 33 (2005).
    """
    spots, edges = edge_spots(flow), flow.edges
    rest = edges[spots[row[-1].onward][-1]].target
    entries = [row[place].regions[0].entry for place in order]
    ways = (row[0].regions[0].entering, *(row[place].onward for place in order))
    leads = dict(zip(ways, (*entries, rest), strict=True))
    led = {
        spot: (evolve(edges[spot], target=target),)
        for edge, target in leads.items()
        for spot in spots[edge]
        if target != edges[spot].target
    }
    return redone(flow, {}, led)
