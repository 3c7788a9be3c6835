"""The cheap half of soundness: what no token can reach, and what no end can be reached from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.proof.findings import Property, Violation
from tthc_flow.proof.net import SINK, SOURCE, Kind

if TYPE_CHECKING:
    from tthc_flow.proof.net import Net


def unreachable(net: Net) -> Violation | None:
    """Return the first node no path leads to, or from which no path leads to an end.

    Example:
        >>> from tthc_flow.proof.net import Kind, Net
        >>> net = Net()
        >>> alone = net.node(Kind.EITHER, "a")
        >>> _ = net.arrow(SOURCE, SINK), net.arrow(alone, SINK)
        >>> unreachable(net)
        Violation(broken=<Property.ALIVE: 'dead-element'>, element='a', trace=())

    Source: depth-first search; linear.
    """
    came = _found(net, SOURCE, forward=True)
    dead = [
        net.elements[node]
        for node, kind in enumerate(net.kinds)
        if node not in came and kind is not Kind.SINK and node not in net.void
    ]
    if dead:
        entered = {net.elements[node] for node in came}
        never = [element for element in dead if element not in entered]
        return Violation(broken=Property.ALIVE, element=(never or dead)[0])
    leads = _found(net, SINK, forward=False)
    for node in range(2, len(net.kinds)):
        if node in came and node not in leads:
            trace = _path(net, came, node)
            return Violation(broken=Property.OPTION, element=net.elements[node], trace=trace)
    return None


def _found(net: Net, root: int, *, forward: bool) -> dict[int, int]:
    near: list[list[int]] = [[] for _ in net.kinds]
    ways = (way for way in net.ways if way[1] not in net.void)
    for source, target in (*net.arrows, *ways):
        near[source if forward else target].append(target if forward else source)
    came = {root: root}
    queue = [root]
    for here in queue:
        for there in near[here]:
            if there not in came:
                came[there] = here
                queue.append(there)
    return came


def _path(net: Net, came: dict[int, int], node: int) -> tuple[str, ...]:
    path = []
    while node != SOURCE:
        path.append(net.elements[node])
        node = came[node]
    return tuple(dict.fromkeys(name for name in reversed(path) if name))
