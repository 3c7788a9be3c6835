"""Making one move of a dossier: look it up, move it, keep the step; again if it was too late."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar
from uuid import uuid4

from attrs import evolve, field, frozen

from tthc_flow.dossiers.deadlines import Deadlines
from tthc_flow.dossiers.keeping import Move, definition_hash, kept_step, opened_program
from tthc_flow.dossiers.kept import (
    Definition,
    Dossier,
    UserTask,
    as_definition,
    as_dossier,
    as_task,
)
from tthc_flow.engine.compile import Program
from tthc_flow.engine.instance import Data, Run
from tthc_flow.errors import StoreConflict, StoreFault
from tthc_flow.store import dossiers
from tthc_flow.store.database import transaction

if TYPE_CHECKING:
    from tthc_flow.store.database import Connection, Database

Functions: TypeAlias = Mapping[str, Callable[[Data], Data]]
Act: TypeAlias = "Callable[[Run, Connection], str | None]"
"""Moves the case and returns the node that it was about."""

MOST_TRIES: Final = 50

_T = TypeVar("_T")


@frozen(kw_only=True)
class Steps:
    """What every step needs; *programs* are the compiled definitions by their hash."""

    database: Database
    now: Callable[[], datetime]
    deadlines: Deadlines | None
    functions: Functions
    programs: dict[str, Program] = field(factory=dict, eq=False)

    def deployed(
        self, process: str, name: str, content: bytes, connection: Connection | None
    ) -> Definition:
        """Keep *content*, once."""
        hash_ = definition_hash(process, content)

        def deploy() -> Definition:
            with transaction(self.database, connection) as here:
                row = dossiers.definition_of(here, hash_)
                if row is not None:
                    return as_definition(row)
                newest = dossiers.newest_of(here, process)
                version = 1 if newest is None else newest.version + 1
                dossiers.add_definition(
                    here,
                    hash=hash_,
                    key=process,
                    version=version,
                    name=name,
                    content=content,
                    deployed_at=self.now().isoformat(),
                )
                return Definition(key=process, version=version, hash=hash_, name=name)

        return retried(deploy)

    def started(
        self, key: str, business_key: str, move: Move, connection: Connection | None
    ) -> Dossier:
        """Begin the dossier *business_key* by the newest version of *key*, once."""

        def start() -> Dossier:
            with transaction(self.database, connection) as here:
                known = dossiers.known_dossier(here, key, business_key)
                if known is not None:
                    return as_dossier(known)
                newest = dossiers.newest_of(here, key)
                if newest is None:
                    hint = "deploy its BPMN file first"
                    raise StoreFault("TF705", "no such procedure", place=key, hint=hint)
                program = self.program(here, newest.hash)
                run = Run(program, data=move.data, functions=self.functions)
                names = {"key": key, "business_key": business_key, "definition": newest.hash}
                identifier = uuid4().hex
                dossiers.begin(here, self.step(run, program, move), id=identifier, **names)
                return as_dossier(dossiers.instance_of(here, identifier))

        return retried(start)

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
        """Make *move* with *act*."""
        return retried(lambda: self._moved(instance, move, act, connection))

    def _moved(
        self,
        instance: str,
        move: Move,
        act: Act,
        connection: Connection | None,
    ) -> Dossier:
        with transaction(self.database, connection) as here:
            row = dossiers.locked_instance_of(here, instance)
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


def retried(act: Callable[[], _T]) -> _T:
    """Do *act*; where somebody else was faster, look again and do it then.

    Raises:
        StoreConflict: TF703 after 50 tries, or where the caller's transaction cannot see what the
            other has written.
    """
    for _ in range(MOST_TRIES - 1):
        try:
            return act()
        except StoreConflict:
            continue
    return act()


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
