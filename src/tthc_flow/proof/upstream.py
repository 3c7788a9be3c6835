"""What an inclusive join waits for: the tokens that can still come to one of its ways in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.proof.net import EVERYWHERE

if TYPE_CHECKING:
    from tthc_flow.proof.net import Net


def upstream_of(net: Net, join: int) -> list[tuple[int, int]]:
    """Return each way into *join*, and all arrows of its scope that reach it without *join*.

    Example:
        >>> from tthc_flow.proof.net import SINK, Kind, Net
        >>> net = Net()
        >>> join = net.node(Kind.ANY_IN, "or")
        >>> _ = net.arrow(0, join), net.arrow(join, SINK)
        >>> upstream_of(net, join)
        [(1, 1)]

    Source: BPMN 2.0.2, table 13.3.
    """
    into: list[list[int]] = [[] for _ in net.kinds]
    for number, (_, target) in enumerate(net.arrows):
        into[target].append(number)
    home = net.homes[into[join][0]] if into[join] else EVERYWHERE
    before = {void: source for source, void in net.ways if void in net.void}
    found = []
    for number in into[join]:
        upstream, seen = 1 << number, {join}
        todo = [] if number in net.extra else [net.arrows[number][0]]
        while todo:
            node = todo.pop()
            if node in seen:
                continue
            seen.add(node)
            if node in before:
                todo.append(before[node])
            for arrow in into[node]:
                if net.homes[arrow] == home or arrow in net.armed:
                    upstream |= 1 << arrow
                    if arrow not in net.extra and arrow not in net.armed:
                        todo.append(net.arrows[arrow][0])
        found.append((1 << number, upstream))
    return found
