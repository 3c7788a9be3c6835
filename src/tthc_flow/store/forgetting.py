"""Dossiers that ended long enough ago: they go, and a line of what they were stays."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, or_, select

from tthc_flow.store.schema import (
    definitions,
    events,
    forgotten,
    instances,
    jobs,
    letters,
    moved,
    tasks,
)


def to_be_forgotten(connection: Connection, definition: str, before: str, most: int) -> list[str]:
    """Return the dossiers of *definition* that ended before a moment, the oldest first.

    One whose letters are still to be delivered, whose signals are still to be told, or whose caller
    is still at work, is not among them.
    """
    at_work = select(instances.c.id).where(instances.c.ended_at.is_(None))
    waiting = select(letters.c.instance).where(letters.c.due_at.is_not(None))
    throwing = select(jobs.c.instance).where(jobs.c.kind == "broadcast")
    asked = select(instances.c.id).where(
        instances.c.definition == definition,
        instances.c.ended_at < before,
        instances.c.id.not_in(waiting),
        instances.c.id.not_in(throwing),
        or_(instances.c.parent.is_(None), instances.c.parent.not_in(at_work)),
    )
    return list(connection.scalars(asked.order_by(instances.c.ended_at).limit(most)))


def keeping_times(connection: Connection) -> dict[str, int]:
    """Return how many days the dossiers of each definition are kept, where that is said."""
    asked = select(definitions.c.hash, definitions.c.keep_days)
    asked = asked.where(definitions.c.keep_days.is_not(None))
    return {row.hash: row.keep_days for row in connection.execute(asked)}


def forget(connection: Connection, instance: str, now: str) -> bool:
    """Take a dossier and all that belongs to it away; its names and last hash stay.

    Return whether it was still there.
    """
    kept = ("key", "business_key", "ended_at", "last_hash")
    asked = select(instances).where(instances.c.id == instance).with_for_update()
    row = connection.execute(asked).mappings().first()
    if row is None:
        return False
    values = {name: row[name] for name in kept}
    connection.execute(insert(forgotten).values(instance=instance, forgotten_at=now, **values))
    for table in (tasks, jobs, letters, events, moved):
        connection.execute(delete(table).where(table.c.instance == instance))
    connection.execute(delete(instances).where(instances.c.id == instance))
    return True
