"""A flow as one acyclic order: sub-processes opened, back edges left out.

Entering a sub-process and leaving it are two places of the walk, so that its content lies
between; a boundary event comes after the activity it sits on (the longest that can happen);
a link throw leads to the link catch of the same name. What closes a loop is left out, so a
loop counts once and a rework path that only leads back counts not at all.

Source: depth-first search and topological order, Tarjan 1972; linear in nodes and edges.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from tthc_flow.model.flow import Event, EventPosition, Flow, SubProcess, Trigger

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tthc_flow.model.flow import Node

Place: TypeAlias = tuple[str, bool]
"""A node id, and whether this is the place where a sub-process is left."""


@frozen(kw_only=True)
class Walk:
    """The places in topological order, what follows each without back edges, and the ends."""

    order: tuple[Place, ...]
    after: Mapping[Place, tuple[Place, ...]]
    ends: frozenset[Place]


def walk(flow: Flow) -> Walk:
    """Return *flow* in one acyclic order; never fails, also on an unsound flow.

    Example:
        >>> from tthc_flow.model.flow import SequenceFlow
        >>> from tthc_flow.model.step import Step
        >>> nodes = (Step(id="a", name="A"), Step(id="b", name="B"))
        >>> there = SequenceFlow(id="f", source="a", target="b")
        >>> [place for place, _ in walk(Flow(id="p", nodes=nodes, edges=(there,))).order]
        ['a', 'b']

    Source: depth-first search; what points back into its own path closes a loop.
    """
    after = _opened(flow)
    entered = {place for following in after.values() for place in following}
    roots = [place for place in after if place not in entered]
    finished, kept = _depth_first(after, (*roots, *after))
    finished.reverse()
    ends = frozenset(place for place, following in after.items() if not following)
    return Walk(order=tuple(finished), after=kept, ends=ends)


def _opened(flow: Flow) -> dict[Place, list[Place]]:
    """Return what follows each place, sub-processes opened."""
    opened = {node.id for node in flow.nodes if isinstance(node, SubProcess)}
    after: dict[Place, list[Place]] = {}
    for node in flow.nodes:
        after[node.id, False] = []
        if node.id in opened:
            after[node.id, True] = []
    entered: set[str] = set()
    for edge in flow.edges:
        leave = (edge.source, edge.source in opened)
        if leave in after and (edge.target, False) in after:
            after[leave].append((edge.target, False))
            entered.add(edge.target)
    entered |= _extra(flow.nodes, opened, after)
    _join_scopes(flow.nodes, opened, after, entered)
    return after


def _extra(nodes: Iterable[Node], opened: set[str], after: dict[Place, list[Place]]) -> set[str]:
    """Add what no sequence flow says: boundary events and links; return what they enter."""
    entered: set[str] = set()
    catches: dict[tuple[str | None, str | None], str] = {}
    throws: list[Event] = []
    for node in nodes:
        if not isinstance(node, Event):
            continue
        if node.attached_to is not None:
            host = (node.attached_to, node.attached_to in opened)
            if host in after:
                after[host].append((node.id, False))
                entered.add(node.id)
        elif node.trigger is Trigger.LINK and node.reference is not None:
            if node.position is EventPosition.CATCH:
                catches[node.scope, node.reference] = node.id
            else:
                throws.append(node)
    for throw in throws:
        caught = catches.get((throw.scope, throw.reference))
        if caught is not None:
            after[throw.id, False].append((caught, False))
            entered.add(caught)
    return entered


def _join_scopes(
    nodes: Iterable[Node],
    opened: set[str],
    after: dict[Place, list[Place]],
    entered: set[str],
) -> None:
    """Lead into a sub-process's first nodes and out of its last ones."""
    filled: set[str] = set()
    for node in nodes:
        if node.scope not in opened or node.scope is None:
            continue
        if node.id not in entered:
            after[node.scope, False].append((node.id, False))
        last = (node.id, node.id in opened)
        if not after[last]:
            after[last].append((node.scope, True))
            filled.add(node.scope)
    for scope in opened - filled:
        after[scope, False].append((scope, True))


def _depth_first(
    after: dict[Place, list[Place]], roots: Iterable[Place]
) -> tuple[list[Place], dict[Place, tuple[Place, ...]]]:
    """Return places in the order they are finished, and what follows them without back edges."""
    open_, done = 1, 2
    state: dict[Place, int] = {}
    finished: list[Place] = []
    kept: dict[Place, list[Place]] = {place: [] for place in after}
    for root in roots:
        if root in state:
            continue
        state[root] = open_
        stack = [(root, iter(after[root]))]
        while stack:
            place, following = stack[-1]
            for target in following:
                seen = state.get(target)
                if seen == open_:
                    continue
                kept[place].append(target)
                if seen is None:
                    state[target] = open_
                    stack.append((target, iter(after[target])))
                    break
            else:
                state[place] = done
                finished.append(place)
                stack.pop()
    return finished, {place: tuple(following) for place, following in kept.items()}
