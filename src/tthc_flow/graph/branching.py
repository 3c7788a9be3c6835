"""On which ways of a flow a case comes past an element, and by which conditions."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from tthc_flow.graph.dominators import dominators
from tthc_flow.graph.remembered import remembered
from tthc_flow.graph.supply import supply
from tthc_flow.graph.view import exit_of
from tthc_flow.model.flow import Event, EventPosition, Gateway, GatewayKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.graph.supply import Supply
    from tthc_flow.model.flow import Flow, SequenceFlow


def always_before(flow: Flow, element: str, then: str) -> bool:
    """Return whether every case that comes to *then* was at *element* before.

    Example:
        >>> from tthc_flow.model.flow import SequenceFlow
        >>> from tthc_flow.model.step import Step
        >>> from tthc_flow.model.flow import Flow
        >>> steps = (Step(id="a", name="A"), Step(id="b", name="B"))
        >>> flow = Flow(id="p", nodes=steps, edges=(SequenceFlow(id="f", source="a", target="b"),))
        >>> always_before(flow, "a", "b")
        True

    Source: forward data-flow analysis; linear.
    """
    return bool(_been(flow).surely.get(then, 0) & _marks(flow)[element])


def always_by(flow: Flow, element: str, edge: SequenceFlow) -> bool:
    """Return whether every case that takes *edge* was at *element* before.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> from tthc_flow.model.step import Step
        >>> steps = (Step(id="a", name="A"), Step(id="b", name="B"))
        >>> flow = Flow(id="p", nodes=steps, edges=(SequenceFlow(id="f", source="a", target="b"),))
        >>> always_by(flow, "a", flow.edges[0]), always_by(flow, "b", flow.edges[0])
        (True, False)

    Source: the same.
    """
    left = _been(flow).leaving
    vertex = exit_of(edge.source)
    return bool(left.get(vertex if vertex in left else edge.source, 0) & _marks(flow)[element])


@remembered
def _been(flow: Flow) -> Supply:
    """Return what each element finds where each leaves a mark: all questions in one pass."""
    return supply(flow, _marks(flow))


@remembered
def _marks(flow: Flow) -> Mapping[str, int]:
    return {each: 1 << place for place, each in enumerate(flow.by_id)}


def branch_condition(flow: Flow, element: str, then: str) -> str | None:
    """Return the condition by which a case on its way to *then* comes to *element*.

    Known where every decision on the way says one in our own language; ``None`` where one is left
    to people, or where ways meet in between. Empty where nothing is decided.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> from tthc_flow.model.step import Step
        >>> split = Gateway(id="x", kind=GatewayKind.EXCLUSIVE)
        >>> steps = (Step(id="a", name="A"), Step(id="b", name="B"))
        >>> flow = Flow(id="p", nodes=(split, *steps), edges=(
        ...     SequenceFlow(id="f", source="x", target="a", condition="phí > 0"),
        ...     SequenceFlow(id="g", source="x", target="b", condition="phí == 0"),
        ...     SequenceFlow(id="h", source="a", target="b")))
        >>> branch_condition(flow, "a", "b")
        '(phí > 0)'

    Source: control dependence; linear in the way back.
    """
    passed = dominators(flow)
    parts: list[str] = []
    here, seen = element, set[str]()
    while here not in seen and not passed.holds(here, then):
        seen.add(here)
        node = flow.by_id[here]
        inward = flow.incoming[here]
        if isinstance(node, Event) and node.position is EventPosition.START and node.scope:
            here = node.scope
            continue
        if len(inward) != 1:
            return None
        said = _said(flow, inward[0])
        if said is None:
            return None
        parts += [said] if said else []
        here = inward[0].source
    return " và ".join(reversed(parts))


def _said(flow: Flow, edge: SequenceFlow) -> str | None:
    """Return the condition of *edge*, empty where its source does not decide; else ``None``."""
    source, ways = flow.by_id.get(edge.source), flow.outgoing[edge.source]
    if len(ways) == 1 or (isinstance(source, Gateway) and source.kind is GatewayKind.PARALLEL):
        return ""
    if not isinstance(source, Gateway) or source.kind is not GatewayKind.EXCLUSIVE:
        return None
    tried = [way for way in ways if way.id != source.default]
    if any(way.condition is None for way in tried):
        return None  # people decide
    before = takewhile(lambda way: way.id != edge.id, tried)
    parts = [f"không ({way.condition})" for way in before]
    parts += [] if edge.id == source.default else [f"({edge.condition})"]
    return " và ".join(parts)
