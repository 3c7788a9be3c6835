"""What the engine does by itself when it is due: timers, functions, called procedures, signals."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from attrs import define, evolve, frozen

from tthc_flow.dossiers.doing import comes, do, fresh
from tthc_flow.dossiers.job_ends import BpmnError, JobDone
from tthc_flow.dossiers.keeping import OPEN, OVER
from tthc_flow.dossiers.kept import Incident, as_dossier, as_incident
from tthc_flow.dossiers.steps import RUNNING, in_transaction
from tthc_flow.dossiers.texts import cleaned, why_of
from tthc_flow.dossiers.turn import Move, Turn
from tthc_flow.dossiers.waiting import BESIDE
from tthc_flow.engine.instance import NO_DATA, Data
from tthc_flow.errors import StoreFault, TthcFlowError
from tthc_flow.moments import text_of
from tthc_flow.store import instances, jobs
from tthc_flow.store.database import reading

if TYPE_CHECKING:
    from collections.abc import Generator

    from tthc_flow.dossiers.kept import Dossier
    from tthc_flow.dossiers.steps import Steps
    from tthc_flow.store.database import Connection
    from tthc_flow.store.rows import JobRow

LEASE: Final = timedelta(minutes=5)
"""A job that was taken and not done by then (its worker was killed) is due again."""

LATER: Final = frozenset({"TF703", "TF711"})
"""Codes that say: nothing is wrong with the job itself."""

NOT_THERE: Final = frozenset({"TF706", "TF707", "TF709"})
"""Codes that say: somebody was faster, or the dossier has ended or stands."""


@frozen(kw_only=True)
class Ran:
    """How many jobs were done, failed and are tried again, and became incidents."""

    done: int = 0
    failed: int = 0
    incidents: int = 0


@define
class Jobs:
    """The jobs of all dossiers."""

    _steps: Steps

    def run_due(self, *, most: int = 100, lease: timedelta = LEASE) -> Ran:
        """Do up to *most* jobs that are due now; many programs may do so at once.

        They are done in the order in which they came due; what a cycle has missed comes once for
        each time, in order. A function is called outside of any transaction, at least once: again
        where its worker was killed before the step was kept, where it takes longer than *lease*
        (another worker calls it meanwhile, and what is first there is kept), and where its dossier
        was suspended meanwhile: that refuses the step, so the job waits until the dossier goes on.
        What it returns is kept once.

        Raises:
            StoreFault: TF704 where the database fails; the jobs come again when *lease* is over.
        """
        ended = list(self.run_each(most=most, lease=lease))
        return Ran(
            done=ended.count("done"),
            failed=ended.count("failed"),
            incidents=ended.count("incident"),
        )

    def run_each(self, *, most: int = 100, lease: timedelta = LEASE) -> Generator[str]:
        """Do due jobs as :meth:`run_due`, one whenever the next is asked for.

        Yields how each ended: ``done``, ``failed``, ``incident``, or ``gone`` where there was
        nothing to do any more or the dossier is suspended. What was taken and not begun when the
        iterator is closed is due again at once; what was not begun within its lease is left to
        others.
        """
        office = self._steps.office
        now = office.now()
        until = text_of(now + lease)
        taken = in_transaction(
            office.database, lambda here: jobs.take_due(here, text_of(now), until, most)
        )
        for number, job in enumerate(taken):
            if office.now() >= now + lease:
                return
            try:
                yield self._run(job)
            except GeneratorExit:
                self._given_back(taken[number + 1 :])
                raise

    def incidents(
        self, *, dossier: str | None = None, connection: Connection | None = None
    ) -> tuple[Incident, ...]:
        """Return what could not be done and waits for somebody."""
        with reading(self._steps.office.database, connection) as here:
            return tuple(map(as_incident, jobs.incidents(here, dossier)))

    def retry(self, incident: str, *, by: str, connection: Connection | None = None) -> Dossier:
        """Let the engine try again what *incident* is about, from the first try on.

        It is a step of the dossier. One that has ended takes none: a signal that it threw is told
        again all the same.

        Raises:
            StoreFault: TF707 where there is no such incident, TF709 where the dossier takes no
                step.
        """
        instance, key = _parts(incident)
        move = Move(kind="retry", by=by, node=key[1])

        def act(turn: Turn) -> None:
            row = _incident(turn, incident, key)
            turn.said["token"] = row.token
            due_at = turn.at
            turn.jobs[key] = evolve(row, status="due", due_at=due_at, tries=0, error=None)

        again = self._told_again(instance, key, connection) if key[0] < 0 else None
        among = OPEN if key[0] < 0 else RUNNING
        return again or self._steps.made(instance, move, act, connection, among=among)

    def _told_again(
        self, instance: str, key: tuple[int, str], joined: Connection | None
    ) -> Dossier | None:
        """Let the signal of an incident be told again; return its dossier, if that has ended."""
        office = self._steps.office

        def tell(here: Connection) -> Dossier | None:
            row = instances.locked_instance_of(here, instance)
            job = jobs.job_of(here, instance, *key)
            is_incident = job is not None and (job.kind, job.status) == ("broadcast", "incident")
            if row is None or row.status not in OVER or job is None or not is_incident:
                return None
            due_at = text_of(office.now())
            jobs.put_off(here, job, status="due", due_at=due_at, tries=0, error=None)
            jobs.wake(here)
            return as_dossier(row)

        return in_transaction(office.database, tell, joined)

    def resolve(
        self,
        incident: str,
        data: Data = NO_DATA,
        *,
        by: str,
        connection: Connection | None = None,
    ) -> Dossier:
        """Take it that what *incident* is about was done by hand, and with which *data*.

        A cycle is due for its next time then, and a listener for the next signal.

        Raises:
            StoreFault: TF707 where there is no such incident.
        """
        instance, key = _parts(incident)

        def act(turn: Turn) -> None:
            row = _incident(turn, incident, key)
            turn.said["token"] = row.token
            turn.fired.add(key)
            match row.kind:
                case "timer" | "signal" | "message":
                    comes(turn, row, data)
                case _:
                    turn.held.run.complete(row.node, data, token=row.token)

        move = Move(kind="resolve", by=by, node=key[1], data=data)
        return self._steps.made(instance, move, act, connection)

    def _run(self, job: JobRow) -> str:
        """Do *job*; return how that ended."""
        try:
            return do(self._steps, job)
        except JobDone:
            return self._dropped(job)
        except BpmnError as error:  # to try again would come to the same
            return self._incident(job, job.tries + 1, cleaned(str(error)))
        except StoreFault as error:
            if error.code in NOT_THERE:
                return self._dropped(job)
            if error.code == "TF704":
                raise
            if error.code in LATER:
                return self._later(job, cleaned(str(error)))
            return self._failed(job, cleaned(str(error)))
        except Exception as error:  # noqa: BLE001 - a function of the caller's may raise anything
            return self._failed(job, why_of(error))

    def _given_back(self, left: list[JobRow]) -> None:
        office = self._steps.office
        in_transaction(office.database, lambda here: jobs.give_back(here, left))

    def _dropped(self, job: JobRow) -> str:
        """Take away a job that has nothing to do any more, unless it only waits meanwhile."""

        def drop(here: Connection) -> None:
            jobs.drop_left_over(here, job)
            jobs.due_once_resumed(here, job)

        in_transaction(self._steps.office.database, drop)
        return "gone"

    def _failed(self, job: JobRow, why: str) -> str:
        office, tries = self._steps.office, job.tries + 1
        wait = office.retries.wait(tries)
        if wait is not None:
            due_at = text_of(office.now() + wait)
            return self._put_off(job, tries=tries, error=why, due_at=due_at)
        return self._incident(job, tries, why)

    def _incident(self, job: JobRow, tries: int, why: str) -> str:
        """Make *job* an incident, by a step of its dossier unless that has ended."""
        among = OPEN if job.kind in BESIDE else RUNNING
        move = Move(kind="incident", by="", itself=True, node=job.node)

        def act(turn: Turn) -> None:
            row = fresh(turn, job.key)
            if row is None or row.due_at != job.due_at:  # another has it: our lease was over
                raise JobDone
            turn.jobs[job.key] = evolve(row, status="incident", due_at=None, tries=tries, error=why)
            said = {"node": job.node, "kind": job.kind, "tries": tries, "error": why}
            turn.said |= {"incident": said, "token": job.token}
            turn.sent.append(("incident", said))

        try:
            self._steps.made(job.instance, move, act, among=among)
        except JobDone:
            return self._dropped(job)
        except TthcFlowError as error:
            if error.code == "TF709" and job.kind == "broadcast":
                how = "incident"
                return self._put_off(job, how, status=how, due_at=None, tries=tries, error=why)
            if error.code in NOT_THERE:
                return self._dropped(job)
            if error.code == "TF704":
                raise
            return self._later(job, cleaned(f"{why}; {error}"))
        return "incident"

    def _later(self, job: JobRow, why: str) -> str:
        """Put off a job whose dossier takes no step now, so that it holds no other job up."""
        due_at = text_of(self._steps.office.now() + LEASE)
        return self._put_off(job, error=why, due_at=due_at)

    def _put_off(self, job: JobRow, how: str = "failed", **values: object) -> str:
        database = self._steps.office.database
        is_ours = in_transaction(database, lambda here: jobs.try_later(here, job, **values))
        return how if is_ours else "gone"


def _parts(incident: str) -> tuple[str, tuple[int, str]]:
    instance, _, rest = incident.partition(":")
    token, _, node = rest.partition(":")
    number = int(token) if token.lstrip("-").isdecimal() else 0
    return instance, (number, node)


def _incident(turn: Turn, incident: str, key: tuple[int, str]) -> JobRow:
    row = fresh(turn, key)
    if row is None or row.status != "incident":
        hint = "list the incidents again"
        raise StoreFault("TF707", "there is no such incident", place=incident, hint=hint)
    return row
