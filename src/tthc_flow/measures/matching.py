"""Which node of "before" is which node of "after": by id and name, then by what it is.

A tool may number all ids anew, so an id goes first together with the name. Alone it is trusted
only where most named nodes kept theirs, and only for what nothing else matched.

Source: match by id, then by name key + type + lane + neighbours; every tier is one pass over
tables of keys, so the whole is linear.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import frozen

from tthc_flow.graph.clock import scopes_outside_clock
from tthc_flow.model.flow import Event, EventPosition, Flow, Gateway, Node
from tthc_flow.model.step import Step
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping

ROUNDS: Final = 4
"""How deep gateways in a row are matched by their neighbours alone."""

_INSPECTED: Final = f"{key('Hậu kiểm')} "

Pairs: TypeAlias = dict[str, str]
Tier: TypeAlias = "Callable[[Flow, Node, Mapping[str, str]], Hashable | None]"


@frozen(kw_only=True)
class Matching:
    """Ids of matched nodes, both ways; what is in neither is removed or added."""

    to_after: Mapping[str, str]
    to_before: Mapping[str, str]


def match_nodes(before: Flow, after: Flow) -> Matching:
    """Return which node of *before* is which of *after*; each at most once.

    Example:
        >>> from tthc_flow.model.step import Step
        >>> one = Flow(id="p", nodes=(Step(id="a", name="Ký"),))
        >>> two = Flow(id="p", nodes=(Step(id="x9", name="KÝ"),))
        >>> dict(match_nodes(one, two).to_after)
        {'a': 'x9'}

    Source: see the module.
    """
    names = {id(flow): {node.id: key(node.name) for node in flow.nodes} for flow in (before, after)}
    pairs: Pairs = {}
    _match(before, after, pairs, lambda flow, node: _same(node, names[id(flow)]))
    by_id = len(pairs)
    for tier in (_around, _in_lane, _named):
        _match(before, after, pairs, partial(_told, tier, names))
    kept_ids = 2 * by_id >= len(pairs)
    if kept_ids:
        _match(before, after, pairs, lambda _flow, node: None if node.name else _by_id(node))
    _match_neighbours(before, after, pairs)
    if kept_ids:
        _match(before, after, pairs, lambda _flow, node: _by_id(node))
    _match(before, after, pairs, lambda _flow, node: _border(node))
    moved = partial(_inspected, after, scopes_outside_clock(after), names)
    _match(before, after, pairs, moved)
    return Matching(to_after=pairs, to_before={new: old for old, new in pairs.items()})


def _told(tier: Tier, names: Mapping[int, Mapping[str, str]], flow: Flow, node: Node) -> Hashable:
    return tier(flow, node, names[id(flow)])


def _match(
    before: Flow,
    after: Flow,
    pairs: Pairs,
    of: Callable[[Flow, Node], Hashable | None],
) -> None:
    """Pair what is still free and has one key; several of one key go in file order."""
    taken = set(pairs.values())
    free: dict[Hashable, list[str]] = {}
    for node in reversed(after.nodes):
        if node.id not in taken and (mark := of(after, node)) is not None:
            free.setdefault(mark, []).append(node.id)
    for node in before.nodes:
        if node.id in pairs or (mark := of(before, node)) is None:
            continue
        if waiting := free.get(mark):
            pairs[node.id] = waiting.pop()


def _type(node: Node) -> Hashable:
    match node:
        case Gateway():
            return "gateway", node.kind
        case Event():
            return "event", node.position, node.trigger
        case _:
            # A step may become automatic and a sub-process collapse: the class is enough.
            return type(node).__name__


def _by_id(node: Node) -> Hashable:
    return _type(node), node.id


def _inspected(
    after: Flow,
    outside: frozenset[str],
    names: Mapping[int, Mapping[str, str]],
    flow: Flow,
    node: Node,
) -> Hashable | None:
    """Tell a check by its name alone, in post-inspection without the words that say so."""
    name = names[id(flow)][node.id]
    if not isinstance(node, Step) or not name:
        return None
    if flow is after:
        return name.removeprefix(_INSPECTED) if node.scope in outside else None
    return name


def _border(node: Node) -> Hashable | None:
    """Tell an unnamed start or end by what it means: its neighbours may all have changed."""
    if not isinstance(node, Event) or node.name:
        return None
    borders = (EventPosition.START, EventPosition.END)
    return (_type(node), node.outcome) if node.position in borders else None


def _same(node: Node, names: Mapping[str, str]) -> Hashable | None:
    return (_type(node), node.id, names[node.id]) if names[node.id] else None


def _named(_flow: Flow, node: Node, names: Mapping[str, str]) -> Hashable | None:
    return (_type(node), names[node.id]) if names[node.id] else None


def _in_lane(flow: Flow, node: Node, names: Mapping[str, str]) -> Hashable | None:
    if not names[node.id]:
        return None
    lane = None if node.lane is None else flow.lane_by_id.get(node.lane)
    return _type(node), names[node.id], "" if lane is None else key(lane.name)


def _around(flow: Flow, node: Node, names: Mapping[str, str]) -> Hashable | None:
    in_lane = _in_lane(flow, node, names)
    if in_lane is None:
        return None
    earlier = frozenset(names.get(edge.source, "") for edge in flow.incoming[node.id])
    later = frozenset(names.get(edge.target, "") for edge in flow.outgoing[node.id])
    return in_lane, earlier, later


def _match_neighbours(before: Flow, after: Flow, pairs: Pairs) -> None:
    """Pair unnamed nodes that stand between the same matched neighbours, outward from those."""
    grown = -1
    # One round reaches gateways next to steps, each further round one gateway deeper.
    for _ in range(ROUNDS):
        if len(pairs) == grown:
            break
        grown = len(pairs)
        back = {new: old for old, new in pairs.items()}
        _match(before, after, pairs, partial(_between, before, pairs, back))


def _between(
    before: Flow, pairs: Mapping[str, str], back: Mapping[str, str], flow: Flow, node: Node
) -> Hashable | None:
    if node.name:
        return None

    def known(ids: Iterable[str]) -> frozenset[str]:
        if flow is before:
            return frozenset(each for each in ids if each in pairs)
        return frozenset(back[each] for each in ids if each in back)

    earlier = known(edge.source for edge in flow.incoming[node.id])
    later = known(edge.target for edge in flow.outgoing[node.id])
    return (_type(node), earlier, later) if earlier or later else None
