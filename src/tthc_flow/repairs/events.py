"""Repairs of events: what is attached to nothing, has no trigger or several, and links."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import evolve

from tthc_flow.engine.undoable import cancel_is_clear, undoing_is_clear
from tthc_flow.model.flow import Event, EventPosition, SubProcess, Trigger
from tthc_flow.model.step import Step
from tthc_flow.repairs.repair import Kind, Spot
from tthc_flow.repairs.sheet import Sheet, is_link

_THROWN: Final = frozenset({EventPosition.THROW, EventPosition.END})


def _loose(sheet: Sheet) -> Iterator[Spot]:
    """Find boundary events that sit on no activity of their scope."""
    for event in sheet.events(EventPosition.BOUNDARY):
        host = sheet.nodes.get(event.attached_to or "")
        if not isinstance(host, Step | SubProcess) or host.scope != event.scope:
            yield Spot(element=event.id, values=(("host", event.attached_to or "–"),))


def _drop(sheet: Sheet, spot: Spot) -> None:
    sheet.drop(spot.element)


def _blank_boundaries(sheet: Sheet) -> Iterator[Spot]:
    """Find boundary events that do not say what triggers them."""
    for event in sheet.events(EventPosition.BOUNDARY):
        if event.trigger is Trigger.NONE:
            yield Spot(element=event.id)


def _lasting_errors(sheet: Sheet) -> Iterator[Spot]:
    """Find boundary errors drawn as if the work went on: an error always ends it."""
    for event in sheet.events(EventPosition.BOUNDARY):
        if event.trigger is Trigger.ERROR and not event.interrupting:
            yield Spot(element=event.id)


def _interrupt(sheet: Sheet, spot: Spot) -> None:
    event = sheet.nodes[spot.element]
    if isinstance(event, Event):
        sheet.put(evolve(event, interrupting=True))


def _several(sheet: Sheet) -> Iterator[Spot]:
    """Find events with several triggers."""
    for node in sheet.nodes.values():
        if isinstance(node, Event) and node.trigger is Trigger.MULTIPLE:
            yield Spot(element=node.id)


def _by_report(sheet: Sheet, spot: Spot) -> None:
    """Let a person report the event; one that is thrown only passes."""
    event = sheet.nodes[spot.element]
    if isinstance(event, Event):
        thrown = event.position in _THROWN
        sheet.put(evolve(event, trigger=Trigger.NONE if thrown else Trigger.CONDITIONAL))


def _compensations(sheet: Sheet) -> Iterator[Spot]:
    """Find events about undoing of which it is not clear what is undone, or by what."""
    flow = sheet.done().flow
    for node in flow.nodes:
        match node:
            case Event(trigger=Trigger.COMPENSATION) if not undoing_is_clear(flow, node):
                yield Spot(element=node.id)


def _forget_undoing(sheet: Sheet, spot: Spot) -> None:
    event = sheet.nodes[spot.element]
    match event:
        case Event(position=EventPosition.BOUNDARY):
            sheet.drop(event.id)
        case Event(position=EventPosition.START, scope=str(block)):
            sheet.drop(block)
        case Event():
            sheet.put(evolve(event, trigger=Trigger.NONE))


def _cancels(sheet: Sheet) -> Iterator[Spot]:
    """Find events that cancel, or catch that, without a transaction that has both."""
    flow = sheet.done().flow
    for node in flow.nodes:
        match node:
            case Event(trigger=Trigger.CANCEL) if not cancel_is_clear(flow, node):
                yield Spot(element=node.id)


def _cancel_as_error(sheet: Sheet, spot: Spot) -> None:
    """Let an error, which only this transaction's boundary catches, stand for the cancelling."""
    event = sheet.nodes[spot.element]
    if isinstance(event, Event):
        boundary = event.position is EventPosition.BOUNDARY
        block = event.attached_to if boundary else event.scope
        sheet.put(evolve(event, trigger=Trigger.ERROR, reference=f"cancel {block or ''}".strip()))


def _open_links(sheet: Sheet) -> tuple[list[Event], list[Event]]:
    """Return the throwing and the catching link events that no common name joins."""
    links = [node for node in sheet.nodes.values() if isinstance(node, Event)]
    links = [event for event in links if event.trigger is Trigger.LINK]
    catching: dict[tuple[str | None, str | None], list[Event]] = {}
    throwing: dict[tuple[str | None, str | None], list[Event]] = {}
    for event in links:
        groups = throwing if event.position in _THROWN else catching
        groups.setdefault((event.scope, event.reference), []).append(event)
    joined = {
        key
        for key, ends in catching.items()
        if len(ends) == 1 and key in throwing and key[1] is not None
    }
    return (
        [each for key, ends in throwing.items() if key not in joined for each in ends],
        [each for key, ends in catching.items() if key not in joined for each in ends],
    )


def _labelled_links(sheet: Sheet) -> Iterator[Spot]:
    """Find throwing links without a link name whose label one catching link bears, too."""
    throwing, catching = _open_links(sheet)
    goals: dict[tuple[str | None, str], list[Event]] = {}
    for goal in catching:
        goals.setdefault((goal.scope, _label(goal)), []).append(goal)
    for event in throwing:
        same = goals.get((event.scope, _label(event)), [])
        unnamed = event.reference is None and all(goal.reference is None for goal in same)
        if _label(event) and unnamed and len(same) == 1:
            yield _link(sheet, event, same[0])


def _label(event: Event) -> str:
    return " ".join(event.name.split()).casefold()


def _link(sheet: Sheet, event: Event, goal: Event) -> Spot:
    values = (("goal", sheet.name(goal.id)), ("target", goal.id))
    return Spot(element=event.id, values=values)


def _lone_links(sheet: Sheet) -> Iterator[Spot]:
    """Find throwing links that only one catching link of their scope is left for."""
    throwing, catching = _open_links(sheet)
    goals: dict[str | None, list[Event]] = {}
    for goal in catching:
        goals.setdefault(goal.scope, []).append(goal)
    for event in throwing:
        here = goals.get(event.scope, [])
        if len(here) == 1:
            yield _link(sheet, event, here[0])


def _join_ends(sheet: Sheet, spot: Spot) -> None:
    """Let the link stand as a flow from the throwing event to the catching one."""
    target = dict(spot.values)["target"]
    sheet.connect(spot.element, target)
    for end in (spot.element, target):
        event = sheet.nodes[end]
        if isinstance(event, Event):
            sheet.put(evolve(event, trigger=Trigger.NONE, reference=None))


def _pairs(sheet: Sheet) -> Iterator[Spot]:
    """Find links that a common name joins: any number thrown, one caught, in one scope."""
    catching: dict[tuple[str | None, str | None], list[str]] = {}
    for event in sheet.events(EventPosition.CATCH):
        if is_link(event, EventPosition.CATCH):
            catching.setdefault((event.scope, event.reference), []).append(event.id)
    for event in sheet.events(EventPosition.THROW):
        goals = catching.get((event.scope, event.reference), [])
        if is_link(event, EventPosition.THROW) and event.reference and len(goals) == 1:
            values = (("goal", sheet.name(goals[0])), ("target", goals[0]))
            yield Spot(element=event.id, values=values)


BOUNDARY_DROPPED = Kind(code="repair-boundary-dropped", certain=False, find=_loose, mend=_drop)
BOUNDARY_REPORTED = Kind(
    code="repair-boundary-reported", certain=True, find=_blank_boundaries, mend=_by_report
)
TRIGGERS_REPORTED = Kind(
    code="repair-triggers-reported", certain=False, find=_several, mend=_by_report
)
UNDOING_DROPPED = Kind(
    code="repair-undoing-dropped", certain=False, find=_compensations, mend=_forget_undoing
)
CANCEL_AS_ERROR = Kind(
    code="repair-cancel-as-error", certain=False, find=_cancels, mend=_cancel_as_error
)
ERROR_INTERRUPTS = Kind(
    code="repair-error-interrupts", certain=True, find=_lasting_errors, mend=_interrupt
)
LINK_LABELLED = Kind(
    code="repair-link-labelled", certain=True, find=_labelled_links, mend=_join_ends
)
LINK_GUESSED = Kind(code="repair-link-guessed", certain=False, find=_lone_links, mend=_join_ends)
LINK_JOINED = Kind(code="repair-link-joined", certain=True, find=_pairs, mend=_join_ends)
