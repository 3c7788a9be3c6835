"""Procedures whose jobs stand in a line, and a look at how they stand there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from tthc_flow.dossiers.engine import Engine
from tthc_flow.dossiers.jobs import LEASE, Ran
from tthc_flow.dossiers.office import Retries
from tthc_flow.engine.instance import Run
from tthc_flow.moments import moment_of, text_of
from tthc_flow.store import jobs as store
from tthc_flow.store.database import transaction
from tthc_flow.store.rows import JobRow

from .every_kind import SIGNAL, THROWN
from .loop import NOW
from .small import Wall, bpmn

DAY = timedelta(days=1)
WORK = '<startEvent id="s"/><userTask id="t" name="Thẩm định"/><endEvent id="e"/>'
ENDS = '<userTask id="x" name="Nhắc"/><userTask id="y" name="Xin lỗi"/>'
ENDS += '<endEvent id="e1"/><endEvent id="e2"/>'


def border(name: str, event: str, *, cancels: str = "false") -> str:
    host = f'<boundaryEvent id="{name}" attachedToRef="t" cancelActivity="{cancels}">'
    return f"{host}{event}</boundaryEvent>"


def timer(text_: str, kind: str = "timeDuration") -> str:
    return f"<timerEventDefinition><{kind}>{text_}</{kind}></timerEventDefinition>"


REMINDED = bpmn(
    WORK + ENDS + border("b", timer("P3D")) + border("a", timer("P5D"), cancels="true"),
    "s > t > e; b > x > e1; a > y > e2",
)
"""The timer that is due later goes before the other by its name."""

DAILY = bpmn(WORK + ENDS + border("c", timer("R3/P1D", "timeCycle")), "s > t > e; c > x > e1")
BELL = '<signalEventDefinition signalRef="bell"/>'
RUNG = bpmn(WORK + ENDS + border("g", BELL), "s > t > e; g > x > e1", more=SIGNAL)
LETTER_CAUGHT = bpmn(
    WORK + '<intermediateCatchEvent id="m" name="Công văn"><messageEventDefinition/>'
    "</intermediateCatchEvent>",
    "s > m > t > e",
)


def row_of(engine: Engine, node: str) -> JobRow:
    with engine.database.connect() as here:
        found = here.execute(text("SELECT * FROM tthc_jobs WHERE node = :n"), {"n": node})
        return JobRow(**found.mappings().one())


def due(engine: Engine, node: str) -> tuple[str, timedelta | None]:
    """Return how the job of *node* stands, and how long after the beginning it is due."""
    row = row_of(engine, node)
    return row.status, None if row.due_at is None else moment_of(row.due_at) - NOW


def happened(engine: Engine, dossier: str, kind: str) -> list[Any]:
    history = [each for each in engine.audit.history(dossier) if each["kind"] == kind]
    return [each["payload"]["data"] or each["node"] for each in history]


def asleep(engine: Engine, wall: Wall) -> list[JobRow]:
    """Take all that is due, as a worker does that sleeps over its lease or is killed."""
    with transaction(engine.database) as here:
        taken = store.take_due(here, text_of(wall.at), text_of(wall.at + LEASE), 100)
    wall.at += LEASE + timedelta(seconds=1)
    return taken


@contextmanager
def failing() -> Iterator[None]:
    """Let no event happen to a case meanwhile."""

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Run, "deliver", fail)
        yield


def to_incident(engine: Engine) -> str:
    with failing():
        assert engine.jobs.run_due() == Ran(incidents=1)
    (incident,) = engine.jobs.incidents()
    return incident.id


def broken(*_: object, **__: object) -> int:
    """Stand for what fails for a reason of the program's own."""
    message = "hỏng"
    raise RuntimeError(message)


GOES_ON = THROWN.replace(b'<endEvent id="e"/>', b'<userTask id="e" name="Tra"/>')
"""Who throws the signal is still at work afterwards."""

ONCE = Retries(most=1)
