"""A flow as one control graph: sub-processes opened, boundary events and links joined in.

A vertex is a node id; a sub-process has a second one, where it is left (``exit_of``). An arrow
leads from an activity to its boundary events; a sub-process's boundary event hangs at its entry,
for it may happen before anything inside, and at its exit, for it may happen after all of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.graph.remembered import remembered
from tthc_flow.graph.scopes import jumps, starts
from tthc_flow.model.flow import Event, EventPosition, SubProcess

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tthc_flow.model.flow import Flow, Node

_EXIT: Final = "\N{NO-BREAK SPACE}exit"


def exit_of(subprocess: str) -> str:
    """Return the vertex at which *subprocess* is left."""
    return subprocess + _EXIT


def node_of(vertex: str) -> str:
    """Return the id of the node that *vertex* belongs to."""
    return vertex.removesuffix(_EXIT)


@frozen(kw_only=True)
class View:
    """Vertices in file order, what follows and precedes each, where it starts and ends."""

    after: Mapping[str, tuple[str, ...]]
    before: Mapping[str, tuple[str, ...]]
    starts: tuple[str, ...]
    ends: tuple[str, ...]


@remembered
def view(flow: Flow) -> View:
    """Return the control graph of *flow*; the same one for the same flow.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> from tthc_flow.model.step import Step
        >>> steps = (Step(id="a", name="A"), Step(id="b", name="B"))
        >>> flow = Flow(id="p", nodes=steps, edges=(SequenceFlow(id="f", source="a", target="b"),))
        >>> view(flow).after["a"], view(flow).starts, view(flow).ends
        (('b',), ('a',), ('b',))

    Source: BPMN 2.0.2, chapter 13; linear in nodes and flows.
    """
    inside: dict[str | None, list[Node]] = {}
    for node in flow.nodes:
        inside.setdefault(node.scope, []).append(node)
    opened = {n.id for n in flow.nodes if isinstance(n, SubProcess) and n.id in inside}
    after: dict[str, dict[str, None]] = {}
    for node in flow.nodes:
        after[node.id] = {}
        if node.id in opened:
            after[exit_of(node.id)] = {}
    arrows = [(edge.source, edge.target) for edge in flow.edges]
    for source, target in (*arrows, *jumps(flow).items()):
        leaves = exit_of(source) if source in opened else source
        if leaves in after and target in after:
            after[leaves][target] = None
    events = [node for node in flow.nodes if isinstance(node, Event)]
    _guards(events, opened, after)
    begins, ends = _borders(flow, inside, opened, after)
    before: dict[str, list[str]] = {vertex: [] for vertex in after}
    for vertex, following in after.items():
        for target in following:
            before[target].append(vertex)
    return View(
        after={vertex: tuple(following) for vertex, following in after.items()},
        before={vertex: tuple(preceding) for vertex, preceding in before.items()},
        starts=begins,
        ends=ends,
    )


def _guards(
    events: Iterable[Event], opened: set[str], after: Mapping[str, dict[str, None]]
) -> None:
    for event in events:
        if event.attached_to is not None and event.attached_to in after:
            after[event.attached_to][event.id] = None
            if event.attached_to in opened:
                after[exit_of(event.attached_to)][event.id] = None


def _borders(
    flow: Flow,
    inside: Mapping[str | None, list[Node]],
    opened: set[str],
    after: dict[str, dict[str, None]],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Lead into every sub-process and out of it; return where the whole starts and ends."""
    begins: tuple[str, ...] = ()
    for scope, nodes in inside.items():
        first = starts(flow, nodes)
        if scope is None:
            begins = first
        elif scope in opened:
            after[scope].update(dict.fromkeys(first))
    guards = {
        each
        for each, node in flow.by_id.items()
        if isinstance(node, Event) and node.position is EventPosition.BOUNDARY
    }
    ends: list[str] = []
    for node in flow.nodes:
        leaves = exit_of(node.id) if node.id in opened else node.id
        if not guards.issuperset(after[leaves]):
            continue
        if node.scope is None:
            ends.append(leaves)
        elif node.scope in opened:
            after[leaves][exit_of(node.scope)] = None
    return begins, tuple(ends)


def reached(seen: View, *roots: str, backwards: bool = False) -> frozenset[str]:
    """Return every vertex that *roots* lead to (or that leads to them), themselves included.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> from tthc_flow.model.step import Step
        >>> steps = (Step(id="a", name="A"), Step(id="b", name="B"))
        >>> flow = Flow(id="p", nodes=steps, edges=(SequenceFlow(id="f", source="a", target="b"),))
        >>> sorted(reached(view(flow), "b", backwards=True))
        ['a', 'b']

    Source: breadth-first search; linear.
    """
    near = seen.before if backwards else seen.after
    found = dict.fromkeys(roots)
    queue = list(found)
    for here in queue:
        for there in near.get(here, ()):
            if there not in found:
                found[there] = None
                queue.append(there)
    return frozenset(found)


@remembered
def live(seen: View) -> frozenset[str]:
    """Return every vertex that a start of *seen* leads to.

    Example:
        >>> from tthc_flow.model.flow import Event, EventPosition, Flow
        >>> from tthc_flow.model.step import Step
        >>> start = Event(id="s", position=EventPosition.START)
        >>> live(view(Flow(id="p", nodes=(start, Step(id="a", name="A")))))
        frozenset({'s'})

    Source: breadth-first search; linear.
    """
    return reached(seen, *seen.starts)
