"""Whether two flows say the same, whatever the order their elements are listed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

if TYPE_CHECKING:
    from typing import TypeVar

    from tthc_flow.model.flow import Flow, Lane, Node, SequenceFlow

    Told = TypeVar("Told", Node, SequenceFlow, Lane)


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
        _alike(one.nodes, other.nodes)
        and _alike(one.edges, other.edges)
        and _alike(one.lanes, other.lanes)
        and evolve(one, nodes=(), edges=(), lanes=()) == evolve(other, nodes=(), edges=(), lanes=())
    )


def _alike(some: tuple[Told, ...], others: tuple[Told, ...]) -> bool:
    """Return whether both hold equal values; where ids tell them apart, none has to be hashed."""
    known = {each.id: each for each in some}
    if len(known) == len(some) == len(others):
        return known == {each.id: each for each in others}
    return set(some) == set(others)
