"""Dossiers and tasks whose time is nearly up or over, and of which nobody was told yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, Select, bindparam, select, union

from tthc_flow.store.schema import instances, tasks

if TYPE_CHECKING:
    from sqlalchemy import FromClause, Table


def _pressing(table: Table, joined: FromClause) -> Select[tuple[str]]:
    """Return who is told; what is over was near before, so the index of *near_at* serves both."""
    near = table.c.near_at <= bindparam("now")
    untold = (table.c.told == 0) | ((table.c.told == 1) & (table.c.due_at <= bindparam("now")))
    asked = select(instances.c.id).select_from(joined)
    return asked.where(near, untold, instances.c.status.in_(("running", "suspended")))


_FOUND = union(_pressing(tasks, tasks.join(instances)), _pressing(instances, instances)).subquery()
_LATE = select(_FOUND.c.id).order_by(_FOUND.c.id).limit(bindparam("most"))


def pressing(connection: Connection, now: str, most: int) -> list[str]:
    """Return the dossiers of which a warning is due."""
    return list(connection.scalars(_LATE, {"now": now, "most": most}))
