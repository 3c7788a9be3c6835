"""Steps that follow one another: directly, or with nothing but gateways between."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from tthc_flow.graph.paths import acyclic
from tthc_flow.graph.remembered import remembered
from tthc_flow.graph.view import node_of, view
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Gateway,
    GatewayKind,
    Outcome,
    SubProcess,
    SubProcessKind,
    Trigger,
)
from tthc_flow.model.step import Step, StepKind, TaskType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tthc_flow.model.flow import Flow, Node

_NOTICES: Final = frozenset({StepKind.REPORT})
"""Work that only tells somebody something."""


def follower(flow: Flow, step: Step) -> Step | None:
    """Return the step that follows *step* and nothing else, or ``None``."""
    return _neighbour(flow, step, forwards=True)


def forerunner(flow: Flow, step: Step) -> Step | None:
    """Return the step that comes before *step* and nothing else, or ``None``."""
    return _neighbour(flow, step, forwards=False)


def _neighbour(flow: Flow, step: Step, *, forwards: bool) -> Step | None:
    edges = (flow.outgoing if forwards else flow.incoming)[step.id]
    if len(edges) != 1:
        return None
    other = flow.by_id.get(edges[0].target if forwards else edges[0].source)
    if not isinstance(other, Step) or other.id == step.id:
        return None
    back = (flow.incoming if forwards else flow.outgoing)[other.id]
    return other if len(back) == 1 else None


def chains(flow: Flow) -> Iterator[tuple[Step, ...]]:
    """Yield the longest rows of steps that follow one another directly, in file order.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> flow = Flow(
        ...     id="p",
        ...     nodes=(Step(id="a", name="A"), Step(id="b", name="B")),
        ...     edges=(SequenceFlow(id="f", source="a", target="b"),),
        ... )
        >>> [[step.id for step in row] for row in chains(flow)]
        [['a', 'b']]
    """
    for step in flow.steps:
        if forerunner(flow, step) is not None:
            continue
        row = [step]
        after = follower(flow, step)
        while after is not None:
            row.append(after)
            after = follower(flow, after)
        yield tuple(row)


def removable(flow: Flow, step: Step) -> bool:
    """Return whether *step* has one way out and no boundary event, so that it can be taken out."""
    return len(flow.outgoing[step.id]) == 1 and step.id not in flow.guarded


def approach(
    flow: Flow, step: Step, begins: Callable[[Step], bool], passes: Callable[[Step], bool]
) -> tuple[Step, tuple[Step, ...]] | None:
    """Return the one step from which every case comes to *step*, and the steps between the two.

    Gateways may lie between, and the end of a sub-process; their other ways are nobody's concern
    here (they refuse, send back, run beside). Steps between must be such that *passes* says so.
    ``None`` where cases come from elsewhere too: from a start, from another step that *begins*,
    or back from behind *step*.

    Args:
        flow: Any flow.
        step: Where the approach ends.
        begins: Whether the approach may begin with a step.
        passes: Whether a step may lie between.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> flow = Flow(
        ...     id="p",
        ...     nodes=tuple(Step(id=each, name=each) for each in "abc"),
        ...     edges=tuple(SequenceFlow(id=a + b, source=a, target=b) for a, b in ("ab", "bc")),
        ... )
        >>> first, between = approach(
        ...     flow, flow.by_id["c"], lambda step: step.id == "a", lambda step: True
        ... )
        >>> first.id, [each.id for each in between]
        ('a', ['b'])

    Source: breadth-first search backwards; linear in what lies between.
    """
    seen = view(flow)
    first: Step | None = None
    queue = [step.id]
    found = {step.id}
    for here in queue:
        if not seen.before[here]:
            return None
        for vertex in seen.before[here]:
            node = flow.by_id[node_of(vertex)]
            if vertex == step.id:
                return None
            if vertex in found:
                continue
            found.add(vertex)
            if isinstance(node, Step) and begins(node):
                if first is not None:
                    return None
                first = node
            elif _lies_between(flow, vertex, node, passes):
                queue.append(vertex)
            else:
                return None
    if first is None:
        return None
    place = places(flow)
    between = (n for v in queue[1:] if isinstance(n := flow.by_id[node_of(v)], Step))
    return first, tuple(sorted(between, key=lambda each: place[each.id]))


def _lies_between(flow: Flow, vertex: str, node: Node, passes: Callable[[Step], bool]) -> bool:
    """Return whether a case that has come to *vertex* only goes on from there, or is passed on."""
    match node:
        case Step():
            return passes(node)
        case Gateway(kind=GatewayKind.EXCLUSIVE | GatewayKind.PARALLEL | GatewayKind.INCLUSIVE):
            return True
        case Event(position=EventPosition.END, trigger=Trigger.NONE):
            return True
        case SubProcess(kind=SubProcessKind.EMBEDDED, loop=None):
            return vertex != node.id and node.id not in flow.guarded
        case _:
            return False


@remembered
def places(flow: Flow) -> Mapping[str, int]:
    """Return the place of each node in an order in which a case may pass them, loops left out.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> flow = Flow(
        ...     id="p",
        ...     nodes=(Step(id="b", name="B"), Step(id="a", name="A")),
        ...     edges=(SequenceFlow(id="f", source="a", target="b"),),
        ... )
        >>> dict(places(flow))
        {'a': 0, 'b': 1}

    Source: topological order, see :func:`tthc_flow.graph.paths.acyclic`.
    """
    order = dict.fromkeys(node_of(vertex) for vertex in acyclic(view(flow)).order)
    return MappingProxyType({node: number for number, node in enumerate(order)})


def detachable(flow: Flow, step: Step) -> tuple[str, ...] | None:
    """Return what goes where *step* is taken out, itself first, or ``None`` where it cannot be.

    It can where it has one way out and nothing but reminders hangs on it; these go with it.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> steps = (Step(id="a", name="A"), Step(id="b", name="B"))
        >>> flow = Flow(id="p", nodes=steps, edges=(SequenceFlow(id="f", source="a", target="b"),))
        >>> detachable(flow, steps[0]), detachable(flow, steps[1])
        (('a',), None)
    """
    found = reminders(flow, step) if len(flow.outgoing[step.id]) == 1 else None
    return None if found is None else (step.id, *found)


def reminders(flow: Flow, step: Step) -> tuple[str, ...] | None:
    """Return what only reminds of *step* and has no sense without it; ``None`` for anything more.

    That are its boundary timers that do not interrupt it, each with the notices it sends and the
    end it comes to. An interrupting event, one that leads back into the procedure or to an
    outcome, or one that sets other work going is more.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> step = Step(id="a", name="A")
        >>> reminders(Flow(id="p", nodes=(step,)), step)
        ()

    Source: BPMN 2.0.2, 10.5.4: a non-interrupting event adds a token and takes none away.
    """
    if step.id not in flow.guarded:
        return ()
    found: list[str] = []
    for event in flow.nodes:
        if not isinstance(event, Event) or event.attached_to != step.id:
            continue
        if event.interrupting or event.trigger is not Trigger.TIMER:
            return None
        way = _notices(flow, event)
        if way is None:
            return None
        found += way
    return tuple(found)


def _notices(flow: Flow, event: Event) -> list[str] | None:
    """Return *event* and the notices after it up to their own end, or ``None`` for other work."""
    way, here = [event.id], event.id
    while flow.outgoing[here]:
        if len(flow.outgoing[here]) > 1:
            return None
        node = flow.by_id.get(flow.outgoing[here][0].target)
        if node is None or len(flow.incoming[node.id]) > 1 or node.id in way:
            return None
        match node:
            case Step(kinds=kinds) if _NOTICES.issuperset(kinds) and node.id not in flow.guarded:
                if not kinds and node.task is not TaskType.SEND:
                    return None
            case Event(
                position=EventPosition.END, trigger=Trigger.NONE, outcome=None | Outcome.OTHER
            ):
                pass
            case _:
                return None
        way.append(node.id)
        here = node.id
    return way
