"""Whether two flows say the same, whatever the order their elements are listed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

if TYPE_CHECKING:
    from tthc_flow.model.flow import Flow


def same(one: Flow, other: Flow) -> bool:
    """Return whether *one* and *other* hold equal nodes, sequence flows and lanes.

    A file nests the content of a sub-process inside it, a rewrite lists it last: the order in
    which elements are listed says nothing.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.step import Step
        >>> a, b = Step(id="a", name="A"), Step(id="b", name="B")
        >>> same(Flow(id="p", nodes=(a, b)), Flow(id="p", nodes=(b, a)))
        True
    """
    return (
        set(one.nodes) == set(other.nodes)
        and set(one.edges) == set(other.edges)
        and set(one.lanes) == set(other.lanes)
        and evolve(one, nodes=(), edges=(), lanes=()) == evolve(other, nodes=(), edges=(), lanes=())
    )
