"""Dossiers that run for weeks: every step is kept before anybody hears of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self

from tthc_flow.bpmn.read import read
from tthc_flow.dossiers.deadlines import Deadlines
from tthc_flow.dossiers.keeping import Move
from tthc_flow.dossiers.kept import Definition, Dossier, UserTask, as_dossier, as_task
from tthc_flow.dossiers.steps import Functions, Steps
from tthc_flow.engine.compile import compile_flow
from tthc_flow.engine.instance import NO_DATA, Data, Run
from tthc_flow.errors import NotRunnable
from tthc_flow.store import dossiers
from tthc_flow.store.database import opened, reading

if TYPE_CHECKING:
    from tthc_flow.store.audit import Break
    from tthc_flow.store.database import Connection, Database


class Engine:
    """Runs dossiers through deployed procedures and keeps every step in a database.

    A step is one transaction: the dossier's new state, what it waits for now, and one event of
    the audit chain. Each call that takes *connection* may join a transaction of the caller's:
    nothing of it is kept then before the caller commits, and what fails leaves the rest of that
    transaction as it was. Where the database fails, every call raises ``StoreFault`` TF704.

    Args:
        database: A URL (``sqlite:///ho-so.db``) or an SQLAlchemy engine, one that has not
            connected yet where it is SQLite.
        now: Returns the present moment; the engine asks no clock of its own.
        deadlines: How due dates are counted; without it they are unknown.
        functions: For automatic steps, by node id: gets the data, returns what to add. It may be
            called again where a step has to be tried again.

    Example:
        >>> engine = Engine("sqlite://", now=lambda: datetime(2026, 3, 2, 8))
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><startEvent id="s"/><userTask id="a" name="Ky"/><endEvent id="e"/>
        ... <sequenceFlow id="f" sourceRef="s" targetRef="a"/>
        ... <sequenceFlow id="g" sourceRef="a" targetRef="e"/></process></definitions>'''
        >>> engine.deploy(text).version
        1
        >>> dossier = engine.start("P", "H01-2026-0001", by="an")
        >>> [task.name for task in engine.tasks()]
        ['Ky']
        >>> engine.complete(engine.tasks()[0].id, by="binh").status
        'completed'
        >>> engine.breaks()
        ()

    Source: BPMN 2.0.2, chapter 13; optimistic locking by step number.
    """

    def __init__(
        self,
        database: str | Database,
        *,
        now: Callable[[], datetime],
        deadlines: Deadlines | None = None,
        functions: Functions = MappingProxyType({}),
    ) -> None:
        """Open *database*, and make its tables where it has none; raises TF701, TF702."""
        self.database = opened(database)
        self._is_ours = isinstance(database, str)
        self._steps = Steps(
            database=self.database, now=now, deadlines=deadlines, functions=functions
        )

    def close(self) -> None:
        """Give the connections back; a database that you gave stays as it is."""
        if self._is_ours:
            self.database.dispose()

    def __enter__(self) -> Self:
        """Use the engine for the length of a ``with``."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close it."""
        self.close()

    def deploy(
        self,
        content: bytes,
        *,
        process: str | None = None,
        connection: Connection | None = None,
    ) -> Definition:
        """Keep the BPMN *content*; the same process of the same bytes is the same version.

        Raises:
            UnreadableInput: TF2xx.
            NotRunnable: TF401 with everything that bars a faithful run; TF410 where *process*
                is not said and the file has several.
        """
        procedures = {each.flow.id: each for each in read(content).procedures}
        if process is None and len(procedures) == 1:
            process = next(iter(procedures))
        if process is None or process not in procedures:
            hint = f"choose one of {', '.join(procedures)}"
            raise NotRunnable(
                "TF410", f"no process {process!r}", hint=hint, choices=tuple(procedures)
            )
        procedure = procedures[process]
        program = compile_flow(procedure.flow)
        name = procedure.name or procedure.flow.name
        deployed = self._steps.deployed(process, name, content, connection)
        self._steps.programs[deployed.hash] = program
        return deployed

    def start(
        self,
        key: str,
        business_key: str,
        *,
        by: str,
        data: Data = NO_DATA,
        connection: Connection | None = None,
    ) -> Dossier:
        """Begin the dossier *business_key* by the newest version of *key*; twice is once.

        Raises:
            StoreFault: TF705 where nothing of that key is deployed.
        """
        move = Move(kind="start", by=by, data=data)
        return self._steps.started(key, business_key, move, connection)

    def dossier(self, identifier: str, *, connection: Connection | None = None) -> Dossier:
        """Return the dossier of an id; raises ``StoreFault`` TF706 where there is none."""
        with reading(self.database, connection) as here:
            return as_dossier(dossiers.instance_of(here, identifier), identifier)

    def tasks(
        self,
        *,
        dossier: str | None = None,
        office: str | None = None,
        role: str | None = None,
        assignee: str | None = None,
        connection: Connection | None = None,
    ) -> tuple[UserTask, ...]:
        """Return the open tasks with these values, the most pressing first."""
        wanted = {"instance": dossier, "office": office, "role": role, "assignee": assignee}
        with reading(self.database, connection) as here:
            return tuple(map(as_task, dossiers.tasks_of(here, **wanted)))

    def complete(
        self,
        task: str,
        data: Data = NO_DATA,
        *,
        by: str,
        on_behalf_of: str | None = None,
        connection: Connection | None = None,
    ) -> Dossier:
        """Complete the work of *task*, adding *data*; return the dossier as it is then.

        Raises:
            StoreFault: TF707 where the task is not open.
            NotRunnable: TF403 where it is no work.
        """
        move = Move(kind="complete", by=by, on_behalf_of=on_behalf_of, data=data)
        return self._steps.work(
            task,
            move,
            lambda run, node, token: run.complete(node, data, token=token),
            connection,
        )

    def choose(
        self, task: str, *flows: str, by: str, connection: Connection | None = None
    ) -> Dossier:
        """Decide *task*: the dossier leaves over *flows*; raises ``NotRunnable`` TF403, TF404."""
        return self._steps.work(
            task,
            Move(kind="choose", by=by),
            lambda run, node, token: run.choose(node, *flows, token=token),
            connection,
        )

    def repeat(
        self, task: str, times: int, *, by: str, connection: Connection | None = None
    ) -> Dossier:
        """Say how many (more) rounds *task* has; raises ``NotRunnable`` TF403, TF406."""
        return self._steps.work(
            task,
            Move(kind="repeat", by=by),
            lambda run, node, token: run.repeat(node, times, token=token),
            connection,
        )

    def claim(self, task: str, *, by: str, connection: Connection | None = None) -> Dossier:
        """Make *task* the work of *by* alone; raises ``StoreFault`` TF707, TF708."""
        return self._steps.assign(task, Move(kind="claim", by=by), by, connection)

    def unclaim(self, task: str, *, by: str, connection: Connection | None = None) -> Dossier:
        """Give *task*, which *by* has claimed, back to all; raises ``StoreFault`` TF707, TF708."""
        return self._steps.assign(task, Move(kind="unclaim", by=by), None, connection)

    def deliver(
        self,
        dossier: str,
        event: str,
        data: Data = NO_DATA,
        *,
        by: str,
        connection: Connection | None = None,
    ) -> Dossier:
        """Let *event* happen to *dossier*, which waits or listens for it; else TF403."""
        move = Move(kind="deliver", by=by, node=event, data=data)

        def act(run: Run, _here: Connection) -> None:
            run.deliver(event, data)

        return self._steps.tried(dossier, move, act, connection)

    def history(
        self, dossier: str, *, connection: Connection | None = None
    ) -> tuple[Mapping[str, Any], ...]:
        """Return the events of *dossier* in order, their payload decoded."""
        with reading(self.database, connection) as here:
            rows = dossiers.events_of(here, dossier)
        return tuple({**row, "payload": json.loads(row["payload"])} for row in rows)

    def breaks(self) -> tuple[Break, ...]:
        """Return the first broken link of every dossier whose chain of events does not hold."""
        with reading(self.database) as here:
            return tuple(dossiers.breaks(here))
