"""How often a case comes by: at least and at most, by what the flow and the known shares say."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.graph.components import knots
from tthc_flow.graph.dominators import dominators, post_dominators
from tthc_flow.graph.paths import acyclic
from tthc_flow.graph.remembered import remembered
from tthc_flow.graph.view import node_of, reached, view
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

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.graph.view import View
    from tthc_flow.model.flow import Flow, Node, SequenceFlow

_ONE: Final = Fraction(1)
_NONE: Final = Fraction(0)
_ALWAYS: Final = _ONE, _ONE
_ABRUPT: Final = frozenset({Trigger.TERMINATE, Trigger.ERROR, Trigger.CANCEL, Trigger.ESCALATION})


@frozen(kw_only=True)
class Visits:
    """How often a case visits an element in the mean: *least*, and *most* (``None``: no bound)."""

    least: Fraction
    most: Fraction | None


@remembered
def visits(flow: Flow) -> Mapping[str, Visits]:
    """Return how often a case of *flow* visits each node, in the mean.

    Once on the trunk, the known share on a branch; a branch without a known share lies between
    never and always, what may be repeated has no upper bound. For sound flows.

    Example:
        >>> from tthc_flow.model.flow import SequenceFlow
        >>> nodes = (Step(id="a", name="A"), Gateway(id="x", kind=GatewayKind.EXCLUSIVE),
        ...          Step(id="b", name="B"), Step(id="c", name="C"))
        >>> from tthc_flow.model.flow import Flow
        >>> arrows = (("a", "x", None), ("x", "b", Fraction(1, 10)), ("x", "c", None))
        >>> flow = Flow(id="p", nodes=nodes, edges=tuple(
        ...     SequenceFlow(id=s + t, source=s, target=t, share=share) for s, t, share in arrows))
        >>> found = visits(flow)
        >>> str(found["a"].least), str(found["b"].most), str(found["c"].least)
        ('1', '1/10', '9/10')

    Source: expected visits of an absorbing chain; in a sound flow without loops an element is
        visited once at most, and as often as what it always follows.
    """
    seen = view(flow)
    way = acyclic(seen)
    found_knots = knots(tuple(seen.after), seen.after.__getitem__) if way.back else []
    knotted = {each for knot in found_knots for each in knot}
    itself = {vertex for vertex, following in seen.after.items() if vertex in following}
    loose, torn = knotted | itself | _repeated(flow, seen), _torn(flow)
    found: dict[str, Visits] = {}
    for vertex in way.order:
        here = _arriving(flow, seen, vertex, found)
        least = _NONE if torn else max(here.least, _as_its_forerunner(flow, vertex, found))
        most = None if vertex in loose else min(_ONE if here.most is None else here.most, _ONE)
        found[vertex] = Visits(least=min(least, _ONE if most is None else most), most=most)
    return {node.id: _itself(node, found[node.id]) for node in flow.nodes}


def _itself(node: Node, comes: Visits) -> Visits:
    """Return how often *node* is done, where a case that *comes* there may do it several times."""
    loop = node.loop if isinstance(node, Step) else None
    if loop is None:
        return comes
    maybe_never = loop.multi_instance or loop.test_before
    return Visits(least=_NONE if maybe_never else comes.least, most=None)


def _arriving(flow: Flow, seen: View, vertex: str, found: Mapping[str, Visits]) -> Visits:
    """Return what arrives at *vertex*: the sum over its arrows, at a parallel join the least."""
    if vertex in seen.starts:
        return Visits(least=_ONE if len(seen.starts) == 1 else _NONE, most=_ONE)
    node = flow.by_id[node_of(vertex)]
    if vertex != node.id:  # a sub-process is left once for each time it was entered
        cut_short = any(_interrupts(flow, each, node) for each in seen.after[node.id])
        entered = found[node.id]
        return Visits(least=_NONE if cut_short else entered.least, most=entered.most)
    ways = [_over(flow, seen, source, vertex, found) for source in seen.before[vertex]]
    if len(ways) < 2:  # noqa: PLR2004 - nothing to add up
        return ways[0] if ways else Visits(least=_NONE, most=None)
    bounds = [way.most for way in ways if way.most is not None]
    if isinstance(node, Gateway) and node.kind is GatewayKind.PARALLEL:
        return Visits(least=min(way.least for way in ways), most=min(bounds, default=None))
    most = sum(bounds, _NONE) if len(bounds) == len(ways) else None
    return Visits(least=sum((way.least for way in ways), _NONE), most=most)


def _as_its_forerunner(flow: Flow, vertex: str, found: Mapping[str, Visits]) -> Fraction:
    """Return how often a case comes by at least because it always does after an earlier element."""
    before = dominators(flow).nearest.get(vertex, "")
    if before not in found or not post_dominators(flow).holds(vertex, before):
        return _NONE
    beside = flow.by_id[node_of(vertex)].scope == flow.by_id[node_of(before)].scope
    return found[before].least if beside else _NONE


def _over(flow: Flow, seen: View, source: str, target: str, found: Mapping[str, Visits]) -> Visits:
    """Return how often a case takes the arrow from *source* to *target*."""
    here = found.get(source)
    if here is None:  # the arrow leads back
        return Visits(least=_NONE, most=None)
    node, goal = flow.by_id[node_of(source)], flow.by_id[node_of(target)]
    cut_short = any(_interrupts(flow, each, node) for each in seen.after[node.id])
    if isinstance(goal, Event) and goal.attached_to == node.id:
        return Visits(least=_NONE, most=here.most)
    if goal.scope == node.id and source == node.id:
        begins = sum(flow.by_id[node_of(v)].scope == node.id for v in seen.after[source])
        sure = isinstance(node, SubProcess) and _done_once(node) and begins == 1 and not cut_short
        return Visits(least=here.least if sure else _NONE, most=here.most)
    arrows = [edge for edge in flow.outgoing[node.id] if edge.target == target]
    shares = [_share(flow, node, edge) for edge in arrows] or [_ALWAYS]
    if shares == [_ALWAYS]:
        return Visits(least=_NONE, most=here.most) if cut_short else here
    least = here.least * sum(low for low, _ in shares)
    most = None if here.most is None else here.most * min(sum(high for _, high in shares), _ONE)
    return Visits(least=_NONE if cut_short else least, most=most)


def _share(flow: Flow, node: Node, edge: SequenceFlow) -> tuple[Fraction, Fraction]:
    """Return the least and the greatest share of the cases at *node* that take *edge*."""
    edges = flow.outgoing[node.id]
    if isinstance(node, Gateway):
        choice = len(edges) > 1 and node.kind is not GatewayKind.PARALLEL
        one_way = node.kind in {GatewayKind.EXCLUSIVE, GatewayKind.EVENT_BASED}
    else:
        choice = edge.condition is not None or getattr(node, "default", None) == edge.id
        one_way = False
    if not choice:
        return _ALWAYS
    if not one_way:
        return (_NONE, _ONE) if edge.share is None else (edge.share, edge.share)
    known = [each.share for each in edges if each.share is not None]
    rest = 1 - sum(known, _NONE)
    if rest < 0 or (len(known) == len(edges) and rest):
        return _NONE, _ONE  # the shares contradict each other
    if edge.share is not None:
        return edge.share, edge.share
    return (rest, rest) if len(known) == len(edges) - 1 else (_NONE, rest)


def _interrupts(flow: Flow, vertex: str, host: Node) -> bool:
    node = flow.by_id.get(vertex)
    return isinstance(node, Event) and node.attached_to == host.id and node.interrupting


def _done_once(node: SubProcess) -> bool:
    return node.loop is None and node.kind in {
        SubProcessKind.EMBEDDED,
        SubProcessKind.TRANSACTION,
    }


def _repeated(flow: Flow, seen: View) -> set[str]:
    """Return the vertices that may be visited any number of times, though on no loop.

    What lies in a repeated sub-process or in one that happens, what a boundary event that does
    not interrupt leads to; and all of them where a node takes or gives several tokens.
    """
    if any(_several_tokens(node) for node in flow.nodes):
        return set(seen.after)
    boxes = {node.id for node in flow.nodes if isinstance(node, SubProcess)}
    often = {n.id for n in flow.nodes if isinstance(n, SubProcess) and not _done_once(n)}
    while more := {
        node.id for node in flow.nodes if node.id in boxes - often and node.scope in often
    }:
        often |= more
    inside = {node.id for node in flow.nodes if node.scope in often or node.id in often}
    asides = (
        node.id
        for node in flow.nodes
        if isinstance(node, Event) and node.attached_to is not None and not node.interrupting
    )
    return {v for v in seen.after if node_of(v) in inside} | reached(seen, *asides)


def _several_tokens(node: Node) -> bool:
    quantities = (getattr(node, "start_quantity", 1), getattr(node, "completion_quantity", 1))
    return quantities != (1, 1)


def _torn(flow: Flow) -> bool:
    """Return whether something may end a case, or a part of it, beside the arrows."""
    abrupt = {n.trigger for n in flow.nodes if isinstance(n, Event) and _ends_abruptly(n)}
    if abrupt - {Trigger.TERMINATE} or any(_several_tokens(node) for node in flow.nodes):
        return True
    breaking = (flow.by_id.get(n.scope or "") for n in flow.nodes if _interrupting_start(n))
    if any(isinstance(s, SubProcess) and s.kind is SubProcessKind.EVENT for s in breaking):
        return True
    return bool(abrupt) and any(_at_once(flow, node) for node in flow.nodes)


def _ends_abruptly(event: Event) -> bool:
    leaves = event.position in {EventPosition.END, EventPosition.THROW}
    return leaves and event.trigger in _ABRUPT


def _interrupting_start(node: Node) -> bool:
    return isinstance(node, Event) and node.position is EventPosition.START and node.interrupting


def _at_once(flow: Flow, node: Node) -> bool:
    """Return whether several parts of a case may be under way after *node*."""
    if isinstance(node, Event) and node.attached_to is not None:
        return not node.interrupting
    if len(flow.outgoing[node.id]) < 2:  # noqa: PLR2004 - two ways
        return False
    alone = {GatewayKind.EXCLUSIVE, GatewayKind.EVENT_BASED}
    return not (isinstance(node, Gateway) and node.kind in alone)
