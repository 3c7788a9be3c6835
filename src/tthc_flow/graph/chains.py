"""Steps that follow one another directly: no gateway, no event, no other way in or out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.model.step import Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.flow import Flow


def follower(flow: Flow, step: Step) -> Step | None:
    """Return the step that follows *step* and nothing else, or ``None``."""
    return _neighbour(flow, step, forwards=True)


def forerunner(flow: Flow, step: Step) -> Step | None:
    """Return the step that comes before *step* and nothing else, or ``None``."""
    return _neighbour(flow, step, forwards=False)


def _neighbour(flow: Flow, step: Step, *, forwards: bool) -> Step | None:
    edges = (flow.outgoing if forwards else flow.incoming)[step.id]
    if len(edges) != 1:
        return None
    other = flow.by_id.get(edges[0].target if forwards else edges[0].source)
    if not isinstance(other, Step) or other.id == step.id:
        return None
    back = (flow.incoming if forwards else flow.outgoing)[other.id]
    return other if len(back) == 1 else None


def chains(flow: Flow) -> Iterator[tuple[Step, ...]]:
    """Yield the longest rows of steps that follow one another directly, in file order.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> flow = Flow(
        ...     id="p",
        ...     nodes=(Step(id="a", name="A"), Step(id="b", name="B")),
        ...     edges=(SequenceFlow(id="f", source="a", target="b"),),
        ... )
        >>> [[step.id for step in row] for row in chains(flow)]
        [['a', 'b']]
    """
    for step in flow.steps:
        if forerunner(flow, step) is not None:
            continue
        row = [step]
        after = follower(flow, step)
        while after is not None:
            row.append(after)
            after = follower(flow, after)
        yield tuple(row)


def removable(flow: Flow, step: Step) -> bool:
    """Return whether *step* has one way out and no boundary event, so that it can be taken out."""
    return len(flow.outgoing[step.id]) == 1 and step.id not in flow.guarded
