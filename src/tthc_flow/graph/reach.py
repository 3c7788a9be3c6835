"""What can be reached from where, over sequence flows and boundary events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.model.flow import Event

if TYPE_CHECKING:
    from tthc_flow.model.flow import Flow


def reaching(flow: Flow, target: str) -> frozenset[str]:
    """Return the ids of the nodes from which *target* can be reached, *target* among them.

    Linear in nodes and flows. Within one scope: what lies inside a sub-process is not entered.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> from tthc_flow.model.step import Step
        >>> nodes = (Step(id="a", name="A"), Step(id="b", name="B"), Step(id="c", name="C"))
        >>> there = SequenceFlow(id="f", source="a", target="b")
        >>> sorted(reaching(Flow(id="p", nodes=nodes, edges=(there,)), "b"))
        ['a', 'b']
    """
    seen, queue = {target}, [target]
    while queue:
        at = queue.pop()
        node = flow.by_id.get(at)
        before = [edge.source for edge in flow.incoming.get(at, ())]
        if isinstance(node, Event) and node.attached_to is not None:
            before.append(node.attached_to)
        for each in before:
            if each not in seen:
                seen.add(each)
                queue.append(each)
    return frozenset(seen)
