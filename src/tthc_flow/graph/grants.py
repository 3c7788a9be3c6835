"""Where the result is granted: the ends that say so, and what leads to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.graph.reach import reaching
from tthc_flow.graph.remembered import remembered
from tthc_flow.model.flow import Event, EventPosition, Outcome, Trigger
from tthc_flow.words.outcomes import says_no_grant

if TYPE_CHECKING:
    from tthc_flow.model.flow import Flow, SequenceFlow


@remembered
def grants_of(flow: Flow) -> tuple[tuple[SequenceFlow, frozenset[str]], ...]:
    """Return each flow into a granting end, with the nodes that lead to it.

    An end that says no outcome is taken for a grant only where no end of the flow says it grants,
    and one whose name says otherwise ("Từ chối") only where no other is left.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> nodes = (Event(id="a", position=EventPosition.START),
        ...          Event(id="e", position=EventPosition.END))
        >>> only = SequenceFlow(id="f", source="a", target="e")
        >>> [(edge.id, sorted(before)) for edge, before in grants_of(Flow(
        ...     id="p", nodes=nodes, edges=(only,)))]
        [('f', ['a'])]

    Source: domain rule of this project: an end event carries its outcome.
    """
    ends = granting_ends(flow)
    return tuple((edge, reaching(flow, edge.source)) for edge in flow.edges if edge.target in ends)


@remembered
def granting_ends(flow: Flow) -> frozenset[str]:
    """Return the ends at which the result is granted, in the process itself.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> end = Event(id="e", position=EventPosition.END)
        >>> granting_ends(Flow(id="p", nodes=(end,)))
        frozenset({'e'})

    Source: see :func:`grants_of`.
    """
    ends = {
        node.id: node
        for node in flow.nodes
        if isinstance(node, Event)
        and node.position is EventPosition.END
        and node.scope is None
        and node.trigger in {Trigger.NONE, Trigger.MESSAGE}
        and node.outcome in {None, Outcome.GRANT}
    }
    said = frozenset(end for end, node in ends.items() if node.outcome is Outcome.GRANT)
    silent = frozenset(end for end, node in ends.items() if node.outcome is None)
    named = frozenset(end for end in silent if not says_no_grant(ends[end].name))
    return said or named or silent
