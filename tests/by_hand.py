"""Small flows written by hand: the shortest way to say a known answer in a test."""

from __future__ import annotations

import re
from itertools import pairwise

from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    Gateway,
    GatewayKind,
    Node,
    Outcome,
    SequenceFlow,
    Trigger,
)
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step, StepTime
from tthc_flow.units import Duration, TimeUnit

UNITS = {
    "ngày làm việc": TimeUnit.WORKING_DAY,
    "giờ làm việc": TimeUnit.WORKING_HOUR,
    "ngày": TimeUnit.DAY,
    "giờ": TimeUnit.HOUR,
}


def time_of(printed: str | None) -> StepTime:
    """Return the time a test prints: "1 ngày làm việc"; ``None`` is unknown."""
    if printed is None:
        return StepTime()
    amount, unit = printed.split(" ", 1)
    duration = Duration(amount=amount.replace(",", "."), unit=UNITS[unit])
    return StepTime(duration=duration, printed=printed)


def chain(*times: str | None) -> Flow:
    """Return start → step_1 → … → end, one step a time."""
    steps = tuple(
        Step(id=f"step_{n}", name=f"Bước {n}", number=str(n), time=time_of(time))
        for n, time in enumerate(times, start=1)
    )
    ids = ("start", *(step.id for step in steps), "end")
    return Flow(
        id="flow",
        nodes=(
            Event(id="start", position=EventPosition.START),
            *steps,
            Event(id="end", position=EventPosition.END, outcome=Outcome.GRANT),
        ),
        edges=edges_of(tuple(pairwise(ids))),
    )


def edges_of(pairs: tuple[tuple[str, str], ...]) -> tuple[SequenceFlow, ...]:
    """Return a numbered sequence flow a pair."""
    return tuple(SequenceFlow(id=f"f{n}", source=a, target=b) for n, (a, b) in enumerate(pairs, 1))


def drawn(picture: str, *nodes: Node) -> Flow:
    """Return the flow of a text picture: ``"s > a > xor1; xor1 > b > xor2; xor2 > e"``.

    What an id begins with says what it is: ``s`` start, ``e`` end, ``term`` terminate, ``xor``,
    ``and``, ``or``, ``wait`` event-based, ``catch``, anything else a step. *nodes* given
    explicitly replace those of the same id or are added.
    """
    pairs: list[tuple[str, str]] = []
    names: dict[str, None] = {}
    for row in filter(None, map(str.strip, picture.split(";"))):
        ids = [each.strip() for each in row.split(">")]
        names.update(dict.fromkeys(ids))
        pairs += pairwise(ids)
    given = {node.id: node for node in nodes}
    made = tuple(given.pop(name, None) or _node(name) for name in names)
    return Flow(id="flow", nodes=(*made, *given.values()), edges=edges_of(tuple(pairs)))


def _node(name: str) -> Node:
    letters = re.match(r"[a-z]*", name).group()  # type: ignore[union-attr]
    gateways = {
        "xor": GatewayKind.EXCLUSIVE,
        "and": GatewayKind.PARALLEL,
        "or": GatewayKind.INCLUSIVE,
        "wait": GatewayKind.EVENT_BASED,
    }
    if letters in gateways:
        return Gateway(id=name, kind=gateways[letters])
    match letters:
        case "s":
            return Event(id=name, position=EventPosition.START)
        case "e":
            return Event(id=name, position=EventPosition.END)
        case "term":
            return Event(id=name, position=EventPosition.END, trigger=Trigger.TERMINATE)
        case "catch":
            return Event(id=name, position=EventPosition.CATCH, trigger=Trigger.MESSAGE)
        case _:
            return Step(id=name, name=name)


def procedure_of(flow: Flow, **facts: object) -> Procedure:
    """Return a procedure around *flow*."""
    return Procedure(flow=flow, name="Thủ tục thử", **facts)
