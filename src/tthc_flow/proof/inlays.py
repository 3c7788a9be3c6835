"""A rewrite told as rows of steps taken out and pieces let in: that keeps a sound flow sound.

A step with one way in and one way out is one arrow; a piece with one way in and one way out,
sound by itself, may stand where an arrow was.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import frozen

from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    Gateway,
    GatewayKind,
    SequenceFlow,
    SubProcess,
    SubProcessKind,
    Trigger,
)
from tthc_flow.model.lever import Verdict
from tthc_flow.model.step import Step
from tthc_flow.proof.soundness import soundness

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tthc_flow.graph.patch import Patch
    from tthc_flow.model.flow import Node

Arrow: TypeAlias = tuple[str, str, str, str | None, str | None]
Shape: TypeAlias = tuple[
    tuple[tuple[str, str, str, str], ...], tuple[tuple[int, int], ...], int, int
]
_IN: Final = "in"
_OUT: Final = "out"


@frozen(kw_only=True)
class Inlay:
    """A piece that stands where an arrow was: its nodes, and the node it leads to."""

    nodes: tuple[Node, ...]
    target: str


def inlays(patch: Patch) -> tuple[Inlay, ...] | None:
    """Return the pieces that *patch* lets in, where it is nothing but that and rows taken out.

    What was there and stands elsewhere now is part of a piece. Each piece is sound by itself, and
    so is what was taken out where it is no row; the arrows, pieces and rows left out, are those of
    before. ``None`` where that is not so. A row in another order lets nothing in: a case leaves it
    by the same ways.

    Example:
        >>> from tthc_flow.graph.patch import patch
        >>> flow = Flow(id="p", nodes=(Step(id="a", name="A"),))
        >>> inlays(patch(flow, flow))
        ()

    Source: fusion of series places and refinement of a place by a sound net: Murata, Proc. IEEE 77
        (1989); van der Aalst, The Application of Petri Nets to Workflow Management (1998).
    """
    if patch.row is not None:
        return ()
    flow = patch.ground.flow
    rows = {each: flow.by_id[each] for each in patch.touched}
    fresh = {node.id: node for node in patch.new}
    fresh |= {each: patch.now.get(each, node) for each, node in rows.items()}
    for node in patch.gone:
        del fresh[node.id]
    if not all(_as_it_leads(*pair) for pair in patch.changed):
        return None
    lost = {edge.id for edge in patch.lost_edges}
    kept = tuple(e for each in rows for e in flow.outgoing[each] if e.id not in lost)
    kept = tuple(edge for edge in kept if edge.target in rows)
    onward = _led_past(patch, rows, kept)
    found = _pieces(fresh, (*patch.new_edges, *kept))
    if onward is None or found is None:
        return None
    had = _arrows(patch.lost_edges, onward)
    has = _arrows(patch.new_edges, {n.id: piece.target for piece in found for n in piece.nodes})
    return found if had is not None and had == has else None


def _led_past(
    patch: Patch, rows: Mapping[str, Node], kept: tuple[SequenceFlow, ...]
) -> dict[str, str] | None:
    """Return where each of *rows* led, past the piece that it was part of.

    ``None`` where they were no steps in a row, and no piece that is sound by itself either. *kept*
    are the arrows among them that are still there.
    """
    flow = patch.ground.flow
    known = {edge.id for edge in (*patch.lost_edges, *kept)}
    if all(
        not isinstance(node, Gateway)
        and len(flow.incoming[each]) == 1
        and len(flow.outgoing[each]) == 1
        and {flow.incoming[each][0].id, flow.outgoing[each][0].id} <= known
        for each, node in rows.items()
    ):
        return {each: flow.outgoing[each][0].target for each in rows}
    ways = (e for each in rows for e in (*flow.incoming[each], *flow.outgoing[each]))
    if any(edge.id not in known for edge in ways) or not flow.guarded.isdisjoint(rows):
        return None
    found = _pieces(rows, (*patch.lost_edges, *kept))
    if found is None:
        return None
    return {node.id: piece.target for piece in found for node in piece.nodes}


def _as_it_leads(one: Node, other: Node) -> bool:
    """Return whether a changed node gives its tokens as before."""
    if isinstance(one, Event) or isinstance(other, Event):
        return True
    return one.default == other.default


def _arrows(edges: Iterable[SequenceFlow], onward: Mapping[str, str]) -> set[Arrow] | None:
    """Return *edges* as they lead past what is in *onward*; ``None`` where that is a circle."""
    found: set[Arrow] = set()
    for edge in edges:
        if edge.source in onward:
            continue
        target, seen = edge.target, set[str]()
        while target in onward:
            if target in seen:
                return None
            seen.add(target)
            target = onward[target]
        found.add((edge.id, edge.source, target, edge.condition, edge.printed))
    return found


def _pieces(fresh: Mapping[str, Node], edges: tuple[SequenceFlow, ...]) -> tuple[Inlay, ...] | None:
    """Return *fresh* in pieces, each with one way in and one way out and sound by itself."""
    around = {each: _outermost(fresh, node) for each, node in fresh.items()}
    left = dict.fromkeys(each for each, over in around.items() if over == each)
    found: list[Inlay] = []
    while left:
        piece = [next(iter(left))]
        for here in piece:
            left.pop(here, None)
            piece += [
                each
                for edge in edges
                if here in (edge.source, edge.target)
                for each in (edge.source, edge.target)
                if each in left and each not in piece
            ]
        ways_in = [e for e in edges if e.target in piece and e.source not in piece]
        ways_out = [e for e in edges if e.source in piece and e.target not in piece]
        if len(ways_in) != 1 or len(ways_out) != 1:
            return None
        inside = tuple(node for each, node in fresh.items() if around[each] in piece)
        shape = _shape(inside, (ways_in[0], ways_out[0]), edges)
        if shape is None or not _sound(shape):
            return None
        found.append(Inlay(nodes=inside, target=ways_out[0].target))
    return tuple(found)


def _outermost(fresh: Mapping[str, Node], node: Node) -> str:
    """Return the outermost of *fresh* that *node* lies in, itself where it lies in none."""
    while node.scope is not None and node.scope in fresh:
        node = fresh[node.scope]
    return node.id


def _shape(
    nodes: tuple[Node, ...],
    ways: tuple[SequenceFlow, SequenceFlow],
    edges: Iterable[SequenceFlow],
) -> Shape | None:
    """Return all that soundness reads of a piece, whatever its elements are called.

    ``None`` where it would read conditions: at inclusive gateways, and where a step has several
    ways out.
    """
    number = {node.id: place for place, node in enumerate(nodes)}
    kinds = tuple((*_kind(node), str(number.get(node.scope or "", ""))) for node in nodes)
    arrows = tuple(
        (number[edge.source], number[edge.target])
        for edge in edges
        if edge.source in number and edge.target in number
    )
    leaving = Counter([*(source for source, _ in arrows), number[ways[1].source]])
    if any(many > 1 and not _splits_plainly(nodes[place]) for place, many in leaving.items()):
        return None
    return kinds, arrows, number[ways[0].target], number[ways[1].source]


def _splits_plainly(node: Node) -> bool:
    return isinstance(node, Gateway) and node.kind in {GatewayKind.EXCLUSIVE, GatewayKind.PARALLEL}


def _kind(node: Node) -> tuple[str, str, str]:
    match node:
        case Event():
            return "event", node.position.value, node.trigger.value
        case Gateway():
            return "gateway", node.kind.value, ""
        case SubProcess():
            return "scope", node.kind.value, ""
        case _:
            return "step", "", ""


@lru_cache(maxsize=256)
def _sound(shape: Shape) -> bool:
    """Return whether a piece of *shape*, begun once, ends once and leaves nothing behind."""
    kinds, arrows, first, last = shape
    nodes = [_node(f"n{place}", *kind) for place, kind in enumerate(kinds)]
    ends = Event(id=_IN, position=EventPosition.START), Event(id=_OUT, position=EventPosition.END)
    pairs = [(f"n{source}", f"n{target}") for source, target in arrows]
    edges = tuple(
        SequenceFlow(id=f"f{place}", source=source, target=target)
        for place, (source, target) in enumerate((*pairs, (_IN, f"n{first}"), (f"n{last}", _OUT)))
    )
    flow = Flow(id=_IN, nodes=(*nodes, *ends), edges=edges)
    return soundness(flow).verdict is Verdict.PASS


def _node(id_: str, sort: str, kind: str, trigger: str, scope: str) -> Node:
    around = f"n{scope}" if scope else None
    match sort:
        case "event":
            position = EventPosition(kind)
            return Event(id=id_, position=position, trigger=Trigger(trigger), scope=around)
        case "gateway":
            return Gateway(id=id_, kind=GatewayKind(kind), scope=around)
        case "scope":
            return SubProcess(id=id_, kind=SubProcessKind(kind), scope=around)
        case _:
            return Step(id=id_, name=id_, scope=around)
