"""A scope of a flow as a net of four plain node kinds, the form that soundness is decided on.

Everything implicit is made explicit: several flows into a step merge, several out of it split,
a boundary event is a choice at its host, a link is an arrow, every end leads to one sink. A
sub-process is one node here; its own content is another net.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final

from tthc_flow.model.flow import EventPosition, Gateway, GatewayKind
from tthc_flow.proof.coverage import at, chooses, stops

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.model.flow import Flow, Node
    from tthc_flow.proof.coverage import Scope


class Kind(IntEnum):
    """What a net node does with tokens."""

    EITHER = 0  # takes one token, gives one: exclusive and event-based gateways
    ALL = 1  # takes a token of every way in, gives one to every way out
    ANY_IN = 2  # inclusive join
    ANY_OUT = 3  # inclusive split
    SOURCE = 4
    SINK = 5
    STOP = 6  # takes one token and drops all others: terminate and error ends


SOURCE: Final = 0
SINK: Final = 1
_GATEWAYS: Final = {
    GatewayKind.EXCLUSIVE: Kind.EITHER,
    GatewayKind.EVENT_BASED: Kind.EITHER,
    GatewayKind.PARALLEL: Kind.ALL,
}


class Net:
    """Nodes with their kind and the element they stand for; arrow 0 is the only one marked."""

    def __init__(self) -> None:
        """Start with a source and a sink."""
        self.kinds = [Kind.SOURCE, Kind.SINK]
        self.elements = ["", ""]
        self.arrows: list[tuple[int, int]] = []

    def node(self, kind: Kind, element: str) -> int:
        """Add a node and return its number."""
        self.kinds.append(kind)
        self.elements.append(element)
        return len(self.kinds) - 1


def net_of(flow: Flow, scope: Scope, never_left: frozenset[str] = frozenset()) -> Net:
    """Return the net of *scope*, which must be covered; *never_left* have no regular way out.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.step import Step
        >>> from tthc_flow.proof.coverage import scopes_of
        >>> flow = Flow(id="p", nodes=(Step(id="a", name="A"),))
        >>> net_of(flow, scopes_of(flow)[None]).arrows
        [(0, 2), (2, 1)]

    Source: workflow graphs; van der Aalst, Hirnschall, Verbeek, CAiSE 2002.
    """
    net = Net()
    net.arrows.append((SOURCE, SINK))  # its target is known last
    leave = {
        guard.id: net.node(Kind.ALL, guard.id) for found in scope.guards.values() for guard in found
    }
    entry = dict(leave)
    enters = _counted(scope.arrows, 1)
    leaves = _counted(scope.arrows, 0)
    for node in scope.nodes:
        if node.id in scope.guards:
            entry[node.id] = net.node(Kind.EITHER, node.id)
            last = _guarded(net, scope, node, entry[node.id], leave)
            if node.id not in never_left or node.id in leaves:
                leave[node.id] = net.node(_split(flow, node), node.id)
            if node.id not in never_left:
                net.arrows.append((last, leave[node.id]))
        elif node.id not in leave:
            plain = leaves.get(node.id, 0) <= 1
            entry[node.id], leave[node.id] = _drawn(net, flow, node, plain=plain)
    net.arrows[0] = (SOURCE, _first(net, scope, entry, enters))
    net.arrows += [(leave[source], entry[target]) for source, target in scope.arrows]
    net.arrows += [
        (leave[node.id], SINK)
        for node in scope.nodes
        if node.id not in leaves and (node.id not in never_left or node.id not in scope.guards)
    ]
    return net


def _counted(arrows: tuple[tuple[str, str], ...], end: int) -> dict[str, int]:
    counts: dict[str, int] = {}
    for arrow in arrows:
        counts[arrow[end]] = counts.get(arrow[end], 0) + 1
    return counts


def _drawn(net: Net, flow: Flow, node: Node, *, plain: bool) -> tuple[int, int]:
    """Add *node* and return what is entered and what is left."""
    if isinstance(node, Gateway):
        if node.kind in _GATEWAYS:
            number = net.node(_GATEWAYS[node.kind], node.id)
            return number, number
        join, split = net.node(Kind.ANY_IN, node.id), net.node(Kind.ANY_OUT, node.id)
    elif stops(node) or plain:
        number = net.node(Kind.STOP if stops(node) else Kind.EITHER, node.id)
        return number, number
    else:
        join, split = net.node(Kind.EITHER, node.id), net.node(_split(flow, node), node.id)
    net.arrows.append((join, split))
    return join, split


def _split(flow: Flow, node: Node) -> Kind:
    return Kind.ANY_OUT if chooses(flow, node) else Kind.ALL


def _guarded(net: Net, scope: Scope, node: Node, entry: int, leave: Mapping[str, int]) -> int:
    """Put the boundary events of *node* after its *entry*; return where it is left regularly.

    A non-interrupting one fires once or not at all before the rest is chosen; then the activity
    ends regularly or by one of its interruptions. Each choice is one firing, so no token of a
    choice not taken stays behind.
    """
    here = entry
    for guard in scope.guards[node.id]:
        if not guard.interrupting:
            fired, after = net.node(Kind.ALL, guard.id), net.node(Kind.EITHER, node.id)
            net.arrows += [(here, fired), (fired, leave[guard.id]), (fired, after), (here, after)]
            here = after
    net.arrows += [(here, leave[g.id]) for g in scope.guards[node.id] if g.interrupting]
    return here


def _first(net: Net, scope: Scope, entry: Mapping[str, int], enters: Mapping[str, int]) -> int:
    """Return the node the first token goes to: one start, one of several, or all that can begin."""
    starts = [entry[start.id] for start in scope.starts]
    kind = Kind.EITHER
    if not starts:
        kind = Kind.ALL
        starts = [
            entry[node.id]
            for node in scope.nodes
            if node.id not in enters and not at(node, EventPosition.BOUNDARY)
        ]
    if len(starts) == 1:
        return starts[0]
    router = net.node(kind, "")
    net.arrows += [(router, start) for start in starts]
    return router
