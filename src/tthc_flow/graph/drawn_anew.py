"""The arrows and elements of a rewritten flow that are not those of before, told by identity.

A rewrite leaves what it does not touch as the very same value.
"""

from __future__ import annotations

from itertools import compress, count
from operator import is_not
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from tthc_flow.graph.view import exit_of, view
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    Gateway,
    SubProcess,
    SubProcessKind,
    Trigger,
)
from tthc_flow.model.step import Step

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from typing import TypeVar

    from tthc_flow.graph.ground import Ground
    from tthc_flow.graph.view import View
    from tthc_flow.model.flow import Node, SequenceFlow

    Told = TypeVar("Told")


_SOON: Final = 5
_STEPS: Final = tuple(sorted(((a, b) for a in range(_SOON) for b in range(_SOON)), key=sum))
"""How many values may have gone and come in one place, the fewest first."""

_BORDERS: Final = frozenset({EventPosition.START, EventPosition.END})


def passes_on(node: Node) -> bool:
    """Return whether *node* is an event that only lets a token pass: it waits, or says something.

    Example:
        >>> passes_on(Event(id="w", position=EventPosition.CATCH, trigger=Trigger.TIMER))
        True

    Source: BPMN 2.0.2, 13.5.2.
    """
    return (
        isinstance(node, Event)
        and node.position in {EventPosition.CATCH, EventPosition.THROW}
        and node.trigger in {Trigger.NONE, Trigger.TIMER, Trigger.MESSAGE}
    )


@frozen(kw_only=True)
class Redrawn:
    """What differs: elements as they were and as they are, arrows, and what follows what now."""

    old: Mapping[str, Node]
    now: Mapping[str, Node]
    lost_edges: tuple[SequenceFlow, ...]
    new_edges: tuple[SequenceFlow, ...]
    out: Mapping[str, tuple[str, ...]]


def redrawn(under: Ground, after: Flow) -> Redrawn | None:
    """Return what *after* draws anew; ``None`` where that changes more than arrows and steps do.

    So it does where an event or a sub-process goes, where a scope may begin or end otherwise, or
    where a boundary, a link or a compensation is involved.

    Example:
        >>> from tthc_flow.graph.ground import ground
        >>> from tthc_flow.graph.rewrite import replaced
        >>> flow = Flow(id="p", nodes=(Step(id="a", name="A"),))
        >>> redrawn(ground(flow), replaced(flow, Step(id="a", name="B"))).now["a"].name
        'B'

    Source: BPMN 2.0.2, chapter 13, as in ``view``; linear, mostly in the elements that differ.
    """
    flow = under.flow
    lost, fresh = _told(flow.nodes, after.nodes)
    edges = _told(flow.edges, after.edges)
    old, now = {node.id: node for node in lost}, {node.id: node for node in fresh}
    if len(now) < len(fresh) or not all(_may_differ(under, old, now, each) for each in old | now):
        return None
    out = _drawn(under, after, old.keys() - now.keys(), _only(now, old), edges)
    if out is None:
        return None
    return Redrawn(old=old, now=now, lost_edges=edges[0], new_edges=edges[1], out=out)


def _only(now: Mapping[str, Node], old: Mapping[str, Node]) -> dict[str, Node]:
    return {each: node for each, node in now.items() if each not in old}


def _may_differ(under: Ground, old: Mapping[str, Node], now: Mapping[str, Node], each: str) -> bool:
    if each not in now:
        return _may_go(under, old[each])
    if each in old:
        return _may_change(old[each], now[each])
    return each not in under.flow.by_id and _may_come(under, now[each], now)


def _told(
    before: tuple[Told, ...], after: tuple[Told, ...]
) -> tuple[tuple[Told, ...], tuple[Told, ...]]:
    """Return which values of *before* are not in *after*, and which of *after* are new.

    By identity: a rewrite leaves what it does not touch as the very same value.
    """
    old: list[Told] = []
    now: list[Told] = []
    here = there = 0
    while before is not after:
        alike = _alike(before[here:], after[there:])
        here, there = here + alike, there + alike
        gone, come = _met_again(before, after, here, there)
        old += before[here : here + gone]
        now += after[there : there + come]
        here, there = here + gone, there + come
        if here == len(before) and there == len(after):
            break
    both = {*map(id, old)} & {*map(id, now)}
    if not both:
        return tuple(old), tuple(now)
    return (
        tuple(each for each in old if id(each) not in both),
        tuple(each for each in now if id(each) not in both),
    )


def _alike(one: tuple[Told, ...], other: tuple[Told, ...]) -> int:
    """Return how many values at the beginning are the same."""
    return next(compress(count(), map(is_not, one, other)), min(len(one), len(other)))


def _met_again(
    before: tuple[Told, ...], after: tuple[Told, ...], here: int, there: int
) -> tuple[int, int]:
    """Return how many values to leave out until both say the same again; all, if not soon."""
    left, new = before[here : here + _SOON], after[there : there + _SOON]
    for gone, come in _STEPS:
        if gone < len(left) and come < len(new) and left[gone] is new[come]:
            return gone, come
    return len(before) - here, len(after) - there


def _may_go(under: Ground, node: Node) -> bool:
    """Return whether only its own arrows tie *node* to the rest: no start, end or sub-process."""
    flow, seen = under.flow, under.seen
    if not (isinstance(node, Step | Gateway) or passes_on(node)):
        return False
    if node.id in flow.guarded or node.id in flow.undoing:
        return False
    leads = {under.left_at(edge.source) for edge in flow.incoming[node.id]}
    led = {edge.target for edge in flow.outgoing[node.id]}
    return (
        bool(leads and led)
        and leads == set(seen.before[node.id])
        and led == set(seen.after[node.id])
    )


def _may_come(under: Ground, node: Node, now: Collection[str]) -> bool:
    inside = node.scope in now
    if not inside and node.scope is not None and node.scope not in under.opened:
        return False
    if isinstance(node, Event):
        begins = node.trigger is Trigger.NONE and node.position in _BORDERS
        return passes_on(node) or (inside and begins)
    return not isinstance(node, SubProcess) or node.kind is SubProcessKind.EMBEDDED


def _may_change(one: Node, other: Node) -> bool:
    match one, other:
        case Gateway(), Gateway():
            return (one.kind, one.scope) == (other.kind, other.scope)
        case Step(), Step():
            return one.scope == other.scope
        case Event(), Event():
            named = evolve(one, name=other.name, lane=other.lane)
            return evolve(named, time=other.time, timer=other.timer) == other
        case _:
            return False


def _drawn(
    under: Ground,
    after: Flow,
    gone: Collection[str],
    there: Mapping[str, Node],
    edges: tuple[tuple[SequenceFlow, ...], tuple[SequenceFlow, ...]],
) -> dict[str, tuple[str, ...]] | None:
    """Return what follows each vertex of which that changed; ``None`` where a scope changes."""
    lost, fresh = edges
    flow = under.flow
    dropped = {edge.id for edge in lost}
    if not all(_well_drawn(under, edge, gone, there) for edge in fresh):
        return None
    for node in gone:
        if any(e.id not in dropped for e in (*flow.incoming[node], *flow.outgoing[node])):
            return None
    out = dict(_among(after, there, fresh).after) if there else {}
    for source in {edge.source for edge in (*lost, *fresh)}.difference(gone, there):
        had, has = flow.outgoing[source], [e for e in fresh if e.source == source]
        has += [edge for edge in had if edge.id not in dropped]
        vertex = under.left_at(source)
        if bool(had) != bool(has) or source in under.links:
            return None
        tied = [v for v in under.seen.after[vertex] if all(v != e.target for e in had)]
        out[vertex] = tuple(dict.fromkeys((*(edge.target for edge in has), *tied)))
    for edge in fresh:
        if edge.source in there and edge.target not in there:
            leaves = exit_of(edge.source) if exit_of(edge.source) in out else edge.source
            out[leaves] = tuple(dict.fromkeys((*out[leaves], edge.target)))
    return out


def _among(after: Flow, there: Mapping[str, Node], fresh: Iterable[SequenceFlow]) -> View:
    """Return the control graph of the new elements alone."""
    inner = tuple(e for e in fresh if e.source in there and e.target in there)
    return view(Flow(id=after.id, nodes=tuple(there.values()), edges=inner))


def _well_drawn(
    under: Ground, edge: SequenceFlow, gone: Collection[str], there: Mapping[str, Node]
) -> bool:
    """Return whether a new arrow joins what is there, and leaves no new sub-process by its side."""
    ends = edge.source, edge.target
    if not all(end in there or (end in under.flow.by_id and end not in gone) for end in ends):
        return False
    nodes = [there[end] for end in ends if end in there]
    return len(nodes) != 1 or nodes[0].scope not in there
