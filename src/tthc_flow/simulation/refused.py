"""What cannot be simulated, and why: elements by name, all of them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from tthc_flow.errors import NotRunnable
from tthc_flow.expected.thrown import catcher
from tthc_flow.graph.scopes import starts, undoers
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
from tthc_flow.simulation.blocks import blocks_of
from tthc_flow.simulation.reached import alternative_starts, reached
from tthc_flow.words.fact_words import fact_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tthc_flow.model.flow import Flow, Node
    from tthc_flow.model.step import Loop
    from tthc_flow.simulation.scenario import Stream

MOST_ROUNDS: Final = 100
MOST_WAYS: Final = 12
"""Of an inclusive choice, as in the proof: a set of them for each 0 and 1 is kept."""
_Refusal: TypeAlias = "tuple[str, *tuple[tuple[str, str], ...]]"
"""The code of a refusal without its room, and what fills its text beside the element."""


def never_end(cases: int) -> NotRunnable:
    """Return TF433: cases that wait for ever, as at a join that one branch never reaches."""
    return NotRunnable(
        "TF433",
        **fact_words("simulate-fact-never-end", cases=cases),
        hint="check the drawing for soundness, and whether enough cases come",
    )


def not_covered(found: Iterable[Finding]) -> NotRunnable:
    """Return TF431: elements that no case can be led through."""
    told = tuple(f"{each.name or called(each)} ({each.code})" for each in found)
    return NotRunnable(
        "TF431",
        **fact_words("simulate-fact-cannot", elements="; ".join(told)),
        hint="redraw them with exclusive, parallel or inclusive gateways, steps and timers",
        choices=told,
    )


def called(finding: Finding) -> str:
    """Return the id of the element that a refusal is about; the starts where a process has several.

    Example:
        >>> called(Finding(code="c", severity=Severity.ERROR, values=(("starts", "Online, Post"),)))
        'Online, Post'
    """
    values = dict(finding.values)
    return finding.element or values.get("starts") or values.get("element", "")


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

    Covered are steps, exclusive, event-based and parallel gateways, inclusive ones whose join
    closes a block, sub-processes, links, timers (also at borders), waits, errors that are caught,
    starts and ends of every kind; a fixed number of rounds.

    Source: BPMN 2.0.2, chapter 13.
    """
    flow, there = stream.flow, reached(stream.flow, stream.timers.keys())
    loose = {merge for merge, block in blocks_of(stream).items() if block is None}
    found = [
        Finding(
            code=f"simulate-{code}",
            severity=Severity.ERROR,
            element=node.id,
            name=node.name or None,
            values=(("element", node.name or node.id), ("id", node.id), *more),
        )
        for node in flow.nodes
        if node.id in there or _is_aside(stream, node, there)
        for code, *more in (*_of_node(stream, node), *[("join",)] * (node.id in loose))
    ]
    for code, *more in _of_starts(flow, None):
        values = (("element", flow.name or flow.id), *more)
        found.append(Finding(code=f"simulate-{code}", severity=Severity.ERROR, values=values))
    return tuple(found)


def _is_aside(stream: Stream, node: Node, there: frozenset[str]) -> bool:
    """Return whether *node* may begin beside what is drawn, and nobody states that it does not."""
    return (
        isinstance(node, SubProcess)
        and node.kind is SubProcessKind.EVENT
        and (node.scope is None or node.scope in there)
        and node.id not in stream.never
        and node.id not in undoers(stream.flow)
    )


def _of_starts(flow: Flow, scope: str | None) -> Iterator[_Refusal]:
    """Yield why it is not known where a case begins in a scope; at which start has a share."""
    first = starts(flow, [node for node in flow.nodes if node.scope == scope])
    if not first:
        yield ("no-start",)
    elif len(first) > 1 and not (scope is None and alternative_starts(flow)):
        names = ", ".join(flow.by_id[each].name or each for each in first)
        yield "starts", ("starts", names)


def _of_node(stream: Stream, node: Node) -> Iterator[_Refusal]:
    flow = stream.flow
    match node:
        case Step():
            if rounds_of(node) is None:
                yield ("rounds",)
            yield from _of_activity(flow, node)
        case Gateway():
            yield from _of_gateway(flow, node)
        case SubProcess():
            if node.kind is SubProcessKind.EVENT:
                yield ("aside",)
            elif node.kind is SubProcessKind.AD_HOC or node.loop is not None:
                yield ("sub-process",)
            if any(each.scope == node.id for each in flow.nodes):
                yield from _of_starts(flow, node.id)
            yield from _of_activity(flow, node)
        case Event():
            yield from _of_event(stream, node)
    if any(each.target not in flow.by_id for each in flow.outgoing[node.id]):
        yield ("dangling",)


def _of_activity(flow: Flow, node: Step | SubProcess) -> Iterator[_Refusal]:
    ways = flow.outgoing[node.id]
    if node.default is not None or any(
        each.condition or each.printed for each in ways[1:] and ways
    ):
        yield ("conditional",)
    if (node.start_quantity, node.completion_quantity) != (1, 1):
        yield ("quantity",)


def _of_gateway(flow: Flow, node: Gateway) -> Iterator[_Refusal]:
    plain = len(flow.outgoing[node.id]) < 2 and len(flow.incoming[node.id]) < 2  # noqa: PLR2004 - one way on
    if node.kind is GatewayKind.COMPLEX and not plain:
        yield ("gateway",)
    if node.kind is GatewayKind.INCLUSIVE and len(flow.outgoing[node.id]) > MOST_WAYS:
        yield ("ways",)
    if node.kind is GatewayKind.EVENT_BASED and (node.parallel or node.instantiates):
        yield ("gateway",)


def _of_event(stream: Stream, event: Event) -> Iterator[_Refusal]:
    match event.position:
        case EventPosition.BOUNDARY:
            return
        case EventPosition.THROW | EventPosition.END if event.trigger in {
            Trigger.COMPENSATION,
            Trigger.ESCALATION,
        }:
            yield ("thrown",)
        case EventPosition.END if event.trigger in {Trigger.ERROR, Trigger.CANCEL}:
            if catcher(stream.flow, event) is None and event.scope is not None:
                yield ("thrown",)


def open_borders(stream: Stream) -> Iterator[Event]:
    """Yield the border events of which nobody says whether and when they happen.

    Timers with a time, caught errors and what undoes need nothing more.
    """
    flow, there = stream.flow, reached(stream.flow, stream.timers.keys())
    caught = {
        found.id
        for node in flow.nodes
        if isinstance(node, Event) and node.id in there
        and (found := catcher(flow, node)) is not None
    }  # fmt: skip
    for node in flow.nodes:
        if not isinstance(node, Event) or node.position is not EventPosition.BOUNDARY:
            continue
        settled = node.id in caught or node.id in stream.never or node.id in stream.timers
        if node.attached_to in there and not settled and node.trigger is not Trigger.COMPENSATION:
            yield node
