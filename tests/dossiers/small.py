"""Small procedures in BPMN text, and an engine on them whose clock the test moves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from tthc_flow.calendars.calendar import Calendar
from tthc_flow.dossiers.deadlines import Deadlines
from tthc_flow.dossiers.engine import Engine
from tthc_flow.units import TimeUnit

from .loop import HEAD, NOW


def bpmn(nodes: str, flows: str, *, process: str = "P", more: str = "") -> bytes:
    """Return a process of *nodes* (XML) and *flows* (``a > b > c; b > d``; ids f1, f2 …)."""
    drawn, number = [], 0
    for way in flows.split(";"):
        stops = [each.strip() for each in way.split(">")]
        for source, target in pairwise(stops):
            number += 1
            drawn.append(
                f'<sequenceFlow id="f{number}" sourceRef="{source}" targetRef="{target}"/>'
            )
    body = f'<process id="{process}" name="Thử">{nodes}{"".join(drawn)}</process>'
    return HEAD + more.encode() + body.encode() + b"</definitions>"


class Wall:
    """A clock on the wall that stands until it is moved."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **time: float) -> None:
        self.at += timedelta(**time)


def engine_with(url: str, *contents: bytes, **more: Any) -> tuple[Engine, Wall]:
    wall = Wall()
    deadlines = Deadlines(calendar=Calendar.load(2026), bare_day=TimeUnit.WORKING_DAY)
    engine = Engine(url, **{"now": wall, "deadlines": deadlines, **more})
    for content in contents:
        engine.deploy(content)
    return engine, wall


def open_nodes(engine: Engine, dossier: str) -> list[str]:
    return sorted(task.node for task in engine.tasks(dossier=dossier))


def at(engine: Engine, dossier: str, node: str) -> str:
    (task,) = [each for each in engine.tasks(dossier=dossier) if each.node == node]
    return task.id


def do(engine: Engine, dossier: str, node: str, data: Mapping[str, Any] | None = None) -> Any:
    return engine.work.complete(at(engine, dossier, node), data or {}, by="an")
