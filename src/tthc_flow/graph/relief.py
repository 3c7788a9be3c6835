"""Rewrites that take work away but no whole step: part of a row, or a part of the flow at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from tthc_flow.graph.redone import redone
from tthc_flow.graph.spots import edge_spots, node_spots

if TYPE_CHECKING:
    from collections.abc import Collection

    from tthc_flow.model.flow import SequenceFlow
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.model.step import Step, StepKind


def relieved(step: Step, *kinds: StepKind) -> Step:
    """Return *step* without the work of *kinds*; its other work and what it writes stay.

    How long the rest takes, how many it rejects, by which criteria and with what harm were facts
    of the whole row: they are not known of the rest, and none is invented.

    Example:
        >>> from tthc_flow.model.step import Step, StepKind
        >>> row = Step(id="a", name="Thẩm tra, ký", kinds=(StepKind.REEXAMINE, StepKind.SIGN))
        >>> [kind.value for kind in relieved(row, StepKind.REEXAMINE).kinds]
        ['sign']
    """
    return evolve(
        step,
        kinds=tuple(kind for kind in step.kinds if kind not in kinds),
        time=evolve(step.time, duration=None, printed=None, source=None),
        work=None,
        handling=None,
        criteria=None,
        checked=None,
        rejected=None,
        amended=None,
        harm=None,
    )


def bypassed(procedure: Procedure, nodes: Collection[str], target: str) -> Procedure:
    """Return *procedure* without *nodes*; what led into them from outside now leads to *target*.

    For a part that may only be left to *target*: what else left it is gone, and so are its
    messages and its ties to notes and data.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.model.step import Step
        >>> flow = Flow(
        ...     id="p",
        ...     nodes=tuple(Step(id=each, name=each) for each in "abcd"),
        ...     edges=tuple(
        ...         SequenceFlow(id=a + b, source=a, target=b) for a, b in ("ab", "bc", "cd")
        ...     ),
        ... )
        >>> after = bypassed(Procedure(flow=flow), ("b", "c"), "d")
        >>> [(edge.id, edge.target) for edge in after.flow.edges]
        [('ab', 'd')]
    """
    flow, gone = procedure.flow, frozenset(nodes)
    spots = edge_spots(flow)
    edges: dict[int, tuple[SequenceFlow, ...]] = {
        spot: (evolve(edge, target=target),)
        for each in gone
        for edge in flow.incoming.get(each, ())
        for spot in spots[edge.id]
    }
    left = (edge for each in gone for edge in flow.outgoing.get(each, ()))
    edges |= {spot: () for edge in left for spot in spots[edge.id]}
    out = dict.fromkeys(node_spots(flow, gone), ())
    return evolve(
        procedure,
        flow=redone(flow, out, edges),
        messages=tuple(m for m in procedure.messages if gone.isdisjoint({m.source, m.target})),
        associations=tuple(
            tie for tie in procedure.associations if gone.isdisjoint({tie.source, tie.target})
        ),
    )
