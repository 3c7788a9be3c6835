"""How much waits to be done: what a worker says of its health."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen
from sqlalchemy import BindParameter, bindparam, func, literal_column, select

from tthc_flow.store.schema import instances, jobs, letters

if TYPE_CHECKING:
    from sqlalchemy import Connection


@frozen(kw_only=True)
class Backlog:
    """How many jobs are due, how many are incidents, letters not delivered, dossiers overdue."""

    jobs: int
    incidents: int
    letters: int
    overdue: int


_count = func.count(literal_column("*"))
_now: BindParameter[str] = bindparam("now")
_running = instances.c.status == "running"
_ASKED = select(
    select(_count).where(jobs.c.status == "due", jobs.c.due_at <= _now).scalar_subquery(),
    select(_count).where(jobs.c.status == "incident").scalar_subquery(),
    select(_count).where(letters.c.due_at.is_not(None)).scalar_subquery(),
    select(_count)
    .where(_running, instances.c.near_at <= _now, instances.c.due_at <= _now)
    .scalar_subquery(),
)
"""A time that is over was near before, so the index of *near_at* serves."""


def backlog(connection: Connection, now: str) -> Backlog:
    """Return how much waits at the moment *now*."""
    due, incidents, waiting, overdue = connection.execute(_ASKED, {"now": now}).one()
    return Backlog(jobs=due, incidents=incidents, letters=waiting, overdue=overdue)
