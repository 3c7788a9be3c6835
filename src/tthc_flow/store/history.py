"""What has happened to dossiers, and whether the chain of it holds."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, or_, select

from tthc_flow.store.audit import Break, definition_hash, first_break
from tthc_flow.store.instances import tasks_at
from tthc_flow.store.schema import definitions, events, instances


def events_of(connection: Connection, instance: str) -> list[dict[str, Any]]:
    """Return the events of a dossier in order."""
    asked = select(events).where(events.c.instance == instance).order_by(events.c.step_no)
    return [dict(row) for row in connection.execute(asked).mappings()]


def dossiers_after(
    connection: Connection, after: str, since: str | None, until: str | None, *, most: int
) -> list[str]:
    """Return up to *most* dossiers at work in a period, by their ids, the next *after* one."""
    asked = select(instances.c.id).where(instances.c.id > after).order_by(instances.c.id)
    if since is not None:
        asked = asked.where(or_(instances.c.ended_at.is_(None), instances.c.ended_at >= since))
    if until is not None:
        asked = asked.where(instances.c.started_at < until)
    return list(connection.scalars(asked.limit(most)))


def breaks(connection: Connection, instance: str | None = None) -> list[Break]:
    """Return the first broken link of every dossier (or of one) that has one."""
    asked = select(instances).order_by(instances.c.id)
    if instance is not None:
        asked = asked.where(instances.c.id == instance)
    changed = _changed_definitions(connection)
    found = []
    for row in connection.execute(asked).mappings().all():
        tasks = tasks_at(connection, row["id"]).values()
        broken = first_break(dict(row), events_of(connection, row["id"]), tasks)
        if broken is None and row["definition"] in changed:
            broken = Break(instance=row["id"], step_no=row["step_no"], why="definition")
        found += [broken] if broken else []
    return found


def _changed_definitions(connection: Connection) -> frozenset[str]:
    rows = connection.execute(select(definitions.c.hash, definitions.c.key, definitions.c.content))
    return frozenset(row.hash for row in rows if definition_hash(row.key, row.content) != row.hash)
