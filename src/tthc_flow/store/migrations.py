"""Which migrations were made, and which dossiers each has moved."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from tthc_flow.store.prepared import Prepared
from tthc_flow.store.rows import JobRow
from tthc_flow.store.schema import instances, jobs, migrations, moved

_moved: Final = Prepared(insert(moved), [column.name for column in moved.columns])
_moved_back: Final = Prepared(
    delete(moved).where(
        moved.c.migration == bindparam("which"), moved.c.instance == bindparam("who")
    )
)


def add_migration(connection: Connection, **values: Any) -> None:  # noqa: ANN401 - a row
    """Keep a migration."""
    connection.execute(insert(migrations).values(**values))


def migration_of(connection: Connection, migration: str) -> Row[Any] | None:
    """Return the row of a migration."""
    return connection.execute(select(migrations).where(migrations.c.id == migration)).first()


def was_moved(
    connection: Connection, migration: str, instance: str, step_no: int, before: str | None
) -> None:
    """Note that *migration* has moved a dossier by its step *step_no*, and what stood *before*."""
    values = {"migration": migration, "instance": instance, "step_no": step_no, "before": before}
    _moved.run_all(connection, [values])


def note_of(connection: Connection, migration: str, instance: str) -> str | None:
    """Return what was noted of a dossier when *migration* moved it."""
    which = (moved.c.migration == migration, moved.c.instance == instance)
    found: str | None = connection.scalar(select(moved.c.before).where(*which))
    return found


def locked_jobs(
    connection: Connection, known: dict[tuple[int, str], JobRow], instance: str
) -> dict[tuple[int, str], JobRow]:
    """Return the jobs of a dossier as they are now, which nobody else changes meanwhile.

    Workers and signals change jobs beside the steps of their dossier; SQLite has one writer, so
    there the *known* ones are what is there.
    """
    if connection.dialect.name != "postgresql":
        return known
    asked = select(jobs).where(jobs.c.instance == instance).order_by(jobs.c.token, jobs.c.node)
    rows = (JobRow(**row) for row in connection.execute(asked.with_for_update()).mappings())
    return {row.key: row for row in rows}


def moved_by(connection: Connection, migration: str) -> list[Row[Any]]:
    """Return the dossiers that *migration* has moved and that are not moved back."""
    asked = select(moved).where(moved.c.migration == migration).order_by(moved.c.instance)
    return list(connection.execute(asked))


def was_moved_back(connection: Connection, migration: str, instance: str) -> None:
    """Note that a dossier is back where it was."""
    _moved_back.run_all(connection, [{"which": migration, "who": instance}])


def reverted(connection: Connection, migration: str, at: str) -> None:
    """Note that a migration was reverted."""
    which = migrations.c.id == migration
    connection.execute(update(migrations).where(which).values(reverted_at=at))


def on_definition(connection: Connection, definition: str) -> list[str]:
    """Return the dossiers at work or suspended on *definition*, in order."""
    asked = select(instances.c.id).where(
        instances.c.definition == definition, instances.c.status.in_(("running", "suspended"))
    )
    return list(connection.scalars(asked.order_by(instances.c.id)))
