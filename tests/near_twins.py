"""Twins of a random flow: the same work drawn anew, with a few small differences."""

from __future__ import annotations

import random

from attrs import evolve

from tthc_flow.graph.chains import removable
from tthc_flow.graph.rewrite import inserted_on, without
from tthc_flow.model.flow import Event, Flow, Node
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step, StepKind, StepTime


def twin(rng: random.Random, flow: Flow, differences: int) -> Flow:
    """Return *flow* under other ids, with so many steps dropped, added or told otherwise."""
    for number in range(differences):
        step = rng.choice(flow.steps) if flow.steps else None
        match rng.randrange(3):
            case 0 if step is not None and len(flow.steps) > 1 and removable(flow, step):
                flow = without(flow, step.id)
            case 1 if flow.edges:
                edge = rng.choice(flow.edges)
                added = Step(
                    id=f"added_{number}",
                    name=f"Việc thêm {number}",
                    kinds=(StepKind.LOOK_UP,),
                    scope=edge.scope,
                )
                flow = inserted_on(flow, edge, added)
            case _ if step is not None:
                told = evolve(step, time=StepTime(counted=step.time.counted), checked=None)
                nodes = tuple(told if each is step else each for each in flow.nodes)
                flow = evolve(flow, nodes=nodes)
    return renumbered(flow)


def renumbered(flow: Flow) -> Flow:
    """Return *flow* with every id of a node or arrow told otherwise."""

    def there(id_: str | None) -> str | None:
        return None if id_ is None else f"t_{id_}"

    def moved(node: Node) -> Node:
        known: dict[str, object] = {"id": f"t_{node.id}", "scope": there(node.scope)}
        if isinstance(node, Step):
            known["separate_from"] = frozenset(f"t_{each}" for each in node.separate_from)
        if isinstance(node, Event):
            known |= {"attached_to": there(node.attached_to), "handler": there(node.handler)}
        else:
            known["default"] = there(node.default)
        return evolve(node, **known)

    edges = tuple(
        evolve(
            edge,
            id=f"t_{edge.id}",
            source=f"t_{edge.source}",
            target=f"t_{edge.target}",
            scope=there(edge.scope),
        )
        for edge in flow.edges
    )
    return evolve(flow, id=f"t_{flow.id}", nodes=tuple(map(moved, flow.nodes)), edges=edges)


def as_procedure(flow: Flow, name: str) -> Procedure:
    """Return a procedure of one agency around *flow*."""
    return Procedure(flow=flow, name=name, agency="Sở Xây dựng")
