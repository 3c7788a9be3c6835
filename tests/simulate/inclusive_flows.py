"""Flows with inclusive gateways, and shares for them."""

from __future__ import annotations

from fractions import Fraction

from tthc_flow.model.flow import (
    Flow,
    Gateway,
    GatewayKind,
)

FLOWS = {
    "two ways": "s > or1 > a > or2 > z > e; or1 > b > or2",
    "three ways": "s > or1 > a > or2 > z > e; or1 > b > or2; or1 > c > or2",
    "a way in a way": "s > or1 > a > or2 > b > or3 > or4 > z > e; or2 > c > or3; or1 > d > or4",
    "parts inside, not joined there": "s > and1 > a > or1 > b > or2 > z > e; or1 > c > or2;"
    "and1 > d > or2",
    "parts inside a way": "s > or1 > a > and1 > b > or2 > c > or4 > x > or5 > z > e;"
    "or2 > d > or4; and1 > f > or4; or1 > g > or5",
    "a choice opens it": "s > xor1 > a > or2 > z > e; xor1 > b > or2",
    "met inside before": "s > or1 > a > and1 > b > and2 > or2 > z > e; and1 > c > and2;"
    "or1 > d > or2",
    "tangled inside": "s > or1 > a > and1 > b > and2 > c > and4 > or2 > z > e; and1 > d > and3;"
    "and2 > and3 > f > and4; or1 > g > or2",
    "a choice inside": "s > or1 > a > xor1 > b > xor2 > or2 > z > e; xor1 > c > xor2;or1 > d > or2",
    "one choice may lead past another": "s > xor1 > d > or1 > a > or2 > z > e;"
    "or1 > b > or2; xor1 > c > or2",
    "ways that end apart": "s > or1 > a > e1; or1 > b > e2; or1 > c > e3",
    "a join that parts again": "s > or1 > a > or2; or1 > b > or2; or2 > c > or3 > z > e;"
    "or2 > d > or3",
    "one after the other": "s > or1 > a > or2 > or3 > b > or4 > z > e; or1 > c > or2;"
    "or3 > d > or4; or3 > f > or4",
}


def even(flow: Flow, share: str = "2/3") -> dict[str, Fraction]:
    """Return *share* for each way of an inclusive choice, even shares for the others."""
    return {
        edge.id: Fraction(share)
        if node.kind is GatewayKind.INCLUSIVE
        else Fraction(1, len(flow.outgoing[node.id]))
        for node in flow.nodes
        if isinstance(node, Gateway) and node.kind is not GatewayKind.PARALLEL
        for edge in flow.outgoing[node.id]
    }
