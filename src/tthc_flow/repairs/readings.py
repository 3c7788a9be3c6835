"""How the engine understands what a drawing leaves to people: nothing changes, it is only said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from tthc_flow.model.artifact import ArtifactKind
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Gateway,
    GatewayKind,
    Node,
    SubProcess,
    SubProcessKind,
    Trigger,
)
from tthc_flow.model.step import Loop, Step, TaskType
from tthc_flow.repairs.repair import Kind, Spot
from tthc_flow.repairs.sheet import Sheet

_CHOICES: Final = frozenset({GatewayKind.EXCLUSIVE, GatewayKind.INCLUSIVE})
_WAITS: Final = frozenset({EventPosition.CATCH, EventPosition.BOUNDARY})
_REPORTED: Final = frozenset({Trigger.MESSAGE, Trigger.SIGNAL, Trigger.CONDITIONAL})
_MACHINES: Final = frozenset({TaskType.SERVICE, TaskType.SCRIPT, TaskType.BUSINESS_RULE})
_MESSAGES: Final = frozenset({TaskType.SEND, TaskType.RECEIVE})
_DATA: Final = frozenset(
    {
        ArtifactKind.DATA_OBJECT,
        ArtifactKind.DATA_REFERENCE,
        ArtifactKind.DATA_STORE,
        ArtifactKind.DATA_INPUT,
        ArtifactKind.DATA_OUTPUT,
    }
)
_MANY: Final = 2


def is_asked(sheet: Sheet, node: Node) -> bool:
    """Return whether *node* is a decision that its conditions cannot make: somebody is asked."""
    if not isinstance(node, Gateway) or node.kind not in _CHOICES:
        return False
    ways = sheet.out(node.id)
    open_ways = [way for way in ways if way.id != node.default]
    return len(ways) >= _MANY and any(way.condition is None for way in open_ways)


def answer(sheet: Sheet, edge: str) -> str:
    """Return what a way out of a decision is called: its name, its condition, or where it leads."""
    way = sheet.edges[edge]
    return " ".join((way.name or way.condition or way.printed or sheet.name(way.target)).split())


def _questions(sheet: Sheet) -> Iterator[Spot]:
    for node in sheet.nodes.values():
        if is_asked(sheet, node):
            answers = " / ".join(answer(sheet, way.id) for way in sheet.out(node.id))
            yield Spot(element=node.id, values=(("answers", answers),))


def _each(wanted: Callable[[Sheet, Node], bool]) -> Callable[[Sheet], Iterator[Spot]]:
    """Return a search for the nodes that are *wanted*."""

    def find(sheet: Sheet) -> Iterator[Spot]:
        for node in sheet.nodes.values():
            if wanted(sheet, node):
                yield Spot(element=node.id)

    return find


def _timers(*, printed: bool) -> Callable[[Sheet], Iterator[Spot]]:
    """Return a search for timers without a length: nothing printed, or nothing we can read."""

    def find(sheet: Sheet) -> Iterator[Spot]:
        for node in sheet.nodes.values():
            if isinstance(node, Event) and node.trigger is Trigger.TIMER:
                words = " ".join((node.time.printed or "").split())
                if node.position is EventPosition.START:
                    continue  # who begins the case is a reading of its own
                if node.time.duration is None and bool(words) is printed:
                    yield Spot(element=node.id, values=(("printed", words),) if printed else ())

    return find


def _is_reported(_sheet: Sheet, node: Node) -> bool:
    return isinstance(node, Event) and node.position in _WAITS and node.trigger in _REPORTED


def _is_called(_sheet: Sheet, node: Node) -> bool:
    return isinstance(node, Step) and node.task is TaskType.CALL


def _is_machine(_sheet: Sheet, node: Node) -> bool:
    return isinstance(node, Step) and node.task in _MACHINES


def _is_message(_sheet: Sheet, node: Node) -> bool:
    return isinstance(node, Step) and node.task in _MESSAGES


def _is_transaction(_sheet: Sheet, node: Node) -> bool:
    return isinstance(node, SubProcess) and node.kind is SubProcessKind.TRANSACTION


def _undrawn(sheet: Sheet) -> Iterator[Spot]:
    """Find sub-processes whose content is not in the file."""
    for node in sheet.nodes.values():
        if isinstance(node, SubProcess) and not sheet.holds(node.id):
            yield Spot(element=node.id)


def _rounds_asked(sheet: Sheet) -> Iterator[Spot]:
    """Find work done several times of which neither a number nor a list says how often."""
    for node, loop in _repeated(sheet):
        if loop.multi_instance and loop.times is None and loop.each is None:
            yield Spot(element=node.id)


def _loop_asked(sheet: Sheet) -> Iterator[Spot]:
    """Find repeated work of which no condition of ours, and no number alone, says when it ends."""
    for node, loop in _repeated(sheet):
        counted = loop.multi_instance or loop.times is not None
        if loop.until is None and (loop.foreign is not None or not counted):
            yield Spot(element=node.id)


def _repeated(sheet: Sheet) -> Iterator[tuple[Node, Loop]]:
    for node in sheet.nodes.values():
        if isinstance(node, Step | SubProcess) and node.loop is not None:
            yield node, node.loop


def _several_starts(sheet: Sheet) -> Iterator[Spot]:
    """Find processes with several start events: each begins a case of its own."""
    starts = [event for event in sheet.events(EventPosition.START) if event.scope is None]
    if len(starts) >= _MANY:
        names = ", ".join(sheet.name(event.id) for event in starts)
        yield Spot(element=sheet.procedure.flow.id, values=(("starts", names),))


def _triggered_starts(sheet: Sheet) -> Iterator[Spot]:
    """Find processes that an event begins: a person begins the case when it has happened."""
    for event in sheet.events(EventPosition.START):
        if event.scope is None and event.trigger is not Trigger.NONE:
            yield Spot(element=event.id)


def _outside(sheet: Sheet) -> Iterator[Spot]:
    """Find black-box pools that messages of this process come from or go to."""
    own = {pool.id for pool in sheet.procedure.pools if pool.process == sheet.procedure.flow.id}
    known = own | sheet.nodes.keys()
    partners = set()
    for message in sheet.procedure.messages:
        for end, other in ((message.source, message.target), (message.target, message.source)):
            if end in known:
                partners.add(other)
    for pool in sheet.procedure.pools:
        if pool.process is None and pool.id in partners:
            yield Spot(element=pool.id)


POOL_OUTSIDE = Kind(code="repair-pool-outside", certain=True, find=_outside)


def _data(sheet: Sheet) -> Iterator[Spot]:
    """Find data objects and stores: they are drawn for people and take no part in a run."""
    data = [e for e in sheet.procedure.artifacts if e.kind in _DATA and not e.shared]
    if data:
        names = dict.fromkeys(" ".join((each.text or each.id).split()) for each in data)
        values = (("count", str(len(data))), ("names", ", ".join(f"“{name}”" for name in names)))
        yield Spot(element=sheet.procedure.flow.id, values=values)


DATA_NOTED = Kind(code="repair-data-noted", certain=True, find=_data)
QUESTION = Kind(code="repair-question", certain=True, find=_questions)
TIMER_BY_HAND = Kind(code="repair-timer-by-hand", certain=True, find=_timers(printed=False))
TIMER_UNREAD = Kind(code="repair-timer-unread", certain=True, find=_timers(printed=True))
EVENT_BY_HAND = Kind(code="repair-event-by-hand", certain=True, find=_each(_is_reported))
MESSAGE_BY_HAND = Kind(code="repair-message-by-hand", certain=True, find=_each(_is_message))
CALL_BY_HAND = Kind(code="repair-call-by-hand", certain=True, find=_each(_is_called))
MACHINE_BY_HAND = Kind(code="repair-machine-by-hand", certain=True, find=_each(_is_machine))
ROUNDS_ASKED = Kind(code="repair-rounds-asked", certain=True, find=_rounds_asked)
LOOP_ASKED = Kind(code="repair-loop-asked", certain=True, find=_loop_asked)
TRANSACTION_PLAIN = Kind(code="repair-transaction-plain", certain=True, find=_each(_is_transaction))
UNDRAWN_AS_WORK = Kind(code="repair-undrawn-as-work", certain=True, find=_undrawn)
STARTS_SEVERAL = Kind(code="repair-starts-several", certain=True, find=_several_starts)
START_BY_HAND = Kind(code="repair-start-by-hand", certain=True, find=_triggered_starts)
