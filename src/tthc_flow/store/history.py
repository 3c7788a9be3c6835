"""What has happened to dossiers, and which were at work when."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, or_, select

from tthc_flow.store.schema import events, instances


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
