"""Where each element of a flow stands among its nodes and sequence flows."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from tthc_flow.graph.remembered import remembered

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from tthc_flow.model.flow import Flow

_FEW: Final = 8  # so many are looked for one by one; a search takes out one or two


def node_spots(flow: Flow, ids: Collection[str]) -> tuple[int, ...]:
    """Return the places of the nodes *ids* of *flow*; of those that are not there none.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.step import Step
        >>> node_spots(Flow(id="p", nodes=(Step(id="a", name="A"),)), ["a", "b"])
        (0,)

    Source: a list of ids, made once for a flow, is searched as quickly as it is made; where many
        are asked for, all places are listed first.
    """
    listed = _node_ids(flow)
    if len(flow.by_id) == len(listed):
        there = [each for each in ids if each in flow.by_id]
        if len(there) > _FEW:
            place = {each: at for at, each in enumerate(listed)}
            return tuple([place[each] for each in there])
        return tuple([listed.index(each) for each in there])
    some = frozenset(ids)
    return tuple(place for place, each in enumerate(listed) if each in some)


@remembered
def _node_ids(flow: Flow) -> Sequence[str]:
    return [node.id for node in flow.nodes]


@remembered
def edge_spots(flow: Flow) -> Mapping[str, tuple[int, ...]]:
    """Return the places of the sequence flows of *flow*, by id: one each where ids are told apart.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> dict(edge_spots(Flow(id="p", edges=(SequenceFlow(id="f", source="a", target="b"),))))
        {'f': (0,)}

    Source: linear, once for a flow.
    """
    found = {edge.id: (place,) for place, edge in enumerate(flow.edges)}
    if len(found) < len(flow.edges):
        found = {}
        for place, edge in enumerate(flow.edges):
            found[edge.id] = (*found.get(edge.id, ()), place)
    return MappingProxyType(found)
