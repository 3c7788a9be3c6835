"""When an inclusive join may go on: no other token can still come to an empty entry."""

from __future__ import annotations

from tthc_flow.engine.places import Net


def may_still_come(net: Net, join: str, filled: set[str], elsewhere: set[str]) -> bool:
    """Return whether the inclusive gateway *join* has to wait for one of the tokens *elsewhere*.

    It has to where a token can reach an entry without a token, but none of the entries *filled*,
    on ways that do not pass the join itself. Linear in the sequence flows of the scope.

    Source: BPMN 2.0.2, 13.4.3.
    """
    hollow = set(net.places[join].entries) - filled
    waited_for = elsewhere & _upstream(net, join, hollow)
    return bool(waited_for) and not waited_for <= _upstream(net, join, filled)


def _upstream(net: Net, join: str, arcs: set[str]) -> set[str]:
    """Return the nodes from which one comes over one of *arcs* without passing *join*."""
    stack = [net.source_of[arc] for arc in arcs]
    found: set[str] = set()
    while stack:
        node = stack.pop()
        if node != join and node not in found:
            found.add(node)
            stack.extend(net.before.get(node, ()))
    return found
