"""The conditions of a flow, compiled once: for what bars a run, and for the net that runs."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

from tthc_flow.errors import BadExpression
from tthc_flow.expressions.expression import Expression, compile_expression
from tthc_flow.graph.remembered import remembered
from tthc_flow.model.flow import Flow

Place: TypeAlias = tuple[str, str | None]
"""The id of a sequence flow and its condition: two flows may have one id, where that is wrong."""


@remembered
def conditions(flow: Flow) -> Mapping[Place, Expression | BadExpression]:
    """Return each condition of the sequence flows of *flow*, compiled, or why it cannot be.

    Example:
        >>> from tthc_flow.model.flow import SequenceFlow
        >>> edge = SequenceFlow(id="f", source="a", target="b", condition="phí > 0")
        >>> [each.text for each in conditions(Flow(id="p", edges=(edge,))).values()]
        ['phí > 0']

    Source: linear in the texts.
    """
    found: dict[Place, Expression | BadExpression] = {}
    for edge in flow.edges:
        if edge.condition is not None:
            try:
                found[edge.id, edge.condition] = compile_expression(edge.condition, edge.id)
            except BadExpression as error:
                found[edge.id, edge.condition] = error
    return MappingProxyType(found)
