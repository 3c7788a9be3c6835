"""What the durable engine hands out: definitions, dossiers and tasks as they are kept."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from tthc_flow.dossiers.clock import clock_of
from tthc_flow.engine.instance import For
from tthc_flow.engine.values import decode
from tthc_flow.errors import StoreFault
from tthc_flow.expressions.expression import Value
from tthc_flow.moments import moment_of
from tthc_flow.store.rows import InstanceRow, TaskRow

if TYPE_CHECKING:
    from tthc_flow.store.database import Row


@frozen(kw_only=True)
class Definition:
    """A deployed procedure: *key* is its process id, *hash* that of the file's bytes.

    *keep_days* says how long a dossier is kept after its end (``None``: for ever).
    """

    key: str
    version: int
    hash: str
    name: str
    keep_days: int | None = None


@frozen(kw_only=True)
class UserTask:
    """Something a person has to do: work, a decision, an event to report, a number of rounds.

    *due_at* is ``None`` where no time is known or the clock stands. *assignee* has it alone,
    *owner* is who delegated it, *candidates* are further groups that may do it. *member* is what
    this round of a repeated step is about.
    """

    id: str
    dossier: str
    business_key: str
    node: str
    what: For
    name: str
    office: str | None
    role: str | None
    assignee: str | None
    created_at: datetime
    due_at: datetime | None
    owner: str | None = None
    candidates: tuple[str, ...] = ()
    member: Value | None = None


@frozen(kw_only=True)
class Dossier:
    """A dossier (hồ sơ) at work or ended; *step_no* counts what was done to it, from 0.

    *status* is ``running``, ``suspended``, ``completed``, ``failed``, ``cancelled`` or
    ``withdrawn``. *due_at* is when the whole is due: ``None`` where no limit is known or while the
    clock stands, for the reason *stands*. *answered_at* is when the applicant had the result: what
    comes later (post-inspection) does not hold the dossier. *parent* is the dossier that called it.
    """

    id: str
    key: str
    business_key: str
    definition: str
    status: str
    step_no: int
    started_at: datetime
    ended_at: datetime | None = None
    due_at: datetime | None = None
    answered_at: datetime | None = None
    stands: str | None = None
    parent: str | None = None
    _open: tuple[TaskRow, ...] = field(default=(), repr=False)

    @property
    def tasks(self) -> tuple[UserTask, ...]:
        """Return what the dossier waits for, oldest first, as it was when it was handed out."""
        return tuple(task_of_row(row, self.business_key) for row in self._open)


@frozen(kw_only=True)
class Incident:
    """Something the engine was to do and could not; nobody tries it again until it is resolved.

    *kind* is what it was: ``function``, ``timer``, ``call``, ``called``, ``message``, ``signal``,
    ``broadcast`` (a signal to be told) or ``cancel`` (a called dossier to be cancelled).
    """

    id: str
    dossier: str
    business_key: str
    node: str
    kind: str
    tries: int
    error: str


def as_definition(row: Row[Any]) -> Definition:
    """Return the definition of a row."""
    return Definition(
        key=row.key,
        version=row.version,
        hash=row.hash,
        name=row.name,
        keep_days=row.keep_days,
    )


def no_such_dossier(identifier: str) -> StoreFault:
    """Return the error TF706."""
    return StoreFault("TF706", "no such dossier", place=identifier, hint="look at its id again")


def as_dossier(
    row: InstanceRow | None, identifier: str = "", tasks: tuple[TaskRow, ...] = ()
) -> Dossier:
    """Return the dossier of a row; raises ``StoreFault`` TF706 where there is none."""
    if row is None:
        raise no_such_dossier(identifier)
    standing = None if row.clock is None else clock_of(row.clock).standing
    return Dossier(
        id=row.id,
        key=row.key,
        business_key=row.business_key,
        definition=row.definition,
        status=row.status,
        step_no=row.step_no,
        started_at=moment_of(row.started_at),
        ended_at=_moment(row.ended_at),
        due_at=_moment(row.due_at),
        answered_at=_moment(row.answered_at),
        stands=None if standing is None else standing.reason,
        parent=row.parent,
        open=tasks,
    )


def as_task(row: Row[Any]) -> UserTask:
    """Return the task of a row that says its dossier's code."""
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it
    business_key = values.pop("business_key")
    return task_of_row(TaskRow(**values), business_key)


def task_of_row(row: TaskRow, business_key: str) -> UserTask:
    """Return the task of *row*, of the dossier with *business_key*."""
    return UserTask(
        id=f"{row.instance}:{row.token}",
        dossier=row.instance,
        business_key=business_key,
        node=row.node,
        what=For(row.what),
        name=row.name,
        office=row.office,
        role=row.role,
        assignee=row.assignee,
        created_at=moment_of(row.created_at),
        due_at=_moment(row.due_at),
        owner=row.owner,
        candidates=tuple((row.candidates or "").strip("\n").split("\n")) if row.candidates else (),
        member=None if row.member is None else decode(json.loads(row.member)),
    )


def as_incident(row: Row[Any]) -> Incident:
    """Return the incident of a job's row."""
    return Incident(
        id=f"{row.instance}:{row.token}:{row.node}",
        dossier=row.instance,
        business_key=row.business_key,
        node=row.node,
        kind=row.kind,
        tries=row.tries,
        error=row.error or "",
    )


def _moment(text: str | None) -> datetime | None:
    return None if text is None else moment_of(text)
