"""Making one move of a dossier: look it up, move it, keep the step; again if it was too late."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Final, TypeVar
from uuid import uuid4

from attrs import asdict, define, evolve

from tthc_flow.dossiers.arguments import may_be, must_be
from tthc_flow.dossiers.clock import LegalClock
from tthc_flow.dossiers.deployed import Deployed, opened
from tthc_flow.dossiers.held import Held, must_be_the_last_step, picked_up
from tthc_flow.dossiers.keeping import OVER, kept
from tthc_flow.dossiers.kept import (
    Definition,
    Dossier,
    as_definition,
    as_dossier,
    no_such_dossier,
)
from tthc_flow.dossiers.office import Office
from tthc_flow.dossiers.settling import settle
from tthc_flow.dossiers.texts import code_must_be_kept, move_must_be_kept, must_be_kept
from tthc_flow.dossiers.turn import Act, Move, Turn
from tthc_flow.engine.instance import Run
from tthc_flow.errors import StoreConflict, StoreFault
from tthc_flow.model.flow import Event, Trigger
from tthc_flow.moments import text_of
from tthc_flow.store import instances
from tthc_flow.store.database import transaction
from tthc_flow.store.definitions import add_definition, definition_of, newest_of
from tthc_flow.store.jobs import add_job, jobs_of_token, put_off, wake
from tthc_flow.store.rows import Changes, InstanceRow, JobRow
from tthc_flow.units import Duration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.store.database import Connection, Database

MOST_TRIES: Final = 50
RUNNING: Final = ("running",)

_T = TypeVar("_T")


@define(kw_only=True)
class Begin:
    """A dossier to begin: by which procedure, for whom it was called, until when it is due."""

    key: str
    business_key: str
    move: Move
    limit: Duration | None = None
    parent: tuple[str, int] | None = None


@define
class Steps:
    """Makes the steps of dossiers for everything that the engine does."""

    office: Office

    def deployed(
        self, process: str | None, content: bytes, keep_days: int | None, joined: Connection | None
    ) -> Definition:
        """Keep *process* of *content*, once; see :meth:`.engine.Engine.deploy`."""
        found = opened(process, content)
        name = found.procedure.name or found.flow.name

        def deploy() -> Definition:
            with transaction(self.office.database, joined) as here:
                row = definition_of(here, found.hash)
                if row is not None:
                    return as_definition(row)
                newest = newest_of(here, found.flow.id)
                made = Definition(
                    key=found.flow.id,
                    version=1 if newest is None else newest[1] + 1,
                    hash=found.hash,
                    name=name,
                    keep_days=keep_days,
                )
                at = text_of(self.office.now())
                add_definition(here, **asdict(made), content=content, deployed_at=at)
                return made

        done = retried(deploy)
        self.office.shelf.put(found)
        return done

    def begun(self, begin: Begin, joined: Connection | None) -> Dossier:
        """Begin a dossier by the newest version of its procedure, once."""
        must_be(str, key=begin.key, business_key=begin.business_key)
        may_be(Duration, limit=begin.limit)
        must_be_kept("key", begin.key)
        code_must_be_kept(begin.business_key)
        move_must_be_kept(begin.move)

        def start() -> Dossier:
            with transaction(self.office.database, joined) as here:
                known = instances.known_dossier(here, begin.key, begin.business_key)
                if known is not None:
                    open_tasks = tuple(instances.tasks_at(here, known.id).values())
                    return as_dossier(known, tasks=open_tasks)
                newest = newest_of(here, begin.key)
                if newest is None:
                    hint = "deploy its BPMN file first"
                    raise StoreFault("TF705", "no such procedure", place=begin.key, hint=hint)
                deployed = self.program(here, newest[0])
                turn = self._first(here, begin, deployed)
                settle(turn, self.office.sampling)
                done = self._written(here, turn, instances.begin)
            self._put_by(turn, joined)
            return done

        return retried(start)

    def _first(self, here: Connection, begin: Begin, deployed: Deployed) -> Turn:
        """Return the first turn of a dossier."""
        now = self.office.now()
        parent, token = begin.parent or (None, None)
        row = InstanceRow(
            id=uuid4().hex,
            key=begin.key,
            business_key=begin.business_key,
            definition=deployed.hash,
            step_no=-1,
            status="running",
            state="",
            last_hash="",
            started_at=text_of(now),
            parent=parent,
            parent_token=token,
        )
        run = Run(deployed.program, data=begin.move.data)
        held = Held(row=row, run=run, deployed=deployed, tasks={}, jobs={})
        total = deployed.procedure.total_time
        clock = LegalClock(limit=begin.limit or total.duration)
        return Turn(here=here, held=held, move=begin.move, now=now, clock=clock, known=frozenset())

    def made(
        self,
        instance: str,
        move: Move,
        act: Act,
        joined: Connection | None = None,
        *,
        among: tuple[str, ...] = RUNNING,
    ) -> Dossier:
        """Make *move* of a dossier that is *among* these statuses."""
        must_be(str, dossier=instance)
        move_must_be_kept(move)
        at_hand = None if joined is not None else self.office.hot.take(instance)
        if at_hand is not None:
            try:
                return self._made(lambda _here: at_hand, move, act, None, among)
            except Exception as error:
                # It may be older than what is kept, which alone decides what cannot be done. But
                # where the database failed the step may be kept, and made again it were doubled.
                if isinstance(error, StoreFault) and error.code == "TF704":
                    raise
        return retried(
            lambda: self._made(lambda here: self.held(here, instance), move, act, joined, among)
        )

    def _made(
        self,
        found: Callable[[Connection], Held],
        move: Move,
        act: Act,
        joined: Connection | None,
        among: tuple[str, ...],
    ) -> Dossier:
        with transaction(self.office.database, joined) as here:
            held = found(here)
            row = held.row
            if row.status not in among:
                hint = "look at its history"
                raise StoreFault("TF709", f"the dossier is {row.status}", place=row.id, hint=hint)
            turn = Turn(here=here, held=held, move=move, now=self.office.now_for(row))
            act(turn)
            if turn.idle:
                must_be_the_last_step(here, held)
                done = as_dossier(row, tasks=tuple(held.tasks.values()))
            else:
                settle(turn, self.office.sampling)
                done = self._written(here, turn, lambda at, step: instances.go_on(at, row, step))
        self._put_by(turn, joined)
        return done

    def held(self, here: Connection, instance: str) -> Held:
        """Return the dossier as it is kept, which nobody else changes until the transaction ends.

        Raises:
            StoreFault: TF706 where there is none, TF710 where its definition is gone.
        """
        row = instances.locked_instance_of(here, instance)
        if row is None:
            raise no_such_dossier(instance)
        return picked_up(here, row, self.program(here, row.definition), self.office.codec)

    def program(self, here: Connection, hash_: str) -> Deployed:
        """Return the procedure of *hash_*; raises ``StoreFault`` TF710."""
        at_hand = self.office.shelf.get(hash_)
        return at_hand or self.office.shelf.of_row(definition_of(here, hash_))

    def _written(
        self,
        here: Connection,
        turn: Turn,
        write: Callable[[Connection, instances.Step], InstanceRow],
    ) -> Dossier:
        """Write what *turn* comes to, and what it means to other dossiers."""
        done = kept(turn, self.office.rules, self.office.codec)
        row = write(here, done.step)
        beside = tuple(_for_others(turn, done.step, row))
        for job in beside:
            add_job(here, job)
        if row.status in OVER and row.parent is not None and row.parent_token is not None:
            _told_to_parent(here, row, turn.at)
        resumed = turn.move.kind == "resume"
        if resumed or beside or row.parent or done.step.sent or _comes_due(done.step.jobs):
            wake(here)
        held = turn.held
        own = {job.key: job for job in beside if job.instance == row.id}
        held.row, held.deployed, held.tasks = row, turn.deployed, done.tasks
        held.jobs = {**done.jobs, **own}
        held.hash_of_tasks = done.step.hash_of_tasks
        held.run.forget()
        return as_dossier(row, tasks=tuple(done.tasks.values()))

    def _put_by(self, turn: Turn, joined: Connection | None) -> None:
        """Keep the dossier at hand for the next step, where this one is kept for sure."""
        if joined is None and turn.held.row.status not in OVER:
            self.office.hot.give(turn.held)


def _for_others(turn: Turn, step: instances.Step, row: InstanceRow) -> Iterator[JobRow]:
    """Yield the jobs that a step brings to other dossiers: signals, and calls nobody waits for."""
    now = turn.at
    for number, node in enumerate(turn.held.run.thrown):
        event = turn.deployed.flow.by_id[node]
        if isinstance(event, Event) and event.trigger is Trigger.SIGNAL:
            made = JobRow(instance=row.id, token=-1 - row.step_no, node=f"{node}:{number}", kind="")
            name = event.reference or event.name or node
            yield evolve(made, kind="broadcast", name=name, due_at=now)
    waited_for = {child_of(job) for job in step.jobs.new if job.kind == "called"}
    for job in step.jobs.gone:
        child = child_of(job) if job.kind == "called" and job.key not in turn.fired else None
        if child is not None and child not in waited_for:
            yield JobRow(instance=child, token=-1, node="", kind="cancel", due_at=now)


def _comes_due(changes: Changes[JobRow]) -> bool:
    """Return whether a job has come or changed that a waiting worker does not know of."""
    there = (*changes.new, *(new for _, new in changes.changed))
    return any(job.due_at and job.status == "due" for job in there)


def _told_to_parent(here: Connection, row: InstanceRow, now: str) -> None:
    """Let the job that waits for the called dossier *row* come due."""
    for job in jobs_of_token(here, str(row.parent), row.parent_token or 0):
        if job.kind == "called" and child_of(job) == row.id:
            put_off(here, job, due_at=now, since=None)


def child_of(job: JobRow) -> str | None:
    """Return the dossier that *job* has called and waits for."""
    child = None if job.payload is None else json.loads(job.payload).get("child")
    return None if child is None else str(child)


def in_transaction(
    database: Database, do: Callable[[Connection], _T], joined: Connection | None = None
) -> _T:
    """Return what *do* returns in a transaction (or in *joined*), done again as by `retried`."""

    def once() -> _T:
        with transaction(database, joined) as here:
            return do(here)

    return retried(once)


def retried(do: Callable[[], _T]) -> _T:
    """Return what *do* returns, done again where somebody else was faster; so nobody sees it.

    Raises:
        StoreConflict: TF703 where somebody else was faster every time.
    """
    for _ in range(MOST_TRIES - 1):
        with suppress(StoreConflict):
            return do()
    return do()
