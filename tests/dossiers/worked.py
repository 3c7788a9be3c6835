"""A procedure with work of every sort, and a program that works on dossiers of it until it ends."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from random import Random
from threading import Thread
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import create_engine

from tthc_flow.dossiers.deployed import opened
from tthc_flow.dossiers.engine import Engine
from tthc_flow.dossiers.kept import Dossier, UserTask
from tthc_flow.dossiers.office import Retries
from tthc_flow.dossiers.outbox import Letter
from tthc_flow.engine.instance import For
from tthc_flow.errors import StoreFault
from tthc_flow.store.database import Database

from .forking import tell, tell_raised
from .loop import NOW
from .small import bpmn

MANY: Final = bpmn(
    '<startEvent id="s"/><exclusiveGateway id="back"/><userTask id="receive" name="Tiếp nhận"/>'
    '<serviceTask id="look" name="Tra cứu"/><userTask id="check" name="Thẩm định"/>'
    '<callActivity id="ask" name="Lấy ý kiến" calledElement="Q"/>'
    '<exclusiveGateway id="full" name="Đủ?"/><userTask id="more" name="Bổ sung"/>'
    '<intermediateCatchEvent id="wait"><timerEventDefinition><timeDuration>PT1M</timeDuration>'
    '</timerEventDefinition></intermediateCatchEvent><intermediateThrowEvent id="said">'
    "<messageEventDefinition/></intermediateThrowEvent>"
    '<userTask id="sign" name="Ký"/><endEvent id="e"/>',
    "s > back > receive > look > check > ask > full > more > wait > back; full > said > sign > e",
    process="H",
)
ASKED: Final = bpmn(
    '<startEvent id="s"/><userTask id="answer" name="Trả lời"/><endEvent id="e"/>',
    "s > answer > e",
    process="Q",
)
NO, YES = "f7", "f10"
AT_HAND: Final = tuple(opened(None, content) for content in (MANY, ASKED))
A_SECOND: Final = timedelta(minutes=10)  # of the test, on the clock of the procedure
LEASE: Final = timedelta(minutes=2)
DOSSIERS: Final = 40


class Outside:
    """What the engine calls: a function that may fail, and a receiver; both note it in a file."""

    def __init__(self, folder: str, rng: Random) -> None:
        self._calls, self._letters = (Path(folder) / name for name in ("calls", "letters"))
        self._rng = rng

    def look(self, _data: Any) -> dict[str, Any]:
        answer = uuid4().hex
        note(self._calls, answer)
        if self._rng.random() < 0.3:
            raise ConnectionError("no answer")
        return {"tra cứu": answer}

    def receive(self, letter: Letter) -> None:
        said = json.dumps([letter.topic, dict(letter.payload)], sort_keys=True)
        note(self._letters, f"{letter.key} {hashlib.sha256(said.encode()).hexdigest()}")
        if self._rng.random() < 0.1:
            raise ConnectionError("no answer")


def note(file: Path, line: str) -> None:
    with file.open("ab", buffering=0) as here:
        here.write(line.encode() + b"\n")


def engine_at(database: str | Database, now: Callable[[], datetime], outside: Outside) -> Engine:
    functions = {"look": outside.look}
    retries = Retries(most=1_000_000, first=timedelta(minutes=1), factor=1)
    return Engine(database, now=now, functions=functions, retries=retries)


def ready(url: str, began: float, folder: str) -> Callable[..., None]:
    """Return the work of a child, which finds every statement compiled and no connection open."""
    database = create_engine(url)
    working = partial(work, database, began, folder)
    working(name="first", seed=0, most=60)
    database.dispose()
    return working


def work(
    database: Database, began: float, folder: str, name: str, seed: int, most: int | None = None
) -> None:
    """Work on the dossiers of *database* in two threads, or do the *most* things in one."""
    outside = Outside(folder, Random(seed))
    engine = engine_at(database, lambda: NOW + (time.time() - began) * A_SECOND, outside)
    for each in AT_HAND:
        engine._office.shelf.put(each)
    if most is None:
        beside = Thread(
            target=raised_is_told, args=(engine, outside, f"{name}b", -seed), daemon=True
        )
        beside.start()
    work_on(engine, outside, name, seed, most)


def raised_is_told(engine: Engine, outside: Outside, name: str, seed: int) -> None:
    try:
        work_on(engine, outside, name, seed)
    except BaseException:
        tell_raised()
        raise


def work_on(
    engine: Engine, outside: Outside, name: str, seed: int, most: int | None = None
) -> None:
    """Do one thing after the other, telling of each step once it is kept."""
    rng = Random(seed)
    for number in count() if most is None else range(most):
        by = f"{name}.{number}"
        match rng.randrange(10):
            case 0 | 1:
                engine.jobs.run_due(most=3, lease=LEASE)
            case 2:
                engine.outbox.deliver(outside.receive, most=3)
            case 3:
                engine.start("H", f"H{rng.randrange(DOSSIERS)}", by=by)
            case _ if tasks := engine.tasks(limit=30):
                done = one_step(engine, rng.choice(tasks), by, rng)
                if done is not None and most is None:
                    tell("did", by, done.id, done.step_no)
        if most is None:
            tell("next")


def one_step(engine: Engine, task: UserTask, by: str, rng: Random) -> Dossier | None:
    """Do something with *task*; return the dossier, or ``None`` where somebody was faster."""
    try:
        if task.what is For.CHOICE:
            return engine.work.choose(task.id, rng.choice((NO, NO, YES)), by=by)
        if task.assignee is None and rng.random() < 0.2:
            return engine.work.claim(task.id, by=by)
        return engine.work.complete(task.id, {"của": by}, by=by, on_behalf_of=task.assignee)
    except StoreFault as error:
        if error.code not in {"TF707", "TF708", "TF709"}:
            raise
        return None


def ends(engine: Engine, forward: Callable[[], None]) -> None:
    """Take every dossier to its end."""
    for number in range(100):
        for task in engine.tasks():
            if task.what is For.CHOICE:
                engine.work.choose(task.id, YES, by=f"end.{number}")
            else:
                engine.work.complete(task.id, by=f"end.{number}", on_behalf_of=task.assignee)
        forward()
        engine.jobs.run_due(most=1000)
        if not engine.dossiers(status="running"):
            return
    raise AssertionError([os.linesep, *engine.dossiers(status="running")])
