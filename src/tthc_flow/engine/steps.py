"""Making one move of a dossier: look it up, move it, keep the step; again if it was too late."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import evolve, field, frozen

from tthc_flow.engine.compile import Program
from tthc_flow.engine.deadlines import Deadlines
from tthc_flow.engine.instance import Data, Run
from tthc_flow.engine.keeping import Move, kept_step, opened_program
from tthc_flow.engine.kept import Dossier, UserTask, as_dossier, as_task
from tthc_flow.errors import StoreConflict, StoreFault
from tthc_flow.store import dossiers
from tthc_flow.store.database import transaction

if TYPE_CHECKING:
    from tthc_flow.store.database import Connection, Database

Functions: TypeAlias = Mapping[str, Callable[[Data], Data]]
Act: TypeAlias = "Callable[[Run, Connection], str | None]"
"""Moves the case and returns the node that it was about."""

MOST_TRIES: Final = 50


@frozen(kw_only=True)
class Steps:
    """What every step needs; *programs* are the compiled definitions by their hash."""

    database: Database
    now: Callable[[], datetime]
    deadlines: Deadlines | None
    functions: Functions
    programs: dict[str, Program] = field(factory=dict, eq=False)

    def work(
        self,
        task: str,
        move: Move,
        act: Callable[[Run, str, int], None],
        connection: Connection | None,
    ) -> Dossier:
        """Make *move* at *task*, which must be open."""
        instance, token = _parts(task)

        def at_task(run: Run, here: Connection) -> str:
            row = open_task(here, task, move)
            act(run, row.node, token)
            return row.node

        return self.tried(instance, move, at_task, connection)

    def assign(
        self, task: str, move: Move, assignee: str | None, connection: Connection | None
    ) -> Dossier:
        """Make *task* the work of *assignee*, or of nobody in particular."""
        instance, token = _parts(task)

        def at_task(_run: Run, here: Connection) -> str:
            row = open_task(here, task, move)
            dossiers.assign(here, instance, token, assignee)
            return row.node

        return self.tried(instance, move, at_task, connection)

    def tried(
        self,
        instance: str,
        move: Move,
        act: Act,
        connection: Connection | None,
    ) -> Dossier:
        """Make *move*; where somebody else was faster, look again and make it then."""
        for _ in range(MOST_TRIES if connection is None else 1):
            try:
                return self._moved(instance, move, act, connection)
            except StoreConflict as conflict:
                last = conflict
        raise last

    def _moved(
        self,
        instance: str,
        move: Move,
        act: Act,
        connection: Connection | None,
    ) -> Dossier:
        with transaction(self.database, connection) as here:
            row = dossiers.instance_of(here, instance)
            found = as_dossier(row, instance)
            if row is None or found.status != "running":
                raise StoreFault("TF709", f"the dossier is {found.status}", place=instance)
            program = self.program(here, row.definition)
            run = Run.resumed(program, json.loads(row.state), functions=self.functions)
            before = tuple(each.token for each in run.waiting)
            node = act(run, here)
            step = self.step(run, program, evolve(move, node=move.node or node))
            dossiers.go_on(here, row, step, before)
            return as_dossier(dossiers.instance_of(here, instance))

    def step(self, run: Run, program: Program, move: Move) -> dossiers.Step:
        """Return what *move* came to, as it is kept."""
        return kept_step(run, program.flow, move, self.now(), self.deadlines)

    def program(self, connection: Connection, hash_: str) -> Program:
        """Return the program of a kept definition, compiled once."""
        if hash_ not in self.programs:
            self.programs[hash_] = opened_program(dossiers.definition_of(connection, hash_))
        return self.programs[hash_]


def open_task(connection: Connection, task: str, move: Move) -> UserTask:
    """Return *task*, which must be open, and nobody else's than who makes *move*."""
    row = dossiers.task_of(connection, *_parts(task))
    if row is None:
        hint = "it was done meanwhile, or an event took it off"
        raise StoreFault("TF707", "the task is not open", place=task, hint=hint)
    found = as_task(row)
    if found.assignee not in {None, move.by, move.on_behalf_of}:
        hint = f"let {found.assignee} give it back, or act on behalf of {found.assignee}"
        raise StoreFault("TF708", f"{found.assignee} has claimed it", place=task, hint=hint)
    return found


def _parts(task: str) -> tuple[str, int]:
    """Return the dossier and the token of a task's id."""
    instance, _, number = task.partition(":")
    return instance, int(number) if number.isdecimal() else -1
