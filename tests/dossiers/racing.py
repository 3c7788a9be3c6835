"""A program that works on the same dossiers as three others, as fast as it can, until all ended."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, Final

from sqlalchemy import create_engine, select

from tthc_flow.dossiers.engine import Engine
from tthc_flow.errors import StoreFault
from tthc_flow.store.database import Database
from tthc_flow.store.schema import instances, letters

from .forking import tell
from .loop import NOW
from .small import bpmn
from .worked import note

SHORT: Final = bpmn(
    '<startEvent id="s"/><userTask id="receive" name="Tiếp nhận"/>'
    '<serviceTask id="look" name="Tra cứu"/><intermediateCatchEvent id="wait">'
    "<timerEventDefinition><timeDuration>PT1M</timeDuration></timerEventDefinition>"
    '</intermediateCatchEvent><endEvent id="e"/>',
    "s > receive > look > wait > e",
    process="K",
)
STEPS: Final = ("start", "complete", "function", "timer")
A_SECOND: Final = timedelta(minutes=1)  # of the test, on the clock of the procedure


def ready(url: str, began: float, folder: str) -> Callable[..., None]:
    return partial(work, create_engine(url), began, Path(folder))


def work(database: Database, began: float, folder: Path, number: int, dossiers: int) -> None:
    """Begin a third of the *dossiers* and do of all of them what comes, with what others do."""
    rng = Random(number)
    done: Counter[str] = Counter()

    def look(data: Any) -> dict[str, Any]:
        note(folder / "calls", str(data["số"]))
        return {"của": number}

    engine = Engine(
        database, now=lambda: NOW + (time.time() - began) * A_SECOND, functions={"look": look}
    )
    for each in rng.sample(range(dossiers), dossiers // 3):
        engine.start("K", f"K{each}", by=f"w{number}", data={"số": each})
        if each % 5 == 0:
            done += one_round(engine, rng, folder)
    for each in range(number, dossiers, 4):
        engine.start("K", f"K{each}", by=f"w{number}", data={"số": each})
    while not is_over(database):
        done += one_round(engine, rng, folder)
    tell("sum", json.dumps(done))


def one_round(engine: Engine, rng: Random, folder: Path) -> Counter[str]:
    """Do a few tasks, jobs and letters; return how many of each, and how often one was late."""
    done: Counter[str] = Counter()
    tasks = list(engine.tasks(limit=12))
    rng.shuffle(tasks)
    for task in tasks:
        try:
            engine.work.complete(task.id, by=task.id)
            done["tasks"] += 1
        except StoreFault as error:
            if error.code not in {"TF707", "TF709"}:
                raise
            done["late"] += 1
    ran = engine.jobs.run_due(most=12)
    done["jobs"] += ran.done
    done["unwell"] += ran.failed + ran.incidents
    done["letters"] += engine.outbox.deliver(
        lambda letter: note(folder / "letters", letter.key), most=12
    )
    return done


def is_over(database: Database) -> bool:
    """Return whether every dossier has ended and every letter is delivered."""
    at_work = select(instances.c.id).where(instances.c.ended_at.is_(None))
    waiting = select(letters.c.key).where(letters.c.due_at.is_not(None))
    with database.begin() as connection:
        return not any(connection.execute(each.limit(1)).first() for each in (at_work, waiting))
