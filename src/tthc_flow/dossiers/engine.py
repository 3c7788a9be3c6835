"""Dossiers that run for weeks: every step is kept before anybody hears of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Self

from tthc_flow.dossiers.arguments import may_be, must_be, must_be_count
from tthc_flow.dossiers.audit import Audit
from tthc_flow.dossiers.deployed import kept_as_long, must_be_days
from tthc_flow.dossiers.forgetting import forget_ended
from tthc_flow.dossiers.happening import Happening
from tthc_flow.dossiers.held import data_of
from tthc_flow.dossiers.jobs import Jobs
from tthc_flow.dossiers.kept import (
    Definition,
    Dossier,
    UserTask,
    as_definition,
    as_dossier,
    as_task,
    no_such_dossier,
)
from tthc_flow.dossiers.life import Life
from tthc_flow.dossiers.migrations import Migrations
from tthc_flow.dossiers.office import Functions, Office, Retries
from tthc_flow.dossiers.outbox import Outbox
from tthc_flow.dossiers.steps import Begin, Steps
from tthc_flow.dossiers.turn import Move
from tthc_flow.dossiers.warnings import warn
from tthc_flow.dossiers.work import Work
from tthc_flow.engine.instance import NO_DATA, Data
from tthc_flow.moments import text_of
from tthc_flow.store import instances
from tthc_flow.store.database import opened, reading
from tthc_flow.store.definitions import definitions_of
from tthc_flow.store.tasks import tasks_where

if TYPE_CHECKING:
    from tthc_flow.dossiers.codec import Codec
    from tthc_flow.dossiers.deadlines import Deadlines
    from tthc_flow.dossiers.sampling import Sampling
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.store.database import Connection, Database
    from tthc_flow.units import Duration


class Engine:
    """Runs dossiers through deployed procedures and keeps every step in a database.

    A step is one transaction: the dossier's new state, its tasks and jobs, one event of the audit
    chain, the letters of the outbox. Each call that takes *connection* may join a transaction of
    the caller's: nothing of it is kept then before the caller commits, and what fails leaves the
    rest of that transaction as it was. Where the database fails, every call raises ``StoreFault``
    TF704, for an argument of another type TF725; a step raises TF711 where the clock was put back,
    TF721 for a text that cannot be kept, TF724 where it is not said who makes it.

    What the engine does by itself (timers, functions, called procedures, signals, warnings,
    letters) is done when ``jobs.run_due``, ``warn`` and ``outbox.deliver`` are called: by a
    worker, or by you.

    Args:
        database: A URL (``sqlite:///ho-so.db``) or an SQLAlchemy engine, one that has not
            connected yet where it is SQLite.
        now: Returns the present moment; the engine asks no clock of its own. One without a zone
            is taken for Vietnamese time.
        deadlines: How due dates are counted (TF106 past its years); without it they are unknown.
        functions: For automatic steps, by the name that the step gives or its id: gets the data,
            returns what to add. It is called at least once: again where a worker was killed, where
            it takes longer than the worker's lease, or its dossier was suspended meanwhile.
        codec: Seals the data of dossiers before they are kept.
        sampling: Which dossiers are inspected after the grant; without it people decide.
        retries: How often a failing function is tried again.

    Attributes:
        work: What is done to one task: claim, complete, choose, delegate …
        life: What is done to a dossier as a whole: suspend, withdraw, stop its clock, extend …
        happening: Messages, signals and other events from outside.
        jobs: What is due by itself, and the incidents it came to.
        outbox: Letters to the outside.
        audit: What has happened, and whether the chain of it holds.
        migrations: From one version of a procedure to another in mid-flight.

    Example:
        >>> from datetime import datetime
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
        >>> engine.work.complete(engine.tasks()[0].id, by="binh").status
        'completed'
        >>> engine.audit.breaks()
        ()

    Source: BPMN 2.0.2, chapter 13; optimistic locking by step number.
    """

    def __init__(  # noqa: PLR0913 - everything the engine must not make up itself
        self,
        database: str | Database,
        *,
        now: Callable[[], datetime],
        deadlines: Deadlines | None = None,
        functions: Functions = MappingProxyType({}),
        codec: Codec | None = None,
        sampling: Sampling | None = None,
        retries: Retries | None = None,
    ) -> None:
        """Open *database*; make or bring forward its tables. Raises TF701, TF702."""
        self.database = opened(database)
        self.deadlines = deadlines
        self._is_ours = isinstance(database, str)
        self._office = Office(
            database=self.database,
            clock=now,
            deadlines=deadlines,
            functions=functions,
            codec=codec,
            sampling=sampling,
            retries=retries or Retries(),
        )
        self._steps = Steps(self._office)
        self.work = Work(self._steps)
        self.life = Life(self._steps)
        self.happening = Happening(self._steps)
        self.jobs = Jobs(self._steps)
        self.outbox = Outbox(self._office)
        self.audit = Audit(self._office)
        self.migrations = Migrations(self._steps)

    def now(self) -> datetime:
        """Return the present moment, in Vietnamese time."""
        return self._office.now()

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
        keep_days: int | None = None,
        connection: Connection | None = None,
    ) -> Definition:
        """Keep the BPMN *content*; the same process of the same bytes is the same version.

        It is so after a newer one too, which stays the newest: to go back to what an older version
        says, deploy it with some change, e.g. another documentation. *keep_days* is how long its
        dossiers are kept after their end: without it for ever, or as it was deployed with before.

        Raises:
            UnreadableInput: TF2xx.
            NotRunnable: TF401 with everything that bars a faithful run, TF412 with the timers
                that say no time; TF410 where *process* is not said and the file has several.
            StoreFault: TF726 for other *keep_days* than the same bytes were deployed with.
        """
        must_be(bytes, content=content)
        may_be(str, process=process)
        must_be_days(keep_days)
        made = self._steps.deployed(process, content, keep_days, connection)
        return kept_as_long(made, keep_days)

    def definitions(
        self, key: str | None = None, *, connection: Connection | None = None
    ) -> tuple[Definition, ...]:
        """Return what is deployed (of *key*), the oldest version first."""
        may_be(str, key=key)
        with reading(self.database, connection) as here:
            return tuple(map(as_definition, definitions_of(here, key)))

    def procedure(self, definition: str, *, connection: Connection | None = None) -> Procedure:
        """Return what was deployed under the hash *definition*: its names, ways and forms.

        Raises:
            StoreFault: TF710 where nothing was, or it was changed since.
        """
        must_be(str, definition=definition)
        with reading(self.database, connection) as here:
            return self._steps.program(here, definition).procedure

    def start(
        self,
        key: str,
        business_key: str,
        *,
        by: str,
        data: Data = NO_DATA,
        limit: Duration | None = None,
        connection: Connection | None = None,
    ) -> Dossier:
        """Begin the dossier *business_key* by the newest version of *key*; twice is once.

        *limit* is its legal time; without it the declared total time of the procedure counts.

        Raises:
            StoreFault: TF705 where nothing of that key is deployed.
        """
        move = Move(kind="start", by=by, data=data)
        begin = Begin(key=key, business_key=business_key, move=move, limit=limit)
        return self._steps.begun(begin, connection)

    def dossier(self, identifier: str, *, connection: Connection | None = None) -> Dossier:
        """Return the dossier of an id; raises ``StoreFault`` TF706 where there is none."""
        must_be(str, identifier=identifier)
        with reading(self.database, connection) as here:
            row = instances.instance_of(here, identifier)
            if row is None:
                raise no_such_dossier(identifier)
            return as_dossier(row, tasks=tuple(instances.tasks_at(here, identifier).values()))

    def data(self, identifier: str, *, connection: Connection | None = None) -> Data:
        """Return the data of a dossier as they are now; raises ``StoreFault`` TF706, TF713."""
        must_be(str, identifier=identifier)
        with reading(self.database, connection) as here:
            row = instances.instance_of(here, identifier)
        if row is None:
            raise no_such_dossier(identifier)
        return data_of(row, self._office.codec)

    def dossiers(
        self,
        *,
        key: str | None = None,
        business_key: str | None = None,
        status: str | None = None,
        parent: str | None = None,
        due_before: datetime | None = None,
        connection: Connection | None = None,
    ) -> tuple[Dossier, ...]:
        """Return the dossiers with these values, the oldest first; their tasks are not told."""
        wanted = {"key": key, "business_key": business_key, "status": status, "parent": parent}
        may_be(str, **wanted)
        may_be(datetime, due_before=due_before)
        before = None if due_before is None else text_of(due_before)
        with reading(self.database, connection) as here:
            found = instances.instances_where(here, due_before=before, **wanted)
            return tuple(map(as_dossier, found))

    def tasks(  # noqa: PLR0913 - keyword-only filters
        self,
        *,
        dossier: str | None = None,
        office: str | None = None,
        role: str | None = None,
        assignee: str | None = None,
        candidate: str | None = None,
        due_before: datetime | None = None,
        limit: int | None = None,
        connection: Connection | None = None,
    ) -> tuple[UserTask, ...]:
        """Return the open tasks with these values, the most pressing first.

        *candidate* is an office, a role or a further group that may do them; raises TF102, TF725.
        """
        may_be(str, dossier=dossier, candidate=candidate)
        may_be(datetime, due_before=due_before)
        must_be_count(limit=limit)
        wanted = {"office": office, "role": role, "assignee": assignee}
        may_be(str, **wanted)
        wanted["instance"] = dossier
        before = None if due_before is None else text_of(due_before)
        with reading(self.database, connection) as here:
            rows = tasks_where(here, candidate=candidate, due_before=before, limit=limit, **wanted)
            return tuple(map(as_task, rows))

    def warn(self, *, most: int = 100) -> int:
        """Tell, once each, that a time is nearly up or over; return of how many dossiers.

        Each is an event of the dossier and a letter ``near_due`` or ``overdue`` of the outbox.
        """
        must_be_count(most=most)
        return warn(self._steps, most)

    def forget_ended(self, *, most: int = 1000) -> int:
        """Take up to *most* dossiers away that have been kept long enough; return how many.

        How long is what their definition was deployed with (``keep_days``); a line with their
        names and last hash stays.
        """
        must_be_count(most=most)
        return forget_ended(self._office, most)
