"""Small flows by hand: `drawn("s a x", "x b", ...)` draws arrows along each row of names.

A name that begins with ``x`` is an exclusive gateway, with ``p`` a parallel and with ``o`` an
inclusive one; every other is a step.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from tthc_flow.expected.known import Given
from tthc_flow.model.chance import Chance, Spread
from tthc_flow.model.flow import Flow, Gateway, GatewayKind, SequenceFlow
from tthc_flow.model.step import Step

KINDS = {
    "x": GatewayKind.EXCLUSIVE,
    "p": GatewayKind.PARALLEL,
    "o": GatewayKind.INCLUSIVE,
}


def drawn(*rows: str, nodes: tuple = (), **shares: str) -> Flow:
    """Return the flow of *rows*; *shares* are by source and target together."""
    known = {node.id: node for node in nodes}
    order: dict[str, object] = {}
    edges = []
    for row in rows:
        names = row.split()
        for name in names:
            kind = KINDS.get(name[0])
            made = Gateway(id=name, kind=kind) if kind else Step(id=name, name=name.upper())
            order.setdefault(name, known.get(name, made))
        for one, two in pairwise(names):
            share = shares.get(one + two)
            edges.append(
                SequenceFlow(
                    id=one + two,
                    source=one,
                    target=two,
                    share=None if share is None else Fraction(share),
                )
            )
    order |= {node.id: node for node in nodes if node.id not in order}
    return Flow(id="p", nodes=tuple(order.values()), edges=tuple(edges))


def takes(**minutes: object) -> Given:
    """Return times by element: a number is fixed, a text is the mean of an exponential time."""
    return Given(
        times={
            name: time
            if isinstance(time, Chance)
            else Chance(spread=Spread.EXPONENTIAL, mean=time)
            if isinstance(time, str)
            else Chance.fixed(time)
            for name, time in minutes.items()
        }
    )


def uniform(low: int, high: int) -> Chance:
    return Chance(spread=Spread.UNIFORM, least=low, most=high)
