"""Whether the chains of dossiers hold, read dossier by dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, select

from tthc_flow.store.audit import Break, definition_hash, first_break
from tthc_flow.store.history import events_of
from tthc_flow.store.instances import jobs_at, tasks_at
from tthc_flow.store.letters import letters_about
from tthc_flow.store.schema import definitions, instances

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, RowMapping

AT_ONCE: Final = 500
"""So many dossiers are read at once."""

_next: Final = (
    select(instances)
    .where(instances.c.id > bindparam("after"))
    .order_by(instances.c.id)
    .limit(bindparam("most"))
)


def breaks(connection: Connection, instance: str | None = None) -> Iterator[Break]:
    """Yield the first broken link of every dossier (or of one) that has one."""
    changed = _changed_definitions(connection)
    for row in _dossiers(connection, instance):
        which = row["id"]
        broken = first_break(
            dict(row),
            events_of(connection, which),
            tasks_at(connection, which).values(),
            jobs_at(connection, which).values(),
            letters_about(connection, which),
        )
        if broken is None and row["definition"] in changed:
            broken = Break(instance=which, step_no=row["step_no"], why="definition")
        if broken is not None:
            yield broken


def _dossiers(connection: Connection, instance: str | None) -> Iterator[RowMapping]:
    if instance is not None:
        asked = select(instances).where(instances.c.id == instance)
        yield from connection.execute(asked).mappings().all()
        return
    last = ""
    while rows := connection.execute(_next, {"after": last, "most": AT_ONCE}).mappings().all():
        yield from rows
        last = rows[-1]["id"]


def _changed_definitions(connection: Connection) -> frozenset[str]:
    rows = connection.execute(select(definitions.c.hash, definitions.c.key, definitions.c.content))
    return frozenset(row.hash for row in rows if definition_hash(row.key, row.content) != row.hash)
