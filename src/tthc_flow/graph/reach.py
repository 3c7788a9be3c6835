"""What leads to an element, among what lies beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.graph.view import node_of, reached, view

if TYPE_CHECKING:
    from tthc_flow.model.flow import Flow


def reaching(flow: Flow, target: str) -> frozenset[str]:
    """Return the nodes of *target*'s own scope from which it can be reached, itself among them.

    A sub-process stands for what lies inside it; links lead on, and so do loops around the scope.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> from tthc_flow.model.step import Step
        >>> nodes = (Step(id="a", name="A"), Step(id="b", name="B"), Step(id="c", name="C"))
        >>> there = SequenceFlow(id="f", source="a", target="b")
        >>> sorted(reaching(Flow(id="p", nodes=nodes, edges=(there,)), "b"))
        ['a', 'b']

    Source: breadth-first search, backwards; linear.
    """
    beside = flow.by_id.get(target)
    scope = None if beside is None else beside.scope
    found = {node_of(vertex) for vertex in reached(view(flow), target, backwards=True)}
    return frozenset(node.id for node in flow.nodes if node.id in found and node.scope == scope)
