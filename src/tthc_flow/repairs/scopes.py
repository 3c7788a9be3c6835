"""Repairs of a process or sub-process as a whole: how it begins, how it ends, what is left over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tthc_flow.graph.scopes import needs_no_entry
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    GatewayKind,
    Node,
    SubProcess,
    SubProcessKind,
    Trigger,
)
from tthc_flow.repairs.repair import Kind, Spot
from tthc_flow.repairs.sheet import Sheet, is_link

_THROWN = (EventPosition.THROW, EventPosition.END)


def _isolated(sheet: Sheet) -> Iterator[Spot]:
    """Find nodes that no flow touches, beside a start or others that are connected."""
    pending = {end for link in sheet.links.values() for end in (link.source, link.target)}
    guarded = {event.attached_to for event in sheet.events(EventPosition.BOUNDARY)}
    for scope, nodes in sheet.insides().items():
        undoing = undoers(nodes)
        begun = any(_is_start(node) or sheet.out(node.id) for node in nodes)
        if _any_order(sheet, scope) or not begun:
            continue
        for node in nodes:
            alone = not sheet.out(node.id) and not sheet.into(node.id)
            linked = needs_no_entry(node) or is_link(node, *_THROWN)
            if alone and not linked and node.id not in guarded | pending | undoing:
                yield Spot(element=node.id)


def _drop(sheet: Sheet, spot: Spot) -> None:
    sheet.drop(spot.element)


def _any_order(sheet: Sheet, scope: str | None) -> bool:
    block = sheet.nodes.get(scope or "")
    return isinstance(block, SubProcess) and block.kind is SubProcessKind.AD_HOC


def sources(sheet: Sheet, nodes: list[Node]) -> list[Node]:
    """Return where a scope holding *nodes* begins: its start events, else what nothing enters."""
    starts: list[Node] = [
        node for node in nodes if isinstance(node, Event) and node.position is EventPosition.START
    ]
    if starts:
        return starts
    apart = undoers(nodes)
    return [
        node
        for node in nodes
        if not sheet.into(node.id) and not needs_no_entry(node) and node.id not in apart
    ]


def undoers(nodes: list[Node]) -> set[str]:
    """Return the activities that only undo others of the scope that holds *nodes*."""
    return {node.handler for node in nodes if isinstance(node, Event) and node.handler}


def unreachable(sheet: Sheet) -> Iterator[Spot]:
    """Find nodes on flows, and activities with boundary events, that no start leads to."""
    guards: dict[str, list[str]] = {}
    for event in sheet.events(EventPosition.BOUNDARY):
        guards.setdefault(event.attached_to or "", []).append(event.id)
    guarded = {*guards, *(event for events in guards.values() for event in events)}
    seen = _reached(sheet, guards)
    for identifier, node in sheet.nodes.items():
        connected = sheet.out(identifier) or sheet.into(identifier) or identifier in guarded
        if identifier not in seen and (connected or is_link(node, *_THROWN)):
            yield Spot(element=identifier)


def _reached(sheet: Sheet, guards: Mapping[str, list[str]]) -> set[str]:
    """Return the nodes that a start leads to, over flows, boundary events (*guards*) and links."""
    goals: dict[tuple[str | None, str | None], list[str]] = {}
    for event in sheet.events(EventPosition.CATCH):
        if is_link(event, EventPosition.CATCH):
            goals.setdefault((event.scope, event.reference), []).append(event.id)
    seen: set[str] = set()
    stack: list[str] = []
    for nodes in sheet.insides().values():
        stack += [node.id for node in sources(sheet, nodes)]
        stack += [node.id for node in nodes if _begins_itself(node)]
    while stack:
        here = stack.pop()
        if here in seen or here not in sheet.nodes:
            continue
        seen.add(here)
        stack += [edge.target for edge in sheet.out(here)] + guards.get(here, [])
        node = sheet.nodes[here]
        if isinstance(node, Event) and node.handler:
            stack.append(node.handler)
        if isinstance(node, Event) and is_link(node, *_THROWN):
            stack += goals.get((node.scope, node.reference), [])
    return seen


def _begins_itself(node: Node) -> bool:
    return isinstance(node, SubProcess) and node.kind is SubProcessKind.EVENT


def _startless(sheet: Sheet) -> Iterator[Spot]:
    """Find processes and drawn sub-processes without a start event."""
    for scope, nodes in sheet.insides().items():
        if _any_order(sheet, scope):
            continue
        found = sources(sheet, nodes)
        if found and not any(map(_is_start, found)):
            names = ", ".join(sheet.name(each.id) for each in found)
            element = sheet.procedure.flow.id if scope is None else scope
            yield Spot(element=element, values=(("first", names),))


def _is_start(node: Node) -> bool:
    return isinstance(node, Event) and node.position is EventPosition.START


def _add_start(sheet: Sheet, spot: Spot) -> None:
    """Begin with a start event; where several nodes begin, all do (BPMN 2.0.2, 13.2.1)."""
    scope = spot.element if spot.element in sheet.nodes else None
    first = sources(sheet, sheet.insides()[scope])
    lane = first[0].lane
    start = sheet.fresh(f"{spot.element}_start")
    sheet.put(Event(id=start, position=EventPosition.START, scope=scope, lane=lane))
    before = start
    if len(first) > 1:
        before = sheet.gateway(GatewayKind.PARALLEL, sheet.nodes[start], "split")
        sheet.connect(start, before)
    for node in first:
        sheet.connect(before, node.id)


def _endless(sheet: Sheet) -> Iterator[Spot]:
    """Find nodes after which nothing comes and that are no end: the token ends there."""
    pending = {link.source for link in sheet.links.values()}
    insides = sheet.insides()
    failing = {scope for scope, nodes in insides.items() if _ends_by_error(sheet, nodes)}
    for scope, nodes in insides.items():
        if _any_order(sheet, scope):
            continue
        for node in nodes:
            entered = bool(sheet.into(node.id)) or _is_sprung(node)
            entered = entered and node.id not in failing
            if entered and not sheet.out(node.id) and node.id not in pending and _goes_on(node):
                yield Spot(element=node.id)


def _ends_by_error(sheet: Sheet, nodes: list[Node]) -> bool:
    """Return whether a sub-process holding *nodes* is never left but by an error."""
    last = [node for node in nodes if not sheet.out(node.id) and _goes_on_or_ends(node)]
    return bool(last) and all(
        isinstance(node, Event)
        and node.position is EventPosition.END
        and node.trigger is Trigger.ERROR
        for node in last
    )


def _goes_on_or_ends(node: Node) -> bool:
    return _goes_on(node) or (isinstance(node, Event) and node.position is EventPosition.END)


def _is_sprung(node: Node) -> bool:
    begun = {EventPosition.START, EventPosition.BOUNDARY}
    return isinstance(node, Event) and node.position in begun


def _goes_on(node: Node) -> bool:
    """Return whether a token that has passed *node* is still about."""
    match node:
        case Event(position=EventPosition.END):
            return False
        case Event(trigger=Trigger.LINK, position=EventPosition.THROW):
            return False
        case Event(trigger=Trigger.COMPENSATION, position=EventPosition.BOUNDARY):
            return False
        case SubProcess(kind=SubProcessKind.EVENT):
            return False
        case _:
            return True


def _add_end(sheet: Sheet, spot: Spot) -> None:
    sheet.connect(spot.element, sheet.end(sheet.nodes[spot.element]))


ISOLATED_DROPPED = Kind(code="repair-isolated-dropped", certain=False, find=_isolated, mend=_drop)
UNREACHED_DROPPED = Kind(
    code="repair-unreached-dropped", certain=False, find=unreachable, mend=_drop
)
START_ADDED = Kind(code="repair-start-added", certain=True, find=_startless, mend=_add_start)
END_ADDED = Kind(code="repair-end-added", certain=True, find=_endless, mend=_add_end)
