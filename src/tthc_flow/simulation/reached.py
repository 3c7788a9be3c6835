"""Which elements a case can come to, given the border timers that are set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.expected.thrown import catcher
from tthc_flow.graph.scopes import jumps, starts
from tthc_flow.model.flow import Event, SubProcess

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tthc_flow.model.flow import Flow, Node


def reached(flow: Flow, timers: Collection[str]) -> frozenset[str]:
    """Return the ids of all nodes that a case may come to.

    Args:
        flow: The flow.
        timers: Ids of the border events that may go off.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.step import Step
        >>> sorted(reached(Flow(id="p", nodes=(Step(id="a", name="A"),)), ()))
        ['a']
    """
    found: set[str] = set()
    left = list(starts(flow, [node for node in flow.nodes if node.scope is None]))
    while left:
        each = left.pop()
        if each not in found and each in flow.by_id:
            found.add(each)
            left += _from(flow, flow.by_id[each], timers)
    return frozenset(found)


def _from(flow: Flow, node: Node, timers: Collection[str]) -> Iterator[str]:
    yield from (edge.target for edge in flow.outgoing[node.id])
    if node.id in jumps(flow):
        yield jumps(flow)[node.id]
    if isinstance(node, SubProcess):
        yield from starts(flow, [each for each in flow.nodes if each.scope == node.id])
    if isinstance(node, Event):
        caught = catcher(flow, node)
        yield from (caught.id,) if caught else ()
    for each in flow.nodes if node.id in flow.guarded else ():
        if isinstance(each, Event) and each.attached_to == node.id and each.id in timers:
            yield each.id


def alternative_starts(flow: Flow) -> tuple[str, ...]:
    """Return the start events at one of which each case begins; nothing where there are not two.

    Example:
        >>> from tthc_flow.model.flow import Event, EventPosition, Flow
        >>> both = tuple(Event(id=each, position=EventPosition.START) for each in "ab")
        >>> alternative_starts(Flow(id="p", nodes=both)), alternative_starts(Flow(id="p"))
        (('a', 'b'), ())

    Source: BPMN 2.0.2, 10.5.2: each start event is an independent way to begin a process.
    """
    first = starts(flow, [node for node in flow.nodes if node.scope is None])
    events = all(isinstance(flow.by_id[each], Event) for each in first)
    return first if events and len(first) > 1 else ()
