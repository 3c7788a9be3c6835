"""What a node is known by: its type, name and lane, and the colours of what stands around it.

Source: colour refinement (Weisfeiler and Leman 1968): a node's colour at radius r is its own label
and the colours of its neighbours at radius r - 1.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.graph.performers import performer_of
from tthc_flow.model.flow import Event, EventPosition, Flow, Gateway, Node, SubProcess
from tthc_flow.model.step import Step
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping


class Relation(IntEnum):
    """How a neighbour stands to a node."""

    EARLIER = 0
    LATER = 1
    HOST = 2
    GUARD = 3
    AROUND = 4
    INSIDE = 5


@frozen(kw_only=True, eq=False)
class Portrait:
    """One flow as matching sees it, everything by the id of the node.

    *types* tell a gateway's kind and an event's trigger, *classes* only what could never become
    the other. *near* are the neighbours by their relation; of a sub-process's content only where
    it begins.
    """

    flow: Flow
    names: Mapping[str, str]
    types: Mapping[str, Hashable]
    classes: Mapping[str, Hashable]
    lanes: Mapping[str, str]
    near: Mapping[str, tuple[tuple[Relation, str], ...]]


def portrait(flow: Flow) -> Portrait:
    """Return what matching has to know of *flow*.

    Example:
        >>> seen = portrait(Flow(id="p", nodes=(Step(id="a", name="KÝ"),)))
        >>> seen.names["a"], seen.classes["a"], seen.near["a"]
        ('ki5', 'Step', ())

    Source: see the module.
    """
    lane_names = {lane.id: key(lane.name) for lane in flow.lanes}
    return Portrait(
        flow=flow,
        names={node.id: key(node.name) for node in flow.nodes},
        types={node.id: _type(node) for node in flow.nodes},
        classes={node.id: _class(node) for node in flow.nodes},
        lanes={node.id: lane_names.get(node.lane or "", "") for node in flow.nodes},
        near=_near(flow),
    )


def is_border(event: Event) -> bool:
    """Return whether *event* is where a flow begins or ends."""
    return event.position in {EventPosition.START, EventPosition.END}


def _type(node: Node) -> Hashable:
    match node:
        case Gateway():
            return "gateway", node.kind
        case Event():
            return "event", node.position, node.trigger
        case _:
            # A step may become automatic and a sub-process collapse: the class is enough.
            return type(node).__name__


def _class(node: Node) -> Hashable:
    return ("event", node.position) if isinstance(node, Event) else type(node).__name__


def _near(flow: Flow) -> dict[str, tuple[tuple[Relation, str], ...]]:
    near: dict[str, list[tuple[Relation, str]]] = {node.id: [] for node in flow.nodes}
    for edge in flow.edges:
        if edge.source in near and edge.target in near:
            near[edge.target].append((Relation.EARLIER, edge.source))
            near[edge.source].append((Relation.LATER, edge.target))
    for node in flow.nodes:
        host = node.attached_to if isinstance(node, Event) else None
        if host in near:
            near[node.id].append((Relation.HOST, host))
            near[host].append((Relation.GUARD, node.id))
        if node.scope in near:
            near[node.id].append((Relation.AROUND, node.scope))
            if not flow.incoming[node.id] and host is None:
                near[node.scope].append((Relation.INSIDE, node.id))
    return {each: tuple(found) for each, found in near.items()}


def colours(
    old: tuple[Portrait, Mapping[str, str]], new: tuple[Portrait, Mapping[str, str]], widest: int
) -> list[dict[tuple[int, str], int]]:
    """Return each node's colour at radius 0 to *widest*, by side and id: equal where they look so.

    Args:
        old: A side, and the ids of its nodes that are matched, each with a mark of its pair.
        new: The other side, with the same marks.
        widest: How many steps outwards to look.
    """
    first: dict[tuple[int, str], int] = {}
    free: list[tuple[Portrait, str]] = []
    marks: dict[Hashable, int] = {}
    for side, pairs in (old, new):
        for node in side.flow.nodes:
            if node.id in pairs:  # a pair is like nothing else: what lies beyond it tells no more
                first[id(side), node.id] = -1 - marks.setdefault(pairs[node.id], len(marks))
            else:
                free.append((side, node.id))
    known: dict[Hashable, int] = {}
    for side, each in free:
        label = _label(side, side.flow.by_id[each])
        first[id(side), each] = known.setdefault(label, len(known))
    found = [first]
    for _ in range(widest):
        last, known = found[-1], {}
        here = dict(last)
        for side, each in free:
            at = id(side)
            around = sorted((relation, last[at, other]) for relation, other in side.near[each])
            told = last[at, each], tuple(around)
            here[at, each] = known.setdefault(told, len(known))
        found.append(here)
    return found


def _label(side: Portrait, node: Node) -> Hashable:
    return side.types[node.id], side.names[node.id], side.lanes[node.id], _facts(side.flow, node)


def _facts(flow: Flow, node: Node) -> Hashable:
    """Return what tells two nodes of one name apart: who and how long, what an end means."""
    match node:
        case Step():
            performer = performer_of(flow, node)
            return node.task, node.time.duration, None if performer is None else performer.name
        case Event():
            return node.outcome
        case SubProcess():
            return node.outside_clock
        case Gateway():
            return None
