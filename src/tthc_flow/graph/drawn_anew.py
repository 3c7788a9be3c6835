"""The arrows and elements of a rewritten flow that are not those of before, told by identity.

A rewrite leaves what it does not touch as the very same value.
"""

from __future__ import annotations

from itertools import compress, count, product
from operator import is_not
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from tthc_flow.graph.view import exit_of
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Gateway,
    SubProcess,
    SubProcessKind,
    Trigger,
)
from tthc_flow.model.step import Step

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from typing import TypeVar

    from tthc_flow.graph.ground import Ground
    from tthc_flow.model.flow import Flow, Node, SequenceFlow

    Told = TypeVar("Told")


_SOON: Final = 5
_STEPS: Final = tuple(sorted(product(range(_SOON), repeat=2), key=sum))[1:]
"""How many values may have gone and come in one place, the fewest first; at least one of them."""

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
        >>> from tthc_flow.model.flow import Flow
        >>> flow = Flow(id="p", nodes=(Step(id="a", name="A"),))
        >>> redrawn(ground(flow), replaced(flow, Step(id="a", name="B"))).now["a"].name
        'B'

    Source: BPMN 2.0.2, chapter 13, as in ``view``; linear, mostly in the elements that differ.
    """
    flow = under.flow
    lost, fresh = _told(flow.nodes, after.nodes)
    edges = _told(flow.edges, after.edges)
    old, now = {node.id: node for node in lost}, {node.id: node for node in fresh}
    there = {each: node for each, node in now.items() if each not in old}
    if len(now) < len(fresh) or not _may_differ(under, old, now, there):
        return None
    out = _drawn(under, old.keys() - now.keys(), there, edges)
    if out is None:
        return None
    return Redrawn(old=old, now=now, lost_edges=edges[0], new_edges=edges[1], out=out)


def _may_differ(
    under: Ground, old: Mapping[str, Node], now: Mapping[str, Node], there: Mapping[str, Node]
) -> bool:
    """Return whether each node that is gone, changed or new, *there*, leaves the rest alone."""
    for each, node in old.items():
        if not (_may_change(node, now[each]) if each in now else _may_go(under, node)):
            return False
    return under.flow.by_id.keys().isdisjoint(there) and all(
        _may_come(under, node, now) for node in there.values()
    )


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
    rest, more = len(before) - here, len(after) - there
    for gone, come in _STEPS if rest and more else ():
        if gone < rest and come < more and before[here + gone] is after[there + come]:
            return gone, come
    return rest, more


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
    gone: Collection[str],
    there: Mapping[str, Node],
    edges: tuple[tuple[SequenceFlow, ...], tuple[SequenceFlow, ...]],
) -> dict[str, tuple[str, ...]] | None:
    """Return what follows each vertex of which that changed; ``None`` where a scope changes."""
    lost, fresh = edges
    flow = under.flow
    dropped = {edge.id for edge in lost}
    inner = [edge for edge in fresh if edge.source in there and edge.target in there]
    outer = [edge for edge in fresh if edge.source not in there or edge.target not in there]
    if not all(_well_drawn(under, edge, gone, there) for edge in outer):
        return None
    for node in gone:
        if any(e.id not in dropped for e in (*flow.incoming[node], *flow.outgoing[node])):
            return None
    out = _among(there, inner)
    for source in {edge.source for edge in (*lost, *outer)}.difference(gone, there):
        had, has = flow.outgoing[source], [e for e in outer if e.source == source]
        has += [edge for edge in had if edge.id not in dropped]
        vertex = under.left_at(source)
        if bool(had) != bool(has) or source in under.links:
            return None
        tied = [v for v in under.seen.after[vertex] if all(v != e.target for e in had)]
        out[vertex] = tuple(dict.fromkeys((*(edge.target for edge in has), *tied)))
    for edge in outer:
        if edge.source in there:
            leaves = exit_of(edge.source) if exit_of(edge.source) in out else edge.source
            out[leaves] = tuple(dict.fromkeys((*out[leaves], edge.target)))
    return out


def _among(
    there: Mapping[str, Node], inner: Collection[SequenceFlow]
) -> dict[str, tuple[str, ...]]:
    """Return what follows each new element by the arrows *inner* among them, as in ``view``.

    None of them hangs on another, jumps or undoes (see ``_may_come``): there are only the arrows,
    and the ways into sub-processes and out of them.
    """
    opened = there.keys() & {node.scope for node in there.values()}
    out: dict[str, dict[str, None]] = {}
    for each in there:
        out[each] = {}
        if each in opened:
            out[exit_of(each)] = {}
    for edge in inner:
        out[exit_of(edge.source) if edge.source in opened else edge.source][edge.target] = None
    entered = {edge.target for edge in inner}
    for scope in opened:
        out[scope] = dict.fromkeys(_first(scope, there, entered))
    for each, node in there.items():
        leaves = exit_of(each) if each in opened else each
        if node.scope is not None and node.scope in opened and not out[leaves]:
            out[leaves][exit_of(node.scope)] = None
    return {vertex: tuple(following) for vertex, following in out.items()}


def _first(scope: str, there: Mapping[str, Node], entered: Collection[str]) -> list[str]:
    """Return what a new sub-process begins with: start events, else what no arrow enters."""
    inside = [node for node in there.values() if node.scope == scope]
    begins = [n.id for n in inside if isinstance(n, Event) and n.position is EventPosition.START]
    return begins or [node.id for node in inside if node.id not in entered]


def _well_drawn(
    under: Ground, edge: SequenceFlow, gone: Collection[str], there: Mapping[str, Node]
) -> bool:
    """Return whether an arrow from or to what was there joins two elements that are there now.

    It leaves no new sub-process by its side.
    """
    for end in (edge.source, edge.target):
        if end in there:
            if there[end].scope in there:
                return False
        elif end in gone or end not in under.flow.by_id:
            return False
    return True
