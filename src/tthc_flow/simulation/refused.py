"""What cannot be simulated, and why: elements by name, all of them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.errors import NotRunnable
from tthc_flow.graph.scopes import starts
from tthc_flow.model.finding import Finding, Severity
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
from tthc_flow.simulation.reached import caught_at, reached

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tthc_flow.model.flow import Flow, Node
    from tthc_flow.model.step import Loop
    from tthc_flow.simulation.scenario import Stream

MOST_ROUNDS: Final = 100


def never_end(cases: int) -> NotRunnable:
    """Return TF433: cases that wait for ever, as at a join that one branch never reaches."""
    return NotRunnable(
        "TF433",
        f"{cases} cases never end",
        hint="check the drawing for soundness, and whether enough cases come",
    )


def not_covered(found: Iterable[Finding]) -> NotRunnable:
    """Return TF431: elements that no case can be led through."""
    told = tuple(f"{each.name or each.element} ({each.code})" for each in found)
    return NotRunnable(
        "TF431",
        f"cannot simulate {'; '.join(told)}",
        hint="redraw these elements with exclusive or parallel gateways, steps and timers",
        choices=told,
    )


def rounds_of(step: Step) -> tuple[int, bool] | None:
    """Return how often a step is done, and whether side by side; ``None`` where nobody knows.

    Example:
        >>> rounds_of(Step(id="a", name="A"))
        (1, False)
    """
    loop = step.loop
    if loop is None:
        return 1, False
    times = _fixed(loop)
    return None if times is None else (times, loop.multi_instance and not loop.sequential)


def _fixed(loop: Loop) -> int | None:
    text = (loop.times or "").strip()
    if not text.isdecimal() or loop.until or loop.foreign or loop.printed:
        return None
    return int(text) if 1 <= int(text) <= MOST_ROUNDS else None


def refusals(stream: Stream) -> tuple[Finding, ...]:
    """Return a finding for each element of *stream* that is not covered, in file order.

    Covered are steps, exclusive, event-based and parallel gateways, sub-processes, links, timers
    (also at borders), waits, errors that are caught, ends of every kind; a fixed number of rounds.

    Source: BPMN 2.0.2, chapter 13.
    """
    flow, there = stream.flow, reached(stream.flow, stream.timers.keys())
    found = [
        Finding(
            code=f"simulate-{code}",
            severity=Severity.ERROR,
            element=node.id,
            name=node.name or None,
            values=(("element", node.name or node.id),),
        )
        for node in flow.nodes
        if node.id in there
        for code in _of_node(stream, node)
    ]
    outermost = starts(flow, [node for node in flow.nodes if node.scope is None])
    if len(outermost) != 1:
        values = (("element", ", ".join(outermost) or flow.id),)
        found.append(Finding(code="simulate-starts", severity=Severity.ERROR, values=values))
    return tuple(found)


def _of_node(stream: Stream, node: Node) -> Iterator[str]:
    flow = stream.flow
    match node:
        case Step():
            if rounds_of(node) is None:
                yield "rounds"
            yield from _conditional(flow, node)
        case Gateway():
            yield from _of_gateway(flow, node)
        case SubProcess():
            if node.kind in {SubProcessKind.AD_HOC, SubProcessKind.EVENT} or node.loop is not None:
                yield "sub-process"
            inner = [each for each in flow.nodes if each.scope == node.id]
            if inner and len(starts(flow, inner)) != 1:
                yield "starts"
            yield from _conditional(flow, node)
        case Event():
            yield from _of_event(stream, node)
    if any(each.target not in flow.by_id for each in flow.outgoing[node.id]):
        yield "dangling"


def _conditional(flow: Flow, node: Step | SubProcess) -> Iterator[str]:
    ways = flow.outgoing[node.id]
    if node.default is not None or any(
        each.condition or each.printed for each in ways[1:] and ways
    ):
        yield "conditional"


def _of_gateway(flow: Flow, node: Gateway) -> Iterator[str]:
    plain = len(flow.outgoing[node.id]) < 2 and len(flow.incoming[node.id]) < 2  # noqa: PLR2004 - one way on
    if node.kind in {GatewayKind.INCLUSIVE, GatewayKind.COMPLEX} and not plain:
        yield "gateway"
    if node.kind is GatewayKind.EVENT_BASED and (node.parallel or node.instantiates):
        yield "gateway"


def _of_event(stream: Stream, event: Event) -> Iterator[str]:
    match event.position:
        case EventPosition.BOUNDARY:
            return
        case EventPosition.THROW | EventPosition.END if event.trigger in {
            Trigger.COMPENSATION,
            Trigger.ESCALATION,
        }:
            yield "thrown"
        case EventPosition.END if event.trigger in {Trigger.ERROR, Trigger.CANCEL}:
            if caught_at(stream.flow, event) is None and event.scope is not None:
                yield "thrown"


def open_borders(stream: Stream) -> Iterator[Event]:
    """Yield the border events of which nobody says whether and when they happen.

    Timers with a time, caught errors and what undoes need nothing more.
    """
    flow, there = stream.flow, reached(stream.flow, stream.timers.keys())
    caught = {
        catcher.id
        for node in flow.nodes
        if isinstance(node, Event) and node.id in there
        and (catcher := caught_at(flow, node)) is not None
    }  # fmt: skip
    for node in flow.nodes:
        if not isinstance(node, Event) or node.position is not EventPosition.BOUNDARY:
            continue
        settled = node.id in caught or node.id in stream.never or node.id in stream.timers
        if node.attached_to in there and not settled and node.trigger is not Trigger.COMPENSATION:
            yield node
