"""What the durable engine hands out: definitions, dossiers and tasks as they are kept."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from attrs import frozen

from tthc_flow.engine.instance import For
from tthc_flow.errors import StoreFault

if TYPE_CHECKING:
    from tthc_flow.store.database import Row


@frozen(kw_only=True)
class Definition:
    """A deployed procedure: *key* is its process id, *hash* that of the file's bytes."""

    key: str
    version: int
    hash: str
    name: str


@frozen(kw_only=True)
class Dossier:
    """A dossier (hồ sơ) at work or ended; *step_no* counts what was done to it, from 0."""

    id: str
    key: str
    business_key: str
    definition: str
    status: str
    step_no: int
    started_at: datetime
    ended_at: datetime | None = None


@frozen(kw_only=True)
class UserTask:
    """Something a person has to do: work, a decision, an event to report, a number of rounds.

    *due_at* is ``None`` where no time is known.
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


def as_definition(row: Row[Any]) -> Definition:
    """Return the definition of a row."""
    return Definition(key=row.key, version=row.version, hash=row.hash, name=row.name)


def as_dossier(row: Row[Any] | None, identifier: str = "") -> Dossier:
    """Return the dossier of a row; raises ``StoreFault`` TF706 where there is none."""
    if row is None:
        raise StoreFault("TF706", "no such dossier", place=identifier, hint="look at its id again")
    return Dossier(
        id=row.id,
        key=row.key,
        business_key=row.business_key,
        definition=row.definition,
        status=row.status,
        step_no=row.step_no,
        started_at=datetime.fromisoformat(row.started_at),
        ended_at=None if row.ended_at is None else datetime.fromisoformat(row.ended_at),
    )


def as_task(row: Row[Any]) -> UserTask:
    """Return the task of a row."""
    return UserTask(
        id=f"{row.instance}:{row.token}",
        dossier=row.instance,
        business_key=row.business_key,
        node=row.node,
        what=For(row.what),
        name=row.name,
        office=row.office,
        role=row.role,
        assignee=row.assignee,
        created_at=datetime.fromisoformat(row.created_at),
        due_at=None if row.due_at is None else datetime.fromisoformat(row.due_at),
    )
