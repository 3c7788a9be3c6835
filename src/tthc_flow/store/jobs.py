"""The jobs of all dossiers: taking what is due, each by one worker only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import (
    Connection,
    Row,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    text,
    tuple_,
    union_all,
    update,
)

from tthc_flow.store.prepared import Prepared
from tthc_flow.store.rows import JobRow, as_values
from tthc_flow.store.schema import instances, jobs, letters, tasks

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, FromClause, Select
    from sqlalchemy.sql.elements import KeyedColumnElement

CHANNEL: Final = "tthc_due"
"""Where PostgreSQL tells the workers that something has become due (LISTEN and NOTIFY)."""

_KEY: Final = tuple_(jobs.c.instance, jobs.c.token, jobs.c.node)
_due: Final = (
    select(jobs.c.instance, jobs.c.token, jobs.c.node)
    .where(jobs.c.status == "due", jobs.c.due_at <= bindparam("now"))
    .order_by(jobs.c.due_at, jobs.c.since, jobs.c.instance, jobs.c.token, jobs.c.node)
    .limit(bindparam("most"))
)
_take: Final = (
    update(jobs)
    .where(_KEY.in_(_due.with_for_update(skip_locked=True)))
    .values(due_at=bindparam("until"), since=func.coalesce(jobs.c.since, jobs.c.due_at))
    .returning(*jobs.columns)
)
_job: Final = Prepared(
    select(jobs)
    .where(
        jobs.c.instance == bindparam("of"),
        jobs.c.token == bindparam("by"),
        jobs.c.node == bindparam("at"),
    )
    .with_for_update()
)
_new_job: Final = Prepared(insert(jobs), [column.name for column in jobs.columns])


def take_due(connection: Connection, now: str, until: str, most: int) -> list[JobRow]:
    """Return up to *most* jobs that are due, in the order in which they came due.

    They come due again at *until* unless they are done; *since* keeps when they were due. Rows that
    another worker is taking are passed over (``SKIP LOCKED`` on PostgreSQL; SQLite has one writer
    at a time).
    """
    rows = connection.execute(_take, {"now": now, "until": until, "most": most}).mappings()
    return sorted(
        (JobRow(**row) for row in rows), key=lambda job: (job.since or "", job.instance, job.key)
    )


def job_of(connection: Connection, instance: str, token: int, node: str) -> JobRow | None:
    """Return one job, which nobody else changes until the end of the transaction."""
    rows = _job.rows(connection, {"of": instance, "by": token, "at": node})
    return JobRow(**rows[0]) if rows else None


def jobs_of_token(connection: Connection, instance: str, token: int) -> list[JobRow]:
    """Return the jobs of one token of a dossier."""
    asked = select(jobs).where(jobs.c.instance == instance, jobs.c.token == token)
    return [JobRow(**row) for row in connection.execute(asked).mappings()]


def put_off(connection: Connection, job: JobRow, **values: Any) -> None:  # noqa: ANN401 - a row
    """Change when *job* is due, how often it was tried and why it failed."""
    connection.execute(update(jobs).where(*_is(job)).values(**values))


def try_later(connection: Connection, job: JobRow, **values: Any) -> bool:  # noqa: ANN401 - a row
    """Put *job*, which was taken, off; return whether it was still ours.

    Where another has taken it since, as our lease was over, it is left to that one.
    """
    return connection.execute(update(jobs).where(*_is_ours(job)).values(**values)).rowcount == 1


def add_job(connection: Connection, job: JobRow) -> None:
    """Keep a job beside what a step brings."""
    _new_job.run_all(connection, [as_values(job)])


def listening(connection: Connection, kind: str, name: str) -> list[JobRow]:
    """Return who listens for the message or signal *name*, given as its name or its node."""
    asked = select(jobs).where(
        jobs.c.kind == kind, jobs.c.status == "due", or_(jobs.c.name == name, jobs.c.node == name)
    )
    ordered = asked.order_by(jobs.c.instance, jobs.c.token, jobs.c.node)
    return [JobRow(**row) for row in connection.execute(ordered).mappings()]


def hearers(connection: Connection, name: str) -> list[JobRow]:
    """Return who hears the signal *name*, which nobody else changes until the transaction ends.

    A suspended dossier hears it when it goes on, an incident when it is settled.
    """
    asked = select(jobs).where(
        jobs.c.kind == "signal",
        jobs.c.status.in_(("due", "held", "incident")),
        or_(jobs.c.name == name, jobs.c.node == name),
    )
    ordered = asked.order_by(jobs.c.instance, jobs.c.token, jobs.c.node).with_for_update()
    return [JobRow(**row) for row in connection.execute(ordered).mappings()]


def incidents(connection: Connection, instance: str | None) -> list[Row[Any]]:
    """Return the jobs that nobody tries any more, with the dossier's code."""
    asked = select(jobs, instances.c.business_key).join(instances)
    asked = asked.where(jobs.c.status == "incident")
    if instance is not None:
        asked = asked.where(jobs.c.instance == instance)
    return list(connection.execute(asked.order_by(jobs.c.instance, jobs.c.token, jobs.c.node)))


def next_due(connection: Connection, now: str, *, letters_too: bool = True) -> str | None:
    """Return when the next thing is due: a job, a letter, a warning of a dossier at work.

    What is due is warned of twice (*told* 0 and 1), the second time only once its end is near:
    so each part reads a few rows from the front of an index.
    """
    firsts = [_first(jobs.c.due_at, jobs, jobs.c.status == "due")]
    if letters_too:
        firsts.append(_first(letters.c.due_at, letters, letters.c.due_at.is_not(None)))
    running = instances.c.status == "running"
    for table, joined in ((tasks, tasks.join(instances)), (instances, instances)):
        nearly = (table.c.told == 0, table.c.near_at.is_not(None), running)
        over = (table.c.told == 1, table.c.near_at <= bindparam("now"), running)
        firsts.append(_first(table.c.near_at, joined, *nearly))
        firsts.append(_first(table.c.due_at, joined, *over))
    found: list[str | None] = list(connection.scalars(union_all(*firsts), {"now": now}))
    return min((at for at in found if at is not None), default=None)


def _first(
    at: KeyedColumnElement[str | None], within: FromClause, *which: ColumnElement[bool]
) -> Select[tuple[str | None]]:
    """Return the query of the first moment *at* by its index."""
    first = select(at.label("at")).select_from(within).where(*which).order_by(at).limit(1)
    return select(first.subquery().c.at)


def wake(connection: Connection) -> None:
    """Tell waiting workers that something is due, once the transaction is kept."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"NOTIFY {CHANNEL}"))


def give_back(connection: Connection, taken: list[JobRow]) -> None:
    """Let jobs that were taken and not begun be due as before, unless another has taken them."""
    for job in taken:
        connection.execute(update(jobs).where(*_is_ours(job)).values(due_at=jobs.c.since))


def due_once_resumed(connection: Connection, job: JobRow) -> None:
    """Let *job*, which was taken and whose dossier is suspended, be due when it goes on."""
    held = (*_is_ours(job), jobs.c.status == "held")
    connection.execute(update(jobs).where(*held).values(due_at=jobs.c.since))


def drop_job(connection: Connection, job: JobRow) -> bool:
    """Take a job away; return whether it was there."""
    return connection.execute(delete(jobs).where(*_is(job))).rowcount == 1


def drop_left_over(connection: Connection, job: JobRow) -> None:
    """Take *job*, which was taken, away where its dossier has ended."""
    ended = select(instances.c.id).where(
        instances.c.id == job.instance, instances.c.ended_at.is_not(None)
    )
    connection.execute(delete(jobs).where(*_is_ours(job), jobs.c.instance.in_(ended)))


def _is(job: JobRow) -> tuple[Any, Any, Any]:
    return jobs.c.instance == job.instance, jobs.c.token == job.token, jobs.c.node == job.node


def _is_ours(job: JobRow) -> tuple[Any, ...]:
    """Return whether *job* is as whoever asks has taken it: each taking has an end of its own."""
    return *_is(job), jobs.c.due_at == job.due_at
