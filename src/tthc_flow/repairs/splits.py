"""Repairs of ways that part and meet without a gateway, or with one of the wrong kind."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from tthc_flow.model.flow import Event, EventPosition, Gateway, GatewayKind, Node, SubProcess
from tthc_flow.model.step import Step
from tthc_flow.repairs.repair import Kind, Spot
from tthc_flow.repairs.sheet import Sheet, conditional


def _activities(sheet: Sheet) -> Iterator[Node]:
    """Yield every node that is no gateway and that a token leaves."""
    for node in sheet.nodes.values():
        if not isinstance(node, Gateway) and not _is_end(node):
            yield node


def _is_end(node: Node) -> bool:
    return isinstance(node, Event) and node.position is EventPosition.END


def _plain_splits(sheet: Sheet) -> Iterator[Spot]:
    """Find steps and events that several plain flows leave: all are taken (BPMN 2.0.2, 13.2.1)."""
    for node in _activities(sheet):
        ways = sheet.out(node.id)
        if len(ways) > 1 and not any(map(conditional, ways)):
            yield Spot(element=node.id, values=(("count", str(len(ways))),))


def _split(sheet: Sheet, spot: Spot) -> None:
    node = sheet.nodes[spot.element]
    ways = sheet.out(node.id)
    split = sheet.gateway(GatewayKind.PARALLEL, node, "split")
    for way in ways:
        sheet.change(evolve(way, source=split))
    sheet.connect(node.id, split)
    _without_default(sheet, node)


def _without_default(sheet: Sheet, node: Node) -> None:
    if isinstance(node, Step | SubProcess) and node.default is not None:
        sheet.put(evolve(node, default=None))


def _conditional_splits(sheet: Sheet) -> Iterator[Spot]:
    """Find steps and events whose flows carry conditions: each that holds is taken."""
    for node in _activities(sheet):
        ways = sheet.out(node.id)
        if any(map(conditional, ways)):
            yield Spot(element=node.id, values=(("count", str(len(ways))),))


def _decide(sheet: Sheet, spot: Spot) -> None:
    """Put an inclusive gateway before the conditions, and what is always taken beside it."""
    node = sheet.nodes[spot.element]
    ways = sheet.out(node.id)
    usual = getattr(node, "default", None)
    always = [way for way in ways if not conditional(way) and way.id != usual]
    decided = [way for way in ways if conditional(way) and way.id != usual]
    default = next((way.id for way in ways if way.id == usual), None)
    choice = sheet.gateway(GatewayKind.INCLUSIVE, node, "choice")
    for way in ways:
        if way not in always:
            sheet.change(evolve(way, source=choice))
    if default is None:
        default = sheet.connect(choice, sheet.end(node), "Không điều kiện nào đúng")
    gateway = sheet.nodes[choice]
    if isinstance(gateway, Gateway) and decided:
        sheet.put(evolve(gateway, default=default))
    if always:
        split = sheet.gateway(GatewayKind.PARALLEL, node, "split")
        for way in always:
            sheet.change(evolve(way, source=split))
        sheet.connect(split, choice)
        sheet.connect(node.id, split)
    else:
        sheet.connect(node.id, choice)
    _without_default(sheet, node)


def _merges(sheet: Sheet) -> Iterator[Spot]:
    """Find steps and events that several flows enter: each token goes on by itself."""
    for node in _activities(sheet):
        ways = sheet.into(node.id)
        if len(ways) > 1 and not any(_by_event(sheet, way.source) for way in ways):
            if isinstance(node, Event) and node.position in {
                EventPosition.START,
                EventPosition.BOUNDARY,
            }:
                continue
            yield Spot(element=node.id, values=(("count", str(len(ways))),))


def _by_event(sheet: Sheet, source: str) -> bool:
    gateway = sheet.nodes.get(source)
    return isinstance(gateway, Gateway) and gateway.kind is GatewayKind.EVENT_BASED


def _merge(sheet: Sheet, spot: Spot) -> None:
    _gather(sheet, spot.element, GatewayKind.EXCLUSIVE, "merge")


def _gather(sheet: Sheet, identifier: str, kind: GatewayKind, stem: str) -> None:
    node = sheet.nodes[identifier]
    ways = sheet.into(identifier)
    merge = sheet.gateway(kind, node, stem)
    for way in ways:
        sheet.change(evolve(way, target=merge))
    sheet.connect(merge, identifier)


def _origin(sheet: Sheet, edge: str) -> tuple[str, str] | None:
    """Return the node where the plain chain that ends with *edge* began, and its first flow."""
    seen = set()
    way = sheet.edges[edge]
    while way.source not in seen:
        seen.add(way.source)
        node = sheet.nodes.get(way.source)
        if node is None or sheet.ways_out(way.source) > 1:
            return (way.source, way.id) if node is not None else None
        if sheet.ways_in(way.source) != 1:
            return None
        way = sheet.into(way.source)[0]
    return None


def _from_one_split(sheet: Sheet, node: Node) -> Node | None:
    """Return the node whose every way out comes to *node*, by chains without forks."""
    ways = sheet.into(node.id)
    origins = [_origin(sheet, way.id) for way in ways]
    found = {origin[0] for origin in origins if origin is not None}
    if len(ways) < 2 or None in origins or len(found) != 1:  # noqa: PLR2004 (two ways meet)
        return None
    split = found.pop()
    return sheet.nodes[split] if sheet.ways_out(split) == len(set(origins)) else None


def _parallel_work_merged(sheet: Sheet) -> Iterator[Spot]:
    """Find where all branches of one parallel split meet without a parallel gateway."""
    for node in sheet.nodes.values():
        exclusive = isinstance(node, Gateway) and node.kind is GatewayKind.EXCLUSIVE
        if (isinstance(node, Gateway) and not exclusive) or len(sheet.into(node.id)) == 1:
            continue
        split = _from_one_split(sheet, node)
        if split is None or (exclusive and len(sheet.out(node.id)) > 1):
            continue
        if _is_parallel(sheet, split):
            yield Spot(element=node.id, values=(("split", sheet.name(split.id)),))


def _is_parallel(sheet: Sheet, split: Node) -> bool:
    if isinstance(split, Gateway):
        return split.kind is GatewayKind.PARALLEL
    return not any(map(conditional, sheet.out(split.id)))


def _wait_for_all(sheet: Sheet, spot: Spot) -> None:
    node = sheet.nodes[spot.element]
    if isinstance(node, Gateway):
        sheet.put(evolve(node, kind=GatewayKind.PARALLEL, default=None))
    else:
        _gather(sheet, spot.element, GatewayKind.PARALLEL, "join")


def _choices_joined(sheet: Sheet) -> Iterator[Spot]:
    """Find parallel gateways that wait for all ways of one decision, of which one is taken."""
    for node in sheet.nodes.values():
        if isinstance(node, Gateway) and node.kind is GatewayKind.PARALLEL:
            split = _from_one_split(sheet, node)
            if len(sheet.out(node.id)) > 1 or not isinstance(split, Gateway):
                continue
            if split.kind in {GatewayKind.EXCLUSIVE, GatewayKind.EVENT_BASED}:
                yield Spot(element=node.id, values=(("split", sheet.name(split.id)),))


def _wait_for_one(sheet: Sheet, spot: Spot) -> None:
    node = sheet.nodes[spot.element]
    if isinstance(node, Gateway):
        sheet.put(evolve(node, kind=GatewayKind.EXCLUSIVE))


JOIN_PARALLEL = Kind(
    code="repair-join-parallel", certain=False, find=_parallel_work_merged, mend=_wait_for_all
)
JOIN_EXCLUSIVE = Kind(
    code="repair-join-exclusive", certain=False, find=_choices_joined, mend=_wait_for_one
)
CONDITIONS_SPLIT = Kind(
    code="repair-conditions-split", certain=True, find=_conditional_splits, mend=_decide
)
SPLIT_DRAWN = Kind(code="repair-split-drawn", certain=True, find=_plain_splits, mend=_split)
MERGE_DRAWN = Kind(code="repair-merge-drawn", certain=True, find=_merges, mend=_merge)
