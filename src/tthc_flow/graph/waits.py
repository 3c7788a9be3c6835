"""Waits for an opinion that are drawn otherwise than as one row: as an event, a block, a box.

Source: domain rule of this project: the request goes with its answer, however the wait is drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.graph.requests import answers, asks, passes_on, request_before
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Gateway,
    GatewayKind,
    SubProcess,
    SubProcessKind,
    Trigger,
)
from tthc_flow.model.step import Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.flow import Flow, Node


@frozen(kw_only=True)
class Wait:
    """A wait for answers: what is taken out with it, and where the case goes on.

    *row* are its nodes, the request first; *last* is the element after which all is answered: the
    event, the join of a block, the box.
    """

    row: tuple[Node, ...]
    last: str


def waits(flow: Flow) -> Iterator[Wait]:
    """Yield each wait drawn as a message event, as parallel arms, or as a sub-process.

    An event or a block belongs to a request right before it; without one it waits for something
    else, or each of its arms is a consultation of its own. A box holds its own requests.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> from tthc_flow.model.step import StepKind
        >>> ask = Step(id="a", name="A", kinds=(StepKind.CONSULT,))
        >>> got = Event(id="b", position=EventPosition.CATCH, trigger=Trigger.MESSAGE)
        >>> edges = tuple(SequenceFlow(id=x + y, source=x, target=y) for x, y in ("ab", "bc"))
        >>> flow = Flow(id="p", nodes=(ask, got, Step(id="c", name="C")), edges=edges)
        >>> [[node.id for node in wait.row] for wait in waits(flow)]
        [['a', 'b']]

    Source: see the module; linear in nodes and flows.
    """
    for node in flow.nodes:
        match node:
            case Event(position=EventPosition.CATCH, trigger=Trigger.MESSAGE):
                request = request_before(flow, node.id)
                if request and _passed_through(flow, node.id):
                    yield Wait(row=(*request, node), last=node.id)
            case Gateway(kind=GatewayKind.PARALLEL):
                yield from _block(flow, node)
            case SubProcess(kind=SubProcessKind.EMBEDDED, outside_clock=False):
                yield from _box(flow, node)


def _passed_through(flow: Flow, node: str) -> bool:
    """Return whether *node* has one way in and one way out, and nothing hangs on it."""
    ways = len(flow.incoming[node]), len(flow.outgoing[node])
    return ways == (1, 1) and node not in flow.guarded


def _block(flow: Flow, split: Gateway) -> Iterator[Wait]:
    """Yield the block that *split* opens, where every arm is nothing but answers to one request."""
    request = request_before(flow, split.id)
    ways = flow.outgoing[split.id]
    if not request or len(ways) < 2:  # noqa: PLR2004 - arms
        return
    steps: list[Step] = []
    joins = set[str]()
    for way in ways:
        node = flow.by_id.get(way.target)
        while isinstance(node, Step) and answers(node) and _passed_through(flow, node.id):
            steps.append(node)
            node = flow.by_id.get(flow.outgoing[node.id][0].target)
        joins.add("" if node is None else node.id)
    (join, *others) = joins
    closed = flow.by_id.get(join)
    if others or not isinstance(closed, Gateway) or closed.kind is not GatewayKind.PARALLEL:
        return
    if len(flow.incoming[join]) == len(ways) and len(flow.outgoing[join]) == 1:
        yield Wait(row=(*request, *steps), last=join)


def _box(flow: Flow, box: SubProcess) -> Iterator[Wait]:
    """Yield *box* with the request before it, where it holds nothing but a row of consulting."""
    inside = tuple(node for node in flow.nodes if node.scope == box.id)
    steps = tuple(node for node in inside if isinstance(node, Step))
    events = tuple(node for node in inside if isinstance(node, Event))
    plain = all(
        event.trigger is Trigger.NONE and event.position in {EventPosition.START, EventPosition.END}
        for event in events
    )
    fits = all(answers(step) or asks(step) or passes_on(step) for step in steps)
    in_a_row = all(len(flow.outgoing[node.id]) <= 1 for node in inside)
    loose = any(node.id in flow.guarded for node in inside)
    whole = len(steps) + len(events) == len(inside)
    if not (plain and fits and in_a_row and whole) or loose or not any(map(answers, steps)):
        return
    if len(flow.outgoing[box.id]) == 1 and box.id not in flow.guarded:
        yield Wait(row=(*request_before(flow, box.id), box, *inside), last=box.id)
