"""From the tables of an earlier program to those of this one, one version after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sqlalchemy import inspect, select, text, update
from sqlalchemy.schema import CreateColumn, CreateIndex

from tthc_flow.moments import moment_of, text_of
from tthc_flow.store.schema import VERSION, definitions, events, instances, metadata, tasks

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table


def upgrade(connection: Connection, found: int) -> None:
    """Bring tables of version *found* to :data:`~tthc_flow.store.schema.VERSION`.

    Nothing that an audit chain covers is touched: events stay as they were written.
    """
    for version in range(found, VERSION):
        _STEPS[version](connection)


def _to_2(connection: Connection) -> None:
    """Add deadlines, jobs, letters, migrations; moments of rows take the one form that sorts."""
    for table in (definitions, instances, tasks):
        known = {column["name"] for column in inspect(connection).get_columns(table.name)}
        for column in table.columns:
            if column.name not in known:
                added = CreateColumn(column).compile(dialect=connection.dialect)
                connection.execute(text(f"ALTER TABLE {table.name} ADD COLUMN {added}"))
    metadata.create_all(connection)
    for table in (instances, tasks):
        known = {str(index["name"]) for index in inspect(connection).get_indexes(table.name)}
        for index in table.indexes:
            if index.name not in known:
                connection.execute(CreateIndex(index))
    same = (events.c.instance == instances.c.id, events.c.step_no == instances.c.step_no)
    last = select(events.c.at).where(*same).scalar_subquery()
    connection.execute(update(instances).values(moved_at=last))
    _sortable(connection, instances, "started_at", "ended_at", "moved_at")
    _sortable(connection, tasks, "created_at", "due_at")


def _sortable(connection: Connection, table: Table, *names: str) -> None:
    for name in names:
        column = table.c[name]
        for (old,) in connection.execute(select(column).where(column.is_not(None)).distinct()):
            changed = update(table).where(column == old)
            connection.execute(changed.values({name: text_of(moment_of(old))}))


_STEPS: Final[Mapping[int, Callable[[Connection], None]]] = MappingProxyType({1: _to_2})
