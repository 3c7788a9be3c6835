"""Small flows written as one line each, for the tests of this folder and of the checks."""

from __future__ import annotations

from tthc_flow.model.actor import Level, Performer, Role
from tthc_flow.model.flow import Event, EventPosition, Flow, Gateway, GatewayKind, SequenceFlow
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step, StepKind, StepTime
from tthc_flow.units import Duration, TimeUnit

OFFICER = Performer(
    name="Chuyên viên",
    role=Role.OFFICER,
    office="Sở Nội vụ",
    levels=frozenset({Level.PROVINCE}),
)


def days(amount: str | float, unit: TimeUnit = TimeUnit.WORKING_DAY, **more) -> StepTime:
    return StepTime(duration=Duration(amount=amount, unit=unit), **more)


def step(id_: str, amount: str | float | None = None, **more) -> Step:
    """A step by its id; *amount* in working days, ``None`` unknown."""
    more.setdefault("name", id_)
    more.setdefault("time", StepTime() if amount is None else days(amount))
    more.setdefault("performer", OFFICER)
    more.setdefault("kinds", (StepKind.EXAMINE,))
    return Step(id=id_, **more)


def xor(id_: str, **more) -> Gateway:
    return Gateway(id=id_, kind=GatewayKind.EXCLUSIVE, **more)


def both(id_: str, **more) -> Gateway:
    return Gateway(id=id_, kind=GatewayKind.PARALLEL, **more)


def start(id_: str = "start", **more) -> Event:
    return Event(id=id_, position=EventPosition.START, **more)


def end(id_: str = "end", **more) -> Event:
    return Event(id=id_, position=EventPosition.END, **more)


def flow(nodes, *ways: str, **more) -> Flow:
    """A flow of *nodes* joined by *ways* such as ``"start a b end"``; each pair once."""
    pairs = dict.fromkeys(
        pair for way in ways for pair in zip(way.split(), way.split()[1:], strict=False)
    )
    edges = tuple(
        SequenceFlow(id=f"{source}-{target}", source=source, target=target)
        for source, target in pairs
    )
    return Flow(id="process", nodes=tuple(nodes), edges=edges, **more)


def chain(*steps: Step) -> Flow:
    way = " ".join(["start", *(each.id for each in steps), "end"])
    return flow((start(), *steps, end()), way)


def procedure(*steps: Step, **more) -> Procedure:
    return Procedure(flow=chain(*steps), **more)
