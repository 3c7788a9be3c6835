"""The open tasks of all dossiers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, and_, or_, select

from tthc_flow.store.schema import instances, tasks

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

_ASKED = select(tasks, instances.c.business_key).join(instances)


def tasks_where(
    connection: Connection,
    *,
    candidate: str | None = None,
    due_before: str | None = None,
    limit: int | None = None,
    **wanted: str | None,
) -> list[Row[Any]]:
    """Return the open tasks with these values, the most pressing first; unknown due dates last.

    *candidate* is a group that may do them, by their office or as a further candidate.
    """
    asked = _ASKED.where(instances.c.status == "running")
    for name, value in wanted.items():
        if value is not None:
            asked = asked.where(tasks.c[name] == value)
    if candidate is not None:
        asked = asked.where(_may(candidate))
    if due_before is not None:
        asked = asked.where(tasks.c.due_at < due_before)
    ordered = asked.order_by(
        tasks.c.due_at.is_(None), tasks.c.due_at, tasks.c.created_at, tasks.c.token
    )
    return list(connection.execute(ordered.limit(limit)))


def _may(group: str) -> ColumnElement[bool]:
    listed = tasks.c.candidates.contains(f"\n{group}\n", autoescape=True)
    return or_(tasks.c.office == group, tasks.c.role == group, listed)


def task_of(connection: Connection, instance: str, token: int) -> Row[Any] | None:
    """Return the row of one open task."""
    which = and_(tasks.c.instance == instance, tasks.c.token == token)
    return connection.execute(_ASKED.where(which)).first()
