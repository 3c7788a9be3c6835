"""The skeleton of a plain flow: all that tells how its tokens move, without names, ids or facts.

Most procedures of a country are drawn in few ways: a row of steps, a decision with a way back.
What only depends on how tokens move need be worked out once for all flows of one skeleton.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import define, field

from tthc_flow.graph.remembered import remembered
from tthc_flow.model.flow import Event, EventPosition, Gateway, GatewayKind, Trigger
from tthc_flow.model.step import Step

if TYPE_CHECKING:
    from tthc_flow.model.flow import Flow, Node

Skeleton: TypeAlias = tuple[tuple[object, ...], ...]
"""What each node is, in file order; then of each sequence flow its ends, and if it is a default."""

KEPT: Final = 10_000
"""Skeletons remembered; the 148 published tables have some dozens."""

_PLAIN_EVENTS: Final = frozenset(
    {
        (EventPosition.START, Trigger.NONE),
        (EventPosition.END, Trigger.NONE),
        (EventPosition.CATCH, Trigger.MESSAGE),
        (EventPosition.CATCH, Trigger.TIMER),
    }
)
_PLAIN_GATEWAYS: Final = frozenset(
    {GatewayKind.EXCLUSIVE, GatewayKind.PARALLEL, GatewayKind.INCLUSIVE}
)


@remembered
def skeleton(flow: Flow) -> Skeleton | None:
    """Return the skeleton of *flow*; ``None`` where it holds more than a skeleton tells.

    Plain is: steps done once, gateways that split and join, starts and ends without a trigger,
    waits for a message or a time, and sequence flows without conditions; all in the process
    itself, each with an id of its own. No two waits are for one message.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> one = Flow(id="p", nodes=(Step(id="a", name="Thụ lý"),))
        >>> other = Flow(id="q", nodes=(Step(id="b", name="Thẩm định"),))
        >>> skeleton(one) == skeleton(other)
        True

    Source: BPMN 2.0.2, chapter 13: what moves tokens; linear.
    """
    place = {node.id: number for number, node in enumerate(flow.nodes)}
    shown: list[tuple[object, ...]] = []
    defaults: dict[str, str] = {}
    awaited: list[str] = []
    for node in flow.nodes:
        kind = _kind(node)
        if kind is None:
            return None
        shown.append(kind)
        if isinstance(node, Event):
            awaited += [] if node.reference is None else [node.reference]
        elif node.default is not None:
            defaults[node.id] = node.default
    ids = {flow.id, *place}
    for edge in flow.edges:
        ids.add(edge.id)
        ends = place.get(edge.source), place.get(edge.target)
        if edge.condition or edge.printed or edge.scope or None in ends:
            return None
        shown.append((*ends, defaults.get(edge.source) == edge.id))
        if shown[-1][-1]:
            del defaults[edge.source]
    alone = len(ids) == 1 + len(flow.nodes) + len(flow.edges)
    return tuple(shown) if alone and not defaults and len({*awaited}) == len(awaited) else None


def _kind(node: Node) -> tuple[object, ...] | None:
    """Return what a plain *node* is; ``None`` for any other."""
    if node.scope is not None:
        return None
    match node:
        case Step(loop=None, start_quantity=1, completion_quantity=1, instantiates=False):
            return (node.task,)
        case Gateway(instantiates=False, parallel=False) if node.kind in _PLAIN_GATEWAYS:
            return (node.kind,)
        case Event(attached_to=None, handler=None, condition=None):
            kind = node.position, node.trigger
            return (*kind, node.interrupting) if kind in _PLAIN_EVENTS else None
        case _:
            return None


@define
class Known:
    """Skeletons of which something holds; a flow without a skeleton is none of theirs.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> known, one = Known(), Flow(id="p", nodes=(Step(id="a", name="Thụ lý"),))
        >>> known.holds_of(one)
        False
        >>> known.learn(one)
        >>> known.holds_of(Flow(id="q", nodes=(Step(id="b", name="Thẩm định"),)))
        True

    Source: see :func:`skeleton`; bounded, so that a long run does not grow.
    """

    _known: set[Skeleton] = field(factory=set, init=False)

    def holds_of(self, flow: Flow) -> bool:
        """Return whether it was learnt of a flow with the skeleton of *flow*."""
        return skeleton(flow) in self._known

    def learn(self, flow: Flow) -> None:
        """Take it that it holds for all that move their tokens as *flow* does.

        Where too many are known, all others are forgotten.
        """
        shown = skeleton(flow)
        if shown is None:
            return
        if len(self._known) >= KEPT:
            self._known.clear()
        self._known.add(shown)
