"""Repairs of sub-processes and gateways whose exact rule the drawing does not say."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from tthc_flow.engine.begun import wrongly_begun
from tthc_flow.engine.refusals import may_come_first
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
from tthc_flow.repairs.repair import Kind, Spot
from tthc_flow.repairs.sheet import Sheet


def _ad_hoc(sheet: Sheet) -> Iterator[Spot]:
    """Find ad-hoc sub-processes: their steps come in any order, any number of times."""
    for node in sheet.nodes.values():
        ad_hoc = isinstance(node, SubProcess) and node.kind is SubProcessKind.AD_HOC
        if ad_hoc and sheet.holds(node.id):
            yield Spot(element=node.id)


def _all_once(sheet: Sheet, spot: Spot) -> None:
    node = sheet.nodes[spot.element]
    if isinstance(node, SubProcess):
        sheet.put(evolve(node, kind=SubProcessKind.EMBEDDED))


def _complex(sheet: Sheet) -> Iterator[Spot]:
    """Find complex gateways."""
    for node in sheet.nodes.values():
        if isinstance(node, Gateway) and node.kind is GatewayKind.COMPLEX:
            yield Spot(element=node.id)


def _inclusive(sheet: Sheet, spot: Spot) -> None:
    _become(sheet, spot.element, GatewayKind.INCLUSIVE)


def _become(sheet: Sheet, identifier: str, kind: GatewayKind) -> None:
    node = sheet.nodes[identifier]
    if isinstance(node, Gateway):
        sheet.put(evolve(node, kind=kind))


def _event_gateways(sheet: Sheet) -> Iterator[Spot]:
    """Find event-based gateways that lead to something that waits for no event."""
    for node in sheet.nodes.values():
        if isinstance(node, Gateway) and node.kind is GatewayKind.EVENT_BASED:
            goals = [sheet.nodes.get(edge.target) for edge in sheet.out(node.id)]
            if not goals or not all(map(may_come_first, goals)):
                yield Spot(element=node.id)


def _choose(sheet: Sheet, spot: Spot) -> None:
    _become(sheet, spot.element, GatewayKind.EXCLUSIVE)


def _begun_wrongly(sheet: Sheet) -> Iterator[Spot]:
    """Find what is drawn to begin a case and is not where a case can begin."""
    for node in wrongly_begun(sheet.done().flow):
        yield Spot(element=node.id)


def _begin_nothing(sheet: Sheet, spot: Spot) -> None:
    node = sheet.nodes[spot.element]
    if isinstance(node, Gateway | Step):
        sheet.put(evolve(node, instantiates=False))


def _several_tokens(sheet: Sheet) -> Iterator[Spot]:
    """Find activities that take or give several tokens at once."""
    for node in sheet.nodes.values():
        if isinstance(node, Step | SubProcess):
            takes, gives = node.start_quantity, node.completion_quantity
            if (takes, gives) != (1, 1):
                values = (("takes", str(takes)), ("gives", str(gives)))
                yield Spot(element=node.id, values=values)


def _one_token(sheet: Sheet, spot: Spot) -> None:
    node = sheet.nodes[spot.element]
    if isinstance(node, Step | SubProcess):
        sheet.put(evolve(node, start_quantity=1, completion_quantity=1))


def inner_starts(sheet: Sheet) -> dict[str, list[Event]]:
    """Return the start events of each sub-process that its own arrow starts."""
    found: dict[str, list[Event]] = {}
    for event in sheet.events(EventPosition.START):
        block = sheet.nodes.get(event.scope or "")
        if isinstance(block, SubProcess) and block.kind is not SubProcessKind.EVENT:
            found.setdefault(block.id, []).append(event)
    return found


def _several_starts(sheet: Sheet) -> Iterator[Spot]:
    """Find sub-processes with several start events, each with one way out."""
    for block, events in inner_starts(sheet).items():
        ready = all(len(sheet.out(event.id)) == 1 for event in events)
        if len(events) > 1 and ready and not any(sheet.into(event.id) for event in events):
            names = ", ".join(sheet.name(event.id) for event in events)
            yield Spot(element=block, values=(("starts", names),))


def _one_start(sheet: Sheet, spot: Spot) -> None:
    """Put one start in front: what happens first (or who works on it) decides how it begins."""
    events = inner_starts(sheet)[spot.element]
    waiting = all(event.trigger is not Trigger.NONE for event in events)
    kind = GatewayKind.EVENT_BASED if waiting else GatewayKind.EXCLUSIVE
    start = sheet.fresh(f"{spot.element}_start")
    place = EventPosition.START
    sheet.put(Event(id=start, position=place, scope=spot.element, lane=events[0].lane))
    choice = sheet.gateway(kind, sheet.nodes[start], "choice")
    sheet.connect(start, choice)
    for event in events:
        place = EventPosition.CATCH if waiting else EventPosition.THROW
        trigger = event.trigger if waiting else Trigger.NONE
        sheet.put(evolve(event, position=place, trigger=trigger, interrupting=True))
        sheet.connect(choice, event.id, event.name)


def triggered_starts(sheet: Sheet) -> Iterator[Spot]:
    """Find sub-processes whose one start event waits for something, which BPMN does not allow."""
    for events in inner_starts(sheet).values():
        if len(events) == 1 and events[0].trigger not in {Trigger.NONE, Trigger.COMPENSATION}:
            yield Spot(element=events[0].id)


def _start_at_once(sheet: Sheet, spot: Spot) -> None:
    event = sheet.nodes[spot.element]
    if isinstance(event, Event):
        sheet.put(evolve(event, trigger=Trigger.NONE, reference=None))


AD_HOC_ONCE = Kind(code="repair-ad-hoc-once", certain=False, find=_ad_hoc, mend=_all_once)
COMPLEX_INCLUSIVE = Kind(
    code="repair-complex-inclusive", certain=False, find=_complex, mend=_inclusive
)
EVENTS_CHOSEN = Kind(code="repair-events-chosen", certain=False, find=_event_gateways, mend=_choose)
BEGINNING_PLAIN = Kind(
    code="repair-beginning-plain", certain=False, find=_begun_wrongly, mend=_begin_nothing
)
TOKENS_SINGLE = Kind(
    code="repair-tokens-single", certain=False, find=_several_tokens, mend=_one_token
)
INNER_STARTS = Kind(
    code="repair-inner-starts", certain=False, find=_several_starts, mend=_one_start
)
INNER_TRIGGER = Kind(
    code="repair-inner-trigger", certain=False, find=triggered_starts, mend=_start_at_once
)
