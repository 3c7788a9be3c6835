"""Repairs of sequence flows: conditions nobody can read, ends that are missing or misplaced."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import evolve

from tthc_flow.bpmn.conditions import is_prose
from tthc_flow.errors import BadExpression
from tthc_flow.expressions.expression import compile_expression
from tthc_flow.expressions.lexemes import one_name
from tthc_flow.model.flow import Event, EventPosition, Gateway, GatewayKind, Node, Trigger
from tthc_flow.model.step import Step
from tthc_flow.repairs.repair import Kind, Spot
from tthc_flow.repairs.sheet import Sheet, conditional

_THROWN_ON_THE_WAY: Final = frozenset(
    {Trigger.NONE, Trigger.MESSAGE, Trigger.SIGNAL, Trigger.ESCALATION}
)


def _unread(sheet: Sheet) -> Iterator[Spot]:
    """Find conditions that claim to be in our language and are not.

    So are those that compare nothing and name what no form asks for: that is how people write.
    """
    asked = _asked(sheet)
    for edge in sheet.edges.values():
        why = "" if edge.condition is None else _why_unread(edge.condition, edge.id, asked)
        if edge.condition is not None and why:
            yield Spot(element=edge.id, values=(("condition", edge.condition), ("why", why)))


def _asked(sheet: Sheet) -> frozenset[str]:
    """Return the names of the fields that the forms of the steps ask for."""
    steps = (node for node in sheet.nodes.values() if isinstance(node, Step))
    return frozenset(one_name(field.name) for step in steps for field in step.fields or ())


def _why_unread(condition: str, place: str, asked: frozenset[str]) -> str:
    try:
        names = compile_expression(condition, place).names
    except BadExpression as error:
        return f"{error.code} {error.fact}"
    unknown = sorted(names - asked)
    if unknown and is_prose(condition):
        return f"TF506 no form asks for {unknown[0]!r}, and nothing is compared"
    return ""


def _ask_instead(sheet: Sheet, spot: Spot) -> None:
    edge = sheet.edges[spot.element]
    sheet.change(evolve(edge, condition=None, printed=edge.printed or edge.condition))


def _strange_defaults(sheet: Sheet) -> Iterator[Spot]:
    """Find gateways whose default flow leaves another node."""
    for node in sheet.nodes.values():
        default = node.default if isinstance(node, Gateway) else None
        if default is not None and default not in {edge.id for edge in sheet.out(node.id)}:
            yield Spot(element=node.id, values=(("flow", default),))


def _drop_default(sheet: Sheet, spot: Spot) -> None:
    node = sheet.nodes[spot.element]
    if isinstance(node, Gateway):
        sheet.put(evolve(node, default=None))


def _lone_open(sheet: Sheet) -> Iterator[Spot]:
    """Find decisions of which all ways but one have a condition of ours, without a default."""
    for node in sheet.nodes.values():
        if isinstance(node, Gateway) and node.kind in {
            GatewayKind.EXCLUSIVE,
            GatewayKind.INCLUSIVE,
        }:
            ways = sheet.out(node.id)
            bare = [edge for edge in ways if not conditional(edge)]
            ours = sum(edge.condition is not None for edge in ways)
            if node.default is None and len(bare) == 1 and ours == len(ways) - 1 >= 1:
                yield Spot(element=node.id, values=(("flow", sheet.name(bare[0].id)),))


def _assume_default(sheet: Sheet, spot: Spot) -> None:
    node = sheet.nodes[spot.element]
    bare = next(edge for edge in sheet.out(node.id) if not conditional(edge))
    if isinstance(node, Gateway):
        sheet.put(evolve(node, default=bare.id))


def dangling(sheet: Sheet) -> Iterator[Spot]:
    """Find flows with one end in this process and the other nowhere or in another pool."""
    for link in sheet.links.values():
        known = [end for end in (link.source, link.target) if end in sheet.nodes]
        if known:
            yield Spot(element=link.id, values=(("end", sheet.name(known[0])),))


def _drop_link(sheet: Sheet, spot: Spot) -> None:
    sheet.links.pop(spot.element)


def _crossing(sheet: Sheet) -> Iterator[Spot]:
    """Find flows whose ends lie in different sub-processes."""
    for edge in sheet.edges.values():
        source, target = sheet.nodes.get(edge.source), sheet.nodes.get(edge.target)
        if source is not None and target is not None and source.scope != target.scope:
            ends = (("source", sheet.name(source.id)), ("target", sheet.name(target.id)))
            yield Spot(element=edge.id, values=ends)


def _scopes(sheet: Sheet, node: Node) -> list[str | None]:
    """Return the scopes around *node*, the inmost first, the process (``None``) last."""
    found: list[str | None] = []
    scope = node.scope
    while scope is not None and scope in sheet.nodes and scope not in found:
        found.append(scope)
        scope = sheet.nodes[scope].scope
    return [*found, None]


def _lift(sheet: Sheet, spot: Spot) -> None:
    """Let the flow begin and end at the sub-processes that stand in one common scope."""
    edge = sheet.edges[spot.element]
    ways = [_scopes(sheet, sheet.nodes[end]) for end in (edge.source, edge.target)]
    common = next(scope for scope in ways[0] if scope in ways[1])
    ends = []
    for end, way in zip((edge.source, edge.target), ways, strict=True):
        at = way.index(common)
        ends.append(end if at == 0 else way[at - 1] or end)
    source, target = ends
    twin = any(each.target == target for each in sheet.out(source) if each.id != edge.id)
    if source == target or twin:
        sheet.cut(edge.id)
    else:
        sheet.change(evolve(edge, source=source, target=target, scope=common))


def _fed_starts(sheet: Sheet) -> Iterator[Spot]:
    """Find start and boundary events that a flow enters."""
    for position in (EventPosition.START, EventPosition.BOUNDARY):
        for event in sheet.events(position):
            if sheet.into(event.id):
                yield Spot(element=event.id)


def _enter_behind(sheet: Sheet, spot: Spot) -> None:
    """Let what enters the event go on where the event goes on."""
    event = sheet.nodes[spot.element]
    merge = sheet.gateway(GatewayKind.EXCLUSIVE, event, "merge")
    for edge in sheet.into(event.id):
        sheet.change(evolve(edge, target=merge))
    ways = sheet.out(event.id)
    if len(ways) > 1:
        behind = sheet.passing(event, "behind")
        sheet.connect(merge, behind)
    else:
        behind = merge
    for edge in ways:
        sheet.change(evolve(edge, source=behind))
    sheet.connect(event.id, merge)


def _left_ends(sheet: Sheet) -> Iterator[Spot]:
    """Find end events that a flow leaves."""
    for event in sheet.events(EventPosition.END):
        if sheet.out(event.id):
            yield Spot(element=event.id)


def _pass_through(sheet: Sheet, spot: Spot) -> None:
    event = sheet.nodes[spot.element]
    if isinstance(event, Event) and event.trigger in _THROWN_ON_THE_WAY:
        sheet.put(evolve(event, position=EventPosition.THROW, outcome=None))
    else:
        for edge in sheet.out(spot.element):
            sheet.cut(edge.id)


CONDITION_UNREAD = Kind(
    code="repair-condition-unread", certain=True, find=_unread, mend=_ask_instead
)
DEFAULT_DROPPED = Kind(
    code="repair-default-dropped", certain=True, find=_strange_defaults, mend=_drop_default
)
DEFAULT_ASSUMED = Kind(
    code="repair-default-assumed", certain=False, find=_lone_open, mend=_assume_default
)
FLOW_DROPPED = Kind(code="repair-flow-dropped", certain=False, find=dangling, mend=_drop_link)
FLOW_LIFTED = Kind(code="repair-flow-lifted", certain=False, find=_crossing, mend=_lift)
START_FED = Kind(code="repair-start-fed", certain=False, find=_fed_starts, mend=_enter_behind)
END_LEFT = Kind(code="repair-end-left", certain=False, find=_left_ends, mend=_pass_through)
