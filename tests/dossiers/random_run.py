"""Dossiers of random procedures, worked on at random; what was done is written down beside."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from attrs import Factory, define

from tthc_flow.bpmn.build import build
from tthc_flow.dossiers.engine import Engine
from tthc_flow.engine.instance import For
from tthc_flow.errors import NotRunnable
from tthc_flow.model.procedure import Procedure

from .small import Wall, engine_with

PEOPLE = ("an", "bình", "chi")


@define
class RandomRun:
    """A random run: every task that was ever open, and each thing done to one, as the test saw."""

    engine: Engine
    wall: Wall
    rng: random.Random
    seen: dict[tuple[str, str, str], datetime] = Factory(dict)
    done: list[tuple[str, str, str, datetime, str]] = Factory(list)

    def look(self) -> None:
        for task in self.engine.tasks():
            self.seen.setdefault((task.id, task.node, task.what.value), self.wall.at)

    def step(self) -> bool:
        """Do one thing to one open task or to the dossier; return whether there was a task."""
        tasks = self.engine.tasks()
        if not tasks:
            return False
        task = self.rng.choice(tasks)
        self.wall.at += timedelta(minutes=self.rng.choice((0, 0, 7, 90, 2000)))
        by = task.assignee or self.rng.choice(PEOPLE)
        match self.rng.randrange(10):
            case 0 if task.assignee is None:
                self.engine.work.claim(task.id, by=by)
            case 1 if task.assignee is not None:
                self.engine.work.unclaim(task.id, by=by)
            case 2:
                self.engine.work.delegate(task.id, self.rng.choice(PEOPLE), by=by)
            case 3:
                self.engine.life.suspend(task.dossier, by=by, reason="thử")
                self.wall.at += timedelta(minutes=self.rng.choice((0, 45)))
                self.engine.life.resume(task.dossier, by=by)
            case 4:
                self.engine.life.stop_clock(task.dossier, by=by, reason="thử")
                self.wall.at += timedelta(minutes=30)
                self.engine.life.restart_clock(task.dossier, by=by)
            case _:
                self._do(task, by)
        self.look()
        return True

    def _do(self, task, by: str) -> None:
        try:
            match task.what:
                case For.WORK:
                    self.engine.work.complete(task.id, by=by)
                case For.CHOICE:
                    self._choose(task, by)
                case For.ROUNDS:
                    self.engine.work.repeat(task.id, self.rng.randrange(3), by=by)
                case For.EVENT:
                    self.engine.happening.deliver(task.dossier, task.node, by=by)
        except NotRunnable as error:  # a choice that several ways bar, or that nobody can make
            if error.code not in {"TF402", "TF403", "TF404"}:
                raise
            return
        self.done.append((task.id, task.node, task.what.value, self.wall.at, by))

    def _choose(self, task, by: str) -> None:
        row = self.engine.dossier(task.dossier)
        flow = self.engine._steps.office.shelf.get(row.definition).flow
        ways = flow.outgoing[task.node]
        self.engine.work.choose(task.id, self.rng.choice(ways).id, by=by)


def random_run(procedure: Procedure, seed: int, most: int = 40) -> RandomRun | None:
    """Return a run of *procedure*, or nothing where it cannot be run."""
    engine, wall = engine_with("sqlite://")
    try:
        key = engine.deploy(build(procedure).data).key
    except NotRunnable:
        engine.close()
        return None
    run = RandomRun(engine, wall, random.Random(seed))
    for number in range(2):
        try:
            engine.start(key, f"H-{number}", by="dân")
        except NotRunnable:
            return run
    run.look()
    for _ in range(most):
        if not run.step():
            break
    return run
